//! The remote API's messages: what a server is asked over HTTP and what it answers. Names and shapes of the provider part
//! are the specification's; what was added is said beside it. Instants are RFC 3339 in UTC.
//!
//! Deliberately not here: a key on its way out. A request may bring one, no answer has a field for one.

mod access;
mod budgets;
mod bundle;
mod config;
mod health;
mod limits;
mod routing;
mod token;
mod usage;
mod users;

use serde::{Deserialize, Serialize};

pub use access::{ChangePassword, Enrolment, LogIn, LoggedIn, Refresh, StepUp, TakeUp, Tokens};
pub use budgets::{Budget, BudgetForecast, BudgetOf, CreateBudget, DeletedBudget, UpdateBudget};
pub use bundle::{AcceptedBundle, AppliedBundle, Bundles, TrustedKey, UploadBundle};
pub use config::{
    AuditRecord, CreateConfig, DeletedConfig, ProviderConfig, TestedConfig, UpdateConfig, UsageStats,
};
pub use health::{ConfigHealth, HealthReport, HealthTask, IncidentRecord};
pub use limits::{ConfigLimits, ConfigPrice, DeletedQuota, Quota, SetPrice, SetQuota, UpdateLimits};
pub use routing::{
    CreateTask, DeletedTask, FailureEffect, SetTaskPrompt, Task, TaskCandidate, TaskExplanation, TaskMember,
    TaskPrompt, UpdateTask,
};
pub use usage::{
    AuditVerdict, CatalogDifference, CatalogInfo, Reprice, Repriced, RepricedLog, UsageLogEntry,
};
pub use users::{
    DeletedUser, EndedSessions, InviteUser, InvitedUser, SessionRecord, UpdateUser, UserRecord, UserRole,
};

pub use token::{ApplicationToken, CreateToken, MadeToken, TokenState};

/// A request that was done, with what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Success<T> {
    /// Always true.
    #[cfg_attr(feature = "openapi", schema(example = true))]
    pub success: bool,
    /// What came of it.
    pub data: T,
}

impl<T> Success<T> {
    /// An answer.
    pub fn new(data: T) -> Self {
        Self { success: true, data }
    }
}

/// A request that was not done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// Always false.
    #[cfg_attr(feature = "openapi", schema(example = false))]
    pub success: bool,
    /// Why.
    pub error: Reason,
}

/// Why a request was not done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// For programs, such as `not_found`. It stays when texts change.
    #[cfg_attr(feature = "openapi", schema(example = "not_found"))]
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do about it, full sentences.
    pub advice: String,
    /// Fields at fault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldAtFault>,
    /// Of a change that saw another revision: the present one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_revision: Option<i64>,
    /// Of a deletion: the tasks that would lose their provider.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loses: Vec<LostRoute>,
}

/// A field at fault, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldAtFault {
    /// Its name in the request.
    pub field: String,
    /// What to do, a full sentence.
    pub message: String,
}

/// A task that would lose its provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LostRoute {
    /// The task.
    pub task: String,
    /// Number of the configuration that would serve it then; `null` is nobody.
    pub then: Option<i64>,
}
