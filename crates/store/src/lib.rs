//! The only room with SQL: the vault's encrypted SQLite database. Row types never leave it, and every change writes
//! its audit entry in the same transaction, so that an act without an entry cannot be.
//!
//! Deliberately not here: keys in the clear (a sealed key is bytes to this room), clocks, and wording for people.

mod audit;
mod change;
mod connection;
mod error;
mod listing;
mod provider;
#[cfg(test)]
mod rules;
mod tasks;
mod undo;
mod usage;

pub use audit::{Act, AuditEntry};
pub use change::{Change, KeyChange, NewKey};
pub use connection::Store;
pub use error::{OpenError, StoreError};
pub use provider::Provider;
pub use undo::Before;
pub use usage::{UsageRow, UsageStatus};
