//! What the page says of keys that age, and the numbers of their settings as they are typed.

use model::{Timestamp, keys::KeySettings, time::DAY_MS};

/// What is said of them; it comes with the pages and with the layers.
pub const ENGLISH: &str = include_str!("../../locales/en/keys.ftl");

/// Whole days from one instant to another; none when a clock was set back.
pub fn days_between(then: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(now.0.saturating_sub(then.0).max(0) / DAY_MS).unwrap_or(u32::MAX)
}

/// The settings as they are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Whether a person is reminded.
    pub reminds: bool,
    /// After how many days; kept while nobody is reminded.
    pub remind_days: String,
    /// For how many days a replaced key is kept.
    pub keep_days: String,
    /// After how many seconds a copied one goes.
    pub clipboard_s: String,
}

impl Typed {
    /// As they are in force.
    pub fn of(settings: &KeySettings) -> Self {
        let days = settings.remind_days.or(KeySettings::default().remind_days).unwrap_or_default();
        Self {
            reminds: settings.remind_days.is_some(),
            remind_days: days.to_string(),
            keep_days: settings.keep_days.to_string(),
            clipboard_s: settings.clipboard_s.to_string(),
        }
    }

    /// What they mean, if every number is one that can be chosen.
    pub fn read(&self) -> Option<KeySettings> {
        let number = |text: &str| text.trim().parse::<u32>().ok();
        let settings = KeySettings {
            remind_days: if self.reminds { Some(number(&self.remind_days)?) } else { None },
            keep_days: number(&self.keep_days)?,
            clipboard_s: number(&self.clipboard_s)?,
        };
        settings.is_possible().then_some(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_it_was_meant_or_not_at_all() {
        let in_force = KeySettings::default();
        assert_eq!(Typed::of(&in_force).read(), Some(in_force));
        let off = KeySettings { remind_days: None, ..in_force };
        assert_eq!(Typed::of(&off).read(), Some(off));
        // The number stays in its field while nobody is reminded.
        assert_eq!(Typed::of(&off).remind_days, "90");
        for (keep_days, clipboard_s) in [("31", "15"), ("", "15"), ("7", "4"), ("seven", "15"), ("7", "-5")] {
            let typed =
                Typed { keep_days: keep_days.into(), clipboard_s: clipboard_s.into(), ..Typed::of(&off) };
            assert_eq!(typed.read(), None, "{keep_days} {clipboard_s}");
        }
    }

    #[test]
    fn a_day_is_counted_when_it_is_over() {
        assert_eq!(days_between(Timestamp(0), Timestamp(2 * DAY_MS - 1)), 1);
        assert_eq!(days_between(Timestamp(DAY_MS), Timestamp(0)), 0);
    }
}
