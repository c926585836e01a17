//! Two desks that sync with the server: by its login, its revisions, its idempotency keys and its second factor.

use std::{
    net::SocketAddr,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use model::{ProviderDraft, ProviderId, ProviderType, Secret};
use serde_json::json;
use sync::{
    About, Accept, Address, Client, Creating, Direction, Field, Memory, Place, Remote, RemoteError, Report,
    Seen, SyncError, There, Timeouts, Updating, Value, Why, fields_of,
};
use uuid::Uuid;

use crate::{
    client::{CONFIGS, Request},
    room::{ADMIN_PASSWORD, Person, Room},
};

const KEY: &str = "test-openai-key-0001";

fn id(number: u128) -> ProviderId {
    ProviderId(Uuid::from_u128(number))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn code(room: &Room, person: &Person) -> Secret {
    room.pass(Duration::from_secs(30));
    Secret::new(person.code(room.now()))
}

async fn client(room: &Room, person: &Person) -> Client {
    let address = Address::parse(&format!("http://{}", room.address())).unwrap();
    let client = Client::new(address, None, Timeouts::default()).unwrap();
    let (password, code) = (Secret::new(ADMIN_PASSWORD), code(room, person));
    let login = sync::LogIn { user_name: &person.name, password: &password, code: &code };
    client.log_in(&login).await.unwrap();
    client
}

fn create(room: &Room, desk: &Memory, number: u128, name: &str) {
    let kind = ProviderType::OpenAi;
    let draft = ProviderDraft {
        base_url: room.simulator.base_url(kind),
        display_name: name.into(),
        model_name: "gpt-4o-mini".into(),
        ..ProviderDraft::new(kind)
    };
    desk.create(id(number), kind, fields_of(&draft));
    desk.type_key(id(number), KEY);
}

async fn run(remote: &impl Remote, desk: &Memory) -> Report {
    let report = sync::sync(remote, desk, Direction::Both, Accept::default()).await.unwrap();
    assert_eq!(report.undone, []);
    report
}

#[tokio::test]
async fn what_one_desk_creates_changes_and_deletes_the_other_has() {
    let (room, admin, session) = Room::open().await;
    let client = client(&room, &admin).await;
    let (one, two) = (Memory::default(), Memory::default());
    for (number, name) in [(1, "One"), (2, "Two"), (3, "Three")] {
        create(&room, &one, number, name);
    }
    one.hold(Place::Default, Some(id(1)));
    one.hold(Place::CvDraft, Some(id(2)));
    assert_eq!(run(&client, &one).await.up, 5);
    assert_eq!(run(&client, &two).await.down, 5);
    let list = room.get(&session, CONFIGS).await;
    let shown = |number: usize, field: &str| list.data()[number][field].clone();
    assert_eq!((shown(0, "is_default"), shown(1, "default_for_cv_draft")), (json!(true), json!(true)));
    assert_eq!((shown(2, "has_key"), shown(2, "last_test_success")), (json!(true), json!(true)));
    // The same identity on the second desk as on the server.
    let third: ProviderId = shown(2, "uuid").as_str().unwrap().parse().unwrap();
    two.edit(third, Field::Description, text("from two"));
    one.edit(id(3), Field::DailyTokenLimit, Value::Limit(Some(5_000)));
    one.hold(Place::Default, Some(id(3)));
    one.delete(id(1));
    run(&client, &two).await;
    run(&client, &one).await;
    run(&client, &two).await;
    assert_eq!(one.here().records[&id(3)].fields, two.here().records[&third].fields);
    assert_eq!((one.here().records.len(), two.here().records.len()), (2, 2));
    assert_eq!(two.here().places[&Place::Default], third);
    let list = room.get(&session, CONFIGS).await;
    assert_eq!(list.data().as_array().unwrap().len(), 2);
    assert_eq!(
        (&list.data()[1]["description"], &list.data()[1]["is_default"]),
        (&json!("from two"), &json!(true))
    );
    for desk in [&one, &two] {
        assert!(sync::look(&client, desk, Accept::default()).await.unwrap().plan.is_empty());
    }
}

#[tokio::test]
async fn somebody_who_is_quicker_than_a_plan_is_not_overwritten() {
    let (room, admin, session) = Room::open().await;
    let client = client(&room, &admin).await;
    let desk = Memory::default();
    create(&room, &desk, 1, "One");
    run(&client, &desk).await;
    desk.edit(id(1), Field::Description, text("mine"));
    let looked = sync::look(&client, &desk, Accept::default()).await.unwrap();
    room.put(&session, &json!(1), &json!({ "description": "theirs" })).await.data();
    let report = looked.carry_out(&client, &desk, Direction::Both).await.unwrap();
    assert_eq!((report.up, report.overtaken), (0, 1));
    let read = room.get(&session, &format!("{CONFIGS}/1")).await;
    assert_eq!(read.data()["description"], "theirs");
    run(&client, &desk).await;
    let plan = sync::look(&client, &desk, Accept::default()).await.unwrap().plan;
    assert_eq!(plan.conflicts().count(), 1);
}

/// The server, where somebody gives a place to number 3 just before the first change arrives.
struct Quicker<'a> {
    client: &'a Client,
    place: Place,
    at: SocketAddr,
    access: &'a str,
    is_first: AtomicBool,
}

impl Remote for Quicker<'_> {
    async fn list(&self) -> Result<There, RemoteError> {
        self.client.list().await
    }

    async fn get(&self, number: i64) -> Result<Seen, RemoteError> {
        self.client.get(number).await
    }

    async fn create(&self, creating: Creating<'_>) -> Result<Seen, RemoteError> {
        self.client.create(creating).await
    }

    async fn update(&self, number: i64, updating: Updating<'_>) -> Result<Seen, RemoteError> {
        if self.is_first.swap(false, Ordering::SeqCst) {
            let request = Request::new("PUT", &format!("{CONFIGS}/3")).bearer(self.access);
            request.json(&json!({ self.place.as_str(): true })).send(self.at).await.data();
        }
        self.client.update(number, updating).await
    }

    async fn delete(&self, number: i64, if_match: Option<i64>) -> Result<(), RemoteError> {
        self.client.delete(number, if_match).await
    }
}

#[tokio::test]
async fn a_place_that_somebody_hands_on_after_the_look_stays_with_whoever_has_it() {
    let (room, admin, session) = Room::open().await;
    let client = client(&room, &admin).await;
    let desk = Memory::default();
    for number in 1..=3 {
        create(&room, &desk, number, &format!("Number {number}"));
    }
    for place in [Place::Default, Place::CvDraft] {
        // From nobody, and from somebody. Not the other way round: a chain whose first place is given up has a second.
        for (number, was) in [(1, None), (2, Some(id(1)))] {
            desk.hold(place, was);
            run(&client, &desk).await;
            desk.hold(place, Some(id(number)));
            let (at, access) = (room.address(), session.access.as_str());
            let quicker = Quicker { client: &client, place, at, access, is_first: AtomicBool::new(true) };
            run(&quicker, &desk).await;
            let list = room.get(&session, CONFIGS).await;
            assert_eq!(list.data()[2][place.as_str()], true, "{was:?}");
            let plan = sync::look(&client, &desk, Accept::default()).await.unwrap().plan;
            let asked: Vec<_> = plan.conflicts().map(|conflict| (conflict.about, conflict.why)).collect();
            assert_eq!(asked, [(About::Place(place), Why::BothChanged)]);
            // Both agree again, before the next case begins.
            desk.hold(place, Some(id(3)));
            run(&client, &desk).await;
        }
    }
}

#[tokio::test]
async fn a_change_that_says_who_holds_a_place_is_made_while_that_is_so_and_not_else() {
    let (room, _, session) = Room::open().await;
    room.create(&session, &room.create_body(ProviderType::OpenAi, "gpt-4o-mini", KEY)).await.data();
    let second = room.create_body(ProviderType::Claude, "claude-haiku-4-5", "test-claude-key-0001");
    room.create(&session, &second).await.data();
    room.put(&session, &json!(1), &json!({ "is_default": true })).await.data();
    let take = async |held: &str| {
        let request = Request::new("PUT", &format!("{CONFIGS}/2")).bearer(&session.access);
        room.send(request.header("x-signalbox-held-by", held).json(&json!({ "is_default": true }))).await
    };
    for held in ["is_default=none", "is_default=2", "is_default=7", "is_default=1, default_for_extraction=1"] {
        let refused = take(held).await;
        assert_eq!((refused.status, refused.code()), (412, "holder_changed"), "{held}");
    }
    for held in ["", "is_default", "is_default=one", "default_for_summary=1", "is_default=1,"] {
        let refused = take(held).await;
        assert_eq!((refused.status, refused.code()), (400, "held_by"), "{held}");
    }
    assert_eq!(room.get(&session, CONFIGS).await.data()[0]["is_default"], true);
    take("is_default=1, default_for_extraction=none").await.data();
    assert_eq!(room.get(&session, CONFIGS).await.data()[1]["is_default"], true);
}

#[tokio::test]
async fn a_create_that_is_sent_again_is_answered_as_before() {
    let (room, admin, _) = Room::open().await;
    let client = client(&room, &admin).await;
    let desk = Memory::default();
    create(&room, &desk, 1, "One");
    let local = desk.here().records[&id(1)].clone();
    let (key, idempotency) = (Secret::new(KEY), Uuid::from_u128(7));
    let creating = || Creating {
        provider_type: ProviderType::OpenAi,
        fields: &local.fields,
        key: Some(&key),
        idempotency,
    };
    let first = client.create(creating()).await.unwrap();
    assert_eq!(client.create(creating()).await.unwrap(), first);
    assert_eq!(client.list().await.unwrap().records.len(), 1);
}

#[tokio::test]
async fn the_second_factor_is_asked_for_and_then_it_goes_on() {
    let (room, admin, _) = Room::open().await;
    let client = client(&room, &admin).await;
    let desk = Memory::default();
    create(&room, &desk, 1, "One");
    // Longer than the second factor is fresh, and than an access token is good: the session is renewed by itself.
    room.pass(Duration::from_secs(6 * 60));
    let error = sync::sync(&client, &desk, Direction::Both, Accept::default()).await.unwrap_err();
    assert_eq!(error, SyncError::Remote(RemoteError::SecondFactorNeeded));
    assert!(desk.state().links.is_empty() && desk.state().keys.len() == 1);
    let wrong = Secret::new(admin.wrong_code(room.now()));
    assert_eq!(client.step_up(&wrong).await, Err(RemoteError::LoginRefused));
    client.step_up(&code(&room, &admin)).await.unwrap();
    assert_eq!(run(&client, &desk).await.up, 1);
    assert_eq!(client.me().await.unwrap().user_name, "admin");
    assert_eq!(client.statistics(30).await.unwrap(), []);
    assert!(
        client
            .audit(&sync::AuditQuery::newest(100))
            .await
            .unwrap()
            .iter()
            .any(|entry| entry.action == "provider.create")
    );
}

#[tokio::test]
async fn a_key_that_the_vendor_refuses_is_told_and_the_others_go() {
    let (room, admin, _) = Room::open().await;
    let client = client(&room, &admin).await;
    let desk = Memory::default();
    create(&room, &desk, 1, "One");
    create(&room, &desk, 2, "Two");
    desk.type_key(id(1), "test-openai-bad-key-0001");
    let report = sync::sync(&client, &desk, Direction::Both, Accept::default()).await.unwrap();
    assert_eq!((report.up, report.undone.len()), (1, 1));
    assert_eq!(report.undone[0].name, "One");
    assert!(!format!("{report:?}").contains("bad-key-0001"));
}
