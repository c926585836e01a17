//! Comparing the sums with the rows, and making them anew. The database does the adding. Sums of before the first row are of months
//! that were let go of: those are compared with each other.

use model::{
    Timestamp,
    statistics::{Difference, RebuildReport, VerifyReport},
};
use serde_json::json;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};

use super::{CHANGES, ONE_MOMENT, PgStore};
use crate::{
    Act, StoreError,
    audit::Subject,
    statistics::{NAMES, SLOT_MS},
};

const QUARTER: &str =
    "start_at, provider_config_id, provider_type, model, task_type, user_id, status, error_class";
const DAY: &str = "start_at, provider_config_id, provider_type, model, task_type, status, error_class";
/// In the order of [`NAMES`].
const SUMS: &str = "calls, unpriced, estimated, unknown_usage, input_tokens, output_tokens, total_tokens, cost_pico_usd, latency_ms";

/// The first sum that is not what it should be.
#[derive(FromRow)]
struct Differing {
    start_at: i64,
    provider_config_id: i64,
    task_type: String,
    user_id: String,
    status: String,
    right_sums: Vec<String>,
    kept_sums: Vec<String>,
}

impl PgStore {
    /// As [`Store::verify_statistics`](crate::Store::verify_statistics), of one moment.
    ///
    /// # Errors
    /// Those of the database. A difference is no error.
    pub async fn verify_statistics(&self) -> Result<VerifyReport, StoreError> {
        let mut moment = self.pool().begin_with(ONE_MOMENT).await?;
        take_your_time(&mut moment).await?;
        let from = first_quarter(&mut moment).await?;
        let (rows, cells) = counted(&mut moment).await?;
        let quarters = rows_added_up();
        let quarters = differing(&mut moment, (&quarters, "usage_quarters", QUARTER), from).await?;
        let first = match quarters {
            Some(quarter) => Some(quarter.told(false)),
            None => {
                let days = quarters_added_up();
                let days = differing(&mut moment, (&days, "usage_days", DAY), i64::MIN).await?;
                days.map(|day| day.told(true))
            }
        };
        Ok(VerifyReport { rows, cells, first_difference: first })
    }

    /// As [`Store::rebuild_statistics`](crate::Store::rebuild_statistics), in one transaction with its entry. Calls that are logged
    /// meanwhile wait for its end, on the servers' disks.
    ///
    /// # Errors
    /// Those of the database; nothing is then changed.
    pub async fn rebuild_statistics(&self, act: &Act) -> Result<RebuildReport, StoreError> {
        let mut transaction = self.pool().begin().await?;
        take_your_time(&mut transaction).await?;
        // Whoever adds a call has written its row in the same transaction: those whose rows are not seen here add after this one.
        sqlx::query("LOCK TABLE usage_quarters, usage_days IN SHARE ROW EXCLUSIVE MODE")
            .execute(&mut *transaction)
            .await?;
        let from = first_quarter(&mut transaction).await?;
        let delete = "DELETE FROM usage_quarters WHERE start_at >= $1";
        sqlx::query(delete).bind(from).execute(&mut *transaction).await?;
        let quarters = format!(
            "INSERT INTO usage_quarters ({QUARTER}, {SUMS}) SELECT {QUARTER}, {SUMS} FROM ({}) added",
            rows_added_up()
        );
        // Our own words alone.
        sqlx::query(AssertSqlSafe(quarters)).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM usage_days").execute(&mut *transaction).await?;
        let days = format!(
            "INSERT INTO usage_days ({DAY}, {SUMS}) SELECT {DAY}, {SUMS} FROM ({}) added",
            quarters_added_up()
        );
        sqlx::query(AssertSqlSafe(days)).execute(&mut *transaction).await?;
        let (rows, cells) = counted(&mut transaction).await?;
        let _turn = self.turn.lock().await;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(CHANGES).execute(&mut *transaction).await?;
        let after = Some(json!({ "rows": rows, "cells": cells }));
        self.audit.write_shared(&mut transaction, act, Subject { after, ..Subject::default() }).await?;
        transaction.commit().await?;
        Ok(RebuildReport { rows, cells })
    }
}

impl Differing {
    fn told(self, of_a_day: bool) -> Difference {
        let sums = self.right_sums.into_iter().zip(self.kept_sums).zip(NAMES);
        let mut other = sums.filter(|((right, kept), _)| right != kept);
        let ((rows_say, sums_say), sum) = other.next().unwrap_or_default();
        Difference {
            at: Timestamp(self.start_at),
            of_a_day,
            provider_config_id: self.provider_config_id,
            task: self.task_type,
            user: (!of_a_day).then_some(self.user_id),
            status: self.status,
            sum: sum.to_owned(),
            rows_say,
            sums_say,
        }
    }
}

/// All rows are read, which may take minutes.
async fn take_your_time(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query("SET LOCAL statement_timeout = 0").execute(connection).await?;
    Ok(())
}

/// The start of the quarter of an hour with the first row; without any nothing is compared with rows.
async fn first_quarter(connection: &mut PgConnection) -> Result<i64, StoreError> {
    let select = sqlx::query_scalar("SELECT min(created_at) FROM ai_provider_usage_logs");
    let first: Option<i64> = select.fetch_one(connection).await?;
    Ok(first.map_or(i64::MAX, crate::statistics::slot))
}

async fn counted(connection: &mut PgConnection) -> Result<(u64, u64), StoreError> {
    let select = "SELECT (SELECT count(*) FROM ai_provider_usage_logs),
                         (SELECT count(*) FROM usage_quarters) + (SELECT count(*) FROM usage_days)";
    let (rows, cells): (i64, i64) = sqlx::query_as(select).fetch_one(connection).await?;
    Ok((rows.unsigned_abs(), cells.unsigned_abs()))
}

/// What `Sums` adds to the quarters of an hour, from the rows.
fn rows_added_up() -> String {
    format!(
        "SELECT {} AS start_at, provider_config_id, provider_type, model_requested AS model, task_type, user_id, status,
             coalesce(error_class, '') AS error_class, count(*) AS calls,
             count(*) FILTER (WHERE cost_pico_usd IS NULL) AS unpriced, count(*) FILTER (WHERE cost_is_estimate) AS estimated,
             count(*) FILTER (WHERE NOT usage_known) AS unknown_usage, sum(input_tokens) AS input_tokens,
             sum(output_tokens) AS output_tokens, sum(total_tokens) AS total_tokens,
             sum(coalesce(cost_pico_usd, 0)) AS cost_pico_usd, sum(latency_ms) AS latency_ms
         FROM ai_provider_usage_logs GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
        floor("created_at", SLOT_MS)
    )
}

/// What `Sums` adds to the days, from the quarters of an hour: users are left out.
fn quarters_added_up() -> String {
    let sums = SUMS.split(", ").map(|sum| match sum {
        "calls" | "unpriced" | "estimated" | "unknown_usage" => format!("sum({sum})::bigint AS {sum}"),
        _ => format!("sum({sum}) AS {sum}"),
    });
    format!(
        "SELECT {} AS start_at, provider_config_id, provider_type, model, task_type, status, error_class, {}
         FROM usage_quarters GROUP BY 1, 2, 3, 4, 5, 6, 7",
        floor("start_at", 86_400_000),
        sums.collect::<Vec<_>>().join(", ")
    )
}

/// SQL's remainder has the sign of what is divided.
fn floor(column: &str, step: i64) -> String {
    format!("{column} - (({column} % {step}) + {step}) % {step}")
}

/// The first sum of a time on that is not what it should be. One that is missing, or should be, counts as 0.
async fn differing(
    connection: &mut PgConnection,
    (right, kept, key): (&str, &str, &str),
    from: i64,
) -> Result<Option<Differing>, StoreError> {
    let of = |side: &str| {
        let sums: Vec<_> =
            SUMS.split(", ").map(|sum| format!("trim_scale(coalesce({side}.{sum}, 0)::numeric)")).collect();
        format!("ARRAY[{}]", sums.join(", "))
    };
    let (rights, kepts) = (of("added"), of("kept"));
    let user = if key == QUARTER { "user_id" } else { "''" };
    // Our own words alone; what is compared from is bound.
    let select = AssertSqlSafe(format!(
        "SELECT start_at, provider_config_id, task_type, {user} AS user_id, status, {rights}::text[] AS right_sums,
             {kepts}::text[] AS kept_sums
         FROM ({right}) added FULL JOIN {kept} kept USING ({key})
         WHERE start_at >= $1 AND {rights} <> {kepts}
         ORDER BY {key} LIMIT 1"
    ));
    Ok(sqlx::query_as(select).bind(from).fetch_optional(connection).await?)
}
