//! Usage: what the dashboard shows, the log of calls, and keeping the sums right.

use model::{
    Failure,
    command::{
        RebuildUsage, SetRetention, SetUsageZone, VerifyUsage, ViewCalls, ViewRetention, ViewStatistics,
        ViewUsage,
    },
    statistics::{
        CallPage, ProviderStatistics, RebuildReport, Retention, UsageFilter, UsageView, VerifyReport,
    },
};

use crate::{Desk, Host, dispatch::Body, failures};

/// Values of one filter at most.
const FILTER_LIMIT: usize = 200;
/// Ten years.
const STATISTICS_DAYS: u32 = 3_653;

impl Body for ViewUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<UsageView, Failure> {
        let session = desk.session()?;
        check(&self.query.filter)?;
        session.store.usage(&self.query).await.map_err(failures::usage)
    }
}

impl Body for ViewCalls {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<CallPage, Failure> {
        let session = desk.session()?;
        check(&self.filter.usage)?;
        session.store.calls(&self.filter, self.after, self.limit).await.map_err(failures::store)
    }
}

impl Body for ViewStatistics {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<ProviderStatistics>, Failure> {
        let session = desk.session()?;
        if !(1..=STATISTICS_DAYS).contains(&self.days) {
            return Err(failures::days(1, STATISTICS_DAYS));
        }
        session.store.provider_statistics(self.days, desk.host.now()).await.map_err(failures::usage)
    }
}

impl Body for VerifyUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<VerifyReport, Failure> {
        let session = desk.session()?;
        let work = async { session.store.verify_statistics().await.map_err(failures::store) };
        session.until_closed(work).await
    }
}

impl Body for RebuildUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RebuildReport, Failure> {
        let session = desk.session()?;
        let act = desk.act("usage.rebuild");
        let work = async { session.store.rebuild_statistics(&act).await.map_err(failures::store) };
        session.until_closed(work).await
    }
}

impl Body for ViewRetention {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Retention, Failure> {
        desk.session()?.store.retention().await.map_err(failures::store)
    }
}

impl Body for SetRetention {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Retention, Failure> {
        let session = desk.session()?;
        let kept = Retention::LEAST_DAYS..=Retention::MOST_DAYS;
        if self.retention.days.is_some_and(|days| !kept.contains(&days)) {
            return Err(failures::days(Retention::LEAST_DAYS, Retention::MOST_DAYS));
        }
        session.require_proof()?;
        let act = desk.act("usage.set_retention");
        session.store.set_retention(self.retention, &act).await.map_err(failures::store)?;
        let work = async { session.store.delete_old_rows(desk.host.now()).await.map_err(failures::store) };
        session.until_closed(work).await?;
        Ok(self.retention)
    }
}

impl Body for SetUsageZone {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        let session = desk.session()?;
        let known = session.store.set_statistics_zone(&self.zone).await.map_err(failures::store)?;
        session.budgets.look_soon();
        session.jumps.read_again();
        if known { Ok(()) } else { Err(failures::usage(store::UsageError::Zone)) }
    }
}

pub(super) fn check(filter: &UsageFilter) -> Result<(), Failure> {
    let most = [filter.tasks.len(), filter.users.len(), filter.statuses.len(), filter.models.len()];
    let others = [filter.providers.len(), filter.errors.len()];
    let fits = most.into_iter().chain(others).all(|count| count <= FILTER_LIMIT);
    if fits { Ok(()) } else { Err(failures::filter(FILTER_LIMIT)) }
}
