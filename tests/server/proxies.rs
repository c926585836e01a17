//! A server behind a proxy: whose address stands in the log of acts and in the limits, and that nobody chooses it.

use std::time::Duration;

use serde_json::json;

use crate::{
    client::{Reply, Request},
    room::{ADMIN_PASSWORD, Room},
};

/// A login whose request the proxy has handed on with this header.
async fn log_in(room: &Room, forwarded: &str, [name, password, code]: [&str; 3]) -> Reply {
    let body = json!({ "user_name": name, "password": password, "code": code });
    let request = Request::new("POST", "/api/v1/auth/login").header("x-forwarded-for", forwarded);
    room.send(request.json(&body)).await
}

#[tokio::test]
async fn a_guesser_behind_a_proxy_is_counted_by_the_address_that_the_proxy_saw() {
    let (mut room, admin, _) = Room::open().await;
    room.behind_a_proxy().await;
    room.pass(Duration::from_secs(60));
    let guess = async |number: usize, forwarded: String| {
        let name = format!("user {number}");
        log_in(&room, &forwarded, [&name, "a guess of a password", "123456"]).await.status
    };
    let mut statuses = Vec::new();
    for number in 0..14 {
        // What a client writes itself stands before what the proxy adds, and may be anything.
        let forwarded = match number % 3 {
            0 => format!("203.0.113.{number}, 198.51.100.7"),
            1 => format!("127.0.0.1, 2001:db8::{number}, 198.51.100.7"),
            _ => "no address, 198.51.100.7".to_owned(),
        };
        statuses.push(guess(number, forwarded).await);
    }
    assert_eq!(statuses, [vec![401; 10], vec![429; 4]].concat());
    // The proxy is not the guesser, and others come through it.
    assert_eq!(guess(20, "198.51.100.8".to_owned()).await, 401);
    let code = admin.code(room.now());
    let owner = log_in(&room, "198.51.100.7, 198.51.100.9", ["admin", ADMIN_PASSWORD, &code]).await;
    assert_eq!(owner.status, 200, "{}", owner.text);
}

#[tokio::test]
async fn the_log_of_acts_and_the_list_of_sessions_have_the_address_that_the_proxy_saw() {
    let (mut room, admin, _) = Room::open().await;
    room.behind_a_proxy().await;
    room.pass(Duration::from_secs(60));
    let code = admin.code(room.now());
    let forwarded = "192.0.2.7, 198.51.100.9";
    let reply = log_in(&room, forwarded, ["admin", ADMIN_PASSWORD, &code]).await;
    let access = reply.data()["access_token"].as_str().unwrap();
    let get = async |path: &str| {
        room.send(Request::new("GET", path).bearer(access).header("x-forwarded-for", forwarded)).await
    };
    let log = get("/api/v1/super-admin/audit-log?action=session.begin&limit=2").await;
    let addresses: Vec<_> =
        log.data().as_array().unwrap().iter().map(|entry| entry["ip_address"].clone()).collect();
    // The one before was without a proxy, and not believed.
    assert_eq!(addresses, [json!("198.51.100.9"), json!("127.0.0.1")]);
    assert_eq!(get("/api/v1/auth/sessions").await.data()[0]["ip_address"], "198.51.100.9");
    assert!(!log.text.contains("192.0.2.7"));
}
