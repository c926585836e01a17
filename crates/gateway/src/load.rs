//! What a request weighs before it is sent: what it needs of a model, and the most tokens that it can take. Nothing is
//! tokenised: bytes bound tokens from both sides, and a bound is all that a limit needs.

use std::io;

use model::{CallRequest, ProviderType, call::Part, routing::Needs};

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
/// Least bound of a document, whose compressed pages may hold more than its bytes.
const PDF_FLOOR: u64 = 20_000;

/// A request in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Load {
    text_bytes: u64,
    pdf_bytes: u64,
    images: u64,
    pdfs: u64,
    parts: u64,
    tools: bool,
    schema: bool,
    /// What the caller bounded the output to.
    pub(crate) max_output: Option<u64>,
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
            Part::Text { text } | Part::Thinking { text, .. } => self.text_bytes += bytes(text),
            Part::Image { .. } | Part::ImageUrl { .. } => self.images += 1,
            Part::Pdf { data, .. } => {
                self.pdfs += 1;
                self.pdf_bytes += bytes(data).max(PDF_FLOOR);
            }
            Part::ToolCall(call) => self.text_bytes += bytes(&call.name) + bytes(&call.arguments),
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
    pub(crate) fn input_bound(&self, provider_type: ProviderType) -> u64 {
        let instructions = if self.tools || self.schema { TOOL_INSTRUCTIONS } else { 0 };
        [
            self.text_bytes,
            self.pdf_bytes,
            self.images.saturating_mul(image_bound(provider_type)),
            self.parts.saturating_mul(AROUND_A_PART),
            AROUND_ALL,
            instructions,
        ]
        .into_iter()
        .fold(0, u64::saturating_add)
    }

    /// The most that a call can take of a model with these bounds of its own.
    pub(crate) fn bound(&self, provider_type: ProviderType, own: &Bounds) -> Bound {
        let input = self.input_bound(provider_type);
        Bound { input, output: self.max_output.unwrap_or_else(|| own.output_beside(input)) }
    }
}

/// What a model bounds by itself, as far as the catalogue knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Tokens of input and output together.
    pub(crate) window: Option<u64>,
    /// Tokens of output.
    pub(crate) output: Option<u64>,
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

/// The most tokens that a picture can take. OpenAI's small models count one at up to 48,169 (2,833, and 5,667 for each
/// of up to eight tiles); Claude at up to 4,784; Gemini at 258 for each of up to sixteen tiles.
fn image_bound(provider_type: ProviderType) -> u64 {
    match provider_type {
        ProviderType::OpenAi | ProviderType::OpenAiCompatible => 50_000,
        ProviderType::Claude | ProviderType::Gemini => 5_000,
    }
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
    use model::call::{AnswerSchema, Message, Role, Tool};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

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
        assert_eq!(pdf.input_bound(ProviderType::Gemini), 20_000 + 32 + 64);
        let tool = Tool { name: "a".into(), description: String::new(), parameters: json!({}) };
        let schema = AnswerSchema { name: "s".into(), schema: json!({"type": "object"}) };
        let request = CallRequest { tools: vec![tool], schema: Some(schema), ..CallRequest::prompt("Hi") };
        let needs = Load::of(&request).needs(false);
        assert!(needs.tools && needs.json_schema && !needs.vision && !needs.pdf);
        assert!(!Load::of(&request).needs(true).json_schema);
    }

    #[test]
    fn a_window_is_known_to_be_too_small_only_when_no_text_could_fit() {
        let load = Load::of(&CallRequest::prompt("a".repeat(80_000)));
        assert_eq!(load.needs(false).context_tokens, Some(10_000));
    }

    #[test]
    fn output_is_bounded_by_the_caller_else_the_model_else_4096() {
        let bounds = Bounds { window: Some(100_000), output: Some(64_000) };
        let output =
            |request: &CallRequest, bounds| Load::of(request).bound(ProviderType::OpenAi, &bounds).output;
        let short = CallRequest::prompt("Hi");
        assert_eq!(output(&CallRequest { max_output_tokens: Some(9), ..short.clone() }, bounds), 9);
        assert_eq!(output(&short, bounds), 64_000);
        assert_eq!(output(&CallRequest::prompt("a".repeat(89_904)), bounds), 10_000);
        assert_eq!(output(&CallRequest::prompt("a".repeat(99_000)), bounds), 4_096);
        assert_eq!(output(&short, Bounds::default()), 4_096);
    }

    proptest! {
        #[test]
        fn the_bound_is_above_the_bytes_of_every_text(system in ".{0,50}", texts in prop::collection::vec(".{0,40}", 0..6)) {
            let all: usize = system.len() + texts.iter().map(String::len).sum::<usize>();
            let messages = texts.into_iter().map(|text| Message::text(Role::User, text)).collect();
            let request = CallRequest { system: Some(system), messages, ..CallRequest::default() };
            prop_assert!(Load::of(&request).input_bound(ProviderType::OpenAi) > all as u64);
        }
    }
}
