//! Messages: Claude's API, and the count of what one would take.

mod build;
mod read;

pub(super) use self::{
    build::{build, count},
    read::{Stream, counted, whole},
};

/// Begins a signature that holds thinking which Claude keeps even from its own caller. It is played back as it came.
const REDACTED: &str = "redacted:";
