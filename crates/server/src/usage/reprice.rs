//! The log priced anew by the prices in force, in one transaction with its entry in the log of acts. What calls took is never
//! changed, only what they cost.

use axum::{Extension, Json, extract::State};
use model::{
    Timestamp,
    remote::{Reprice, RepricedLog, Success},
};

use crate::{
    access::Caller,
    web::{Answer, Body, Shared, paging},
};

const MOST_DAYS: u32 = 3_660;

/// Price the log of calls anew, or only say what that would come to
#[utoipa::path(post, path = "/api/v1/super-admin/providers/usage/repricing", tag = "usage", request_body = Reprice,
    responses((status = 200, body = Success<RepricedLog>)))]
pub(crate) async fn reprice(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<Reprice>,
) -> Answer<Json<Success<RepricedLog>>> {
    let start = match asked.days {
        None => Timestamp(0),
        days => {
            let days = paging::within("days", days, 1, 1..=MOST_DAYS)?;
            app.now().start_of_utc_day().plus_days(1 - i64::from(days))
        }
    };
    let act = app.act(&caller, "usage.reprice");
    if !asked.dry_run {
        caller.require_proof(act.at)?;
    }
    let written = (!asked.dry_run).then_some(&act);
    let repriced = app.gateway.reprice(start..Timestamp(i64::MAX), written).await?;
    Ok(Json(Success::new(RepricedLog {
        dry_run: asked.dry_run,
        entries: repriced.rows,
        changed: repriced.changed,
        left: repriced.left,
        cost_before_usd: repriced.before.usd(),
        cost_after_usd: repriced.after.usd(),
    })))
}
