//! A row of `ai_provider_usage_logs`. Its cost stays what the source says, as an estimate without a price; a cost of 0 for tokens that
//! were used is how such a table says that a price was not known.

use std::{collections::HashMap, sync::Arc};

use model::{Catalog, ErrorClass, PicoUsd, ProviderType, TaskName, Timestamp, TokenUsage, usage::Price};
use store::{CallRow, SourceRow, UsageStatus};

use super::{
    progress::Progress,
    values::{self, Reason, count, instant, money},
};

/// Clocks differ, and a row of next year is none.
const AHEAD_MS: i64 = 24 * 3_600_000;
const MOST_COUNT: u64 = 9_007_199_254_740_991;

/// A configuration that calls were made by.
pub(super) struct Made {
    pub(super) number: i64,
    pub(super) provider_type: ProviderType,
    pub(super) model: Arc<str>,
    pub(super) price: Option<Price>,
}

impl Made {
    pub(super) fn new(
        number: i64,
        (provider_type, model): (ProviderType, String),
        catalog: &Catalog,
    ) -> Self {
        let price = catalog.find(provider_type, &model).and_then(|model| Price::of(model).ok());
        Self { number, provider_type, model: model.into(), price }
    }
}

/// What every row is read with.
pub(super) struct Reader<'a> {
    pub(super) source: &'a str,
    pub(super) configs: &'a HashMap<i64, Made>,
    pub(super) client: Arc<str>,
    pub(super) now: Timestamp,
}

/// By what a row is known again.
pub(super) fn request_id(source: &str, row: i64) -> String {
    format!("import:{source}:{row}")
}

impl Reader<'_> {
    /// Counts what a row says of cost into the progress, too.
    pub(super) fn read(&self, row: &SourceRow, progress: &mut Progress) -> Result<CallRow, Reason> {
        let config = row.get("provider_config_id").and_then(|id| id.trim().parse::<i64>().ok());
        let made = config.and_then(|id| self.configs.get(&id));
        let made = made.ok_or("its configuration is not in the source, or was refused")?;
        let status = match values::name(row.get("status").unwrap_or_default()).as_str() {
            "success" => UsageStatus::Success,
            "error" => UsageStatus::Error,
            "timeout" => UsageStatus::Timeout,
            _ => return Err("its status is none of success, error and timeout"),
        };
        let task = values::name(row.get("task_type").unwrap_or_default());
        let task = match task.parse::<TaskName>() {
            Ok(task) => task.as_str().to_owned(),
            Err(_) if task.is_empty() => task,
            Err(_) => return Err("its task_type is no name of a task"),
        };
        let created_at = instant(row, "created_at")?.ok_or("it has no created_at")?;
        if created_at.0 > self.now.0.saturating_add(AHEAD_MS) {
            return Err("its created_at is in the future");
        }
        let latency_ms = count(row, "latency_ms")?.unwrap_or(0);
        let usage = tokens(row, progress)?;
        let cost = cost(row, usage.as_ref())?;
        let user = row.get("user_id").map(str::trim).filter(|user| !user.is_empty()).unwrap_or("unknown");
        if user.chars().count() > 200 || user.chars().any(char::is_control) {
            return Err("its user_id is too long, or has invisible characters");
        }
        match cost {
            Some(cost) => progress.cost = progress.cost.plus(cost),
            None => progress.unpriced += 1,
        }
        if let (Some(cost), Some(price), Some(usage)) = (cost, &made.price, &usage) {
            progress.by_catalog = progress.by_catalog.plus(price.cost(usage));
            progress.of_these = progress.of_these.plus(cost);
        }
        Ok(CallRow {
            request_id: request_id(self.source, row.id),
            attempt: 1,
            provider_config_id: made.number,
            provider_type: made.provider_type,
            user_id: user.into(),
            client: Arc::clone(&self.client),
            task_type: task.into(),
            model_requested: Arc::clone(&made.model),
            model_returned: None,
            usage,
            cost,
            priced: None,
            cost_is_estimate: cost.is_some(),
            status,
            error_class: (status == UsageStatus::Timeout).then_some(ErrorClass::Timeout),
            http_status: None,
            latency_ms: latency_ms.min(MOST_COUNT),
            first_token_ms: None,
            vendor_request_id: None,
            rule: None,
            fallback_from: None,
            created_at,
        })
    }
}

/// `None` when the source does not say.
fn tokens(row: &SourceRow, progress: &mut Progress) -> Result<Option<TokenUsage>, Reason> {
    let [input, output, total] =
        [count(row, "input_tokens")?, count(row, "output_tokens")?, count(row, "total_tokens")?];
    if [input, output, total].into_iter().flatten().any(|count| count > MOST_COUNT) {
        return Err("a count of tokens is larger than any");
    }
    let (input, output) = match (input, output, total) {
        (None, None, None) => return Ok(None),
        (Some(input), Some(output), _) => (input, output),
        (input, output, Some(total)) => {
            let known = input.or(output).unwrap_or(0);
            let rest = total.checked_sub(known).ok_or("its total_tokens is below one of its parts")?;
            (input.unwrap_or(rest), output.unwrap_or(if input.is_some() { rest } else { 0 }))
        }
        (input, output, None) => (input.unwrap_or(0), output.unwrap_or(0)),
    };
    let differs = total.is_some_and(|total| total != input + output);
    progress.other_totals += u64::from(differs);
    Ok(Some(TokenUsage { input, output, approximate: differs, ..TokenUsage::default() }))
}

fn cost(row: &SourceRow, usage: Option<&TokenUsage>) -> Result<Option<PicoUsd>, Reason> {
    let cost = money(row, "estimated_cost_usd")?;
    let used = usage.is_some_and(|usage| usage.total() > 0);
    Ok(cost.filter(|cost| cost.0 > 0 || !used))
}
