//! The HTTP face over real sockets.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]
#![allow(clippy::result_large_err, reason = "the size of a refusal is the engine's business")]

mod client;
mod door;
mod ending;
mod faces;
mod house;
mod sizes;
