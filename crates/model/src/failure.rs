//! How a command says no: a code where the page acts differently, and two sentences for the person.

use serde::{Deserialize, Serialize};

/// A refused or failed command. `message` says what happened, `advice` what to do; neither holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What the page acts on.
    pub code: FailureCode,
    /// What happened, one sentence.
    pub message: String,
    /// What to do about it, a full sentence.
    pub advice: Option<String>,
    /// Fields to mark, when the input was at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldError>,
    /// Tasks whose routes were refused, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskRefusal>,
}

/// A code exists only where the page acts differently; texts are for people and may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureCode {
    /// The vault is locked: go to the lock screen.
    Locked,
    /// The password did not open the vault: mark the field, ask for the state again (it holds the wait).
    WrongPassword,
    /// Too soon after wrong passwords: ask for the state, which says how long.
    Wait,
    /// The vault's files are damaged, too new or held elsewhere: show the fault in place of the form.
    Unusable,
    /// The vault is older than what was last seen here: a person may open it all the same.
    Older,
    /// Some fields need a change: mark them.
    Invalid,
    /// The record changed since it was read: read it again.
    Conflict,
    /// The record is gone: read the list again.
    Gone,
    /// The person cancelled it: say nothing.
    Cancelled,
    /// A sensitive act: ask for the proof, then send the same again.
    StepUpNeeded,
    /// Anything else: show message and advice.
    Other,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The master password.
    Password,
    /// The API key.
    ApiKey,
    /// The base URL.
    BaseUrl,
    /// The model's name.
    ModelName,
    /// The display name.
    DisplayName,
    /// The notes.
    Description,
    /// Tokens a day.
    DailyTokenLimit,
    /// Tokens a month.
    MonthlyTokenLimit,
    /// Task routing.
    Tasks,
    /// The default switch.
    IsDefault,
    /// Seconds until a call is given up.
    Timeout,
    /// Retries before the next of the chain.
    Retries,
    /// Requests a minute.
    RequestsPerMinute,
    /// Tokens a minute.
    TokensPerMinute,
    /// Calls at the same time.
    ConcurrentCalls,
    /// Cost a day.
    DailyCostLimit,
    /// Cost a month.
    MonthlyCostLimit,
    /// The person's grade.
    Quality,
    /// Own price of input.
    InputPrice,
    /// Own price of output.
    OutputPrice,
    /// Own price of input from the cache.
    CachedInputPrice,
    /// Whose spending a budget holds.
    BudgetScope,
    /// What a budget lets be spent.
    BudgetAmount,
    /// Whose a quota is.
    QuotaUser,
}

/// One field and the sentence under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Which field.
    pub field: Field,
    /// What to do, a full sentence.
    pub message: String,
}

/// One task's route and why it was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRefusal {
    /// Which task.
    pub task: crate::TaskName,
    /// What is wrong and what to do, full sentences.
    pub message: String,
}

impl Failure {
    /// A failure with its remedy.
    pub fn new(code: FailureCode, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            advice: Some(advice.into()),
            fields: Vec::new(),
            tasks: Vec::new(),
        }
    }

    /// Refused input, with the fields at fault.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        let message = match fields.len() {
            1 => "one field needs a change".to_owned(),
            count => format!("{count} fields need a change"),
        };
        Self { code: FailureCode::Invalid, message, advice: None, fields, tasks: Vec::new() }
    }

    /// Refused routes, with the tasks at fault.
    pub fn routes_refused(tasks: Vec<TaskRefusal>) -> Self {
        let message = match tasks.len() {
            1 => "one route cannot be saved".to_owned(),
            count => format!("{count} routes cannot be saved"),
        };
        let advice = Some("Nothing was saved. Change what is marked, then save again.".to_owned());
        Self { code: FailureCode::Invalid, message, advice, fields: Vec::new(), tasks }
    }
}
