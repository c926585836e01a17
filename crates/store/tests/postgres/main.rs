//! What only several servers on one database can break, and what only a database that goes away can.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

#[path = "../house/mod.rs"]
mod house;

mod away;
mod cut;
mod opening;
mod people;
mod sums;
mod tls;
mod together;
mod written;
