//! The server as its clients meet it: over HTTP, with the simulator as its vendors, on its embedded database.

include!("journeys.rs");
