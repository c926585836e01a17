//! Makes bundles and puts them in force on a server's folder, one after the other, and says so after each, until it is killed.
//! Folder and issuer as arguments, the signing key on standard input.

use std::{io::Write, path::PathBuf};

use bundle::{Configured, Contents, Order, SigningKey};
use model::{
    ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use server::{Options, Site, config::Config};
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [data, issuer] = std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let key = Secret::new(std::io::read_to_string(std::io::stdin()).unwrap());
    let key = SigningKey::kept(&issuer, "sb-2026-1", &key).unwrap();
    let config = Config { data_dir: PathBuf::from(&data), ..Config::default() };
    let site = Site::open(&config).await.unwrap();
    let now = Options::default().now;
    let server = server::bundle::identity(&site, Some("api-eu-1")).await.unwrap();
    let file = PathBuf::from(data).with_file_name("next.sbundle");
    let mut serial = server.serial;
    let mut out = std::io::stdout().lock();
    loop {
        let previous = serial;
        serial += 1;
        let issued_at = now();
        let expires_at = Timestamp(issued_at.0 + DAY_MS);
        let order = Order { server: &server, serial, previous, issued_at, expires_at };
        let made = bundle::make(&order, &contents(serial), &key).unwrap();
        std::fs::write(&file, made).unwrap();
        server::bundle::apply(&site, &file, &now).await.unwrap();
        writeln!(out, "{serial} in force").unwrap();
        out.flush().unwrap();
    }
}

/// Named after its serial, with a key of its own; every other one has another configuration and another route.
fn contents(serial: u64) -> Contents {
    let one = |number: u64| {
        let draft = ProviderDraft {
            base_url: ProviderType::OpenAi.default_base_url().unwrap_or_default().into(),
            model_name: "gpt-4o-mini".into(),
            display_name: format!("Number {serial} of {number}"),
            ..ProviderDraft::new(ProviderType::OpenAi)
        };
        let key = Some(Secret::new(format!("test-openai-key-{serial:06}")));
        let id = ProviderId(Uuid::from_u128(number.into()));
        Configured { id, draft, key, key_entered_at: Some(Timestamp(1)) }
    };
    let numbers: Vec<u64> = if serial.is_multiple_of(2) { vec![1, 2] } else { vec![2, 3] };
    let member =
        |number: &u64| ChainMember { provider: ProviderId(Uuid::from_u128((*number).into())), weight: 0 };
    let route = TaskRoute {
        task: "extraction".parse().unwrap(),
        mode: RouteMode::Chain,
        chain: numbers.iter().map(member).collect(),
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    };
    let configurations = numbers.iter().map(|number| one(*number)).collect();
    Contents { configurations, routes: vec![route], ..Contents::default() }
}
