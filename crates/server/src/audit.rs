//! The log of what administrators did.

pub(crate) mod list;
pub(crate) mod verify;
