//! How configurations are, by calls and probes.

pub(crate) mod incidents;
pub(crate) mod report;
