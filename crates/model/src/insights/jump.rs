//! Usage that is far above the account's own habit.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What jumped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Calls.
    Calls,
    /// What they cost, in pico-dollars.
    Cost,
}

/// Who has the largest part of something, and how large it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// A provider's name, a task or a user; empty where the calls named none.
    pub name: String,
    /// Its part, in percent.
    pub percent: u8,
}

/// Who caused a jump most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Causes {
    /// The provider; `None` where the jump is one provider's.
    pub provider: Option<Cause>,
    /// The task.
    pub task: Option<Cause>,
    /// The user.
    pub user: Option<Cause>,
}

/// A jump that was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JumpView {
    /// Its number, rising.
    pub id: i64,
    /// The configuration's number; `None` is the whole account.
    pub config: Option<i64>,
    /// The configuration's name; `None` is the whole account, or one that was deleted.
    pub name: Option<String>,
    /// What jumped.
    pub measure: Measure,
    /// The first instant of the time in which it was noticed.
    pub began_at: Timestamp,
    /// When it was told.
    pub told_at: Timestamp,
    /// When it was seen last; `None` while it goes on.
    pub ended_at: Option<Timestamp>,
    /// In how many seconds it was noticed.
    pub window_s: u32,
    /// What is usual in so many seconds of that hour, at least 1.
    pub usual: u64,
    /// What there was.
    pub seen: u64,
    /// The hour of the week in the statistics' zone; Monday 00:00 is 0.
    pub hour_of_week: u8,
    /// Who caused it.
    pub causes: Causes,
    /// Whether a person has seen it.
    pub is_seen: bool,
}

/// Whether jumps are looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watching {
    /// The hours before are being read.
    #[default]
    Reading,
    /// So few weeks say nothing of what is usual.
    TooEarly {
        /// Whole days since the first call.
        days: u32,
        /// Days that are needed.
        needed: u32,
    },
    /// Every few seconds.
    Now {
        /// Whole weeks that say what is usual.
        weeks: u32,
    },
}

/// Jumps, and whether they are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Jumps {
    /// Whether they are looked for.
    pub watching: Watching,
    /// What was told lately, newest first.
    pub told: Vec<JumpView>,
    /// The statistics' zone.
    pub zone: String,
}

impl Measure {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Calls, Self::Cost];

    /// Its name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Cost => "cost",
        }
    }
}

impl JumpView {
    /// How many tenths of the usual there were: 34 is "3.4 times".
    pub fn tenths(&self) -> u64 {
        tenths(self.seen, self.usual)
    }
}

/// How many tenths of the usual there were, rounded down: nothing is said to be more than it was.
pub fn tenths(seen: u64, usual: u64) -> u64 {
    let tenths = u128::from(seen) * 10 / u128::from(usual.max(1));
    u64::try_from(tenths).unwrap_or(u64::MAX)
}
