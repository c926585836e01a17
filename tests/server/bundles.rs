//! Bundles at their server: whom it trusts, what it refuses, and what calls notice when one comes into force, which is nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use bundle::{
    BundledCatalog, BundledPrompt, Configured, Contents, Identity, KeyChange, Order, ServerFile, SigningKey,
    VerifyError,
};
use model::{
    Catalog, ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    remote::CreateToken,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use serde_json::{Value, json};
use server::bundle::{BundleError, Trusted};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{Room, Session},
};

pub const BUNDLES: &str = "/api/v1/super-admin/bundles";
const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";
const DAY_MS: i64 = 86_400_000;

/// A desk that knows the server, and is trusted there.
pub struct Desk {
    pub key: SigningKey,
    pub server: ServerFile,
    pub files: tempfile::TempDir,
}

impl Desk {
    pub async fn trusted(room: &mut Room) -> Self {
        let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
        let files = tempfile::tempdir().unwrap();
        let file = files.path().join("key.json");
        fs::write(&file, key.public().file()).unwrap();
        let (file, key) = (&file, &key);
        let server = room
            .at_console(async move |site, options| {
                let asked = server::bundle::trust(site, file, None, &options.now).await.unwrap();
                let Trusted::Compare { fingerprint, .. } = asked else { panic!("{asked:?}") };
                assert_eq!(fingerprint, key.public().fingerprint().to_string());
                let wrong =
                    server::bundle::trust(site, file, Some("0000 0000 0000 0000"), &options.now).await;
                assert!(matches!(wrong, Err(BundleError::Fingerprint)));
                server::bundle::trust(site, file, Some(&fingerprint), &options.now).await.unwrap();
                server::bundle::identity(site, Some("api-eu-1")).await.unwrap()
            })
            .await;
        let key = SigningKey::kept(ISSUER, "sb-2026-1", &key.text()).unwrap();
        Self { key, server, files }
    }

    pub fn made(&self, room: &Room, serial: u64, contents: &Contents) -> String {
        let now = room.now();
        let expires_at = Timestamp(now.0 + 7 * DAY_MS);
        let order = Order { server: &self.server, serial, previous: serial - 1, issued_at: now, expires_at };
        bundle::make(&order, contents, &self.key).unwrap()
    }

    fn file(&self, text: &str) -> PathBuf {
        let file = self.files.path().join("one.sbundle");
        fs::write(&file, text).unwrap();
        file
    }
}

pub fn configured(room: &Room, number: u128, name: &str, key: &str) -> Configured {
    let draft = ProviderDraft {
        base_url: room.simulator.base_url(ProviderType::OpenAi),
        model_name: "gpt-4o-mini".into(),
        display_name: name.into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let id = ProviderId(Uuid::from_u128(number));
    Configured { id, draft, key: Some(Secret::new(key)), key_entered_at: Some(Timestamp(7)) }
}

pub fn route(numbers: &[u128]) -> TaskRoute {
    let member = |number: &u128| ChainMember { provider: ProviderId(Uuid::from_u128(*number)), weight: 0 };
    TaskRoute {
        task: "extraction".parse().unwrap(),
        mode: RouteMode::Chain,
        chain: numbers.iter().map(member).collect(),
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    }
}

/// One configuration, which serves extraction.
pub fn one(room: &Room, name: &str, key: &str) -> Contents {
    Contents {
        configurations: vec![configured(room, 1, name, key)],
        default: Some(ProviderId(Uuid::from_u128(1))),
        routes: vec![route(&[1])],
        ..Contents::default()
    }
}

pub async fn upload(room: &Room, session: &Session, text: &str) -> Reply {
    let request = Request::new("POST", BUNDLES).bearer(&session.access).json(&json!({ "bundle": text }));
    room.send(request).await
}

pub async fn names(room: &Room, session: &Session) -> Vec<String> {
    let list = room.get(session, CONFIGS).await;
    let name = |one: &Value| one["display_name"].as_str().unwrap().to_owned();
    list.data().as_array().unwrap().iter().map(name).collect()
}

pub async fn token(room: &mut Room) -> String {
    let made = async |site: &server::Site, options: &server::Options| {
        let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
        server::make_token(site, asked, &options.now).await.unwrap().token.unwrap()
    };
    room.at_console(made).await
}

async fn call(room: &Room, token: &str) -> Reply {
    let ask =
        json!({ "model": "task:extraction", "messages": [{ "role": "user", "content": "Say hello." }] });
    let request = Request::new("POST", "/v1/chat/completions");
    request.header("authorization", &format!("Bearer {token}")).json(&ask).send(room.gateway()).await
}

#[tokio::test]
async fn what_the_desk_signed_is_served_by_and_the_next_one_takes_its_place() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let token = token(&mut room).await;
    assert_ne!(call(&room, &token).await.status, 200);
    let contents = one(&room, "From the desk", "test-openai-key-0001");
    let applied = upload(&room, &session, &desk.made(&room, 3, &contents)).await;
    assert_eq!((&applied.data()["serial"], &applied.data()["configurations"]), (&json!(3), &json!(1)));
    assert_eq!(call(&room, &token).await.status, 200);
    let mut contents = one(&room, "Renamed", "test-openai-key-0001");
    contents.configurations.push(configured(&room, 2, "From the desk", "test-openai-key-0002"));
    contents.routes = vec![route(&[2, 1])];
    upload(&room, &session, &desk.made(&room, 5, &contents)).await.data();
    assert_eq!(names(&room, &session).await, ["Renamed", "From the desk"]);
    let list = room.get(&session, CONFIGS).await;
    let first =
        list.data().as_array().unwrap().iter().find(|one| one["default_for_extraction"] == true).cloned();
    assert_eq!(first.unwrap()["display_name"], "From the desk");
    room.simulator.clear_journal();
    assert_eq!(call(&room, &token).await.status, 200);
    // Nothing in it: the server serves nobody any more.
    upload(&room, &session, &desk.made(&room, 6, &Contents::default())).await.data();
    assert!(names(&room, &session).await.is_empty());
    assert_ne!(call(&room, &token).await.status, 200);
    let shown = room.get(&session, BUNDLES).await;
    let serials = shown.data()["accepted"].as_array().unwrap().iter().map(|one| one["serial"].clone());
    assert_eq!(serials.collect::<Vec<_>>(), [6, 5, 3]);
    assert_eq!(shown.data()["fingerprint"], json!(desk.server.fingerprint().to_string()));
    let verified =
        room.at_console(async |site, _| site.store().verify_audit(Vec::new()).await.unwrap()).await;
    assert_eq!(verified.broken, None);
}

#[tokio::test]
async fn what_is_not_to_be_believed_changes_nothing() {
    let (mut room, admin, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let made = desk.made(&room, 7, &one(&room, "In force", "test-openai-key-0001"));
    upload(&room, &session, &made).await.data();
    let acts = async |session: &Session| {
        room.get(session, "/api/v1/super-admin/audit-log?action=bundle.apply").await.data().clone()
    };
    let (before, list) = (acts(&session).await, room.get(&session, CONFIGS).await.data().clone());
    let other = one(&room, "Another", "test-openai-key-0002");
    let stranger = Desk {
        key: SigningKey::make(ISSUER, "sb-2026-1").unwrap(),
        server: desk.server.clone(),
        files: tempfile::tempdir().unwrap(),
    };
    let elsewhere = Desk {
        key: SigningKey::kept(ISSUER, "sb-2026-1", &desk.key.text()).unwrap(),
        server: ServerFile { id: "b".repeat(32), ..desk.server.clone() },
        files: tempfile::tempdir().unwrap(),
    };
    let misled = Desk {
        key: SigningKey::kept(ISSUER, "sb-2026-1", &desk.key.text()).unwrap(),
        server: ServerFile { recipient: Identity::make().recipient(), ..desk.server.clone() },
        files: tempfile::tempdir().unwrap(),
    };
    let good = desk.made(&room, 9, &other);
    let mut no_form = one(&room, "Another", "test-openai-key-0002");
    no_form.configurations[0].draft.base_url = "http://198.51.100.1/v1".into();
    for (wound, text) in [
        ("the same again", made.clone()),
        ("an older serial", desk.made(&room, 6, &other)),
        ("another key of this name", stranger.made(&room, 9, &other)),
        ("for another server", elsewhere.made(&room, 9, &other)),
        ("sealed for somebody else", misled.made(&room, 9, &other)),
        ("an address that no form takes", desk.made(&room, 9, &no_form)),
        (
            "going back to what was never there",
            desk.made(&room, 9, &Contents { again: Some(2), ..Contents::default() }),
        ),
        ("a changed letter", good.replacen('A', "B", 1)),
        ("a cut", good[..good.len() - 1].to_owned()),
        ("nothing", String::new()),
    ] {
        let refused = upload(&room, &session, &text).await;
        assert_eq!((refused.status, refused.code()), (422, "bundle_refused"), "{wound}: {}", refused.text);
        assert!(!refused.text.contains("test-openai-key"), "{wound}");
    }
    room.pass(Duration::from_secs(7 * 86_400));
    let session = room.log_in(&admin).await;
    assert_eq!(upload(&room, &session, &good).await.code(), "bundle_refused");
    assert_eq!(room.get(&session, CONFIGS).await.data(), &list);
    assert_eq!(acts(&session).await, before);
    // Each of them is in the log of acts as what it was.
    let refused = room.get(&session, "/api/v1/super-admin/audit-log?action=bundle.refused").await;
    assert_eq!(refused.data().as_array().unwrap().len(), 11);
}

#[tokio::test]
async fn a_name_that_was_given_here_keeps_a_bundle_out_as_a_whole_and_its_serial_free() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let body = room.create_body(ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let local = room.create(&session, &body).await.data().clone();
    let mut contents = one(&room, "First", "test-openai-key-0001");
    let name = local["display_name"].as_str().unwrap();
    contents.configurations.push(configured(&room, 2, name, "test-openai-key-0002"));
    let text = desk.made(&room, 4, &contents);
    assert_eq!(upload(&room, &session, &text).await.code(), "bundle_refused");
    assert_eq!(names(&room, &session).await, [name]);
    let renamed = json!({ "display_name": "Made here" });
    room.put(&session, &local["id"], &renamed).await.data();
    upload(&room, &session, &text).await.data();
    assert_eq!(names(&room, &session).await.len(), 3);
    // What was made here is nobody's to remove.
    upload(&room, &session, &desk.made(&room, 5, &Contents::default())).await.data();
    assert_eq!(names(&room, &session).await, ["Made here"]);
}

#[tokio::test]
async fn a_bundle_without_changes_changes_nothing_but_the_serial() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let contents = one(&room, "Same", "test-openai-key-0001");
    upload(&room, &session, &desk.made(&room, 1, &contents)).await.data();
    let revision = async || room.get(&session, CONFIGS).await.data()[0]["revision"].clone();
    let before = revision().await;
    upload(&room, &session, &desk.made(&room, 2, &contents)).await.data();
    assert_eq!(revision().await, before);
    let other = one(&room, "Same", "test-openai-key-0002");
    upload(&room, &session, &desk.made(&room, 3, &other)).await.data();
    assert_ne!(revision().await, before);
}

#[tokio::test]
async fn going_back_takes_a_new_bundle_that_says_so_and_never_an_old_file() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let first = desk.made(&room, 1, &one(&room, "First", "test-openai-key-0001"));
    upload(&room, &session, &first).await.data();
    let second = desk.made(&room, 2, &one(&room, "Second", "test-openai-key-0002"));
    upload(&room, &session, &second).await.data();
    assert_eq!(upload(&room, &session, &first).await.code(), "bundle_refused");
    let (old, again) = (
        desk.file(&desk.made(&room, 3, &one(&room, "Third", "test-openai-key-0001"))),
        desk.files.path().join("again.sbundle"),
    );
    fs::write(&again, desk.made(&room, 3, &Contents { again: Some(1), ..Contents::default() })).unwrap();
    let (old, again) = (&old, &again);
    let applied = room
        .at_console(async move |site, options| {
            let not_back = server::bundle::back(site, old, &options.now).await;
            assert!(matches!(not_back, Err(BundleError::NotBack)));
            server::bundle::back(site, again, &options.now).await.unwrap()
        })
        .await;
    assert_eq!((applied.serial, applied.again, applied.configurations), (3, Some(1), 1));
    assert_eq!(names(&room, &session).await, ["First"]);
    let back = room.get(&session, "/api/v1/super-admin/audit-log?action=bundle.back").await;
    // One of the bundle, beside those of what it changed.
    let of_bundle = |entry: &&Value| entry["after"]["serial"] == 3;
    assert_eq!(back.data().as_array().unwrap().iter().filter(of_bundle).count(), 1);
}

#[tokio::test]
async fn a_signing_key_is_replaced_by_a_statement_of_both_and_the_old_one_signs_no_more() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    upload(&room, &session, &desk.made(&room, 1, &one(&room, "Old", "test-openai-key-0001"))).await.data();
    let new = SigningKey::make(ISSUER, "sb-2026-2").unwrap();
    let stated = desk.file(&KeyChange::state(&desk.key, &new, room.now()));
    let stated = &stated;
    let trusted = room
        .at_console(async move |site, options| {
            server::bundle::trust(site, stated, None, &options.now).await.unwrap()
        })
        .await;
    assert_eq!(trusted, Trusted::Instead { kid: "sb-2026-2".into(), old_kid: "sb-2026-1".into() });
    let by_old = desk.made(&room, 2, &one(&room, "Old", "test-openai-key-0001"));
    assert_eq!(upload(&room, &session, &by_old).await.code(), "bundle_refused");
    let desk = Desk { key: new, ..desk };
    // Serials go on where the old key's ended, and what it signed can be gone back to.
    let low = desk.made(&room, 1, &one(&room, "New", "test-openai-key-0001"));
    assert_eq!(upload(&room, &session, &low).await.code(), "bundle_refused");
    upload(&room, &session, &desk.made(&room, 2, &one(&room, "New", "test-openai-key-0001"))).await.data();
    let back = Contents { again: Some(1), ..Contents::default() };
    upload(&room, &session, &desk.made(&room, 3, &back)).await.data();
    assert_eq!(names(&room, &session).await, ["Old"]);
}

async fn applied(room: &mut Room, file: &Path) -> Result<u64, BundleError> {
    let apply = async |site: &server::Site, options: &server::Options| {
        server::bundle::apply(site, file, &options.now).await.map(|applied| applied.serial)
    };
    room.at_console(apply).await
}

#[tokio::test]
async fn a_bundle_cannot_put_a_model_where_it_is_known_to_be_unable_to_serve() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let mut contents = one(&room, "Small", "test-openai-key-0001");
    contents.routes[0].needs.context_tokens = Some(500_000);
    let refused = upload(&room, &session, &desk.made(&room, 1, &contents)).await;
    assert_eq!((refused.status, refused.code()), (422, "bundle_refused"), "{}", refused.text);
    let told = "Small of this bundle cannot serve extraction: its model has too small a window";
    assert!(refused.text.contains(told), "{}", refused.text);
    assert_eq!(names(&room, &session).await, Vec::<String>::new());
    // What stood there is left alone when its task comes to need more: a new key has to come into force all the same.
    contents.routes[0].needs.context_tokens = None;
    upload(&room, &session, &desk.made(&room, 2, &contents)).await.data();
    contents.routes[0].needs.context_tokens = Some(500_000);
    upload(&room, &session, &desk.made(&room, 3, &contents)).await.data();
    contents.configurations[0].draft.model_name = "gpt-4o".into();
    let refused = upload(&room, &session, &desk.made(&room, 4, &contents)).await;
    assert_eq!(refused.code(), "bundle_refused", "with another model");
}

#[tokio::test]
async fn a_clock_that_is_set_back_revives_no_bundle_that_had_expired() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let (key, beginning) = ("test-openai-key-0001", room.now().0);
    let day = |day: i64| Timestamp(beginning + day * DAY_MS);
    let made = |room: &Room, serial: u64| {
        let file = desk.files.path().join(format!("{serial}.sbundle"));
        fs::write(&file, desk.made(room, serial, &one(room, &format!("Number {serial}"), key))).unwrap();
        file
    };
    upload(&room, &session, &desk.made(&room, 7, &one(&room, "Number 7", key))).await.data();
    room.set_clock(day(1));
    let (shown, unseen) = (made(&room, 9), made(&room, 10));
    room.set_clock(day(9));
    let has_expired = |done: Result<u64, BundleError>| {
        assert!(matches!(done, Err(BundleError::Verify(VerifyError::Expired))), "{done:?}");
    };
    has_expired(applied(&mut room, &shown).await);
    room.set_clock(day(6));
    // What is dated back does not make the time that was seen earlier.
    token(&mut room).await;
    for file in [&shown, &unseen] {
        let done = applied(&mut room, file).await;
        assert!(matches!(done, Err(BundleError::ClockBehind { seen }) if seen == day(9)), "{done:?}");
    }
    // What is good by the latest time is taken, whatever the clock shows.
    room.set_clock(day(9));
    let good = made(&room, 11);
    room.set_clock(day(6));
    assert_eq!(applied(&mut room, &good).await.unwrap(), 11);
}

#[tokio::test]
async fn a_person_at_the_console_can_say_that_a_clock_is_right_which_was_ahead_before() {
    let (mut room, _, _) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let (right, wrong) = (room.now(), Timestamp(room.now().0 + 4_000 * DAY_MS));
    room.set_clock(wrong);
    token(&mut room).await;
    room.set_clock(right);
    let file = desk.file(&desk.made(&room, 1, &one(&room, "One", "test-openai-key-0001")));
    let done = applied(&mut room, &file).await;
    assert!(matches!(done, Err(BundleError::ClockBehind { seen }) if seen == wrong), "{done:?}");
    let accept = async |site: &server::Site, options: &server::Options| {
        server::bundle::accept_clock(site, &options.now).await.unwrap()
    };
    assert_eq!(room.at_console(accept).await, wrong);
    assert_eq!(applied(&mut room, &file).await.unwrap(), 1);
}

/// Waits until the log of acts says so often that a bundle was refused.
pub async fn refused(room: &Room, session: &Session, count: usize) -> usize {
    let refusals = async || {
        let entries = room.get(session, "/api/v1/super-admin/audit-log?action=bundle.refused").await;
        entries.data().as_array().unwrap().len()
    };
    until(async || refusals().await >= count).await;
    refusals().await
}

/// Waits for something that comes by itself.
pub async fn until(mut is_there: impl AsyncFnMut() -> bool) {
    let coming = async {
        while !is_there().await {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(60), coming).await.expect("it does not come");
}

/// Has the folder looked at twice: what is no bundle is refused at the next look.
pub async fn look_twice(room: &Room, session: &Session, folder: &Path) {
    for (name, count) in [("first.sbundle", 2), ("second.sbundle", 3)] {
        fs::write(folder.join(name), "no bundle").unwrap();
        refused(room, session, count).await;
    }
}

#[tokio::test]
async fn a_bundle_in_a_folder_that_is_not_good_yet_is_told_of_once_and_comes_into_force_when_it_is() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let folder = tempfile::tempdir().unwrap();
    room.pass(Duration::from_secs(240));
    let text = desk.made(&room, 1, &one(&room, "Ahead", "test-openai-key-0001"));
    room.set_clock(Timestamp(room.now().0 - 240_000));
    fs::write(folder.path().join(desk.server.file_name(1)), text).unwrap();
    room.watch(folder.path());
    refused(&room, &session, 1).await;
    look_twice(&room, &session, folder.path()).await;
    // One word of it, beside those of the two files.
    assert_eq!(refused(&room, &session, 3).await, 3);
    assert!(names(&room, &session).await.is_empty());
    room.pass(Duration::from_secs(240));
    until(async || names(&room, &session).await == ["Ahead"]).await;
}

#[tokio::test]
async fn a_bundle_in_a_folder_waits_until_the_configuration_in_its_way_is_renamed() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let body = room.create_body(ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let local = room.create(&session, &body).await.data().clone();
    let name = local["display_name"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let text = desk.made(&room, 1, &one(&room, name, "test-openai-key-0001"));
    fs::write(folder.path().join(desk.server.file_name(1)), text).unwrap();
    room.watch(folder.path());
    refused(&room, &session, 1).await;
    look_twice(&room, &session, folder.path()).await;
    assert_eq!(refused(&room, &session, 3).await, 3);
    room.put(&session, &local["id"], &json!({ "display_name": "Made here" })).await.data();
    until(async || names(&room, &session).await.len() == 2).await;
}

/// The instructions of extraction, and the version of an imported catalogue.
async fn beside(room: &mut Room) -> (Option<String>, Option<String>) {
    room.at_console(async |site, _| {
        let prompt = site.store().task_prompt(&"extraction".parse().unwrap()).await.unwrap();
        let catalog = site.store().catalog_in_force().await.unwrap();
        (prompt, catalog.map(|imported| imported.version))
    })
    .await
}

#[tokio::test]
async fn instructions_and_prices_come_with_a_bundle_and_go_with_one_that_goes_back() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let key = "test-openai-key-0001";
    upload(&room, &session, &desk.made(&room, 1, &one(&room, "One", key))).await.data();
    assert_eq!(beside(&mut room).await, (None, None));
    let catalog = Catalog { as_of: "2026-01-31".into(), ..Catalog::bundled().unwrap() };
    let version = gateway::catalog_version(&catalog);
    let prompt = |prompt: Option<&str>| {
        vec![BundledPrompt { task: "extraction".parse().unwrap(), prompt: prompt.map(str::to_owned) }]
    };
    let with_both = Contents {
        prompts: prompt(Some("Only facts.")),
        catalog: Some(BundledCatalog::Comes(catalog)),
        ..one(&room, "One", key)
    };
    upload(&room, &session, &desk.made(&room, 2, &with_both)).await.data();
    assert_eq!(beside(&mut room).await, (Some("Only facts.".to_owned()), Some(version.clone())));
    // What a bundle says nothing of stays.
    upload(&room, &session, &desk.made(&room, 3, &one(&room, "One", key))).await.data();
    assert_eq!(beside(&mut room).await, (Some("Only facts.".to_owned()), Some(version.clone())));
    let gone = Contents {
        prompts: prompt(None),
        catalog: Some(BundledCatalog::Goes(version.clone())),
        ..one(&room, "One", key)
    };
    upload(&room, &session, &desk.made(&room, 4, &gone)).await.data();
    assert_eq!(beside(&mut room).await, (None, None));
    upload(&room, &session, &desk.made(&room, 5, &with_both)).await.data();
    // Number 4 had neither, so that neither is left of number 5.
    let back = Contents { again: Some(4), ..Contents::default() };
    upload(&room, &session, &desk.made(&room, 6, &back)).await.data();
    assert_eq!(beside(&mut room).await, (None, None));
}

#[tokio::test]
async fn probes_say_when_a_new_bundle_is_due_and_the_server_is_as_ready_as_before() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let contents = one(&room, "One", "test-openai-key-0001");
    upload(&room, &session, &desk.made(&room, 1, &contents)).await.data();
    for (days, state) in [(0, "valid"), (6, "expires_soon"), (8, "expired")] {
        room.pass(Duration::from_secs(days * 86_400));
        for path in ["/healthz", "/readyz"] {
            let reply = room.send(Request::new("GET", path)).await;
            assert_eq!(reply.data()["status"], "ok");
            assert_eq!(reply.data()["bundle"]["state"], state, "{path}");
            assert!(reply.data()["bundle"]["expires_at"].is_string());
        }
    }
}

#[tokio::test]
async fn what_is_in_force_serves_on_after_its_end_and_after_a_restart() {
    let (mut room, _, session) = Room::open().await;
    let desk = Desk::trusted(&mut room).await;
    let token = token(&mut room).await;
    let made = desk.made(&room, 1, &one(&room, "One", "test-openai-key-0001"));
    upload(&room, &session, &made).await.data();
    assert_eq!(call(&room, &token).await.status, 200);
    room.pass(Duration::from_secs(8 * 86_400));
    let ready = async |room: &Room| room.send(Request::new("GET", "/readyz")).await.data().clone();
    for restarted in [false, true] {
        if restarted {
            room.stop().await;
            room.start().await;
        }
        assert_eq!(ready(&room).await["bundle"]["state"], "expired");
        let answered = call(&room, &token).await;
        assert_eq!(answered.status, 200, "{restarted}: {}", answered.text);
    }
}
