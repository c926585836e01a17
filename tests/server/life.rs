//! A server's life: it ends in order, comes back as it was, and holds nobody's connection for nothing.

use std::time::Duration;

use model::{
    ProviderType::{Gemini, OpenAi},
    Timestamp,
    remote::CreateToken,
};
use serde_json::json;
use server::{Seeded, Site, SiteError};
use store::Spender;
use tokio::{io::AsyncReadExt, net::TcpStream};

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{ON_POSTGRES, Room},
};

#[tokio::test]
async fn probes_answer_without_a_session_and_every_answer_forbids_to_be_kept() {
    let (room, _) = Room::new().await;
    for path in ["/healthz", "/readyz"] {
        let reply = room.send(Request::new("GET", path)).await;
        assert_eq!(reply.data(), &json!({ "status": "ok" }));
    }
    for path in ["/healthz", CONFIGS, "/nothing"] {
        let reply = room.send(Request::new("GET", path)).await;
        assert_eq!(
            (reply.header("cache-control"), reply.header("x-content-type-options")),
            (Some("no-store"), Some("nosniff"))
        );
    }
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_restart_and_a_session_goes_on() {
    let (mut room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let created = room.create(&session, &body).await;
    room.stop().await;
    room.start().await;
    assert_eq!(room.get(&session, &format!("{CONFIGS}/1")).await.data(), created.data());
    let tested = room.send(Request::new("POST", &format!("{CONFIGS}/1/test")).bearer(&session.access)).await;
    assert_eq!(tested.data()["is_valid"], true);
}

#[tokio::test]
async fn a_request_under_way_is_answered_when_the_server_ends_and_no_other_is_begun() {
    let (mut room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let id = room.create(&session, &body).await.data()["id"].clone();
    // The vendor lets the test wait until its time is over.
    room.simulator.set_fault("test-openai-key-0001", Some(simulator::Fault::Stall));
    room.simulator.clear_journal();
    let address = room.address();
    let request = Request::new("POST", &format!("{CONFIGS}/{id}/test")).bearer(&session.access);
    let answered = tokio::spawn(request.send(address));
    while room.simulator.journal().is_empty() {
        tokio::task::yield_now().await;
    }
    room.stop().await;
    let reply = answered.await.unwrap();
    assert_eq!((reply.status, &reply.data()["is_valid"]), (200, &json!(false)));
    assert!(TcpStream::connect(address).await.is_err());
    // The database is closed: it can be opened by the next one at once.
    room.start().await;
    assert_eq!(room.get(&session, &format!("{CONFIGS}/{id}")).await.data()["last_test_success"], false);
}

#[tokio::test]
async fn a_client_that_left_finds_with_its_key_what_it_had_asked_for() {
    let (room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let create = || {
        Request::new("POST", CONFIGS).bearer(&session.access).header("idempotency-key", "left").json(&body)
    };
    room.simulator.set_fault("test-openai-key-0001", Some(simulator::Fault::Slow));
    room.simulator.clear_journal();
    let first = tokio::spawn(create().send(room.address()));
    while room.simulator.journal().is_empty() {
        tokio::task::yield_now().await;
    }
    // The vendor has been asked, and nobody waits for the answer any more.
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    let answered = async {
        loop {
            let again = room.send(create()).await;
            if again.status != 409 {
                return again;
            }
            assert_eq!(again.code(), "idempotency_running");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let again = tokio::time::timeout(Duration::from_secs(20), answered).await.expect("it never ends");
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, Some("true")));
    let list = room.get(&session, CONFIGS).await;
    assert_eq!(list.body["data"].as_array().map(Vec::len), Some(1), "{}", list.text);
}

#[tokio::test]
async fn a_client_that_does_not_come_to_the_end_of_its_headers_is_cut() {
    let (room, _) = Room::new().await;
    let mut slow = TcpStream::connect(room.address()).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut slow, b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ")
        .await
        .unwrap();
    let mut answer = Vec::new();
    // The limit is ten seconds; the test fails at the time limit of its own when nobody cuts.
    let cut = tokio::time::timeout(Duration::from_secs(30), slow.read_to_end(&mut answer)).await;
    assert!(cut.is_ok(), "the connection is still open");
    if !answer.is_empty() {
        assert_eq!(Reply::of(String::from_utf8(answer).unwrap()).status, 408);
    }
}

#[tokio::test]
async fn a_second_server_is_told_that_the_database_is_in_use() {
    let (room, _) = Room::new().await;
    let second = Site::open(&room.config()).await;
    if ON_POSTGRES {
        // There it may be one of several.
        return second.unwrap().close().await;
    }
    assert!(second.is_err_and(|error| error.to_string().contains("another program")));
}

#[tokio::test]
async fn another_root_key_is_told_from_damage_and_init_touches_nothing() {
    let (mut room, _) = Room::new().await;
    room.stop().await;
    let config = room.config();
    assert!(matches!(Site::make(&config).await, Err(SiteError::Exists)));
    let key = config.root_key_file();
    let kept = std::fs::read(&key).unwrap();
    std::fs::write(&key, [7; 32]).unwrap();
    let other = Site::open(&config).await.err().unwrap();
    let is_other = |error: &SiteError| {
        matches!(error, SiteError::OtherKey | SiteError::Postgres(store::ConnectError::OtherKey))
    };
    assert!(is_other(&other), "{other}");
    std::fs::write(&key, kept).unwrap();
    if ON_POSTGRES {
        return Site::open(&config).await.unwrap().close().await;
    }
    let database = std::fs::read_dir(&config.data_dir).unwrap().map(|entry| entry.unwrap().path());
    let database = database.into_iter().find(|path| path.extension().is_some_and(|end| end == "db")).unwrap();
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[5_000] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    assert!(matches!(Site::open(&config).await, Err(SiteError::Database(_))));
}

#[tokio::test]
async fn seeding_from_the_environment_makes_each_configuration_once() {
    let (mut room, _, session) = Room::open().await;
    let urls = [Gemini, OpenAi].map(|kind| room.simulator.base_url(kind));
    let environment = move |name: &str| {
        let value = match name {
            "GEMINI_API_KEY" => "test-gemini-key-0001",
            "GEMINI_MODEL_FAST" => "gemini-2.5-flash",
            "GEMINI_BASE_URL" => &urls[0],
            "OPENAI_API_KEY" => "test-openai-key-0001",
            "OPENAI_BASE_URL" => &urls[1],
            _ => return None,
        };
        Some(value.to_owned())
    };
    let mut outcomes = Vec::new();
    for _ in 0..2 {
        room.stop().await;
        let site = Site::open(&room.config()).await.unwrap();
        outcomes.push(server::seed(site, room.options(), &environment).await.unwrap());
        room.start().await;
    }
    assert!(outcomes[0].iter().all(|one| matches!(one, Seeded::Made { .. })), "{:?}", outcomes[0]);
    assert!(outcomes[1].iter().all(|one| matches!(one, Seeded::There { .. })), "{:?}", outcomes[1]);
    let list = room.get(&session, CONFIGS).await;
    let list = list.data().as_array().unwrap();
    assert_eq!(list.len(), 2);
    for switch in [
        "is_active",
        "is_default",
        "default_for_extraction",
        "default_for_cv_draft",
        "default_for_cover_letter",
        "default_for_validation",
    ] {
        assert_eq!(
            (&list[0][switch], &list[0]["provider_type"]),
            (&json!(true), &json!("gemini")),
            "{switch}"
        );
    }
    assert_eq!((&list[1]["is_default"], &list[1]["created_by_id"]), (&json!(false), &json!(null)));
}

#[tokio::test]
async fn an_application_is_served_with_its_token_and_what_it_used_is_written_at_the_end() {
    let (mut room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    body["is_default"] = json!(true);
    room.create(&session, &body).await.data();
    let token = room
        .at_console(async |site, options| {
            let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
            server::make_token(site, asked, &options.now).await.unwrap().token.unwrap()
        })
        .await;
    let ask =
        json!({ "model": "task:extraction", "messages": [{ "role": "user", "content": "Say hello." }] });
    let call = |token: &str| {
        let request =
            Request::new("POST", "/v1/chat/completions").header("authorization", &format!("Bearer {token}"));
        request.json(&ask).send(room.gateway())
    };
    assert_eq!(call(&token).await.status, 200);
    // The tokens of the two doors are not each other's.
    assert_eq!(call(&session.access).await.status, 401);
    assert_eq!(room.send(Request::new("GET", CONFIGS).bearer(&token)).await.status, 401);
    room.stop().await;
    let site = Site::open(&room.config()).await.unwrap();
    let spent = site.store().spent_since(Spender::Config(1), Timestamp(0)).await.unwrap();
    site.close().await;
    assert_eq!(spent.calls, 1);
}

#[tokio::test]
async fn the_log_of_acts_verifies_after_all_of_it() {
    let (mut room, _, session) = Room::open().await;
    let body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &body).await.data();
    let verified = room.at_console(async |site, _| site.store().verify_audit(Vec::new()).await.unwrap()).await;
    assert_eq!(verified.broken, None);
    assert!(verified.entries >= 4, "{}", verified.entries);
}
