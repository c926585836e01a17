//! What the page may know of the vault.

use serde::{Deserialize, Serialize};

use crate::{Failure, Timestamp};

/// Everything the page needs before anything is unlocked, and to keep itself in step afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppView {
    /// Where the vault stands.
    pub vault: VaultState,
    /// Folder of the vault, for people.
    pub data_folder: String,
    /// This program's version.
    pub version: String,
    /// Idle time after which the vault locks, in seconds.
    pub idle_lock_s: u64,
    /// Who acts: the name that the audit log gets.
    pub actor: String,
    /// The password of a vault of sample data; `None` for any other.
    pub sample_password: Option<String>,
    /// Whether the vault is open and no recovery kit opens it.
    pub without_kit: bool,
}

impl AppView {
    /// Whether the vault is open.
    pub fn is_open(&self) -> bool {
        matches!(self.vault, VaultState::Unlocked { .. })
    }
}

/// Where the vault stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// There is none yet.
    Absent,
    /// There is one, and it is locked.
    Locked {
        /// Why, if it was open before.
        reason: Option<LockReason>,
        /// Wrong passwords since the last unlock.
        failed_attempts: u32,
        /// Milliseconds until the next attempt is heard.
        wait_ms: u64,
        /// Whether a recovery kit opens it.
        kit: bool,
        /// Whether the system keyring opens it.
        keyring: bool,
    },
    /// It is open.
    Unlocked {
        /// Milliseconds until it locks by itself when nobody acts.
        locks_in_ms: u64,
    },
    /// Its files cannot be used as they are.
    Unusable {
        /// What is wrong and what to do.
        fault: Failure,
    },
}

/// Why a vault was locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockReason {
    /// The person asked.
    Asked,
    /// Nobody acted for the idle time.
    Idle,
    /// The window closed.
    Closed,
    /// The computer went to sleep, or its session was locked.
    Away,
    /// A backup was put in its place.
    Restored,
}

/// zxcvbn's judgement of a master password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordJudgement {
    /// Whether a vault may be made with it.
    pub acceptable: bool,
    /// Filled bars of the meter, 0 to 4.
    pub bars: u8,
    /// One word: "Too short", "Weak", "Fair", "Strong", "Very strong".
    pub word: String,
    /// Time to guess it on one GPU server against our key derivation, such as "20 years"; empty when not estimated.
    pub time_to_guess: String,
    /// What to do better, full sentences; empty when there is nothing.
    pub advice: Vec<String>,
    /// The rules and whether each holds.
    pub rules: Vec<PasswordRule>,
}

/// One rule under the meter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordRule {
    /// The rule, such as "At least 12 characters".
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
}

/// A step that can be taken back, for as long as the vault stays unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UndoToken(pub u64);

/// Who tells something that nobody asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Teller {
    /// A budget that was crossed.
    Budgets,
    /// Usage that jumped far above the account's own habit.
    Usage,
    /// A bundle that a server serves by and that runs out.
    Bundles,
}

/// What the shell tells the page without being asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskEvent {
    /// The vault was locked: forget everything shown and go to the lock screen.
    VaultLocked {
        /// Why.
        reason: LockReason,
    },
    /// One test of "test all" has ended.
    ProviderTested {
        /// Which configuration.
        id: crate::ProviderId,
        /// When.
        at: Timestamp,
    },
    /// More of a playground's answer.
    AnswerGrew {
        /// The number that the page chose for the run.
        run: u64,
        /// The new piece of text.
        text: String,
    },
    /// A run of the playground pauses before somebody is asked. It ends with the next event of the run, or with its end.
    AnswerWaits {
        /// The number that the page chose for the run.
        run: u64,
        /// Who is asked then.
        provider: crate::ProviderId,
        /// For how many milliseconds.
        ms: u64,
        /// Whether the vendor asked for it; else it failed and is given time.
        asked: bool,
    },
    /// A provider failed, and the next of its chain answers this run of the playground anew: what came so far is void.
    AnswerRestarted {
        /// The number that the page chose for the run.
        run: u64,
        /// Who answers now.
        provider: crate::ProviderId,
    },
    /// Someone's health changed: read it again where it is shown.
    HealthChanged {
        /// How many that are switched on are not well.
        unwell: usize,
    },
    /// Somebody told something, what was told is over, or a person has seen it.
    Told {
        /// Who.
        by: Teller,
        /// What nobody has seen yet.
        unread: u64,
        /// The most urgent of what is new.
        news: Option<Notice>,
    },
    /// The vault was opened after attempts that failed.
    AttemptsFailed {
        /// How many, since it was opened before.
        count: u32,
        /// When the last of them was made.
        last_at: Timestamp,
    },
    /// The vault key is being replaced.
    KeyRotates {
        /// How far it is.
        step: crate::security::RotationStep,
    },
    /// A run of sync took another step.
    SyncProgress {
        /// The remote.
        remote: uuid::Uuid,
        /// Steps taken.
        done: u32,
        /// Of so many.
        of: u32,
    },
    /// Calls were added to the usage log: read it again where it is shown.
    UsageChanged,
    /// A link came in: take it as soon as the vault is open.
    LinkCame,
    /// The default was switched from outside the page.
    DefaultSwitched {
        /// Name of the new one.
        name: String,
        /// Takes it back.
        undo: UndoToken,
    },
    /// Something is wrong that nobody asked about.
    Trouble {
        /// What, and what to do.
        failure: Failure,
    },
}

/// Something to know, in two pieces of text for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What, in one line.
    pub title: String,
    /// More of it.
    pub text: String,
}
