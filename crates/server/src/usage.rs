//! The log of calls, and its costs.

pub(crate) mod logs;
pub(crate) mod reprice;
