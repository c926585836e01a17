//! A client that knows where a key goes, and nothing else of any vendor.

use std::sync::LazyLock;

use model::ProviderType;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::Value;
use simulator::Simulator;

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    rustls::crypto::ring::default_provider().install_default().ok();
    Client::builder().no_proxy().no_gzip().build().unwrap()
});

/// A `POST` without a key.
pub fn bare(simulator: &Simulator, vendor: ProviderType, path: &str) -> RequestBuilder {
    CLIENT.post(format!("{}{path}", simulator.base_url(vendor)))
}

/// A `POST` with the headers that the vendor wants. `fault` is the one that the key names, `key` for none.
pub fn keyed(simulator: &Simulator, vendor: ProviderType, path: &str, fault: &str) -> RequestBuilder {
    let request = bare(simulator, vendor, path);
    match vendor {
        ProviderType::Gemini => request.header("x-goog-api-key", format!("test-gemini-{fault}-0001")),
        ProviderType::OpenAi => request.bearer_auth(format!("test-openai-{fault}-0001")),
        ProviderType::OpenAiCompatible => request.bearer_auth(format!("test-compatible-{fault}-0001")),
        ProviderType::Claude => request
            .header("x-api-key", format!("test-claude-{fault}-0001"))
            .header("anthropic-version", "2023-06-01"),
    }
}

pub async fn post(
    simulator: &Simulator,
    vendor: ProviderType,
    path: &str,
    fault: &str,
    body: &Value,
) -> Response {
    keyed(simulator, vendor, path, fault).json(body).send().await.unwrap()
}

/// Status, and the error in the body.
pub async fn error_of(response: Response) -> (u16, Value) {
    (response.status().as_u16(), response.json::<Value>().await.unwrap()["error"].take())
}

/// The JSON of each data line that is JSON.
pub fn data(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .filter_map(|data| serde_json::from_str(data).ok())
        .collect()
}

/// `answer` with one value replaced or added at its top.
pub fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}
