//! Adds tasks, makes backups and restores them, and says what it has done, until it is killed. Folder as argument.

use desk::{Desk, Folders};
use journeys::{FakeHost, PASSWORD, now, options};
use serde_json::{Value, json};

#[tokio::main]
async fn main() {
    let data = std::env::args().nth(1).unwrap();
    let host = FakeHost::new();
    host.set_wall_clock(now());
    let desk = Desk::open(host.clone(), Folders::under(data), options()).unwrap();
    let send = async |command: &str, request: Value| {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
        serde_json::from_str::<Value>(&reply).unwrap()
    };
    println!("started");
    let unlock = async || send("unlock_vault", json!({ "password": PASSWORD })).await;
    let opened = unlock().await;
    let mut number = opened["list"]["tasks"].as_array().unwrap().len();
    loop {
        number += 1;
        send("add_task", json!({ "name": format!("task_{number}") })).await;
        println!("added task_{number}");
        host.set_wall_clock(now());
        let view = send("make_backup", json!({ "folder": null })).await;
        println!("backed up");
        host.set_wall_clock(now());
        send("restore_backup", json!({ "place": view["backups"][0]["place"] })).await;
        unlock().await;
        println!("restored");
    }
}
