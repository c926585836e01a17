//! Opens a vault and changes its password, or its key, again and again, saying so after each change that was
//! acknowledged, until somebody kills it.

use std::io::Write as _;

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, options};
use serde_json::json;

const OTHER: &str = "brisk-copper-meadow-violin-harbor-dusk";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let [folder, what, done] = std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let mut done: usize = done.parse().unwrap();
    let desk = Desk::open(FakeHost::new(), Folders::under(folder), options()).unwrap();
    let password = |done: usize| if done.is_multiple_of(2) { PASSWORD } else { OTHER };
    let send = async |command: &str, request: serde_json::Value| {
        desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
    };
    let say = |text: String| {
        println!("{text}");
        std::io::stdout().flush().unwrap();
    };
    let first = if what == "password" { password(done) } else { PASSWORD };
    send("unlock_vault", json!({ "password": first })).await;
    say("open".to_owned());
    loop {
        match what.as_str() {
            "password" => {
                let request = json!({ "old": password(done), "new": password(done + 1) });
                send("change_password", request).await;
            }
            _ => send("rotate_vault_key", json!({ "password": PASSWORD })).await,
        }
        done += 1;
        say(done.to_string());
    }
}
