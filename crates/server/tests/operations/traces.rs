//! Traces, as a collector gets them: a small one, which reads what comes over HTTP.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};
use prost::Message;
use simulator::Simulator;

use crate::program::{OPENAI_KEY, PATIENCE, Place, chat, labelled, send};

/// Of the specification of `traceparent` (W3C Trace Context).
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

struct Collector {
    address: String,
    bodies: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::<Mutex<Vec<Vec<u8>>>>::default();
        let kept = Arc::clone(&bodies);
        // It ends with the test's process.
        thread::spawn(move || {
            for connection in listener.incoming() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || answer(&connection.unwrap(), &kept));
            }
        });
        Self { address, bodies }
    }

    /// Everything that came, as it came.
    fn bytes(&self) -> Vec<u8> {
        self.bodies.lock().unwrap().concat()
    }

    fn spans(&self) -> Vec<Span> {
        let bodies = self.bodies.lock().unwrap();
        let told = bodies.iter().map(|body| ExportTraceServiceRequest::decode(&body[..]).unwrap());
        let scopes = told.flat_map(|told| told.resource_spans).flat_map(|resource| resource.scope_spans);
        scopes.flat_map(|scope| scope.spans).collect()
    }
}

fn answer(connection: &TcpStream, kept: &Mutex<Vec<Vec<u8>>>) {
    let mut reader = BufReader::new(connection);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head).unwrap() == 0 {
                return;
            }
        }
        let head = head.to_lowercase();
        assert!(
            head.starts_with("post /v1/traces ") && head.contains("content-type: application/x-protobuf"),
            "{head}"
        );
        let length = labelled(&head, "content-length:").parse().unwrap();
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        kept.lock().unwrap().push(body);
        let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/x-protobuf\r\ncontent-length: 0\r\n\r\n";
        (&*connection).write_all(answer.as_bytes()).unwrap();
    }
}

fn value(attributes: &[KeyValue], name: &str) -> Option<Value> {
    let found = attributes.iter().find(|attribute| attribute.key == name)?;
    found.value.as_ref()?.value.clone()
}

fn text(span: &Span, name: &str) -> String {
    match value(&span.attributes, name) {
        Some(Value::StringValue(text)) => text,
        other => panic!("{name}: {other:?} in {span:?}"),
    }
}

fn number(span: &Span, name: &str) -> i64 {
    match value(&span.attributes, name) {
        Some(Value::IntValue(number)) => number,
        other => panic!("{name}: {other:?} in {span:?}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_kind(spans: &[Span], kind: SpanKind) -> Vec<&Span> {
    spans.iter().filter(|span| span.kind() == kind).collect()
}

fn traced(at: &str, token: &str, stream: bool, flags: &str) -> String {
    let named = format!("traceparent: 00-{TRACE}-{PARENT}-{flags}\r\nconnection: close");
    chat(at, token, stream).replace("connection: close", &named)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_a_span_of_its_callers_trace_and_each_attempt_one_below_it_without_a_word_of_the_prompt() {
    let (place, simulator, collector) =
        (Place::made(), Simulator::start().await.unwrap(), Collector::start());
    let token = place.seeded(&simulator);
    let mut served = place.serve(&["--otlp-endpoint", &collector.address]);
    let at = served.told("applications make calls at http://");
    let whole = send(&at, &traced(&at, &token, false, "01"));
    let streamed = send(&at, &traced(&at, &token, true, "01"));
    assert!(whole.starts_with("HTTP/1.1 200") && streamed.starts_with("HTTP/1.1 200"), "{streamed}");
    // Whose caller does not trace it is not traced.
    assert!(send(&at, &traced(&at, &token, false, "00")).starts_with("HTTP/1.1 200"));
    assert!(send(&at, &traced(&at, "sbx_wrong", false, "01")).starts_with("HTTP/1.1 401"));
    served.signal("TERM");
    assert!(served.ended().0.success());
    let spans = collector.spans();
    let (calls, attempts) = (of_kind(&spans, SpanKind::Server), of_kind(&spans, SpanKind::Client));
    assert_eq!((calls.len(), attempts.len()), (3, 2), "{spans:?}");
    for call in &calls {
        assert_eq!(
            (call.name.as_str(), text(call, "http.route").as_str()),
            ("POST /v1/chat/completions", "/v1/chat/completions")
        );
        assert_eq!((hex(&call.trace_id), hex(&call.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    }
    let statuses: Vec<i64> = calls.iter().map(|call| number(call, "http.response.status_code")).collect();
    assert_eq!(statuses, [200, 200, 401]);
    let id = labelled(&whole.to_lowercase(), "x-request-id:").to_owned();
    let found = attempts.iter().find(|attempt| text(attempt, "signalbox.request_id") == id);
    let (attempt, call) = (found.unwrap(), calls[0]);
    assert_eq!(text(call, "signalbox.request_id"), id);
    assert_eq!((&attempt.trace_id, &attempt.parent_span_id), (&call.trace_id, &call.span_id));
    assert!(attempt.start_time_unix_nano <= attempt.end_time_unix_nano);
    assert_eq!(attempt.name, "chat gpt-4o-mini");
    for (name, wanted) in [
        ("gen_ai.operation.name", "chat"),
        ("gen_ai.provider.name", "openai"),
        ("gen_ai.request.model", "gpt-4o-mini"),
    ] {
        assert_eq!(text(attempt, name), wanted, "{name}");
    }
    let answer: serde_json::Value = serde_json::from_str(whole.split_once("\r\n\r\n").unwrap().1).unwrap();
    for (name, told) in
        [("gen_ai.usage.input_tokens", "prompt_tokens"), ("gen_ai.usage.output_tokens", "completion_tokens")]
    {
        assert_eq!(Some(number(attempt, name)), answer["usage"][told].as_i64(), "{name}");
    }
    let said = answer["choices"][0]["message"]["content"].as_str().unwrap();
    let bytes = collector.bytes();
    let told = String::from_utf8_lossy(&bytes);
    for secret in [OPENAI_KEY, &token, "sbx_wrong", "Say hello", said, "app:shop"] {
        assert!(!secret.is_empty() && !told.contains(secret), "{secret}");
    }
}

#[test]
fn a_request_of_the_administration_is_a_span_by_its_route_and_nothing_that_it_holds_is_told() {
    let (place, collector) = (Place::made(), Collector::start());
    let mut served = place.serve(&["--otlp-endpoint", &collector.address]);
    let at = served.told("listening on http://");
    let configs = "/api/v1/super-admin/providers/configs";
    for (request, status) in [
        ("GET /api/v1/openapi.json".to_owned(), 200),
        (format!("DELETE {configs}/CANARY?CANARY=CANARY"), 401),
        (format!("CANARY {configs}"), 401),
        ("GET /CANARY".to_owned(), 401),
        ("GET /healthz".to_owned(), 200),
    ] {
        let head = format!(
            "{request} HTTP/1.1\r\nhost: {at}\r\ntraceparent: 00-{TRACE}-{PARENT}-01\r\nauthorization: Bearer CANARY\r\nconnection: close\r\n\r\n"
        );
        let answer = send(&at, &head);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {answer}");
    }
    served.signal("TERM");
    assert!(served.ended().0.success());
    let spans = collector.spans();
    let told: Vec<_> = spans
        .iter()
        .map(|span| (span.name.as_str(), number(span, "http.response.status_code"), span.kind()))
        .collect();
    assert_eq!(
        told,
        [
            ("GET /api/v1/openapi.json", 200, SpanKind::Server),
            ("DELETE /api/v1/super-admin/providers/configs/{config_id}", 401, SpanKind::Server),
            ("_OTHER /api/v1/super-admin/providers/configs", 401, SpanKind::Server),
            // A path that there is not is no route, and a probe is no request of anyone's.
            ("GET", 401, SpanKind::Server),
        ]
    );
    for span in &spans {
        assert_eq!((hex(&span.trace_id), hex(&span.parent_span_id)), (TRACE.to_owned(), PARENT.to_owned()));
    }
    assert_eq!(text(&spans[1], "http.route"), format!("{configs}/{{config_id}}"));
    assert!(!String::from_utf8_lossy(&collector.bytes()).contains("CANARY"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_vendor_failed_of_is_told_by_the_span() {
    let (place, simulator, collector) =
        (Place::made(), Simulator::start().await.unwrap(), Collector::start());
    let token = place.seeded(&simulator);
    simulator.set_fault(OPENAI_KEY, Some(simulator::Fault::ServerError));
    let mut served = place.serve(&["--otlp-endpoint", &collector.address]);
    let at = served.told("applications make calls at http://");
    assert!(send(&at, &chat(&at, &token, false)).starts_with("HTTP/1.1 502"));
    served.signal("TERM");
    assert!(served.ended().0.success());
    let spans = collector.spans();
    let (calls, attempts) = (of_kind(&spans, SpanKind::Server), of_kind(&spans, SpanKind::Client));
    assert_eq!((calls.len(), attempts.len()), (1, 2), "with one retry: {spans:?}");
    assert!(calls[0].parent_span_id.is_empty(), "a trace of its own");
    for attempt in attempts {
        assert_eq!(
            (text(attempt, "error.type").as_str(), attempt.trace_id == calls[0].trace_id),
            ("server", true)
        );
        assert_eq!(attempt.status.as_ref().unwrap().code(), StatusCode::Error);
        assert_eq!(value(&attempt.attributes, "gen_ai.usage.input_tokens"), None);
    }
    assert_eq!(calls[0].status.as_ref().unwrap().code(), StatusCode::Error);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_that_is_away_or_never_answers_costs_no_call_and_is_told_of_once() {
    let (place, simulator) = (Place::made(), Simulator::start().await.unwrap());
    let token = place.seeded(&simulator);
    // One takes every connection and says nothing, and nobody is at the other's address.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for collector in [silent.local_addr().unwrap(), closed] {
        let mut served = place.serve(&["--otlp-endpoint", &format!("http://{collector}")]);
        let at = served.told("applications make calls at http://");
        for _ in 0..20 {
            assert!(send(&at, &chat(&at, &token, false)).starts_with("HTTP/1.1 200"));
        }
        served.signal("TERM");
        let (status, took) = served.ended();
        assert!(status.success() && took < PATIENCE, "{took:?}");
        let log = served.log();
        assert!(log.matches("traces cannot be delivered").count() <= 1, "{log}");
        assert!(
            log.contains("the last traces could not be delivered")
                || log.contains("traces cannot be delivered"),
            "{log}"
        );
    }
}

#[test]
fn a_collectors_address_that_is_none_or_holds_a_secret_is_refused_without_being_shown() {
    let place = Place::new();
    let check = |address: &str| {
        let mut command = place.command();
        let output =
            command.args(["config", "check"]).env("OTEL_EXPORTER_OTLP_ENDPOINT", address).output().unwrap();
        let told = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(told).unwrap())
    };
    for wrong in [
        "collector",
        "ftp://127.0.0.1",
        "http://user:CANARY@127.0.0.1:4318",
        "http://127.0.0.1:4318?key=CANARY",
    ] {
        let (is_good, told) = check(wrong);
        assert!(!is_good && told.contains("OTEL_EXPORTER_OTLP_ENDPOINT"), "{told}");
        assert!(!told.contains("CANARY"), "{told}");
    }
    let (is_good, told) = check("http://127.0.0.1:4318");
    assert!(
        is_good
            && told.contains("otlp_endpoint = \"http://127.0.0.1:4318/\"")
            && !told.contains("without TLS:"),
        "{told}"
    );
    let (is_good, told) = check("http://collector.example:4318");
    assert!(is_good && told.contains("traces go to collector.example without TLS"), "{told}");
    assert!(check("").1.contains("otlp_endpoint = off"));
}
