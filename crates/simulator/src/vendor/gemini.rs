//! Gemini: `x-goog-api-key`, pages by `pageToken`, `generateContent`, pretty JSON, and 400 for a bad key.

mod contents;
mod failure;
mod field;
mod generate;
mod list;
mod options;
mod response;
mod schema;
mod stream;

use self::failure::Wrong;
use super::Call;
use crate::reply::{self, Layout, Reply};

const LAYOUT: Layout = Layout::Pretty("  ");
const HEADERS: [(&str, &str); 4] = [
    ("content-type", "application/json; charset=UTF-8"),
    ("vary", "Origin"),
    ("server", "ESF"),
    ("x-content-type-options", "nosniff"),
];

pub(super) fn answer(call: &Call<'_>) -> Reply {
    served(call).unwrap_or_else(|wrong| wrong.reply(generate::streams_array(call)))
}

fn served(call: &Call<'_>) -> Result<Reply, Wrong> {
    if let Some(wrong) = failure::wrong_credentials(call).or_else(|| failure::refusal(call)) {
        return Err(wrong);
    }
    match (call.path, call.model_asked()) {
        (_, Some(named)) if call.posts() => generate::answer(call, named),
        ("/models", _) if !call.posts() => Ok(list::page(call)),
        (_, Some(name)) if !call.posts() => list::one(name),
        _ => Ok(nothing_here()),
    }
}

fn nothing_here() -> Reply {
    reply::whole(404, &[("content-type", "text/html; charset=UTF-8")], NOT_FOUND_PAGE)
}

const NOT_FOUND_PAGE: &str = "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That’s an error.</ins>\n";
