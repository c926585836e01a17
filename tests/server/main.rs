//! The server as its clients meet it: over HTTP, with the simulator as its vendors.

mod access;
mod applications;
mod audit_log;
mod bad_input;
mod bundles;
mod canary;
mod catalog;
mod client;
mod health;
mod life;
mod limits;
mod matrix;
mod room;
mod routes;
mod specification;
mod stolen;
mod sync;
mod usage_log;
mod users;
