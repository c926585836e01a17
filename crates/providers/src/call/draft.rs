//! An answer as it comes together, piece by piece or at once, the same way for all vendors.

use std::collections::VecDeque;

use model::{
    CallAnswer, CallEvent, TokenUsage,
    call::{FinishReason, Part, ToolCall},
};

/// Most bytes of one answer that are kept. The longest that any model writes is under 1 MiB.
pub(crate) const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// What is known of an answer so far.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub(crate) text: String,
    pub(crate) thinking: Vec<Part>,
    pub(crate) tool_calls: Vec<ToolCall>,
    pub(crate) finish: Option<FinishReason>,
    /// The stop text at which the vendor says that it ended.
    pub(crate) stop_text: Option<String>,
    pub(crate) usage: Option<TokenUsage>,
    pub(crate) model: Option<String>,
    /// The answer's id in its body, for vendors that have none in a header.
    pub(crate) id: Option<String>,
    /// Whether the vendor has said that nothing more comes, so that its usage is final.
    pub(crate) ended: bool,
    /// Pieces that the caller has not got yet.
    pub(crate) events: VecDeque<CallEvent>,
    /// Whether nobody waits for pieces.
    pub(crate) quiet: bool,
    /// Bytes of all pieces.
    pub(crate) size: usize,
}

impl Draft {
    /// More text.
    pub(crate) fn say(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        self.size += piece.len();
        self.text.push_str(piece);
        self.tell(|| CallEvent::Text(piece.to_owned()));
    }

    /// More thinking that is shown.
    pub(crate) fn think(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        self.size += piece.len();
        self.tell(|| CallEvent::Thinking(piece.to_owned()));
    }

    /// Thinking that has to be played back. What is shown of it was streamed before; that there was some of which
    /// nothing is shown is told here, so that it keeps its place before the text.
    pub(crate) fn keep_thinking(&mut self, text: String, signature: String) {
        self.size += text.len() + signature.len();
        if text.is_empty() && self.text.is_empty() {
            self.tell(|| CallEvent::Thinking(String::new()));
        }
        self.thinking.push(Part::Thinking { text, signature });
    }

    /// A function is asked for. An id is made up where the vendor gives none. Returns its place.
    pub(crate) fn start_tool(&mut self, id: &str, name: &str, signature: Option<String>) -> usize {
        let index = self.tool_calls.len();
        let id = if id.is_empty() { self.made_up_id(index) } else { id.to_owned() };
        self.size += id.len() + name.len();
        self.tell(|| CallEvent::ToolStart { index, id: id.clone(), name: name.to_owned() });
        self.tool_calls.push(ToolCall { id, name: name.to_owned(), arguments: String::new(), signature });
        index
    }

    /// Other answers of one conversation must not have the same, and every vendor must take it.
    fn made_up_id(&self, index: usize) -> String {
        let is_sound = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let answer: String = self.id.iter().flat_map(|id| id.chars().filter(is_sound)).take(40).collect();
        if answer.is_empty() { format!("call_{index}") } else { format!("call_{answer}_{index}") }
    }

    /// More of a function's arguments.
    pub(crate) fn add_arguments(&mut self, index: usize, json: &str) {
        let Some(call) = self.tool_calls.get_mut(index).filter(|_| !json.is_empty()) else { return };
        self.size += json.len();
        call.arguments.push_str(json);
        self.tell(|| CallEvent::ToolArguments { index, json: json.to_owned() });
    }

    fn tell(&mut self, event: impl FnOnce() -> CallEvent) {
        if !self.quiet {
            self.events.push_back(event());
        }
    }

    /// What was taken so far. Before the end, it may be less than the whole.
    pub(crate) fn usage_so_far(&self) -> Option<TokenUsage> {
        let usage = self.usage.clone()?;
        Some(TokenUsage { approximate: usage.approximate || !self.ended, ..usage })
    }

    /// The whole answer, without what only the caller of the network knows.
    pub(crate) fn into_answer(mut self) -> CallAnswer {
        // A function without arguments has none to stream.
        for call in self.tool_calls.iter_mut().filter(|call| call.arguments.trim().is_empty()) {
            call.arguments = "{}".to_owned();
        }
        let finish = match self.finish {
            // Gemini has no word of its own for it.
            Some(FinishReason::Stop) if !self.tool_calls.is_empty() => FinishReason::ToolCalls,
            finish => finish.unwrap_or(FinishReason::Other),
        };
        CallAnswer {
            text: self.text,
            thinking: self.thinking,
            tool_calls: self.tool_calls,
            finish,
            stop_text: self.stop_text,
            usage: self.usage,
            model: self.model,
            ..CallAnswer::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_out_as_they_went_in_and_make_the_whole() {
        let mut draft = Draft::default();
        draft.say("Hel");
        draft.say("");
        draft.say("lo");
        let index = draft.start_tool("", "clock", None);
        draft.finish = Some(FinishReason::Stop);
        assert_eq!(draft.events.len(), 3);
        assert_eq!(
            draft.events[2],
            CallEvent::ToolStart { index, id: "call_0".into(), name: "clock".into() }
        );
        let answer = draft.into_answer();
        assert_eq!((answer.text.as_str(), answer.finish), ("Hello", FinishReason::ToolCalls));
        assert_eq!(answer.tool_calls[0].arguments, "{}");
    }

    #[test]
    fn usage_before_the_end_is_approximate() {
        let usage = TokenUsage { input: 7, ..TokenUsage::default() };
        let mut draft = Draft { usage: Some(usage.clone()), ..Draft::default() };
        assert!(draft.usage_so_far().unwrap().approximate);
        draft.ended = true;
        assert_eq!(draft.usage_so_far(), Some(usage));
    }
}
