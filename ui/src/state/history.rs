//! How History is looked at, as a text that is kept in the vault and read again with the next unlock. A record that it was narrowed
//! to is not kept: it was a step on the way, and its number says nothing later.

use model::{
    Timestamp,
    audit::{AuditFilter, TEXT_LIMIT},
};

const DAY_MS: i64 = 86_400_000;

/// The filter, and how many days back it goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Looked {
    /// Which entries.
    pub filter: AuditFilter,
    /// Of so many days; `None` is all of them.
    pub days: Option<i64>,
}

impl Looked {
    /// What is kept of it: a line for each part that differs from nothing.
    pub fn kept(&self) -> String {
        let clean = |text: &&String| !text.trim().is_empty() && !text.contains(char::is_control);
        let line = |name: &str, text: &Option<String>| {
            text.as_ref().filter(clean).map(|text| format!("{name}={}", text.trim()))
        };
        let AuditFilter { actor, action, text, .. } = &self.filter;
        let lines = [line("search", text), line("actor", actor), line("action", action)];
        let days = self.days.map(|days| format!("days={days}"));
        lines.into_iter().flatten().chain(days).collect::<Vec<_>>().join("\n")
    }

    /// What was kept, as of now. What is not known is left out.
    pub fn recalled(text: &str, now: Timestamp) -> Self {
        let mut looked = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            let value = Some(value.chars().take(TEXT_LIMIT).collect::<String>());
            match name {
                "search" => looked.filter.text = value,
                "actor" => looked.filter.actor = value,
                "action" => looked.filter.action = value,
                "days" => looked.days = value.and_then(|days| days.parse().ok()).filter(|days| *days > 0),
                _ => {}
            }
        }
        looked.filter.from = looked.days.map(|days| since(days, now));
        looked
    }
}

/// So many days before an instant.
pub fn since(days: i64, now: Timestamp) -> Timestamp {
    Timestamp(now.0.saturating_sub(days.saturating_mul(DAY_MS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(100 * DAY_MS);

    #[test]
    fn a_filter_is_found_again_as_of_the_day_on_which_it_is_read() {
        let filter = AuditFilter {
            actor: Some("ada".into()),
            action: Some("provider.update".into()),
            text: Some("a = b".into()),
            record: Some("a record".into()),
            from: Some(since(7, NOW)),
            to: None,
        };
        let kept = Looked { filter: filter.clone(), days: Some(7) }.kept();
        let later = Timestamp(NOW.0 + DAY_MS);
        let expected = AuditFilter { record: None, from: Some(since(7, later)), ..filter };
        assert_eq!(Looked::recalled(&kept, later), Looked { filter: expected, days: Some(7) });
        assert_eq!(Looked::default().kept(), "");
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let looked = Looked::recalled("days=soon\ncolour=red\nsearch=key\nno equals sign", NOW);
        let filter = AuditFilter { text: Some("key".into()), ..AuditFilter::default() };
        assert_eq!(looked, Looked { filter, days: None });
    }
}
