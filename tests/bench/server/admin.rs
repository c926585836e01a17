//! The admin API: the list of 1,000 configurations on both databases, and statistics over a long history on PostgreSQL beside plain
//! SQL over its rows.

use anyhow::ensure;
use figures::{Figures, Goal, median};
use model::{ProviderDraft, ProviderId, ProviderType};
use rig_postgres::Postgres;
use serde_json::Value;
use store::{Change, KeyChange};
use uuid::Uuid;

use crate::{
    bound, history,
    place::{Admin, Place, act},
};

const MANY: usize = 1_000;
/// As the specification asks for it.
const LIST: &str = "/api/v1/super-admin/providers/configs";
const STATISTICS: &str = "/api/v1/super-admin/providers/usage/stats?days=90";
const ASKED: usize = 300;
/// Nobody listens there, and nobody is called.
const NOWHERE: &str = "127.0.0.1:9";

pub async fn measure(postgres: &Postgres, figures: &mut Figures) -> anyhow::Result<()> {
    for (on, names) in [
        (None, ["list_1000_p50_embedded", "list_1000_p99_embedded"]),
        (Some(postgres), ["list_1000_p50_postgres", "list_1000_p99_postgres"]),
    ] {
        let place = Place::make(on, NOWHERE).await?;
        fill(&place).await?;
        let served = place.serve(0)?;
        let mut admin = place.log_in(&served).await?;
        let mut times = list(&mut admin).await?;
        times.sort_by(f64::total_cmp);
        figures.note(names[0], times[ASKED / 2], "ms", Goal::None);
        figures.note(names[1], times[ASKED * 99 / 100], "ms", Goal::AtMost(10.0));
        served.end()?;
    }
    statistics(postgres, figures).await
}

async fn fill(place: &Place) -> anyhow::Result<()> {
    place
        .at_console(async |site| {
            for number in 2..MANY {
                let draft = ProviderDraft {
                    base_url: format!("http://{NOWHERE}/v1"),
                    model_name: "gpt-4o-mini".to_owned(),
                    display_name: format!("Configuration {number}"),
                    description: "Paid workspace, EU billing. Owner: platform team".to_owned(),
                    daily_token_limit: Some(1_000_000),
                    ..ProviderDraft::new(ProviderType::OpenAi)
                };
                let change = Change { draft, key: KeyChange::Keep, test: None };
                site.store().insert(ProviderId(Uuid::now_v7()), change, &act("provider.create")).await?;
            }
            Ok(())
        })
        .await
}

/// Milliseconds of each answer.
async fn list(admin: &mut Admin) -> anyhow::Result<Vec<f64>> {
    let mut times = Vec::with_capacity(ASKED);
    for asked in 0..ASKED + 10 {
        let (status, body, took) = admin.http.ask("GET", LIST, Some(&admin.access), None).await?;
        ensure!(status == 200, "status {status}");
        // The first ones warm up, and are looked at.
        if asked < 10 {
            let answer: Value = serde_json::from_slice(&body)?;
            ensure!(answer["data"].as_array().map(Vec::len) == Some(MANY), "not all are in the list");
        } else {
            times.push(took.as_secs_f64() * 1e3);
        }
    }
    Ok(times)
}

async fn statistics(postgres: &Postgres, figures: &mut Figures) -> anyhow::Result<()> {
    let rows = bound("ROWS", 10_000_000_u64);
    let place = Place::make(Some(postgres), NOWHERE).await?;
    let url = place.url().unwrap_or_default();
    history::fill(postgres, url, rows)?;
    let served = place.serve(0)?;
    let mut admin = place.log_in(&served).await?;
    let (mut times, mut calls) = (Vec::new(), 0);
    for _ in 0..50 {
        let (status, body, took) = admin.http.ask("GET", STATISTICS, Some(&admin.access), None).await?;
        ensure!(status == 200, "status {status}");
        let answer: Value = serde_json::from_slice(&body)?;
        let lines = answer["data"].as_array().into_iter().flatten();
        calls = lines.filter_map(|line| line["total_calls"].as_u64()).sum();
        times.push(took.as_secs_f64() * 1e3);
    }
    let mut plain = Vec::new();
    for _ in 0..5 {
        let (took, counted) = history::raw(postgres, url)?;
        ensure!(counted == calls, "the rows say {counted} calls, and the statistics {calls}");
        plain.push(took.as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let (worst, middle, raw) = (times[48], median(times.clone()), median(plain));
    figures.note("statistics_rows", rows as f64, "rows", Goal::None);
    figures.note("statistics_p50_postgres", middle, "ms", Goal::None);
    figures.note("statistics_p98_postgres", worst, "ms", Goal::AtMost(100.0));
    figures.note("group_by_over_rows", raw, "ms", Goal::None);
    figures.note("statistics_over_group_by", raw / middle, "x", Goal::AtLeast(50.0));
    served.end()
}
