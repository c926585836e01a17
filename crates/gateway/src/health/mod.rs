//! How configurations are: from what became of calls, and from cheap probes.

pub(crate) mod latency;
pub(crate) mod vitals;
