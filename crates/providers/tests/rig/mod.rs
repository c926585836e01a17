//! A simulator and a client, for the tests of this folder.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "a test's set-up, outside of any test function")]

use std::time::Duration;

use futures::StreamExt;
use model::{CallAnswer, CallError, CallEvent, CallRequest, Catalog, ProviderType, TestReport};
use providers::{BaseUrl, CallOptions, CallStream, OpenAiApi, Target, Timeouts, Vendors};
use simulator::Simulator;

/// A key whose random part shares no four characters in a row with any word of a report.
pub const CANARY: &str = "sk-CANARY-q7Xp2zR4wK9vB3nM";

pub struct Rig {
    pub simulator: Simulator,
    pub vendors: Vendors,
    pub key: &'static str,
    /// Longest silence of a call; all of it may take thrice as long.
    pub patience: Duration,
}

/// A language in which models are called, and a model that speaks it.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    pub vendor: ProviderType,
    pub model: &'static str,
    pub api: Option<OpenAiApi>,
}

/// All of them.
pub const FACES: [Face; 5] = [
    Face { vendor: ProviderType::OpenAi, model: "gpt-6-luna", api: None },
    Face { vendor: ProviderType::OpenAi, model: "gpt-4o-mini", api: Some(OpenAiApi::Chat) },
    Face { vendor: ProviderType::Claude, model: "claude-opus-5-5", api: None },
    Face { vendor: ProviderType::Gemini, model: "gemini-3.8-flash", api: None },
    Face { vendor: ProviderType::OpenAiCompatible, model: "qwen3:8b", api: None },
];

/// Reads a stream to its end.
pub async fn drain(mut stream: CallStream) -> (Vec<CallEvent>, Result<CallAnswer, CallError>) {
    let mut events = Vec::new();
    while let Some(item) = stream.next().await {
        match item {
            Ok(CallEvent::Finished(answer)) => {
                assert!(stream.next().await.is_none(), "nothing comes after the end");
                return (events, Ok(*answer));
            }
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(stream.next().await.is_none(), "nothing comes after an error");
                return (events, Err(error));
            }
        }
    }
    panic!("a stream ended without an end")
}

impl Rig {
    pub async fn start() -> Self {
        Self::made(Timeouts::default(), Duration::from_secs(20)).await
    }

    /// For faults that end by timeout only.
    pub async fn impatient() -> Self {
        let timeouts = Timeouts { connect: Duration::from_millis(900), whole: Duration::from_secs(1) };
        Self::made(timeouts, Duration::from_millis(400)).await
    }

    async fn made(timeouts: Timeouts, patience: Duration) -> Self {
        let simulator = Simulator::start().await.unwrap();
        Self { simulator, vendors: Vendors::new(timeouts).unwrap(), key: CANARY, patience }
    }

    pub async fn test(&self, vendor: ProviderType) -> TestReport {
        self.test_model(vendor, model_of(vendor)).await
    }

    pub async fn test_model(&self, vendor: ProviderType, model_name: &str) -> TestReport {
        self.test_at(vendor, &self.simulator.base_url(vendor), model_name).await
    }

    pub async fn test_at(&self, vendor: ProviderType, base_url: &str, model_name: &str) -> TestReport {
        let base_url = BaseUrl::parse(base_url, vendor, true).unwrap();
        let api_key = Some(self.key).filter(|key| !key.is_empty());
        self.vendors
            .test_credentials(&Target { provider_type: vendor, base_url: &base_url, api_key, model_name })
            .await
    }

    /// A whole answer.
    pub async fn call(&self, face: Face, request: &CallRequest) -> Result<CallAnswer, CallError> {
        self.with(face, async |target, options| {
            self.vendors.call(target, request, options).await.map(|called| called.answer)
        })
        .await
    }

    /// The events of a stream but for the last, and what that one is.
    pub async fn stream(
        &self,
        face: Face,
        request: &CallRequest,
    ) -> (Vec<CallEvent>, Result<CallAnswer, CallError>) {
        match self.open(face, request).await {
            Err(error) => (Vec::new(), Err(error)),
            Ok(stream) => drain(stream).await,
        }
    }

    /// A stream that has begun.
    pub async fn open(&self, face: Face, request: &CallRequest) -> Result<CallStream, CallError> {
        self.with(face, async |target, options| self.vendors.stream(target, request, options).await).await
    }

    /// Calls with target and options of a face.
    pub async fn with<T>(&self, face: Face, act: impl AsyncFn(&Target<'_>, &CallOptions<'_>) -> T) -> T {
        let base_url = self.simulator.base_url(face.vendor);
        let base_url = BaseUrl::parse(&base_url, face.vendor, false).unwrap();
        let catalog = Catalog::bundled().unwrap();
        let target = Target {
            provider_type: face.vendor,
            base_url: &base_url,
            api_key: Some(self.key),
            model_name: face.model,
        };
        let options = CallOptions {
            model: catalog.find(face.vendor, face.model),
            idle: self.patience,
            whole: self.patience * 3,
            api: face.api,
        };
        act(&target, &options).await
    }

    /// Nothing of the key is anywhere in the report.
    pub fn assert_keeps_the_key(&self, report: &TestReport) {
        self.assert_not_in(&format!("{report:?}"));
    }

    /// No four characters in a row of the key's secret part are in the text.
    pub fn assert_not_in(&self, text: &str) {
        let secret = self.key.strip_prefix("sk-CANARY-").unwrap_or(self.key);
        for part in secret.as_bytes().windows(4).filter_map(|part| std::str::from_utf8(part).ok()) {
            assert!(!text.contains(part), "{part} of the key is in {text}");
        }
    }
}

/// A model that the simulator lists.
pub fn model_of(vendor: ProviderType) -> &'static str {
    match vendor {
        ProviderType::Gemini => "gemini-3.8-flash",
        ProviderType::OpenAi => "gpt-4o-mini",
        ProviderType::Claude => "claude-haiku-5-5",
        ProviderType::OpenAiCompatible => "qwen3:8b",
    }
}
