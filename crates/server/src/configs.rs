//! The specification's provider configurations, one verb a file.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod held;
pub(crate) mod list;
pub(crate) mod numbers;
pub(crate) mod save;
pub(crate) mod statistics;
pub(crate) mod test;
pub(crate) mod update;
pub(crate) mod vendor;
pub(crate) mod view;

use model::{TaskName, task::BUILT_IN};

/// The first places of a configuration after each of the specification's four switches was set, or left alone.
fn with_switches(before: &[TaskName], switches: [Option<bool>; 4]) -> Vec<TaskName> {
    let mut tasks = before.to_vec();
    for (name, switch) in BUILT_IN.into_iter().zip(switches) {
        let Ok(task) = name.parse::<TaskName>() else { continue };
        match switch {
            Some(true) if !tasks.contains(&task) => tasks.push(task),
            Some(false) => tasks.retain(|held| *held != task),
            _ => {}
        }
    }
    tasks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_switch_that_is_missing_leaves_its_task_and_tasks_of_ones_own_stay() {
        let before: Vec<TaskName> = ["extraction", "summary"].map(|name| name.parse().unwrap()).to_vec();
        let after = with_switches(&before, [None, Some(true), Some(false), None]);
        assert_eq!(
            after.iter().map(TaskName::as_str).collect::<Vec<_>>(),
            ["extraction", "summary", "cv_draft"]
        );
        assert!(with_switches(&after, [Some(false); 4]).iter().all(|task| task.as_str() == "summary"));
    }
}
