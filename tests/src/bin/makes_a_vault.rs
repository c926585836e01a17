//! Makes a vault in a folder, as the first run does, unless somebody kills it on the way.

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, options};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let desk = Desk::open(FakeHost::new(), Folders::under(folder), options()).unwrap();
    println!("started");
    let request = serde_json::json!({ "password": PASSWORD }).to_string();
    desk.dispatch("create_vault", request.as_bytes()).await.unwrap();
    println!("made");
    std::io::read_to_string(std::io::stdin()).unwrap();
}
