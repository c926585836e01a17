//! Ninety days of invented traffic of eight configurations, forty users and the four tasks.

use std::sync::Arc;

use model::{PicoUsd, Price, ProviderType, Timestamp, time::DAY_MS, usage::Rates};
use sample::{Account, Source};
use store::{CallRow, Priced};

pub const DAYS: i64 = 90;
/// The day behind the last one.
pub const END: Timestamp = Timestamp(20_782 * DAY_MS);

const TASKS: [&str; 4] = ["extraction", "cv_draft", "cover_letter", "validation"];
const SOURCES: [(ProviderType, &str, u32, i128); 8] = [
    (ProviderType::Gemini, "gemini-3.6-flash", 30, 300_000),
    (ProviderType::Gemini, "gemini-3.1-flash-lite", 20, 100_000),
    (ProviderType::OpenAi, "gpt-6-sol", 10, 1_750_000),
    (ProviderType::OpenAi, "gpt-5-mini", 15, 250_000),
    (ProviderType::Claude, "claude-sonnet-5", 12, 3_000_000),
    (ProviderType::Claude, "claude-haiku-4-5", 8, 1_000_000),
    (ProviderType::Claude, "claude-opus-5", 2, 15_000_000),
    // A server of one's own, whose price nobody knows.
    (ProviderType::OpenAiCompatible, "qwen3-32b-instruct", 3, 0),
];

/// An account with about so many calls.
pub fn account(calls: u64) -> Account {
    let from = END.plus_days(-DAYS);
    let source =
        |(place, (provider_type, model, share, input)): (usize, (ProviderType, &str, u32, i128))| Source {
            number: place as i64 + 1,
            provider_type,
            model: model.into(),
            tasks: TASKS.iter().skip(place % 3).map(|task| (*task).into()).collect(),
            share,
            prices: match input {
                0 => Vec::new(),
                input => {
                    vec![(from, priced(model, input + input / 4)), (from.plus_days(40), priced(model, input))]
                }
            },
        };
    Account {
        sources: SOURCES.into_iter().enumerate().map(source).collect(),
        users: (1..=40).map(|user| format!("u-{user:04}").into()).collect(),
        from,
        to: END,
        calls,
        seed: 2026,
    }
}

/// A price of so many pico-dollars for each token of input.
pub fn priced(model: &str, input: i128) -> Arc<Priced> {
    let (input, cached, output) = (PicoUsd(input), PicoUsd(input / 10), PicoUsd(input * 5));
    let standard = Rates {
        input,
        audio_input: input,
        cache_read: cached,
        cache_write: input,
        cache_write_1h: input,
        output,
    };
    let price = Price { standard, long_context: None };
    Arc::new(Priced { version: format!("bench {model}"), effective: "2026-06-01".into(), price })
}

/// What the ledger does with each call: its cost, from what it took.
pub fn price(rows: &mut [CallRow]) {
    for row in rows {
        let priced = row.priced.as_ref().zip(row.usage.as_ref());
        row.cost = priced.map(|(priced, usage)| priced.price.cost(usage));
    }
}
