//! Planted keys, passwords and names are searched for everywhere that they must not be: every reply and failure, every
//! file, logs at TRACE; as they are, and as hex, Base64, UTF-16, and escaped.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use journeys::{PASSWORD, Room, existing};
use model::ProviderType;
use serde_json::{Value, json};
use simulator::Fault;

const KEY: &str = "sk-CANARY-7f3a9c51e2d84b06";
const NAME: &str = "Harbourline Canary Name";

/// Every form in which a secret might slip out, without case where its form has none.
fn disguises(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let escaped: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let numbers = bytes.iter().map(u8::to_string).collect::<Vec<_>>();
    let mut all = vec![
        bytes.to_vec(),
        utf16,
        hex.to_uppercase().into_bytes(),
        hex.into_bytes(),
        escaped.into_bytes(),
        numbers.join(",").into_bytes(),
        numbers.join(", ").into_bytes(),
        secret.chars().rev().collect::<String>().into_bytes(),
    ];
    // Base64 of a text inside another one has three alignments; the ends depend on the neighbours.
    for skip in 0..3 {
        let encoded = STANDARD_NO_PAD.encode(&bytes[skip..]);
        all.push(encoded.as_bytes()[..encoded.len() - 3].to_vec());
    }
    all
}

fn find(haystack: &[u8], secret: &str, place: &str) {
    for needle in disguises(secret) {
        let found = haystack.windows(needle.len()).any(|window| window == needle);
        assert!(!found, "{place} holds {}", String::from_utf8_lossy(&needle));
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

struct Ears {
    room: Room,
    heard: Mutex<Vec<(String, String)>>,
}

impl Ears {
    async fn send(&self, command: &str, request: Value) -> Option<Value> {
        let reply = self.room.desk.dispatch(command, request.to_string().as_bytes()).await;
        let text = match &reply {
            Ok(reply) => reply.clone(),
            Err(failure) => format!("{} {failure:?}", serde_json::to_string(failure).unwrap()),
        };
        self.heard.lock().unwrap().push((command.to_owned(), text));
        reply.ok().map(|reply| serde_json::from_str(&reply).unwrap())
    }
}

const FAULTS: [Fault; 9] = [
    Fault::BadKey,
    Fault::NoPermission,
    Fault::RateLimit,
    Fault::Quota,
    Fault::ServerError,
    Fault::Cut,
    Fault::Garbage,
    Fault::Redirect,
    Fault::EchoKey,
];

/// Scenarios with the canary key at every vendor, and how many there were: what must succeed, then whatever goes wrong.
async fn journey(ears: &Ears) -> usize {
    let mut scenarios = 0;
    for (provider_type, model) in [
        (ProviderType::Gemini, "gemini-3.6-flash"),
        (ProviderType::OpenAi, "gpt-6-sol"),
        (ProviderType::Claude, "claude-sonnet-5"),
        (ProviderType::OpenAiCompatible, "qwen3-32b-instruct"),
    ] {
        let mut form = ears.room.form(provider_type, model);
        form["display_name"] = json!(format!("{NAME} {}", provider_type.as_str()));
        scenarios += what_succeeds(ears, &form).await;
        scenarios += bad_answers(ears, &form).await;
        for (command, request) in bad_requests(ears, provider_type, &form) {
            ears.send(command, request).await;
            scenarios += 1;
        }
    }
    scenarios
}

/// Saved, tested, edited with a new key, switched, copied, previewed, judged: each must be answered.
async fn what_succeeds(ears: &Ears, form: &Value) -> usize {
    let save = json!({ "existing": null, "draft": form, "api_key": KEY, "remove_key": false, "save_anyway": false, "run": 1 });
    let provider = ears.send("save_provider", save).await.unwrap()["saved"]["provider"].clone();
    let edit = json!({
        "existing": existing(&provider), "draft": form, "api_key": KEY, "remove_key": false, "save_anyway": false, "run": 2,
    });
    let provider = ears.send("save_provider", edit).await.unwrap()["saved"]["provider"].clone();
    let requests = [
        ("test_provider", json!({ "id": provider["id"], "run": 3 })),
        (
            "test_draft",
            json!({ "id": provider["id"], "draft": form, "api_key": null, "remove_key": false, "run": 4 }),
        ),
        (
            "test_draft",
            json!({ "id": null, "draft": form, "api_key": format!(" Bearer {KEY}\n"), "remove_key": false, "run": 5 }),
        ),
        ("set_active", json!({ "existing": existing(&provider), "active": false })),
        ("duplicate_provider", json!({ "id": provider["id"] })),
        ("preview_deletion", json!({ "id": provider["id"] })),
        ("judge_password", json!({ "password": KEY })),
        ("list_providers", json!({})),
    ];
    let count = requests.len() + 2;
    for (command, request) in requests {
        assert!(ears.send(command, request).await.is_some(), "{command}");
    }
    count
}

/// The vendor's faults, among them an answer that repeats the key.
async fn bad_answers(ears: &Ears, form: &Value) -> usize {
    for fault in FAULTS {
        ears.room.simulator.set_fault(KEY, Some(fault));
        let test = json!({ "id": null, "draft": form, "api_key": KEY, "remove_key": false, "run": 6 });
        ears.send("test_draft", test).await;
    }
    ears.room.simulator.set_fault(KEY, None);
    FAULTS.len()
}

fn bad_requests(ears: &Ears, provider_type: ProviderType, form: &Value) -> Vec<(&'static str, Value)> {
    let tls = ears.room.simulator.tls_base_url(provider_type);
    let urls =
        ["http://127.0.0.1:9/v1", "https://unresolvable.invalid/v1", "nonsense", "http://example.com", &tls];
    let keys = [format!("{KEY} with blanks"), format!("{KEY}ü"), KEY.repeat(300)];
    let elsewhere = urls.into_iter().map(|url| {
        let mut form = form.clone();
        form["base_url"] = json!(url);
        ("test_draft", json!({ "id": null, "draft": form, "api_key": KEY, "remove_key": false, "run": 7 }))
    });
    let malformed = keys.into_iter().map(|key| {
        ("test_draft", json!({ "id": null, "draft": form, "api_key": key, "remove_key": false, "run": 8 }))
    });
    let unreadable = [
        ("save_provider", json!({ "password": KEY, "api_key": KEY })),
        ("unlock_vault", json!({ "password": KEY, "extra": KEY })),
    ];
    elsewhere.chain(malformed).chain(unreadable).collect()
}

#[tokio::test]
async fn no_planted_secret_is_found_in_any_reply_file_or_log() {
    let logs = tempfile::tempdir().unwrap();
    // The variable is read once, here; nothing else in this process logs.
    let guard = desk::logging::start_at(logs.path(), "trace").unwrap();
    let ears = Ears { room: Room::open().await, heard: Mutex::default() };
    let scenarios = journey(&ears).await;
    assert!(scenarios >= 100, "{scenarios}");
    let list = ears.send("list_providers", json!({})).await.unwrap();
    let provider = list["providers"][0].clone();
    let name = provider["display_name"].clone();
    let deleted = ears
        .send("delete_provider", json!({ "existing": existing(&provider), "typed_name": name }))
        .await
        .unwrap();
    ears.send("undo", json!({ "token": deleted["undo"] })).await.unwrap();
    ears.send("lock_vault", json!({})).await.unwrap();
    ears.send("unlock_vault", json!({ "password": format!("{PASSWORD}x") })).await;
    ears.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    drop(guard);

    for (command, reply) in ears.heard.lock().unwrap().iter() {
        find(reply.as_bytes(), KEY, command);
        find(reply.as_bytes(), PASSWORD, command);
    }
    let simulator = ears.room.simulator.base_url(ProviderType::OpenAi);
    let host = simulator.trim_start_matches("http://").split('/').next().unwrap();
    let on_disk: Vec<PathBuf> = files(&ears.room.data()).into_iter().chain(files(logs.path())).collect();
    assert!(on_disk.len() >= 5, "{on_disk:?}");
    for file in on_disk {
        let bytes = fs::read(&file).unwrap();
        for secret in [KEY, PASSWORD, NAME, host, "gemini-3.6-flash"] {
            find(&bytes, secret, &file.display().to_string());
        }
    }
    let lines = files(logs.path()).iter().map(|file| fs::read(file).unwrap().len()).sum::<usize>();
    assert!(lines > 1_000, "nothing was logged, so nothing was searched");
}
