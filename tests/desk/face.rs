//! The local gateway, from the settings to a client's request: its token, its port, and what a lock does to it.

use std::{fs, path::Path};

use journeys::{
    PASSWORD, Room,
    client::{begin, begin_at, begin_with, chat, free_port, is_closed, rest},
    existing,
};
use model::{FailureCode, vault::DeskEvent};
use serde_json::{Value, json};
use simulator::Fault;
use tokio::{io::AsyncReadExt, net::TcpListener};

async fn set(room: &Room, port: u16, more: Value) -> Result<Value, model::Failure> {
    let mut settings = json!({ "enabled": true, "port": port });
    settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    room.send("set_gateway", json!({ "settings": settings })).await
}

async fn token(room: &Room) -> String {
    room.send("replace_gateway_token", json!({})).await.unwrap()["token"].as_str().unwrap().to_owned()
}

/// A room whose gateway is on, with its port and token.
async fn serving(more: Value) -> (Room, [Value; 3], u16, String) {
    let (room, chain) = Room::with_chain().await;
    let port = free_port().await;
    set(&room, port, more).await.unwrap();
    let token = token(&room).await;
    (room, chain, port, token)
}

fn prompt(stream: bool) -> Value {
    json!({
        "model": "task:extraction", "stream": stream, "messages": [{ "role": "user", "content": "Say hello." }],
    })
}

/// Status and body of a whole answer.
async fn ask(port: u16, token: &str) -> (u16, Value) {
    let reply = chat(port, token, &prompt(false)).await;
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

fn is_anywhere(folder: &Path, needle: &[u8]) -> bool {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| match path.is_dir() {
        true => is_anywhere(&path, needle),
        false => fs::read(path).unwrap().windows(needle.len()).any(|window| window == needle),
    })
}

#[tokio::test]
async fn it_is_off_until_a_person_switches_it_on() {
    let room = Room::open().await;
    let view = room.send("view_gateway", json!({})).await.unwrap();
    assert_eq!(view["settings"], json!({ "enabled": false, "port": 8377, "on_lock": "finish" }));
    assert_eq!(
        (&view["running_since"], &view["trouble"], &view["token_last_four"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn a_client_with_the_token_is_answered_and_one_without_is_not() {
    let (room, [openai, ..], port, token) = serving(json!({})).await;
    let (status, answer) = ask(port, &token).await;
    assert_eq!(status, 200, "{answer}");
    assert!(!answer["choices"][0]["message"]["content"].as_str().unwrap().is_empty());
    for wrong in ["", "sbx_wrong", &token[..token.len() - 1]] {
        let (status, refused) = ask(port, wrong).await;
        assert_eq!((status, &refused["error"]["code"]), (401, &json!("invalid_api_key")), "{wrong}");
    }
    // What the window asks is no call of a client.
    room.ask(1, json!({ "provider": openai["id"] })).await.unwrap();
    room.reopen().await;
    let view = room.send("view_gateway", json!({})).await.unwrap();
    assert_eq!(
        (&view["calls_today"], &view["token_last_four"]),
        (&json!(1), &json!(&token[token.len() - 4..]))
    );
}

#[tokio::test]
async fn a_new_token_ends_the_old_one_at_once_and_neither_is_in_any_file() {
    let (room, _, port, first) = serving(json!({})).await;
    let second = token(&room).await;
    assert_eq!((ask(port, &first).await.0, ask(port, &second).await.0), (401, 200));
    room.send("lock_vault", json!({})).await.unwrap();
    for token in [first, second] {
        assert_eq!(token.len(), "sbx_".len() + 64);
        assert!(!is_anywhere(&room.data(), token.as_bytes()));
    }
    assert!(is_anywhere(&room.data(), b"vault_id"), "the search finds what is there");
}

#[tokio::test]
async fn a_locked_vault_has_no_port_and_an_unlocked_one_has_it_again() {
    let (room, _, port, token) = serving(json!({})).await;
    room.send("lock_vault", json!({})).await.unwrap();
    assert!(is_closed(port).await);
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    room.send("page_painted", json!({ "screen": "providers" })).await.unwrap();
    let opened = async {
        while is_closed(port).await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), opened).await.expect("the port stays closed");
    assert_eq!(ask(port, &token).await.0, 200);
}

#[tokio::test]
async fn it_moves_and_stops_at_once() {
    let (room, _, first, token) = serving(json!({})).await;
    let second = free_port().await;
    let view = set(&room, second, json!({})).await.unwrap();
    assert!(view["running_since"].is_i64());
    assert!(is_closed(first).await);
    assert_eq!(ask(second, &token).await.0, 200);
    let view = set(&room, second, json!({ "enabled": false })).await.unwrap();
    assert_eq!(view["running_since"], Value::Null);
    assert!(is_closed(second).await);
}

#[tokio::test]
async fn a_port_that_another_program_has_is_named_and_nothing_changes() {
    let (room, _, port, token) = serving(json!({})).await;
    let other = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = other.local_addr().unwrap().port();
    let refused = set(&room, taken, json!({})).await.unwrap_err();
    assert_eq!(refused.message, format!("another program uses port {taken}"));
    assert!(refused.advice.unwrap().starts_with("Choose another port"));
    assert_eq!(room.send("view_gateway", json!({})).await.unwrap()["settings"]["port"], port);
    assert_eq!(ask(port, &token).await.0, 200);
    for port in [0, 80, 1_023] {
        let refused = set(&room, port, json!({})).await.unwrap_err();
        assert_eq!(refused.advice.unwrap(), "Choose a port from 1024 to 65535.");
    }
}

#[tokio::test]
async fn a_port_that_is_taken_while_the_vault_was_locked_is_told_in_the_settings() {
    let (room, _, port, _) = serving(json!({})).await;
    room.send("lock_vault", json!({})).await.unwrap();
    let _other = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let view = room.send("view_gateway", json!({})).await.unwrap();
    assert_eq!(view["running_since"], Value::Null);
    let trouble = view["trouble"].as_str().unwrap();
    assert!(
        trouble.starts_with(&format!("Another program uses port {port}. Choose another port")),
        "{trouble}"
    );
}

#[tokio::test]
async fn a_lock_ends_open_calls_with_503_and_advice_where_that_is_set() {
    let (room, _, port, token) = serving(json!({ "on_lock": "stop" })).await;
    // Headers come, and then nothing: each call waits for its whole answer.
    for vendor in ["openai", "claude", "gemini"] {
        room.simulator.set_fault(vendor, Some(Fault::Stall));
    }
    room.simulator.clear_journal();
    let lock = async {
        while !room.simulator.journal().iter().any(|request| request.method == "POST") {
            tokio::task::yield_now().await;
        }
        room.send("lock_vault", json!({})).await.unwrap();
    };
    let ((status, refused), ()) = tokio::join!(ask(port, &token), lock);
    assert_eq!((status, &refused["error"]["code"]), (503, &json!("gateway_closed")));
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .ends_with("Unlock the vault in Signalbox and call again.")
    );
}

#[tokio::test]
async fn a_lock_lets_open_calls_end_where_that_is_set_while_the_page_is_locked_already() {
    let (room, _, port, token) = serving(json!({ "on_lock": "finish" })).await;
    room.simulator.set_fault("openai", Some(Fault::StreamStall));
    let mut connection = begin(port, &token, &prompt(true)).await;
    let mut buffer = [0; 1024];
    assert!(connection.read(&mut buffer).await.unwrap() > 0);
    let unlock = async {
        room.told(|event| matches!(event, DeskEvent::VaultLocked { .. })).await;
        let refused = room.send("list_providers", json!({})).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::Locked);
        while !is_closed(port).await {
            tokio::task::yield_now().await;
        }
        // Whoever unlocks does not wait for the call that would end by itself in its own time.
        room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    };
    let (locked, ()) = tokio::join!(room.send("lock_vault", json!({})), unlock);
    locked.unwrap();
    assert!(
        !rest(connection).await.contains("[DONE]"),
        "a stream that was cut does not end as if it were whole"
    );
    room.send("list_providers", json!({})).await.unwrap();
}

/// The instructions that the vendor was sent last.
async fn instructions(room: &Room, port: u16, token: &str) -> String {
    let job = json!({ "text": "Signalman wanted in Erfurt, full time." });
    rest(begin_at(port, token, "/api/v1/tasks/extraction", &job).await).await;
    let asks = |one: &simulator::Recorded| one.path_and_query.ends_with("/responses");
    let sent = room.simulator.journal().into_iter().rev().find(asks);
    sent.unwrap().body.unwrap()["instructions"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_tasks_own_instructions_hold_for_the_next_call_and_the_built_in_ones_come_back() {
    let (room, _, port, token) = serving(json!({})).await;
    let set = |prompt: Value| room.send("set_task_prompt", json!({ "task": "extraction", "prompt": prompt }));
    let built_in =
        room.send("view_task_prompt", json!({ "task": "extraction" })).await.unwrap()["built_in"].clone();
    let built_in = built_in.as_str().unwrap().trim();
    assert!(instructions(&room, port, &token).await.starts_with(built_in));
    let own = set(json!(" Only what is written.\n")).await.unwrap();
    assert_eq!(own["own"], "Only what is written.");
    assert!(instructions(&room, port, &token).await.starts_with("Only what is written."));
    room.reopen().await;
    let view = room.send("view_task_prompt", json!({ "task": "extraction" })).await.unwrap();
    assert_eq!(view["own"], "Only what is written.");
    assert_eq!(set(Value::Null).await.unwrap()["own"], Value::Null);
    assert_eq!(set(json!(built_in)).await.unwrap()["own"], Value::Null, "its own words are no own ones");
    room.send("view_gateway", json!({})).await.unwrap();
    assert!(instructions(&room, port, &token).await.starts_with(built_in));
}

#[tokio::test]
async fn instructions_that_nobody_could_mean_are_refused() {
    let room = Room::open().await;
    room.send("add_task", json!({ "name": "summary" })).await.unwrap();
    let set =
        |task: &str, prompt: Value| room.send("set_task_prompt", json!({ "task": task, "prompt": prompt }));
    for prompt in ["", " \n", "a\u{202e}b", &"a".repeat(50_001)] {
        let refused = set("extraction", json!(prompt)).await.unwrap_err();
        assert!(refused.message.starts_with("the instructions"), "{refused:?}");
    }
    set("extraction", json!("a".repeat(50_000))).await.unwrap();
    let refused = set("summary", json!("Sum up.")).await.unwrap_err();
    assert!(refused.message.contains("no endpoint"), "{refused:?}");
    assert!(set("no_such_task", Value::Null).await.is_err());
}

/// A picture of one pixel.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// Each of the four tasks with what it is given.
fn tasks() -> [(&'static str, Value); 4] {
    [
        ("extraction", json!({ "text": "Signalman wanted in Erfurt, full time." })),
        ("cv_draft", json!({ "profile": { "name": "Ann" }, "job": "Signalman wanted.", "user": "ann" })),
        ("cover_letter", json!({ "profile": "Ann, signalman.", "job": "Signalman wanted.", "tone": "warm" })),
        (
            "validation",
            json!({ "image": format!("data:image/png;base64,{PICTURE}"), "expected": "a passport photo" }),
        ),
    ]
}

/// The JSON Schema that a task's answer is promised to hold to.
fn promised(task: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/gateway/src/http/tasks/schemas");
    serde_json::from_slice(&fs::read(folder.join(format!("{task}.json"))).unwrap()).unwrap()
}

async fn do_task(port: u16, token: &str, task: &str, body: &Value) -> (u16, Value) {
    let reply = rest(begin_at(port, token, &format!("/api/v1/tasks/{task}"), body).await).await;
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

/// The calls in the log, newest first.
async fn logged(room: &Room) -> Vec<Value> {
    room.reopen().await;
    let page = json!({ "filter": {}, "after": null, "limit": 50 });
    let page = room.send("view_calls", page).await.unwrap();
    page["calls"].as_array().unwrap().clone()
}

#[tokio::test]
async fn every_task_is_answered_in_its_form_by_engine_and_vendor_and_logged_under_its_name() {
    let (room, [openai, ..], port, token) = serving(json!({})).await;
    room.send("make_default", json!({ "existing": existing(&openai) })).await.unwrap();
    for (task, body) in tasks() {
        let (status, answer) = do_task(port, &token, task, &body).await;
        assert_eq!((status, &answer["success"]), (200, &json!(true)), "{task}: {answer}");
        let schema = promised(task);
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&answer["data"]), keys(&schema["properties"]), "{task}");
        assert!(providers::holds(&schema, &answer["data"].to_string()), "{task}: {answer}");
    }
    let sent = room.simulator.journal().into_iter().filter(|one| one.method == "POST");
    let bodies: Vec<String> = sent.map(|one| one.body.unwrap().to_string()).collect();
    assert_eq!(bodies.len(), 4);
    assert!(bodies[3].contains(PICTURE), "the picture reached the vendor");
    let logged: Vec<Value> = logged(&room).await.into_iter().rev().map(|call| call["task"].clone()).collect();
    assert_eq!(logged, tasks().map(|(task, _)| json!(task)), "one row for each, under its task");
}

#[tokio::test]
async fn a_task_whose_vendor_breaks_the_schema_is_answered_by_the_next() {
    let (room, [openai, claude, _], port, token) = serving(json!({})).await;
    room.simulator.set_fault("openai", Some(Fault::SchemaBreak));
    let (task, body) = tasks()[0].clone();
    let (status, answer) = do_task(port, &token, task, &body).await;
    assert_eq!(status, 200, "{answer}");
    assert!(providers::holds(&promised(task), &answer["data"].to_string()), "{answer}");
    let calls = logged(&room).await;
    let of = |call: &Value| (call["display_name"].clone(), call["error_class"].clone());
    let calls: Vec<_> = calls.iter().rev().map(of).collect();
    let name = |one: &Value| one["display_name"].clone();
    assert_eq!(calls, [(name(&openai), json!("quality")), (name(&claude), Value::Null)]);
}

#[tokio::test]
async fn two_calls_that_name_themselves_alike_are_two_rows() {
    let (room, _, port, token) = serving(json!({})).await;
    let headers = "idempotency-key: the same\r\nx-request-id: the same\r\n";
    let mut ids = Vec::new();
    for _ in 0..2 {
        let call = begin_with(port, &token, "/v1/chat/completions", headers, &prompt(false)).await;
        let reply = rest(call).await;
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        let id =
            reply.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().trim().to_owned();
        assert_ne!(id, "the same");
        ids.push(id);
    }
    let logged: Vec<Value> =
        logged(&room).await.into_iter().rev().map(|call| call["request_id"].clone()).collect();
    assert_eq!(logged, ids.iter().map(|id| json!(id)).collect::<Vec<_>>());
}
