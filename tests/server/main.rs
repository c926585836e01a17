//! The server as its clients meet it: over HTTP, with the simulator as its vendors.

mod access;
mod bad_input;
mod canary;
mod client;
mod life;
mod matrix;
mod room;
mod specification;
mod stolen;
mod sync;
