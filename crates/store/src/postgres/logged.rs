//! A call as its row in the log has it, or as it waits on disk for that.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use model::usage::TokenUsage;
use serde::{Deserialize, Serialize, Serializer};
use sqlx::PgConnection;

use super::{
    copy_in::{Fields, copy_in},
    text::clean,
};
use crate::{
    CallRow, Priced, StoreError,
    ledger::{pico, signed},
    log::rule,
};

/// In the order of [`Logged::write`].
const COPY: &str = "COPY ai_provider_usage_logs (request_id, attempt, provider_config_id, provider_type, user_id, client, task_type,
    model_requested, model_returned, usage_known, input_tokens, output_tokens, total_tokens, uncached_tokens, audio_tokens,
    cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, reasoning_tokens, service_tier, cost_pico_usd, cost_is_estimate,
    price_id, status, error_class, http_status, latency_ms, first_token_ms, vendor_request_id, route_rule, fallback_from, created_at)
    FROM STDIN (FORMAT binary)";

/// A call under the names of its table's columns. Words of ours are borrowed, and all texts of one that is noted in passing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Ended<'t> {
    pub(super) request_id: Cow<'t, str>,
    attempt: u32,
    pub(super) provider_config_id: i64,
    pub(super) provider_type: Cow<'t, str>,
    pub(super) user_id: Cow<'t, str>,
    client: Cow<'t, str>,
    pub(super) task_type: Cow<'t, str>,
    pub(super) model_requested: Cow<'t, str>,
    model_returned: Option<Cow<'t, str>>,
    pub(super) usage_known: bool,
    pub(super) input_tokens: i64,
    pub(super) output_tokens: i64,
    pub(super) total_tokens: i64,
    uncached_tokens: Option<i64>,
    audio_tokens: Option<i64>,
    cache_read_tokens: Option<i64>,
    cache_write_tokens: Option<i64>,
    cache_write_1h_tokens: Option<i64>,
    reasoning_tokens: Option<i64>,
    service_tier: Option<Cow<'t, str>>,
    pub(super) cost_pico_usd: Option<i64>,
    pub(super) cost_is_estimate: bool,
    /// What it was priced by. Its row has a number for it.
    #[serde(default)]
    pub(super) priced: Option<PricedBy>,
    pub(super) status: Cow<'t, str>,
    pub(super) error_class: Option<Cow<'t, str>>,
    http_status: Option<u16>,
    pub(super) latency_ms: i64,
    first_token_ms: Option<i64>,
    vendor_request_id: Option<Cow<'t, str>>,
    route_rule: Option<Cow<'t, str>>,
    fallback_from: Option<i64>,
    pub(super) created_at: i64,
}

/// One that keeps its own texts.
pub(super) type Logged = Ended<'static>;

/// A price: version, day, and the price as JSON. Calls of one batch share it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "Kept")]
pub(super) struct PricedBy(Arc<Kept>);

type Kept = (String, String, String);

/// The numbers of prices.
pub(super) type Prices<'a> = BTreeMap<&'a PricedBy, i64>;

impl PricedBy {
    pub(super) fn of(priced: &Priced) -> Self {
        let unit = serde_json::to_string(&priced.price).unwrap_or_default();
        (clean(&priced.version).into_owned(), clean(&priced.effective).into_owned(), unit).into()
    }

    /// Version, day, and the price as JSON.
    pub(super) fn parts(&self) -> [&str; 3] {
        let (version, effective, unit) = &*self.0;
        [version, effective, unit]
    }
}

impl From<Kept> for PricedBy {
    fn from(kept: Kept) -> Self {
        Self(Arc::new(kept))
    }
}

impl Serialize for PricedBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// Prices as text, which is long and shared by thousands of calls.
#[derive(Default)]
pub(super) struct AsText(Vec<(Arc<Priced>, PricedBy)>);

impl AsText {
    /// More prices than a server's configurations use at a time.
    const MOST: usize = 64;

    fn of(&mut self, priced: &Arc<Priced>) -> PricedBy {
        if let Some((_, text)) = self.0.iter().find(|(known, _)| Arc::ptr_eq(known, priced)) {
            return text.clone();
        }
        if self.0.len() >= Self::MOST {
            self.0.clear();
        }
        let text = PricedBy::of(priced);
        self.0.push((Arc::clone(priced), text.clone()));
        text
    }
}

impl Logged {
    /// Calls of one batch.
    pub(super) fn all(rows: &[CallRow]) -> Vec<Self> {
        let mut prices = AsText::default();
        let owned = |text: &str| Cow::Owned(clean(text).into_owned());
        rows.iter().map(|row| Self::of(row, &mut prices, owned)).collect()
    }
}

impl<'t> Ended<'t> {
    /// One call, whose texts stay where they are.
    pub(super) fn one(row: &'t CallRow, prices: &mut AsText) -> Self {
        Self::of(row, prices, clean)
    }

    fn of<'r>(row: &'r CallRow, prices: &mut AsText, text: impl Fn(&'r str) -> Cow<'t, str>) -> Self {
        let some = |given: &'r Option<String>| given.as_deref().map(&text);
        let usage = row.usage.as_ref();
        let tokens = |of: fn(&TokenUsage) -> u64| usage.map(|usage| signed(of(usage)));
        Self {
            request_id: text(&row.request_id),
            attempt: row.attempt.max(1),
            provider_config_id: row.provider_config_id,
            provider_type: row.provider_type.as_str().into(),
            user_id: text(&row.user_id),
            client: text(&row.client),
            task_type: text(&row.task_type),
            model_requested: text(&row.model_requested),
            model_returned: some(&row.model_returned),
            usage_known: usage.is_some(),
            input_tokens: tokens(TokenUsage::total_input).unwrap_or(0),
            output_tokens: tokens(|usage| usage.output).unwrap_or(0),
            total_tokens: tokens(TokenUsage::total).unwrap_or(0),
            uncached_tokens: tokens(|usage| usage.input),
            audio_tokens: tokens(|usage| usage.audio_input),
            cache_read_tokens: tokens(|usage| usage.cache_read),
            cache_write_tokens: tokens(|usage| usage.cache_write),
            cache_write_1h_tokens: tokens(|usage| usage.cache_write_1h),
            reasoning_tokens: tokens(|usage| usage.reasoning),
            service_tier: usage.and_then(|usage| some(&usage.service_tier)),
            cost_pico_usd: row.cost.map(pico),
            cost_is_estimate: row.cost_is_estimate,
            priced: row.priced.as_ref().map(|priced| prices.of(priced)),
            status: row.status.as_str().into(),
            error_class: row.error_class.map(|class| class.as_str().into()),
            http_status: row.http_status,
            latency_ms: signed(row.latency_ms),
            first_token_ms: row.first_token_ms.map(signed),
            vendor_request_id: some(&row.vendor_request_id),
            route_rule: row.rule.map(|of| rule(of).into()),
            fallback_from: row.fallback_from,
            created_at: row.created_at.0,
        }
    }

    /// In the order of [`COPY`].
    fn write(&self, prices: &Prices<'_>, row: &mut Fields<'_>) {
        row.text(&*self.request_id);
        row.number(i64::from(self.attempt));
        row.number(self.provider_config_id);
        row.text(&*self.provider_type);
        row.text(&*self.user_id);
        row.text(&*self.client);
        row.text(&*self.task_type);
        row.text(&*self.model_requested);
        row.text(self.model_returned.as_deref());
        row.flag(self.usage_known);
        row.number(self.input_tokens);
        row.number(self.output_tokens);
        row.number(self.total_tokens);
        row.number(self.uncached_tokens);
        row.number(self.audio_tokens);
        row.number(self.cache_read_tokens);
        row.number(self.cache_write_tokens);
        row.number(self.cache_write_1h_tokens);
        row.number(self.reasoning_tokens);
        row.text(self.service_tier.as_deref());
        row.number(self.cost_pico_usd);
        row.flag(self.cost_is_estimate);
        row.number(self.priced.as_ref().and_then(|priced| prices.get(priced)).copied());
        row.text(&*self.status);
        row.text(self.error_class.as_deref());
        row.number(self.http_status.map(i64::from));
        row.number(self.latency_ms);
        row.number(self.first_token_ms);
        row.text(self.vendor_request_id.as_deref());
        row.text(self.route_rule.as_deref());
        row.number(self.fallback_from);
        row.number(self.created_at);
    }
}

/// Writes the rows of calls.
pub(super) async fn write(
    connection: &mut PgConnection,
    calls: &[&Logged],
    prices: &Prices<'_>,
) -> Result<(), StoreError> {
    Ok(copy_in(connection, COPY, calls, |call, row| call.write(prices, row)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it lay on a disk before prices were shared and words of ours borrowed.
    const WAITED: &str = r#"{"request_id":"r","attempt":2,"provider_config_id":1,"provider_type":"openai","user_id":"u","client":"c",
        "task_type":"t","model_requested":"m","model_returned":null,"usage_known":true,"input_tokens":1,"output_tokens":2,"total_tokens":3,
        "uncached_tokens":1,"audio_tokens":0,"cache_read_tokens":0,"cache_write_tokens":0,"cache_write_1h_tokens":0,"reasoning_tokens":0,
        "service_tier":null,"cost_pico_usd":5,"cost_is_estimate":false,"price_id":null,"priced":["2026-11","2026-11-01","{}"],
        "status":"error","error_class":"overloaded","http_status":503,"latency_ms":9,"first_token_ms":null,"vendor_request_id":null,
        "route_rule":"chain","fallback_from":null,"created_at":7}"#;

    #[test]
    fn calls_that_an_earlier_version_left_on_disk_are_read_and_one_of_ours_lies_there_alike() {
        let call: Logged = serde_json::from_str(WAITED).unwrap();
        assert_eq!(call.priced.as_ref().unwrap().parts(), ["2026-11", "2026-11-01", "{}"]);
        let mut waited: serde_json::Value = serde_json::from_str(WAITED).unwrap();
        waited.as_object_mut().unwrap().remove("price_id");
        assert_eq!(serde_json::to_value(&call).unwrap(), waited);
    }
}
