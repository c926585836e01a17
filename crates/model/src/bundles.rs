//! Bundles as the page sees them: the signing key, servers, what was exported, and what the next one would change. Never a key.

use serde::{Deserialize, Serialize};

use crate::{
    PicoUsd, ProviderId, ProviderType, Secret, TaskName, Timestamp, limits::LimitKind, statistics::Exported,
};

/// So long before its end a bundle is told of, at the most.
const WARNED_FOR_MS: i64 = 48 * 3_600_000;

/// From when on the end of a bundle is told of: 48 hours before it, and of one that is good for less than four days, when half of its
/// time is over. One for a day would else be told of when it has just been made.
pub fn warns_at(made: Timestamp, expires: Timestamp) -> Timestamp {
    let before = WARNED_FOR_MS.min(expires.0.saturating_sub(made.0).max(0) / 2);
    Timestamp(expires.0.saturating_sub(before))
}

/// How long a bundle is good for where nothing else is chosen, in days.
pub const USUAL_DAYS: u32 = 7;

/// Largest picture of a server's code that is read: the whole of a large screen.
pub const PICTURE_LIMIT: u32 = 16 * 1024 * 1024;

/// Everything of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlesView {
    /// What signs; `None` as long as none was made.
    pub key: Option<SigningKeyView>,
    /// Servers that bundles can be made for, by name.
    pub servers: Vec<BundleServerView>,
    /// What was exported, newest first.
    pub bundles: Vec<BundleView>,
}

/// The key that signs bundles, but for the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKeyView {
    /// Its name, such as `sb-2026-1`.
    pub kid: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// What people compare at the server.
    pub fingerprint: String,
    /// Its public part, as the file has it that a server reads.
    pub public: String,
}

/// A server that bundles can be made for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleServerView {
    /// 32 hex digits.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What people compare at the server.
    pub fingerprint: String,
    /// When it was imported first.
    pub added_at: Timestamp,
    /// What it serves by the newest bundle that was exported for it.
    pub chosen: Vec<ProviderId>,
    /// Where its admin API was reached last.
    pub reached_at: Option<BundleServerAddress>,
    /// What it said of its bundles when it was asked last.
    pub told: Option<BundleServerTold>,
}

/// Where a server's admin API is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleServerAddress {
    /// What stands before `/api/v1`.
    pub url: String,
    /// The SHA-256 of the one certificate that is trusted there, 64 hex digits; without one, whoever this computer trusts.
    pub pin: Option<String>,
}

/// What a server said of this vault's bundles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleServerTold {
    /// When it was asked.
    pub at: Timestamp,
    /// The highest serial of this vault that it has accepted; 0 for none.
    pub serial: u64,
    /// Whether it trusts the key that signs now.
    pub trusts: bool,
}

/// How a server is reached and who asks there. Password and code are used once and kept nowhere.
#[derive(Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(Serialize))]
#[serde(deny_unknown_fields)]
pub struct BundleServerLogin {
    /// What stands before `/api/v1`.
    pub url: String,
    /// The SHA-256 of its certificate, where no authority vouches for it; else empty.
    pub pin: String,
    /// A super_admin there.
    pub user_name: String,
    /// Their password there.
    pub password: Secret,
    /// Six digits of their authenticator app.
    pub code: Secret,
}

/// What is known of a bundle at its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleAtServer {
    /// It was the newest there when the server was asked.
    InForce,
    /// The server had not accepted it by then.
    NotThere,
}

/// What importing a server's file would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleServerPreview {
    /// 32 hex digits.
    pub id: String,
    /// What the file calls it.
    pub name: String,
    /// To be compared with what the server shows.
    pub fingerprint: String,
    /// The highest serial that it says it has accepted.
    pub accepted: u64,
    /// What it is called here, if it is known.
    pub known_as: Option<String>,
    /// Whether it is known, and had another recipient.
    pub other_recipient: bool,
}

/// A bundle that was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleView {
    /// Its number, of all servers' bundles.
    pub serial: u64,
    /// For whom.
    pub server_id: String,
    /// What that server was called.
    pub server_name: String,
    /// The name of the key that signed it.
    pub kid: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it can be applied; what is in force goes on.
    pub expires_at: Timestamp,
    /// What people compare.
    pub fingerprint: String,
    /// How many configurations are in it; none takes them all away.
    pub configurations: u32,
    /// How many routes are in it.
    pub routes: u32,
    /// The one of before that it puts in force again.
    pub again: Option<u64>,
    /// The newest one for this server, if this is not it.
    pub replaced_by: Option<u64>,
    /// Whether it can be written again.
    pub is_kept: bool,
    /// What its server said of it; `None` where it was not asked since, and for those that were replaced.
    pub at_server: Option<BundleAtServer>,
}

/// What a bundle is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleOrder {
    /// For whom, 32 hex digits.
    pub server: String,
    /// Which configurations; none takes them all away from the server.
    pub providers: Vec<ProviderId>,
    /// For how many days it can be applied, 1 to 30.
    pub days: u32,
    /// Whether limits of tokens and cost go along.
    pub with_limits: bool,
    /// Whether prices go along: those that a configuration has of its own, and a catalogue that was imported here.
    pub with_prices: bool,
    /// Whether the instructions go along that its tasks were given here.
    #[serde(default)]
    pub with_prompts: bool,
    /// Tasks whose routes stay as they are at the server.
    pub without_tasks: Vec<TaskName>,
    /// Instead of configurations: the server puts this one of before in force again.
    pub again: Option<u64>,
}

/// Where a bundle goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleTarget {
    /// A file in the folder for downloads.
    File,
    /// The clipboard, for a while.
    Clipboard,
    /// Nowhere yet: it is kept here, to be brought to its server.
    Vault,
}

/// What a bundle would change at its server, as far as the last one that was exported says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundlePreview {
    /// The number that it would have.
    pub serial: u64,
    /// The number of the one before it for this server; 0 for none.
    pub previous: u64,
    /// Until when it could be applied.
    pub expires_at: Timestamp,
    /// What would be otherwise.
    pub changes: Vec<BundleChange>,
}

/// A thing that a server would do otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleChange {
    /// A configuration comes.
    Added {
        /// What people call it.
        name: String,
        /// Its type.
        provider_type: ProviderType,
    },
    /// A configuration goes.
    Removed {
        /// What people called it.
        name: String,
        /// Its type.
        provider_type: ProviderType,
    },
    /// A configuration changes.
    Changed {
        /// What people call it now.
        name: String,
        /// Its type.
        provider_type: ProviderType,
        /// What of it.
        fields: Vec<BundleField>,
    },
    /// Another one serves where no route does.
    Default {
        /// Who did.
        before: Option<String>,
        /// Who will.
        after: Option<String>,
    },
    /// A task is served otherwise.
    Route {
        /// The task.
        task: TaskName,
        /// By whom, in order.
        before: Vec<String>,
        /// By whom, in order.
        after: Vec<String>,
    },
    /// A task has other instructions.
    Prompt {
        /// The task.
        task: TaskName,
        /// Whether it has instructions of its own from now on, or the built-in ones again.
        own: bool,
    },
    /// Calls are priced by another catalogue.
    Catalog {
        /// The version that a bundle brought before; `None` is the server's own.
        before: Option<String>,
        /// The version that comes; `None` is the server's own.
        after: Option<String>,
    },
}

/// What of a configuration changes, as it was and as it will be. Of a key nothing can be said but that it is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BundleField {
    /// What people call it.
    Name {
        /// Until then.
        before: String,
        /// From then on.
        after: String,
    },
    /// Its model.
    Model {
        /// Until then.
        before: String,
        /// From then on.
        after: String,
    },
    /// Where its calls go.
    BaseUrl {
        /// Until then.
        before: String,
        /// From then on.
        after: String,
    },
    /// Its API key.
    Key,
    /// Whether it is switched on, from then on.
    Active(bool),
    /// How much of it may be used, in tokens or calls.
    Limit {
        /// Of what.
        kind: LimitKind,
        /// Until then; `None` is no limit.
        before: Option<u64>,
        /// From then on.
        after: Option<u64>,
    },
    /// How much it may cost.
    CostLimit {
        /// In which time.
        kind: LimitKind,
        /// Until then; `None` is no limit.
        before: Option<PicoUsd>,
        /// From then on.
        after: Option<PicoUsd>,
    },
    /// Prices of its own.
    Prices,
    /// Its timeout, its retries, or a person's grade of its answers.
    Settings,
}

/// A bundle that was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleExported {
    /// The page with it.
    pub view: BundlesView,
    /// Its number.
    pub serial: u64,
    /// The file; `None` when it went elsewhere.
    pub file: Option<Exported>,
}

/// What a bundle's file says. Its signature is that of a key of this vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleVerdict {
    /// Its number.
    pub serial: u64,
    /// The name of the key that signed it.
    pub kid: String,
    /// Whether that key still signs.
    pub key_in_force: bool,
    /// For whom.
    pub server_id: String,
    /// What that server is called here, if it is known.
    pub server_name: Option<String>,
    /// The newest number that was exported for this server.
    pub newest: u64,
    /// Until when it can be applied.
    pub expires_at: Timestamp,
    /// Whether that is over.
    pub has_expired: bool,
    /// What people compare.
    pub fingerprint: String,
    /// Whether it is, letter by letter, one that was exported here.
    pub is_ours: bool,
    /// The names of its configurations, as they were when it was exported.
    pub configurations: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    #[test]
    fn a_bundle_is_told_of_two_days_before_its_end_and_a_short_one_when_half_of_its_time_is_over() {
        for (hours, from) in [(720, 672), (168, 120), (96, 48), (72, 36), (24, 12), (0, 0)] {
            let made = Timestamp(1_000);
            let expires = Timestamp(made.0 + hours * HOUR);
            assert_eq!(warns_at(made, expires), Timestamp(made.0 + from * HOUR), "good for {hours} hours");
        }
        // From a vault that was altered: made after its end.
        assert_eq!(warns_at(Timestamp(9 * HOUR), Timestamp(HOUR)), Timestamp(HOUR));
        assert_eq!(warns_at(Timestamp(i64::MAX), Timestamp(i64::MIN)), Timestamp(i64::MIN));
    }
}
