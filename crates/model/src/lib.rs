//! Nouns and verbs that every room shares: providers, tasks, money, usage, and the typed list of desktop
//! commands. Compiles to wasm. Deliberately not here: I/O, clocks, and secrets at rest.

pub mod audit;
pub mod backups;
pub mod budgets;
pub mod bundles;
pub mod call;
pub mod catalog;
pub mod catalog_file;
pub mod command;
pub mod draft;
pub mod failure;
pub mod gateway;
pub mod health;
pub mod import;
pub mod insights;
pub mod keys;
pub mod limits;
pub mod money;
pub mod prices;
pub mod program;
pub mod provider;
pub mod remote;
pub mod routing;
pub mod secret;
pub mod security;
pub mod share;
pub mod statistics;
pub mod step_up;
pub mod task;
pub mod test_report;
pub mod text;
pub mod time;
pub mod usage;
pub mod vault;

pub use call::{CallAnswer, CallError, CallEvent, CallRequest, ErrorClass};
pub use catalog::{Catalog, CatalogModel};
pub use command::{COMMAND_NAMES, Command};
pub use draft::ProviderDraft;
pub use failure::{Failure, FailureCode, Field, FieldError, TaskRefusal};
pub use money::PicoUsd;
pub use provider::{ProviderId, ProviderType, ProviderView};
pub use secret::Secret;
pub use task::{TaskName, TaskView};
pub use test_report::{TestOutcome, TestReport};
pub use time::Timestamp;
pub use usage::{Price, TokenUsage};
