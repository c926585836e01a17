//! Makes a vault of this version for the reader in Python: configurations, a key that was replaced, a kit, a second factor, a log of
//! acts beyond its second checkpoint, and a backup of it all. It exports a bundle, too, as a person does. `interop-vault FOLDER`
//! prints what is in them as JSON.

use bundle::{Identity, ServerFile};
use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, existing, options};
use model::{ProviderDraft, ProviderId, ProviderType, Secret, Timestamp};
use serde_json::{Value, json};
use simulator::Simulator;
use store::{Act, Change, Import, KeyChange, NewKey, Store};
use totp_rs::{Algorithm, Builder};
use uuid::Uuid;
use vault::{OpenVault, VaultFolder};

const KEY: &str = "test-openai-key-0001";
/// In force where another one was replaced by it.
const NEXT_KEY: &str = "test-openai-key-0002";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    let host = FakeHost::new();
    let desk = Desk::open(host.clone(), Folders::under(&folder), options()).unwrap();
    send(&desk, "create_vault", json!({ "password": PASSWORD })).await;
    let replaced = replace_key(&desk).await;
    let bundle = export_bundle(&desk, &host, &folder, &replaced).await;
    let totp = enrol(&desk, &host).await;
    let kit = send(&desk, "make_recovery_kit", json!({})).await;
    let recipient = send(&desk, "make_recipient", json!({})).await;
    send(&desk, "lock_vault", json!({})).await;
    drop(desk);

    let draft = ProviderDraft {
        model_name: "gpt-6-sol".into(),
        display_name: "Данные 数据 \"x\"".into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let id = Uuid::now_v7();
    let imported = json!({
        "uuid": id, "display_name": draft.display_name, "base_url": draft.base_url, "api_key": KEY,
    });
    write(&folder, id, draft).await;

    // Written to behind the desk's back, which it says.
    let desk = Desk::open(host, Folders::under(&folder), options()).unwrap();
    send(&desk, "unlock_vault", json!({ "password": PASSWORD, "accept_older": true })).await;
    let backups = send(&desk, "make_backup", json!({ "folder": null })).await;
    send(&desk, "lock_vault", json!({})).await;
    let answers = json!({
        "password": PASSWORD, "words": kit["words"], "recipient": recipient["recipient"], "totp_secret": totp,
        "kept_api_key": KEY, "configurations": [replaced, imported], "backup": backups["backups"][0]["place"],
        "bundle": bundle,
    });
    println!("{answers}");
}

async fn send(desk: &Desk<FakeHost>, command: &str, request: Value) -> Value {
    let reply = desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
    serde_json::from_str(&reply).unwrap()
}

/// A configuration whose key is replaced, so that the one before is kept. The vendor is asked for both.
async fn replace_key(desk: &Desk<FakeHost>) -> Value {
    let simulator = Simulator::start().await.unwrap();
    let base_url = simulator.base_url(ProviderType::OpenAi);
    let form = json!({
        "provider_type": "openai", "base_url": base_url, "allow_insecure_http": false, "model_name": "gpt-6-sol",
        "display_name": "One", "description": "", "is_active": true, "is_default": false, "tasks": [],
        "daily_token_limit": null, "monthly_token_limit": null,
    });
    let new = json!({ "existing": null, "draft": form, "api_key": KEY, "remove_key": false, "save_anyway": false, "run": 1 });
    let provider = send(desk, "save_provider", new).await["saved"]["provider"].clone();
    let another = json!({ "existing": existing(&provider), "api_key": NEXT_KEY, "keep_days": 30, "run": 2 });
    assert!(send(desk, "replace_key", another).await["switched"].is_object());
    json!({ "uuid": provider["id"], "display_name": "One", "base_url": base_url, "api_key": NEXT_KEY })
}

/// A bundle with one configuration and its route, for a server that the reader plays. A reader's clock is right, so the desk's is,
/// for that time.
async fn export_bundle(desk: &Desk<FakeHost>, host: &FakeHost, folder: &str, provider: &Value) -> Value {
    let clock = host.wall_clock();
    host.set_wall_clock(journeys::now());
    let mut view = send(desk, "view_routing", json!({})).await;
    let routes = view["routes"].as_array_mut().unwrap();
    let route = routes.iter_mut().find(|route| route["task"] == "extraction").unwrap();
    route["chain"] = json!([{ "provider": provider["uuid"] }]);
    let saved = json!({ "revision": view["revision"], "routes": view["routes"] });
    send(desk, "save_routes", saved).await;
    let identity = Identity::make();
    let server = ServerFile {
        id: "a".repeat(32),
        name: "api-eu-1".into(),
        recipient: identity.recipient(),
        serial: 40,
    };
    let fingerprint = server.fingerprint().to_string();
    send(desk, "add_server", json!({ "file": server.file(), "fingerprint": fingerprint })).await;
    let key = send(desk, "make_signing_key", json!({})).await["key"]["public"].clone();
    let order = json!({ "server": server.id, "providers": [provider["uuid"]], "days": 7, "with_limits": true,
        "with_prices": true, "with_prompts": true, "without_tasks": [], "again": null });
    let seen = send(desk, "preview_bundle", json!({ "order": order })).await;
    let asked = json!({ "order": order, "serial": seen["serial"], "target": "file" });
    let exported = send(desk, "export_bundle", asked).await;
    let name = exported["file"]["name"].as_str().unwrap();
    let text = std::fs::read_to_string(format!("{folder}/downloads/{name}")).unwrap();
    host.set_wall_clock(clock);
    json!({ "bundle": text, "jwk": key, "server": server.id, "identity": identity.text().expose(),
        "serial": exported["serial"], "configuration": provider })
}

/// The second factor's secret, as a person types it into an app.
async fn enrol(desk: &Desk<FakeHost>, host: &FakeHost) -> String {
    let begun = send(desk, "begin_totp", json!({})).await;
    let secret = begun["secret"].as_str().unwrap().replace(' ', "");
    let app = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
    let app = app.with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap()).build().unwrap();
    let now = u64::try_from(host.wall_clock().0 / 1_000).unwrap();
    send(desk, "confirm_totp", json!({ "code": app.generate(now).to_string() })).await;
    secret
}

/// One more configuration, and 250 entries in the log of acts.
async fn write(folder: &str, id: Uuid, draft: ProviderDraft) {
    let open = OpenVault::unlock(&VaultFolder::new(folder), &Secret::new(PASSWORD)).ok().unwrap();
    let key = open.database_key();
    let audit = open.audit_key();
    let file = open.database();
    let store = Store::open(&file, key.expose_hex(), open.vault_id(), audit.expose()).await.unwrap();
    let act = |action| Act {
        actor: "Zoë".into(),
        machine: "desk-1".into(),
        action,
        at: Timestamp(1_795_444_320_000),
    };
    let sealed = open.seal_key(id, &draft.base_url, &Secret::new(KEY)).0;
    let key = KeyChange::Replace(NewKey { sealed, last_four: None, entered_at: Timestamp(0) });
    let change = Change { draft, key, test: None };
    let import = Import { existing: None, id: ProviderId(id), change, act: act("provider.import") };
    store.import_providers(vec![import]).await.unwrap();
    let notes =
        (0..250).map(|number| (act("provider.update"), json!({ "daily_token_limit": number, "é": "\u{1}" })));
    store.record_all(notes).await.unwrap();
    store.close().await;
}
