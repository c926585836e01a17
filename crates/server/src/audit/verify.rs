//! Whether every entry is as it was written, in its place, and none is missing.

use axum::{Json, extract::State};
use model::remote::{AuditVerdict, Success};

use crate::web::{Answer, Shared, instant};

/// Verify the log of what administrators did, from its first entry to its end
#[utoipa::path(post, path = "/api/v1/super-admin/audit-log/verify", tag = "audit",
    responses((status = 200, body = Success<AuditVerdict>)))]
pub(crate) async fn verify(State(app): State<Shared>) -> Answer<Json<Success<AuditVerdict>>> {
    let verified = app.store.verify_audit(Vec::new()).await?;
    if let Some(broken) = verified.broken {
        tracing::error!(?broken, "the log of acts is not as it was written");
    }
    let how = |broken: model::audit::AuditBreak| {
        serde_json::to_value(broken.kind).ok().and_then(|kind| kind.as_str().map(str::to_owned))
    };
    Ok(Json(Success::new(AuditVerdict {
        is_whole: verified.broken.is_none(),
        entries: verified.entries.unsigned_abs(),
        broken_entry: verified.broken.map(|broken| broken.entry),
        broken_how: verified.broken.and_then(how),
        verified_at: instant::text(app.now()),
    })))
}
