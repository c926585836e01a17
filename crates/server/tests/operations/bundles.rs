//! Bundles at the console of the program itself, and when they expire, in its figures.

use std::fs;

use bundle::{Contents, Order, ServerFile, SigningKey};
use model::Timestamp;

use crate::program::{Place, get, labelled};

const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";

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
