//! What is in the gateway's vault: a route of two configurations with every limit that there is, none of which is
//! reached, so that each call is held against all of them.

use serde_json::{Value, json};

/// A set-up over the mock at this address.
pub fn of(mock: &str) -> Value {
    let provider = |name: &str, model: &str| {
        json!({
            "provider_type": "openai", "base_url": format!("http://{mock}/v1"), "name": name, "model": model,
            "key": "sk-proj-bench-0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnop",
            "daily_tokens": 2_000_000_000_u64, "monthly_tokens": 20_000_000_000_u64,
            "calls": {
                "daily_cost_limit": dollars(10_000), "monthly_cost_limit": dollars(100_000),
                "requests_per_minute": 1_000_000, "tokens_per_minute": 20_000_000_000_u64, "concurrent_calls": 1_000,
            },
        })
    };
    json!({
        "providers": [provider("Mini", "gpt-4o-mini"), provider("Spare", "gpt-4o")],
        "chain": ["Mini", "Spare"],
        "quotas": [{"user": "*", "daily_tokens": 2_000_000_000_u64, "monthly_tokens": 20_000_000_000_u64,
            "requests_per_minute": 1_000_000}],
    })
}

fn dollars(amount: u64) -> Value {
    json!((amount * 1_000_000_000_000).to_string())
}
