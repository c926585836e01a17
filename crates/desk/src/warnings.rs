//! What a person should hear of when the window is not in front: a provider that does not answer any more. Each once, also
//! across restarts. Names are in it and nothing secret; budgets, jumps and bundles tell for themselves.

mod wording;

use std::{sync::Arc, time::Duration};

use model::{
    Failure,
    health::{HealthState, Incident},
};
use serde::{Deserialize, Serialize};

use crate::{Desk, Host, failures, session::Session};

/// The first look comes so long after unlocking, when calls can be made.
const FIRST: Duration = Duration::from_secs(5);
/// Between two looks.
const TICK: Duration = Duration::from_secs(15);
/// Name of the setting that says what was told.
const SETTING: &str = "told_warnings";
/// An incident that is older was seen by whoever unlocked since.
const INCIDENT_DAYS: i64 = 1;

/// What was told already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Told {
    /// The last incident; their numbers rise.
    incident: i64,
}

impl Session {
    /// Looks for as long as the vault is open.
    pub(crate) fn watch_warnings(session: &Arc<Self>) {
        let (closing, session) = (session.closing.clone(), Arc::downgrade(session));
        tokio::spawn(async move {
            let mut rest = FIRST;
            while closing.run_until_cancelled(tokio::time::sleep(rest)).await.is_some() {
                // A share of the session for one look alone.
                let Some(open) = session.upgrade() else { return };
                if let Err(failure) = open.look_for_warnings().await {
                    tracing::warn!(reason = failure.message, "nobody could be warned");
                }
                rest = TICK;
            }
        });
    }

    /// Tells what is new. It counts as told before it is shown: once too few is better than again and again.
    async fn look_for_warnings(&self) -> Result<(), Failure> {
        let now = self.host.now();
        let told: Told = self.store.setting(SETTING).await.map_err(failures::store)?;
        let from = now.plus_days(-INCIDENT_DAYS);
        let incidents = self.store.incidents_since(from).await.map_err(failures::store)?;
        let down = new_incidents(&incidents, told);
        let next =
            Told { incident: down.iter().map(|one| one.id).chain([told.incident]).max().unwrap_or_default() };
        if next != told {
            self.store.remember(SETTING, &next).await.map_err(failures::store)?;
        }
        if let Some(notice) = wording::down(&down) {
            self.host.notify(&notice);
        }
        Ok(())
    }
}

impl<H: Host> Desk<H> {
    /// Tells what a person should hear of, if the vault is open.
    pub async fn warn_if_due(&self) {
        let Ok(session) = self.session() else { return };
        if let Err(failure) = session.look_for_warnings().await {
            tracing::warn!(reason = failure.message, "nobody could be warned");
        }
    }
}

/// Those that go on, are as bad as can be, and were not told of.
fn new_incidents(incidents: &[Incident], told: Told) -> Vec<&Incident> {
    let is_new =
        |one: &&Incident| one.state == HealthState::Down && one.ended_at.is_none() && one.id > told.incident;
    incidents.iter().filter(is_new).collect()
}

#[cfg(test)]
mod tests {
    use model::{ProviderId, Timestamp};
    use uuid::Uuid;

    use super::*;

    fn incident(id: i64, state: HealthState, ended_at: Option<Timestamp>) -> Incident {
        Incident {
            id,
            provider: ProviderId(Uuid::from_u128(1)),
            display_name: format!("Provider {id}"),
            state,
            started_at: Timestamp(0),
            ended_at,
            cause: "The key is refused.".into(),
            calls_moved: 0,
        }
    }

    #[test]
    fn only_what_is_down_now_and_was_not_told_of_is_told() {
        let all = [
            incident(7, HealthState::Down, None),
            incident(6, HealthState::Degraded, None),
            incident(5, HealthState::Down, Some(Timestamp(1))),
            incident(4, HealthState::Down, None),
        ];
        let new = new_incidents(&all, Told { incident: 4 });
        assert_eq!(new.iter().map(|one| one.id).collect::<Vec<_>>(), [7]);
        assert!(new_incidents(&all, Told { incident: 7 }).is_empty());
    }
}
