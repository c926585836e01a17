//! The server: the specification's admin API, and the gateway behind it, without a window.
//!
//! ```text
//! config → site (data folder, root key, database) → app (everything a request needs) → serve (connections)
//! web: what all requests share    access: who may do what    configs: the specification's endpoints, one verb a file
//! ```
//!
//! Deliberately not here: SQL, the vendors' HTTP, and keys in memory for longer than a call takes.

mod access;
mod app;
mod calls;
pub mod config;
mod configs;
mod probes;
mod seed;
mod serve;
mod shared;
mod site;
mod web;

pub use access::invite::{InviteError, OneTimeToken, invite, remove_user};
pub use app::{Now, Options};
pub use calls::{TokenError, make_gateway_token};
pub use seed::{Seeded, seed};
pub use serve::{Running, StartError, start};
pub use site::{Site, SiteError};
pub use store::Role;
pub use web::openapi::document as openapi;
