//! Sealing and opening API keys, as at each save and each call.

use std::time::Instant;

use anyhow::{Context as _, ensure};
use figures::{Figures, Goal, median};
use journeys::PASSWORD;
use model::Secret;
use uuid::Uuid;
use vault::{Cost, NewVault, SealedKey, VaultFolder};

const KEYS: u128 = 10_000;
const RUNS: usize = 5;
const URL: &str = "https://api.openai.com/v1";

/// Measures them, in microseconds for each key.
pub fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let data = crate::folder()?;
    let folder = VaultFolder::new(data.path());
    let new = NewVault::prepare(&folder, &Secret::new(PASSWORD), "bench", Cost::FLOOR);
    let vault = new.ok().context("no vault")?.commit().ok().context("no vault")?;
    // As long as today's keys of OpenAI are.
    let key = Secret::new(format!("sk-proj-{}", "k".repeat(156)));
    let each = |start: Instant| start.elapsed().as_secs_f64() * 1e6 / KEYS as f64;
    let (mut seal, mut open) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let start = Instant::now();
        let sealed: Vec<SealedKey> =
            (1..=KEYS).map(|record| vault.seal_key(Uuid::from_u128(record), URL, &key)).collect();
        seal.push(each(start));
        let start = Instant::now();
        for (record, sealed) in (1..=KEYS).zip(&sealed) {
            let opened = vault.open_key(Uuid::from_u128(record), URL, sealed)?;
            ensure!(opened.expose().len() == key.expose().len(), "another key came out");
        }
        open.push(each(start));
    }
    figures.note("seal_key", median(seal), "µs", Goal::AtMost(20.0));
    figures.note("open_key", median(open), "µs", Goal::AtMost(20.0));
    Ok(())
}
