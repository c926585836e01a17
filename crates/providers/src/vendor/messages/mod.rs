//! Messages: Claude's API.

mod build;
mod read;

pub(super) use self::{
    build::build,
    read::{Stream, whole},
};

/// Begins a signature that holds thinking which Claude keeps even from its own caller. It is played back as it came.
const REDACTED: &str = "redacted:";
