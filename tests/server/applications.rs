//! Applications at the gateway: tokens, what each is for, how much it may use, and when it ends.

use std::{net::SocketAddr, time::Duration};

use model::{
    ProviderType::{self, Claude, Gemini, OpenAi},
    Timestamp,
    limits::UserQuota,
    statistics::CallFilter,
};
use serde_json::{Value, json};
use server::{
    Site,
    config::{Config, GatewayPlace},
};
use store::Act;

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{ON_POSTGRES, Room, Session},
};

const TOKENS: &str = "/api/v1/super-admin/tokens";
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// A server with one configuration of each vendor.
async fn served() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    for (kind, model, key) in [
        (OpenAi, "gpt-4o-mini", "test-openai-key-0001"),
        (Claude, "claude-haiku-4-5", "test-claude-key-0001"),
        (Gemini, "gemini-2.5-flash", "test-gemini-key-0001"),
    ] {
        let mut body = room.create_body(kind, model, key);
        body["is_default"] = json!(kind == ProviderType::OpenAi);
        room.create(&session, &body).await.data();
    }
    (room, session)
}

async fn create(room: &Room, session: &Session, asked: &Value) -> Reply {
    room.send(Request::new("POST", TOKENS).bearer(&session.access).json(asked)).await
}

pub async fn token(room: &Room, session: &Session, asked: &Value) -> String {
    create(room, session, asked).await.data()["token"].as_str().unwrap().to_owned()
}

fn chat(model: &str) -> Request {
    let body = json!({ "model": model, "max_completion_tokens": 50, "messages": [{ "role": "user", "content": "Say hello." }] });
    Request::new("POST", "/v1/chat/completions").json(&body)
}

/// A request of every shape that reaches a vendor, each for a model or task of its own.
pub fn shapes() -> Vec<(&'static str, &'static str, Request)> {
    let user = json!([{ "role": "user", "content": "Say hello." }]);
    let messages = json!({ "model": "claude-haiku-4-5", "max_tokens": 50, "messages": user });
    let contents = json!({ "contents": [{ "parts": [{ "text": "Say hello." }] }] });
    let post = |path: &str, body: &Value| Request::new("POST", path).json(body);
    vec![
        ("gpt-4o-mini", "", chat("gpt-4o-mini")),
        ("gpt-4o-mini", "", post("/v1/responses", &json!({ "model": "gpt-4o-mini", "input": "Say hello." }))),
        ("claude-haiku-4-5", "", post("/v1/messages", &messages)),
        (
            "claude-haiku-4-5",
            "",
            post("/v1/messages/count_tokens", &json!({ "model": "claude-haiku-4-5", "messages": user })),
        ),
        ("gemini-2.5-flash", "", post("/v1beta/models/gemini-2.5-flash:generateContent", &contents)),
        ("", "extraction", chat("task:extraction")),
        (
            "",
            "cover_letter",
            post("/api/v1/tasks/cover_letter", &json!({ "job": "A job.", "profile": "A life." })),
        ),
    ]
}

/// With the token where each vendor's SDK puts its key.
async fn send(to: SocketAddr, request: Request, token: &str) -> Reply {
    request.bearer(token).send(to).await
}

fn calls_of_vendors(room: &Room) -> usize {
    room.simulator.journal().iter().filter(|recorded| recorded.method == "POST").count()
}

#[tokio::test]
async fn every_shape_is_served_with_a_token_and_refused_without_before_a_vendor_is_asked() {
    let (room, session) = served().await;
    let all = token(&room, &session, &json!({ "name": "shop" })).await;
    room.simulator.clear_journal();
    for (model, task, request) in shapes() {
        for wrong in ["", "sbx_nothing", &session.access] {
            let reply = send(room.gateway(), request.clone(), wrong).await;
            assert_eq!(reply.status, 401, "{model}{task}: {}", reply.text);
        }
    }
    assert_eq!(calls_of_vendors(&room), 0);
    for (number, (model, task, request)) in shapes().into_iter().enumerate() {
        let reply = send(room.gateway(), request, &all).await;
        assert_eq!(reply.status, 200, "{model}{task}: {}", reply.text);
        assert!(calls_of_vendors(&room) > number, "{model}{task}: {}", reply.text);
    }
}

#[tokio::test]
async fn outside_its_scope_a_token_is_refused_before_a_vendor_is_asked() {
    let (room, session) = served().await;
    let narrow = json!({ "name": "narrow", "tasks": [], "models": ["gpt-4o"] });
    let narrow = token(&room, &session, &narrow).await;
    room.simulator.clear_journal();
    for (model, task, request) in shapes() {
        let reply = send(room.gateway(), request, &narrow).await;
        assert_eq!(reply.status, 403, "{model}{task}: {}", reply.text);
    }
    assert_eq!(calls_of_vendors(&room), 0);
    for (model, task, request) in shapes() {
        let names = |name: &str| if name.is_empty() { json!([]) } else { json!([name]) };
        let asked = json!({ "name": "one", "tasks": names(task), "models": names(model) });
        let one = token(&room, &session, &asked).await;
        let before = calls_of_vendors(&room);
        let reply = send(room.gateway(), request, &one).await;
        assert_ne!(reply.status, 403, "{model}{task}: {}", reply.text);
        assert!(calls_of_vendors(&room) > before, "{model}{task}");
        // The list shows what the token is for, and nothing else.
        let list = send(room.gateway(), Request::new("GET", "/v1/models"), &one).await;
        let ids: Vec<_> = list.body["data"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
        let name = if task.is_empty() { model.to_owned() } else { format!("task:{task}") };
        assert_eq!(ids, [json!(name)]);
    }
}

#[tokio::test]
async fn a_label_is_not_a_way_around_the_scope() {
    let (room, session) = served().await;
    let asked = json!({ "name": "one", "tasks": ["extraction"], "models": ["gpt-4o-mini"] });
    let one = token(&room, &session, &asked).await;
    for (label, status) in [("extraction", 200), ("cv_draft", 403)] {
        let request = chat("gpt-4o-mini").header("x-signalbox-task", label);
        assert_eq!(send(room.gateway(), request, &one).await.status, status, "{label}");
    }
}

#[tokio::test]
async fn a_token_is_shown_once_and_is_in_no_other_answer_and_in_no_file() {
    let (mut room, session) = served().await;
    let asked = json!({ "name": "shop" });
    let again = || {
        let request = Request::new("POST", TOKENS).bearer(&session.access).header("idempotency-key", "one");
        room.send(request.json(&asked))
    };
    let first = again().await;
    let made = first.data()["token"].as_str().unwrap().to_owned();
    let second = again().await;
    assert_eq!((second.status, second.header("idempotency-replayed")), (201, Some("true")));
    assert_eq!((&second.data()["token"], &second.data()["made"]), (&Value::Null, &first.data()["made"]));
    assert_eq!(first.data()["made"]["last_four"].as_str(), Some(&made[made.len() - 4..]));
    for path in [TOKENS, "/api/v1/super-admin/tokens/1", "/api/v1/super-admin/audit-log"] {
        let reply = room.get(&session, path).await;
        reply.data();
        assert!(!reply.text.contains(&made), "{path}");
    }
    room.stop().await;
    let (mut searched, mut folders) = (0, vec![room.config().data_dir]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(path).unwrap();
            assert!(!bytes.windows(made.len()).any(|window| window == made.as_bytes()));
            searched += 1;
        }
    }
    // The database and its mark, or what waits for the one elsewhere.
    assert!(searched >= if ON_POSTGRES { 1 } else { 2 });
    // Past the encryption: what the database itself holds.
    let site = Site::open(&room.config()).await.unwrap();
    let stored = site.store().application_tokens().await.unwrap();
    assert_eq!(stored.len(), 1);
    assert!(!format!("{stored:?}").contains(&made));
    site.close().await;
}

#[tokio::test]
async fn a_token_ends_with_its_time_and_at_once_when_it_is_revoked() {
    let (room, session) = served().await;
    let short = token(&room, &session, &json!({ "name": "short", "expires_in_days": 1 })).await;
    let long = token(&room, &session, &json!({ "name": "long" })).await;
    for one in [&short, &long] {
        assert_eq!(send(room.gateway(), chat("gpt-4o-mini"), one).await.status, 200);
    }
    let revoke = || room.send(Request::new("DELETE", &format!("{TOKENS}/2")).bearer(&session.access));
    assert_eq!(revoke().await.data()["state"], "revoked");
    assert_eq!(revoke().await.status, 200);
    assert_eq!(send(room.gateway(), chat("gpt-4o-mini"), &long).await.status, 401);
    room.pass(DAY);
    let reply = send(room.gateway(), chat("gpt-4o-mini"), &short).await;
    assert_eq!((reply.status, reply.text.contains("expired")), (401, true), "{}", reply.text);
}

#[tokio::test]
async fn making_and_ending_a_token_needs_the_second_factor_and_leaves_an_entry() {
    let (room, admin, session) = Room::open().await;
    let made = create(&room, &session, &json!({ "name": "shop", "daily_tokens": 5_000 })).await;
    assert_eq!(made.status, 201, "{}", made.text);
    room.pass(Duration::from_secs(299));
    let refreshed = json!({ "refresh_token": session.refresh });
    let refreshed = room.send(Request::new("POST", "/api/v1/auth/refresh").json(&refreshed)).await;
    let session = Session::of(&refreshed);
    room.pass(Duration::from_secs(2));
    assert_eq!(create(&room, &session, &json!({ "name": "shop" })).await.code(), "mfa_required");
    let one = format!("{TOKENS}/1");
    assert_eq!(room.send(Request::new("DELETE", &one).bearer(&session.access)).await.code(), "mfa_required");
    let proof = json!({ "code": admin.code(room.now()) });
    room.send(Request::new("POST", "/api/v1/auth/step-up").bearer(&session.access).json(&proof)).await.data();
    room.send(Request::new("DELETE", &one).bearer(&session.access)).await.data();
    let log = room.get(&session, "/api/v1/super-admin/audit-log?target=token/1").await;
    let actions: Vec<_> =
        log.data().as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect();
    assert_eq!(actions, [json!("token.revoke"), json!("token.create")]);
    assert_eq!(log.data()[1]["after"]["daily_tokens"], 5_000);
    assert_eq!(room.get(&session, &format!("{TOKENS}/2")).await.code(), "not_found");
}

#[tokio::test]
async fn what_is_wrong_with_a_token_to_be_is_named_field_by_field() {
    let (room, _, session) = Room::open().await;
    let asked = json!({ "name": "", "tasks": ["no task"], "expires_in_days": 400, "monthly_tokens": 0 });
    let reply = create(&room, &session, &asked).await;
    let fields: Vec<_> =
        reply.body["error"]["fields"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["name", "tasks[0]", "monthly_tokens", "expires_in_days"].map(|name| json!(name)));
    let reply = create(&room, &session, &json!({ "name": "a", "modles": [] })).await;
    assert!(reply.text.contains("Did you mean `models`?"), "{}", reply.text);
}

#[tokio::test]
async fn all_calls_of_a_token_share_its_quota_also_over_a_restart() {
    let (mut room, session) = served().await;
    let asked = json!({ "name": "shop", "daily_tokens": 2_000 });
    let shop = token(&room, &session, &asked).await;
    let other = token(&room, &session, &json!({ "name": "other" })).await;
    let mut served = 0;
    let refused = loop {
        // Each by another user: the quota is the token's.
        let request = chat("gpt-4o-mini").header("x-signalbox-user", &format!("user {served}"));
        let reply = send(room.gateway(), request, &shop).await;
        if reply.status != 200 {
            break reply;
        }
        served += 1;
    };
    assert!(served > 0 && refused.status == 429, "{served}: {}", refused.text);
    assert!(refused.text.contains("application_daily_tokens"), "{}", refused.text);
    room.stop().await;
    room.start().await;
    assert_eq!(send(room.gateway(), chat("gpt-4o-mini"), &shop).await.status, 429);
    assert_eq!(send(room.gateway(), chat("gpt-4o-mini"), &other).await.status, 200);
}

#[tokio::test]
async fn requests_a_minute_are_each_tokens_own_and_each_users() {
    let (mut room, session) = served().await;
    let asked = json!({ "name": "shop", "requests_per_minute": 3 });
    let shop = token(&room, &session, &asked).await;
    let other = token(&room, &session, &json!({ "name": "other" })).await;
    let quota = UserQuota {
        user: "ann".into(),
        daily_tokens: None,
        monthly_tokens: None,
        requests_per_minute: Some(2),
    };
    room.at_console(async |site, _| {
        let act =
            Act { actor: "console".into(), machine: "m".into(), action: "quota.save", at: Timestamp(1) };
        site.store().save_quotas(&[quota], &act).await.unwrap();
    })
    .await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(send(room.gateway(), chat("gpt-4o-mini"), &shop).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
    statuses.clear();
    for user in ["ann", "ann", "ann", "bob"] {
        let request = chat("gpt-4o-mini").header("x-signalbox-user", user);
        statuses.push(send(room.gateway(), request, &other).await.status);
    }
    assert_eq!(statuses, [200, 200, 429, 200]);
}

#[tokio::test]
async fn the_log_names_the_application_by_its_token_and_no_client_chooses_its_rows_id() {
    let (mut room, session) = served().await;
    let shop = token(&room, &session, &json!({ "name": "shop" })).await;
    for _ in 0..2 {
        let request =
            chat("gpt-4o-mini").header("idempotency-key", "the same").header("user-agent", "another/1");
        let reply = send(room.gateway(), request, &shop).await;
        assert_eq!(reply.status, 200);
        assert_ne!(reply.header("x-request-id"), Some("the same"));
    }
    room.stop().await;
    let site = Site::open(&room.config()).await.unwrap();
    // Both were paid for, so both are counted.
    let page = site.store().calls(&CallFilter::default(), None, 10).await.unwrap();
    let clients: Vec<&str> = page.calls.iter().filter_map(|call| call.client.as_deref()).collect();
    assert_eq!(clients, ["shop"; 2]);
    site.close().await;
}

#[tokio::test]
async fn a_web_page_is_refused_even_with_a_token_and_any_host_is_served() {
    let (room, session) = served().await;
    let all = token(&room, &session, &json!({ "name": "shop" })).await;
    for origin in ["https://evil.example", "null"] {
        let reply = send(room.gateway(), chat("gpt-4o-mini").header("origin", origin), &all).await;
        assert_eq!(reply.status, 403);
        assert!(!reply.text.to_lowercase().contains("access-control"), "{}", reply.text);
    }
    let preflight = Request::new("OPTIONS", "/v1/chat/completions").header("origin", "https://evil.example");
    assert_eq!(preflight.send(room.gateway()).await.status, 403);
    let twice = send(room.gateway(), chat("gpt-4o-mini").header("host", "other.example"), &all).await;
    assert_eq!(twice.status, 400);
}

#[tokio::test]
async fn one_address_can_hold_both_and_neither_token_opens_the_other_door() {
    let (mut room, session) = served().await;
    let shop = token(&room, &session, &json!({ "name": "shop" })).await;
    room.stop().await;
    let site = Site::open(&room.config()).await.unwrap();
    let config = Config { gateway: GatewayPlace::Same, ..room.config() };
    let running = server::start(site, &config, room.options()).await.unwrap();
    assert_eq!(running.gateway(), running.address());
    let at = running.address().unwrap();
    assert_eq!(send(at, chat("gpt-4o-mini"), &shop).await.status, 200);
    assert_eq!(send(at, Request::new("GET", CONFIGS), &session.access).await.status, 200);
    assert_eq!(send(at, chat("gpt-4o-mini"), &session.access).await.status, 401);
    for path in [CONFIGS, TOKENS, "/api/v1/auth/me"] {
        assert_eq!(send(at, Request::new("GET", path), &shop).await.status, 401, "{path}");
    }
    running.stop().await;
    let site = Site::open(&room.config()).await.unwrap();
    let off = Config { gateway: GatewayPlace::Off, ..room.config() };
    let running = server::start(site, &off, room.options()).await.unwrap();
    let reply = send(running.address().unwrap(), chat("gpt-4o-mini"), &shop).await;
    assert_eq!((running.gateway(), reply.status), (None, 401));
    running.stop().await;
}
