//! The answer to a request, made up by rule: the JSON of a schema, a call of a tool, or plain sentences about the
//! question, held to the stop texts and the most tokens asked for.

use serde_json::{Value, json};

use super::{Asked, Choice, Tool, Usage, instance, tokens};
use crate::{Fault, world::Orders};

/// Why an answer ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finish {
    Stop,
    /// At this stop text.
    StopText(String),
    Length,
    Calls,
    Refused,
    Filtered,
}

pub(crate) struct ToolCall {
    pub(crate) name: String,
    pub(crate) arguments: Value,
}

pub(crate) struct Answer {
    /// What is said; with [`Finish::Refused`] the words of the refusal.
    pub(crate) text: String,
    pub(crate) calls: Vec<ToolCall>,
    pub(crate) finish: Finish,
    /// `None` where the vendor keeps it to itself.
    pub(crate) usage: Option<Usage>,
    pub(crate) thinks: bool,
}

/// Without a blank in it, a stream sends it as two pieces of ten megabytes.
const LONG_LINE: usize = 20 << 20;
const REFUSAL: &str = "I’m sorry, but I can’t help with that.";

/// Makes up the answer.
pub(crate) fn compose(asked: &Asked<'_>, orders: &Orders) -> Answer {
    let mut answer = Answer {
        text: String::new(),
        calls: calls(asked, orders.fault),
        finish: Finish::Stop,
        usage: None,
        thinks: asked.thinks,
    };
    match orders.fault {
        Some(Fault::Refusal) => answer.refuse(Finish::Refused),
        Some(Fault::ContentFilter) => answer.refuse(Finish::Filtered),
        Some(Fault::EmptyAnswer) => answer.calls.clear(),
        Some(Fault::LongLine) => answer.text = "x".repeat(LONG_LINE),
        _ if answer.calls.is_empty() => answer.say(asked, orders),
        _ => answer.finish = Finish::Calls,
    }
    if orders.fault != Some(Fault::NoUsage) {
        answer.usage = Some(orders.usage.unwrap_or_else(|| took(asked, &answer)));
    }
    answer
}

impl Answer {
    fn refuse(&mut self, finish: Finish) {
        self.calls.clear();
        self.text = if finish == Finish::Refused { REFUSAL.to_owned() } else { String::new() };
        self.finish = finish;
    }

    fn say(&mut self, asked: &Asked<'_>, orders: &Orders) {
        self.text = orders.answer.clone().unwrap_or_else(|| words(asked, orders.fault));
        let stop = asked.stop.iter().filter(|stop| !stop.is_empty());
        let first = stop.filter_map(|stop| Some((self.text.find(stop)?, *stop))).min();
        if let Some((place, stop)) = first {
            self.text.truncate(place);
            self.finish = Finish::StopText(stop.to_owned());
        }
        let most = asked.max_output.unwrap_or(u64::MAX).saturating_sub(thinking(asked));
        let kept = tokens::cut(&self.text, most).len();
        if kept < self.text.len() {
            self.text.truncate(kept);
            self.finish = Finish::Length;
        }
    }
}

/// Thinking counts towards the most tokens asked for.
fn thinking(asked: &Asked<'_>) -> u64 {
    if asked.thinks { tokens::OF_THINKING.min(asked.max_output.unwrap_or(u64::MAX)) } else { 0 }
}

fn took(asked: &Asked<'_>, answer: &Answer) -> Usage {
    let called =
        answer.calls.iter().map(|call| call.name.len() + call.arguments.to_string().len()).sum::<usize>();
    let (five_minutes, hour) = asked.cache_marks;
    let all = asked.input_tokens();
    let cache_write_1h = hour.min(all);
    let cache_write = five_minutes.saturating_sub(cache_write_1h).min(all - cache_write_1h);
    Usage {
        input: all - cache_write - cache_write_1h,
        cached: 0,
        cache_write,
        cache_write_1h,
        output: tokens::of_bytes(answer.text.len() + called),
        thinking: thinking(asked),
    }
}

/// A forced call, or one that the prompt asks for: `call the tool`, `call all tools`, with the tool's name if it is not
/// the first.
fn calls(asked: &Asked<'_>, fault: Option<Fault>) -> Vec<ToolCall> {
    let prompt = || asked.prompt.to_ascii_lowercase();
    let unasked = asked.tool_result.is_some() || !prompt().contains("call ");
    let named = |name: &str| asked.tools.iter().find(|tool| tool.name == name);
    let chosen: Vec<&Tool<'_>> = match asked.choice {
        Choice::Any => asked.tools.first().into_iter().collect(),
        Choice::Named(name) => named(name).into_iter().collect(),
        Choice::None => Vec::new(),
        Choice::Auto if unasked => Vec::new(),
        Choice::Auto if prompt().contains("call all tools") => asked.tools.iter().collect(),
        Choice::Auto if prompt().contains("call the tool") => asked
            .tools
            .iter()
            .find(|tool| asked.prompt.contains(tool.name))
            .or(asked.tools.first())
            .into_iter()
            .collect(),
        Choice::Auto => Vec::new(),
    };
    chosen.into_iter().map(|tool| call(tool, fault)).collect()
}

fn call(tool: &Tool<'_>, fault: Option<Fault>) -> ToolCall {
    let arguments = match tool.schema {
        Some(schema) if fault == Some(Fault::SchemaBreak) => instance::breaking(schema),
        Some(schema) => instance::of_schema(schema),
        None => json!({}),
    };
    // Arguments are an object at every vendor, whatever the schema.
    let arguments = if arguments.is_object() { arguments } else { json!({"unexpected": arguments}) };
    ToolCall { name: tool.name.to_owned(), arguments }
}

fn words(asked: &Asked<'_>, fault: Option<Fault>) -> String {
    match (asked.schema, &asked.tool_result) {
        (Some(schema), _) if fault == Some(Fault::SchemaBreak) => instance::breaking(schema).to_string(),
        (Some(schema), _) => instance::of_schema(schema).to_string(),
        _ if asked.json => json!({"answer": head(asked.prompt)}).to_string(),
        (None, Some(result)) => format!("The tool returned “{}”.", head(result)),
        (None, None) => prose(asked.prompt),
    }
}

/// Plain sentences, or as many words as the prompt asks for: `in 200 words`.
fn prose(prompt: &str) -> String {
    let sentences =
        format!("You asked “{}”. This answer is simulated: it is made of your question alone.", head(prompt));
    match length_asked(prompt) {
        None => sentences,
        Some(count) => sentences.split(' ').cycle().take(count).collect::<Vec<_>>().join(" "),
    }
}

fn length_asked(prompt: &str) -> Option<usize> {
    let words: Vec<&str> = prompt.split_whitespace().collect();
    let count = words.windows(3).find(|three| three[0] == "in" && three[2].starts_with("words"))?[1];
    count.parse().ok().filter(|count| (1..=20_000).contains(count))
}

fn head(text: &str) -> &str {
    &text[..text.floor_char_boundary(200)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(asked: &Asked<'_>) -> Answer {
        compose(asked, &Orders::default())
    }

    #[test]
    fn the_answer_quotes_the_question_and_its_numbers_follow_the_rule() {
        let mut asked = Asked::default();
        asked.hear_user("Why?");
        let said = answer(&asked);
        assert_eq!(
            said.text,
            "You asked “Why?”. This answer is simulated: it is made of your question alone."
        );
        assert_eq!(
            said.usage,
            Some(Usage { input: 1, output: said.text.len().div_ceil(4) as u64, ..Usage::default() })
        );
        asked.hear_user("Tell it in 50 words, please");
        assert_eq!(answer(&asked).text.split(' ').count(), 50);
    }

    #[test]
    fn stop_texts_and_the_most_tokens_end_it() {
        let mut asked = Asked::default();
        asked.hear_user("Why?");
        asked.stop = vec!["simulated", "answer"];
        assert_eq!(answer(&asked).finish, Finish::StopText("answer".to_owned()));
        asked.max_output = Some(2);
        let cut = answer(&asked);
        assert_eq!((cut.text.as_str(), cut.finish), ("You aske", Finish::Length));
        asked.thinks = true;
        let cut = answer(&asked);
        assert_eq!((cut.text.as_str(), cut.usage.unwrap().thinking), ("", 2));
    }

    #[test]
    fn a_tool_is_called_when_forced_or_asked_for_and_its_result_ends_it() {
        let schema = json!({"type": "object", "properties": {"city": {"type": "string"}}});
        let mut asked = Asked::default();
        asked.hear_user("Please call the tool lookup");
        asked.tools = ["clock", "lookup"].map(|name| Tool { name, schema: Some(&schema) }).into();
        let call = answer(&asked).calls.remove(0);
        assert_eq!((call.name.as_str(), call.arguments), ("lookup", json!({"city": "city"})));
        asked.hear_tool("sunny");
        assert_eq!(answer(&asked).text, "The tool returned “sunny”.");
        asked.choice = Choice::Named("clock");
        assert_eq!(answer(&asked).calls[0].name, "clock");
    }
}
