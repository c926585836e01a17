//! Rows of the log as the sums count them: those about to be written, and those that are there.

use sqlx::FromRow;

use super::{cell::Counted, dimension::Dimension};
use crate::{
    CallRow, UsageRow,
    ledger::{pico, signed},
};

/// The columns of a [`RawRow`].
pub(crate) const COLUMNS: &str = "id, provider_config_id, provider_type, model_requested, task_type, user_id, status, error_class,
    usage_known, input_tokens, output_tokens, total_tokens, cost_pico_usd, cost_is_estimate, latency_ms, created_at";

#[derive(FromRow)]
pub(crate) struct RawRow {
    pub(crate) id: i64,
    provider_config_id: i64,
    provider_type: Option<String>,
    model_requested: Option<String>,
    task_type: String,
    user_id: String,
    status: String,
    error_class: Option<String>,
    usage_known: bool,
    input_tokens: i64,
    output_tokens: i64,
    total_tokens: i64,
    cost_pico_usd: Option<i64>,
    cost_is_estimate: bool,
    latency_ms: i64,
    pub(crate) created_at: i64,
}

impl RawRow {
    pub(crate) fn dimension(&self) -> Dimension<'static> {
        Dimension {
            config: self.provider_config_id,
            provider_type: self.provider_type.clone().unwrap_or_default().into(),
            model: self.model_requested.clone().unwrap_or_default().into(),
            task: self.task_type.clone().into(),
            user: Some(self.user_id.clone().into()),
            status: self.status.clone().into(),
            error: self.error_class.clone().unwrap_or_default().into(),
        }
    }

    pub(crate) fn counted(&self) -> Counted {
        Counted {
            usage_known: self.usage_known,
            input: self.input_tokens,
            output: self.output_tokens,
            total: self.total_tokens,
            cost: self.cost_pico_usd,
            estimated: self.cost_is_estimate,
            latency: self.latency_ms,
        }
    }
}

/// A row of either kind that is about to be written.
pub(crate) trait Loggable {
    fn request_id(&self) -> &str;
    fn created_at(&self) -> i64;
    fn dimension(&self) -> Dimension<'_>;
    fn counted(&self) -> Counted;
}

impl Loggable for CallRow {
    fn request_id(&self) -> &str {
        &self.request_id
    }

    fn created_at(&self) -> i64 {
        self.created_at.0
    }

    fn dimension(&self) -> Dimension<'_> {
        Dimension {
            config: self.provider_config_id,
            provider_type: self.provider_type.as_str().into(),
            model: self.model_requested.as_ref().into(),
            task: self.task_type.as_ref().into(),
            user: Some(self.user_id.as_ref().into()),
            status: self.status.as_str().into(),
            error: self.error_class.map_or("", |class| class.as_str()).into(),
        }
    }

    fn counted(&self) -> Counted {
        let usage = self.usage.as_ref();
        Counted {
            usage_known: usage.is_some(),
            input: usage.map_or(0, |usage| signed(usage.total_input())),
            output: usage.map_or(0, |usage| signed(usage.output)),
            total: usage.map_or(0, |usage| signed(usage.total())),
            cost: self.cost.map(pico),
            estimated: self.cost_is_estimate,
            latency: signed(self.latency_ms),
        }
    }
}

impl Loggable for UsageRow {
    fn request_id(&self) -> &str {
        &self.request_id
    }

    fn created_at(&self) -> i64 {
        self.created_at.0
    }

    fn dimension(&self) -> Dimension<'_> {
        Dimension {
            config: self.provider_config_id,
            provider_type: "".into(),
            model: "".into(),
            task: self.task_type.as_str().into(),
            user: Some(self.user_id.as_str().into()),
            status: self.status.as_str().into(),
            error: "".into(),
        }
    }

    fn counted(&self) -> Counted {
        Counted {
            usage_known: true,
            input: signed(self.input_tokens),
            output: signed(self.output_tokens),
            total: signed(self.input_tokens.saturating_add(self.output_tokens)),
            cost: self.cost.map(pico),
            estimated: false,
            latency: signed(self.latency_ms),
        }
    }
}
