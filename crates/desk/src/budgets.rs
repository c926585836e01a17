//! Budgets: how each stands, and who looks after them while the vault is open. What is new is told to the page and shown
//! on the desktop, each level once.

mod standing;
mod watch;
mod wording;

pub(crate) use standing::list;
pub(crate) use watch::Watch;
