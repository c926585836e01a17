//! From the password to the list, with what Argon2 costs on this computer and with the least that it may.

use std::time::Instant;

use desk::{Desk, Folders, Options};
use figures::{Figures, Goal, median};
use journeys::{FakeHost, PASSWORD, options};
use serde_json::json;

const RUNS: usize = 5;

/// Measures both. The first is dominated by Argon2, which is chosen to take a second at most; the second is the rest, and
/// 64 MiB of Argon2.
pub async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let shipped = Options { kdf_cost: None, ..options() };
    figures.note("unlock", unlock(shipped).await?, "ms", Goal::AtMost(1_500.0));
    figures.note("unlock_least_argon2", unlock(options()).await?, "ms", Goal::None);
    Ok(())
}

async fn unlock(options: Options) -> anyhow::Result<f64> {
    let data = crate::folder()?;
    let desk = Desk::open(FakeHost::new(), Folders::under(data.path()), options)?;
    crate::send(&desk, "create_vault", json!({ "password": PASSWORD })).await?;
    let mut took = Vec::new();
    for _ in 0..RUNS {
        crate::send(&desk, "lock_vault", json!({})).await?;
        let start = Instant::now();
        crate::send(&desk, "unlock_vault", json!({ "password": PASSWORD })).await?;
        took.push(crate::ms(start));
    }
    Ok(median(took))
}
