//! Gemini's face: `generateContent`, `streamGenerateContent` and the list of models (section 5 of the wire reference).

pub(crate) mod answer;
mod content;
pub(crate) mod models;
mod request;
mod schema;
pub(crate) mod stream;

pub(crate) use request::read;
