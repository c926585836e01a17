//! Chat Completions.

pub(crate) mod answer;
mod message;
mod request;
pub(crate) mod stream;

pub(crate) use request::{any_object, choice_word, read, tool};
