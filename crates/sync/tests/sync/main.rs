//! Sync as its users meet it: two desks and a remote with cuts and crashes, remotes that mean harm, and single cases.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod cases;
mod client;
mod desk;
mod hostile;
mod interleavings;
mod random;
mod remote;
mod web;
