//! Bundles made at the desk: signed by its own key, sealed for one server, numbered once, and said beforehand what they change.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bundle::{Contents, Expected, Identity, KeyChange, PublicKey, ServerFile};
use journeys::{PASSWORD, Room, existing};
use model::{Failure, FailureCode, ProviderType, vault::LockReason};
use serde_json::{Value, json};

const KEY: &str = "test-openai-key-0001";

struct Server {
    identity: Identity,
    file: ServerFile,
}

fn server(name: &str, digit: &str) -> Server {
    let identity = Identity::make();
    let file =
        ServerFile { id: digit.repeat(32), name: name.into(), recipient: identity.recipient(), serial: 0 };
    Server { identity, file }
}

async fn import(room: &Room, server: &Server) -> Result<Value, Failure> {
    let file = server.file.file();
    let seen = room.send("preview_server", json!({ "file": file })).await?;
    assert_eq!(seen["fingerprint"], json!(server.file.fingerprint().to_string()));
    room.send("add_server", json!({ "file": file, "fingerprint": seen["fingerprint"] })).await
}

/// A vault with two providers, a signing key and a server.
async fn with_two() -> (Room, Server, [Value; 2]) {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["is_default"] = json!(true);
    form["tasks"] = json!(["extraction"]);
    form["daily_token_limit"] = json!(1_000);
    form["description"] = json!("a note of our own");
    let one = room.add(&form, Some(KEY)).await;
    let mut form = room.form(ProviderType::Claude, "claude-opus-5-5");
    form["tasks"] = json!(["cv_draft"]);
    let two = room.add(&form, Some("test-claude-key-0001")).await;
    let server = server("api-eu-1", "a");
    room.send("make_signing_key", json!({})).await.unwrap();
    import(&room, &server).await.unwrap();
    (room, server, [one, two])
}

fn order(server: &Server, providers: &[&Value]) -> Value {
    let ids: Vec<&Value> = providers.iter().map(|one| &one["id"]).collect();
    json!({ "server": server.file.id, "providers": ids, "days": 7, "with_limits": true, "with_prices": true,
        "without_tasks": [], "again": null })
}

async fn export(room: &Room, order: &Value) -> Result<Value, Failure> {
    let seen = room.send("preview_bundle", json!({ "order": order })).await?;
    room.send("export_bundle", json!({ "order": order, "serial": seen["serial"], "target": "file" })).await
}

async fn public_key(room: &Room) -> PublicKey {
    let written = room.send("export_signing_key", json!({})).await.unwrap();
    PublicKey::read(&room.downloaded(written["name"].as_str().unwrap())).unwrap()
}

/// As its server opens it.
fn opened(room: &Room, server: &Server, key: &PublicKey, exported: &Value, serial: u64) -> Contents {
    let bytes = room.downloaded(exported["file"]["name"].as_str().unwrap());
    let expected = Expected { server_id: &server.file.id, now: room.host_now(), serial };
    let verified = bundle::read(&bytes, std::slice::from_ref(key)).unwrap().expect(&expected).unwrap();
    verified.open(&server.identity).ok().unwrap()
}

#[tokio::test]
async fn what_is_exported_opens_at_its_server_with_keys_routes_and_limits_and_nothing_else() {
    let (room, server, [one, two]) = with_two().await;
    let exported = export(&room, &order(&server, &[&one])).await.unwrap();
    assert_eq!((&exported["serial"], &exported["file"]["name"]), (&json!(1), &json!("api-eu-1-1.sbundle")));
    let contents = opened(&room, &server, &public_key(&room).await, &exported, 0);
    assert_eq!(contents.configurations.len(), 1);
    let own = &contents.configurations[0];
    assert_eq!(own.key.as_ref().unwrap().expose(), KEY);
    assert_eq!((own.draft.daily_token_limit, own.draft.description.as_str()), (Some(1_000), ""));
    assert_eq!(contents.default, Some(own.id));
    let chain = |task: &str| {
        let route = contents.routes.iter().find(|route| route.task.as_str() == task).unwrap();
        route.chain.iter().map(|member| member.provider.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(
        (chain("extraction"), chain("cv_draft")),
        (vec![one["id"].as_str().unwrap().to_owned()], vec![])
    );
    let mut without = order(&server, &[&one, &two]);
    without["with_limits"] = json!(false);
    let exported = export(&room, &without).await.unwrap();
    let contents = opened(&room, &server, &public_key(&room).await, &exported, 1);
    assert!(contents.configurations.iter().all(|one| one.draft.daily_token_limit.is_none()));
    let view = &exported["view"]["bundles"];
    assert_eq!(
        (&view[0]["serial"], &view[0]["configurations"], &view[0]["routes"]),
        (&json!(2), &json!(2), &json!(2))
    );
    assert_eq!((&view[1]["replaced_by"], &view[1]["is_kept"]), (&json!(2), &json!(false)));
}

#[tokio::test]
async fn a_serial_is_given_away_once_and_goes_on_above_what_a_server_accepted() {
    let (room, mut eu, [one, _]) = with_two().await;
    let us = server("api-us-1", "b");
    import(&room, &us).await.unwrap();
    let asked = order(&eu, &[&one]);
    let first = json!({ "order": asked, "serial": 1, "target": "file" });
    room.send("export_bundle", first.clone()).await.unwrap();
    assert_eq!(room.send("export_bundle", first).await.unwrap_err().code, FailureCode::Conflict);
    // One counter for all servers: what was exported for one is no gap for another.
    assert_eq!(export(&room, &order(&us, &[&one])).await.unwrap()["serial"], 2);
    eu.file.serial = 40;
    import(&room, &eu).await.unwrap();
    assert_eq!(export(&room, &order(&us, &[&one])).await.unwrap()["serial"], 41);
    let kept = room.send("save_bundle", json!({ "serial": 41, "target": "file" })).await.unwrap();
    assert_eq!(kept["file"]["name"], "api-us-1-41 (2).sbundle");
    let gone = room.send("save_bundle", json!({ "serial": 2, "target": "file" })).await.unwrap_err();
    assert_eq!(gone.code, FailureCode::Gone);
}

#[tokio::test]
async fn what_a_bundle_changes_is_said_before_it_is_signed() {
    let (room, server, [one, two]) = with_two().await;
    let preview = async |providers: &[&Value]| {
        let order = order(&server, providers);
        room.send("preview_bundle", json!({ "order": order })).await.unwrap()["changes"].clone()
    };
    let first = preview(&[&one]).await;
    assert_eq!(first[0]["added"]["name"], one["display_name"]);
    assert!(first.as_array().unwrap().iter().any(|change| change["route"]["task"] == "extraction"));
    export(&room, &order(&server, &[&one])).await.unwrap();
    assert_eq!(preview(&[&one]).await, json!([]));
    let replace = json!({ "existing": existing(&room.list().await.into_iter().find(|now| now["id"] == one["id"]).unwrap()),
        "api_key": "test-openai-key-0002", "keep_days": 7, "run": 1 });
    room.host.pass(std::time::Duration::from_secs(60));
    room.send("replace_key", replace).await.unwrap();
    let changes = preview(&[&one, &two]).await;
    let changed = changes.as_array().unwrap().iter().find(|change| change["changed"].is_object()).unwrap();
    assert_eq!(changed["changed"]["fields"], json!(["key"]));
    assert!(changes.as_array().unwrap().iter().any(|change| change["added"]["name"] == two["display_name"]));
    let nothing = preview(&[]).await;
    assert!(
        nothing.as_array().unwrap().iter().any(|change| change["removed"]["name"] == one["display_name"])
    );
}

#[tokio::test]
async fn a_changed_provider_is_said_with_what_it_was_and_what_it_will_be() {
    let (room, server, [one, _]) = with_two().await;
    export(&room, &order(&server, &[&one])).await.unwrap();
    let now = room.list().await.into_iter().find(|now| now["id"] == one["id"]).unwrap();
    let mut form = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["is_default"] = json!(true);
    form["tasks"] = json!(["extraction"]);
    form["daily_token_limit"] = json!(2_000);
    form["calls"] = json!({ "price": { "input_usd_per_mtok": "0.1", "output_usd_per_mtok": "0.4",
        "cached_input_usd_per_mtok": null } });
    let save = json!({ "existing": existing(&now), "draft": form, "api_key": null, "remove_key": false,
        "save_anyway": true, "run": 1 });
    room.send("save_provider", save).await.unwrap();
    let asked = json!({ "order": order(&server, &[&one]) });
    let changes = room.send("preview_bundle", asked).await.unwrap()["changes"].clone();
    let fields = json!([
        { "model": { "before": "gpt-6-sol", "after": "gpt-4o-mini" } },
        { "limit": { "kind": "daily_tokens", "before": 1_000, "after": 2_000 } },
        "prices",
    ]);
    assert_eq!((changes.as_array().unwrap().len(), &changes[0]["changed"]["fields"]), (1, &fields));
}

#[tokio::test]
async fn the_public_key_is_shown_as_its_file_has_it() {
    let (room, _, _) = with_two().await;
    let view = room.send("view_bundles", json!({})).await.unwrap();
    let shown = PublicKey::read(view["key"]["public"].as_str().unwrap().as_bytes()).unwrap();
    assert_eq!(shown.fingerprint(), public_key(&room).await.fingerprint());
}

#[tokio::test]
async fn going_back_names_a_bundle_of_this_server_with_configurations_of_its_own() {
    let (room, server, [one, two]) = with_two().await;
    export(&room, &order(&server, &[&one])).await.unwrap();
    export(&room, &order(&server, &[&two])).await.unwrap();
    let mut back = order(&server, &[]);
    back["again"] = json!(1);
    let seen = room.send("preview_bundle", json!({ "order": back })).await.unwrap();
    assert!(
        seen["changes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|change| change["added"]["name"] == one["display_name"])
    );
    let exported = export(&room, &back).await.unwrap();
    let contents = opened(&room, &server, &public_key(&room).await, &exported, 2);
    assert_eq!((contents.again, contents.configurations.len()), (Some(1), 0));
    for missing in [3, 9] {
        back["again"] = json!(missing);
        assert!(export(&room, &back).await.is_err(), "{missing}");
    }
}

#[tokio::test]
async fn another_signing_key_comes_with_a_statement_of_both_and_survives_another_vault_key() {
    let (room, server, [one, _]) = with_two().await;
    let old = public_key(&room).await;
    let written = room.send("replace_signing_key", json!({})).await.unwrap();
    let statement = room.downloaded(written["name"].as_str().unwrap());
    let change = KeyChange::read(&statement, std::slice::from_ref(&old)).unwrap();
    assert_eq!((change.old_kid.as_str(), change.new.kid()), ("sb-2026-1", "sb-2026-2"));
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.unwrap();
    let exported = export(&room, &order(&server, &[&one])).await.unwrap();
    opened(&room, &server, &change.new, &exported, 0);
    let bytes = room.downloaded(exported["file"]["name"].as_str().unwrap());
    assert!(bundle::read(&bytes, &[old]).is_err());
    assert_eq!(room.send("view_bundles", json!({})).await.unwrap()["key"]["kid"], "sb-2026-2");
}

#[tokio::test]
async fn a_file_is_judged_by_the_keys_of_this_vault_and_no_secret_leaves_in_the_clear() {
    let (room, server, [one, _]) = with_two().await;
    let exported = export(&room, &order(&server, &[&one])).await.unwrap();
    let text = String::from_utf8(room.downloaded(exported["file"]["name"].as_str().unwrap())).unwrap();
    let verdict = room.send("verify_bundle", json!({ "file": format!("{text}\n") })).await.unwrap();
    assert_eq!(
        (&verdict["serial"], &verdict["is_ours"], &verdict["newest"]),
        (&json!(1), &json!(true), &json!(1))
    );
    assert_eq!((&verdict["server_name"], &verdict["has_expired"]), (&json!("api-eu-1"), &json!(false)));
    assert_eq!(verdict["configurations"], json!([one["display_name"]]));
    let changed = text.replacen('A', "B", 1);
    assert!(room.send("verify_bundle", json!({ "file": changed })).await.is_err());
    let (elsewhere, _, _) = with_two().await;
    let refused = elsewhere.send("verify_bundle", json!({ "file": text })).await.unwrap_err();
    assert!(refused.message.contains("not genuine"), "{refused:?}");
    let page = room.send("view_audit", json!({ "filter": {}, "before": null, "limit": 50 })).await.unwrap();
    let told = format!("{page}{exported}{verdict}{text}");
    for action in ["bundle.make_key", "bundle.add_server", "bundle.export"] {
        assert!(told.contains(action), "{action}");
    }
    assert!(!told.contains(KEY));
}

#[tokio::test]
async fn a_server_is_imported_with_the_fingerprint_that_was_compared_and_forgotten_without_its_bundles() {
    let (room, server, [one, _]) = with_two().await;
    let other = self::server("api-eu-1", "c");
    let wrong = json!({ "file": other.file.file(), "fingerprint": server.file.fingerprint().to_string() });
    assert_eq!(room.send("add_server", wrong).await.unwrap_err().code, FailureCode::Conflict);
    // A name stands for one server.
    assert!(import(&room, &other).await.is_err());
    // The same server with another recipient says so.
    let moved =
        Server { file: ServerFile { recipient: other.identity.recipient(), ..server.file.clone() }, ..other };
    let seen = room.send("preview_server", json!({ "file": moved.file.file() })).await.unwrap();
    assert_eq!((&seen["known_as"], &seen["other_recipient"]), (&json!("api-eu-1"), &json!(true)));
    export(&room, &order(&server, &[&one])).await.unwrap();
    let view = room.send("remove_server", json!({ "id": server.file.id })).await.unwrap();
    assert_eq!(
        (view["servers"].as_array().unwrap().len(), view["bundles"].as_array().unwrap().len()),
        (0, 1)
    );
    assert_eq!(export(&room, &order(&server, &[&one])).await.unwrap_err().code, FailureCode::Gone);
}

#[tokio::test]
async fn a_bundle_goes_to_the_clipboard_without_a_file() {
    let (room, server, [one, _]) = with_two().await;
    let asked = json!({ "order": order(&server, &[&one]), "serial": 1, "target": "clipboard" });
    let exported = room.send("export_bundle", asked).await.unwrap();
    assert_eq!(exported["file"], Value::Null);
    let text = room.host.clipboard().unwrap();
    let key = public_key(&room).await;
    assert!(bundle::read(text.as_bytes(), &[key]).is_ok());
    // It is sealed, and stays longer than any key does; the lock takes it away all the same.
    room.host.pass(Duration::from_secs(240));
    room.desk.clear_clipboard_if_due().await;
    assert_eq!(room.host.clipboard(), Some(text));
    room.desk.lock(LockReason::Asked).await;
    assert_eq!(room.host.clipboard(), None);
}

/// What a terminal shows, as a picture of the screen: each character is two modules, one above the other.
fn screen(code: &str, scale: usize) -> String {
    let lines: Vec<Vec<char>> = code.lines().map(|line| line.chars().collect()).collect();
    let (width, height) = (lines[0].len() * scale, lines.len() * 2 * scale);
    let light = |x: usize, y: usize| {
        let character = lines[y / scale / 2][x / scale];
        let upper = (y / scale).is_multiple_of(2);
        match character {
            '\u{2588}' => true,
            '\u{2580}' => upper,
            '\u{2584}' => !upper,
            _ => false,
        }
    };
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|at| [if light(at % width, at / width) { 230 } else { 20 }; 3])
        .collect();
    let mut bytes = Vec::new();
    let side = |side: usize| u32::try_from(side).unwrap();
    let mut encoder = png::Encoder::new(&mut bytes, side(width), side(height));
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    format!("data:image/png;base64,{}", STANDARD.encode(bytes))
}

#[tokio::test]
async fn a_server_is_imported_from_a_picture_of_the_code_that_it_shows() {
    let room = Room::open().await;
    let server = server("api-eu-1", "a");
    let picture = screen(&server::bundle::qr_code(&server.file).unwrap(), 4);
    let seen = room.send("preview_server", json!({ "file": picture })).await.unwrap();
    assert_eq!((&seen["name"], &seen["id"]), (&json!("api-eu-1"), &json!(server.file.id)));
    assert_eq!(seen["fingerprint"], json!(server.file.fingerprint().to_string()));
    let added = json!({ "file": picture, "fingerprint": seen["fingerprint"] });
    let view = room.send("add_server", added).await.unwrap();
    assert_eq!(view["servers"][0]["name"], "api-eu-1");
    let blank = screen(&"\u{2588}".repeat(40), 4);
    let refused = room.send("preview_server", json!({ "file": blank })).await.unwrap_err();
    assert!(refused.message.contains("no QR code"), "{}", refused.message);
}

#[tokio::test]
async fn routes_and_prices_that_are_left_out_stay_at_the_desk_and_what_was_there_stays_at_the_server() {
    let (room, server, [one, two]) = with_two().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["display_name"] = json!("Priced");
    form["calls"] = json!({ "price": { "input_usd_per_mtok": "1", "output_usd_per_mtok": "2" } });
    let priced = room.add(&form, Some("test-openai-key-0003")).await;
    let key = public_key(&room).await;
    let all = order(&server, &[&one, &two, &priced]);
    let exported = export(&room, &all).await.unwrap();
    let whole = opened(&room, &server, &key, &exported, 0);
    assert!(whole.configurations.iter().any(|one| one.draft.calls.price.is_some()));
    let mut less = all.clone();
    less["with_prices"] = json!(false);
    less["without_tasks"] = json!(["extraction"]);
    let seen = room.send("preview_bundle", json!({ "order": less })).await.unwrap();
    let routes = seen["changes"].as_array().unwrap().iter().filter(|change| change["route"].is_object());
    assert_eq!(routes.count(), 0, "{seen}");
    let exported = export(&room, &less).await.unwrap();
    let contents = opened(&room, &server, &key, &exported, 1);
    assert!(contents.configurations.iter().all(|one| one.draft.calls.price.is_none()));
    assert!(!contents.routes.iter().any(|route| route.task.as_str() == "extraction"));
    // What the server goes on with is still known here: with the route again nothing changes.
    let mut again = less.clone();
    again["without_tasks"] = json!([]);
    let seen = room.send("preview_bundle", json!({ "order": again })).await.unwrap();
    assert_eq!(seen["changes"], json!([]));
}

/// The built-in catalogue as of another day, as a file.
fn catalogue(as_of: &str) -> model::Catalog {
    model::Catalog { as_of: as_of.to_owned(), ..model::Catalog::bundled().unwrap() }
}

#[tokio::test]
async fn instructions_and_an_imported_catalogue_go_along_and_what_came_is_taken_away_again() {
    let (room, server, [one, _]) = with_two().await;
    let key = public_key(&room).await;
    let task: model::TaskName = "extraction".parse().unwrap();
    let prompt = |text: Value| json!({ "task": "extraction", "prompt": text });
    room.send("set_task_prompt", prompt(json!("Only facts."))).await.unwrap();
    let catalog = catalogue("2026-01-31");
    let file = json!({ "text": serde_json::to_string(&catalog).unwrap() });
    let version = room.send("import_catalog", file).await.unwrap()["version"].clone();
    let mut asked = order(&server, &[&one]);
    asked["with_prompts"] = json!(true);
    let changes = async |asked: &Value| {
        room.send("preview_bundle", json!({ "order": asked })).await.unwrap()["changes"].clone()
    };
    let first = changes(&asked).await;
    let has = |change: Value| first.as_array().unwrap().contains(&change);
    assert!(has(json!({ "prompt": { "task": "extraction", "own": true } })), "{first}");
    assert!(has(json!({ "catalog": { "before": null, "after": version } })), "{first}");
    let exported = export(&room, &asked).await.unwrap();
    let contents = opened(&room, &server, &key, &exported, 0);
    let own = bundle::BundledPrompt { task: task.clone(), prompt: Some("Only facts.".into()) };
    assert_eq!(contents.prompts, [own]);
    assert!(contents.catalog == Some(bundle::BundledCatalog::Comes(catalog)));
    assert_eq!(changes(&asked).await, json!([]));
    // A bundle that says nothing of them leaves them, and the next one still knows that they are there.
    let mut silent = asked.clone();
    (silent["with_prompts"], silent["with_prices"]) = (json!(false), json!(false));
    assert_eq!(changes(&silent).await, json!([]));
    let contents = opened(&room, &server, &key, &export(&room, &silent).await.unwrap(), 1);
    assert!(contents.prompts.is_empty() && contents.catalog.is_none());
    room.send("set_task_prompt", prompt(Value::Null)).await.unwrap();
    room.send("restore_catalog", json!({})).await.unwrap();
    let gone = json!([{ "prompt": { "task": "extraction", "own": false } }, { "catalog": { "before": version, "after": null } }]);
    assert_eq!(changes(&asked).await, gone);
    let contents = opened(&room, &server, &key, &export(&room, &asked).await.unwrap(), 2);
    assert_eq!(contents.prompts, [bundle::BundledPrompt { task, prompt: None }]);
    let goes = bundle::BundledCatalog::Goes(version.as_str().unwrap().to_owned());
    assert!(contents.catalog == Some(goes));
    assert_eq!(changes(&asked).await, json!([]));
}

#[tokio::test]
async fn what_runs_out_is_told_once_before_its_end_and_once_at_it_also_after_a_restart() {
    let (room, server, [one, _]) = with_two().await;
    export(&room, &order(&server, &[&one])).await.unwrap();
    let made = room.host.wall_clock();
    let titles = |room: &Room| room.host.notices().into_iter().map(|notice| notice.title).collect::<Vec<_>>();
    let due = |event: &model::vault::DeskEvent| {
        matches!(event, model::vault::DeskEvent::Told { by: model::vault::Teller::Bundles, unread: 1, .. })
    };
    assert_eq!(titles(&room), Vec::<String>::new());
    room.host.set_wall_clock(made.plus_days(5));
    room.reopen().await;
    room.told(due).await;
    assert_eq!(titles(&room), ["api-eu-1: its bundle expires in 48 hours"]);
    room.host.set_wall_clock(made.plus_days(7));
    let room = room.next_day().await;
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.unwrap();
    let expired = async {
        while titles(&room).len() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), expired).await.expect("its end is not told");
    assert_eq!(titles(&room)[1], "api-eu-1: its bundle has expired");
    let before = room.host.events().len();
    room.reopen().await;
    let told_again = async {
        while !room.host.events()[before..].iter().any(due) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), told_again)
        .await
        .expect("the page does not learn it");
    assert_eq!(titles(&room).len(), 2);
}
