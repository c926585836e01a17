//! The server: the specification's admin API, and the gateway behind it, without a window.
//!
//! ```text
//! config → site (data folder, root key, database) → app (everything a request needs) → serve (connections)
//! web: what all requests share    access: who may do what    configs: the specification's endpoints, one verb a file
//! routing, limits, budgets, health, usage, catalog, audit, users: what was added in the same style
//! import: the specification's existing tables    applications: who makes calls, and with which tokens    tls, metrics, traces: what operating a server needs
//! ```
//!
//! Deliberately not here: SQL, the vendors' HTTP, and keys in memory for longer than a call takes.

mod access;
mod app;
mod applications;
mod audit;
mod backup;
mod budgets;
pub mod bundle;
mod catalog;
pub mod config;
mod configs;
mod control;
mod health;
mod import;
mod limits;
mod metrics;
mod probes;
mod routing;
mod seed;
mod serve;
mod shared;
mod site;
mod tls;
mod traces;
mod usage;
mod users;
mod web;

pub use access::invite::{InviteError, OneTimeToken, invite, remove_user};
pub use access::recovery::{RecoveryError, make_recovery_codes_of};
pub use app::{Now, Options};
pub use applications::console::{TokenError, make_token, revoke_token, tokens};
pub use backup::{Backup, BackupError, back_up, restore};
pub use control::{Answer, Console, ConsoleError, ListedUser, Question};
pub use import::{Counts, ImportFrom, ImportReport, ImportRequest, ImportTablesError, import_tables};
pub use seed::{Seeded, seed};
pub use serve::{Hurry, Running, StartError, start};
pub use site::{Site, SiteError};
pub use store::Role;
pub use web::openapi::document as openapi;
