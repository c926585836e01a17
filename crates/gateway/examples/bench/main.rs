//! `cargo xtask bench gateway`: what the gateway adds to a call, and what it costs, beside a direct connection to the
//! same mock and a bare pass-through made of the same HTTP libraries. Mock, pass-through, gateway and this load
//! generator are processes of their own, so that time and memory are each one's own. It measures and judges nothing,
//! but an answer that is not exactly right ends it: a fast mistake is no figure.

#![allow(clippy::print_stdout, reason = "a bench talks to the terminal")]

mod check;
mod child;
mod client;
#[path = "../loopback/house.rs"]
mod house;
mod load;
mod mock;
mod pass;
mod place;
mod resolve;
mod rounds;
mod setup;
mod shapes;

use anyhow::bail;
use mimalloc::MiMalloc;

/// Mock and pass-through have the allocator that the gateway has, so that none is measured against another.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["mock"] => mock::run(),
        ["pass", upstream] => pass::run(upstream),
        ["resolve", upstream] => resolve::run(upstream),
        [] => rounds::run(),
        _ => bail!("this is no part that the bench has"),
    }
}
