//! The HTTP face over real sockets.

mod client;
mod door;
mod ending;
mod faces;
mod house;
mod sizes;
