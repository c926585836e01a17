//! What is in force goes on after its end, and every server tells of it in its log, however its bundles come.

use std::{sync::Arc, time::Duration};

use model::bundles::warns_at;
use tokio::time::{MissedTickBehavior, interval};

use super::in_force;
use crate::app::App;

/// Between two alarms. The first comes when the server starts.
const EVERY: Duration = Duration::from_secs(3_600);

/// Tells of it until the server ends.
pub(crate) fn raise_alarms(app: &Arc<App>) {
    let (told, closing) = (Arc::downgrade(app), app.closing.clone());
    app.under_way.spawn(closing.run_until_cancelled_owned(async move {
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let Some(app) = told.upgrade() else { return };
            raise(&app).await;
        }
    }));
}

async fn raise(app: &App) {
    let accepted = match app.store.accepted_bundles().await {
        Ok(accepted) => accepted,
        Err(error) => {
            tracing::error!(%error, "whether the bundle in force has expired cannot be read");
            return;
        }
    };
    let now = app.now();
    for one in in_force(&accepted) {
        if one.expires_at() <= now {
            tracing::error!(
                issuer = one.issuer,
                serial = one.serial,
                "the bundle in force has expired: it goes on, and a new one is due"
            );
        } else if warns_at(one.issued_at(), one.expires_at()) <= now {
            tracing::warn!(
                issuer = one.issuer,
                serial = one.serial,
                "the bundle in force expires soon: it goes on after that, and a new one is due"
            );
        }
    }
}
