//! Planted keys, passwords, names, prompts and tokens are searched for everywhere that they must not be: every reply,
//! failure and event, every answer of the gateway, every file, logs at TRACE; as they are, and as hex, Base64, UTF-16,
//! and escaped. Every command of the list is heard at least once.

mod every_command;
mod panics;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use bundle::ServerFile;
use journeys::{PASSWORD, Room, client, disguise::found_in, existing, share::Suite};
use model::{COMMAND_NAMES, ProviderType};
use serde_json::{Value, json};
use simulator::Fault;

const KEY: &str = "sk-CANARY-7f3a9c51e2d84b06";
const OTHER_PASSWORD: &str = "canary-copper-meadow-violin-harbor-dusk";
const NAME: &str = "Harbourline Canary Name";
const PROMPT: &str = "Harbourline canary prompt, between a person and a model";

fn find(haystack: &[u8], secret: &str, place: &str) {
    let found = found_in(haystack, secret);
    assert!(found.is_none(), "{place} holds {}", found.unwrap_or_default());
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

struct Ears {
    room: Room,
    port: u16,
    token: String,
    heard: Mutex<Vec<(String, String)>>,
}

impl Ears {
    async fn send(&self, command: &str, request: Value) -> Option<Value> {
        // In a box: so many scenarios side by side are more than a thread's stack holds.
        let reply = Box::pin(self.room.desk.dispatch(command, request.to_string().as_bytes())).await;
        let text = match &reply {
            Ok(reply) => reply.clone(),
            Err(failure) => format!("{} {failure:?}", serde_json::to_string(failure).unwrap()),
        };
        self.heard.lock().unwrap().push((command.to_owned(), text));
        reply.ok().map(|reply| serde_json::from_str(&reply).unwrap())
    }

    /// Asks a configuration through the gateway, and says the status.
    async fn ask_gateway(&self, name: &Value) -> u16 {
        let body = json!({ "model": name, "messages": [{ "role": "user", "content": PROMPT }] });
        let reply = client::chat(self.port, &self.token, &body).await;
        self.heard.lock().unwrap().push((GATEWAY.to_owned(), reply.clone()));
        reply.split(' ').nth(1).unwrap().parse().unwrap()
    }

    /// Enters the key again, and has calls tried once.
    async fn reset(&self, name: &Value) {
        self.room.simulator.set_fault(KEY, None);
        let list = self.send("list_providers", json!({})).await.unwrap();
        let provider = list["providers"].as_array().unwrap().iter().find(|one| one["display_name"] == *name);
        let provider = provider.unwrap();
        let mut form = self.room.form(
            serde_json::from_value(provider["provider_type"].clone()).unwrap(),
            provider["model_name"].as_str().unwrap(),
        );
        form["display_name"] = name.clone();
        form["calls"] = json!({ "retries": 0 });
        self.room.host.pass(std::time::Duration::from_millis(1));
        let edit = json!({
            "existing": existing(provider), "draft": form, "api_key": KEY, "remove_key": false, "save_anyway": false, "run": 10,
        });
        assert!(self.send("save_provider", edit).await.unwrap()["saved"].is_object());
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

/// Those that only calls meet.
const CALL_FAULTS: [Fault; 6] = [
    Fault::StreamCut,
    Fault::StreamError,
    Fault::StreamGarbage,
    Fault::RawJsonErrorLine,
    Fault::EmptyAnswer,
    Fault::WrongContentType,
];

/// What no command is.
const GATEWAY: &str = "the gateway";

/// Answers that tell a secret once, because that is what they are for; keys and passwords are searched for in them, too.
const SHOWN_ONCE: [&str; 5] =
    ["replace_gateway_token", "make_recovery_kit", "begin_totp", "confirm_totp", "renew_recovery_codes"];

/// Whether a command's answer is that which tells this secret.
fn shows(command: &str, secret: &str, ears: &Ears) -> bool {
    SHOWN_ONCE.contains(&command) && ![KEY, PASSWORD, OTHER_PASSWORD].contains(&secret) && {
        // The gateway's token is no other command's to tell, and no other secret is that one's.
        (secret == ears.token) == (command == "replace_gateway_token")
    }
}

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
        scenarios += calls(ears, &form["display_name"]).await;
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
        ("make_recipient", json!({})),
        (
            "export_providers",
            json!({ "ids": [provider["id"]], "seal": { "passphrase": "quilt-orbit-lantern-plover-vex-saddle" } }),
        ),
        ("judge_password", json!({ "password": KEY })),
        // What is mistyped is named, and the vendor itself is never asked.
        (
            "apply_set_up",
            json!({ "set_up": "budget", "keys": [{ "provider_type": "gemini", "api_key": format!("{KEY} {KEY}") }],
                "save_anyway": true, "run": 6 }),
        ),
        ("list_providers", json!({})),
    ];
    let count = requests.len() + 2;
    for (command, request) in requests {
        assert!(ears.send(command, request).await.is_some(), "{command}");
    }
    count + bundles(ears, &provider["id"]).await + a_key_that_ages(ears, &form["display_name"]).await
}

/// A bundle with the key in it for a server, on its way in every form; and files that are none, with the key where none belongs.
async fn bundles(ears: &Ears, provider: &Value) -> usize {
    let recipient = bundle::Identity::make().recipient();
    let server = ServerFile { id: "a".repeat(32), name: "api-eu-1".into(), recipient, serial: 0 };
    let (file, fingerprint) = (server.file(), server.fingerprint().to_string());
    let add = json!({ "file": file, "fingerprint": fingerprint });
    let order = json!({ "server": server.id, "providers": [provider], "days": 7, "with_limits": true,
        "with_prices": true, "without_tasks": [], "again": null });
    let login = json!({ "url": "http://127.0.0.1:9", "pin": "", "user_name": "admin", "password": KEY, "code": "000000" });
    for (command, request) in [
        ("make_signing_key", json!({})),
        ("export_signing_key", json!({})),
        ("preview_server", json!({ "file": file })),
        ("add_server", add),
    ] {
        assert!(ears.send(command, request).await.is_some(), "{command}");
    }
    let seen = ears.send("preview_bundle", json!({ "order": order })).await.unwrap();
    let serial = &seen["serial"];
    let good = [
        ("export_bundle", json!({ "order": order, "serial": serial, "target": "file" })),
        ("save_bundle", json!({ "serial": serial, "target": "clipboard" })),
        ("view_bundles", json!({})),
        ("replace_signing_key", json!({})),
    ];
    let bad = [
        ("preview_server", json!({ "file": file.replace("api-eu-1", KEY) + KEY })),
        ("verify_bundle", json!({ "file": KEY })),
        ("add_server", json!({ "file": KEY, "fingerprint": KEY })),
        ("upload_bundle", json!({ "serial": serial, "login": login })),
        ("ask_bundle_server", json!({ "id": server.id, "login": login })),
        ("ask_bundle_server", json!({ "id": KEY, "login": login })),
    ];
    let count = 5 + good.len() + bad.len();
    for (command, request) in good {
        let reply = ears.send(command, request).await;
        assert!(reply.is_some(), "{:?}", ears.heard.lock().unwrap().last());
    }
    for (command, request) in bad {
        assert!(ears.send(command, request).await.is_none(), "{command}");
    }
    count
}

/// Another key, the way back to the one before, and a copy on the clipboard.
async fn a_key_that_ages(ears: &Ears, name: &Value) -> usize {
    let now = async || {
        let list = ears.send("list_providers", json!({})).await.unwrap();
        let all = list["providers"].as_array().unwrap();
        all.iter().find(|one| one["display_name"] == *name).unwrap().clone()
    };
    let other = format!("{KEY}-2");
    let request = json!({ "existing": existing(&now().await), "api_key": other, "keep_days": 7, "run": 11 });
    assert!(ears.send("replace_key", request).await.unwrap()["switched"].is_object());
    let request = json!({ "existing": existing(&now().await), "unreached": false, "run": 12 });
    assert!(ears.send("go_back_to_key", request).await.unwrap()["switched"].is_object());
    let id = json!({ "id": now().await["id"] });
    for command in ["view_key", "copy_key", "destroy_kept_key"] {
        assert!(ears.send(command, id.clone()).await.is_some(), "{command}");
    }
    5
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

/// Calls from the window and through the gateway, answered and failing in every way.
async fn calls(ears: &Ears, name: &Value) -> usize {
    let list = ears.send("list_providers", json!({})).await.unwrap();
    let provider =
        list["providers"].as_array().unwrap().iter().find(|one| one["display_name"] == *name).unwrap();
    ears.send("set_active", json!({ "existing": existing(provider), "active": true })).await.unwrap();
    let prompt = json!({ "messages": [{ "role": "user", "parts": [{ "type": "text", "text": PROMPT }] }] });
    let ask = json!({ "run": 9, "target": { "provider": provider["id"] }, "request": prompt });
    let answered = ears.send("run_prompt", ask.clone()).await.unwrap();
    assert!(answered["answered"].is_object(), "{answered}");
    assert_eq!(ears.ask_gateway(name).await, 200);
    ears.reset(name).await;
    ears.room.simulator.clear_journal();
    for fault in CALL_FAULTS.into_iter().chain(FAULTS).filter(|fault| *fault != Fault::RateLimit) {
        ears.room.simulator.set_fault(KEY, Some(fault));
        ears.send("run_prompt", ask.clone()).await;
        ears.ask_gateway(name).await;
        // A person's change closes the breaker, so that the next fault is met and not only the first five.
        ears.reset(name).await;
    }
    // Last and once: whoever was asked to wait is not asked again for a while.
    ears.room.simulator.set_fault(KEY, Some(Fault::RateLimit));
    ears.send("run_prompt", ask).await;
    let sent = ears.room.simulator.journal().iter().filter(|request| request.method == "POST").count();
    assert!(sent > 2 * CALL_FAULTS.len(), "calls were turned away before they met their faults: {sent}");
    ears.room.simulator.set_fault(KEY, None);
    for (command, request) in [
        ("check_health", json!({})),
        ("view_health", json!({})),
        ("view_routing", json!({})),
        ("explain_route", json!({ "task": "extraction", "request": prompt, "sticky": null })),
        ("simulate_failure", json!({ "provider": provider["id"], "failure": "down", "routes": [] })),
        ("view_gateway", json!({})),
    ] {
        assert!(ears.send(command, request).await.is_some(), "{command}");
    }
    2 * (FAULTS.len() + CALL_FAULTS.len()) + 7
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
        // The wrong file, chosen by mistake.
        ("preview_catalog", json!({ "text": KEY })),
        ("import_catalog", json!({ "text": json!({ "as_of": KEY, "models": KEY }).to_string() })),
        ("preview_import", json!({ "text": KEY, "mapping": {} })),
        ("preview_import", json!({ "text": json!({ "key": KEY }).to_string(), "mapping": {} })),
        (
            "import_usage",
            json!({ "text": format!("name,key\n{KEY},{KEY}\n"), "mapping": {}, "leave_bad_rows": true }),
        ),
        // The right file with a key where none belongs.
        ("preview_import", json!({ "text": spend_log(KEY), "mapping": {} })),
        ("import_usage", json!({ "text": spend_log(KEY), "mapping": {}, "leave_bad_rows": true })),
        ("save_import_faults", json!({ "text": spend_log(KEY), "mapping": {} })),
    ];
    elsewhere.chain(malformed).chain(unreadable).collect()
}

/// A call whose times, numbers and texts that are not kept are all the key.
fn spend_log(key: &str) -> String {
    let row = json!({
        "request_id": "r-1", "spend": key, "prompt_tokens": 1, "completion_tokens": 1, "startTime": key,
        "endTime": key, "model": "m", "api_key": key, "metadata": { "user_api_key": key }, "messages": key,
        "proxy_server_request": { "headers": { "authorization": key } },
    });
    row.to_string()
}

/// Another password, a kit that is made and used, a keyring, a new vault key. Returns the first words of both kits, which
/// each answer that makes one has to tell, and nothing else may.
async fn what_opens(ears: &Ears) -> [String; 2] {
    let first_words = |kit: &Value| {
        let words = kit["words"].as_str().unwrap();
        words.split(' ').take(5).collect::<Vec<_>>().join(" ")
    };
    let old_and_new = json!({ "old": PASSWORD, "new": OTHER_PASSWORD });
    assert!(ears.send("change_password", old_and_new.clone()).await.is_some());
    assert!(ears.send("change_password", old_and_new).await.is_none());
    let first = ears.send("make_recovery_kit", json!({})).await.unwrap();
    let wrong = json!({ "words": format!("{} x", first["words"].as_str().unwrap()) });
    assert!(ears.send("save_recovery_kit", wrong).await.is_none());
    assert!(ears.send("set_keyring", json!({ "on": true })).await.is_some());
    ears.send("lock_vault", json!({})).await.unwrap();
    assert!(ears.send("unlock_with_keyring", json!({})).await.is_some());
    ears.send("lock_vault", json!({})).await.unwrap();
    let recover = json!({ "words": first["words"], "password": PASSWORD });
    let second = ears.send("recover_vault", recover.clone()).await.unwrap()["kit"].clone();
    ears.send("lock_vault", json!({})).await.unwrap();
    assert!(ears.send("recover_vault", recover).await.is_none());
    assert!(ears.send("unlock_vault", json!({ "password": PASSWORD })).await.is_some());
    assert!(ears.send("rotate_vault_key", json!({ "password": PASSWORD })).await.is_some());
    assert!(ears.send("view_security", json!({})).await.is_some());
    [first_words(&first), first_words(&second)]
}

#[tokio::test]
async fn no_planted_secret_is_found_in_any_reply_file_or_log() {
    let suite = Suite::begin("planted_secrets");
    let logs = tempfile::tempdir().unwrap();
    // The variable is read once, here; nothing else in this process logs.
    let guard = desk::logging::start_at(logs.path(), "trace").unwrap();
    let room = Room::open().await;
    let port = client::free_port().await;
    let mut ears = Ears { room, port, token: String::new(), heard: Mutex::default() };
    let on = json!({ "settings": { "enabled": true, "port": port } });
    ears.send("set_gateway", on).await.unwrap();
    let token = ears.send("replace_gateway_token", json!({})).await.unwrap();
    token["token"].as_str().unwrap().clone_into(&mut ears.token);
    let scenarios = journey(&ears).await;
    assert!(scenarios >= 100, "{scenarios}");
    let prompt = json!({ "messages": [{ "role": "user", "parts": [{ "type": "text", "text": PROMPT }] }] });
    // Prompts themselves come back, as they have to; here only files and logs are searched for them.
    let kept = json!({ "name": "Kept", "task": null, "request": prompt });
    assert!(ears.send("save_prompt", kept).await.is_some());
    let list = ears.send("list_providers", json!({})).await.unwrap();
    let provider = list["providers"][0].clone();
    let name = provider["display_name"].clone();
    let deleted = ears
        .send("delete_provider", json!({ "existing": existing(&provider), "typed_name": name }))
        .await
        .unwrap();
    ears.send("undo", json!({ "token": deleted["undo"] })).await.unwrap();
    let factor = every_command::the_rest(&ears).await;
    ears.send("lock_vault", json!({})).await.unwrap();
    ears.send("unlock_vault", json!({ "password": format!("{PASSWORD}x") })).await;
    ears.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let kits = what_opens(&ears).await;
    drop(guard);

    let heard = ears.heard.lock().unwrap().clone();
    for (command, reply) in &heard {
        let secrets = [KEY, PASSWORD, &ears.token, OTHER_PASSWORD, &kits[0]].into_iter();
        for secret in
            secrets.chain(factor.iter().map(String::as_str)).filter(|secret| !shows(command, secret, &ears))
        {
            find(reply.as_bytes(), secret, command);
        }
    }
    let mut names: Vec<&str> =
        heard.iter().map(|(command, _)| command.as_str()).filter(|name| *name != GATEWAY).collect();
    names.sort_unstable();
    names.dedup();
    let mut all = COMMAND_NAMES.to_vec();
    all.sort_unstable();
    assert_eq!(names, all, "whoever adds a command has it heard here");
    let events = format!("{:?}", ears.room.host.events());
    assert!(events.contains("AnswerGrew"), "no answer came in pieces");
    let secrets: Vec<&str> = [KEY, PASSWORD, OTHER_PASSWORD, &ears.token, &kits[0], &kits[1]]
        .into_iter()
        .chain(factor.iter().map(String::as_str))
        .collect();
    for secret in &secrets {
        find(events.as_bytes(), secret, "an event");
    }
    let simulator = ears.room.simulator.base_url(ProviderType::OpenAi);
    let host = simulator.trim_start_matches("http://").split('/').next().unwrap();
    let on_disk: Vec<PathBuf> = files(&ears.room.data()).into_iter().chain(files(logs.path())).collect();
    assert!(on_disk.len() >= 5, "{on_disk:?}");
    let downloads = ears.room.data().join("downloads");
    for file in &on_disk {
        let bytes = fs::read(file).unwrap();
        for secret in &secrets {
            find(&bytes, secret, &file.display().to_string());
        }
        // What a person exports tells names and models, as it has to.
        for name in
            [NAME, PROMPT, host, "gemini-3.6-flash"].into_iter().filter(|_| !file.starts_with(&downloads))
        {
            find(&bytes, name, &file.display().to_string());
        }
    }
    let lines = files(logs.path()).iter().map(|file| fs::read(file).unwrap().len()).sum::<usize>();
    assert!(lines > 1_000, "nothing was logged, so nothing was searched");
    suite.survived(
        heard.len(),
        heard.len(),
        json!({ "commands": COMMAND_NAMES.len(), "files": on_disk.len(), "secrets": secrets.len() }),
    );
}
