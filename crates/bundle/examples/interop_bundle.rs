//! Makes and judges bundles for the checks with other libraries (`tests/interop`): JSON on standard input and output. For tests
//! alone: it prints keys.

#![allow(clippy::print_stdout, reason = "a command line tool talks to the terminal")]

use std::io::stdin;

use anyhow::{Context as _, bail};
use bundle::{
    BundledCatalog, BundledPrompt, Configured, Contents, Expected, Identity, Order, PublicKey, ServerFile,
    SigningKey,
};
use model::{
    Catalog, ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use serde_json::{Value, json};
use uuid::Uuid;

const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";

fn main() -> anyhow::Result<()> {
    let asked: Value = serde_json::from_reader(stdin())?;
    let text = |name: &str| asked[name].as_str().with_context(|| format!("{name} is missing"));
    let now = Timestamp(asked["now"].as_i64().context("now is missing")?);
    match std::env::args().nth(1).as_deref() {
        Some("make") => {
            let recipient = text("recipient")?.parse().map_err(|_| anyhow::anyhow!("no recipient"))?;
            let server =
                ServerFile { id: text("server")?.into(), name: "api-eu-1".into(), recipient, serial: 0 };
            let key = SigningKey::make(ISSUER, "sb-2026-1")?;
            let expires_at = Timestamp(now.0 + 7 * 86_400_000);
            let order = Order { server: &server, serial: 42, previous: 39, issued_at: now, expires_at };
            let made = bundle::make(&order, &contents()?, &key)?;
            println!("{}", json!({ "bundle": made, "jwk": key.public().file() }));
        }
        Some("judge") => {
            let identity = Identity::kept(&Secret::new(text("identity")?)).context("no identity")?;
            let trusted = [PublicKey::read(text("jwk")?.as_bytes())?];
            let server_id = text("server")?;
            let judged = asked["bundles"].as_array().context("bundles are missing")?.iter().map(|one| {
                let judge = || {
                    let signed = bundle::read(one.as_str()?.as_bytes(), &trusted).ok()?;
                    signed.expect(&Expected { server_id, now, serial: 41 }).ok()?.open(&identity).ok()
                };
                judge().map(|contents| {
                    let key = |one: &Configured| one.key.as_ref().map(|key| key.expose().to_owned());
                    let told = |one: &Configured| json!({ "name": one.draft.display_name, "key": key(one) });
                    contents.configurations.iter().map(told).collect::<Vec<_>>()
                })
            });
            println!("{}", json!(judged.collect::<Vec<_>>()));
        }
        _ => bail!("interop_bundle make | judge"),
    }
    Ok(())
}

fn contents() -> anyhow::Result<Contents> {
    let id = ProviderId(Uuid::from_u128(7));
    let draft = ProviderDraft {
        model_name: "gpt-4o-mini".into(),
        display_name: "Данные 数据 \"x\"".into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let key = Some(Secret::new("test-openai-key-0001"));
    let route = TaskRoute {
        task: "extraction".parse()?,
        mode: RouteMode::Chain,
        chain: vec![ChainMember { provider: id, weight: 0 }],
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    };
    Ok(Contents {
        again: None,
        configurations: vec![Configured { id, draft, key, key_entered_at: Some(Timestamp(0)) }],
        default: Some(id),
        routes: vec![route],
        prompts: vec![BundledPrompt { task: "extraction".parse()?, prompt: Some("Only facts.".into()) }],
        catalog: Some(BundledCatalog::Comes(Catalog::bundled()?)),
    })
}
