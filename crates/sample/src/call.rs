//! One invented call.

use std::sync::{Arc, LazyLock};

use fastrand::Rng;
use model::{ErrorClass, ProviderType, Timestamp, TokenUsage, routing::Rule};
use store::{CallRow, Priced, UsageStatus};

use crate::{Account, Source, events::Mood};

/// Programs by vendor, as their SDKs name themselves.
static CLIENTS: LazyLock<[Arc<str>; 3]> =
    LazyLock::new(|| ["openai-python/2.1", "anthropic-python/0.72", "google-genai/1.50"].map(Arc::from));

/// How it ended.
struct End {
    status: UsageStatus,
    error: Option<ErrorClass>,
    http_status: Option<u16>,
}

pub(crate) fn invent(
    dice: &mut Rng,
    account: &Account,
    source: &Source,
    mood: Mood,
    at: Timestamp,
) -> CallRow {
    let end = end(dice, mood);
    let usage = end.error.is_none().then(|| usage(dice));
    let output = usage.as_ref().map_or(0, |usage| usage.output);
    let task = source.tasks.get(dice.usize(0..source.tasks.len().max(1)));
    let priced = usage.as_ref().and(price(source, at));
    CallRow {
        request_id: request_id(dice, at),
        attempt: 1,
        provider_config_id: source.number,
        provider_type: source.provider_type,
        user_id: user(dice, account),
        client: client(source.provider_type),
        task_type: task.cloned().unwrap_or_else(|| "".into()),
        model_requested: Arc::clone(&source.model),
        model_returned: usage.is_some().then(|| source.model.to_string()),
        cost: priced.zip(usage.as_ref()).map(|(priced, usage)| priced.price.cost(usage)),
        priced: priced.cloned(),
        cost_is_estimate: false,
        status: end.status,
        error_class: end.error,
        http_status: end.http_status,
        latency_ms: latency(dice, end.status, output),
        first_token_ms: usage.is_some().then(|| 120 + dice.u64(0..160)),
        vendor_request_id: None,
        rule: Some(if task.is_some() { Rule::Chain } else { Rule::Named }),
        fallback_from: None,
        created_at: at,
        usage,
    }
}

/// In the order of time, as the gateway's own are.
fn request_id(dice: &mut Rng, at: Timestamp) -> String {
    format!("{:012x}{:020x}", at.0, dice.u128(0..1 << 80))
}

fn end(dice: &mut Rng, mood: Mood) -> End {
    if dice.u32(0..1_000) >= mood.failing {
        return End { status: UsageStatus::Success, error: None, http_status: Some(200) };
    }
    let failed = |error, http_status| End { status: UsageStatus::Error, error: Some(error), http_status };
    match dice.u8(0..10) {
        0..2 => End { status: UsageStatus::Timeout, error: Some(ErrorClass::Timeout), http_status: None },
        2..5 => failed(ErrorClass::RateLimit, Some(429)),
        5 => failed(ErrorClass::Network, None),
        _ => failed(ErrorClass::Overloaded, Some(503)),
    }
}

/// Four calls in ten find the beginning of their prompt in the vendor's cache.
fn usage(dice: &mut Rng) -> TokenUsage {
    let all = 800 + dice.u64(0..24_000);
    let cache_read = if dice.u8(0..10) < 4 { all / 2 } else { 0 };
    TokenUsage {
        input: all - cache_read,
        cache_read,
        output: 120 + dice.u64(0..4_000),
        ..TokenUsage::default()
    }
}

fn latency(dice: &mut Rng, status: UsageStatus, output: u64) -> u64 {
    match status {
        UsageStatus::Timeout => 60_000,
        UsageStatus::Error => 40 + dice.u64(0..400),
        // Mostly near the least, now and then far above, as vendors are.
        UsageStatus::Success => {
            let slow = if dice.u8(0..50) == 0 { dice.u64(0..20_000) } else { 0 };
            280 + output / 3 + dice.u64(0..900) + slow
        }
    }
}

/// The product of two throws leans towards the first.
fn user(dice: &mut Rng, account: &Account) -> Arc<str> {
    let place = dice.f64() * dice.f64() * account.users.len() as f64;
    account.users.get(place as usize).cloned().unwrap_or_else(|| "".into())
}

fn client(provider_type: ProviderType) -> Arc<str> {
    let [openai, anthropic, google] = &*CLIENTS;
    Arc::clone(match provider_type {
        ProviderType::Claude => anthropic,
        ProviderType::Gemini => google,
        ProviderType::OpenAi | ProviderType::OpenAiCompatible => openai,
    })
}

fn price(source: &Source, at: Timestamp) -> Option<&Arc<Priced>> {
    source.prices.iter().rev().find(|(from, _)| *from <= at).map(|(_, priced)| priced)
}
