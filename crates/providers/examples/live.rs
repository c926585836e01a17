//! The credential test against the real vendors, for every key in the environment. It lists models only, so it
//! costs nothing. The same journey runs against the simulator, by way of the variables for base URLs.
//!
//! | vendor | key | base URL (optional) |
//! |---|---|---|
//! | Gemini | `GEMINI_API_KEY` | `GEMINI_BASE_URL` |
//! | OpenAI | `OPENAI_API_KEY` | `OPENAI_BASE_URL` |
//! | Claude | `ANTHROPIC_API_KEY` | `ANTHROPIC_BASE_URL` |
//! | compatible | `SIGNALBOX_COMPATIBLE_KEY` (optional) | `SIGNALBOX_COMPATIBLE_URL` (runs only when set) |
//!
//! Prints a line for each step, `PASS`, `FAIL` or `SKIP`, and ends with status 1 after a failure. No key is printed.

#![allow(clippy::print_stdout, reason = "its output is what it is for")]

use std::process::ExitCode;

use model::{ProviderType, TestOutcome, TestReport};
use providers::{BaseUrl, Target, Timeouts, Vendors};

/// Refused by everyone who looks at keys. Long enough that no vendor calls it malformed.
const WRONG_KEY: &str = "test-signalbox-wrong-key-0000000000000000";
const WRONG_MODEL: &str = "signalbox-no-such-model";

/// A vendor to visit, as the environment describes it.
struct Visit {
    provider_type: ProviderType,
    base_url: BaseUrl,
    api_key: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let vendors = Vendors::new(Timeouts::default())?;
    let mut failures = 0;
    for provider_type in ProviderType::ALL {
        match Visit::from_environment(provider_type)? {
            Some(visit) => failures += visit.run(&vendors).await,
            None => println!("SKIP {}: {} is not set", provider_type.label(), trigger(provider_type)),
        }
    }
    Ok(if failures == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Visit {
    fn from_environment(provider_type: ProviderType) -> anyhow::Result<Option<Self>> {
        if set(trigger(provider_type)).is_none() {
            return Ok(None);
        }
        let (key, url) = variables(provider_type);
        let base_url = BaseUrl::parse(&set(url).unwrap_or_default(), provider_type, false)
            .map_err(|error| anyhow::anyhow!("{url}: {error}"))?;
        Ok(Some(Self { provider_type, base_url, api_key: set(key) }))
    }

    /// Runs every step and returns how many failed.
    async fn run(&self, vendors: &Vendors) -> usize {
        let key = self.api_key.as_deref();
        let model = match vendors.list_models(&self.target(key, "")).await {
            Ok(models) if !models.is_empty() => models[0].clone(),
            Ok(_) => return self.fail("lists its models", "the list is empty"),
            Err(report) => return self.fail("lists its models", &describe(&report)),
        };
        let mut failures = 0;
        let right = vendors.test_credentials(&self.target(key, &model)).await;
        failures += self.check("the key works with a listed model", &right, TestOutcome::Works);
        let missing = vendors.test_credentials(&self.target(key, WRONG_MODEL)).await;
        failures += self.check("an unknown model is not found", &missing, TestOutcome::ModelNotFound);
        failures + self.wrong_key(vendors, &model).await
    }

    async fn wrong_key(&self, vendors: &Vendors, model: &str) -> usize {
        const STEP: &str = "a wrong key is refused";
        let report = vendors.test_credentials(&self.target(Some(WRONG_KEY), model)).await;
        if report.outcome == TestOutcome::Works && self.provider_type == ProviderType::OpenAiCompatible {
            println!("SKIP {}: {STEP}: this server shows its list to anyone", self.provider_type.label());
            return 0;
        }
        self.check(STEP, &report, TestOutcome::KeyRefused)
    }

    fn target<'a>(&'a self, api_key: Option<&'a str>, model_name: &'a str) -> Target<'a> {
        Target { provider_type: self.provider_type, base_url: &self.base_url, api_key, model_name }
    }

    fn check(&self, step: &str, report: &TestReport, expected: TestOutcome) -> usize {
        if report.outcome == expected {
            println!("PASS {}: {step} ({})", self.provider_type.label(), describe(report));
            return 0;
        }
        self.fail(step, &describe(report))
    }

    fn fail(&self, step: &str, why: &str) -> usize {
        println!("FAIL {}: {step} ({why})", self.provider_type.label());
        1
    }
}

fn describe(report: &TestReport) -> String {
    let models = report.models_visible.map(|count| format!(", {count} models")).unwrap_or_default();
    format!("{} ms{models}: {}", report.latency_ms, report.message)
}

/// The variables of key and base URL.
fn variables(provider_type: ProviderType) -> (&'static str, &'static str) {
    match provider_type {
        ProviderType::Gemini => ("GEMINI_API_KEY", "GEMINI_BASE_URL"),
        ProviderType::OpenAi => ("OPENAI_API_KEY", "OPENAI_BASE_URL"),
        ProviderType::Claude => ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL"),
        ProviderType::OpenAiCompatible => ("SIGNALBOX_COMPATIBLE_KEY", "SIGNALBOX_COMPATIBLE_URL"),
    }
}

/// The variable that must be set for a visit.
fn trigger(provider_type: ProviderType) -> &'static str {
    let (key, url) = variables(provider_type);
    if provider_type.needs_key() { key } else { url }
}

fn set(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|value| !value.is_empty())
}
