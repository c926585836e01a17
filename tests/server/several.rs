//! Several servers on one PostgreSQL, and one whose database goes away.

use std::{fs, net::SocketAddr, sync::Arc, time::Duration};

use bundle::SigningKey;
use model::{ProviderType::OpenAi, remote::CreateToken};
use rig_postgres::Postgres;
use serde_json::{Value, json};
use server::{Running, Site, config::Config};
use tokio::time::{Instant, sleep, timeout};

use crate::{
    bundles::{self, BUNDLES, Desk},
    client::{CONFIGS, Reply, Request},
    room::{Room, Session},
};

/// A server with a default that answers, and the token of its applications.
pub async fn serving(postgres: Arc<Postgres>) -> (Room, Session, Value, String) {
    served(Room::on(Some(postgres)).await).await
}

/// The same of a server that nobody has a password for yet.
pub async fn served(made: (Room, String)) -> (Room, Session, Value, String) {
    let (mut room, _, session) = Room::taken_up(made).await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    body["is_default"] = json!(true);
    let id = room.create(&session, &body).await.data()["id"].clone();
    let token = room
        .at_console(async |site, options| {
            let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
            server::make_token(site, asked, &options.now).await.unwrap().token.unwrap()
        })
        .await;
    (room, session, id, token)
}

pub async fn call(gateway: SocketAddr, token: &str) -> Reply {
    let ask =
        json!({ "model": "task:extraction", "messages": [{ "role": "user", "content": "Say hello." }] });
    let request =
        Request::new("POST", "/v1/chat/completions").header("authorization", &format!("Bearer {token}"));
    request.json(&ask).send(gateway).await
}

/// Another server with the same root key, and a folder of its own.
async fn another(room: &Room) -> Running {
    another_in(room, "another").await
}

async fn another_in(room: &Room, folder: &str) -> Running {
    let config = Config { data_dir: room.data.path().join(folder), ..beside(room) };
    let site = Site::open(&config).await.unwrap();
    server::start(site, &config, room.options()).await.unwrap()
}

fn beside(room: &Room) -> Config {
    let first = room.config();
    Config { root_key: Some(first.root_key_file()), data_dir: room.data.path().join("another"), ..first }
}

/// Rows of the log, and what the sums say.
fn counted(room: &Room) -> String {
    let (postgres, url) = room.postgres.as_ref().unwrap();
    let sql = "SELECT (SELECT count(*) FROM ai_provider_usage_logs) || ' rows, '
               || (SELECT coalesce(sum(calls), 0) FROM usage_days) || ' counted'";
    postgres.by_hand(url, sql)
}

pub async fn counts(room: &Room, calls: u64) {
    let wanted = format!("{calls} rows, {calls} counted");
    let back = async {
        while counted(room) != wanted {
            sleep(Duration::from_millis(100)).await;
        }
    };
    let came = timeout(Duration::from_secs(60), back).await;
    assert!(came.is_ok(), "{}", counted(room));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_at_one_server_decides_about_calls_at_another_within_a_second() {
    let (room, session, id, token) = serving(Postgres::shared()).await;
    let other = another(&room).await;
    let gateway = other.gateway().unwrap();
    assert_eq!(call(gateway, &token).await.status, 200);
    // A session of the one is one of the other.
    let list = Request::new("GET", CONFIGS).bearer(&session.access).send(other.address().unwrap()).await;
    assert_eq!(list.data().as_array().unwrap().len(), 1);
    room.put(&session, &id, &json!({ "is_default": false })).await.data();
    let changed = Instant::now();
    while call(gateway, &token).await.status == 200 {
        assert!(changed.elapsed() < Duration::from_secs(1), "it still serves by what was before");
    }
    room.put(&session, &id, &json!({ "is_default": true })).await.data();
    let changed = Instant::now();
    while call(gateway, &token).await.status != 200 {
        assert!(changed.elapsed() < Duration::from_secs(1), "it does not serve yet");
    }
    other.stop().await;
}

/// A call of few tokens of an application's.
async fn small(gateway: SocketAddr, token: &str, path: &str) -> Reply {
    let body = match path {
        "/v1/chat/completions" => {
            json!({ "model": "gpt-4o-mini", "max_completion_tokens": 16, "messages": [{ "role": "user", "content": "Say hello." }] })
        }
        _ => json!({ "text": "Signalman wanted in Erfurt, full time." }),
    };
    Request::new("POST", path).bearer(token).json(&body).send(gateway).await
}

/// Asks again and again until it is so; longer than a second is too long.
async fn within_a_second(what: &str, is_so: impl AsyncFn() -> bool) {
    let changed = Instant::now();
    while !is_so().await {
        assert!(changed.elapsed() < Duration::from_secs(1), "{what}: not after a second");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_limit_route_or_instruction_that_one_server_changes_holds_at_another_within_a_second() {
    const CHAT: &str = "/v1/chat/completions";
    const SUPER: &str = "/api/v1/super-admin";
    let (room, session, id, token) = serving(Postgres::shared()).await;
    let other = another(&room).await;
    let gateway = other.gateway().unwrap();
    let ask = async |method: &str, path: &str, body: Value| {
        let body = Some(&body).filter(|body| !body.is_null());
        room.ask(&session, method, &format!("{SUPER}/{path}"), body).await.data().clone()
    };
    let status = async |token: &str| small(gateway, token, CHAT).await.status;
    assert_eq!(status(&token).await, 200);

    let made = ask("POST", "tokens", json!({ "name": "another" })).await;
    let another = made["token"].as_str().unwrap();
    within_a_second("a new token is accepted", async || status(another).await == 200).await;
    ask("DELETE", &format!("tokens/{}", made["made"]["id"]), Value::Null).await;
    within_a_second("a revoked token is refused", async || status(another).await == 401).await;
    assert_eq!(status(&token).await, 200, "the other token is as good as before");

    // The first refused call is by the new limit, because the call before it used more than that.
    ask("PUT", &format!("providers/configs/{id}/limits"), json!({ "daily_token_limit": 1 })).await;
    within_a_second("a limit holds", async || status(&token).await == 429).await;
    ask("PUT", &format!("providers/configs/{id}/limits"), json!({ "daily_token_limit": null })).await;
    within_a_second("a limit is gone", async || status(&token).await == 200).await;

    ask("PUT", "quotas/*", json!({ "daily_tokens": 1 })).await;
    within_a_second("a quota holds", async || status(&token).await == 429).await;
    ask("DELETE", "quotas/*", Value::Null).await;
    within_a_second("a quota is gone", async || status(&token).await == 200).await;

    let price = json!({ "input_usd_per_mtok": "1000", "output_usd_per_mtok": "1000" });
    let cost = async || small(gateway, &token, CHAT).await.header("x-signalbox-cost-usd").map(str::to_owned);
    let before = cost().await;
    assert!(before.is_some());
    ask("PUT", &format!("providers/configs/{id}/price"), price).await;
    within_a_second("a price holds", async || cost().await != before).await;

    let mut second = room.create_body(OpenAi, "gpt-4o", "test-openai-key-0002");
    second["display_name"] = json!("Second");
    let second = room.create(&session, &second).await.data()["id"].clone();
    let served_by = async || call(gateway, &token).await.header("x-signalbox-provider").map(str::to_owned);
    let first = served_by().await;
    assert!(first.is_some());
    ask("PUT", "tasks/extraction", json!({ "chain": [{ "config_id": second }] })).await;
    within_a_second("a route holds", async || served_by().await != first).await;

    ask("PUT", "tasks/extraction/prompt", json!({ "prompt": "Only what is written." })).await;
    let instructed = async || {
        small(gateway, &token, "/api/v1/tasks/extraction").await;
        let journal = room.simulator.journal();
        let sent = journal.iter().rev().find(|one| one.path_and_query.ends_with("/responses"));
        sent.is_some_and(|one| {
            one.body.as_ref().unwrap()["instructions"].to_string().contains("Only what is")
        })
    };
    within_a_second("instructions hold", instructed).await;
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_at_three_servers_take_no_more_in_a_minute_than_one_limit_allows() {
    const CHAT: &str = "/v1/chat/completions";
    let (room, session, id, token) = serving(Postgres::shared()).await;
    let limits = format!("/api/v1/super-admin/providers/configs/{id}/limits");
    let (postgres, url) = room.postgres.as_ref().unwrap();
    let mut logged = 0;
    // A call reserves far more tokens than it takes, so most of a thousand at once find no room.
    for (limit, other, cap, least, of) in [
        ("requests_per_minute", "tokens_per_minute", 60, 45, "count(*)"),
        ("tokens_per_minute", "requests_per_minute", 4_000, 1, "coalesce(sum(total_tokens), 0)"),
    ] {
        room.ask(&session, "PUT", &limits, Some(&json!({ limit: cap, other: null }))).await.data();
        // They come up with the limit, so that nobody goes by what was before.
        let others = [another_in(&room, "second").await, another_in(&room, "third").await];
        let gateways = [room.gateway(), others[0].gateway().unwrap(), others[1].gateway().unwrap()];
        let began = Instant::now();
        let calls: Vec<_> = (0..1_000)
            .map(|caller| {
                let (gateway, token) = (gateways[caller % 3], token.clone());
                tokio::spawn(async move { small(gateway, &token, CHAT).await })
            })
            .collect();
        let mut good = 0;
        for call in calls {
            let reply = call.await.unwrap();
            good += u64::from(reply.status == 200);
            // 503 is told where no share is granted in time, which a busy computer may take too long for.
            assert!([200, 429, 503].contains(&reply.status), "{}", reply.text);
            let told = reply.text.contains(limit) && reply.header("retry-after").is_some();
            assert!(reply.status != 429 || told, "{}", reply.text);
        }
        let minutes = began.elapsed().as_secs() / 60 + 1;
        for other in others {
            other.stop().await;
        }
        counts(&room, logged + good).await;
        let sql = format!(
            "SELECT {of} FROM (SELECT * FROM ai_provider_usage_logs ORDER BY id OFFSET {logged}) of_this_limit"
        );
        let taken: u64 = postgres.by_hand(url, &sql).parse().unwrap();
        // One limit for each minute that it took: a busy computer may need more than one.
        assert!(taken <= cap * minutes, "{taken} of {cap} in {minutes}");
        assert!(taken >= least, "{taken} of {cap}: it is refused long before it is used up");
        logged += good;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_logged_out_or_loses_the_role_at_one_server_is_refused_at_another() {
    let (mut room, session, _, _) = serving(Postgres::shared()).await;
    let invite = async |site: &Site, options: &server::Options| {
        let invited = server::invite(site, "ann", server::Role::SuperAdmin, &options.now).await;
        invited.ok().unwrap().token.to_string()
    };
    let token = room.at_console(invite).await;
    let ann = room.take_up(&token, "plover lantern of ann").await;
    let other = another(&room).await;
    let at = other.address().unwrap();
    let status =
        async |session: &Session| Request::new("GET", CONFIGS).bearer(&session.access).send(at).await.status;
    // A session is looked up with each request, so there is nothing to wait for.
    let hers = room.log_in(&ann).await;
    assert_eq!(status(&hers).await, 200);
    room.ask(&hers, "POST", "/api/v1/auth/logout", None).await.data();
    assert_eq!(status(&hers).await, 401);
    let refresh = json!({ "refresh_token": hers.refresh });
    let refreshed = Request::new("POST", "/api/v1/auth/refresh").json(&refresh).send(at).await;
    assert_eq!(refreshed.status, 401, "{}", refreshed.text);
    let hers = room.log_in(&ann).await;
    assert_eq!(status(&hers).await, 200);
    let user = json!({ "role": "user" });
    room.ask(&session, "PUT", "/api/v1/super-admin/users/2", Some(&user)).await.data();
    assert_eq!(status(&hers).await, 401);
    let hers = room.log_in(&ann).await;
    assert_eq!(status(&hers).await, 403);
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn while_the_database_is_away_calls_go_on_and_each_is_counted_once_when_it_is_back() {
    let postgres = Arc::new(Postgres::start());
    let (mut room, session, _, token) = serving(Arc::clone(&postgres)).await;
    for _ in 0..3 {
        assert_eq!(call(room.gateway(), &token).await.status, 200);
    }
    postgres.kill();
    for _ in 0..5 {
        assert_eq!(call(room.gateway(), &token).await.status, 200, "by what was read last");
    }
    let refused = room.get(&session, CONFIGS).await;
    assert_eq!((refused.status, refused.code()), (503, "storage"));
    assert_eq!(room.send(Request::new("GET", "/readyz")).await.status, 503);
    assert_eq!(room.send(Request::new("GET", "/healthz")).await.status, 200);
    let starting = Arc::clone(&postgres);
    tokio::task::spawn_blocking(move || starting.restart()).await.unwrap();
    counts(&room, 8).await;
    room.get(&session, CONFIGS).await.data();
    // The end of a server writes what is left, and nothing of it twice.
    room.stop().await;
    room.start().await;
    counts(&room, 8).await;
    // A server whose database dies under it and which ends meanwhile loses nothing either.
    assert_eq!(call(room.gateway(), &token).await.status, 200);
    postgres.kill();
    assert_eq!(call(room.gateway(), &token).await.status, 200);
    room.stop().await;
    let starting = Arc::clone(&postgres);
    tokio::task::spawn_blocking(move || starting.restart()).await.unwrap();
    room.start().await;
    counts(&room, 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bundle_that_one_server_takes_decides_about_calls_at_another_within_a_second() {
    let (mut room, session, id, token) = serving(Postgres::shared()).await;
    let desk = Desk::trusted(&mut room).await;
    let other = another(&room).await;
    let gateway = other.gateway().unwrap();
    room.put(&session, &id, &json!({ "is_default": false })).await.data();
    let changed = Instant::now();
    while call(gateway, &token).await.status == 200 {
        assert!(changed.elapsed() < Duration::from_secs(1), "it still serves by what was before");
    }
    let contents = bundles::one(&room, "From the desk", "test-openai-key-0002");
    let text = desk.made(&room, 4, &contents);
    bundles::upload(&room, &session, &text).await.data();
    let applied = Instant::now();
    while call(gateway, &token).await.status != 200 {
        assert!(applied.elapsed() < Duration::from_secs(1), "it does not serve by the bundle yet");
    }
    // Each server says the same of it, and it is refused at the other as at the one.
    let shown = Request::new("GET", BUNDLES).bearer(&session.access).send(other.address().unwrap()).await;
    assert_eq!(shown.data(), room.get(&session, BUNDLES).await.data());
    assert_eq!(shown.data()["accepted"][0]["serial"], 4);
    let again = Request::new("POST", BUNDLES).bearer(&session.access).json(&json!({ "bundle": text }));
    assert_eq!(again.send(other.address().unwrap()).await.code(), "bundle_refused");
    other.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_look_into_one_folder_put_a_bundle_in_force_once_and_refuse_nothing() {
    let (mut room, session, _, _) = serving(Postgres::shared()).await;
    let desk = Desk::trusted(&mut room).await;
    let other = another(&room).await;
    let folder = tempfile::tempdir().unwrap();
    room.watch(folder.path());
    other.watch(folder.path().to_owned());
    let serial = async || room.get(&session, BUNDLES).await.data()["accepted"][0]["serial"].as_u64();
    for number in 1..=4 {
        let contents = bundles::one(&room, &format!("Number {number}"), "test-openai-key-0002");
        let staged = folder.path().join("staged");
        fs::write(&staged, desk.made(&room, number, &contents)).unwrap();
        fs::rename(&staged, folder.path().join(desk.server.file_name(number))).unwrap();
        let in_force = async {
            while serial().await != Some(number) {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(60), in_force).await.expect("it is not in force");
    }
    // Both end first, so that what the slower one makes of the last is in the log, too.
    other.stop().await;
    room.stop().await;
    room.start().await;
    let acts = async |action: &str| {
        let found =
            room.get(&session, &format!("/api/v1/super-admin/audit-log?action={action}&limit=100")).await;
        found.data().as_array().unwrap().clone()
    };
    assert_eq!(acts("bundle.refused").await, Vec::<Value>::new());
    let applied = acts("bundle.apply").await;
    assert_eq!(applied.iter().filter(|entry| entry["after"]["serial"].is_u64()).count(), 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bundle_in_a_folder_waits_until_its_key_is_trusted() {
    let (mut room, session, _, _) = serving(Postgres::shared()).await;
    let met = Desk::trusted(&mut room).await;
    // Of another vault, which nobody here has met.
    let key = SigningKey::make("signalbox/fedcba9876543210fedcba9876543210", "sb-2026-7").unwrap();
    let desk = Desk { key, ..met };
    let folder = tempfile::tempdir().unwrap();
    let contents = bundles::one(&room, "Of another vault", "test-openai-key-0002");
    fs::write(folder.path().join(desk.server.file_name(1)), desk.made(&room, 1, &contents)).unwrap();
    room.watch(folder.path());
    bundles::refused(&room, &session, 1).await;
    bundles::look_twice(&room, &session, folder.path()).await;
    assert_eq!(bundles::refused(&room, &session, 3).await, 3);
    let (file, public) = (desk.files.path().join("other.json"), desk.key.public());
    fs::write(&file, public.file()).unwrap();
    let site = Site::open(&beside(&room)).await.unwrap();
    let print = public.fingerprint().to_string();
    server::bundle::trust(&site, &file, Some(&print), &room.options().now).await.unwrap();
    site.close().await;
    let serial = async || room.get(&session, BUNDLES).await.data()["accepted"][0]["serial"].as_u64();
    bundles::until(async || serial().await == Some(1)).await;
}
