//! What the system may do with this process's memory: no core dumps, and nobody but root may look into it.

use rustix::{
    io::Errno,
    process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit},
};

/// Before the first secret. What it starts afterwards inherits the limit.
///
/// # Errors
/// The system's; the program goes on without.
pub(crate) fn forbid_dumps() -> Result<(), Errno> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    setrlimit(Resource::Core, none).and(set_dumpable_behavior(DumpableBehavior::NotDumpable))
}

/// Once there is a log.
pub(crate) fn tell(forbidden: Result<(), Errno>) {
    if let Err(error) = forbidden {
        tracing::warn!(%error, "the system may write this program's memory to disk when it crashes");
    }
}
