//! Responses: OpenAI's current API, which alone serves its newest models with functions and thinking together.

mod build;
mod read;

pub(super) use self::{
    build::build,
    read::{Stream, whole},
};

/// Begins a signature that holds OpenAI's encrypted thinking: its id, a colon, and the rest. Claude's signatures,
/// which are plain base64, never begin so, and none of either may reach the other.
pub(super) const SIGNED: &str = "openai:";
