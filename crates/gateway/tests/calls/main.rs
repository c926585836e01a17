//! Real calls through the engine: store, adapters and the simulated vendors, over sockets.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod count;
mod failover;
mod house;
mod resolve;
mod streams;
