//! A panic with secrets in hand: what it writes to the error stream tells none of them.

use std::process::Command;

use journeys::{PASSWORD, Room, disguise::found_in, share::Suite};
use model::ProviderType;
use serde_json::json;

use crate::KEY;

/// Set for the child that panics.
const CHILD: &str = "SIGNALBOX_TEST_CHILD_PANICS";
const THIS: &str = "panics::a_panic_with_a_secret_in_hand_tells_nothing_of_it";

/// As `unwrap` does it: with the failure's whole `Debug`.
async fn panic_over_refusals() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["base_url"] = json!("nonsense");
    let refused = [
        (
            "save_provider",
            json!({ "existing": null, "draft": form, "api_key": KEY, "remove_key": false, "save_anyway": true, "run": 1 }),
        ),
        ("save_provider", json!({ "api_key": KEY, "draft": KEY })),
        ("change_password", json!({ "old": format!("{PASSWORD}x"), "new": KEY })),
        ("save_recovery_kit", json!({ "words": KEY })),
        ("prove_step_up", json!({ "by": KEY, "answer": PASSWORD })),
        ("import_catalog", json!({ "text": KEY })),
        ("create_vault", json!({ "password": KEY })),
    ];
    let mut panicked = 0;
    for (command, request) in refused {
        let request = request.to_string();
        let reply = room.desk.dispatch(command, request.as_bytes()).await;
        let act = std::panic::AssertUnwindSafe(|| reply.map(drop).unwrap());
        panicked += usize::from(std::panic::catch_unwind(act).is_err());
    }
    assert_eq!(panicked, 7, "not every request was refused");
    // Last, and caught by nobody but the runner.
    let last = room
        .desk
        .dispatch("unlock_vault", json!({ "password": PASSWORD, "key": KEY }).to_string().as_bytes())
        .await;
    last.unwrap();
}

#[tokio::test]
async fn a_panic_with_a_secret_in_hand_tells_nothing_of_it() {
    if std::env::var_os(CHILD).is_some() {
        return panic_over_refusals().await;
    }
    let suite = Suite::begin("panics_with_a_secret_in_hand");
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args([THIS, "--exact", "--nocapture", "--test-threads=1"]);
    let output = child.env(CHILD, "1").env("RUST_BACKTRACE", "full").output().unwrap();
    assert!(!output.status.success(), "the child did not end by its panic");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let panics = said.matches("panicked at").count();
    assert_eq!(panics, 8, "{said}");
    for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        for secret in [KEY, PASSWORD] {
            assert_eq!(found_in(bytes, secret), None, "{stream}");
        }
    }
    suite.survived(panics, panics, json!({}));
}
