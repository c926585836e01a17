//! The languages in which models are called, and the one place that tells them apart.

use model::ProviderType;

use super::{
    Special, Step, call_refusal, chat, claude, gemini, generate, messages, openai, openai_compatible,
    responses,
};
use crate::{
    Target,
    call::{AnswerFault, Draft, Failure, Plan, Unfit},
    exchange::{Answer, Post},
    finding::Refusal,
    sse::Item,
};

/// Most bytes of a stream's lines that are no events, which may be an error in bare JSON.
const STRAY_LIMIT: usize = 64 * 1024;

/// How a model is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// OpenAI's Chat Completions.
    Chat,
    /// The same, as others have it.
    CompatibleChat,
    /// OpenAI's Responses.
    Responses,
    /// Claude's Messages.
    Messages,
    /// Gemini's `generateContent`.
    Generate,
}

impl Dialect {
    /// The request that makes this call.
    pub(crate) fn build(self, target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, Failure> {
        match self {
            Self::Chat | Self::CompatibleChat => Ok(chat::build(target, plan)?),
            Self::Responses => Ok(responses::build(target, plan)?),
            Self::Messages => Ok(messages::build(target, plan)?),
            Self::Generate => generate::build(target, plan),
        }
    }

    /// The request that has the tokens of this call counted.
    pub(crate) fn count(self, target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, Failure> {
        match self {
            Self::Messages => Ok(messages::count(target, plan)?),
            Self::Chat | Self::CompatibleChat | Self::Responses | Self::Generate => {
                Err(Unfit::Counting.into())
            }
        }
    }

    /// What a whole answer says. Also after a failure, the draft holds what was taken.
    pub(crate) fn read(self, body: &[u8], draft: &mut Draft) -> Result<(), Failure> {
        let special = self.special();
        match self {
            Self::Chat => chat::whole(body, special, false, draft),
            Self::CompatibleChat => chat::whole(body, special, true, draft),
            Self::Responses => responses::whole(body, special, draft),
            Self::Messages => messages::whole(body, special, draft),
            Self::Generate => generate::whole(body, special, draft),
        }
    }

    /// The tokens that a count comes to.
    pub(crate) fn counted(self, body: &[u8]) -> Result<u64, AnswerFault> {
        match self {
            Self::Messages => messages::counted(body),
            Self::Chat | Self::CompatibleChat | Self::Responses | Self::Generate => {
                Err(AnswerFault::Unreadable)
            }
        }
    }

    /// What an answer means that is none.
    pub(crate) fn refusal(self, answer: &Answer) -> Refusal {
        call_refusal::of_answer(answer, self.special())
    }

    fn special(self) -> Special {
        match self {
            Self::Chat | Self::Responses => openai::cause,
            Self::CompatibleChat => openai_compatible::cause,
            Self::Messages => claude::cause,
            Self::Generate => gemini::cause,
        }
    }

    /// The languages that can be asked for at a provider of this type.
    pub(crate) fn of(provider_type: ProviderType, responses: bool) -> Self {
        match provider_type {
            ProviderType::OpenAi if responses => Self::Responses,
            ProviderType::OpenAi => Self::Chat,
            ProviderType::OpenAiCompatible => Self::CompatibleChat,
            ProviderType::Claude => Self::Messages,
            ProviderType::Gemini => Self::Generate,
        }
    }
}

/// Reads a stream in one of the languages.
#[derive(Debug)]
pub(crate) struct Reader {
    dialect: Dialect,
    stream: Stream,
    stray: String,
}

#[derive(Debug)]
enum Stream {
    Chat(chat::Stream),
    Responses(responses::Stream),
    Messages(messages::Stream),
    Generate(generate::Stream),
}

impl Reader {
    pub(crate) fn new(dialect: Dialect) -> Self {
        let special = dialect.special();
        let stream = match dialect {
            Dialect::Chat => Stream::Chat(chat::Stream::new(special, false)),
            Dialect::CompatibleChat => Stream::Chat(chat::Stream::new(special, true)),
            Dialect::Responses => Stream::Responses(responses::Stream::new(special)),
            Dialect::Messages => Stream::Messages(messages::Stream::new(special)),
            Dialect::Generate => Stream::Generate(generate::Stream::new(special)),
        };
        Self { dialect, stream, stray: String::new() }
    }

    /// What the stream says next.
    pub(crate) fn read(&mut self, item: &Item, draft: &mut Draft) -> Result<Step, Failure> {
        let (name, data) = match item {
            Item::Stray(line) => return self.stray(line),
            // Some servers keep the connection alive so.
            Item::Event { data, .. } if data.trim().is_empty() => return Ok(Step::Goes),
            Item::Event { name, data } => (name, data),
        };
        match &mut self.stream {
            Stream::Chat(stream) => stream.event(data, draft),
            Stream::Responses(stream) => stream.event(name, data, draft),
            Stream::Messages(stream) => stream.event(name, data, draft),
            Stream::Generate(stream) => stream.event(data, draft),
        }
    }

    /// The connection closed before any terminator: only Gemini's streams end so.
    pub(crate) fn close(&mut self, draft: &mut Draft) -> Result<(), Failure> {
        let is_whole = match &mut self.stream {
            Stream::Generate(stream) => stream.close(draft),
            _ => false,
        };
        if is_whole && self.stray.trim().is_empty() { Ok(()) } else { Err(AnswerFault::Unfinished.into()) }
    }

    fn stray(&mut self, line: &str) -> Result<Step, Failure> {
        if self.stray.len() + line.len() > STRAY_LIMIT {
            return Err(AnswerFault::Unreadable.into());
        }
        self.stray.push_str(line);
        self.stray.push('\n');
        // An error that is not whole yet is no JSON yet.
        match call_refusal::of_text(&self.stray, self.dialect.special()) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(Step::Goes),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use proptest::prelude::*;

    use super::*;
    use crate::sse::Decoder;

    const ALL: [Dialect; 5] =
        [Dialect::Chat, Dialect::CompatibleChat, Dialect::Responses, Dialect::Messages, Dialect::Generate];

    /// Events that are nearly right reach deeper than noise does.
    fn stream() -> impl Strategy<Value = String> {
        let words = prop::sample::select(vec![
            "data: ",
            "event: error",
            "event: message_stop",
            "[DONE]",
            "\n",
            "\n\n",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"type\"",
            "\"error\"",
            "\"choices\"",
            "\"delta\"",
            "\"content\"",
            "\"usage\"",
            "\"index\"",
            "\"response.completed\"",
            "\"response\"",
            "\"status\"",
            "\"completed\"",
            "\"candidates\"",
            "\"finishReason\"",
            "\"STOP\"",
            "\"content_block_start\"",
            "\"tool_calls\"",
            "null",
            "1e999",
            "-1",
            "é",
        ]);
        prop::collection::vec(words, 0..60).prop_map(|words| words.concat())
    }

    proptest! {
        #[test]
        fn no_stream_makes_any_vendor_panic(text in stream(), body in prop::collection::vec(any::<u8>(), 0..80)) {
            for dialect in ALL {
                let (mut decoder, mut items) = (Decoder::default(), VecDeque::new());
                prop_assert!(decoder.feed(text.as_bytes(), &mut items).is_ok());
                prop_assert!(decoder.finish(&mut items).is_ok());
                let (mut reader, mut draft) = (Reader::new(dialect), Draft::default());
                let _ = items.iter().try_for_each(|item| reader.read(item, &mut draft).map(drop));
                let _ = reader.close(&mut draft);
                prop_assert!(dialect.read(&body, &mut Draft::default()).is_err());
            }
        }
    }

    #[test]
    fn lines_that_are_no_event_are_an_error_once_they_are_one_and_never_an_end() {
        let lines =
            ["{", "  \"error\": {", "    \"code\": 503,", "    \"status\": \"UNAVAILABLE\"", "  }", "}"];
        for dialect in ALL {
            let (mut reader, mut draft) = (Reader::new(dialect), Draft::default());
            let read: Vec<_> =
                lines.iter().map(|line| reader.read(&Item::Stray((*line).to_owned()), &mut draft)).collect();
            assert!(read[..5].iter().all(|read| *read == Ok(Step::Goes)), "{dialect:?}");
            let Err(Failure::Refused(refusal)) = &read[5] else { panic!("{dialect:?}") };
            assert_eq!(refusal.cause.class(), model::ErrorClass::Overloaded);
        }
        let (mut reader, mut draft) = (Reader::new(Dialect::Generate), Draft::default());
        draft.finish = Some(model::call::FinishReason::Stop);
        assert_eq!(reader.read(&Item::Stray("{\"err".to_owned()), &mut draft), Ok(Step::Goes));
        assert_eq!(reader.close(&mut draft), Err(AnswerFault::Unfinished.into()));
    }
}
