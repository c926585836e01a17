//! The engine over a scripted vendor and a real store, with clocks that jump.

mod failover;
mod limits;
mod log;
mod scripted;
mod streams;
