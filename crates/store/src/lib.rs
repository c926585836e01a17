//! The only room with SQL: the vault's encrypted SQLite database, and PostgreSQL for servers (behind the feature `postgres`).
//! Row types never leave it, and every change writes its audit entry in the same transaction, so that an act without an entry
//! cannot be.
//!
//! Deliberately not here: keys in the clear (a sealed key is bytes to this room), clocks, and wording for people.

mod access;
mod audit;
mod budgets;
mod bundles;
mod catalog;
mod chain;
mod change;
mod compare;
mod connection;
mod copy;
mod database;
mod error;
mod existing;
mod health;
mod held;
mod imports;
mod incident;
mod jumps;
mod kept_keys;
mod lease;
mod ledger;
mod listing;
mod log;
mod minutes;
mod page_cache;
#[cfg(feature = "postgres")]
mod postgres;
mod prompt;
mod provider;
mod quota;
mod reprice;
mod rotation;
mod routes;
#[cfg(test)]
mod rules;
mod serving;
mod set_up;
mod setting;
mod sharing;
mod spent;
mod statistics;
mod step_up;
mod sync;
mod task_removal;
mod tasks;
mod token;
mod undo;
mod usage;
mod user_quota;

pub use access::{
    Answered, ApplicationToken, Asker, Idempotent, Invitation, ListedSession, Login, NewApplicationToken,
    NewSession, Person, PersonChange, Refreshed, Role, Session, TakeUpError, User, UserError, Waits,
};
pub use audit::{Act, AuditEntry, CLOCK_ACCEPTED, End, Machine, Verified};
pub use budgets::{Budget, BudgetError, DaySpent, NewAlert, Spending};
pub use bundles::{
    AcceptedBundle, ApplyError, BundleChange, BundleServer, BundledConfig, CatalogChange, KeptSigningKey,
    MadeBundle, NewBundle, NewSigningKey, ToldByServer, TrustedIssuer,
};
pub use catalog::{ImportError, ImportedCatalog};
pub use change::{Change, HeldBy, KeyChange, NewKey};
pub use connection::{LogPlace, Store};
pub use copy::{CopyError, Mark};
pub use database::Database;
pub use error::{OpenError, StoreError};
pub use existing::{ActsOfSource, ConfigOfSource, ImportProgress, ImportedConfig};
#[cfg(feature = "postgres")]
pub use existing::{Source, SourceError, SourceRow, SourceTable};
pub use health::SlotRow;
pub use imports::{Imported, ReportedRow, ReportedSpan, UsageImport};
pub use incident::NewIncident;
pub use jumps::{NewJump, RunningJump};
pub use kept_keys::{EnteredKey, KeptKey, KeySwitch};
pub use lease::{Grant, Lease, Settled, Wish};
pub use ledger::{CallRow, Priced};
pub use minutes::{ShareWish, Shared};
#[cfg(feature = "postgres")]
pub use postgres::{Bounds, Changes, ConnectError, DatabaseUrl, PgStore};
pub use provider::Provider;
pub use reprice::Billed;
pub use rotation::{RotateError, RotationStep};
pub use routes::SaveRoutesError;
pub use serving::Serving;
pub use set_up::NewProvider;
pub use sharing::{Import, KeptIdentity};
pub use spent::{Spender, Spent};
pub use statistics::{HourUsed, UsageError};
pub use step_up::{StepUp, StoredCode};
pub use sync::{KeptRemote, MemoryKind, MemoryRow, NewRemote, RemoteWay, SyncDown, Synced};
pub use token::GatewayToken;
pub use undo::Before;
pub use usage::UsageStatus;
pub use user_quota::KeptQuota;
