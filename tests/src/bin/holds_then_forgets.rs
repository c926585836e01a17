//! Opens a vault, uses what is in it, locks, and stays, a step for each line of its input: for the test that looks into its
//! memory. Folder as argument; password, key and the vendor's address in files of it, since a program's input stays in its
//! memory.

use std::{
    io::BufRead,
    path::{Path, PathBuf},
    time::Duration,
};

use desk::{Desk, Folders, Options};
use journeys::{FakeHost, options};
use model::{Failure, vault::LockReason};
use providers::Timeouts;
use serde_json::{Value, json};
use vault::Cost;

// As the desktop program has it.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[tokio::main]
async fn main() {
    let data = PathBuf::from(std::env::args().nth(1).unwrap());
    // Dear enough for somebody to look while the key is derived, and with time for a vendor that does not answer.
    let cost: Cost = serde_json::from_value(json!({ "m": 256 << 10, "t": 12, "p": 1 })).unwrap();
    let timeouts = Timeouts { connect: Duration::from_secs(10), whole: Duration::from_secs(60) };
    let options = Options { kdf_cost: Some(cost), timeouts, ..options() };
    let desk = Desk::open(FakeHost::new(), Folders::under(&data), options).unwrap();
    let id = make(&desk, &data).await;
    println!("made");
    let mut shown = None;
    for step in std::io::stdin().lock().lines().map_while(Result::ok) {
        match step.as_str() {
            "call" => {
                // The vendor hangs up; what came of it is another test's.
                let _ = ask(&desk, "test_provider", json!({ "id": id, "run": 2 })).await;
                println!("called");
            }
            "show" => {
                shown = Some(show(&desk, &data).await);
                println!("shown");
            }
            "enrol" => {
                let codes = send(&desk, "confirm_totp", json!({ "code": read(&data, "code") })).await;
                write(&data, "recovery code", &codes["codes"][0]);
                // As the page does, which has shown all of it by now.
                drop((shown.take(), codes));
                println!("enrolled");
            }
            "unlock" => {
                send(&desk, "make_backup", json!({ "folder": null })).await;
                send(&desk, "lock_vault", json!({})).await;
                let request = json!({ "password": read(&data, "password") });
                println!("unlocking");
                send(&desk, "unlock_vault", request).await;
                println!("open");
            }
            _ => {
                desk.lock(LockReason::Asked).await;
                println!("locked");
            }
        }
    }
}

/// What a person is shown once: a kit, a second factor, a token. Each goes into a file for whoever looks for it.
async fn show(desk: &Desk<FakeHost>, data: &Path) -> [Value; 3] {
    let kit = send(desk, "make_recovery_kit", json!({})).await;
    write(data, "kit", &kit["words"]);
    let factor = send(desk, "begin_totp", json!({})).await;
    write(data, "second factor", &factor["secret"]);
    let token = send(desk, "replace_gateway_token", json!({})).await;
    write(data, "token", &token["token"]);
    [kit, factor, token]
}

fn write(data: &Path, name: &str, text: &Value) {
    std::fs::write(data.join(name), text.as_str().unwrap()).unwrap();
}

fn read(data: &Path, name: &str) -> String {
    std::fs::read_to_string(data.join(name)).unwrap()
}

async fn ask(desk: &Desk<FakeHost>, command: &str, request: Value) -> Result<String, Failure> {
    // Written out, and not kept: the text is the passage's, which wipes it.
    let request = zeroize::Zeroizing::new(request.to_string().into_bytes());
    desk.dispatch(command, &request).await
}

async fn send(desk: &Desk<FakeHost>, command: &str, request: Value) -> Value {
    serde_json::from_str(&ask(desk, command, request).await.unwrap()).unwrap()
}

async fn make(desk: &Desk<FakeHost>, data: &Path) -> Value {
    send(desk, "create_vault", json!({ "password": read(data, "password") })).await;
    let form = json!({
        "provider_type": "openai", "base_url": read(data, "vendor"), "allow_insecure_http": true,
        "model_name": "gpt-6-sol", "display_name": "One", "description": "", "is_active": true, "is_default": false,
        "tasks": [], "daily_token_limit": null, "monthly_token_limit": null,
    });
    // The vendor is asked before it is saved, and hangs up; it is saved all the same.
    let request = json!({ "existing": null, "draft": form, "api_key": read(data, "key"), "remove_key": false, "save_anyway": true, "run": 1 });
    send(desk, "save_provider", request).await["saved"]["provider"]["id"].clone()
}
