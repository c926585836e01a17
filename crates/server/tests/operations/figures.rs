//! Figures for Prometheus.

use simulator::Simulator;

use crate::program::{OPENAI_KEY, Place, chat, get, send};

#[tokio::test(flavor = "multi_thread")]
async fn figures_count_requests_and_calls_and_hold_no_secret_and_no_name() {
    let (place, simulator) = (Place::made(), Simulator::start().await.unwrap());
    let token = place.seeded(&simulator);
    let mut served = place.serve(&["--metrics", "127.0.0.1:0"]);
    let at = served.told("applications make calls at http://");
    let figures = served.told("figures are at http://");
    let figures = figures.strip_suffix("/metrics").unwrap();
    for number in 0..3 {
        let mut request = chat(&at, &token, false);
        request = request
            .replace("connection: close", &format!("x-signalbox-user: user-{number}\r\nconnection: close"));
        assert!(send(&at, &request).starts_with("HTTP/1.1 200"));
    }
    assert!(send(&at, &chat(&at, "sbx_wrong", false)).starts_with("HTTP/1.1 401"));
    assert!(get(&at, "/api/v1/super-admin/sk-CANARY-1").starts_with("HTTP/1.1 401"));
    assert!(get(&at, "/healthz").starts_with("HTTP/1.1 200"));
    let text = get(figures, "/metrics");
    for line in [
        "signalbox_requests_total{face=\"openai\",method=\"POST\",status=\"200\"} 3",
        "signalbox_requests_total{face=\"openai\",method=\"POST\",status=\"401\"} 1",
        "signalbox_requests_total{face=\"admin\",method=\"GET\",status=\"401\"} 1",
        "signalbox_requests_total{face=\"probe\",method=\"GET\",status=\"200\"} 1",
        "signalbox_vendor_calls_total{vendor=\"openai\",config=\"1\",outcome=\"success\"} 3",
        "signalbox_open_requests 0",
        "signalbox_usage_log_behind 0",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(text.contains("signalbox_tokens_total{config=\"1\",direction=\"output\"}"), "{text}");
    for secret in ["CANARY", OPENAI_KEY, &token, "shop", "user-1", "gpt-4o-mini"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    // Nothing else is there, and the figures are nowhere else.
    assert!(get(figures, "/healthz").starts_with("HTTP/1.1 404"));
    assert!(get(&at, "/metrics").starts_with("HTTP/1.1 401"));
    // What is logged is JSON, line by line.
    for line in served.log().lines() {
        let parsed: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(parsed["timestamp"].is_string() && parsed["level"].is_string(), "{line}");
    }
}
