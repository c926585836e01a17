//! A jump in words: on the desktop and in the page's corner. A desktop may keep and show it to others, so there is nothing
//! in it but names, numbers and an hour. Sentences are whole, since both places say them in other languages, too.

use model::{
    PicoUsd,
    insights::{Cause, Causes, Measure, tenths},
    text::group_digits,
    vault::Notice,
};
use store::NewJump;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// What to say of it; `name` is the configuration's.
pub(super) fn notice(jump: &NewJump, name: Option<&str>) -> Notice {
    let times = tenths(jump.seen, jump.usual);
    let times = format!("{}.{}", times / 10, times % 10);
    let whose = name.unwrap_or("All usage");
    let title = match jump.measure {
        Measure::Calls => format!("{whose}: {times} times as many calls as usual"),
        Measure::Cost => format!("{whose}: {times} times the usual cost"),
    };
    let (seen, usual) = (amount(jump.measure, jump.seen), amount(jump.measure, jump.usual));
    let (day, hour) = (DAYS[usize::from(jump.hour_of_week) / 24 % 7], jump.hour_of_week % 24);
    let text = match jump.window_s / 60 {
        1 => format!("{seen} in the last minute, usual on {day} at {hour:02}:00 are {usual}."),
        minutes => format!("{seen} in {minutes} minutes, usual on {day} at {hour:02}:00 are {usual}."),
    };
    Notice { title, text: text + &most(&jump.causes) }
}

fn amount(measure: Measure, sum: u64) -> String {
    match measure {
        Measure::Calls => group_digits(u128::from(sum)),
        Measure::Cost => PicoUsd(sum.into()).display(),
    }
}

fn most(causes: &Causes) -> String {
    let named = |cause: &Option<Cause>| {
        let cause = cause.as_ref().filter(|cause| !cause.name.is_empty())?;
        Some(format!("{} ({}%)", cause.name, cause.percent))
    };
    match (named(&causes.provider), named(&causes.task), named(&causes.user)) {
        (None, None, None) => String::new(),
        (Some(name), None, None) => format!(" Most of it: {name}."),
        (None, Some(task), None) => format!(" Most of it: task {task}."),
        (None, None, Some(user)) => format!(" Most of it: user {user}."),
        (Some(name), Some(task), None) => format!(" Most of it: {name}, task {task}."),
        (Some(name), None, Some(user)) => format!(" Most of it: {name}, user {user}."),
        (None, Some(task), Some(user)) => format!(" Most of it: task {task}, user {user}."),
        (Some(name), Some(task), Some(user)) => {
            format!(" Most of it: {name}, task {task}, user {user}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use model::Timestamp;

    use super::*;

    #[test]
    fn a_notice_says_how_many_times_what_is_usual_when_and_who_causes_it() {
        let cause = |name: &str, percent| Some(Cause { name: name.into(), percent });
        let mut jump = NewJump {
            config: None,
            measure: Measure::Calls,
            began_at: Timestamp(0),
            told_at: Timestamp(60_000),
            window_s: 60,
            usual: 60,
            seen: 1_204,
            hour_of_week: 38,
            causes: Causes {
                provider: cause("Claude Production", 90),
                task: cause("cv_draft", 80),
                user: cause("", 100),
            },
        };
        let told = notice(&jump, None);
        assert_eq!(told.title, "All usage: 20.0 times as many calls as usual");
        assert_eq!(
            told.text,
            "1,204 in the last minute, usual on Tuesday at 14:00 are 60. Most of it: Claude Production (90%), task cv_draft (80%)."
        );
        jump.measure = Measure::Cost;
        jump.causes = Causes::default();
        jump.window_s = 900;
        (jump.usual, jump.seen) = (1_000_000_000_000, 3_500_000_000_000);
        let told = notice(&jump, Some("One"));
        assert_eq!(told.title, "One: 3.5 times the usual cost");
        assert_eq!(told.text, "$3.50 in 15 minutes, usual on Tuesday at 14:00 are $1.00.");
    }
}
