//! A simulator and a client, for the tests of this folder.

#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "a test's set-up, outside of any test function")]

use std::time::Duration;

use model::{ProviderType, TestReport};
use providers::{BaseUrl, Target, Timeouts, Vendors};
use simulator::Simulator;

/// A key whose random part shares no four characters in a row with any word of a report.
pub const CANARY: &str = "sk-CANARY-q7Xp2zR4wK9vB3nM";

pub struct Rig {
    pub simulator: Simulator,
    pub vendors: Vendors,
    pub key: &'static str,
}

impl Rig {
    pub async fn start() -> Self {
        Self::with(Timeouts::default()).await
    }

    /// For faults that end by timeout only.
    pub async fn impatient() -> Self {
        Self::with(Timeouts { connect: Duration::from_millis(900), whole: Duration::from_secs(1) }).await
    }

    async fn with(timeouts: Timeouts) -> Self {
        let simulator = Simulator::start().await.unwrap();
        Self { simulator, vendors: Vendors::new(timeouts).unwrap(), key: CANARY }
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
