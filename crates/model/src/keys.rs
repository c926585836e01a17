//! API keys that age: how old each is, the one before while it is kept, what is reminded of, and the clipboard.

use serde::{Deserialize, Serialize};

use crate::{ProviderId, TaskName, TestReport, Timestamp, provider::ProviderList};

/// How keys are treated as they age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeySettings {
    /// Days after which a key is old and a person is reminded of it; `None` reminds of none.
    pub remind_days: Option<u32>,
    /// Days for which a key that was replaced is kept, unless another number is chosen.
    pub keep_days: u32,
    /// Seconds after which a key that was copied is taken from the clipboard.
    pub clipboard_s: u32,
}

impl KeySettings {
    /// Name of the setting in the store.
    pub const NAME: &str = "keys";
    /// What can be chosen, in days.
    pub const REMIND_DAYS: (u32, u32) = (1, 3_650);
    /// What can be chosen, in days.
    pub const KEEP_DAYS: (u32, u32) = (1, 30);
    /// What can be chosen, in seconds.
    pub const CLIPBOARD_S: (u32, u32) = (5, 60);

    /// Whether every number is one that can be chosen.
    pub fn is_possible(&self) -> bool {
        let within = |number: u32, (least, most): (u32, u32)| (least..=most).contains(&number);
        self.remind_days.is_none_or(|days| within(days, Self::REMIND_DAYS))
            && within(self.keep_days, Self::KEEP_DAYS)
            && within(self.clipboard_s, Self::CLIPBOARD_S)
    }
}

impl Default for KeySettings {
    fn default() -> Self {
        Self { remind_days: Some(90), keep_days: 7, clipboard_s: 15 }
    }
}

/// The key of one configuration, as far as it may be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyView {
    /// When it was entered; `None` without a key.
    pub entered_at: Option<Timestamp>,
    /// Its last four characters, when it is long enough to show them.
    pub last_four: Option<String>,
    /// Whole days since it was entered.
    pub age_days: u32,
    /// Whether it is older than a person wants to have keys.
    pub is_old: bool,
    /// The key before, while it is kept.
    pub kept: Option<KeptKeyView>,
    /// Where it is used.
    pub used: KeyUse,
    /// How keys are treated.
    pub settings: KeySettings,
}

/// A key that was replaced and may be gone back to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptKeyView {
    /// Its last four characters, when it is long enough to show them.
    pub last_four: Option<String>,
    /// When it was entered.
    pub entered_at: Timestamp,
    /// When it is destroyed.
    pub until: Timestamp,
    /// The base URL that it was entered for, where that is not the configuration's any more: until it is again, there is
    /// no way back.
    pub other_base_url: Option<String>,
}

/// Where a key is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyUse {
    /// Tasks with the place in their chain, from 1.
    pub tasks: Vec<(TaskName, u32)>,
    /// Whether it serves what names no task, or a task without a chain.
    pub is_default: bool,
    /// Whether routes may use it.
    pub is_active: bool,
    /// Last four characters of the token with which clients of the gateway reach it, if the gateway is switched on.
    pub gateway_token: Option<String>,
    /// When the last call with this configuration ended.
    pub last_call: Option<Timestamp>,
}

/// What became of another key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyReply {
    /// It is in force.
    Switched(Box<SwitchedKey>),
    /// The vendor was asked and did not accept it. Nothing was changed.
    Refused {
        /// The failed test.
        test: TestReport,
    },
}

/// Another key is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedKey {
    /// The key now.
    pub key: KeyView,
    /// All configurations now.
    pub list: ProviderList,
}

/// A key is on the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopiedKey {
    /// Seconds until it is taken from there.
    pub clears_in_s: u32,
}

/// Keys that a person wants to be reminded of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldKeys {
    /// Days after which a key is old.
    pub remind_days: u32,
    /// The oldest first.
    pub keys: Vec<OldKey>,
}

/// A key that is old.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldKey {
    /// Whose.
    pub id: ProviderId,
    /// What that is called.
    pub display_name: String,
    /// Whole days since it was entered.
    pub age_days: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_chosen_ends_where_it_is_said_to() {
        let with = |remind_days, keep_days, clipboard_s| KeySettings { remind_days, keep_days, clipboard_s };
        assert!(KeySettings::default().is_possible());
        for good in [with(None, 1, 5), with(Some(1), 30, 60), with(Some(3_650), 7, 15)] {
            assert!(good.is_possible(), "{good:?}");
        }
        for bad in [
            with(Some(0), 7, 15),
            with(Some(3_651), 7, 15),
            with(None, 0, 15),
            with(None, 31, 15),
            with(None, 7, 4),
            with(None, 7, 61),
        ] {
            assert!(!bad.is_possible(), "{bad:?}");
        }
    }
}
