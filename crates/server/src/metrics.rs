//! Figures for Prometheus, at an address of their own. Labels are few and of fixed sets, or numbers of configurations and budgets: no name, no user,
//! no path of a request and nothing secret is among them.

use std::{
    fmt::Write,
    fs,
    sync::{Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use store::CallRow;

use crate::{app::App, bundle::Ending};

/// Configurations that have series of their own; others share one.
const MOST_CONFIGS: i64 = 1_000;
/// Upper bounds in seconds.
const BUCKETS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0, 120.0];

const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Request {
    face: &'static str,
    method: &'static str,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfFace {
    face: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Call {
    vendor: &'static str,
    config: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Tokens {
    config: String,
    direction: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfConfig {
    config: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Outcome {
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OfBudget {
    budget: i64,
}

type Dollars = Counter<f64, AtomicU64>;
type Share = Gauge<f64, AtomicU64>;

/// All figures.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<OfFace, Histogram>,
    calls: Family<Call, Counter>,
    tokens: Family<Tokens, Counter>,
    dollars: Family<OfConfig, Dollars>,
    reloads: Family<Outcome, Counter>,
    handshakes: Counter,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    /// Requests whose answer is not at its end.
    pub(crate) open: Gauge,
    log_is_behind: Gauge,
    memory: Gauge,
    backup: Gauge,
    bundle: Gauge,
    budgets: Family<OfBudget, Share>,
    ending: Mutex<Option<Ending>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("signalbox"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(BUCKETS)),
            calls: Family::default(),
            tokens: Family::default(),
            dollars: Family::default(),
            reloads: Family::default(),
            handshakes: Counter::default(),
            connections: Gauge::default(),
            open: Gauge::default(),
            log_is_behind: Gauge::default(),
            memory: Gauge::default(),
            backup: Gauge::default(),
            bundle: Gauge::default(),
            budgets: Family::default(),
            ending: Mutex::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("build", "The program", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
        registry.register("requests", "Requests that were answered, by status", self.requests.clone());
        registry.register_with_unit(
            "answer",
            "Time until an answer began",
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry.register("vendor_calls", "Attempts at vendors, retries included", self.calls.clone());
        registry.register("tokens", "Tokens that vendors counted", self.tokens.clone());
        registry.register("cost_usd", "Cost of calls whose price is known", self.dollars.clone());
        registry.register(
            "certificate_reloads",
            "How often the certificate was read again",
            self.reloads.clone(),
        );
        registry.register("handshakes_failed", "TLS handshakes that failed", self.handshakes.clone());
        registry.register("connections", "Open connections", self.connections.clone());
        registry.register("open_requests", "Requests whose answer is not at its end", self.open.clone());
        registry.register(
            "usage_log_behind",
            "1 while the usage log cannot be written",
            self.log_is_behind.clone(),
        );
        registry.register(
            "newest_backup_timestamp_seconds",
            "When the newest backup was made, 0 for none",
            self.backup.clone(),
        );
        registry.register(
            "bundle_expiry_timestamp_seconds",
            "When the bundle in force expires, 0 for none; it goes on after that, and a new one is due",
            self.bundle.clone(),
        );
        registry.register(
            "budget_spent_ratio",
            "What is spent of a budget in the period that runs, 1 for all of it",
            self.budgets.clone(),
        );
        registry.register_with_unit(
            "resident_memory",
            "Memory of the process",
            Unit::Bytes,
            self.memory.clone(),
        );
    }

    pub(crate) fn request(&self, face: &'static str, method: &str, status: StatusCode, took: Duration) {
        let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
        let method = methods.into_iter().find(|one| *one == method).unwrap_or("other");
        self.requests.get_or_create(&Request { face, method, status: status.as_u16() }).inc();
        self.seconds.get_or_create(&OfFace { face }).observe(took.as_secs_f64());
    }

    /// An attempt as it is handed to the usage log.
    pub(crate) fn call(&self, row: &CallRow) {
        let config = match row.provider_config_id {
            number @ 0..MOST_CONFIGS => number.to_string(),
            _ => "other".to_owned(),
        };
        let outcome = row.error_class.map_or(row.status.as_str(), |class| class.as_str());
        let call = Call { vendor: row.provider_type.as_str(), config: config.clone(), outcome };
        self.calls.get_or_create(&call).inc();
        if let Some(usage) = &row.usage {
            for (direction, count) in [("input", usage.total_input()), ("output", usage.output)] {
                self.tokens.get_or_create(&Tokens { config: config.clone(), direction }).inc_by(count);
            }
        }
        if let Some(cost) = row.cost.filter(|cost| cost.0 > 0) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a figure for a chart; the exact sum is in the usage log"
            )]
            let dollars = cost.0 as f64 / 1e12;
            self.dollars.get_or_create(&OfConfig { config }).inc_by(dollars);
        }
    }

    pub(crate) fn reloaded(&self, was_good: bool) {
        let outcome = if was_good { "good" } else { "refused" };
        self.reloads.get_or_create(&Outcome { outcome }).inc();
    }

    /// The newest backup is of then, in milliseconds since 1970.
    pub(crate) fn backed_up(&self, at_ms: i64) {
        self.backup.set(at_ms / 1_000);
    }

    /// How long the bundle in force is good, if there is one.
    pub(crate) fn bundle_ends(&self, ending: Option<Ending>) {
        self.bundle.set(ending.map_or(0, |ending| ending.expires_at.0 / 1_000));
        *self.ending.lock().unwrap_or_else(PoisonError::into_inner) = ending;
    }

    /// How long the bundle in force is good; `None` without one.
    pub(crate) fn bundle_ending(&self) -> Option<Ending> {
        *self.ending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// So much of a budget is spent, 1 for all of it; `None` when it is no more.
    pub(crate) fn budget(&self, budget: i64, spent: Option<f64>) {
        match spent {
            Some(spent) => {
                self.budgets.get_or_create(&OfBudget { budget }).set(spent);
            }
            None => {
                self.budgets.remove(&OfBudget { budget });
            }
        }
    }

    pub(crate) fn handshake_failed(&self) {
        self.handshakes.inc();
    }

    fn text(&self) -> String {
        self.memory.set(resident_bytes().unwrap_or(0));
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            text.clear();
            // Nothing writes to a text in vain.
            let _ = text.write_str("# EOF\n");
        }
        text
    }
}

/// What is at the figures' own address.
pub(crate) fn answer(app: &App, path: &str) -> Response {
    if path != "/metrics" {
        return (StatusCode::NOT_FOUND, "See /metrics.\n").into_response();
    }
    app.metrics.log_is_behind.set(i64::from(app.gateway.log_trouble().is_some()));
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(TEXT))];
    (kind, app.metrics.text()).into_response()
}

/// Linux alone says.
fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_that_a_client_makes_up_share_one_series() {
        let metrics = Metrics::default();
        for method in ["GET", "BREW", "PROPFIND", "sk-CANARY"] {
            metrics.request("admin", method, StatusCode::OK, Duration::from_millis(3));
        }
        let text = metrics.text();
        assert!(
            text.contains("signalbox_requests_total{face=\"admin\",method=\"other\",status=\"200\"} 3"),
            "{text}"
        );
        assert!(text.contains("signalbox_answer_seconds_bucket{le=\"0.005\",face=\"admin\"} 4"), "{text}");
        assert!(!text.contains("CANARY") && text.ends_with("# EOF\n"));
    }
}
