//! Makes a vault of this version for the reader in Python: a configuration, a kit, and a log of acts beyond its second checkpoint.
//! `interop-vault FOLDER` prints what is in it as JSON.

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, options};
use model::{ProviderDraft, ProviderId, ProviderType, Secret, Timestamp};
use serde_json::{Value, json};
use store::{Act, Change, Import, KeyChange, NewKey, Store};
use uuid::Uuid;
use vault::{OpenVault, VaultFolder};

const KEY: &str = "test-openai-key-0001";

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).expect("a folder");
    let desk = Desk::open(FakeHost::new(), Folders::under(&folder), options()).unwrap();
    let send = async |command: &str, request: Value| -> Value {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
        serde_json::from_str(&reply).unwrap()
    };
    send("create_vault", json!({ "password": PASSWORD })).await;
    let kit = send("make_recovery_kit", json!({})).await;
    let recipient = send("make_recipient", json!({})).await;
    send("lock_vault", json!({})).await;
    drop(desk);
    let open = OpenVault::unlock(&VaultFolder::new(&folder), &Secret::new(PASSWORD)).ok().unwrap();
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
    let draft = ProviderDraft {
        model_name: "gpt-6-sol".into(),
        display_name: "Данные 数据 \"x\"".into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let id = Uuid::now_v7();
    let sealed = open.seal_key(id, &draft.base_url, &Secret::new(KEY)).0;
    let answers = json!({
        "password": PASSWORD, "words": kit["words"], "recipient": recipient["recipient"], "uuid": id,
        "display_name": draft.display_name, "base_url": draft.base_url, "api_key": KEY,
    });
    let key = KeyChange::Replace(NewKey { sealed, last_four: None, entered_at: Timestamp(0) });
    let change = Change { draft, key, test: None };
    let import = Import { existing: None, id: ProviderId(id), change, act: act("provider.import") };
    store.import_providers(vec![import]).await.unwrap();
    let notes =
        (0..250).map(|number| (act("provider.update"), json!({ "daily_token_limit": number, "é": "\u{1}" })));
    store.record_all(notes).await.unwrap();
    store.close().await;
    println!("{answers}");
}
