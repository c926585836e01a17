//! Pages of the usage log, newest first, each behind the last call of the one before. Where it is asked for some calls alone, the
//! sums tell in which quarters of an hour there are any, so that rare calls are found without reading all the others.

use model::{
    PicoUsd, Timestamp,
    statistics::{CallFilter, CallPage, CallPlace, CallView, UsageFilter},
};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};

use super::{PgStore, text::clean, usage::QUARTER_MS};
use crate::{
    StoreError,
    ledger::{pico, signed, unsigned},
    statistics::{PAGE_LIMIT, slot},
};

#[derive(FromRow)]
struct CallRow {
    id: i64,
    request_id: String,
    attempt: i64,
    created_at: i64,
    provider_config_id: i64,
    display_name: Option<String>,
    provider_type: String,
    model_requested: String,
    task_type: String,
    user_id: String,
    client: String,
    status: String,
    error_class: Option<String>,
    http_status: Option<i64>,
    usage_known: bool,
    input_tokens: i64,
    output_tokens: i64,
    cost_pico_usd: Option<i64>,
    cost_is_estimate: bool,
    latency_ms: i64,
    first_token_ms: Option<i64>,
    vendor_request_id: Option<String>,
}

const COLUMNS: &str = "l.id, l.request_id, l.attempt, l.created_at, l.provider_config_id, l.provider_type, l.model_requested,
    l.task_type, l.user_id, l.client, l.status, l.error_class, l.http_status, l.usage_known, l.input_tokens,
    l.output_tokens, l.cost_pico_usd, l.cost_is_estimate, l.latency_ms, l.first_token_ms, l.vendor_request_id";

/// What is looked for.
struct Search<'a> {
    filter: &'a CallFilter,
    from: i64,
    to: i64,
    after: Option<CallPlace>,
    /// Calls that are wanted.
    wanted: i64,
}

impl PgStore {
    /// As [`Store::calls`](crate::Store::calls).
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
        let end = after.map_or(i64::MAX, |after| after.at.0.saturating_add(1));
        let mut search = Search {
            filter,
            from: filter.from.map_or(i64::MIN, |from| from.0),
            to: filter.to.map_or(end, |to| to.0.min(end)),
            after,
            wanted: i64::from(limit) + 1,
        };
        let mut connection = self.pool().acquire().await?;
        if let Some(id) = &filter.request_id
            && !search.narrow(&mut connection, id).await?
        {
            return Ok(CallPage { calls: Vec::new(), next: None });
        }
        let mut rows: Vec<CallRow> = search.query().build_query_as().fetch_all(&mut *connection).await?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let place = |last: &CallRow| CallPlace { at: Timestamp(last.created_at), id: last.id };
        let next = rows.last().filter(|_| more).map(place);
        Ok(CallPage { calls: rows.into_iter().map(CallRow::view).collect(), next })
    }
}

impl Search<'_> {
    /// To the instant of a request's call. Says whether there is one.
    async fn narrow(&mut self, connection: &mut PgConnection, id: &str) -> Result<bool, StoreError> {
        let select = sqlx::query_scalar("SELECT created_at FROM usage_requests WHERE request_id = $1");
        let found: Option<Option<i64>> = select.bind(clean(id)).fetch_optional(connection).await?;
        if let Some(Some(at)) = found {
            (self.from, self.to) = (self.from.max(at), self.to.min(at.saturating_add(1)));
        }
        Ok(found.is_some())
    }

    fn query(&self) -> QueryBuilder<Postgres> {
        // Names of ours alone are pushed; what was sent is bound.
        let mut query = QueryBuilder::new("SELECT l.*, c.display_name FROM (");
        let is_all = self.filter.usage == UsageFilter::default() || self.filter.request_id.is_some();
        if is_all {
            self.straight(&mut query)
        } else {
            self.by_quarters(&mut query)
        }
        query.push(
            ") l LEFT JOIN ai_provider_configs c ON c.id = l.provider_config_id
             ORDER BY l.created_at DESC, l.id DESC",
        );
        query
    }

    fn straight(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(format!("SELECT {COLUMNS} FROM ai_provider_usage_logs l WHERE l.created_at >= "));
        query.push_bind(self.from).push(" AND l.created_at < ").push_bind(self.to);
        self.conditions(query);
        query.push(" ORDER BY l.created_at DESC, l.id DESC LIMIT ").push_bind(self.wanted);
    }

    fn by_quarters(&self, query: &mut QueryBuilder<Postgres>) {
        query.push(format!(
            "SELECT {COLUMNS} FROM (SELECT q.start_at FROM usage_quarters q WHERE q.start_at >= "
        ));
        query.push_bind(slot(self.from)).push(" AND q.start_at < ").push_bind(self.to);
        usage(query, "q", "model", &self.filter.usage);
        query.push(
            " GROUP BY q.start_at ORDER BY q.start_at DESC) q CROSS JOIN LATERAL (
              SELECT * FROM ai_provider_usage_logs l WHERE l.created_at >= greatest(q.start_at, ",
        );
        query.push_bind(self.from).push(") AND l.created_at < least(q.start_at + ");
        query.push_bind(QUARTER_MS).push(", ").push_bind(self.to).push(")");
        self.conditions(query);
        query.push(" ORDER BY l.created_at DESC, l.id DESC LIMIT ").push_bind(self.wanted);
        query
            .push(") l ORDER BY q.start_at DESC, l.created_at DESC, l.id DESC LIMIT ")
            .push_bind(self.wanted);
    }

    /// Of a call, but for its time.
    fn conditions(&self, query: &mut QueryBuilder<Postgres>) {
        usage(query, "l", "model_requested", &self.filter.usage);
        if let Some(after) = self.after {
            query.push(" AND (l.created_at, l.id) < (").push_bind(after.at.0).push(", ");
            query.push_bind(after.id).push(")");
        }
        if let Some(least) = self.filter.latency_from_ms {
            query.push(" AND l.latency_ms >= ").push_bind(signed(least));
        }
        if let Some(least) = self.filter.cost_from {
            query.push(" AND l.cost_pico_usd >= ").push_bind(pico(least));
        }
        if let Some(id) = &self.filter.request_id {
            query.push(" AND l.request_id = ").push_bind(clean(id).into_owned());
        }
    }
}

/// Of a call or a sum of calls.
fn usage(query: &mut QueryBuilder<Postgres>, of: &str, model: &str, filter: &UsageFilter) {
    let mut among = |column: String, list: &[String]| {
        if !list.is_empty() {
            let list: Vec<String> = list.iter().map(|text| clean(text).into_owned()).collect();
            query.push(format!(" AND {column} = ANY(")).push_bind(list).push(")");
        }
    };
    among(format!("{of}.task_type"), &filter.tasks);
    among(format!("{of}.user_id"), &filter.users);
    among(format!("{of}.status"), &filter.statuses);
    among(format!("{of}.{model}"), &filter.models);
    // Why it failed; the status, where the log knows no class.
    among(
        format!("{of}.status <> 'success' AND coalesce(nullif({of}.error_class, ''), {of}.status)"),
        &filter.errors,
    );
    if !filter.providers.is_empty() {
        query
            .push(format!(" AND {of}.provider_config_id = ANY("))
            .push_bind(filter.providers.clone())
            .push(")");
    }
}

impl CallRow {
    fn view(self) -> CallView {
        let known = |tokens| self.usage_known.then(|| unsigned(tokens));
        CallView {
            id: self.id,
            attempt: u32::try_from(self.attempt).unwrap_or(u32::MAX),
            at: Timestamp(self.created_at),
            number: self.provider_config_id,
            http_status: self.http_status.and_then(|status| u16::try_from(status).ok()),
            input_tokens: known(self.input_tokens),
            output_tokens: known(self.output_tokens),
            cost: self.cost_pico_usd.map(|cost| PicoUsd(cost.into())),
            cost_is_estimate: self.cost_is_estimate,
            latency_ms: unsigned(self.latency_ms),
            first_token_ms: self.first_token_ms.map(unsigned),
            request_id: self.request_id,
            display_name: self.display_name,
            provider_type: Some(self.provider_type),
            model: Some(self.model_requested),
            task: self.task_type,
            user: self.user_id,
            client: Some(self.client),
            status: self.status,
            error_class: self.error_class,
            vendor_request_id: self.vendor_request_id,
        }
    }
}
