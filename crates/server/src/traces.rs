//! Traces for OpenTelemetry, where a collector is named: a span for each request of the gateway, one for each attempt at a vendor by the
//! semantic conventions of generative AI, and one for each request of the admin API by its route. What is said and what is answered,
//! keys, tokens, users, ids and queries are in none of them.
//!
//! Nothing of it waits: a span is handed to a bounded queue and dropped when that is full, and a thread of its own sends what is there.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum::http::{Request, StatusCode};
use gateway::http::RequestId;
use opentelemetry::{
    Context, KeyValue,
    propagation::TextMapPropagator,
    trace::{Span as _, SpanBuilder, SpanContext, SpanKind, Status, TraceContextExt, Tracer, TracerProvider},
};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::{
    Resource,
    propagation::TraceContextPropagator,
    trace::{SdkTracer, SdkTracerProvider, Span},
};
use store::CallRow;
use tokio::task::spawn_blocking;
use url::Url;

mod client;

use client::Client;

pub(crate) use client::is_here;

const NAME: &str = "signalbox-server";
/// One sending; what a collector does not take within it is lost.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// What waits when the server ends is sent within this, or lost.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// Why there are no traces although they are wanted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TracesError {
    #[error("a client for the collector of traces cannot be made: {0}")]
    Client(#[from] reqwest::Error),
    #[error("a client for the collector of traces cannot be made: {0}")]
    Tls(#[from] rustls::Error),
    #[error("traces cannot be exported: {0}")]
    Exporter(#[from] ExporterBuildError),
}

/// Where spans are handed in.
pub(crate) struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
    propagator: TraceContextPropagator,
    /// Requests that are under way, by id: attempts are told by it.
    open: Mutex<HashMap<String, SpanContext>>,
}

/// A request that is under way. Its span ends with it.
pub(crate) struct OpenTrace {
    traces: Arc<Traces>,
    /// Of a request that attempts are made for.
    id: Option<String>,
    method: &'static str,
    span: Span,
}

impl Traces {
    /// Begins to export to a collector. Call it within a runtime, by which it sends.
    pub(crate) fn open(collector: &Url) -> Result<Self, TracesError> {
        // As the protocol has it: what is configured is the base of all signals.
        let endpoint = format!("{}/v1/traces", collector.as_str().trim_end_matches('/'));
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client::new(collector)?)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(endpoint)
            .with_timeout(SEND_WITHIN)
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name(NAME).with_attribute(version).build();
        let provider =
            SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build();
        let tracer = provider.tracer(NAME);
        Ok(Self { provider, tracer, propagator: TraceContextPropagator::new(), open: Mutex::default() })
    }

    /// A request of the gateway begins, in the trace that its `traceparent` names, or in one of its own.
    pub(crate) fn begin<B>(self: &Arc<Self>, request: &mut Request<B>) -> OpenTrace {
        let RequestId(id) = RequestId::make();
        let mut trace = self.begin_admin(request);
        if let Some(route) = route(request.uri().path()) {
            trace.routed(route);
        }
        trace.span.set_attribute(KeyValue::new("signalbox.request_id", id.clone()));
        if trace.span.is_recording() {
            self.held().insert(id.clone(), trace.span.span_context().clone());
        }
        request.extensions_mut().insert(RequestId(id.clone()));
        trace.id = Some(id);
        trace
    }

    /// The same of the admin API. Its route is told when it is answered, because its paths hold names and numbers.
    pub(crate) fn begin_admin<B>(self: &Arc<Self>, request: &Request<B>) -> OpenTrace {
        let parent =
            self.propagator.extract_with_context(&Context::new(), &HeaderExtractor(request.headers()));
        let method = method(request.method().as_str());
        let builder = SpanBuilder::from_name(method)
            .with_kind(SpanKind::Server)
            .with_attributes([KeyValue::new("http.request.method", method)]);
        let span = self.tracer.build_with_context(builder, &parent);
        OpenTrace { traces: Arc::clone(self), id: None, method, span }
    }

    /// An attempt at a vendor has ended. Without a request that is traced it is of none.
    pub(crate) fn attempt(&self, row: &CallRow) {
        // Those behind the first have a number behind the id.
        let id = row.request_id.split('-').next().unwrap_or_default();
        let Some(parent) = self.held().get(id).cloned() else { return };
        let ended = UNIX_EPOCH + Duration::from_millis(row.created_at.0.unsigned_abs());
        let started = ended.checked_sub(Duration::from_millis(row.latency_ms)).unwrap_or(ended);
        let builder = SpanBuilder::from_name(format!("chat {}", row.model_requested))
            .with_kind(SpanKind::Client)
            .with_start_time(started)
            .with_attributes(attributes(row));
        let parent = Context::new().with_remote_span_context(parent);
        let mut span = self.tracer.build_with_context(builder, &parent);
        if let Some(class) = row.error_class {
            span.set_attribute(KeyValue::new("error.type", class.as_str()));
            span.set_status(Status::error(class.as_str()));
        }
        span.end_with_timestamp(ended);
    }

    /// Sends what waits.
    pub(crate) async fn close(&self) {
        let provider = self.provider.clone();
        let closed = spawn_blocking(move || provider.shutdown_with_timeout(LAST_WORDS)).await;
        if !closed.is_ok_and(|closed| closed.is_ok()) {
            tracing::warn!("the last traces could not be delivered");
        }
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, SpanContext>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl OpenTrace {
    /// Which of the routes that there are it takes.
    pub(crate) fn routed(&mut self, route: &str) {
        self.span.update_name(format!("{} {route}", self.method));
        self.span.set_attribute(KeyValue::new("http.route", route.to_owned()));
    }

    /// The answer begins; of a stream, its pieces are still to come.
    pub(crate) fn answered(&mut self, status: StatusCode) {
        self.span.set_attribute(KeyValue::new("http.response.status_code", i64::from(status.as_u16())));
        if status.is_server_error() {
            self.span.set_attribute(KeyValue::new("error.type", status.as_u16().to_string()));
            self.span.set_status(Status::error(""));
        }
    }
}

impl Drop for OpenTrace {
    fn drop(&mut self) {
        if let Some(id) = &self.id {
            self.traces.held().remove(id);
        }
        self.span.end_with_timestamp(SystemTime::now());
    }
}

/// What the semantic conventions of generative AI have names for, and what finds the call in the usage log.
fn attributes(row: &CallRow) -> Vec<KeyValue> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let mut attributes = vec![
        KeyValue::new("gen_ai.operation.name", "chat"),
        KeyValue::new("gen_ai.provider.name", provider(row)),
        KeyValue::new("gen_ai.request.model", row.model_requested.to_string()),
        KeyValue::new("signalbox.request_id", row.request_id.clone()),
        KeyValue::new("signalbox.config_id", row.provider_config_id),
        KeyValue::new("signalbox.attempt", i64::from(row.attempt)),
        KeyValue::new("signalbox.task", row.task_type.to_string()),
    ];
    if let Some(model) = &row.model_returned {
        attributes.push(KeyValue::new("gen_ai.response.model", model.clone()));
    }
    if let Some(usage) = &row.usage {
        attributes.push(KeyValue::new("gen_ai.usage.input_tokens", count(usage.total_input())));
        attributes.push(KeyValue::new("gen_ai.usage.output_tokens", count(usage.output)));
    }
    if let Some(status) = row.http_status {
        attributes.push(KeyValue::new("http.response.status_code", i64::from(status)));
    }
    attributes
}

/// By the names that the conventions know.
fn provider(row: &CallRow) -> &'static str {
    match row.provider_type.as_str() {
        "claude" => "anthropic",
        "gemini" => "gcp.gemini",
        other => other,
    }
}

/// One of a fixed set: a path may name a model, or be anything.
fn route(path: &str) -> Option<&'static str> {
    let whole =
        ["/v1/chat/completions", "/v1/responses", "/v1/messages", "/v1/messages/count_tokens", "/v1/models"];
    let begun = [
        ("/api/v1/tasks/", "/api/v1/tasks/{task}"),
        ("/v1beta/models", "/v1beta/models/{model}"),
        ("/v1/models/", "/v1/models/{model}"),
    ];
    let beginning = || begun.into_iter().find(|(start, _)| path.starts_with(start)).map(|(_, route)| route);
    whole.into_iter().find(|route| *route == path).or_else(beginning)
}

fn method(method: &str) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "DELETE"].into_iter().find(|one| *one == method).unwrap_or("_OTHER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_of_a_fixed_set_whatever_the_path_holds() {
        assert_eq!(route("/v1/messages/count_tokens"), Some("/v1/messages/count_tokens"));
        assert_eq!(route("/v1beta/models/sk-CANARY:generateContent"), Some("/v1beta/models/{model}"));
        assert_eq!(route("/v1/models/sk-CANARY"), Some("/v1/models/{model}"));
        assert_eq!(route("/api/v1/tasks/extraction"), Some("/api/v1/tasks/{task}"));
        assert_eq!(route("/v1/sk-CANARY"), None);
        assert_eq!((method("POST"), method("sk-CANARY")), ("POST", "_OTHER"));
    }
}
