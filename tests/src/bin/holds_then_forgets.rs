//! Opens a vault, uses what is in it, locks, and stays: for the test that looks into its memory. Folder as argument;
//! password and key in files of it, since a program's input stays in its memory.

use std::{io::BufRead, path::PathBuf};

use desk::{Desk, Folders};
use journeys::{FakeHost, options};
use model::vault::LockReason;
use serde_json::json;

// As the desktop program has it.
#[global_allocator]
static MEMORY: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

#[tokio::main]
async fn main() {
    let data = PathBuf::from(std::env::args().nth(1).unwrap());
    let desk = Desk::open(FakeHost::new(), Folders::under(&data), options()).unwrap();
    use_vault(&desk, &data).await;
    println!("open");
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).unwrap();
    desk.lock(LockReason::Asked).await;
    println!("locked");
    // Until the test has seen enough and closes our input.
    std::io::stdin().lock().read_line(&mut line).unwrap();
}

async fn use_vault(desk: &Desk<FakeHost>, data: &std::path::Path) {
    let read = |name| std::fs::read_to_string(data.join(name)).unwrap();
    let send = async |command: &str, request: serde_json::Value| {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
        serde_json::from_str::<serde_json::Value>(&reply).unwrap()
    };
    send("create_vault", json!({ "password": read("password") })).await;
    let form = json!({
        // Nobody listens on port 1: the key is sent to nobody, and kept all the same.
        "provider_type": "openai", "base_url": "http://127.0.0.1:1/v1", "allow_insecure_http": true,
        "model_name": "gpt-6-sol", "display_name": "One", "description": "", "is_active": true, "is_default": false,
        "tasks": [], "daily_token_limit": null, "monthly_token_limit": null,
    });
    let request = json!({ "existing": null, "draft": form, "api_key": read("key"), "remove_key": false, "save_anyway": true, "run": 1 });
    let saved = send("save_provider", request).await;
    let id = saved["saved"]["provider"]["id"].clone();
    send("test_provider", json!({ "id": id, "run": 2 })).await;
    send("make_backup", json!({ "folder": null })).await;
    send("lock_vault", json!({})).await;
    send("unlock_vault", json!({ "password": read("password") })).await;
    send("test_provider", json!({ "id": id, "run": 3 })).await;
}
