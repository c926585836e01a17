//! Tries to take a data folder as the program does at its start, says how that went, and holds it until told to end.

use desk::{Desk, Folders};
use journeys::{FakeHost, options};

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    match Desk::open(FakeHost::new(), Folders::under(folder), options()) {
        Ok(_desk) => {
            println!("owner");
            std::io::read_to_string(std::io::stdin()).unwrap();
        }
        Err(error) => println!("{error}"),
    }
}
