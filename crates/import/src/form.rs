//! The forms of export that are known: by which columns each is recognised, and which of its columns is which field.
//!
//! Sources, all public: the specification's table; LiteLLM's `schema.prisma`; OpenAI's reference of its usage and costs
//! interface, whose members the dashboard's export has as columns; Anthropic's reference of its usage and cost reports and
//! the console's export; Google's "standard usage cost data" of Cloud Billing. They are listed in decision 19.

use model::import::{ImportField as F, ImportFormat};

/// A form of export.
pub(crate) struct Form {
    pub(crate) format: ImportFormat,
    /// It is this one when of each line at least one column is there.
    pub(crate) marks: &'static [&'static [&'static str]],
    /// The columns in which a field can be, the best first.
    pub(crate) fields: &'static [(F, &'static [&'static str])],
    /// Fields without which nothing can be imported.
    pub(crate) needed: &'static [F],
    /// Whether input counts what came from the cache as well, or goes beside it.
    pub(crate) input_has_cache: bool,
}

const FROM_BUCKETS: [&str; 2] = ["start_time", "start_time_iso"];

const CLAUDE_DETAILS: &[&str] =
    &["usage_type", "service_tier", "context_window", "inference_geo", "speed", "api_key", "api_key_id"];

/// In the order in which they are tried; the last one is any other table of calls.
pub(crate) const FORMS: [Form; 8] = [
    Form {
        format: ImportFormat::LitellmSpendLogs,
        marks: &[&["spend"], &["startTime", "start_time"], &["prompt_tokens"], &["request_id"]],
        fields: &[
            (F::Time, &["endTime", "end_time"]),
            (F::Started, &["startTime", "start_time"]),
            (F::RequestId, &["request_id"]),
            (F::Provider, &["custom_llm_provider"]),
            (F::Model, &["model"]),
            (F::User, &["end_user", "user"]),
            (F::Input, &["prompt_tokens"]),
            (F::Output, &["completion_tokens"]),
            (F::Cost, &["spend"]),
            (F::Status, &["status"]),
            (F::Latency, &["request_duration_ms"]),
            (F::Task, &[]),
            (F::Notes, &["metadata"]),
        ],
        needed: &[F::Time, F::Input, F::Output],
        input_has_cache: true,
    },
    Form {
        format: ImportFormat::UsageLogs,
        marks: &[&["provider_config_id"], &["created_at"], &["input_tokens"], &["output_tokens"]],
        fields: CALLS,
        needed: &[F::Time, F::Input, F::Output],
        input_has_cache: true,
    },
    Form {
        format: ImportFormat::OpenaiUsage,
        marks: &[&FROM_BUCKETS, &["num_model_requests"], &["input_tokens"]],
        fields: &[
            (F::Time, &FROM_BUCKETS),
            (F::Until, &["end_time", "end_time_iso"]),
            (F::Model, &["model"]),
            (F::Account, &["project_id", "project_name"]),
            (F::Details, &["service_tier", "batch", "user_id", "api_key_id"]),
            (F::Requests, &["num_model_requests"]),
            (F::Input, &["input_tokens"]),
            (F::CacheRead, &["input_cached_tokens"]),
            (F::Output, &["output_tokens"]),
        ],
        needed: &[F::Time, F::Input, F::Output],
        input_has_cache: true,
    },
    Form {
        format: ImportFormat::OpenaiCosts,
        marks: &[&FROM_BUCKETS, &["amount_value", "amount.value"]],
        fields: &[
            (F::Time, &FROM_BUCKETS),
            (F::Until, &["end_time", "end_time_iso"]),
            (F::Account, &["project_id", "project_name"]),
            (F::Item, &["line_item"]),
            (F::Cost, &["amount_value", "amount.value"]),
            (F::Currency, &["amount_currency", "amount.currency"]),
        ],
        needed: &[F::Time, F::Cost],
        input_has_cache: true,
    },
    Form {
        format: ImportFormat::ClaudeUsage,
        marks: &[
            &["usage_date_utc", "starting_at"],
            &["usage_input_tokens_no_cache", "uncached_input_tokens"],
            &["usage_output_tokens", "output_tokens"],
        ],
        fields: &[
            (F::Time, &["usage_date_utc", "starting_at"]),
            (F::Until, &["ending_at"]),
            (F::Model, &["model_version", "model"]),
            (F::Account, &["workspace", "workspace_id"]),
            (F::Details, CLAUDE_DETAILS),
            (F::Input, &["usage_input_tokens_no_cache", "uncached_input_tokens"]),
            (F::CacheRead, &["usage_input_tokens_cache_read", "cache_read_input_tokens"]),
            (
                F::CacheWrite,
                &["usage_input_tokens_cache_write_5m", "cache_creation.ephemeral_5m_input_tokens"],
            ),
            (
                F::CacheWrite1h,
                &["usage_input_tokens_cache_write_1h", "cache_creation.ephemeral_1h_input_tokens"],
            ),
            (F::Output, &["usage_output_tokens", "output_tokens"]),
        ],
        needed: &[F::Time, F::Input, F::Output],
        input_has_cache: false,
    },
    Form {
        format: ImportFormat::ClaudeCosts,
        marks: &[&["usage_date_utc", "starting_at"], &["cost_usd", "amount"]],
        fields: &[
            (F::Time, &["usage_date_utc", "starting_at"]),
            (F::Until, &["ending_at"]),
            (F::Model, &["model"]),
            (F::Account, &["workspace", "workspace_id"]),
            (F::Item, &["token_type", "description"]),
            (F::Details, CLAUDE_DETAILS),
            (F::Cost, &["cost_usd"]),
            // "Cost amount in lowest currency units (e.g. cents) as a decimal string."
            (F::CostCents, &["amount"]),
            (F::Currency, &["currency"]),
        ],
        needed: &[F::Time],
        input_has_cache: false,
    },
    Form {
        format: ImportFormat::GoogleBilling,
        marks: &[&["usage_start_time"], &["cost"], &["sku.description", "sku_description"]],
        fields: &[
            (F::Time, &["usage_start_time"]),
            (F::Until, &["usage_end_time"]),
            (F::Service, &["service.description", "service_description"]),
            (F::Item, &["sku.description", "sku_description"]),
            (F::Account, &["project.id", "project_id"]),
            (F::Details, &["sku.id", "sku_id", "cost_type"]),
            (F::Cost, &["cost"]),
            (F::Currency, &["currency"]),
        ],
        needed: &[F::Time, F::Cost],
        input_has_cache: true,
    },
    Form {
        format: ImportFormat::OtherCalls,
        marks: &[
            &["created_at", "timestamp", "time", "date", "ended_at", "created", "datetime"],
            &[
                "input_tokens",
                "prompt_tokens",
                "output_tokens",
                "completion_tokens",
                "cost",
                "cost_usd",
                "spend",
            ],
        ],
        fields: CALLS,
        needed: &[F::Time, F::Input, F::Output],
        input_has_cache: true,
    },
];

const CALLS: &[(F, &[&str])] = &[
    (F::Time, &["created_at", "timestamp", "ended_at", "time", "datetime", "created", "date"]),
    (F::RequestId, &["request_id"]),
    (F::Configuration, &["provider_config_id"]),
    (F::Provider, &["provider_type", "provider", "vendor"]),
    (F::Model, &["model_name", "model", "model_requested"]),
    (F::User, &["user_id", "user"]),
    (F::Task, &["task_type", "task"]),
    (F::Input, &["input_tokens", "prompt_tokens"]),
    (F::CacheRead, &["cache_read_tokens", "cache_read_input_tokens", "cached_tokens", "input_cached_tokens"]),
    (F::CacheWrite, &["cache_write_tokens", "cache_creation_input_tokens"]),
    (F::CacheWrite1h, &["cache_write_1h_tokens"]),
    (F::Output, &["output_tokens", "completion_tokens"]),
    (F::Total, &["total_tokens"]),
    (F::Cost, &["estimated_cost_usd", "cost_usd", "cost", "spend"]),
    (F::Status, &["status"]),
    (F::Latency, &["latency_ms", "duration_ms"]),
];

/// The form whose marks a file has.
pub(crate) fn recognise(columns: &[String]) -> Option<&'static Form> {
    let has = |name: &&&str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    FORMS.iter().find(|form| form.marks.iter().all(|names| names.iter().any(|name| has(&name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_recognised_by_its_columns_alone() {
        let of = |names: &str| {
            recognise(&names.split(',').map(str::to_owned).collect::<Vec<_>>()).map(|form| form.format)
        };
        for (names, format) in [
            (
                "id,provider_config_id,user_id,task_type,input_tokens,output_tokens,total_tokens,estimated_cost_usd,status,latency_ms,created_at",
                ImportFormat::UsageLogs,
            ),
            (
                "request_id,call_type,api_key,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,model",
                ImportFormat::LitellmSpendLogs,
            ),
            (
                "start_time,end_time,num_model_requests,model,input_tokens,output_tokens",
                ImportFormat::OpenaiUsage,
            ),
            ("start_time,end_time,amount.value,amount.currency,line_item", ImportFormat::OpenaiCosts),
            (
                "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_output_tokens",
                ImportFormat::ClaudeUsage,
            ),
            ("usage_date_utc,model,workspace,api_key,token_type,cost_usd", ImportFormat::ClaudeCosts),
            (
                "service.description,sku.description,usage_start_time,cost,currency",
                ImportFormat::GoogleBilling,
            ),
            ("Timestamp,Model,Prompt_Tokens,Completion_Tokens", ImportFormat::OtherCalls),
        ] {
            assert_eq!(of(names), Some(format), "{names}");
        }
        for names in ["name,phone", "sk-secret", "", "created_at,name", "api_key,cost"] {
            assert_eq!(of(names), None, "{names}");
        }
    }

    #[test]
    fn every_form_can_find_what_it_needs() {
        for form in &FORMS {
            for needed in form.needed {
                assert!(
                    form.fields.iter().any(|(field, names)| field == needed && !names.is_empty()),
                    "{needed:?}"
                );
            }
        }
    }
}
