//! The log of calls, newest first. A page begins behind the last call of the one before, not after a number of rows to
//! skip, so the thousandth page takes as long as the first.

use model::{
    PicoUsd, Timestamp,
    statistics::{CallFilter, CallPage, CallPlace, CallView},
};
use sqlx::{FromRow, QueryBuilder, Sqlite};

use super::Rollup;
use crate::{Store, StoreError, ledger::unsigned};

/// Calls of one page at most.
pub(crate) const PAGE_LIMIT: u32 = 500;

const SELECT: &str = "
    SELECT l.id, l.request_id, l.attempt, l.created_at, l.provider_config_id, c.display_name,
        coalesce(l.provider_type, c.provider_type) AS provider_type, coalesce(l.model_requested, c.model_name) AS model,
        l.task_type, l.user_id, l.client, l.status, l.error_class, l.http_status, l.usage_known, l.input_tokens,
        l.output_tokens, l.cost_pico_usd, l.cost_is_estimate, l.latency_ms, l.first_token_ms, l.vendor_request_id
    FROM ai_provider_usage_logs l LEFT JOIN ai_provider_configs c ON c.id = l.provider_config_id
    WHERE l.created_at >= ";

#[derive(FromRow)]
struct CallLine {
    id: i64,
    request_id: String,
    attempt: u32,
    created_at: i64,
    provider_config_id: i64,
    display_name: Option<String>,
    provider_type: Option<String>,
    model: Option<String>,
    task_type: String,
    user_id: String,
    client: Option<String>,
    status: String,
    error_class: Option<String>,
    http_status: Option<u16>,
    usage_known: bool,
    input_tokens: i64,
    output_tokens: i64,
    cost_pico_usd: Option<i64>,
    cost_is_estimate: bool,
    latency_ms: i64,
    first_token_ms: Option<i64>,
    vendor_request_id: Option<String>,
}

impl Store {
    /// A page of the log: at most `limit` calls, newest first, behind `after`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn calls(
        &self,
        filter: &CallFilter,
        after: Option<CallPlace>,
        limit: u32,
    ) -> Result<CallPage, StoreError> {
        let limit = limit.clamp(1, PAGE_LIMIT);
        let mut connection = self.connection().await?;
        let rollup = Rollup::read(&mut connection).await?;
        let mut query = select(filter, after, rollup.raw_from);
        query.push(" ORDER BY l.created_at DESC, l.id DESC LIMIT ").push_bind(limit + 1);
        let lines: Vec<CallLine> = query.build_query_as().fetch_all(&mut *connection).await?;
        let more = lines.len() > limit as usize;
        let calls: Vec<CallView> = lines.into_iter().take(limit as usize).map(CallLine::view).collect();
        let next = calls.last().filter(|_| more).map(|last| CallPlace { at: last.at, id: last.id });
        Ok(CallPage { calls, next })
    }
}

fn select(filter: &CallFilter, after: Option<CallPlace>, raw_from: i64) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new(SELECT);
    query.push_bind(filter.from.map_or(raw_from, |from| from.0.max(raw_from)));
    if let Some(to) = filter.to {
        query.push(" AND l.created_at < ").push_bind(to.0);
    }
    if let Some(after) = after {
        // The first condition is for the index, the second for calls of one instant.
        query.push(" AND l.created_at <= ").push_bind(after.at.0);
        query
            .push(" AND (l.created_at, l.id) < (")
            .push_bind(after.at.0)
            .push(", ")
            .push_bind(after.id)
            .push(")");
    }
    if let Some(request_id) = &filter.request_id {
        query.push(" AND l.request_id = ").push_bind(request_id.clone());
    }
    let statuses = &filter.usage.statuses;
    let failed = !statuses.is_empty() && !statuses.iter().any(|one| one == "success");
    if failed || !filter.usage.errors.is_empty() {
        // In these words the planner knows that the index of failures has them all.
        query.push(" AND l.status <> 'success'");
    }
    one_of(&mut query, " AND l.provider_config_id", filter.usage.providers.iter().copied());
    for (column, texts) in [
        (" AND l.task_type", &filter.usage.tasks),
        (" AND l.user_id", &filter.usage.users),
        (" AND l.status", &filter.usage.statuses),
        (" AND coalesce(l.model_requested, '')", &filter.usage.models),
        (" AND coalesce(nullif(l.error_class, ''), l.status)", &filter.usage.errors),
    ] {
        one_of(&mut query, column, texts.iter().cloned());
    }
    query
}

fn one_of<T>(query: &mut QueryBuilder<Sqlite>, column: &str, values: impl ExactSizeIterator<Item = T>)
where
    T: for<'q> sqlx::Encode<'q, Sqlite> + sqlx::Type<Sqlite> + Send + 'static,
{
    if values.len() == 0 {
        return;
    }
    query.push(column).push(" IN (");
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
    query.push(")");
}

impl CallLine {
    fn view(self) -> CallView {
        let known = |tokens| self.usage_known.then(|| unsigned(tokens));
        CallView {
            id: self.id,
            attempt: self.attempt,
            at: Timestamp(self.created_at),
            number: self.provider_config_id,
            input_tokens: known(self.input_tokens),
            output_tokens: known(self.output_tokens),
            cost: self.cost_pico_usd.map(|cost| PicoUsd(cost.into())),
            cost_is_estimate: self.cost_is_estimate,
            latency_ms: unsigned(self.latency_ms),
            first_token_ms: self.first_token_ms.map(unsigned),
            request_id: self.request_id,
            display_name: self.display_name,
            provider_type: self.provider_type,
            model: self.model,
            task: self.task_type,
            user: self.user_id,
            client: self.client,
            status: self.status,
            error_class: self.error_class,
            http_status: self.http_status,
            vendor_request_id: self.vendor_request_id,
        }
    }
}
