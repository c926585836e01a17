//! Each vendor's usage in buckets that do not overlap (section 6.1 of the wire reference): vendors disagree on what
//! their totals include, and adding them up blindly bills twice or not at all.

use model::TokenUsage;

use crate::json::Json;

/// Reads counts, and remembers whether they made sense.
struct Count {
    contradicts: bool,
}

impl Count {
    /// A missing count is zero: Google leaves zeros out.
    fn of(&mut self, value: &Json<'_>) -> u64 {
        match value {
            Json::Null => 0,
            value => value.as_u64().or_else(|| whole(value.as_f64()?)).unwrap_or_else(|| {
                self.contradicts = true;
                0
            }),
        }
    }

    /// A part is taken from its whole, and never makes it negative.
    fn without(&mut self, whole: u64, part: u64) -> u64 {
        self.contradicts |= part > whole;
        whole.saturating_sub(part)
    }

    fn sum(&mut self, one: u64, other: u64) -> u64 {
        self.contradicts |= one.checked_add(other).is_none();
        one.saturating_add(other)
    }
}

/// `20.0`, as some gateways write it.
fn whole(number: f64) -> Option<u64> {
    // Above 2^53 a float is no count any more.
    let sound = number.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&number);
    sound.then_some(number as u64)
}

/// OpenAI's `usage`, of either API. Caches are inside the input, thinking is inside the output. `lenient` is for
/// compatible servers: Google's keeps thinking out of everything but the total.
pub(super) fn openai(usage: &Json<'_>, tier: Option<&str>, lenient: bool) -> Option<TokenUsage> {
    usage.as_object()?;
    let either = |one: &str, other: &str| if usage[one].is_null() { &usage[other] } else { &usage[one] };
    let inputs = either("prompt_tokens_details", "input_tokens_details");
    let outputs = either("completion_tokens_details", "output_tokens_details");
    let mut count = Count { contradicts: false };
    let input = count.of(either("prompt_tokens", "input_tokens"));
    let said = count.of(either("completion_tokens", "output_tokens"));
    let (cache_read, cache_write) =
        (count.of(&inputs["cached_tokens"]), count.of(&inputs["cache_write_tokens"]));
    let cached = count.sum(cache_read, cache_write);
    let hidden = hidden(&mut count, &usage["total_tokens"], input, said, lenient);
    let output = count.sum(said, hidden);
    let reasoning = count.of(&outputs["reasoning_tokens"]).saturating_add(hidden);
    count.contradicts |= reasoning > output;
    Some(TokenUsage {
        input: count.without(input, cached),
        cache_read,
        cache_write,
        output,
        reasoning: reasoning.min(output),
        service_tier: tier.map(str::to_owned),
        approximate: count.contradicts,
        ..TokenUsage::default()
    })
}

/// What the total has beyond its parts.
fn hidden(count: &mut Count, total: &Json<'_>, input: u64, output: u64, lenient: bool) -> u64 {
    if total.is_null() {
        return 0;
    }
    let (total, parts) = (count.of(total), count.sum(input, output));
    if lenient && total > parts {
        return total - parts;
    }
    count.contradicts |= total != parts;
    0
}

/// Claude's `usage`. Caches are not inside the input, thinking is inside the output.
pub(super) fn claude(usage: &Json<'_>) -> TokenUsage {
    let field = |name: &str| &usage[name];
    let mut count = Count { contradicts: false };
    let (split, all) = (field("cache_creation"), count.of(field("cache_creation_input_tokens")));
    let (five_minutes, hour) =
        (count.of(&split["ephemeral_5m_input_tokens"]), count.of(&split["ephemeral_1h_input_tokens"]));
    let written = count.sum(five_minutes, hour);
    // Without a split, or beyond it, the shorter time holds.
    let rest = all.saturating_sub(written);
    count.contradicts |=
        split.is_object() && !field("cache_creation_input_tokens").is_null() && written != all;
    let output = count.of(field("output_tokens"));
    let reasoning = count.of(&field("output_tokens_details")["thinking_tokens"]);
    count.contradicts |= reasoning > output;
    TokenUsage {
        input: count.of(field("input_tokens")),
        cache_read: count.of(field("cache_read_input_tokens")),
        cache_write: count.sum(five_minutes, rest),
        cache_write_1h: hour,
        output,
        reasoning: reasoning.min(output),
        service_tier: field("service_tier").as_str().map(str::to_owned),
        approximate: count.contradicts,
        ..TokenUsage::default()
    }
}

/// Gemini's `usageMetadata`. The cache is inside the prompt, thinking is not inside the candidates.
pub(super) fn gemini(usage: &Json<'_>) -> Option<TokenUsage> {
    usage.as_object()?;
    let mut count = Count { contradicts: false };
    let prompt = count.of(&usage["promptTokenCount"]);
    let cache_read = count.of(&usage["cachedContentTokenCount"]);
    let by_tools = count.of(&usage["toolUsePromptTokenCount"]);
    let (said, reasoning) =
        (count.of(&usage["candidatesTokenCount"]), count.of(&usage["thoughtsTokenCount"]));
    let uncached = count.without(prompt, cache_read);
    let heard = audio(&mut count, &usage["promptTokensDetails"]);
    let heard_again = audio(&mut count, &usage["cacheTokensDetails"]);
    let new_audio = count.without(heard, heard_again);
    count.contradicts |= new_audio > uncached;
    let audio_input = new_audio.min(uncached);
    let output = count.sum(said, reasoning);
    let total = &usage["totalTokenCount"];
    if !total.is_null() {
        let parts = [by_tools, output].into_iter().fold(prompt, |sum, part| count.sum(sum, part));
        count.contradicts |= count.of(total) != parts;
    }
    Some(TokenUsage {
        input: count.sum(uncached - audio_input, by_tools),
        audio_input,
        cache_read,
        output,
        reasoning,
        service_tier: usage["serviceTier"].as_str().map(str::to_owned),
        approximate: count.contradicts,
        ..TokenUsage::default()
    })
}

fn audio(count: &mut Count, details: &Json<'_>) -> u64 {
    let details = details.as_list().iter();
    let heard = details.filter(|detail| detail["modality"].as_str() == Some("AUDIO"));
    heard.fold(0, |sum, detail| {
        let tokens = count.of(&detail["tokenCount"]);
        count.sum(sum, tokens)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn openai(usage: &Value, lenient: bool) -> Option<TokenUsage> {
        super::openai(&Json::of(usage), None, lenient)
    }

    fn gemini(usage: &Value) -> Option<TokenUsage> {
        super::gemini(&Json::of(usage))
    }

    #[test]
    fn a_part_that_is_larger_than_its_whole_saturates_and_is_flagged() {
        let usage = json!({"prompt_tokens": 10, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 12}});
        let read = openai(&usage, false).unwrap();
        assert_eq!((read.input, read.cache_read, read.approximate), (0, 12, true));
    }

    #[test]
    fn a_count_that_is_none_is_zero_and_is_flagged() {
        for odd in [json!(-1), json!(1.5), json!("7"), json!(1e300), json!([])] {
            let read = openai(&json!({"prompt_tokens": odd, "completion_tokens": 2}), true).unwrap();
            assert_eq!((read.input, read.output, read.approximate), (0, 2, true), "{odd}");
        }
        let read = openai(&json!({"prompt_tokens": 20.0, "completion_tokens": 2}), true).unwrap();
        assert_eq!((read.input, read.approximate), (20, false));
    }

    #[test]
    fn what_is_no_usage_is_none() {
        assert_eq!(openai(&Value::Null, false), None);
        assert_eq!(gemini(&json!([])), None);
    }

    fn number() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<u64>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            Just(Value::Null),
        ]
    }

    proptest! {
        #[test]
        fn no_numbers_overflow_any_vendors_buckets(numbers in prop::collection::vec(number(), 6)) {
            let [a, b, c, d, e, f] = &numbers[..] else { return Ok(()) };
            let _ = openai(&json!({"prompt_tokens": a, "completion_tokens": b, "total_tokens": c,
                "prompt_tokens_details": {"cached_tokens": d, "cache_write_tokens": e},
                "completion_tokens_details": {"reasoning_tokens": f}}), true);
            let read = gemini(&json!({"promptTokenCount": a, "cachedContentTokenCount": b,
                "toolUsePromptTokenCount": c, "candidatesTokenCount": d, "thoughtsTokenCount": e,
                "totalTokenCount": f, "promptTokensDetails": [{"modality": "AUDIO", "tokenCount": f}]}));
            prop_assert!(read.is_some());
            let usage = json!({"input_tokens": a, "cache_creation_input_tokens": b, "cache_read_input_tokens": c,
                "cache_creation": {"ephemeral_5m_input_tokens": d, "ephemeral_1h_input_tokens": e},
                "output_tokens": f, "output_tokens_details": {"thinking_tokens": a}});
            let read = claude(&Json::of(&usage));
            prop_assert!(read.reasoning <= read.output);
        }
    }
}
