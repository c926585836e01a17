//! Fallbacks, a split and an automatic choice, a prompt that was kept, and an incident of yesterday.

use anyhow::Context;
use model::{
    CallRequest, ProviderView,
    health::HealthState,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use store::NewIncident;

use crate::{Desk, Host, session::Session};

const PROMPT: &str = "Read this job advertisement and list what it asks for: title, employer, place, salary, and each requirement.";

pub(super) async fn arrange<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    providers: &[ProviderView],
) -> anyhow::Result<()> {
    let (revision, mut routes) = session.store.routing().await?;
    for route in &mut routes {
        arrange_one(route, providers)?;
    }
    session.store.save_routes(revision, &routes, &desk.act("routing.save")).await?;
    let prompt = CallRequest { max_output_tokens: Some(1_000), ..CallRequest::prompt(PROMPT) };
    let task = "extraction".parse()?;
    session.store.save_prompt("Job extraction", Some(&task), &prompt, &desk.act("prompt.save")).await?;
    log_incident(desk, session, providers).await
}

fn arrange_one(route: &mut TaskRoute, providers: &[ProviderView]) -> anyhow::Result<()> {
    let member = |(name, weight): (&str, u32)| {
        anyhow::Ok(ChainMember { provider: named(providers, name)?.id, weight })
    };
    let chain =
        |members: &[(&str, u32)]| members.iter().copied().map(member).collect::<anyhow::Result<Vec<_>>>();
    match route.task.as_str() {
        "extraction" => {
            route.chain = chain(&[("Gemini Production", 0), ("OpenAI Mini", 0), ("Claude Haiku", 0)])?;
            route.needs = Needs { json_schema: true, ..Needs::default() };
        }
        "cv_draft" => {
            route.mode = RouteMode::Split;
            route.chain = chain(&[("Claude Production", 80), ("OpenAI Production", 20)])?;
        }
        "cover_letter" => route.chain = chain(&[("Claude Production", 0), ("OpenAI Production", 0)])?,
        "validation" => {
            route.mode = RouteMode::Auto;
            route.needs = Needs { vision: true, ..Needs::default() };
            route.bounds = AutoBounds { max_latency_ms: Some(4_000), ..AutoBounds::default() };
        }
        _ => {}
    }
    Ok(())
}

async fn log_incident<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    providers: &[ProviderView],
) -> anyhow::Result<()> {
    let provider = named(providers, "OpenAI Mini")?;
    let started_at = desk.host.now().plus_days(-1);
    let incident = NewIncident {
        provider: provider.id,
        display_name: provider.display_name.clone(),
        state: HealthState::Down,
        started_at,
        cause: "The vendor has no capacity just now.".to_owned(),
    };
    let incident = session.store.open_incident(&incident).await?;
    session.store.add_moved_calls(incident, 23).await?;
    let twelve_minutes = 12 * 60 * 1_000;
    Ok(session.store.close_incident(incident, model::Timestamp(started_at.0 + twelve_minutes)).await?)
}

fn named<'a>(providers: &'a [ProviderView], name: &str) -> anyhow::Result<&'a ProviderView> {
    providers.iter().find(|provider| provider.display_name == name).with_context(|| format!("no {name}"))
}
