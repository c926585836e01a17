//! Sync with a remote admin API: what both sides know of a configuration, the three-way merge against what they last agreed on, a
//! plan of every difference that changes nothing, and its steps, each of which may be cut at any point. The client speaks the
//! specification's endpoints and uses revisions, identities and idempotency keys where a server has them.
//!
//! A key goes up when a person chose to send exactly that key, and never comes down: no answer is read for one.
//!
//! Deliberately not here: where configurations, keys and memory are kept ([`Keeper`]), clocks, and pages.

mod client;
mod keeper;
mod look;
mod memory;
mod merge;
mod plan;
mod record;
mod remote;
mod run;
mod state;

pub use client::{
    Address, AddressError, AuditEntry, AuditQuery, Client, ClientError, LogIn, Pin, Timeouts, UsageLine,
};
pub use keeper::{Commit, Down, Keeper, KeeperError};
pub use look::{Accept, Suspicion};
pub use memory::Memory;
pub use merge::{Goes, Why};
pub use plan::{
    Conflict, Difference, FieldDifference, HolderDifference, Kind, Plan, Subject, Waits, fields_of,
    put_fields,
};
pub use record::{Field, Fields, Here, Identity, Local, Place, Seen, There, Value, Version};
pub use remote::{Creating, Remote, RemoteError, Updating};
pub use run::{Direction, Looked, Report, SyncError, Undone, look, sync};
pub use state::{About, Choice, Datum, Intent, Link, PlaceBase, PlaceIntent, Side, State, StateChange, Who};
