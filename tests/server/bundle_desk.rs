//! The desk brings a bundle to a server that runs, and reads back what the server has: the whole way between two programs.

use std::net::SocketAddr;

use journeys::existing;
use model::{Failure, ProviderType, remote::CreateToken};
use serde_json::{Value, json};
use server::bundle::Trusted;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    client::Request,
    room::{ADMIN_PASSWORD, Person, Room},
};

const KEY: &str = "test-openai-key-0001";

/// A vault with one provider and a signing key, of the server's day.
async fn desk(room: &Room) -> (journeys::Room, Value) {
    let desk = journeys::Room::open().await;
    desk.host.set_wall_clock(room.now());
    desk.reopen().await;
    let mut form = desk.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["base_url"] = json!(room.simulator.base_url(ProviderType::OpenAi));
    form["tasks"] = json!(["extraction"]);
    let provider = desk.add(&form, Some(KEY)).await;
    desk.send("make_signing_key", json!({})).await.unwrap();
    (desk, provider)
}

/// The server trusts the desk's key, and the desk knows the server.
async fn meet(room: &mut Room, desk: &journeys::Room) -> String {
    let written = desk.send("export_signing_key", json!({})).await.unwrap();
    let key = desk.data().join("downloads").join(written["name"].as_str().unwrap());
    let view = desk.send("view_bundles", json!({})).await.unwrap();
    let fingerprint = view["key"]["fingerprint"].as_str().unwrap().to_owned();
    let key = &key;
    let server = room
        .at_console(async move |site, options| {
            let trusted = server::bundle::trust(site, key, Some(&fingerprint), &options.now).await.unwrap();
            assert!(matches!(trusted, Trusted::Key { .. }));
            server::bundle::identity(site, Some("api-eu-1")).await.unwrap()
        })
        .await;
    let added = json!({ "file": server.file(), "fingerprint": server.fingerprint().to_string() });
    desk.send("add_server", added).await.unwrap();
    server.id
}

fn login(room: &Room, person: &Person, at: SocketAddr, password: &str) -> Value {
    room.pass(std::time::Duration::from_secs(30));
    json!({ "url": format!("http://{at}/"), "pin": "", "user_name": person.name, "password": password,
        "code": person.code(room.now()) })
}

async fn signed(desk: &journeys::Room, server: &str, provider: &Value) -> u64 {
    let order = json!({ "server": server, "providers": [provider["id"]], "days": 7, "with_limits": true,
        "with_prices": true, "without_tasks": [], "again": null });
    let seen = desk.send("preview_bundle", json!({ "order": order })).await.unwrap();
    let asked = json!({ "order": order, "serial": seen["serial"], "target": "vault" });
    let exported = desk.send("export_bundle", asked).await.unwrap();
    assert_eq!(exported["file"], Value::Null);
    exported["serial"].as_u64().unwrap()
}

async fn upload(desk: &journeys::Room, serial: u64, login: Value) -> Result<Value, Failure> {
    desk.send("upload_bundle", json!({ "serial": serial, "login": login })).await
}

async fn call(room: &Room, token: &str) -> u16 {
    let ask =
        json!({ "model": "task:extraction", "messages": [{ "role": "user", "content": "Say hello." }] });
    let request = Request::new("POST", "/v1/chat/completions");
    request.header("authorization", &format!("Bearer {token}")).json(&ask).send(room.gateway()).await.status
}

#[tokio::test]
async fn a_bundle_is_brought_to_its_server_which_serves_by_it_and_the_list_says_so() {
    let (mut room, admin, _) = Room::open().await;
    let (desk, provider) = desk(&room).await;
    let server = meet(&mut room, &desk).await;
    let token = room
        .at_console(async |site, options| {
            let asked = CreateToken { name: "shop".into(), ..CreateToken::default() };
            server::make_token(site, asked, &options.now).await.unwrap().token.unwrap()
        })
        .await;
    let asked = json!({ "id": server, "login": login(&room, &admin, room.address(), ADMIN_PASSWORD) });
    let view = desk.send("ask_bundle_server", asked).await.unwrap();
    assert_eq!(
        (&view["servers"][0]["told"]["serial"], &view["servers"][0]["told"]["trusts"]),
        (&json!(0), &json!(true))
    );
    let serial = signed(&desk, &server, &provider).await;
    assert_ne!(call(&room, &token).await, 200);
    let view = upload(&desk, serial, login(&room, &admin, room.address(), ADMIN_PASSWORD)).await.unwrap();
    assert_eq!(call(&room, &token).await, 200);
    assert_eq!(view["bundles"][0]["at_server"], "in_force");
    assert_eq!(view["servers"][0]["told"]["serial"], json!(serial));
    assert_eq!(view["servers"][0]["reached_at"]["url"], json!(format!("http://{}", room.address())));
    // The same again is old there, which is told, and nothing changes here.
    let again = upload(&desk, serial, login(&room, &admin, room.address(), ADMIN_PASSWORD)).await;
    assert!(again.unwrap_err().message.contains("not newer"));
    desk.host.pass(std::time::Duration::from_secs(1));
    let next = signed(&desk, &server, &provider).await;
    let view = desk.send("view_bundles", json!({})).await.unwrap();
    assert_eq!(
        (&view["bundles"][0]["serial"], &view["bundles"][0]["at_server"]),
        (&json!(next), &Value::Null)
    );
    let actions = desk.audited().await;
    for action in ["bundle.ask_server", "bundle.upload", "bundle.upload_refused"] {
        assert!(actions.iter().any(|one| one.contains(action)), "{action}");
    }
    assert!(!actions.iter().any(|one| one.contains(ADMIN_PASSWORD)));
}

#[tokio::test]
async fn nothing_is_uploaded_to_whom_it_is_not_for() {
    let (mut room, admin, _) = Room::open().await;
    let (other, other_admin, _) = Room::open().await;
    let (desk, provider) = desk(&room).await;
    let server = meet(&mut room, &desk).await;
    let serial = signed(&desk, &server, &provider).await;
    let wrong = upload(&desk, serial, login(&room, &admin, room.address(), "not the password")).await;
    assert!(wrong.unwrap_err().message.contains("refused the login"));
    let elsewhere = upload(&desk, serial, login(&other, &other_admin, other.address(), ADMIN_PASSWORD)).await;
    assert!(elsewhere.unwrap_err().message.contains("another server"));
    for (url, pin, said) in [
        ("http://api.example.com", "", "cannot be used"),
        ("ftp://127.0.0.1", "", "cannot be used"),
        ("http://127.0.0.1:1", "", "cannot be reached"),
        ("http://127.0.0.1:1", "abc", "no fingerprint"),
    ] {
        let login =
            json!({ "url": url, "pin": pin, "user_name": "admin", "password": "x", "code": "000000" });
        let refused = upload(&desk, serial, login).await.unwrap_err();
        assert!(refused.message.contains(said), "{url}: {}", refused.message);
    }
    let view = desk.send("view_bundles", json!({})).await.unwrap();
    assert_eq!((&view["bundles"][0]["at_server"], &view["servers"][0]["told"]), (&Value::Null, &Value::Null));
    assert_eq!(existing(&provider)["id"], provider["id"]);
}

/// A server that gives everybody the same answer, and what it was asked.
async fn answers(head: &'static str) -> (SocketAddr, tokio::task::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let asked = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut asked = vec![0; 8_192];
        let count = stream.read(&mut asked).await.unwrap();
        asked.truncate(count);
        stream.write_all(head.as_bytes()).await.unwrap();
        // Stays open until the client leaves.
        let _ = stream.read(&mut [0; 1]).await;
        asked
    });
    (at, asked)
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_an_endless_answer_not_read() {
    let (mut room, _, _) = Room::open().await;
    let (desk, provider) = desk(&room).await;
    let server = meet(&mut room, &desk).await;
    let serial = signed(&desk, &server, &provider).await;
    for (head, said) in [
        ("HTTP/1.1 307 T\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n", "points to"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n{", "longer than"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", "not understood"),
        ("SSH-2.0-x\r\n", "not understood"),
    ] {
        let (at, asked) = answers(head).await;
        let login = json!({ "url": format!("http://{at}"), "pin": "", "user_name": "admin", "password": "x", "code": "000000" });
        let refused = upload(&desk, serial, login).await.unwrap_err();
        assert!(refused.message.contains(said), "{head}: {}", refused.message);
        let asked = String::from_utf8(asked.await.unwrap()).unwrap();
        assert!(asked.starts_with("POST /api/v1/auth/login") && !asked.contains("eyJ"), "{asked}");
    }
}
