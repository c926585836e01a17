//! The desktop's own commands against running servers: what a person sees before anything is done, decides and carries out, what
//! the vault keeps of it, and what never leaves it.

use std::time::Duration;

use journeys::{PASSWORD, existing};
use model::{FailureCode, ProviderType, vault::DeskEvent};
use serde_json::{Value, json};

use crate::{
    client::CONFIGS,
    room::{ADMIN_PASSWORD, Person, Room, Session},
};

pub const KEY: &str = "test-openai-key-0001";

/// A desk that a server is connected with.
pub struct Desk {
    pub room: journeys::Room,
    pub remote: Value,
}

async fn connected(desk: &journeys::Room, server: &Room, admin: &Person, name: &str) -> Value {
    let saved = desk
        .send(
            "save_remote",
            json!({ "id": null, "name": name, "address": format!("http://{}", server.address()), "pin": null,
                "way": "password", "user_name": admin.name, "secret": ADMIN_PASSWORD, "forget_secret": false }),
        )
        .await
        .unwrap();
    let id = saved["id"].clone();
    log_in(desk, server, admin, &id).await;
    id
}

/// By the password that is kept in the vault, and a code.
pub async fn log_in(desk: &journeys::Room, server: &Room, admin: &Person, id: &Value) {
    server.pass(Duration::from_secs(30));
    let code = admin.code(server.now());
    let remote =
        desk.send("connect_remote", json!({ "id": id, "secret": null, "code": code })).await.unwrap();
    assert_eq!(remote["session"], json!({ "user_name": "admin", "role": "super_admin" }));
}

impl Desk {
    async fn open(server: &Room, admin: &Person) -> Self {
        let room = journeys::Room::open().await;
        let remote = connected(&room, server, admin, "").await;
        Self { room, remote }
    }

    pub async fn look(&self) -> Value {
        let view =
            self.room.send("look_at_remote", json!({ "id": self.remote, "accept": null })).await.unwrap();
        view["state"]["ready"].clone()
    }

    pub async fn run(&self, direction: &str) -> Value {
        let look = self.look().await;
        let order = json!({ "id": self.remote, "look": look["look"], "direction": direction, "only": null, "run": 1 });
        let done = self.room.send("run_sync", order).await.unwrap();
        assert_eq!((&done["undone"], &done["stopped"]), (&json!([]), &Value::Null));
        done
    }

    pub async fn choose_key(&self, provider: &Value) -> Value {
        let choice = json!({ "id": self.remote, "provider": provider["id"], "send": true });
        self.room.send("choose_sync_key", choice).await.unwrap()
    }

    pub async fn edit(&self, field: &str, value: Value) {
        let saved = self.room.list().await[0].clone();
        let mut draft = form(&self.room, &saved);
        draft[field] = value;
        let request = json!({ "existing": existing(&saved), "draft": draft, "api_key": null, "remove_key": false,
            "save_anyway": true, "run": 1 });
        self.room.send("save_provider", request).await.unwrap();
    }
}

fn form(room: &journeys::Room, saved: &Value) -> Value {
    let mut draft = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    let fields = draft.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for field in fields.into_iter().filter(|field| !saved[field].is_null()) {
        draft[&field] = saved[&field].clone();
    }
    draft
}

/// A provider of the desk whose vendor is the server's, too.
async fn add(desk: &journeys::Room, server: &Room) -> Value {
    add_called(desk, server, "One").await
}

pub async fn add_called(desk: &journeys::Room, server: &Room, name: &str) -> Value {
    let mut form = desk.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["base_url"] = json!(server.simulator.base_url(ProviderType::OpenAi));
    form["display_name"] = json!(name);
    desk.add(&form, Some(KEY)).await
}

pub async fn there(server: &Room, session: &Session) -> Value {
    server.get(session, CONFIGS).await.data().clone()
}

/// One desk and one server that agree about one provider.
pub async fn agreed() -> (Desk, Value, Room, Person, Session) {
    let (server, admin, session) = Room::open().await;
    let desk = Desk::open(&server, &admin).await;
    let provider = add(&desk.room, &server).await;
    desk.choose_key(&provider).await;
    desk.run("both").await;
    (desk, provider, server, admin, session)
}

#[tokio::test]
async fn a_provider_goes_up_when_its_key_was_chosen_and_not_before() {
    let (server, admin, session) = Room::open().await;
    let desk = Desk::open(&server, &admin).await;
    let provider = add(&desk.room, &server).await;
    let look = desk.look().await;
    let one = &look["differences"][0];
    assert_eq!((&one["kind"], &one["name"], &one["waits"]), (&json!("new_here"), &json!("One"), &json!("")));
    assert_eq!(one["key"], json!({ "is_here": true, "last_four": "0001", "goes_up": false }));
    assert_eq!(look["up"], json!(0));
    desk.run("both").await;
    assert_eq!(there(&server, &session).await, json!([]));
    let view = desk.choose_key(&provider).await;
    assert_eq!(view["state"]["ready"]["up"], json!(1));
    let done = desk.run("push").await;
    assert_eq!((&done["up"], &done["view"]["state"]["ready"]["differences"]), (&json!(1), &json!([])));
    assert!(done["view"]["remote"]["completed_at"].is_i64());
    let listed = there(&server, &session).await;
    assert_eq!(listed[0]["has_key"], json!(true));
    assert_eq!(listed[0]["last_test_success"], json!(true));
    // One step of one was taken, and the page was told.
    assert!(
        desk.room
            .host
            .events()
            .iter()
            .any(|event| matches!(event, DeskEvent::SyncProgress { done: 1, of: 1, .. }))
    );
    // What was chosen was that key once.
    desk.edit("description", json!("more")).await;
    assert_eq!(desk.look().await["differences"][0]["key"]["goes_up"], json!(false));
}

#[tokio::test]
async fn a_conflict_is_decided_field_by_field_and_both_sides_agree_after() {
    let (desk, _, server, _, session) = agreed().await;
    let number = there(&server, &session).await[0]["id"].clone();
    desk.edit("description", json!("from here")).await;
    desk.edit("daily_token_limit", json!(1_000)).await;
    let theirs =
        json!({ "description": "from there", "daily_token_limit": 2_000, "monthly_token_limit": 9_000 });
    server.put(&session, &number, &theirs).await.data();
    let look = desk.look().await;
    let one = &look["differences"][0];
    assert_eq!((&one["kind"], &look["up"], &look["down"]), (&json!("conflict"), &json!(0), &json!(0)));
    let undecided = |one: &Value| -> Vec<(usize, String)> {
        let fields = one["fields"].as_array().unwrap().iter().enumerate();
        let asked = fields.filter(|(_, field)| field["goes"]["undecided"] == json!("both_changed"));
        asked.map(|(place, field)| (place, field["name"].as_str().unwrap().to_owned())).collect()
    };
    let asked = undecided(one);
    assert_eq!(
        asked.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(),
        ["description", "daily_token_limit"]
    );
    let decide = |look: &Value, field: usize, take: &str| {
        json!({ "id": desk.remote, "look": look["look"],
            "decisions": [{ "difference": 0, "field": field, "take": take }] })
    };
    // Half of it decided, nothing of it goes.
    let view = desk.room.send("decide_sync", decide(&look, asked[0].0, "here")).await.unwrap();
    let half = view["state"]["ready"].clone();
    assert_eq!(undecided(&half["differences"][0]).len(), 1);
    desk.run("both").await;
    assert_eq!(there(&server, &session).await[0]["description"], "from there");
    // A look that was shown before answers nothing any more.
    let stale = desk.room.send("decide_sync", decide(&half, asked[1].0, "there")).await.unwrap_err();
    assert_eq!(stale.code, FailureCode::Conflict);
    let look = desk.look().await;
    let place = undecided(&look["differences"][0])[0].0;
    let view = desk.room.send("decide_sync", decide(&look, place, "there")).await.unwrap();
    assert_eq!(view["state"]["ready"]["differences"][0]["kind"], json!("changed_both"));
    let done = desk.run("both").await;
    assert_eq!(done["view"]["state"]["ready"]["differences"], json!([]));
    let (here, there) = (desk.room.list().await[0].clone(), there(&server, &session).await[0].clone());
    for (side, name) in [(&here, "here"), (&there, "there")] {
        let shown = [&side["description"], &side["daily_token_limit"], &side["monthly_token_limit"]];
        assert_eq!(shown, [&json!("from here"), &json!(2_000), &json!(9_000)], "{name}");
    }
    // The key that is here stayed what it was.
    assert_eq!(here["key_last_four"], json!("0001"));
}

#[tokio::test]
async fn what_was_begun_before_a_lock_goes_on_after_it_and_nothing_is_done_twice() {
    let (desk, _, server, admin, session) = agreed().await;
    desk.edit("description", json!("before the lock")).await;
    desk.look().await;
    desk.room.send("lock_vault", json!({})).await.unwrap();
    let locked =
        desk.room.send("look_at_remote", json!({ "id": desk.remote, "accept": null })).await.unwrap_err();
    assert_eq!(locked.code, FailureCode::Locked);
    desk.room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let view = desk.room.send("look_at_remote", json!({ "id": desk.remote, "accept": null })).await.unwrap();
    assert_eq!(view["state"], json!("logged_out"));
    log_in(&desk.room, &server, &admin, &desk.remote).await;
    assert_eq!(desk.run("both").await["up"], json!(1));
    let listed = there(&server, &session).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["description"], "before the lock");
}

#[tokio::test]
async fn what_is_deleted_on_one_side_is_deleted_on_the_other_and_a_place_comes_down() {
    let (desk, _, server, _, session) = agreed().await;
    let body = server.create_body(ProviderType::Claude, "claude-opus-5-5", "test-claude-key-0001");
    let new = server.create(&session, &body).await.data().clone();
    server.put(&session, &new["id"], &json!({ "is_default": true })).await.data();
    let done = desk.run("pull").await;
    assert_eq!(done["down"], json!(2));
    let list = desk.room.list().await;
    let claude = list.iter().find(|one| one["provider_type"] == "claude").unwrap();
    // It came without a key, as every one does.
    assert_eq!((&claude["has_key"], &claude["is_default"]), (&json!(false), &json!(true)));
    let first = there(&server, &session).await[0]["id"].clone();
    server.delete(&session, &first).await.data();
    let deletion = json!({ "existing": existing(claude), "typed_name": claude["display_name"] });
    desk.room.send("delete_provider", deletion).await.unwrap();
    let kinds: Vec<Value> =
        desk.look().await["differences"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert!(kinds.contains(&json!("deleted_there")) && kinds.contains(&json!("deleted_here")), "{kinds:?}");
    desk.run("both").await;
    assert_eq!((desk.room.list().await.len(), there(&server, &session).await), (0, json!([])));
}

#[tokio::test]
async fn no_model_comes_down_to_a_place_that_it_is_known_to_be_unable_to_fill() {
    let (desk, _, server, _, session) = agreed().await;
    let view = desk.room.send("view_routing", json!({})).await.unwrap();
    let mut routes = view["routes"].clone();
    let extraction =
        routes.as_array_mut().unwrap().iter_mut().find(|route| route["task"] == "extraction").unwrap();
    extraction["needs"]["context_tokens"] = json!(500_000);
    let save = json!({ "revision": view["revision"], "routes": [extraction] });
    desk.room.send("save_routes", save).await.unwrap();
    let id = there(&server, &session).await[0]["id"].clone();
    server.put(&session, &id, &json!({ "default_for_extraction": true, "description": "of there" })).await.data();
    let look = desk.look().await;
    let order =
        json!({ "id": desk.remote, "look": look["look"], "direction": "pull", "only": null, "run": 1 });
    let done = desk.room.send("run_sync", order).await.unwrap();
    assert_eq!((done["down"].clone(), done["undone"].as_array().unwrap().len()), (json!(1), 1), "{done}");
    assert_eq!(
        done["undone"][0]["trouble"]["message"],
        "The model cannot serve extraction: it has too small a window. Choose another model, or take the provider out of this task."
    );
    let one = desk.room.list().await[0].clone();
    assert_eq!((&one["description"], &one["tasks"]), (&json!("of there"), &json!([])), "{one}");
}

#[tokio::test]
async fn a_provider_is_promoted_from_one_server_to_the_next() {
    let (desk, provider, staging, _, session) = agreed().await;
    let (production, admin, there_session) = Room::open().await;
    let to = connected(&desk.room, &production, &admin, "Production").await;
    let number = there(&staging, &session).await[0]["id"].clone();
    staging.put(&session, &number, &json!({ "description": "tried on staging" })).await.data();
    let promote = |with_key: bool| json!({ "provider": provider["id"], "from": desk.remote, "to": to, "with_key": with_key, "run": 2 });
    // Production has no key for it: nothing is created there without one that a person chose.
    let done = desk.room.send("promote_provider", promote(false)).await.unwrap();
    assert_eq!((&done["down"], &done["up"], done["stopped"].is_object()), (&json!(1), &json!(0), true));
    assert_eq!(there(&production, &there_session).await, json!([]));
    let done = desk.room.send("promote_provider", promote(true)).await.unwrap();
    assert_eq!((&done["up"], &done["stopped"]), (&json!(1), &Value::Null));
    let listed = there(&production, &there_session).await;
    assert_eq!(
        (&listed[0]["description"], &listed[0]["has_key"]),
        (&json!("tried on staging"), &json!(true))
    );
}

#[tokio::test]
async fn a_remote_that_is_away_says_so_and_changes_wait() {
    let (desk, _, mut server, admin, session) = agreed().await;
    let address = server.address();
    server.stop().await;
    desk.edit("description", json!("while it was away")).await;
    let view = desk.room.send("look_at_remote", json!({ "id": desk.remote, "accept": null })).await.unwrap();
    assert!(view["state"]["offline"]["message"].as_str().unwrap().contains("cannot be reached"), "{view}");
    let probe = desk
        .room
        .send("test_remote", json!({ "address": format!("http://{address}"), "pin": null }))
        .await
        .unwrap();
    assert_eq!((&probe["reached"], probe["trouble"].is_object()), (&json!(false), true));
    server.start().await;
    let moved = json!({ "id": desk.remote, "name": "", "address": format!("http://{}", server.address()), "pin": null,
        "way": "password", "user_name": "admin", "secret": ADMIN_PASSWORD, "forget_secret": false });
    desk.room.send("save_remote", moved).await.unwrap();
    log_in(&desk.room, &server, &admin, &desk.remote).await;
    assert_eq!(desk.run("both").await["up"], json!(1));
    drop(session);
}

#[tokio::test]
async fn nothing_that_is_secret_is_in_a_reply_and_the_log_of_acts_tells_what_left() {
    let (desk, provider, server, admin, _) = agreed().await;
    let replies = [
        desk.room.send("list_remotes", json!({})).await.unwrap(),
        desk.choose_key(&provider).await,
        desk.run("both").await,
        desk.room.send("view_audit", json!({ "filter": {}, "before": null, "limit": 100 })).await.unwrap(),
    ];
    for reply in &replies {
        let text = reply.to_string();
        assert!(!text.contains(KEY) && !text.contains(ADMIN_PASSWORD), "{text}");
    }
    // A wrong password, or a wrong code, is said to be one.
    let code = admin.wrong_code(server.now());
    let refused = desk
        .room
        .send("connect_remote", json!({ "id": desk.remote, "secret": null, "code": code }))
        .await
        .unwrap_err();
    assert_eq!(refused.code, FailureCode::WrongPassword);
    let removed = desk.room.send("remove_remote", json!({ "id": desk.remote })).await.unwrap();
    assert_eq!((removed, desk.room.list().await.len()), (json!([]), 1));
    let acts = desk.room.audited().await;
    for act in ["remote.add", "sync.choose_key", "sync.begin", "sync.send_key", "sync.end", "remote.remove"] {
        assert!(acts.iter().any(|one| one == act), "{act}: {acts:?}");
    }
}

async fn told(desk: &journeys::Room, name: &str, mut request: Value, remote: &Value) -> Value {
    request["id"] = remote.clone();
    desk.send(name, request).await.unwrap()
}

#[tokio::test]
async fn a_servers_usage_health_and_history_are_shown_as_it_says_them_and_marked_as_its_own() {
    let (mut server, admin, session) = Room::open().await;
    let body = server.create_body(ProviderType::OpenAi, "gpt-4o-mini", KEY);
    server.create(&session, &body).await.data();
    let row = crate::usage_log::row(1, server.now());
    server.at_console(async |site, _| site.store().log_calls(&[row]).await.unwrap()).await;
    let desk = Desk::open(&server, &admin).await;
    let usage = told(&desk.room, "view_remote_usage", json!({ "days": 30 }), &desk.remote).await;
    assert_eq!(usage["remote"]["id"], desk.remote);
    assert!(usage["at"].is_i64());
    let ready = &usage["told"]["ready"];
    let line = &ready["lines"][0];
    assert_eq!(
        (&line["model_name"], &line["calls"], &line["tokens"]),
        (&json!("gpt-4o-mini"), &json!(1), &json!(1_500))
    );
    assert_eq!((&line["provider_type"], &line["success_rate"]), (&json!("openai"), &json!(100.0)));
    let call = &ready["calls"][0];
    assert_eq!(
        (&call["user"], &call["task"], &call["succeeded"]),
        (&json!("bob"), &json!("extraction"), &json!(true))
    );
    let health = told(&desk.room, "view_remote_health", json!({}), &desk.remote).await;
    let one = &health["told"]["ready"]["providers"][0];
    assert_eq!((&one["display_name"], &one["breaker"]), (&json!("OpenAI gpt-4o-mini"), &json!("closed")));
    let asked = json!({ "filter": { "action": "provider.create" }, "before": null, "limit": 10 });
    let history = told(&desk.room, "view_remote_audit", asked, &desk.remote).await;
    let entry = &history["told"]["ready"]["entries"][0];
    assert_eq!((&entry["actor"], &entry["action"]), (&json!("admin"), &json!("provider.create")));
    assert!(entry["changes"].as_array().unwrap().iter().any(|change| change["field"] == "model_name"));
    for reply in [&usage, &health, &history] {
        let text = reply.to_string();
        assert!(!text.contains(KEY) && !text.contains(ADMIN_PASSWORD), "{text}");
    }
    // This computer's own figures know nothing of it.
    let own = desk.room.send("view_statistics", json!({ "days": 30 })).await.unwrap();
    assert_eq!(own, json!([]));
}

#[tokio::test]
async fn a_servers_history_is_paged_to_its_first_entry_and_searched_there() {
    let (desk, _, _server, _, _) = agreed().await;
    let page = |filter: Value, before: Value| json!({ "filter": filter, "before": before, "limit": 2 });
    let (mut numbers, mut before) = (Vec::new(), Value::Null);
    loop {
        let told = told(&desk.room, "view_remote_audit", page(json!({}), before), &desk.remote).await;
        let ready = &told["told"]["ready"];
        numbers.extend(ready["entries"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()));
        before = ready["next"].clone();
        if before.is_null() {
            break;
        }
    }
    let all: Vec<i64> = (1..=numbers[0]).rev().collect();
    assert_eq!(numbers, all);
    let found = page(json!({ "text": "nobody ever did this" }), Value::Null);
    let told = told(&desk.room, "view_remote_audit", found, &desk.remote).await;
    assert_eq!(told["told"]["ready"], json!({ "entries": [], "next": null }));
}

#[tokio::test]
async fn a_server_that_is_away_says_since_when_and_one_without_a_session_asks_for_a_login() {
    let (desk, _, mut server, _, _) = agreed().await;
    let health = || json!({});
    let first = told(&desk.room, "view_remote_health", health(), &desk.remote).await;
    assert!(first["told"]["ready"].is_object());
    let answered = first["remote"]["answered_at"].clone();
    assert!(answered.is_i64() && first["remote"]["away_since"].is_null());
    server.stop().await;
    let away = told(&desk.room, "view_remote_health", health(), &desk.remote).await;
    assert!(away["told"]["offline"]["message"].as_str().unwrap().contains("cannot be reached"), "{away}");
    let since = away["remote"]["away_since"].clone();
    assert!(since.is_i64());
    assert_eq!(away["remote"]["answered_at"], answered);
    // Asked again, it is away since the first time; the page of sync says the same.
    desk.room.host.pass(Duration::from_secs(60));
    let again = told(&desk.room, "view_remote_usage", json!({ "days": 7 }), &desk.remote).await;
    assert_eq!(again["remote"]["away_since"], since);
    let view = desk.room.send("look_at_remote", json!({ "id": desk.remote, "accept": null })).await.unwrap();
    assert_eq!(view["remote"]["away_since"], since);
    desk.room.send("lock_vault", json!({})).await.unwrap();
    desk.room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let locked_out = told(&desk.room, "view_remote_health", health(), &desk.remote).await;
    assert_eq!(locked_out["told"], json!("logged_out"));
}

#[tokio::test]
async fn a_conflict_says_who_changed_each_field_and_when_on_both_sides() {
    let (desk, _, server, _, session) = agreed().await;
    let number = there(&server, &session).await[0]["id"].clone();
    desk.edit("description", json!("from here")).await;
    server.put(&session, &number, &json!({ "description": "from there" })).await.data();
    let look = desk.look().await;
    let fields = look["differences"][0]["fields"].as_array().unwrap();
    let field = fields.iter().find(|field| field["name"] == "description").unwrap();
    assert_eq!(
        (&field["theirs_by"]["who"], &field["theirs_by"]["of_whole"]),
        (&json!("admin"), &json!(false))
    );
    assert!(field["theirs_by"]["at"].is_i64());
    let page = desk
        .room
        .send("view_audit", json!({ "filter": { "action": "provider.update" }, "before": null, "limit": 1 }));
    let entry = page.await.unwrap()["entries"][0].clone();
    assert_eq!((&field["ours_by"]["who"], &field["ours_by"]["at"]), (&entry["actor"], &entry["at"]));
}
