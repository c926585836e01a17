//! Which provider serves a request, and the call itself: routes, limits, breaker, fallback, metering, health; and its
//! HTTP face. Deliberately not here: SQL, the vendors' wire formats, and where keys are kept.

#![allow(clippy::result_large_err, reason = "a refusal carries its reasons, and there is one a call at most")]

mod backoff;
mod breaker;
mod catalog;
mod clock;
mod config;
mod engine;
mod failure;
mod health;
pub mod http;
mod lately;
mod limits;
mod live;
mod load;
mod meter;
mod order;
mod picture;
mod price;
mod quality;
mod route;
mod snapshot;
mod throttle;
mod upstream;

pub use catalog::{catalog_version, loses_its_price};
pub use clock::{Clock, still};
pub use engine::{Gateway, KeyFault, Keys, ServedStream};
pub use health::slots_of;
pub use lately::{Heard, Lately, PIECE_S, Who};
pub use limits::LimitSettings;
pub use order::{Application, Ask, Caller, Calls, Counted, Order, Refused, Served, ServedModel, Waiting};
pub use route::{Misplaced, Unfit, misplaced, newly_unfit, refused_when_saved, route_refusal};
pub use snapshot::bundled_version;
