//! Tasks and their routes over HTTP.

use model::ProviderType::{Claude, Gemini, OpenAi};
use serde_json::{Value, json};

use crate::{
    applications::token,
    client::{CONFIGS, Request},
    room::{Room, Session},
};

const TASKS: &str = "/api/v1/super-admin/tasks";

/// The default (1), and one that serves nothing yet (2).
async fn with_two() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    let mut first = room.create_body(Gemini, "gemini-2.5-flash", "test-gemini-key-0001");
    first["is_default"] = json!(true);
    room.create(&session, &first).await.data();
    let second = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    room.create(&session, &second).await.data();
    (room, session)
}

fn task(name: &str) -> String {
    format!("{TASKS}/{name}")
}

fn faults(reply: &crate::client::Reply) -> Vec<&str> {
    let fields = reply.body["error"]["fields"].as_array().unwrap();
    fields.iter().map(|fault| fault["field"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_specifications_four_tasks_are_there_and_the_default_serves_them() {
    let (room, session) = with_two().await;
    let listed = room.get(&session, TASKS).await;
    let names: Vec<&str> =
        listed.data().as_array().unwrap().iter().map(|task| task["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["extraction", "cv_draft", "cover_letter", "validation"]);
    let one = room.get(&session, &task("extraction")).await;
    let revision = one.data()["revision"].clone();
    assert_eq!(
        one.data(),
        &json!({
            "name": "extraction", "is_built_in": true, "mode": "chain", "chain": [], "bounds": {}, "served_by": 1,
            "needs": { "vision": false, "pdf": false, "json_schema": false, "tools": false }, "revision": revision,
        })
    );
    assert_eq!(one.header("etag"), Some(format!("\"{revision}\"").as_str()));
    assert_eq!(&listed.data()[0], one.data());
}

#[tokio::test]
async fn a_route_is_changed_and_what_is_missing_stays() {
    let (room, session) = with_two().await;
    let body = json!({ "mode": "split", "chain": [{ "config_id": 2, "weight": 3 }, { "config_id": 1, "weight": 1 }] });
    let changed = room.ask(&session, "PUT", &task("cv_draft"), Some(&body)).await;
    assert_eq!((&changed.data()["mode"], &changed.data()["chain"]), (&body["mode"], &body["chain"]));
    // The specification's own switch is the first place of the chain.
    let config = room.get(&session, &format!("{CONFIGS}/2")).await;
    assert_eq!(config.data()["default_for_cv_draft"], true);
    let needs = json!({ "needs": { "vision": true }, "bounds": { "max_latency_ms": 900 } });
    let again = room.ask(&session, "PUT", &task("cv_draft"), Some(&needs)).await;
    assert_eq!(again.data()["chain"], body["chain"]);
    assert_eq!(
        (&again.data()["needs"]["vision"], &again.data()["bounds"]),
        (&json!(true), &json!({ "max_latency_ms": 900 }))
    );
    let revision = |reply: &crate::client::Reply| reply.data()["revision"].as_i64().unwrap();
    assert!(revision(&again) > revision(&changed));
    // Saving the same again changes nothing.
    let same = room.ask(&session, "PUT", &task("cv_draft"), Some(&needs)).await;
    assert_eq!(same.data(), again.data());
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=routing.save").await;
    let of_task = |entry: &&Value| entry["target"] == "cv_draft" && entry["ip_address"] == "127.0.0.1";
    let entries: Vec<&Value> = log.data().as_array().unwrap().iter().filter(of_task).collect();
    assert_eq!(entries.len(), 2, "{}", log.text);
    assert_eq!(
        (&entries[1]["before"]["mode"], &entries[1]["after"]["mode"]),
        (&json!("chain"), &json!("split"))
    );
}

#[tokio::test]
async fn a_route_that_cannot_serve_is_refused_with_its_place() {
    let (room, session) = with_two().await;
    let member = |id: i64| json!({ "config_id": id });
    let chain = |ids: &[i64]| json!({ "chain": ids.iter().map(|id| member(*id)).collect::<Vec<_>>() });
    for (body, field) in [
        (chain(&[1, 9]), "chain[1].config_id"),
        (chain(&[1, 1]), "chain[1].config_id"),
        (chain(&(1..=13).collect::<Vec<_>>()), "chain"),
        (json!({ "chain": [{ "config_id": 1, "weight": 1001 }] }), "chain"),
        (json!({ "mode": "split", "chain": [{ "config_id": 1 }] }), "chain"),
        (json!({ "chain": [member(1)], "needs": { "context_tokens": 999_999_999 } }), "chain"),
        (json!({ "bounds": { "min_quality": 6 } }), "chain"),
        (json!({ "chain": [{ "config_id": "1" }] }), "chain[0].config_id"),
        (json!({ "mode": "random" }), "mode"),
        (json!({ "needs": { "visoin": true } }), "visoin"),
    ] {
        let reply = room.ask(&session, "PUT", &task("extraction"), Some(&body)).await;
        assert_eq!((reply.status, reply.code()), (422, "invalid"), "{body}");
        assert_eq!(faults(&reply), [field], "{body}");
    }
    let reply = room.ask(&session, "PUT", &task("extraction"), Some(&json!({ "chian": [] }))).await;
    assert!(reply.text.contains("`chain`"), "{}", reply.text);
    assert_eq!(room.get(&session, &task("extraction")).await.data()["chain"], json!([]));
}

#[tokio::test]
async fn a_switch_cannot_put_a_model_where_it_is_known_to_be_unable_to_serve() {
    let (room, session) = with_two().await;
    let needs = json!({ "needs": { "context_tokens": 500_000 } });
    room.ask(&session, "PUT", &task("validation"), Some(&needs)).await.data();
    let config = format!("{CONFIGS}/2");
    let changed = room.ask(&session, "PUT", &config, Some(&json!({ "default_for_validation": true }))).await;
    assert_eq!((changed.status, faults(&changed)), (422, vec!["default_for_validation"]), "{}", changed.text);
    let mut new = room.create_body(OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    new["display_name"] = json!("Another");
    new["default_for_validation"] = json!(true);
    let made = room.create(&session, &new).await;
    assert_eq!((made.status, faults(&made)), (422, vec!["default_for_validation"]), "{}", made.text);
    assert_eq!(room.get(&session, &task("validation")).await.data()["chain"], json!([]));
    let other = room.ask(&session, "PUT", &config, Some(&json!({ "default_for_extraction": true }))).await;
    assert_eq!(other.status, 200, "{}", other.text);
}

#[tokio::test]
async fn a_task_of_ones_own_comes_and_goes_and_a_built_in_one_stays() {
    let (room, session) = with_two().await;
    let made = room.ask(&session, "POST", TASKS, Some(&json!({ "name": "summary" }))).await;
    assert_eq!((made.status, &made.data()["served_by"]), (201, &json!(1)));
    assert_eq!(made.data()["is_built_in"], false);
    let again = room.ask(&session, "POST", TASKS, Some(&json!({ "name": "summary" }))).await;
    assert_eq!((again.status, again.code()), (409, "name_taken"));
    for bad in ["", "Summary", "a b", "2nd"] {
        let reply = room.ask(&session, "POST", TASKS, Some(&json!({ "name": bad }))).await;
        assert_eq!((reply.status, faults(&reply)), (422, vec!["name"]), "{bad}");
    }
    let chain = json!({ "chain": [{ "config_id": 2 }] });
    room.ask(&session, "PUT", &task("summary"), Some(&chain)).await.data();
    let gone = room.ask(&session, "DELETE", &task("summary"), None).await;
    assert_eq!(gone.data(), &json!({ "deleted_task": "summary" }));
    for reply in [
        room.get(&session, &task("summary")).await,
        room.ask(&session, "PUT", &task("summary"), Some(&chain)).await,
        room.ask(&session, "DELETE", &task("summary"), None).await,
        room.get(&session, &task("%27%20OR%201%3D1--")).await,
        room.get(&session, &task("%ff")).await,
        room.get(&session, &format!("{}/explanation", task("summary"))).await,
    ] {
        assert_eq!((reply.status, reply.code()), (404, "not_found"));
    }
    let stays = room.ask(&session, "DELETE", &task("extraction"), None).await;
    assert_eq!((stays.status, stays.code()), (409, "built_in"));
    // Whoever held its first place lost it, and its form is not silently taken back.
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=task.remove").await;
    let actions: Vec<&Value> = log.data().as_array().unwrap().iter().map(|entry| &entry["target"]).collect();
    assert!(actions.contains(&&json!("summary")), "{actions:?}");
}

#[tokio::test]
async fn a_change_of_another_revision_is_412_and_of_two_at_once_one_is_told() {
    let (room, session) = with_two().await;
    let now = room.get(&session, &task("extraction")).await;
    let (tag, revision) = (now.header("etag").unwrap().to_owned(), now.data()["revision"].as_i64().unwrap());
    let to = |id: i64| json!({ "chain": [{ "config_id": id }] });
    let path = task("extraction");
    let (one, two) = (to(1), to(2));
    let (one, two) = tokio::join!(
        room.ask_if(&session, "PUT", (&path, &tag), Some(&one)),
        room.ask_if(&session, "PUT", (&path, &tag), Some(&two)),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let (winner, loser) = if one.status == 200 { (one, two) } else { (two, one) };
    assert_eq!(loser.code(), "revision_changed");
    assert_eq!(loser.body["error"]["current_revision"], winner.data()["revision"]);
    assert!(winner.data()["revision"].as_i64().unwrap() > revision);
    room.ask(&session, "POST", TASKS, Some(&json!({ "name": "summary" }))).await.data();
    let stale = room.ask_if(&session, "DELETE", (&task("summary"), &tag), None).await;
    assert_eq!((stale.status, stale.code()), (412, "revision_changed"));
}

#[tokio::test]
async fn it_is_explained_who_serves_and_tried_what_a_failure_would_do() {
    let (room, session) = with_two().await;
    let mut third = room.create_body(Claude, "claude-haiku-4-5", "test-claude-key-0001");
    third["is_active"] = json!(false);
    room.create(&session, &third).await.data();
    let chain = json!({ "chain": [{ "config_id": 3 }, { "config_id": 2 }] });
    room.ask(&session, "PUT", &task("validation"), Some(&chain)).await.data();
    let why = room.get(&session, &format!("{}/explanation?sticky=u", task("validation"))).await;
    assert_eq!(why.data()["rule"], "chain");
    let because: Vec<(i64, &str)> = why.data()["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["config_id"].as_i64().unwrap(), one["because"].as_str().unwrap()))
        .collect();
    assert!(because.contains(&(2, "chosen")) && because.contains(&(3, "switched_off")), "{because:?}");
    let path = "/api/v1/super-admin/routing/simulation?config_id=2&failure=down";
    let effects = room.get(&session, path).await;
    let effect = effects.data().as_array().unwrap().iter().find(|effect| effect["task"] == "validation");
    assert_eq!(
        (&effect.unwrap()["now"], effect.unwrap()["then"] == json!(2)),
        (&json!(2), false),
        "{}",
        effects.text
    );
    for wrong in ["?config_id=99", "?failure=down", "?config_id=2&failure=fire", "?config=2"] {
        let reply = room.get(&session, &format!("/api/v1/super-admin/routing/simulation{wrong}")).await;
        assert_eq!(reply.status, 422, "{wrong}");
    }
}

/// The instructions that the vendor was sent with a call of the task's endpoint.
async fn instructions(room: &Room, token: &str) -> String {
    let job = json!({ "text": "Signalman wanted in Erfurt, full time." });
    let request = Request::new("POST", "/api/v1/tasks/extraction").bearer(token).json(&job);
    let reply = request.send(room.gateway()).await;
    let asks = |one: &simulator::Recorded| one.path_and_query.ends_with("/responses");
    let sent = room.simulator.journal().into_iter().rev().find(asks);
    let sent = sent.unwrap_or_else(|| panic!("no vendor was asked: {}", reply.text));
    sent.body.unwrap()["instructions"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_tasks_own_instructions_hold_for_the_next_call_and_the_built_in_ones_come_back() {
    let (room, session) = with_two().await;
    let chain = json!({ "chain": [{ "config_id": 2 }] });
    room.ask(&session, "PUT", &task("extraction"), Some(&chain)).await.data();
    let shop = token(&room, &session, &json!({ "name": "shop" })).await;
    let path = format!("{}/prompt", task("extraction"));
    let first = room.get(&session, &path).await;
    assert_eq!((&first.data()["own"], first.header("etag")), (&Value::Null, Some("\"0\"")));
    let built_in = first.data()["built_in"].as_str().unwrap();
    assert!(instructions(&room, &shop).await.starts_with(built_in));
    let own = json!({ "prompt": " Only what is written.\n" });
    let set = room.ask_if(&session, "PUT", (&path, "\"0\""), Some(&own)).await;
    assert_eq!(set.data()["own"], "Only what is written.");
    let tag = set.header("etag").unwrap();
    assert_eq!(tag, format!("\"{}\"", set.data()["revision"]));
    assert!(instructions(&room, &shop).await.starts_with("Only what is written."));
    assert_eq!(room.get(&session, &path).await.data(), set.data());
    // Whoever saw what was before overwrites nothing.
    let late = room.ask_if(&session, "PUT", (&path, "\"0\""), Some(&json!({ "prompt": "Be brief." }))).await;
    assert_eq!((late.status, late.code()), (412, "revision_changed"));
    assert_eq!(late.body["error"]["current_revision"], set.data()["revision"]);
    let gone = room.ask_if(&session, "DELETE", (&path, tag), None).await;
    assert_eq!(gone.data(), first.data());
    assert!(instructions(&room, &shop).await.starts_with(built_in));
    let same = room.ask(&session, "PUT", &path, Some(&json!({ "prompt": built_in }))).await;
    assert_eq!(same.data()["own"], Value::Null, "its own words are no own ones");
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=task.set_prompt").await;
    let entries = log.data().as_array().unwrap();
    assert_eq!((entries.len(), &entries[1]["target"]), (2, &json!("extraction")));
    assert_eq!(entries[1]["after"], json!({ "prompt": "Only what is written." }));
}

#[tokio::test]
async fn instructions_that_nobody_could_mean_are_refused() {
    let (room, session) = with_two().await;
    room.ask(&session, "POST", TASKS, Some(&json!({ "name": "summary" }))).await.data();
    let path = |name: &str| format!("{}/prompt", task(name));
    for prompt in ["", " \n", "a\u{202e}b", &"a".repeat(50_001)] {
        let refused =
            room.ask(&session, "PUT", &path("extraction"), Some(&json!({ "prompt": prompt }))).await;
        assert_eq!((refused.status, faults(&refused)), (422, vec!["prompt"]));
    }
    let longest = json!({ "prompt": "a".repeat(50_000) });
    room.ask(&session, "PUT", &path("extraction"), Some(&longest)).await.data();
    let refused = room.ask(&session, "PUT", &path("summary"), Some(&json!({ "prompt": "Sum up." }))).await;
    assert_eq!((refused.status, refused.code()), (409, "no_endpoint"));
    assert_eq!(room.get(&session, &path("summary")).await.data()["built_in"], Value::Null);
    for (method, body) in [("GET", None), ("PUT", Some(&longest)), ("DELETE", None)] {
        let none = room.ask(&session, method, &path("no_such_task"), body).await;
        assert_eq!((none.status, none.code()), (404, "not_found"), "{method}");
    }
}
