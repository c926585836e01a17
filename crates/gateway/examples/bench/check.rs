//! Whether an answer is the right one: its text and its usage, whole or in pieces.

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use crate::shapes::{INPUT_TOKENS, OUTPUT_TOKENS, TEXT};

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    choices: Vec<Choice<'a>>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice<'a> {
    #[serde(borrow)]
    message: Option<Said<'a>>,
    #[serde(borrow)]
    delta: Option<Said<'a>>,
}

#[derive(Deserialize)]
struct Said<'a> {
    content: Option<&'a str>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
}

impl Usage {
    fn is_right(&self) -> bool {
        (self.prompt_tokens, self.completion_tokens) == (INPUT_TOKENS, OUTPUT_TOKENS)
    }
}

/// A whole answer.
pub fn whole(body: &[u8]) -> anyhow::Result<()> {
    let answer: Answer<'_> = serde_json::from_slice(body).context("the answer is no JSON")?;
    let said = answer.choices.first().and_then(|choice| choice.message.as_ref()?.content);
    ensure!(said == Some(TEXT), "the answer has another text");
    ensure!(answer.usage.is_some_and(|usage| usage.is_right()), "the answer has another usage");
    Ok(())
}

/// A streamed one, piece by piece.
#[derive(Default)]
pub struct Stream {
    pending: String,
    text: String,
    usage: bool,
    done: bool,
}

impl Stream {
    /// Takes what came; says whether there is any text by now.
    pub fn hear(&mut self, bytes: &[u8]) -> anyhow::Result<bool> {
        self.pending.push_str(std::str::from_utf8(bytes).context("half a character")?);
        while let Some(end) = self.pending.find("\n\n") {
            let event: String = self.pending.drain(..end + 2).collect();
            self.event(event.trim_end().strip_prefix("data: ").context("a line that is no event")?)?;
        }
        Ok(!self.text.is_empty())
    }

    fn event(&mut self, data: &str) -> anyhow::Result<()> {
        if data == "[DONE]" {
            self.done = true;
            return Ok(());
        }
        let chunk: Answer<'_> = serde_json::from_str(data).context("an event is no JSON")?;
        self.text.extend(chunk.choices.first().and_then(|choice| choice.delta.as_ref()?.content));
        self.usage |= chunk.usage.is_some_and(|usage| usage.is_right());
        Ok(())
    }

    /// Whether it was all that it should be.
    pub fn end(&self) -> anyhow::Result<()> {
        ensure!(self.done && self.usage, "the stream ended without its usage and terminator");
        ensure!(self.text == TEXT, "the stream has another text");
        Ok(())
    }
}
