//! Calls of models seen by a plain HTTP client: literal shapes, refusals, streams and how they break.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod breaks;
mod chat;
mod client;
mod compatible;
mod gemini;
mod messages;
mod responses;
mod steering;
