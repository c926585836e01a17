//! Keys that age: what may be shown of them, and the end of those that were replaced.

use std::{sync::Arc, time::Duration};

use model::{
    Failure, ProviderId, Timestamp,
    keys::{KeptKeyView, KeySettings, KeyUse, KeyView, OldKey, OldKeys},
    statistics::{CallFilter, UsageFilter},
    time::DAY_MS,
};
use serde::{Deserialize, Serialize};
use store::{Act, KeptKey, Provider};

use crate::{Desk, Host, failures, session::Session};

/// Between two looks for kept keys whose period is over.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// Name of the setting that holds until when nobody is reminded.
const QUIET: &str = "key_reminders";
/// For so long, when a person asks for it.
const QUIET_DAYS: i64 = 7;

/// Until when nobody is reminded of old keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Quiet {
    until: Option<Timestamp>,
}

impl Quiet {
    /// A clock that was set back does not make it last longer.
    fn holds(self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| now < until && until.0 - now.0 <= QUIET_DAYS * DAY_MS)
    }
}

impl Session {
    /// Destroys kept keys when their period is over, for as long as the vault is open.
    pub(crate) fn tend_keys(session: &Arc<Self>, act: Act) {
        let (closing, session) = (session.closing.clone(), Arc::downgrade(session));
        tokio::spawn(async move {
            while closing.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
                let Some(open) = session.upgrade() else { return };
                open.destroy_expired_keys(&Act { at: open.host.now(), ..act.clone() }).await;
            }
        });
    }

    /// Destroys those whose period is over. One that cannot be destroyed now is tried again.
    pub(crate) async fn destroy_expired_keys(&self, act: &Act) {
        match self.store.destroy_expired_keys(act).await {
            Ok(destroyed) if destroyed.is_empty() => {}
            Ok(destroyed) => tracing::info!(count = destroyed.len(), "kept keys reached their end"),
            Err(error) => tracing::warn!(%error, "a kept key could not be destroyed at its end"),
        }
    }

    pub(crate) async fn key_settings(&self) -> Result<KeySettings, Failure> {
        let settings: KeySettings = self.store.setting(KeySettings::NAME).await.map_err(failures::store)?;
        // Of a later version with wider bounds, perhaps.
        Ok(if settings.is_possible() { settings } else { KeySettings::default() })
    }

    pub(crate) async fn key_view(&self, id: ProviderId) -> Result<KeyView, Failure> {
        let provider = self.store.provider(id).await.map_err(failures::store)?;
        let kept = self.store.kept_key(provider.number).await.map_err(failures::store)?;
        let (settings, now) = (self.key_settings().await?, self.host.now());
        let age_days = provider.key_changed_at.map_or(0, |at| whole_days(at, now));
        Ok(KeyView {
            entered_at: provider.key_changed_at,
            last_four: provider.key_last_four.clone(),
            age_days,
            is_old: provider.sealed_key.is_some()
                && settings.remind_days.is_some_and(|days| age_days >= days),
            kept: kept.filter(|kept| now < kept.until).map(|kept| kept_view(kept, &provider)),
            used: self.key_use(&provider).await?,
            settings,
        })
    }

    async fn key_use(&self, provider: &Provider) -> Result<KeyUse, Failure> {
        let (_, routes) = self.store.routing().await.map_err(failures::store)?;
        let place = |route: &model::routing::TaskRoute| {
            let place = route.chain.iter().position(|member| member.provider == provider.id)?;
            Some((route.task.clone(), u32::try_from(place + 1).unwrap_or(u32::MAX)))
        };
        let usage = UsageFilter { providers: vec![provider.number], ..UsageFilter::default() };
        let filter = CallFilter { usage, ..CallFilter::default() };
        let newest = self.store.calls(&filter, None, 1).await.map_err(failures::store)?;
        let face = self.face().await?;
        Ok(KeyUse {
            tasks: routes.iter().filter_map(place).collect(),
            is_default: provider.draft.is_default,
            is_active: provider.draft.is_active,
            gateway_token: face.token_last_four.clone().filter(|_| face.settings.enabled),
            last_call: newest.calls.first().map(|call| call.at),
        })
    }

    /// Keys to remind a person of; none while nobody wants to be reminded.
    pub(crate) async fn old_keys(&self) -> Result<OldKeys, Failure> {
        let now = self.host.now();
        let quiet: Quiet = self.store.setting(QUIET).await.map_err(failures::store)?;
        let Some(remind_days) = self.key_settings().await?.remind_days.filter(|_| !quiet.holds(now)) else {
            return Ok(OldKeys::default());
        };
        let since = Timestamp(now.0.saturating_sub(i64::from(remind_days) * DAY_MS));
        let keys = self.store.keys_entered_until(since).await.map_err(failures::store)?;
        let old = |key: store::EnteredKey| OldKey {
            id: key.id,
            display_name: key.display_name,
            age_days: whole_days(key.entered_at, now),
        };
        Ok(OldKeys { remind_days, keys: keys.into_iter().map(old).collect() })
    }

    pub(crate) async fn remind_later(&self, act: &Act) -> Result<(), Failure> {
        let quiet = Quiet { until: Some(days_after(act.at, QUIET_DAYS)) };
        self.store.set_setting(QUIET, &quiet, act).await.map_err(failures::store)
    }
}

impl<H: Host> Desk<H> {
    /// Destroys kept keys whose period is over, if the vault is open.
    pub async fn destroy_expired_keys(&self) {
        if let Ok(session) = self.session() {
            session.destroy_expired_keys(&self.act("provider.kept_key_expired")).await;
        }
    }
}

pub(crate) fn days_after(at: Timestamp, days: i64) -> Timestamp {
    Timestamp(at.0.saturating_add(days.saturating_mul(DAY_MS)))
}

fn kept_view(kept: KeptKey, provider: &Provider) -> KeptKeyView {
    KeptKeyView {
        last_four: kept.last_four,
        entered_at: kept.entered_at,
        until: kept.until,
        other_base_url: Some(kept.base_url).filter(|url| *url != provider.draft.base_url),
    }
}

/// None when the clock was set back since.
fn whole_days(then: Timestamp, now: Timestamp) -> u32 {
    u32::try_from(now.0.saturating_sub(then.0).max(0) / DAY_MS).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_ends_after_its_days_and_no_later_when_the_clock_is_set_back() {
        let quiet = Quiet { until: Some(Timestamp(QUIET_DAYS * DAY_MS)) };
        assert!(quiet.holds(Timestamp(0)) && quiet.holds(Timestamp(QUIET_DAYS * DAY_MS - 1)));
        assert!(!quiet.holds(Timestamp(QUIET_DAYS * DAY_MS)) && !quiet.holds(Timestamp(-1)));
        assert!(!Quiet::default().holds(Timestamp(0)));
    }

    #[test]
    fn a_day_is_over_when_it_is() {
        assert_eq!(whole_days(Timestamp(0), Timestamp(DAY_MS - 1)), 0);
        assert_eq!(whole_days(Timestamp(0), Timestamp(DAY_MS)), 1);
        assert_eq!(whole_days(Timestamp(DAY_MS), Timestamp(0)), 0);
    }
}
