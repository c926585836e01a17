//! A row that is one call.

use model::{
    PicoUsd, Timestamp, TokenUsage,
    import::{ImportFault, ImportField as F},
};
use serde::Deserialize;

use crate::{
    form::Form,
    identity::{Occurrences, Says, short},
    row::Row,
    value::{self, Wrong},
    vendor::Sources,
};

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallStatus {
    /// An answer arrived whole.
    Success,
    /// It failed.
    Error,
    /// It took too long.
    Timeout,
}

/// One call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Its line in the file.
    pub line: u64,
    /// Unique for the call: the file's own id, or one that is made of what the row says.
    pub request_id: String,
    /// When it ended.
    pub at: Timestamp,
    /// From sending to the last byte; 0 where the file does not say.
    pub latency_ms: u64,
    /// The place of its vendor and model in [`crate::Reading::sources`].
    pub source: usize,
    /// Who caused it; empty where the file does not say.
    pub user: String,
    /// The task; empty where the file does not say.
    pub task: String,
    /// What it took.
    pub usage: Option<TokenUsage>,
    /// What it cost.
    pub cost: Option<PicoUsd>,
    /// How it ended.
    pub status: CallStatus,
}

/// A call, what it says beside its id, and whether its cost was rounded.
pub(crate) struct ReadCall {
    pub(crate) call: Call,
    pub(crate) says: [u8; 32],
    pub(crate) rounded: bool,
}

pub(crate) fn call(
    row: &Row<'_>,
    form: &Form,
    latest: Timestamp,
    sources: &mut Sources,
    occurrences: &mut Occurrences,
) -> Result<ReadCall, ImportFault> {
    let at = row.needed(F::Time, |cell| value::instant(cell, latest))?;
    let status = row.read(F::Status, status)?.unwrap_or(CallStatus::Success);
    let usage = usage(row, form, status)?;
    let cost = row.read(F::Cost, |cell| value::money(cell, 12, false))?;
    let latency_ms = latency(row, at, latest)?;
    let user = row.read(F::User, value::name)?.unwrap_or_default();
    let task = row.read(F::Task, value::name)?.unwrap_or_default();
    let provider = row.read(F::Provider, value::name)?;
    let model = row.read(F::Model, value::name)?;
    let configuration = row.read(F::Configuration, value::number)?;
    let given = row.read(F::RequestId, value::name)?;
    let says = Says::about("call")
        .number(Some(at.0.into()))
        .text(provider.as_deref())
        .text(model.as_deref())
        .number(configuration.map(i128::from))
        .text(Some(&user))
        .text(Some(&task))
        .number(usage.as_ref().map(|usage| usage.total_input().into()))
        .number(usage.as_ref().map(|usage| usage.output.into()))
        .number(cost.map(|(cost, _)| cost.0))
        .number(Some(status as i128))
        .number(Some(latency_ms.into()))
        .digest();
    let source =
        sources.place((provider, configuration, model)).map_err(|wrong| row.fault(F::Model, wrong))?;
    let request_id = given.unwrap_or_else(|| format!("import:{}", short(occurrences.next(says))));
    let (cost, rounded) = cost.map_or((None, false), |(cost, rounded)| (Some(cost), rounded));
    let call = Call { line: row.line, request_id, at, latency_ms, source, user, task, usage, cost, status };
    Ok(ReadCall { call, says, rounded })
}

fn status(cell: &str) -> Result<CallStatus, Wrong> {
    match cell.to_ascii_lowercase().as_str() {
        "success" | "succeeded" | "ok" => Ok(CallStatus::Success),
        "error" | "failure" | "failed" => Ok(CallStatus::Error),
        "timeout" => Ok(CallStatus::Timeout),
        _ => Err(Wrong("the status is not known", "Write success, error or timeout.")),
    }
}

/// A call that failed may not have taken anything.
fn usage(row: &Row<'_>, form: &Form, status: CallStatus) -> Result<Option<TokenUsage>, ImportFault> {
    if status != CallStatus::Success && row.cell(F::Input).is_none() && row.cell(F::Output).is_none() {
        return Ok(None);
    }
    let usage = buckets(row, form)?;
    let total = row.read(F::Total, value::count)?;
    if total.is_some_and(|total| total != usage.total()) {
        let wrong = Wrong(
            "the total is not the sum of input and output",
            "Correct one of the three, or leave the column of the total out.",
        );
        return Err(row.fault(F::Total, wrong));
    }
    Ok(Some(usage))
}

/// Tokens in buckets that do not overlap.
pub(crate) fn buckets(row: &Row<'_>, form: &Form) -> Result<TokenUsage, ImportFault> {
    let count = |field| row.read(field, value::count);
    let input = row.needed(F::Input, value::count)?;
    let output = row.needed(F::Output, value::count)?;
    let told = TokenUsage {
        cache_read: count(F::CacheRead)?.unwrap_or_default(),
        cache_write: count(F::CacheWrite)?.unwrap_or_default(),
        cache_write_1h: count(F::CacheWrite1h)?.unwrap_or_default(),
        output,
        ..TokenUsage::default()
    };
    if !form.input_has_cache {
        return Ok(TokenUsage { input, ..told });
    }
    let wrong =
        Wrong("more input came from the cache than there was", "Correct the row, or leave the column out.");
    let noted = row.cell(F::Notes).and_then(Notes::read).and_then(|notes| notes.buckets(input, output));
    if let Some(noted) = noted {
        return Ok(noted);
    }
    let rest = input.checked_sub(told.total_input()).ok_or_else(|| row.fault(F::CacheRead, wrong))?;
    Ok(TokenUsage { input: rest, ..told })
}

fn latency(row: &Row<'_>, at: Timestamp, latest: Timestamp) -> Result<u64, ImportFault> {
    if let Some(told) = row.read(F::Latency, value::milliseconds)? {
        return Ok(told);
    }
    let Some(began) = row.read(F::Started, |cell| value::instant(cell, latest))? else { return Ok(0) };
    let wrong = Wrong("the call ended before it began", "Correct one of the two times.");
    if began > at { Err(row.fault(F::Started, wrong)) } else { Ok(at.since(began)) }
}

/// What LiteLLM notes of a call's usage. Its `prompt_tokens` hold what came from the cache.
#[derive(Deserialize)]
struct Notes {
    usage_object: Option<Noted>,
}

#[derive(Deserialize)]
struct Noted {
    cache_read_input_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    prompt_tokens_details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    cached_tokens: Option<u64>,
}

impl Notes {
    /// Notes in another form say nothing.
    fn read(cell: &str) -> Option<Noted> {
        serde_json::from_str::<Self>(cell).ok()?.usage_object
    }
}

impl Noted {
    fn buckets(&self, input: u64, output: u64) -> Option<TokenUsage> {
        let detailed = self.prompt_tokens_details.as_ref().and_then(|details| details.cached_tokens);
        let cache_read = self.cache_read_input_tokens.or(detailed).unwrap_or_default();
        let cache_write = self.cache_creation_input_tokens.unwrap_or_default();
        let rest = input.checked_sub(cache_read)?.checked_sub(cache_write)?;
        Some(TokenUsage { input: rest, cache_read, cache_write, output, ..TokenUsage::default() })
    }
}
