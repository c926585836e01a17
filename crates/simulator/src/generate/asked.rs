//! A request, read: what an answer depends on, in no vendor's words.

use std::borrow::Cow;

use model::CatalogModel;
use serde_json::Value;

use super::tokens;

/// A function on offer.
pub(crate) struct Tool<'a> {
    pub(crate) name: &'a str,
    pub(crate) schema: Option<&'a Value>,
}

/// Whether a function has to be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Choice<'a> {
    #[default]
    Auto,
    None,
    Any,
    Named(&'a str),
}

#[derive(Default)]
pub(crate) struct Asked<'a> {
    /// The name asked for.
    pub(crate) model: &'a str,
    pub(crate) entry: Option<&'static CatalogModel>,
    /// The last text of the user.
    pub(crate) prompt: &'a str,
    /// What a tool returned, when the conversation ends with it.
    pub(crate) tool_result: Option<Cow<'a, str>>,
    pub(crate) schema: Option<&'a Value>,
    /// JSON of any shape is asked for.
    pub(crate) json: bool,
    pub(crate) tools: Vec<Tool<'a>>,
    pub(crate) choice: Choice<'a>,
    pub(crate) stop: Vec<&'a str>,
    pub(crate) max_output: Option<u64>,
    pub(crate) thinks: bool,
    /// Input up to the last mark for a cache of five minutes, and of an hour.
    pub(crate) cache_marks: (u64, u64),
    texts: usize,
    media: u64,
}

impl<'a> Asked<'a> {
    pub(crate) fn of(model: &'a str, entry: Option<&'static CatalogModel>) -> Self {
        Self { model, entry, ..Self::default() }
    }

    /// Counts a text of the request.
    pub(crate) fn hear(&mut self, text: &str) {
        self.texts += text.len();
    }

    /// A text of the user.
    pub(crate) fn hear_user(&mut self, text: &'a str) {
        self.hear(text);
        self.prompt = text;
        self.tool_result = None;
    }

    pub(crate) fn hear_tool(&mut self, result: impl Into<Cow<'a, str>>) {
        let result = result.into();
        self.hear(&result);
        self.tool_result = Some(result);
    }

    pub(crate) fn see_medium(&mut self) {
        self.media += 1;
    }

    /// Tokens of what was heard and seen so far.
    pub(crate) fn input_tokens(&self) -> u64 {
        (tokens::of_bytes(self.texts) + self.media * tokens::OF_A_MEDIUM).max(1)
    }
}
