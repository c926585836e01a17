//! Memory under a steady load of minutes, on both databases at once: what it rises by in a minute, once everything is warm.

use std::time::{Duration, Instant};

use anyhow::ensure;
use figures::{Figures, Goal};
use rig_postgres::Postgres;
use tokio::{task::JoinSet, time::sleep};

use crate::{
    bound,
    child::Running,
    client::Way,
    load,
    place::{self, Place, Served},
};

/// Calls a second at each server.
const RATE: u32 = 200;
/// Between two looks at a server's memory.
const LOOK: Duration = Duration::from_secs(1);

pub async fn measure(postgres: &Postgres, figures: &mut Figures) -> anyhow::Result<()> {
    let minutes = bound("MINUTES", 10.0);
    let mock = Running::start(&place::beside()?.join("bench"), &["mock"], "")?;
    let time = Duration::from_secs_f64((minutes * 60.0_f64).max(4.0));
    figures.note("load_minutes", time.as_secs_f64() / 60.0, "min", Goal::None);
    let places =
        [Place::make(None, &mock.first_line).await?, Place::make(Some(postgres), &mock.first_line).await?];
    let servers = [places[0].serve(0)?, places[1].serve(0)?];
    let ways: Vec<Way> = servers.iter().zip(&places).map(|(server, place)| server.way(place)).collect();
    let mut loads = JoinSet::new();
    for way in ways.clone() {
        // Rounds, because the load's queue of moments would itself grow with the minutes.
        loads.spawn(async move {
            let end = Instant::now() + time;
            while Instant::now() < end {
                load::open(&way.call("What does this posting ask for?", false), RATE, Duration::from_secs(5))
                    .await?;
            }
            anyhow::Ok(())
        });
    }
    let looked = look(&servers, time).await?;
    while let Some(done) = loads.join_next().await {
        done??;
    }
    let names = [
        ["memory_slope_embedded", "memory_rise_embedded", "memory_embedded"],
        ["memory_slope_postgres", "memory_rise_postgres", "memory_postgres"],
    ];
    for ((points, [slope, whole, last]), server) in looked.iter().zip(names).zip(servers) {
        let slope_seen = rise(points);
        figures.note(slope, slope_seen, "MiB/min", Goal::AtMost(0.5));
        // Of all minutes that were looked at together: a slope that is small says little where they are few.
        let minutes = points.last().zip(points.first()).map_or(0.0, |(last, first)| last.0 - first.0);
        figures.note(whole, slope_seen * minutes, "MiB", Goal::None);
        figures.note(last, server.memory("VmRSS:")?, "MiB", Goal::None);
        server.end()?;
    }
    for (place, way) in places.iter().zip(&ways) {
        let (logged, made) = (place.logged().await?, way.answered());
        ensure!(logged == made, "{made} calls were answered, and the log holds {logged}");
    }
    Ok(())
}

/// Minutes and MiB of each server, from the end of the first quarter on: until then it grows into its work.
async fn look(servers: &[Served; 2], time: Duration) -> anyhow::Result<[Vec<(f64, f64)>; 2]> {
    let (began, mut points) = (Instant::now(), [Vec::new(), Vec::new()]);
    while began.elapsed() < time {
        sleep(LOOK.min(time / 40)).await;
        if began.elapsed() > time / 4 {
            for (server, points) in servers.iter().zip(&mut points) {
                points.push((began.elapsed().as_secs_f64() / 60.0, server.memory("VmRSS:")?));
            }
        }
    }
    Ok(points)
}

/// The slope of the line that has the least squares.
fn rise(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let both: f64 = points.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    let own: f64 = points.iter().map(|point| (point.0 - x).powi(2)).sum();
    both / own
}
