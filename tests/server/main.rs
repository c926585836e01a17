//! The server as its clients meet it: over HTTP, with the simulator as its vendors, on its embedded database.

include!("journeys.rs");

// What is behind these servers' doors plays no part here, so once is enough.
mod between;
mod desk_login;
mod hostile_sync;
mod stranger;
