//! The body of every desktop command, generic over a small [`Host`]. The shell, the tests and the demo are hosts.
//!
//! Deliberately not here: Tauri, windows, SQL, vendors' HTTP and cryptography. This room decides who may do what and
//! in which order, and turns every room's errors into the two sentences that a person reads.

mod advice;
mod backups;
mod bodies;
mod budgets;
mod bundles;
mod clipboard;
mod desk;
mod dispatch;
mod engine;
mod entering;
mod export;
mod face;
mod failures;
mod folders;
mod glance;
mod history;
mod host;
mod jumps;
mod kdf_cost;
mod keyring;
mod keys;
mod kit_check;
mod link;
pub mod logging;
mod network;
mod program;
mod proof;
mod runs;
pub mod sample;
mod session;
mod status;
mod sync;
mod templates;
mod turning;
mod usage_file;
mod warnings;
mod window_place;

pub use desk::{Desk, Options};
pub use dispatch::OF_THE_PAGE;
pub use folders::{Folders, StartError};
pub use gateway::still;
pub use glance::{Choice, Glance};
pub use host::{ClipboardError, Host, LinkError, Made};
pub use keyring::Keyring;
pub use window_place::{Screen, WindowPlace};
