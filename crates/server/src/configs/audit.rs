//! The specification's `AdminActionLog`, newest first.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
};
use model::{
    Timestamp,
    audit::AuditFilter,
    remote::{AuditRecord, FieldAtFault, Success},
};
use serde::Deserialize;
use store::AuditEntry;
use utoipa::IntoParams;

use crate::web::{Answer, Query, Shared, instant, refusal};

const MOST: u32 = 1_000;

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Done by this user.
    #[param(max_length = 80)]
    actor: Option<String>,
    /// What was done, such as `provider.update`.
    #[param(max_length = 80)]
    action: Option<String>,
    /// The UUID of the record that it was done to.
    #[param(max_length = 80)]
    target: Option<String>,
    /// Those with an id below this one.
    before: Option<i64>,
    /// At most so many, 100 when missing; the header `Link` leads to older ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// Read the log of what administrators did
#[utoipa::path(get, path = "/api/v1/super-admin/audit-log", tag = "audit", params(Which),
    responses((status = 200, body = Success<Vec<AuditRecord>>)))]
pub(crate) async fn audit(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<AuditRecord>>>)> {
    let limit = which.limit.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        let message = format!("Send 1 to {MOST}.");
        return Err(refusal::invalid_fields(vec![FieldAtFault { field: "limit".to_owned(), message }]));
    }
    let filter = AuditFilter {
        actor: which.actor,
        action: which.action,
        record: which.target,
        ..AuditFilter::default()
    };
    let entries = app.store.find_audit(&filter, which.before, limit).await?;
    let mut headers = HeaderMap::new();
    if let Some(last) = entries.last().filter(|last| entries.len() == limit as usize && last.id > 1) {
        let link = format!("</api/v1/super-admin/audit-log?before={}&limit={limit}>; rel=\"next\"", last.id);
        headers.insert(header::LINK, HeaderValue::from_str(&link).unwrap_or(HeaderValue::from_static("")));
    }
    Ok((headers, Json(Success::new(entries.into_iter().map(view).collect()))))
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
