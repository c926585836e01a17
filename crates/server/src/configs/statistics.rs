//! Usage by vendor and model, as the specification has it.

use axum::{Json, extract::State};
use model::{
    remote::{FieldAtFault, Success, UsageStats},
    statistics::ProviderStatistics,
};
use serde::Deserialize;
use store::UsageError;
use utoipa::IntoParams;

use crate::web::{Answer, Query, Refused, Shared, refusal};

/// Most days that are added up.
const MOST_DAYS: u32 = 3_660;

/// Of how many days.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Days {
    /// Days of UTC, today included; 30 when missing.
    #[param(minimum = 1, maximum = 3660, default = 30)]
    days: Option<u32>,
}

/// Usage by vendor and model
#[utoipa::path(get, path = "/api/v1/super-admin/providers/usage/stats", tag = "providers", params(Days),
    responses((status = 200, body = Success<Vec<UsageStats>>)))]
pub(crate) async fn statistics(
    State(app): State<Shared>,
    Query(Days { days }): Query<Days>,
) -> Answer<Json<Success<Vec<UsageStats>>>> {
    let days = days.unwrap_or(30);
    if !(1..=MOST_DAYS).contains(&days) {
        let message = format!("Send 1 to {MOST_DAYS}.");
        return Err(refusal::invalid_fields(vec![FieldAtFault { field: "days".to_owned(), message }]));
    }
    let lines = app.store.provider_statistics(days, app.now()).await?;
    Ok(Json(Success::new(lines.into_iter().map(view).collect())))
}

fn view(line: ProviderStatistics) -> UsageStats {
    UsageStats {
        provider_type: line.provider_type,
        model_name: line.model_name,
        total_calls: line.total_calls,
        total_tokens: line.total_tokens,
        total_cost_usd: line.total_cost_usd,
        success_rate: line.success_rate.map(in_tenths),
        avg_latency_ms: line.avg_latency_ms,
        last_7_days_calls: line.last_7_days_calls,
        last_30_days_calls: line.last_30_days_calls,
        unpriced_calls: line.unpriced_calls,
    }
}

/// A percentage as the specification shows it, 99.8. All and none are said of all and none alone.
fn in_tenths(rate: f64) -> f64 {
    let tenths = (rate * 10.0).round();
    let within = if rate < 100.0 { tenths.min(999.0) } else { tenths };
    (if rate > 0.0 { within.max(1.0) } else { within }) / 10.0
}

impl From<UsageError> for Refused {
    fn from(error: UsageError) -> Self {
        match error {
            UsageError::Store(error) => error.into(),
            error => {
                tracing::error!(%error, "the statistics failed");
                refusal::internal()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_has_one_decimal_and_all_and_none_are_said_of_all_and_none_alone() {
        let of = |good: u32, all: u32| in_tenths(f64::from(good) * 100.0 / f64::from(all));
        assert_eq!([of(1_022, 1_024), of(9, 10), of(2, 3)], [99.8, 90.0, 66.7]);
        assert_eq!([of(10, 10), of(9_999, 10_000), of(1, 10_000), of(0, 10)], [100.0, 99.9, 0.1, 0.0]);
    }
}
