//! A usage log of ninety days, written by the database itself: the rows as the gateway writes them, and the sums that it would have
//! added up meanwhile. That both say the same is looked at.
//!
//! The calls are spread evenly, and not those of `sample`, whose weeks, bursts and outages are for pages and for what judges them.
//! How long an answer takes hangs on how many rows and groups there are: weekends without calls would leave fewer sums to read. And
//! ten million rows are written in minutes here, because they never leave the database.

use std::time::Duration;

use anyhow::{Context as _, ensure};
use model::Timestamp;
use rig_postgres::Postgres;

use crate::place;

/// Days that the rows are spread over, and today.
const DAYS: i64 = 89;
/// Rows of one statement.
const PIECE: u64 = 1_000_000;

/// What plain SQL says over the rows: the specification's statistics of ninety days.
const RAW: &str = "SELECT provider_type, model_requested, count(*) AS calls,
        count(*) FILTER (WHERE status = 'success') AS succeeded, count(*) FILTER (WHERE cost_pico_usd IS NULL) AS unpriced,
        sum(total_tokens) AS tokens, sum(cost_pico_usd) AS cost, sum(latency_ms) AS latency,
        count(*) FILTER (WHERE created_at >= TODAY - 6 * 86400000::bigint) AS week, 
        count(*) FILTER (WHERE created_at >= TODAY - 29 * 86400000::bigint) AS month
    FROM ai_provider_usage_logs WHERE created_at >= TODAY - 89 * 86400000::bigint AND created_at < TODAY + 86400000
    GROUP BY provider_type, model_requested";

/// Fills the log.
pub fn fill(postgres: &Postgres, url: &str, rows: u64) -> anyhow::Result<()> {
    let now = place::now();
    let mut written = 0;
    months(postgres, url, now);
    while written < rows {
        let piece = PIECE.min(rows - written);
        let (first, last) = (written + 1, written + piece);
        postgres.by_hand(url, &insert(now, first, last, rows));
        written = last;
    }
    postgres.by_hand(url, SUMS);
    // As the database does by itself in its own time.
    postgres.by_hand(url, "ANALYZE");
    let counted = postgres.by_hand(url, "SELECT coalesce(sum(calls), 0) FROM usage_days");
    ensure!(counted.parse::<u64>()? >= rows, "{counted} calls are in the sums");
    Ok(())
}

/// How long plain SQL takes, without sending the answer, and how many calls it counts.
pub fn raw(postgres: &Postgres, url: &str) -> anyhow::Result<(Duration, u64)> {
    let today = place::now().start_of_utc_day().0;
    let select = RAW.replace("TODAY", &today.to_string());
    let plan = postgres.by_hand(url, &format!("EXPLAIN (ANALYZE, TIMING OFF) {select}"));
    let line =
        plan.lines().find_map(|line| line.trim().strip_prefix("Execution Time: ")?.strip_suffix(" ms"));
    let ms: f64 = line.context("the plan has no time")?.parse()?;
    let calls = postgres.by_hand(url, &format!("SELECT sum(calls) FROM ({select}) lines"));
    Ok((Duration::from_secs_f64(ms / 1e3), calls.parse()?))
}

/// The partitions of these days, as the server makes them.
fn months(postgres: &Postgres, url: &str, now: Timestamp) {
    let mut starts: Vec<String> = (0..=DAYS)
        .map(|day| format!("to_timestamp({}::bigint / 1000)", now.plus_days(-day).0))
        .map(|at| format!("SELECT date_trunc('month', {at} AT TIME ZONE 'UTC') AS start"))
        .collect();
    starts.dedup();
    let make = format!(
        "DO $$ DECLARE month record; BEGIN FOR month IN SELECT DISTINCT start FROM ({}) days LOOP
           EXECUTE format('CREATE TABLE IF NOT EXISTS ai_provider_usage_logs_%s PARTITION OF ai_provider_usage_logs
             FOR VALUES FROM (%s) TO (%s)', to_char(month.start, 'YYYY_MM'),
             extract(epoch FROM month.start)::bigint * 1000,
             extract(epoch FROM month.start + interval '1 month')::bigint * 1000);
         END LOOP; END $$",
        starts.join(" UNION ALL ")
    );
    postgres.by_hand(url, &make);
}

/// Four vendors with three models each, four tasks, 500 users, one call of 50 that failed; spread evenly.
fn insert(now: Timestamp, first: u64, last: u64, rows: u64) -> String {
    format!(
        "INSERT INTO ai_provider_usage_logs (request_id, attempt, provider_config_id, provider_type, user_id, client, task_type,
             model_requested, usage_known, input_tokens, output_tokens, total_tokens, uncached_tokens, cost_pico_usd,
             cost_is_estimate, status, error_class, http_status, latency_ms, created_at)
         SELECT 'bench-' || n, 1, 1 + n % 12, (ARRAY['gemini', 'openai', 'claude', 'openai_compatible'])[1 + n % 4],
             'user-' || (n * 7919) % 500, 'bench/1', (ARRAY['extraction', 'cv_draft', 'cover_letter', 'validation'])[1 + (n / 3) % 4],
             'model-' || n % 12, TRUE, 100 + n % 900, 50 + n % 300, 150 + n % 900 + n % 300, 100 + n % 900,
             CASE WHEN n % 97 <> 0 THEN 1000000 * (n % 1000) END, FALSE,
             CASE WHEN n % 50 = 0 THEN 'error' ELSE 'success' END, CASE WHEN n % 50 = 0 THEN 'overloaded' END, 200, n % 5000,
             {now} - ({DAYS} * 86400000::bigint * ({rows} - n)) / {rows}
         FROM generate_series({first}::bigint, {last}::bigint) n",
        now = now.0
    )
}

/// As the server adds them up with each batch.
const SUMS: &str = "INSERT INTO usage_days AS there (start_at, provider_config_id, provider_type, model, task_type, status, error_class,
        calls, unpriced, estimated, unknown_usage, input_tokens, output_tokens, total_tokens, cost_pico_usd, latency_ms)
    SELECT created_at - created_at % 86400000, provider_config_id, provider_type, model_requested, task_type, status,
        coalesce(error_class, ''), count(*), count(*) FILTER (WHERE cost_pico_usd IS NULL), 0, 0, sum(input_tokens), sum(output_tokens),
        sum(total_tokens), coalesce(sum(cost_pico_usd), 0), sum(latency_ms)
    FROM ai_provider_usage_logs GROUP BY 1, 2, 3, 4, 5, 6, 7";
