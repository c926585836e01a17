//! The specification's `AdminActionLog`, newest first.

use axum::{Json, extract::State, http::HeaderMap};
use model::{
    Timestamp,
    audit::{AuditFilter, TEXT_LIMIT},
    remote::{AuditRecord, Success},
};
use serde::Deserialize;
use store::AuditEntry;
use utoipa::IntoParams;

use crate::web::{Answer, Query, Shared, instant, paging};

const PATH: &str = "/api/v1/super-admin/audit-log";
const MOST: u32 = 1_000;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Done by this user.
    #[param(max_length = 200)]
    actor: Option<String>,
    /// What was done, such as `provider.update`.
    #[param(max_length = 200)]
    action: Option<String>,
    /// The UUID of the record that it was done to, or a task's name.
    #[param(max_length = 200)]
    target: Option<String>,
    /// Somewhere in who, what, to which record, or its values.
    #[param(max_length = 200)]
    text: Option<String>,
    /// From this instant on, such as 2026-01-31T10:30:00Z.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Before this instant.
    #[param(format = DateTime)]
    to: Option<String>,
    /// Those with an id below this one.
    before: Option<i64>,
    /// At most so many, 100 when missing; the header `Link` leads to older ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// Read the log of what administrators did
#[utoipa::path(get, path = "/api/v1/super-admin/audit-log", tag = "audit", params(Which),
    responses((status = 200, body = Success<Vec<AuditRecord>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<AuditRecord>>>)> {
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    let entries = app.store.find_audit(&which.filter()?, which.before, limit).await?;
    // Ids have no gaps, so behind the first of all there is nothing.
    let last = entries.last().filter(|last| entries.len() == limit as usize && last.id > 1);
    let headers = last.map_or_else(HeaderMap::new, |last| which.next(last.id, limit));
    Ok((headers, Json(Success::new(entries.into_iter().map(view).collect()))))
}

impl Which {
    fn filter(&self) -> Answer<AuditFilter> {
        for (field, text) in
            [("actor", &self.actor), ("action", &self.action), ("target", &self.target), ("text", &self.text)]
        {
            paging::short(field, text.as_deref(), TEXT_LIMIT)?;
        }
        Ok(AuditFilter {
            actor: self.actor.clone(),
            action: self.action.clone(),
            record: self.target.clone(),
            text: self.text.clone(),
            from: instant::parse("from", self.from.as_deref())?,
            to: instant::parse("to", self.to.as_deref())?,
        })
    }

    fn next(&self, last: i64, limit: u32) -> HeaderMap {
        paging::next(
            PATH,
            &[
                ("actor", self.actor.clone()),
                ("action", self.action.clone()),
                ("target", self.target.clone()),
                ("text", self.text.clone()),
                ("from", self.from.clone()),
                ("to", self.to.clone()),
                ("before", Some(last.to_string())),
                ("limit", Some(limit.to_string())),
            ],
        )
    }
}

fn view(entry: AuditEntry) -> AuditRecord {
    let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    AuditRecord {
        id: entry.id,
        created_at: instant::text(Timestamp(entry.at)),
        actor: entry.actor,
        action: entry.action,
        target: entry.target,
        target_name: entry.target_name,
        ip_address: entry.ip_address,
        before: json(entry.before),
        after: json(entry.after),
    }
}
