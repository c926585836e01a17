//! The server as its clients meet it: over HTTP, with the simulator as its vendors, on its embedded database.

include!("journeys.rs");

// What the embedded database alone offers yet.
mod applications;
mod audit_log;
mod bundles;
mod catalog;
mod desk_sync;
mod health;
mod limits;
mod routes;
mod sync;
mod usage_log;
mod users;
