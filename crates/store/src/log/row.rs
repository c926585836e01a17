//! One call of the log, as it is written and as it is read.

use std::borrow::Cow;

use crate::statistics::{Counted, Dimension};

/// A call. Unknown texts are `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Logged<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) figures: Figures<'a>,
    pub(crate) names: Names<'a>,
}

/// By what calls are looked for and summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind<'a> {
    /// Its number in the log.
    pub(crate) number: i64,
    pub(crate) at: i64,
    pub(crate) attempt: u32,
    pub(crate) config: i64,
    pub(crate) provider_type: Option<&'a str>,
    pub(crate) model: Option<&'a str>,
    pub(crate) task: &'a str,
    pub(crate) user: &'a str,
    pub(crate) client: Option<&'a str>,
    pub(crate) status: &'a str,
    pub(crate) error: Option<&'a str>,
}

/// What a call took and cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures<'a> {
    /// Whether the vendor said what it took; if not, all tokens are 0.
    pub(crate) usage_known: bool,
    pub(crate) input: i64,
    pub(crate) output: i64,
    pub(crate) total: i64,
    /// Calls of before the ledger have none.
    pub(crate) buckets: Option<Buckets>,
    pub(crate) service_tier: Option<&'a str>,
    /// The model that answered.
    pub(crate) returned: Option<&'a str>,
    pub(crate) cost: Option<i64>,
    pub(crate) price: Option<i64>,
    pub(crate) estimated: bool,
    pub(crate) latency: i64,
    pub(crate) first_token: Option<i64>,
    pub(crate) http_status: Option<u16>,
    pub(crate) rule: Option<&'a str>,
    pub(crate) fallback_from: Option<i64>,
}

/// Tokens by their price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Buckets {
    pub(crate) uncached: i64,
    pub(crate) audio: i64,
    pub(crate) cache_read: i64,
    pub(crate) cache_write: i64,
    pub(crate) cache_write_1h: i64,
    /// Of the output.
    pub(crate) reasoning: i64,
}

/// The ids of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names<'a> {
    /// As [`super::request`] packs it.
    pub(crate) request: Cow<'a, [u8]>,
    pub(crate) vendor_request: Option<&'a str>,
}

impl<'a> Kind<'a> {
    /// What its sums are cut by.
    pub(crate) fn dimension(&self) -> Dimension<'a> {
        Dimension {
            config: self.config,
            provider_type: self.provider_type.unwrap_or_default().into(),
            model: self.model.unwrap_or_default().into(),
            task: self.task.into(),
            user: Some(self.user.into()),
            status: self.status.into(),
            error: self.error.unwrap_or_default().into(),
        }
    }
}

impl Figures<'_> {
    /// What it adds to its sums.
    pub(crate) fn counted(&self) -> Counted {
        Counted {
            usage_known: self.usage_known,
            input: self.input,
            output: self.output,
            total: self.total,
            cost: self.cost,
            estimated: self.estimated,
            latency: self.latency,
        }
    }
}
