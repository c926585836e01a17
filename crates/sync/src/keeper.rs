//! What this room asks of whoever keeps configurations and memory: one transaction, and a key at the moment of its use.

use std::future::Future;

use model::{ProviderId, ProviderType, Secret};

use crate::{
    record::{Fields, Here, Place},
    state::{State, StateChange},
};

/// A change of this computer's configurations that comes from a remote. It never brings a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Down {
    /// A new configuration, without a key until a person types one.
    Insert {
        /// Its identity here.
        id: ProviderId,
        /// Never changes.
        provider_type: ProviderType,
        /// All fields.
        fields: Fields,
    },
    /// Changed fields. With a new base URL its key is not used before it was typed again.
    Change {
        /// Which one.
        id: ProviderId,
        /// As it was when the plan was made; at another one nothing is changed.
        revision: i64,
        /// What changes.
        fields: Fields,
    },
    /// A deletion, with the key.
    Remove {
        /// Which one.
        id: ProviderId,
        /// As it was when the plan was made; at another one nothing is deleted.
        revision: i64,
    },
    /// Who holds a place.
    Place {
        /// Which place.
        place: Place,
        /// Who holds it then.
        holder: Option<ProviderId>,
        /// Who held it when the plan was made; when that is another one, nothing is changed.
        expected: Option<ProviderId>,
    },
}

/// All of it or nothing, and on the disk when it is acknowledged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Changes of configurations, in this order.
    pub downs: Vec<Down>,
    /// Changes of what is remembered of the remote.
    pub state: Vec<StateChange>,
}

/// Why nothing was kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeeperError {
    /// A person changed it since the plan was made.
    #[error("the configuration was changed here in the meantime")]
    Overtaken,
    /// It cannot be here as it is there, for example because of its name.
    #[error("{message}")]
    Refused {
        /// What happened, and what to do.
        message: String,
    },
    /// It could not be written, or it is not known whether it was.
    #[error("what was learned could not be kept: {message}")]
    Failed {
        /// What happened.
        message: String,
    },
}

/// Configurations and memory of one remote, as this room is given them. One run at a time may use it.
pub trait Keeper: Sync {
    /// Both, of one instant.
    fn read(&self) -> impl Future<Output = Result<(Here, State), KeeperError>> + Send;

    /// Keeps all of it or nothing.
    fn commit(&self, commit: Commit) -> impl Future<Output = Result<(), KeeperError>> + Send;

    /// The key of this version, opened for one request; `None` when there is none any more.
    fn key(
        &self,
        id: ProviderId,
        version: i64,
    ) -> impl Future<Output = Result<Option<Secret>, KeeperError>> + Send;
}
