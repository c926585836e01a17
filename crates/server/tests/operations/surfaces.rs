//! What the running program shows of itself to whoever looks from outside: its log at its most talkative, what it prints, its command line
//! and its environment. None of it holds what is secret, whatever went well or wrong meanwhile.

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use serde_json::json;
use simulator::{Fault, Simulator};

use crate::{
    issuer::{Application, CONFIGS, ask},
    program::{Place, chat, labelled, send},
};

const KEY: &str = "sk-CANARY-7f3a9c51e2d84b06";

/// As it is, and as it may slip out.
fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let joined =
        |one: fn(&u8) -> String, between: &str| bytes.iter().map(one).collect::<Vec<_>>().join(between);
    let mut all = vec![
        secret.to_owned(),
        joined(|byte| format!("{byte:02x}"), ""),
        joined(|byte| format!("{byte:02X}"), ""),
        joined(|byte| format!("%{byte:02X}"), ""),
        joined(u8::to_string, ", "),
    ];
    // Base64 of a text inside another one has three alignments; the ends depend on the neighbours.
    all.extend((0..3).map(|skip| {
        let encoded = STANDARD_NO_PAD.encode(&bytes[skip..]);
        encoded[..encoded.len() - 3].to_owned()
    }));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_secret_is_in_the_log_at_trace_in_what_is_printed_or_in_what_the_system_shows() {
    let (place, simulator) = (Place::made(), Simulator::start().await.unwrap());
    let application = Application::over(&place);
    let (mut served, at) = application.serve_with(&["--log", "trace"]);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let admin = application.token(&json!({ "amr": ["pwd", "otp"], "auth_time": now }));
    let made = place.done(&["token", "create", "shop"]);
    let token = labelled(&made, "token, shown this once:").to_owned();
    let create = json!({
        "provider_type": "openai", "api_key": KEY, "model_name": "gpt-4o-mini", "is_default": true,
        "base_url": simulator.base_url(model::ProviderType::OpenAi),
    });
    let post = |path: &str, body: &str| ask(&at, "POST", path, &admin, "", body).0;
    let test = format!("{CONFIGS}/1/test");
    assert_eq!((post(CONFIGS, &create.to_string()), post(&test, "")), (201, 200));
    assert!(send(&at, &chat(&at, &token, false)).starts_with("HTTP/1.1 200"));
    assert!(send(&at, &chat(&at, &token, true)).starts_with("HTTP/1.1 200"));
    // And what goes wrong: at the vendor, in a body, at the door, and at a login.
    for fault in [Fault::EchoKey, Fault::BadKey, Fault::HangUp, Fault::Garbage, Fault::Redirect] {
        simulator.set_fault(KEY, Some(fault));
        assert_eq!(post(&test, ""), 200, "{fault:?}");
        send(&at, &chat(&at, &token, false));
    }
    let wrong = json!({ KEY: KEY, "api_key": [KEY] }).to_string();
    assert_eq!((post(CONFIGS, &wrong), post(CONFIGS, &format!("{{\"{KEY}"))), (422, 400));
    assert_eq!(ask(&at, "GET", CONFIGS, KEY, "", "").0, 401);
    let login = json!({ "user_name": KEY, "password": KEY, "code": KEY }).to_string();
    assert_eq!(post("/api/v1/auth/login", &login), 401);
    let shown = ["cmdline", "environ", "status", "maps"].map(|file| (file, served.of_process(file)));
    served.signal("TERM");
    assert!(served.ended().0.success());
    let log = served.log();
    for level in ["TRACE", "DEBUG", "INFO"] {
        assert!(log.contains(&format!("\"level\":\"{level}\"")), "nothing is logged at {level}");
    }
    assert!(shown[0].1.contains("--log\0trace"), "{}", shown[0].1);
    let printed = served.printed.join("\n");
    let places = shown.iter().map(|(name, text)| (*name, text.as_str()));
    for (place, text) in places.chain([("the log", log.as_str()), ("what is printed", printed.as_str())]) {
        for secret in [KEY, &token, &admin] {
            let found = forms(secret).into_iter().find(|form| text.contains(form));
            assert!(found.is_none(), "{place} holds {}", found.unwrap_or_default());
        }
    }
}
