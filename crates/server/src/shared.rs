//! What a server on PostgreSQL does beside answering: it hears of changes that other servers made, and brings usage to the log that
//! waited on this computer's disk.

use std::{sync::Arc, time::Duration};

use store::{Database, PgStore, StoreError};
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;

/// How often waiting usage is looked at.
const DELIVER_EVERY: Duration = Duration::from_secs(1);

/// Begins both, until the server closes. Nothing of it is needed on the embedded database.
pub(crate) async fn follow(app: &Arc<App>) -> Result<(), StoreError> {
    let Database::Postgres(store) = &app.store else { return Ok(()) };
    let mut changes = store.changes().await?;
    let (follower, store, closing) = (Arc::downgrade(app), Arc::clone(store), app.closing.clone());
    // Tracked, so that the end of the server waits until neither holds anything.
    let tracker = app.under_way.clone();
    tracker.spawn(closing.clone().run_until_cancelled_owned(async move {
        loop {
            changes.next().await;
            let Some(app) = follower.upgrade() else { return };
            app.reload().await;
        }
    }));
    tracker.spawn(closing.run_until_cancelled_owned(async move {
        let mut ticks = interval(DELIVER_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            deliver(&store).await;
        }
    }));
    Ok(())
}

async fn deliver(store: &PgStore) {
    if !store.has_spooled() {
        return;
    }
    match store.deliver().await {
        Ok(0) => {}
        Ok(files) => tracing::info!(files, "usage that waited is in the log"),
        Err(error @ (StoreError::Refused(_) | StoreError::Damaged)) => {
            tracing::error!(%error, "usage that waits cannot be brought to the log");
        }
        Err(error) => tracing::debug!(%error, "usage still waits"),
    }
}
