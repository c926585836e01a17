//! Chat Completions: OpenAI's older API, and the language of all compatible servers.

mod build;
mod read;

pub(super) use self::{
    build::build,
    read::{Stream, whole},
};
