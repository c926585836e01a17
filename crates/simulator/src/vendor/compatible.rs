//! A compatible endpoint, as local servers and gateways have it: OpenAI's list and Chat Completions in compact JSON
//! with fields missing and added, numbers as error codes, no request id, no limits, no key needed, and unknown
//! parameters let pass.

mod chat;

use serde_json::{Value, json};

use super::Call;
use crate::{
    Fault, clock, models,
    reply::{self, Layout, Reply},
};

pub(super) fn answer(call: &Call<'_>) -> Reply {
    if let Some(refusal) = refusal(call.fault()) {
        return refusal;
    }
    match (call.path, call.model_asked()) {
        ("/chat/completions", _) if call.posts() => chat::answer(call),
        _ if call.posts() => error(404, &[], "Not Found"),
        ("/models", _) if call.fault() == Some(Fault::EmptyList) => {
            ok(&json!({"object": "list", "data": []}))
        }
        ("/models", _) => ok(&json!({"object": "list", "data": models::COMPATIBLE.map(entry)})),
        (_, Some(name)) if models::COMPATIBLE.contains(&name) => ok(&entry(name)),
        _ => error(404, &[], "Not Found"),
    }
}

fn refusal(fault: Option<Fault>) -> Option<Reply> {
    let too_many = |headers: &[(&str, &str)]| error(429, headers, "Rate limit exceeded");
    let reply = match fault? {
        Fault::BadKey | Fault::Expired | Fault::Leaked => error(401, &[], "No auth credentials found"),
        Fault::NoPermission | Fault::Restricted => error(403, &[], "Key is not allowed to access this route"),
        Fault::RateLimit | Fault::RateLimitMs | Fault::TooLarge => too_many(&[("retry-after-ms", "1500")]),
        Fault::RateLimitOnce => too_many(&[("retry-after-ms", "20")]),
        Fault::RateLimitDate => too_many(&[("retry-after", &clock::http_date(20))]),
        Fault::RateLimitNoHint => too_many(&[]),
        Fault::Quota | Fault::SpendLimit => error(402, &[], "Insufficient credits"),
        Fault::Overloaded => error(503, &[("retry-after", "5")], "Model is loading"),
        Fault::ServerError => error(500, &[], "Internal Server Error"),
        _ => return None,
    };
    Some(reply)
}

fn entry(id: &str) -> Value {
    json!({"id": id, "object": "model", "owned_by": "library", "max_model_len": chat::WINDOW})
}

fn ok(body: &Value) -> Reply {
    reply::json(200, &[("content-type", "application/json")], Layout::Compact, body)
}

fn error(status: u16, headers: &[(&str, &str)], message: &str) -> Reply {
    let headers = [&[("content-type", "application/json")], headers].concat();
    reply::json(status, &headers, Layout::Compact, &json!({"error": {"message": message, "code": status}}))
}
