//! The simulator seen by a plain HTTP client: the vendors' statuses, headers and bodies, control calls, the program.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use model::ProviderType;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use simulator::{Fault, Simulator};

fn client() -> Client {
    rustls::crypto::ring::default_provider().install_default().ok();
    Client::builder().no_proxy().build().unwrap()
}

async fn get(simulator: &Simulator, vendor: ProviderType, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = client().get(format!("{}{path}", simulator.base_url(vendor)));
    headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap()
}

async fn error_of(response: Response) -> (u16, Value) {
    (response.status().as_u16(), response.json::<Value>().await.unwrap()["error"].take())
}

#[tokio::test]
async fn openai_takes_a_bearer_key_only_and_shows_the_ends_of_a_bad_one() {
    let simulator = Simulator::start().await.unwrap();
    let openai = ProviderType::OpenAi;
    for headers in
        [&[("x-api-key", "test-openai-key-0001")][..], &[("authorization", "test-openai-key-0001")], &[]]
    {
        let (status, error) = error_of(get(&simulator, openai, "/models", headers).await).await;
        assert_eq!((status, &error["code"], &error["param"]), (401, &Value::Null, &Value::Null));
        assert!(error["message"].as_str().unwrap().starts_with("You didn't provide an API key."));
    }
    let bad = get(&simulator, openai, "/models", &[("authorization", "Bearer sk-abcdefgh12345678")]).await;
    assert_eq!(bad.headers()["www-authenticate"], "Bearer realm=\"OpenAI API\"");
    assert!(bad.headers().contains_key("x-request-id"));
    let (status, error) = error_of(bad).await;
    assert_eq!((status, error["code"].as_str()), (401, Some("invalid_api_key")));
    assert!(error["message"].as_str().unwrap().contains("sk-abcde****5678."));
}

#[tokio::test]
async fn claude_wants_its_version_and_no_browser() {
    let simulator = Simulator::start().await.unwrap();
    let claude = ProviderType::Claude;
    let key = ("x-api-key", "test-claude-key-0001");
    let version = ("anthropic-version", "2023-06-01");
    let (status, error) = error_of(get(&simulator, claude, "/v1/models", &[key]).await).await;
    assert_eq!((status, error["message"].as_str()), (400, Some("anthropic-version: header is required")));
    let (status, _) =
        error_of(get(&simulator, claude, "/v1/models", &[key, version, ("origin", "http://x")]).await).await;
    assert_eq!(status, 401);
    let (status, error) = error_of(get(&simulator, claude, "/v1/models", &[version]).await).await;
    assert_eq!((status, error["message"].as_str()), (401, Some("x-api-key header is required")));
    let page = get(&simulator, claude, "/v1/models?limit=3", &[key, version]).await;
    assert_eq!(page.headers()["content-type"], "application/json");
    let page: Value = page.json().await.unwrap();
    assert_eq!((page["data"].as_array().unwrap().len(), &page["has_more"]), (3, &json!(true)));
    assert_eq!(page["last_id"], page["data"][2]["id"]);
}

#[tokio::test]
async fn gemini_takes_one_credential_and_answers_400_to_a_bad_key() {
    let simulator = Simulator::start().await.unwrap();
    let gemini = ProviderType::Gemini;
    let bad = get(&simulator, gemini, "/models", &[("x-goog-api-key", "AIza-nonsense")]).await;
    assert_eq!(bad.headers()["content-type"], "application/json; charset=UTF-8");
    let (status, error) = error_of(bad).await;
    assert_eq!((status, error["status"].as_str()), (400, Some("INVALID_ARGUMENT")));
    assert_eq!(error["details"][0]["reason"], "API_KEY_INVALID");
    let good = ("x-goog-api-key", "test-gemini-key-0001");
    let (status, error) = error_of(get(&simulator, gemini, "/models?key=x", &[good]).await).await;
    assert_eq!(status, 400);
    assert!(error["message"].as_str().unwrap().starts_with("Multiple authentication credentials"));
    let (status, _) = error_of(get(&simulator, gemini, "/models", &[]).await).await;
    assert_eq!(status, 403);
    let (status, error) =
        error_of(get(&simulator, gemini, "/models", &[("x-goog-api-key", "AQ.nonsense")]).await).await;
    assert_eq!(
        (status, error["details"][0]["reason"].as_str()),
        (401, Some("ACCESS_TOKEN_TYPE_UNSUPPORTED"))
    );
}

#[tokio::test]
async fn bodies_are_laid_out_as_each_vendor_does_it() {
    let simulator = Simulator::start().await.unwrap();
    let text = async |vendor, path: &str| get(&simulator, vendor, path, &[]).await.text().await.unwrap();
    assert!(text(ProviderType::OpenAi, "/models").await.starts_with("{\n  \"error\": {\n    \"message\""));
    assert!(text(ProviderType::Gemini, "/models").await.starts_with("{\n  \"error\": {\n    \"code\": 403,"));
    assert!(
        text(ProviderType::Claude, "/v1/models")
            .await
            .starts_with(r#"{"type":"error","error":{"type":"authentication_error""#)
    );
    assert!(text(ProviderType::OpenAiCompatible, "/models").await.starts_with(r#"{"data":[{"id":"#));
}

#[tokio::test]
async fn a_client_that_accepts_gzip_gets_it() {
    let simulator = Simulator::start().await.unwrap();
    let url = format!("{}/models", simulator.base_url(ProviderType::OpenAiCompatible));
    let raw = Client::builder().no_proxy().no_gzip();
    client();
    let packed = raw.build().unwrap().get(&url).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert!(packed.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]));
}

fn control(simulator: &Simulator, body: &Value) -> RequestBuilder {
    client().post(format!("http://{}/control/faults", simulator.address())).json(body)
}

#[tokio::test]
async fn a_fault_can_be_set_and_lifted_from_outside() {
    let simulator = Simulator::start().await.unwrap();
    let status =
        async || get(&simulator, ProviderType::OpenAiCompatible, "/models", &[]).await.status().as_u16();
    assert_eq!(status().await, 200);
    let set =
        control(&simulator, &json!({"key": "compatible", "fault": "server-error"})).send().await.unwrap();
    assert_eq!((set.status().as_u16(), status().await), (204, 500));
    control(&simulator, &json!({"key": "compatible", "fault": null})).send().await.unwrap();
    assert_eq!(status().await, 200);
    let unknown =
        control(&simulator, &json!({"key": "compatible", "fault": "no-such"})).send().await.unwrap();
    assert_eq!(unknown.status().as_u16(), 400);
    assert!(unknown.text().await.unwrap().contains("rate-limit-no-hint"));
    let misspelt = control(&simulator, &json!({"vendor": "compatible"})).send().await.unwrap();
    assert!(misspelt.status().is_client_error());
}

#[tokio::test]
async fn the_journal_tells_test_keys_apart_and_holds_no_other() {
    let simulator = Simulator::start().await.unwrap();
    for key in ["test-openai-key-0001", "sk-CANARY-q7Xp2zR4", "sk-proj-secret-thing"] {
        get(&simulator, ProviderType::OpenAi, "/models", &[("authorization", &format!("Bearer {key}"))])
            .await;
    }
    get(&simulator, ProviderType::OpenAi, "/models?key=sk-CANARY-q7Xp2zR4", &[]).await;
    let url = format!("http://{}/control/journal", simulator.address());
    let text = client().get(&url).send().await.unwrap().text().await.unwrap();
    assert!(!text.contains("q7Xp2zR4") && !text.contains("secret-thing"), "{text}");
    let journal: Vec<Value> = serde_json::from_str(&text).unwrap();
    let keys: Vec<&Value> = journal.iter().map(|entry| &entry["credential"]).collect();
    assert_eq!(
        keys,
        [
            &json!("test-openai-key-0001"),
            &json!("canary"),
            &json!("unknown key of 20 characters"),
            &Value::Null
        ]
    );
    assert_eq!(journal[3]["key_misplaced"], json!(true));
    client().delete(&url).send().await.unwrap();
    assert_eq!(simulator.journal(), []);
}

#[tokio::test]
async fn the_other_host_notices_a_key_that_should_not_be_there() {
    let simulator = Simulator::start().await.unwrap();
    // This client follows redirects, and is told to hand its own header to everyone.
    let url = format!("{}/models", simulator.base_url(ProviderType::Gemini));
    client().get(&url).header("x-goog-api-key", "test-gemini-redirect-0001").send().await.unwrap();
    let journal = simulator.journal();
    assert_eq!(journal.len(), 2);
    assert_eq!((journal[1].listener, journal[1].key_misplaced), (simulator::Listener::Elsewhere, true));
}

#[tokio::test]
async fn it_is_gone_when_dropped() {
    let simulator = Simulator::start().await.unwrap();
    let url = format!("{}/models", simulator.base_url(ProviderType::OpenAiCompatible));
    simulator.set_fault("compatible", Some(Fault::Stall));
    let hanging = client().get(&url).send().await.unwrap();
    drop(simulator);
    assert!(hanging.bytes().await.is_err(), "its connections are cut");
    assert!(client().get(&url).send().await.unwrap_err().is_connect());
}

#[test]
fn the_program_prints_its_addresses_on_one_line_and_stops_with_its_input() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_signalbox-simulator"))
        .arg("--stop-with-stdin")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let addresses: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    for vendor in ProviderType::ALL {
        assert!(addresses["base_urls"][vendor.as_str()].as_str().unwrap().starts_with("http://127.0.0.1:"));
    }
    drop(program.stdin.take());
    assert!(program.wait().unwrap().success());
    assert!(lines.next().is_none());
}

#[test]
fn the_help_lists_every_fault() {
    let output = Command::new(env!("CARGO_BIN_EXE_signalbox-simulator")).arg("--help").output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for fault in Fault::all() {
        assert!(help.contains(&format!("\n  {fault} ")), "{fault} is missing in:\n{help}");
    }
}
