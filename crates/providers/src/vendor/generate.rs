//! `generateContent` and its stream: Gemini's API.

mod build;
mod read;

pub(super) use self::{
    build::build,
    read::{Stream, whole},
};
