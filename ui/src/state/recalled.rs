//! The list's filters and order as a text that is kept in the vault and read again with the next unlock. What another
//! version wrote and this one does not know is left out.

use model::ProviderType;

use super::list::{Column, Query, Sort, Status, TaskFilter};

/// Longest search that is kept.
const SEARCH_LIMIT: usize = 200;

const STATUSES: [(Status, &str); 4] = [
    (Status::Active, "active"),
    (Status::Default, "default"),
    (Status::Off, "off"),
    (Status::Attention, "attention"),
];
const COLUMNS: [(Column, &str); 7] = [
    (Column::Name, "name"),
    (Column::Status, "status"),
    (Column::LastTest, "last_test"),
    (Column::Tasks, "tasks"),
    (Column::Today, "today"),
    (Column::Cost, "cost"),
    (Column::Own, "own"),
];

impl Query {
    /// What is kept of it: a line for each part that differs from nothing.
    pub fn kept(&self) -> String {
        let mut lines = Vec::new();
        let search: String = self.search.trim().chars().take(SEARCH_LIMIT).collect();
        if !search.is_empty() && !search.contains(char::is_control) {
            lines.push(format!("search={search}"));
        }
        lines.extend(self.provider_type.map(|kind| format!("type={}", kind.as_str())));
        lines.extend(
            self.status.and_then(|status| word(&STATUSES, status)).map(|word| format!("status={word}")),
        );
        lines.extend(self.task.as_ref().map(|task| match task {
            TaskFilter::Holds(name) => format!("task={name}"),
            TaskFilter::None => "no_task=".to_owned(),
        }));
        if self.sort != Sort::default() {
            let way = if self.sort.descending { "down" } else { "up" };
            lines.extend(word(&COLUMNS, self.sort.by).map(|by| format!("sort={by} {way}")));
        }
        lines.join("\n")
    }

    /// The filters and the order that were kept.
    pub fn recalled(text: &str) -> Self {
        let mut query = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "search" => query.search = value.to_owned(),
                "type" => query.provider_type = value.parse::<ProviderType>().ok(),
                "status" => query.status = of_word(&STATUSES, value),
                "task" => query.task = value.parse().ok().map(TaskFilter::Holds),
                "no_task" => query.task = Some(TaskFilter::None),
                "sort" => query.sort = sort(value).unwrap_or_default(),
                _ => {}
            }
        }
        query
    }
}

fn sort(value: &str) -> Option<Sort> {
    let (by, way) = value.split_once(' ')?;
    Some(Sort { by: of_word(&COLUMNS, by)?, descending: way == "down" })
}

fn word<T: Copy + PartialEq>(words: &[(T, &'static str)], value: T) -> Option<&'static str> {
    words.iter().find(|(known, _)| *known == value).map(|(_, word)| *word)
}

fn of_word<T: Copy>(words: &[(T, &'static str)], text: &str) -> Option<T> {
    words.iter().find(|(_, word)| *word == text).map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_and_order_are_found_again_as_they_were() {
        let statuses: Vec<Option<Status>> =
            STATUSES.iter().map(|(status, _)| Some(*status)).chain([None]).collect();
        for (status, (by, _)) in statuses.into_iter().cycle().zip(COLUMNS) {
            let query = Query {
                search: "cla = prod".into(),
                provider_type: Some(ProviderType::OpenAiCompatible),
                status,
                task: Some(TaskFilter::Holds("cv_draft".parse().unwrap())),
                sort: Sort { by, descending: true },
            };
            assert_eq!(Query::recalled(&query.kept()), query);
        }
        let nobody = Query { task: Some(TaskFilter::None), ..Query::default() };
        assert_eq!(Query::recalled(&nobody.kept()), nobody);
        assert_eq!(Query::default().kept(), "");
    }

    #[test]
    fn what_is_not_known_is_left_out_and_the_rest_is_kept() {
        let query = Query::recalled("type=openai\nstatus=asleep\ncolour=red\nsort=weight up\nno equals sign");
        assert_eq!(query, Query { provider_type: Some(ProviderType::OpenAi), ..Query::default() });
    }

    #[test]
    fn a_search_of_any_length_stays_within_what_is_kept() {
        let long = Query { search: "ß".repeat(5_000), ..Query::default() };
        assert!(long.kept().chars().count() <= model::remembered::REMEMBERED_LIMIT);
    }
}
