//! Remotes, what is remembered of each, and what comes down from one: changes and memory in one transaction, or nothing.
//! What a row of memory says is text to this room.

mod keep;
mod remotes;

pub use keep::{MemoryKind, MemoryRow, SyncDown, Synced};
pub use remotes::{KeptRemote, NewRemote, RemoteWay};
