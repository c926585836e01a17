//! The server as its clients meet it: over HTTP, with the simulator as its vendors, on its embedded database.

include!("journeys.rs");

// What the embedded database alone offers yet.
mod bundle_desk;
mod bundles;
mod desk_sync;
mod sync;
