//! Which provider serves a request, and the call itself: routes, limits, breaker, fallback, metering, health; and its
//! HTTP face. Deliberately not here: SQL, the vendors' wire formats, and where keys are kept.

#![allow(dead_code, unused_imports)]

mod backoff;
mod breaker;
mod clock;
mod config;
mod engine;
mod failure;
mod health;
mod limits;
mod live;
mod load;
mod meter;
mod order;
mod price;
mod quality;
mod route;
mod snapshot;
mod throttle;
mod upstream;

pub mod http;
#[allow(missing_docs, clippy::result_large_err, reason = "it goes when the engine comes")]
mod stub;
pub use stub::*;
