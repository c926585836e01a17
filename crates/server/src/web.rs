//! What all requests share: how they are read, how they are refused, and how answers are kept.

pub(crate) mod body;
pub(crate) mod idempotency;
pub(crate) mod instant;
pub(crate) mod openapi;
mod page;
pub(crate) mod paging;
pub(crate) mod peer;
pub(crate) mod query;
pub(crate) mod refusal;
pub(crate) mod revision;
mod routes;
pub(crate) mod unknown;

use std::sync::Arc;

use crate::app::App;

pub(crate) use body::{Body, Raw};
pub(crate) use query::{Id, Part, Query};
pub(crate) use refusal::Refused;
pub(crate) use routes::router;

/// What every handler is given.
pub(crate) type Shared = Arc<App>;

/// What a handler answers.
pub(crate) type Answer<T> = Result<T, Refused>;
