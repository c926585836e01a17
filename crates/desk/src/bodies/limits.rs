//! Limits beside those of each configuration: by which days they are counted, and what each user may use.

use gateway::LimitSettings;
use model::{
    Failure, Field,
    command::{DeleteQuota, SetLimitZone, SetQuota, ViewLimits},
    limits::UserQuota,
    quotas::{LimitsView, QuotaView},
};
use store::UsageError;

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

/// Quotas of one vault at most: each is looked at when it is shown.
const MOST: u32 = 1_000;

impl Body for ViewLimits {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<LimitsView, Failure> {
        view(&*desk.session()?).await
    }
}

impl Body for SetLimitZone {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<LimitsView, Failure> {
        let session = desk.session()?;
        let settings = LimitSettings::by(self.zone).ok_or_else(|| failures::usage(UsageError::Zone))?;
        let before: LimitSettings =
            session.store.setting(LimitSettings::NAME).await.map_err(failures::store)?;
        if settings != before {
            // Another zone's day may begin sooner, and with it everything that may be used in one.
            session.require_proof()?;
            let act = desk.act("limits.set_zone");
            let set = session.store.set_setting(LimitSettings::NAME, &settings, &act).await;
            set.map_err(failures::store)?;
            session.reload().await;
        }
        view(&session).await
    }
}

impl Body for SetQuota {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<LimitsView, Failure> {
        let session = desk.session()?;
        let faults = self.quota.faults();
        if !faults.is_empty() {
            return Err(Failure::invalid(faults));
        }
        let quotas = quotas(&session).await?;
        let of = |user: &str| quotas.iter().find(|one| one.quota.user == user);
        let own = of(&self.quota.user);
        if own.is_some() && self.seen.is_none() {
            return Err(failures::one_field(Field::QuotaUser, "There is such a quota. Change that one."));
        }
        if own.is_none() && quotas.len() >= MOST as usize {
            return Err(failures::quotas(MOST));
        }
        // Whoever had none was held to everyone's.
        let holds = own.or_else(|| of(UserQuota::EVERYONE));
        if holds.is_some_and(|holds| holds.quota.is_eased_by(&self.quota)) {
            session.require_proof()?;
        }
        let set = session.store.set_quota(&self.quota, self.seen, &desk.act("quota.set")).await;
        set.map_err(failures::quota)?;
        session.reload().await;
        view(&session).await
    }
}

impl Body for DeleteQuota {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<LimitsView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        // One that is gone already is gone, as was asked for.
        if quotas(&session).await?.iter().any(|one| one.quota.user == self.user) {
            let deleted = session.store.delete_quota(&self.user, self.seen, &desk.act("quota.delete")).await;
            deleted.map_err(failures::quota)?;
            session.reload().await;
        }
        view(&session).await
    }
}

async fn view(session: &Session) -> Result<LimitsView, Failure> {
    let settings: LimitSettings =
        session.store.setting(LimitSettings::NAME).await.map_err(failures::store)?;
    let day_ends = settings.day_ends(session.host.now());
    Ok(LimitsView { zone: settings.time_zone, day_ends, quotas: quotas(session).await? })
}

async fn quotas(session: &Session) -> Result<Vec<QuotaView>, Failure> {
    let kept = session.store.quotas_after("", MOST).await.map_err(failures::store)?;
    Ok(kept.into_iter().map(|kept| QuotaView { quota: kept.quota, revision: kept.revision }).collect())
}
