//! What stands out: jumps of usage, cheaper models, splits, keys, routes and limits.

use std::collections::HashMap;

use insights::{UsedDay, findings};
use model::{
    Failure, Timestamp,
    command::{AcknowledgeJumps, ViewInsights},
    insights::{Insights, LOOKED_AT_DAYS},
    statistics::{Bucket, Grouping, Part, UsageFilter, UsageQuery},
};

use crate::{Desk, Host, advice, dispatch::Body, failures, jumps, session::Session};

impl Body for ViewInsights {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Insights, Failure> {
        let session = desk.session()?;
        let now = desk.host.now();
        let list = session.store.list(now).await.map_err(failures::store)?;
        let (_, routes) = session.store.routing().await.map_err(failures::store)?;
        let used = used(&session, now).await?;
        let catalog = desk.catalog_in_force(&session).await?;
        let old_after = session.key_settings().await?.remind_days;
        let known = (list.providers.as_slice(), routes.as_slice(), &catalog);
        Ok(Insights {
            cheaper: advice::cheaper(&session, known, now).await?,
            compared: advice::compared(&session, &list.providers, &routes).await?,
            findings: findings(&list.providers, &routes, &used, now, old_after),
            jumps: jumps::view(&session).await?,
        })
    }
}

impl Body for AcknowledgeJumps {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        let session = desk.session()?;
        session.store.acknowledge_jumps(&desk.act("insights.acknowledge")).await.map_err(failures::store)?;
        session.tell_jumps(None, true).await
    }
}

/// The last whole days of each configuration, by its number.
async fn used(session: &Session, now: Timestamp) -> Result<HashMap<i64, Vec<UsedDay>>, Failure> {
    let whole_days = session.store.whole_days(LOOKED_AT_DAYS, now).await.map_err(failures::usage)?;
    let (zone, first_day, last_day) = whole_days;
    let query = UsageQuery {
        first_day,
        last_day,
        bucket: Bucket::Day,
        grouping: Grouping::Provider,
        filter: UsageFilter::default(),
        zone,
    };
    let view = session.store.usage(&query).await.map_err(failures::usage)?;
    let of = |part: Part| Some((part.key.parse().ok()?, days(&part)));
    Ok(view.parts.into_iter().filter_map(of).collect())
}

fn days(part: &Part) -> Vec<UsedDay> {
    let each = part.calls.iter().zip(&part.tokens).zip(&part.cost);
    each.map(|((calls, tokens), cost)| UsedDay {
        calls: *calls,
        tokens: *tokens,
        cost: cost.unwrap_or_default(),
    })
    .collect()
}
