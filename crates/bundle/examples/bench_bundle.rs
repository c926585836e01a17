//! `cargo xtask bench bundle`: judging and opening a bundle of 1,000 configurations, and its signature alone.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a bench that cannot go on ends here")]

use std::{hint::black_box, time::Instant};

use bundle::{Configured, Contents, Expected, Identity, MOST, Order, PublicKey, ServerFile, SigningKey};
use figures::{Figures, Goal, median};
use model::{
    ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp(1_795_444_320_000);
const ROUNDS: usize = 50;

fn main() -> anyhow::Result<()> {
    let identity = Identity::make();
    let server = ServerFile {
        id: "a".repeat(32),
        name: "api-eu-1".into(),
        recipient: identity.recipient(),
        serial: 0,
    };
    let key = SigningKey::make("signalbox/0123456789abcdef0123456789abcdef", "sb-2026-1")?;
    let expires_at = Timestamp(NOW.0 + 7 * 86_400_000);
    let order = Order { server: &server, serial: 42, previous: 39, issued_at: NOW, expires_at };
    let contents = contents();
    let large = bundle::make(&order, &contents, &key)?;
    let small = bundle::make(&order, &Contents::default(), &key)?;
    let trusted = [key.public().clone()];
    let mut figures = Figures::default();
    let made = measured(|| bundle::make(&order, &contents, &key).unwrap());
    figures.note("make_1000", made, "ms", Goal::None);
    figures.note("size_1000", large.len() as f64 / 1_024.0, "KiB", Goal::AtMost(1_024.0));
    let expected = Expected { server_id: &server.id, now: NOW, serial: 41 };
    let whole = measured(|| {
        let verified = bundle::read(large.as_bytes(), &trusted).unwrap().expect(&expected).unwrap();
        assert_eq!(verified.open(&identity).unwrap().configurations.len(), MOST);
    });
    figures.note("verify_and_open_1000", whole, "ms", Goal::AtMost(20.0));
    let read = |text: &str, keys: &[PublicKey]| black_box(bundle::read(text.as_bytes(), keys)).unwrap();
    figures.note("verify_1000", measured(|| read(&large, &trusted)), "ms", Goal::None);
    figures.note("signature_alone", measured(|| read(&small, &trusted)), "ms", Goal::AtMost(1.0));
    figures.publish("bundle")
}

/// The median of a way, in milliseconds.
fn measured<T>(way: impl Fn() -> T) -> f64 {
    let once = |_| {
        let begun = Instant::now();
        black_box(way());
        begun.elapsed().as_secs_f64() * 1_000.0
    };
    median((0..ROUNDS).map(once).collect())
}

fn contents() -> Contents {
    let id = |number: u128| ProviderId(Uuid::from_u128(number + 1));
    let one = |number: u128| Configured {
        id: id(number),
        draft: ProviderDraft {
            model_name: "gpt-6-sol".into(),
            display_name: format!("OpenAI Production {number:04}"),
            daily_token_limit: Some(1_000_000),
            ..ProviderDraft::new(ProviderType::OpenAi)
        },
        // As long as today's keys are.
        key: Some(Secret::new(format!("test-key-{number:0>155}"))),
        key_entered_at: Some(NOW),
    };
    let route = |task: &str| TaskRoute {
        task: task.parse().unwrap(),
        mode: RouteMode::Chain,
        chain: (0..12).map(|number| ChainMember { provider: id(number), weight: 0 }).collect(),
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    };
    Contents {
        again: None,
        configurations: (0..MOST as u128).map(one).collect(),
        default: Some(id(0)),
        routes: ["extraction", "cv_draft", "cover_letter", "validation"].map(route).to_vec(),
        ..Contents::default()
    }
}
