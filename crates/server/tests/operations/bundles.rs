//! Bundles at the console of the program itself, when they expire, in its figures and its log, and a server that runs on them alone.

use std::{fs, sync::Arc};

use bundle::{Configured, Contents, Order, ServerFile, SigningKey};
use model::{
    ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use server::{Now, Site, config::Config};
use simulator::Simulator;

use crate::program::{OPENAI_KEY, Place, chat, get, labelled, send, wait_for};

const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";
const HOUR: i64 = 3_600_000;

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// The server's identity as a file, and a key that it trusts.
fn met(place: &Place) -> (ServerFile, SigningKey) {
    let file = place.path("identity.json");
    let shown = place.done(&["identity", "--name", "api-eu-1", "--out", file.to_str().unwrap()]);
    let server = ServerFile::read(&fs::read(&file).unwrap()).unwrap();
    let print = labelled(&shown, "fingerprint, to compare on the desktop:");
    assert_eq!(print, server.fingerprint().to_string());
    let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let file = place.path("key.json");
    fs::write(&file, key.public().file()).unwrap();
    let print = key.public().fingerprint().to_string();
    place.done(&["bundle", "trust", file.to_str().unwrap(), "--fingerprint", &print]);
    (server, key)
}

#[test]
fn the_figures_say_when_the_bundle_in_force_expires() {
    let place = Place::made();
    let (server, key) = met(&place);
    let expiry = |place: &Place| {
        let mut served = place.serve(&["--metrics", "127.0.0.1:0"]);
        let figures = served.told("figures are at http://");
        let text = get(figures.strip_suffix("/metrics").unwrap(), "/metrics");
        let line =
            text.lines().find_map(|line| line.strip_prefix("signalbox_bundle_expiry_timestamp_seconds "));
        served.signal("TERM");
        served.ended();
        line.unwrap().trim().parse::<i64>().unwrap()
    };
    assert_eq!(expiry(&place), 0);
    let (issued_at, expires_at) = (Timestamp(now()), Timestamp(now() + 3 * 86_400_000));
    let order = Order { server: &server, serial: 7, previous: 0, issued_at, expires_at };
    let file = place.path("api-eu-1-7.sbundle");
    fs::write(&file, bundle::make(&order, &Contents::default(), &key).unwrap()).unwrap();
    place.done(&["bundle", "apply", file.to_str().unwrap()]);
    assert_eq!(expiry(&place), expires_at.0 / 1_000);
}

#[test]
fn the_identity_is_shown_as_a_code_of_light_on_dark_with_an_edge() {
    let place = Place::made();
    let shown = place.done(&["identity", "--name", "api-eu-1", "--qr"]);
    let code: Vec<&str> = shown.lines().filter(|line| line.contains('\u{2588}')).collect();
    assert!(code.len() > 20 && !shown.contains("recipient"), "{shown}");
    // Fits into a terminal of 80 columns, and its edge is light all around.
    let width = code[0].chars().count();
    assert!(width <= 80 && code.iter().all(|line| line.chars().count() == width), "{width}");
    assert!(
        code.iter().all(|line| line.starts_with("\u{2588}\u{2588}") && line.ends_with("\u{2588}\u{2588}"))
    );
    assert!(shown.contains("fingerprint, to compare on the desktop:"));
}

/// A bundle that was accepted at some hour: its number, and when it was made, expires and came, in hours from now.
struct Came {
    serial: u64,
    made: i64,
    expires: i64,
    came: i64,
}

/// A server that took these while its clock showed those hours.
async fn took(place: &Place, bundles: &[Came]) {
    let config =
        Config { data_dir: place.data(), root_key: Some(place.path("root.key")), ..Config::default() };
    let (beginning, site) = (now(), Site::make(&config).await.unwrap());
    let at = |hours: i64| Timestamp(beginning + hours * HOUR);
    let clock = |hours: i64| -> Now {
        let at = at(hours);
        Arc::new(move || at)
    };
    let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let file = place.path("key.json");
    fs::write(&file, key.public().file()).unwrap();
    let print = key.public().fingerprint().to_string();
    server::bundle::trust(&site, &file, Some(&print), &clock(-1_000)).await.unwrap();
    let server = server::bundle::identity(&site, Some("api-eu-1")).await.unwrap();
    for one in bundles {
        let (issued_at, expires_at) = (at(one.made), at(one.expires));
        let order = Order { server: &server, serial: one.serial, previous: 0, issued_at, expires_at };
        let file = place.path("one.sbundle");
        fs::write(&file, bundle::make(&order, &Contents::default(), &key).unwrap()).unwrap();
        server::bundle::apply(&site, &file, &clock(one.came)).await.unwrap();
    }
    site.close().await;
}

/// What a server that starts says in its log of its bundle's end: level and number.
fn alarms(place: &Place) -> Vec<(String, u64)> {
    let mut served = place.serve(&[]);
    served.told("listening on ");
    wait_for("it does not log", || served.log().contains("listening"));
    served.signal("TERM");
    served.ended();
    let lines = served.log();
    let lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let of_bundle = lines.filter(|line| {
        line["fields"]["message"].as_str().unwrap_or_default().contains("the bundle in force")
    });
    let said = |line: serde_json::Value| {
        (line["level"].as_str().unwrap().to_owned(), line["fields"]["serial"].as_u64().unwrap())
    };
    of_bundle.map(said).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_says_in_its_log_that_its_bundle_has_expired_or_soon_will() {
    let one = |made, expires| [Came { serial: 7, made, expires, came: made }];
    for (bundle, wanted) in [
        (one(-192, -24), vec![("ERROR".to_owned(), 7)]),
        (one(-144, 24), vec![("WARN".to_owned(), 7)]),
        (one(-18, 6), vec![("WARN".to_owned(), 7)]),
        // Made for a day, and not half of it is over.
        (one(-6, 18), Vec::new()),
    ] {
        let place = Place::new();
        took(&place, &bundle).await;
        assert_eq!(
            tokio::task::block_in_place(|| alarms(&place)),
            wanted,
            "{} to {}",
            bundle[0].made,
            bundle[0].expires
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_alarm_is_of_the_highest_number_also_when_the_clock_was_set_back_before_it_came() {
    let place = Place::new();
    let first = Came { serial: 7, made: -48, expires: 120, came: -24 };
    let second = Came { serial: 8, made: -36, expires: -2, came: -30 };
    took(&place, &[first, second]).await;
    assert_eq!(tokio::task::block_in_place(|| alarms(&place)), [("ERROR".to_owned(), 8)]);
}

/// One configuration at this vendor, which serves extraction and is the default.
fn contents(simulator: &Simulator) -> Contents {
    let id = ProviderId(uuid::Uuid::from_u128(1));
    let draft = ProviderDraft {
        base_url: simulator.base_url(ProviderType::OpenAi),
        model_name: "gpt-4o-mini".into(),
        display_name: "From the desk".into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let route = TaskRoute {
        task: "extraction".parse().unwrap(),
        mode: RouteMode::Chain,
        chain: vec![ChainMember { provider: id, weight: 0 }],
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    };
    let one = Configured { id, draft, key: Some(Secret::new(OPENAI_KEY)), key_entered_at: None };
    Contents { configurations: vec![one], default: Some(id), routes: vec![route], ..Contents::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_runs_on_bundles_alone_with_the_admin_api_off() {
    let simulator = Simulator::start().await.unwrap();
    let place = Place::made();
    let (server, key) = met(&place);
    let folder = place.path("bundles");
    fs::create_dir(&folder).unwrap();
    let watch = ["--listen", "off", "--gateway", "127.0.0.1:0", "bundle", "watch", folder.to_str().unwrap()];
    let mut served = tokio::task::block_in_place(|| place.start(&watch));
    let at = tokio::task::block_in_place(|| served.told("applications make calls at http://"));
    assert!(served.printed.iter().any(|line| line == "the admin API is off"), "{:?}", served.printed);
    #[cfg(target_os = "linux")]
    assert_eq!(served.addresses(), 1);
    // The console reaches it all the same.
    let made = place
        .command()
        .args(["--listen", "off", "--gateway", "off", "token", "create", "shop"])
        .output()
        .unwrap();
    let made = String::from_utf8(made.stdout).unwrap();
    let token = labelled(&made, "token, shown this once:");
    let (issued_at, expires_at) = (Timestamp(now()), Timestamp(now() + 168 * HOUR));
    let order = Order { server: &server, serial: 1, previous: 0, issued_at, expires_at };
    let staged = folder.join("staged");
    fs::write(&staged, bundle::make(&order, &contents(&simulator), &key).unwrap()).unwrap();
    fs::rename(&staged, folder.join("api-eu-1-1.sbundle")).unwrap();
    tokio::task::block_in_place(|| {
        wait_for("no call is answered", || send(&at, &chat(&at, token, false)).starts_with("HTTP/1.1 200"));
        assert!(get(&at, "/healthz").contains("\"state\":\"valid\""));
        // What stands for the admin API elsewhere is nothing here.
        for path in
            ["/api/v1/super-admin/bundles", "/api/v1/super-admin/providers/configs", "/api/v1/auth/me"]
        {
            let answer = get(&at, path);
            assert!(answer.starts_with("HTTP/1.1 40"), "{path}: {answer}");
        }
        served.signal("TERM");
        served.ended();
    });
}
