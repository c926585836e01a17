//! What a request weighs before it is sent: what it needs of a model, and the most tokens that it can take. Nothing is
//! tokenised: bytes bound tokens from both sides, and a bound is all that a limit needs.

use std::io;

use model::{CallRequest, call::Part, routing::Needs};
use providers::{DocumentWeight, document_weight};
use tokio::task::spawn_blocking;

use crate::throttle::Likely;

/// Output of a request that names no bound, to a model whose own bound is unknown.
pub(crate) const DEFAULT_OUTPUT: u64 = 4_096;
/// No text of any language has more bytes than this to a token over any length. Used to know what certainly does not
/// fit, where an estimate would turn away calls that do.
const MOST_BYTES_A_TOKEN: u64 = 8;
/// What texts have in the mean.
const USUAL_BYTES_A_TOKEN: u64 = 4;
/// Tokens that vendors put around each part and message.
const AROUND_A_PART: u64 = 16;
/// Tokens around the whole.
const AROUND_ALL: u64 = 64;
/// What vendors put into the instructions when there are tools (Claude: up to 804), or a schema by instruction.
const TOOL_INSTRUCTIONS: u64 = 1_024;
/// Bound of a document that cannot be read here, for a model whose window is unknown: no model's is larger.
const LARGEST_WINDOW: u64 = 10_000_000;

/// A request in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    text_bytes: u64,
    /// Of thinking as vendors seal it, which says little of its tokens but that they are not more.
    sealed_bytes: u64,
    images: u64,
    pdfs: u64,
    pages: Pages,
    parts: u64,
    tools: bool,
    schema: bool,
    /// What the caller bounded the output to.
    pub(crate) max_output: Option<u64>,
}

/// What is known of a request's documents. Their bytes say nothing: a page of a few of them is billed as a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Pages {
    /// There are none, or they were not or cannot be read.
    #[default]
    Unread,
    /// All of them together.
    Read(DocumentWeight),
}

/// The most that a call can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) input: u64,
    pub(crate) output: u64,
}

impl Bound {
    pub(crate) fn tokens(self) -> u64 {
        self.input.saturating_add(self.output)
    }
}

impl Load {
    /// With the request's documents read, so that they are bound by what is in them.
    pub(crate) async fn read(request: &CallRequest) -> Self {
        let load = Self::of(request);
        let document = |part: &Part| match part {
            Part::Pdf { data, .. } => Some(data.clone()),
            _ => None,
        };
        let documents: Vec<String> = request.parts().filter_map(document).collect();
        if documents.is_empty() {
            return load;
        }
        let all = spawn_blocking(move || weight_of_all(&documents));
        let pages = all.await.ok().flatten().map_or(Pages::Unread, Pages::Read);
        Self { pages, ..load }
    }

    /// With documents unread: they may fill a model's window.
    pub(crate) fn of(request: &CallRequest) -> Self {
        let mut load = Self {
            text_bytes: request.system.as_ref().map_or(0, |text| bytes(text)),
            parts: request.messages.len() as u64,
            tools: !request.tools.is_empty(),
            schema: request.schema.is_some(),
            max_output: request.max_output_tokens,
            ..Self::default()
        };
        for tool in &request.tools {
            load.text_bytes += bytes(&tool.name) + bytes(&tool.description) + json_bytes(&tool.parameters);
            load.parts += 1;
        }
        if let Some(schema) = &request.schema {
            load.text_bytes += bytes(&schema.name) + json_bytes(&schema.schema);
        }
        request.parts().for_each(|part| load.add(part));
        load
    }

    fn add(&mut self, part: &Part) {
        self.parts += 1;
        match part {
            Part::Text { text } => self.text_bytes += bytes(text),
            Part::Thinking { text, signature } => {
                self.text_bytes += bytes(text);
                self.sealed_bytes += bytes(signature);
            }
            Part::Image { .. } | Part::ImageUrl { .. } => self.images += 1,
            Part::Pdf { name, .. } => {
                self.pdfs += 1;
                self.text_bytes += name.as_deref().map_or(0, bytes);
            }
            Part::ToolCall(call) => {
                self.text_bytes += bytes(&call.id) + bytes(&call.name) + bytes(&call.arguments);
                self.sealed_bytes += call.signature.as_deref().map_or(0, bytes);
            }
            Part::ToolResult { id, content, .. } => self.text_bytes += bytes(id) + bytes(content),
        }
    }

    /// What the request needs of a model. A schema or a PDF that may be done without is no need.
    pub(crate) fn needs(&self, degrade: bool) -> Needs {
        let least = self.text_bytes / MOST_BYTES_A_TOKEN + self.max_output.unwrap_or(0);
        Needs {
            vision: self.images > 0,
            pdf: self.pdfs > 0 && !degrade,
            json_schema: self.schema && !degrade,
            tools: self.tools,
            context_tokens: (least > 0).then_some(least),
        }
    }

    /// What a call is likely to take, by what text in most languages has: four bytes to a token.
    pub(crate) fn likely(&self) -> Likely {
        let input = self.text_bytes / USUAL_BYTES_A_TOKEN + 1;
        Likely { input, output: self.max_output.unwrap_or(1) }
    }

    /// The most input tokens that a vendor can count: a token has at least a byte.
    pub(crate) fn input_bound(&self, own: &Bounds) -> u64 {
        let instructions = if self.tools || self.schema { TOOL_INSTRUCTIONS } else { 0 };
        [
            self.text_bytes,
            self.sealed_bytes,
            self.document_bound(own.picture, own.window.unwrap_or(LARGEST_WINDOW)),
            self.images.saturating_mul(own.picture),
            self.parts.saturating_mul(AROUND_A_PART),
            AROUND_ALL,
            instructions,
        ]
        .into_iter()
        .fold(0, u64::saturating_add)
    }

    /// A page is a picture, and its text may be read beside it. More than its window no model takes.
    fn document_bound(&self, picture: u64, window: u64) -> u64 {
        match self.pages {
            _ if self.pdfs == 0 => 0,
            Pages::Unread => window,
            Pages::Read(DocumentWeight { pages, text_bytes }) => {
                pages.saturating_mul(picture).saturating_add(text_bytes).min(window)
            }
        }
    }

    /// The most that a call can take of a model with these bounds of its own.
    pub(crate) fn bound(&self, own: &Bounds) -> Bound {
        let input = self.input_bound(own);
        Bound { input, output: self.max_output.unwrap_or_else(|| own.output_beside(input)) }
    }
}

/// What a model bounds by itself, as far as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Tokens of input and output together.
    pub(crate) window: Option<u64>,
    /// Tokens of output.
    pub(crate) output: Option<u64>,
    /// Tokens of a picture, or of a page of a document beside its words.
    pub(crate) picture: u64,
}

impl Bounds {
    /// The output to ask for when the caller did not say: all that the model has, but some vendors refuse a call whose
    /// input and output together are above its window.
    fn output_beside(&self, input: u64) -> u64 {
        let most = self.output.unwrap_or(DEFAULT_OUTPUT);
        let Some(window) = self.window else { return most };
        most.min(window.saturating_sub(input).max(DEFAULT_OUTPUT))
    }
}

/// What several documents weigh together, if all of them can be read.
fn weight_of_all(documents: &[String]) -> Option<DocumentWeight> {
    documents.iter().try_fold(DocumentWeight { pages: 0, text_bytes: 0 }, |sum, data| {
        let more = document_weight(data)?;
        Some(DocumentWeight {
            pages: sum.pages.saturating_add(more.pages),
            text_bytes: sum.text_bytes.saturating_add(more.text_bytes),
        })
    })
}

fn bytes(text: &str) -> u64 {
    text.len() as u64
}

/// Length of the JSON text, without making it.
fn json_bytes(value: &serde_json::Value) -> u64 {
    struct Count(u64);
    impl io::Write for Count {
        fn write(&mut self, written: &[u8]) -> io::Result<usize> {
            self.0 += written.len() as u64;
            Ok(written.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    // Writing a value into a counter does not fail.
    serde_json::to_writer(&mut count, value).ok();
    count.0
}

#[cfg(test)]
mod tests {
    use model::call::{AnswerSchema, Message, Role, Tool, ToolCall};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const NOTHING_KNOWN: Bounds = Bounds { window: None, output: None, picture: 50_000 };

    fn with(part: Part) -> CallRequest {
        CallRequest {
            messages: vec![Message { role: Role::User, parts: vec![part] }],
            ..CallRequest::default()
        }
    }

    #[test]
    fn a_request_needs_what_is_in_it() {
        let image = with(Part::ImageUrl { url: "https://example.com/a.png".into() });
        assert!(Load::of(&image).needs(false).vision);
        let pdf = Load::of(&with(Part::Pdf { name: None, data: "JVBERi0=".into() }));
        assert!(pdf.needs(false).pdf && !pdf.needs(true).pdf);
        let tool = Tool { name: "a".into(), description: String::new(), parameters: json!({}) };
        let schema = AnswerSchema { name: "s".into(), schema: json!({"type": "object"}) };
        let request = CallRequest { tools: vec![tool], schema: Some(schema), ..CallRequest::prompt("Hi") };
        let needs = Load::of(&request).needs(false);
        assert!(needs.tools && needs.json_schema && !needs.vision && !needs.pdf);
        assert!(!Load::of(&request).needs(true).json_schema);
    }

    #[test]
    fn a_document_is_bound_by_its_pages_and_words_and_one_that_nobody_read_by_the_window() {
        let unread = Load::of(&with(Part::Pdf { name: None, data: "JVBERi0=".into() }));
        let around = 2 * AROUND_A_PART + AROUND_ALL;
        let own = |picture, window| Bounds { window, output: None, picture };
        assert_eq!(unread.input_bound(&own(5_000, Some(128_000))), 128_000 + around);
        assert_eq!(unread.input_bound(&own(5_000, None)), LARGEST_WINDOW + around);
        let read = |pages| Load { pages: Pages::Read(DocumentWeight { pages, text_bytes: 900 }), ..unread };
        assert_eq!(read(3).input_bound(&own(5_000, None)), 15_900 + around);
        assert_eq!(read(3).input_bound(&own(1_190, None)), 4_470 + around);
        assert_eq!(read(100).input_bound(&own(5_000, Some(200_000))), 200_000 + around);
    }

    #[test]
    fn sealed_thinking_is_bound_by_its_bytes_but_says_nothing_of_what_does_not_fit() {
        let sealed = with(Part::Thinking { text: String::new(), signature: "s".repeat(9_000) });
        let load = Load::of(&sealed);
        assert!(load.input_bound(&NOTHING_KNOWN) > 9_000);
        assert_eq!(load.needs(false).context_tokens, None);
    }

    #[test]
    fn a_window_is_known_to_be_too_small_only_when_no_text_could_fit() {
        let load = Load::of(&CallRequest::prompt("a".repeat(80_000)));
        assert_eq!(load.needs(false).context_tokens, Some(10_000));
    }

    #[test]
    fn output_is_bounded_by_the_caller_else_the_model_else_4096() {
        let bounds = Bounds { window: Some(100_000), output: Some(64_000), ..NOTHING_KNOWN };
        let output = |request: &CallRequest, bounds| Load::of(request).bound(&bounds).output;
        let short = CallRequest::prompt("Hi");
        assert_eq!(output(&CallRequest { max_output_tokens: Some(9), ..short.clone() }, bounds), 9);
        assert_eq!(output(&short, bounds), 64_000);
        assert_eq!(output(&CallRequest::prompt("a".repeat(89_904)), bounds), 10_000);
        assert_eq!(output(&CallRequest::prompt("a".repeat(99_000)), bounds), 4_096);
        assert_eq!(output(&short, NOTHING_KNOWN), 4_096);
    }

    proptest! {
        #[test]
        fn the_bound_is_above_the_bytes_of_everything_that_is_written(
            system in ".{0,50}", written in prop::collection::vec((0..4, ".{0,40}", ".{0,40}", ".{0,40}"), 0..6),
        ) {
            let mut all = system.len();
            let part = |(kind, one, other, third): (i32, String, String, String)| match kind {
                0 => (one.len(), Part::Text { text: one }),
                1 => (one.len() + other.len(), Part::Thinking { text: one, signature: other }),
                2 => (one.len() + other.len(), Part::ToolResult { id: one, content: other, is_error: false }),
                _ => (one.len() + other.len() + third.len(), Part::ToolCall(ToolCall {
                    id: String::new(), name: one, arguments: other, signature: Some(third),
                })),
            };
            let mut parts = Vec::new();
            for (bytes, part) in written.into_iter().map(part) {
                all += bytes;
                parts.push(part);
            }
            let messages = vec![Message { role: Role::Assistant, parts }];
            let request = CallRequest { system: Some(system), messages, ..CallRequest::default() };
            prop_assert!(Load::of(&request).input_bound(&NOTHING_KNOWN) > all as u64);
        }
    }
}
