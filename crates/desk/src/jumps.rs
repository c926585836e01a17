//! Jumps of usage: what the account's habits are, who looks every few seconds while the vault is open, and what is told, each
//! jump once.

mod habits;
mod watch;
mod window;
mod wording;

pub(crate) use watch::{JumpWatch, view};
