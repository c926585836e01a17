//! A server that means harm, or is broken, before a whole desk: the state that a person is shown, a vault that stays as it was, no key
//! and no token at another host, what a person may accept of it, and a run that is stopped in the middle.

use std::fs;

use model::FailureCode;
use serde_json::{Value, json};

use crate::{
    between::{Answer, Asked, Between},
    client::CONFIGS,
    desk_sync::{Desk, KEY, add_called, log_in, there},
    room::{ADMIN_PASSWORD, Person, Room, Session},
};

/// A desk that met a server in peace, with three providers on both sides, by way of somebody in between.
struct Met {
    desk: Desk,
    between: Between,
    server: Room,
    admin: Person,
    session: Session,
}

impl Met {
    async fn new() -> Self {
        let (server, admin, session) = Room::open().await;
        let between = Between::before(server.address()).await;
        let room = journeys::Room::open().await;
        let remote = json!({ "id": null, "name": "Staging", "address": between.url(), "pin": null, "way": "password",
            "user_name": admin.name, "secret": ADMIN_PASSWORD, "forget_secret": false });
        let remote = room.send("save_remote", remote).await.unwrap()["id"].clone();
        log_in(&room, &server, &admin, &remote).await;
        let met = Self { desk: Desk { room, remote }, between, server, admin, session };
        for name in ["One", "Two", "Three"] {
            met.add(name).await;
        }
        met.desk.run("both").await;
        assert_eq!(met.there().await.len(), 3);
        met
    }

    async fn add(&self, name: &str) {
        let provider = add_called(&self.desk.room, &self.server, name).await;
        self.desk.choose_key(&provider).await;
    }

    /// Something to send, and a key with it.
    async fn pending(&self, description: &str) {
        self.desk.edit("description", json!(description)).await;
        let provider = self.desk.room.list().await[0].clone();
        assert_eq!(self.desk.choose_key(&provider).await["state"]["ready"]["up"], json!(1));
    }

    async fn there(&self) -> Vec<Value> {
        there(&self.server, &self.session).await.as_array().unwrap().clone()
    }

    /// What a look says, by which nothing of the vault changes.
    async fn state(&self, accept: Value) -> Value {
        let before = self.desk.room.list().await;
        let look = json!({ "id": self.desk.remote, "accept": accept });
        let view = self.desk.room.send("look_at_remote", look).await.unwrap();
        assert_eq!(self.desk.room.list().await, before, "{view}");
        view["state"].clone()
    }

    /// After the mischief everything goes on, and nothing is there twice.
    async fn recovers(&self, description: &str) {
        self.between.peace();
        let done = self.desk.run("both").await;
        assert_eq!(done["view"]["state"]["ready"]["differences"], json!([]));
        let all = self.there().await;
        let has = all.iter().filter(|one| one["description"] == description).count();
        assert_eq!((all.len(), has), (3, 1), "{description}");
    }
}

fn is_list(asked: &Asked) -> bool {
    asked.is("GET", CONFIGS)
}

/// Another list than the server's.
fn list(
    change: impl Fn(&mut Vec<Value>) + Send + Sync + 'static,
) -> impl Fn(&Asked, Option<(u16, &Value)>) -> Option<Answer> + Send + Sync {
    move |asked, came| {
        let (status, body) = came.filter(|_| is_list(asked))?;
        let mut body = body.clone();
        change(body["data"].as_array_mut()?);
        Some(Answer::Json(status, body))
    }
}

fn elsewhere(other: &Between) -> Vec<u8> {
    format!("HTTP/1.1 307 x\r\nlocation: {}{CONFIGS}\r\ncontent-length: 0\r\n\r\n", other.url()).into_bytes()
}

const GIBIBYTE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n{";

async fn another_host() -> Between {
    Between::alone(|_, _| Some(Answer::Json(200, json!({ "success": true, "data": [] })))).await
}

#[tokio::test]
async fn a_look_at_a_server_that_answers_what_it_should_not_says_so_and_changes_nothing() {
    let met = Met::new().await;
    met.pending("changed here").await;
    let other = another_host().await;
    let raw = |bytes: Vec<u8>| {
        move |asked: &Asked, came: Option<(u16, &Value)>| {
            (is_list(asked) && came.is_none()).then(|| Answer::Raw(bytes.clone()))
        }
    };
    let says = async |state: &str, words: &str| {
        let seen = met.state(Value::Null).await;
        let message = seen[state]["message"].as_str().unwrap_or_else(|| panic!("{state}: {seen}"));
        assert!(message.contains(words), "{message}");
        assert!(!seen[state]["advice"].as_str().unwrap().is_empty());
        met.between.peace();
        assert_eq!(met.desk.look().await["up"], json!(1), "{words}");
    };
    met.between.does(|asked, came| (is_list(asked) && came.is_some()).then_some(Answer::Cut));
    says("offline", "was lost before the answer").await;
    met.between.does(raw(elsewhere(&other)));
    says("failed", &other.url()).await;
    met.between.does(raw(GIBIBYTE.to_vec()));
    says("failed", "longer than").await;
    met.between.does(|asked, _| is_list(asked).then_some(Answer::Endless));
    says("failed", "longer than").await;
    met.between.does(raw(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()));
    says("failed", "not understood").await;
    met.between.does(list(|all| all[1]["id"] = all[0]["id"].clone()));
    says("failed", "two configurations have one number").await;
    assert_eq!(other.connections(), 0);
    met.recovers("changed here").await;
}

#[tokio::test]
async fn a_server_that_is_not_the_one_of_before_is_not_believed_and_changes_nothing() {
    let met = Met::new().await;
    met.pending("changed here").await;
    let suspicious = async |accept: Value, words: &str| {
        let seen = met.state(Value::Null).await;
        let seen = &seen["suspicious"];
        assert_eq!(seen["accept"], accept, "{words}");
        assert!(seen["trouble"]["message"].as_str().unwrap().contains(words), "{seen}");
        met.between.peace();
        assert_eq!(met.desk.look().await["up"], json!(1), "{words}");
    };
    met.between.does(list(Vec::clear));
    suspicious(json!("many_gone"), "3 of 3 configurations are gone").await;
    met.between.does(list(|all| {
        let (one, two) = (all[0]["uuid"].clone(), all[1]["uuid"].clone());
        (all[0]["uuid"], all[1]["uuid"]) = (two, one);
    }));
    // Nobody can accept that: what would be done with it is done to another one.
    suspicious(Value::Null, "another configuration than before").await;
    met.between.does(list(|all| all[1]["base_url"] = json!("https://evil.example/v1")));
    suspicious(json!("rolled_back"), "an older state").await;
    met.recovers("changed here").await;
}

#[tokio::test]
async fn a_run_that_meets_mischief_ends_says_why_and_leaves_vault_and_other_hosts_alone() {
    let met = Met::new().await;
    let other = another_host().await;
    let is_change = |asked: &Asked| asked.method == "PUT";
    let put = |answer: fn(&Value) -> Value| {
        move |asked: &Asked, came: Option<(u16, &Value)>| {
            let (status, body) = came.filter(|_| is_change(asked))?;
            Some(Answer::Json(status, answer(body)))
        }
    };
    let ends = async |description: &str, words: &str| {
        let before = met.desk.room.list().await;
        let look = met.desk.look().await;
        let order = json!({ "id": met.desk.remote, "look": look["look"], "direction": "both", "only": null, "run": 3 });
        let done = met.desk.room.send("run_sync", order).await.unwrap();
        let stopped = &done["stopped"];
        assert!(
            stopped["message"].as_str().is_some_and(|message| message.contains(words)),
            "{words}: {done}"
        );
        assert!(!stopped["advice"].as_str().unwrap().is_empty());
        assert_eq!((&done["up"], &done["down"]), (&json!(0), &json!(0)));
        assert_eq!(met.desk.room.list().await, before, "{words}");
        assert!(!done.to_string().contains(KEY));
        met.recovers(description).await;
    };
    let to = elsewhere(&other);
    met.pending("cut").await;
    met.between.does(move |asked, came| (is_change(asked) && came.is_some()).then_some(Answer::Cut));
    ends("cut", "was lost before the answer").await;
    met.pending("redirected").await;
    met.between
        .does(move |asked, came| (is_change(asked) && came.is_none()).then(|| Answer::Raw(to.clone())));
    ends("redirected", &other.url()).await;
    met.pending("endless").await;
    met.between.does(move |asked, _| is_change(asked).then_some(Answer::Endless));
    ends("endless", "longer than").await;
    met.pending("announced").await;
    met.between.does(move |asked, _| is_change(asked).then(|| Answer::Raw(GIBIBYTE.to_vec())));
    ends("announced", "longer than").await;
    met.pending("swapped").await;
    met.between.does(put(|body| {
        let mut body = body.clone();
        body["data"]["description"] = json!("swapped by somebody");
        body
    }));
    ends("swapped", "did not keep what it was sent").await;
    met.pending("another").await;
    met.between.does(put(|body| {
        let mut body = body.clone();
        body["data"]["id"] = json!(body["data"]["id"].as_i64().unwrap() % 3 + 1);
        body
    }));
    ends("another", "about another configuration").await;
    assert_eq!(other.connections(), 0);
}

#[tokio::test]
async fn what_is_gone_at_once_is_deleted_here_only_after_a_person_accepted_that() {
    let met = Met::new().await;
    for one in met.there().await {
        met.server.delete(&met.session, &one["id"]).await.data();
    }
    for _ in 0..2 {
        let seen = met.state(Value::Null).await;
        assert_eq!(seen["suspicious"]["accept"], json!("many_gone"), "{seen}");
    }
    // To accept something else is to accept nothing.
    let seen = met.state(json!("rolled_back")).await;
    assert!(seen["suspicious"].is_object(), "{seen}");
    let seen = met.state(json!("many_gone")).await;
    let kinds = |look: &Value| -> Vec<Value> {
        look["differences"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect()
    };
    let look = &seen["ready"];
    assert_eq!((kinds(look), &look["down"]), (vec![json!("deleted_there"); 3], &json!(3)));
    let order =
        json!({ "id": met.desk.remote, "look": look["look"], "direction": "pull", "only": null, "run": 1 });
    let done = met.desk.room.send("run_sync", order).await.unwrap();
    assert_eq!((&done["down"], &done["list"]["providers"]), (&json!(3), &json!([])));
    assert_eq!(done["view"]["state"]["ready"]["differences"], json!([]));
}

#[tokio::test]
async fn after_a_restored_backup_of_the_server_every_difference_is_a_question_once_that_was_accepted() {
    let mut met = Met::new().await;
    let (data, kept) = (met.server.data.path().join("data"), met.server.data.path().join("kept"));
    met.server.stop().await;
    journeys::copy_folder(&data, &kept);
    met.server.start().await;
    met.between.turn_to(met.server.address());
    met.desk.edit("description", json!("since the backup")).await;
    met.desk.run("both").await;
    met.server.stop().await;
    fs::remove_dir_all(&data).unwrap();
    journeys::copy_folder(&kept, &data);
    met.server.start().await;
    met.between.turn_to(met.server.address());
    log_in(&met.desk.room, &met.server, &met.admin, &met.desk.remote).await;
    let seen = met.state(Value::Null).await;
    assert_eq!(seen["suspicious"]["accept"], json!("rolled_back"), "{seen}");
    let seen = met.state(json!("rolled_back")).await;
    let look = &seen["ready"];
    // Neither side is ahead: nothing is taken over silently, in no direction.
    assert_eq!((&look["up"], &look["down"]), (&json!(0), &json!(0)));
    let one = &look["differences"][0];
    let fields = one["fields"].as_array().unwrap();
    let place = fields.iter().position(|field| field["name"] == "description").unwrap();
    assert_eq!(
        (&one["kind"], &fields[place]["goes"]),
        (&json!("conflict"), &json!({ "undecided": "never_agreed" }))
    );
    let decision = json!({ "id": met.desk.remote, "look": look["look"],
        "decisions": [{ "difference": 0, "field": place, "take": "here" }] });
    let view = met.desk.room.send("decide_sync", decision).await.unwrap();
    assert_eq!(view["state"]["ready"]["up"], json!(1));
    met.session = met.server.log_in(&met.admin).await;
    met.recovers("since the backup").await;
}

#[tokio::test]
async fn a_run_that_is_stopped_is_found_out_by_the_next_look_and_nothing_is_there_twice() {
    for (method, arrives) in [("POST", false), ("POST", true), ("PUT", false), ("PUT", true)] {
        let met = Met::new().await;
        match method {
            "POST" => met.add("Four").await,
            _ => met.desk.edit("description", json!("changed here")).await,
        }
        let look = met.desk.look().await;
        assert_eq!(look["up"], json!(1));
        met.between.forget();
        met.between.does(move |asked, came| {
            (asked.method == method && came.is_some() == arrives).then_some(Answer::Silence)
        });
        let order = json!({ "id": met.desk.remote, "look": look["look"], "direction": "both", "only": null, "run": 7 });
        let stop = async {
            met.between.heard(method).await;
            met.desk.room.send("cancel_test", json!({ "run": 7 })).await.unwrap();
        };
        let (ran, ()) = tokio::join!(met.desk.room.send("run_sync", order), stop);
        assert_eq!(ran.unwrap_err().code, FailureCode::Cancelled, "{method}, {arrives}");
        met.between.peace();
        if method == "PUT" {
            // What had arrived is agreed on, and what had not still has to go.
            assert_eq!(met.desk.look().await["up"], json!(u32::from(!arrives)), "{method}, {arrives}");
        }
        let done = met.desk.run("both").await;
        assert_eq!(done["view"]["state"]["ready"]["differences"], json!([]), "{method}, {arrives}");
        let all = met.there().await;
        match method {
            "POST" => assert_eq!(all.len(), 4, "{arrives}"),
            _ => assert_eq!(all.iter().filter(|one| one["description"] == "changed here").count(), 1),
        }
        let sent = met.between.asked().iter().filter(|asked| asked.method == "POST").count();
        assert_eq!(sent, usize::from(method == "POST") * (2 - usize::from(arrives)), "{method}, {arrives}");
    }
}
