//! What the calls can be narrowed by: everything that was called in the days that are looked at, whatever is chosen already.

use model::statistics::{Grouping, UsageFilter, UsageView};

use super::reply::group_name;
use crate::t;

/// More lines than this no menu has; the largest come first.
const MOST: usize = 100;

/// What there is to choose from: for each kind, keys and their words, most calls first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    providers: Vec<(String, String)>,
    models: Vec<(String, String)>,
    tasks: Vec<(String, String)>,
    users: Vec<(String, String)>,
}

/// By what calls are narrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The configuration.
    Provider,
    /// The model that was asked for.
    Model,
    /// The task.
    Task,
    /// Who caused it.
    User,
    /// How it ended.
    Status,
}

impl Kind {
    /// All, as they stand on the page.
    pub const ALL: [Self; 5] = [Self::Provider, Self::Model, Self::Task, Self::User, Self::Status];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Model => "model",
            Self::Task => "task",
            Self::User => "user",
            Self::Status => "status",
        }
    }

    /// In words.
    pub fn title(self) -> String {
        match self {
            Self::Provider => t!("column-provider"),
            Self::Model => t!("filter-model"),
            Self::Task => t!("column-task"),
            Self::User => t!("column-user"),
            Self::Status => t!("column-status"),
        }
    }

    /// What is chosen of it.
    pub fn chosen(self, filter: &UsageFilter) -> Vec<String> {
        match self {
            Self::Provider => filter.providers.iter().map(i64::to_string).collect(),
            Self::Model => filter.models.clone(),
            Self::Task => filter.tasks.clone(),
            Self::User => filter.users.clone(),
            Self::Status => filter.statuses.clone(),
        }
    }

    /// The filter with one more of it, or one less where it was chosen already; with nothing of it for no key.
    pub fn toggled(self, filter: &UsageFilter, key: Option<&str>) -> UsageFilter {
        let mut keys = self.chosen(filter);
        match key {
            None => keys.clear(),
            Some(key) if keys.iter().any(|one| one == key) => keys.retain(|one| one != key),
            Some(key) => keys.push(key.to_owned()),
        }
        let mut filter = filter.clone();
        match self {
            Self::Provider => filter.providers = keys.iter().filter_map(|key| key.parse().ok()).collect(),
            Self::Model => filter.models = keys,
            Self::Task => filter.tasks = keys,
            Self::User => filter.users = keys,
            Self::Status => filter.statuses = keys,
        }
        filter
    }
}

impl Choices {
    /// From a reply about all calls of some days, by user.
    pub fn of(view: &UsageView) -> Self {
        let mut choices = Self::default();
        for one in view.providers.iter().filter(|one| one.now.calls > 0) {
            let name =
                one.display_name.clone().unwrap_or_else(|| t!("deleted-provider", number = one.number));
            add(&mut choices.providers, one.number.to_string(), name);
            add(&mut choices.models, one.model.clone(), group_name(Grouping::Model, &one.model));
        }
        for one in view.tasks.iter().filter(|one| one.now.calls > 0) {
            add(&mut choices.tasks, one.key.clone(), group_name(Grouping::Task, &one.key));
        }
        for one in view.groups.iter().filter(|one| one.now.calls > 0) {
            add(&mut choices.users, one.key.clone(), group_name(Grouping::User, &one.key));
        }
        choices
    }

    /// What there is of a kind, with what is chosen of it even if no call has it.
    pub fn lines(&self, kind: Kind, filter: &UsageFilter) -> Vec<(String, String)> {
        let (list, by) = match kind {
            Kind::Provider => (self.providers.clone(), Grouping::Provider),
            Kind::Model => (self.models.clone(), Grouping::Model),
            Kind::Task => (self.tasks.clone(), Grouping::Task),
            Kind::User => (self.users.clone(), Grouping::User),
            Kind::Status => {
                let named = |key: &str| (key.to_owned(), group_name(Grouping::Status, key));
                (["success", "error", "timeout"].map(named).to_vec(), Grouping::Status)
            }
        };
        let mut lines = list;
        for key in kind.chosen(filter) {
            let name = group_name(by, &key);
            add(&mut lines, key, name);
        }
        lines
    }
}

fn add(list: &mut Vec<(String, String)>, key: String, name: String) {
    if list.len() < MOST && list.iter().all(|(known, _)| *known != key) {
        list.push((key, name));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::reply::tests::view, *};

    #[test]
    fn a_key_is_chosen_and_left_by_the_same_line() {
        let none = UsageFilter::default();
        for kind in Kind::ALL {
            let one = kind.toggled(&none, Some("7"));
            assert_eq!(kind.chosen(&one), ["7"], "{kind:?}");
            assert_eq!(kind.chosen(&kind.toggled(&one, Some("8"))), ["7", "8"]);
            assert_eq!(kind.toggled(&one, Some("7")), none);
            assert_eq!(kind.toggled(&one, None), none);
        }
    }

    #[test]
    fn what_is_chosen_can_be_left_even_if_no_call_has_it() {
        let choices = Choices::of(&view(&["2026-11-22"], "2026-11-22", "2026-11-23"));
        let filter = UsageFilter { tasks: vec!["gone".to_owned()], ..UsageFilter::default() };
        let keys: Vec<String> = choices.lines(Kind::Task, &filter).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["", "gone"]);
        assert_eq!(choices.lines(Kind::Model, &filter), [("m".to_owned(), "m".to_owned())]);
        assert_eq!(choices.lines(Kind::Status, &filter).len(), 3);
    }
}
