//! The Responses API, as far as it keeps nothing: no stored responses, no conversations, no work in the background.

pub(crate) mod answer;
mod item;
mod request;
pub(crate) mod stream;

pub(crate) use request::read;
