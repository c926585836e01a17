//! What a person sees and decides when usage is imported from a file. Reading the file is the business of the room
//! `import`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, ProviderType, Timestamp};

/// Largest file, in bytes.
pub const FILE_LIMIT: usize = 32 * 1024 * 1024;
/// Most rows of a file.
pub const ROW_LIMIT: usize = 250_000;
/// Faults that a preview shows; all of them are in the file of faults.
pub const SHOWN_FAULTS: usize = 50;
/// Rows that a preview shows.
pub const SHOWN_ROWS: usize = 6;

/// What a file was found to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportFormat {
    /// The specification's `ai_provider_usage_logs`.
    UsageLogs,
    /// LiteLLM's `LiteLLM_SpendLogs`.
    LitellmSpendLogs,
    /// Any other table with a row for each call.
    OtherCalls,
    /// OpenAI's usage of completions: the dashboard's export, or the pages of its usage API.
    OpenaiUsage,
    /// OpenAI's costs: the dashboard's export, or the pages of its costs API.
    OpenaiCosts,
    /// Anthropic's usage: the console's export, or the pages of its usage report.
    ClaudeUsage,
    /// Anthropic's costs: the console's export, or the pages of its cost report.
    ClaudeCosts,
    /// Google Cloud's billing export: rows of `gcp_billing_export_v1_…`, in US dollars.
    GoogleBilling,
}

impl ImportFormat {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::UsageLogs,
        Self::LitellmSpendLogs,
        Self::OtherCalls,
        Self::OpenaiUsage,
        Self::OpenaiCosts,
        Self::ClaudeUsage,
        Self::ClaudeCosts,
        Self::GoogleBilling,
    ];

    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UsageLogs => "usage_logs",
            Self::LitellmSpendLogs => "litellm_spend_logs",
            Self::OtherCalls => "other_calls",
            Self::OpenaiUsage => "openai_usage",
            Self::OpenaiCosts => "openai_costs",
            Self::ClaudeUsage => "claude_usage",
            Self::ClaudeCosts => "claude_costs",
            Self::GoogleBilling => "google_billing",
        }
    }

    /// The name in the database, read back.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == name)
    }

    /// Whose sums it holds; `None` where each row is a call.
    pub fn reported_by(self) -> Option<ProviderType> {
        match self {
            Self::UsageLogs | Self::LitellmSpendLogs | Self::OtherCalls => None,
            Self::OpenaiUsage | Self::OpenaiCosts => Some(ProviderType::OpenAi),
            Self::ClaudeUsage | Self::ClaudeCosts => Some(ProviderType::Claude),
            Self::GoogleBilling => Some(ProviderType::Gemini),
        }
    }
}

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportField {
    /// When the call ended, or when the time that is summed up begins.
    Time,
    /// When the time that is summed up ends.
    Until,
    /// When the call began.
    Started,
    /// An id that no two calls have.
    RequestId,
    /// The vendor.
    Provider,
    /// The number of a configuration.
    Configuration,
    /// The model.
    Model,
    /// Who caused it.
    User,
    /// The task.
    Task,
    /// Input tokens.
    Input,
    /// Input tokens that were read from a cache.
    CacheRead,
    /// Input tokens that were written to a cache.
    CacheWrite,
    /// Input tokens that were written to a cache for an hour.
    #[serde(rename = "cache_write_1h")]
    CacheWrite1h,
    /// Output tokens.
    Output,
    /// All tokens.
    Total,
    /// How many requests are summed up.
    Requests,
    /// Cost in US dollars.
    Cost,
    /// Cost in US cents.
    CostCents,
    /// The cost's currency.
    Currency,
    /// How the call ended.
    Status,
    /// Milliseconds from sending to the last byte.
    Latency,
    /// The vendor's project, workspace or key.
    Account,
    /// What was paid for.
    Item,
    /// The vendor's service.
    Service,
    /// What else tells sums apart: keys, tiers, places. Several columns may be.
    Details,
    /// LiteLLM's notes, which say what came from a cache.
    Notes,
}

/// Where a person decided otherwise than the file's form suggests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportMapping {
    /// The column of a field; `None` leaves the field out.
    pub columns: BTreeMap<ImportField, Option<String>>,
    /// The configuration's number of a source, by [`ImportSource::key`]; `None` is "none of them".
    pub configurations: BTreeMap<String, Option<i64>>,
}

/// A field and the column that it is read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportColumn {
    /// The field.
    pub field: ImportField,
    /// The column's name in the file; `None` is none.
    pub column: Option<String>,
    /// Whether nothing can be imported without it.
    pub needed: bool,
}

/// Calls of one vendor and model, which go to one configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSource {
    /// What it is called in a mapping.
    pub key: String,
    /// The vendor as the file names it.
    pub provider: Option<String>,
    /// The configuration's number as the file has it.
    pub configuration: Option<i64>,
    /// The model as the file names it.
    pub model: Option<String>,
    /// The vendor that the calls are counted for.
    pub provider_type: ProviderType,
    /// The number of the configuration that they go to; `None` is "none of them".
    pub goes_to: Option<i64>,
    /// How many calls.
    pub calls: u64,
}

/// A configuration that calls can go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportTarget {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub display_name: String,
    /// Its type.
    pub provider_type: ProviderType,
}

/// A row as it would be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedRow {
    /// Its line in the file.
    pub line: u64,
    /// When the call ended, or when the time that is summed up begins.
    pub at: Timestamp,
    /// The vendor.
    pub provider_type: ProviderType,
    /// The model, or what was paid for.
    pub model: String,
    /// The task; empty when none was named.
    pub task: String,
    /// Who caused it, or the vendor's project.
    pub user: String,
    /// Input tokens of all kinds.
    pub input_tokens: Option<u64>,
    /// Output tokens.
    pub output_tokens: Option<u64>,
    /// Its cost.
    pub cost: Option<PicoUsd>,
    /// How a call ended.
    pub status: Option<String>,
}

/// A row that cannot be imported. Neither text holds anything of the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportFault {
    /// Its line in the file.
    pub line: u64,
    /// The column at fault, if it is one's.
    pub column: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What would be right, a full sentence.
    pub advice: String,
}

/// What an import would come to. Nothing is written yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportPreview {
    /// What the file is.
    pub format: ImportFormat,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// Which field is read from which.
    pub fields: Vec<ImportColumn>,
    /// Needed fields without a column; unless it is empty, nothing else is known.
    pub missing: Vec<ImportField>,
    /// Whose calls they are.
    pub sources: Vec<ImportSource>,
    /// Configurations that calls can go to.
    pub targets: Vec<ImportTarget>,
    /// Rows of the file.
    pub rows: u64,
    /// Rows that are not there yet.
    pub new: u64,
    /// Sums that are there with other numbers, which are replaced.
    pub replaced: u64,
    /// Rows that are there already, or twice in the file.
    pub known: u64,
    /// Rows older than the log is kept.
    pub too_old: u64,
    /// Rows that say nothing, or are of another service.
    pub empty: u64,
    /// Rows that cannot be imported.
    pub bad: u64,
    /// Cost of new and replaced rows, where it is known.
    pub cost: PicoUsd,
    /// New rows without a cost.
    pub unpriced: u64,
    /// Rows whose cost has more than twelve places and was rounded.
    pub rounded: u64,
    /// The earliest instant.
    pub first: Option<Timestamp>,
    /// The latest instant.
    pub last: Option<Timestamp>,
    /// The first rows.
    pub sample: Vec<ImportedRow>,
    /// The first faults.
    pub faults: Vec<ImportFault>,
}

/// What an import came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// What the file was.
    pub format: ImportFormat,
    /// Rows that were written.
    pub written: u64,
    /// Sums that took the place of others.
    pub replaced: u64,
    /// Rows that were there already.
    pub known: u64,
    /// Rows older than the log is kept.
    pub too_old: u64,
    /// Rows that could not be imported and were left out.
    pub left_out: u64,
    /// Cost of what was written, where it is known.
    pub cost: PicoUsd,
}

/// The file of faults, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultFile {
    /// Where it is, in the folder for downloads.
    pub path: String,
    /// Rows in it.
    pub faults: u64,
}

/// What vendors reported, beside what the log knows of the same days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedUsage {
    /// One for each form of export, vendor and month, newest first.
    pub months: Vec<ReportedMonth>,
}

/// A month of one form of export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedMonth {
    /// Which form.
    pub format: ImportFormat,
    /// Whose sums.
    pub provider_type: ProviderType,
    /// The first day that was reported, `YYYY-MM-DD` in UTC.
    pub first_day: String,
    /// The last one.
    pub last_day: String,
    /// What the vendor says.
    pub reported: ReportedSums,
    /// What the log has of the same days; its cost may lack calls whose price is unknown.
    pub logged: ReportedSums,
}

/// Sums of which any may not be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedSums {
    /// Requests.
    pub requests: Option<u64>,
    /// Input tokens of all kinds.
    pub input_tokens: Option<u64>,
    /// Output tokens.
    pub output_tokens: Option<u64>,
    /// Cost.
    pub cost: Option<PicoUsd>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formats_name_reads_back_and_is_the_one_on_the_wire() {
        for format in ImportFormat::ALL {
            assert_eq!(ImportFormat::named(format.as_str()), Some(format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.as_str());
        }
    }
}
