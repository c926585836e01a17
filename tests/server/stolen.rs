//! Sessions that were stolen, and tokens that were forged.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use server::Role;

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{ADMIN_PASSWORD, Room, Session},
};

async fn refresh(room: &Room, token: &str) -> Reply {
    let body = json!({ "refresh_token": token });
    room.send(Request::new("POST", "/api/v1/auth/refresh").json(&body)).await
}

#[tokio::test]
async fn a_refresh_token_is_good_once_and_ends_the_session_when_it_comes_twice() {
    let (room, _, first) = Room::open().await;
    let second = Session::of(&refresh(&room, &first.refresh).await);
    let third = Session::of(&refresh(&room, &second.refresh).await);
    assert_eq!(room.get(&third, CONFIGS).await.status, 200);
    // The thief comes with the one that was copied.
    assert_eq!(refresh(&room, &first.refresh).await.code(), "refresh_refused");
    for session in [&first, &second, &third] {
        assert_eq!(room.get(session, CONFIGS).await.status, 401);
        assert_eq!(refresh(&room, &session.refresh).await.status, 401);
    }
}

#[tokio::test]
async fn an_access_token_is_good_for_five_minutes_and_a_session_for_eight_hours() {
    let (room, _, mut session) = Room::open().await;
    room.pass(Duration::from_secs(306));
    assert_eq!(room.get(&session, CONFIGS).await.status, 401);
    session = Session::of(&refresh(&room, &session.refresh).await);
    let mut passed = 306;
    loop {
        room.pass(Duration::from_secs(1_500));
        passed += 1_500;
        let reply = refresh(&room, &session.refresh).await;
        if reply.status == 401 {
            break;
        }
        session = Session::of(&reply);
    }
    assert!((8 * 3_600..8 * 3_600 + 1_500).contains(&passed), "{passed}");
}

#[tokio::test]
async fn a_session_that_is_idle_for_half_an_hour_ends() {
    let (room, _, session) = Room::open().await;
    room.pass(Duration::from_secs(30 * 60));
    assert_eq!(refresh(&room, &session.refresh).await.status, 401);
}

#[tokio::test]
async fn a_logout_ends_every_token_of_its_session_and_of_no_other() {
    let (room, admin, session) = Room::open().await;
    let other = room.log_in(&admin).await;
    let renewed = Session::of(&refresh(&room, &session.refresh).await);
    room.send(Request::new("POST", "/api/v1/auth/logout").bearer(&renewed.access)).await.data();
    for token in [&session.access, &renewed.access] {
        assert_eq!(room.send(Request::new("GET", CONFIGS).bearer(token)).await.status, 401);
    }
    assert_eq!(refresh(&room, &renewed.refresh).await.status, 401);
    assert_eq!(room.get(&other, CONFIGS).await.status, 200);
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let (room, mut admin, session) = Room::open().await;
    let other = room.log_in(&admin).await;
    let change = |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        room.send(Request::new("POST", "/api/v1/auth/password").bearer(&session.access).json(&body))
    };
    let new = "quilt orbit lantern plover";
    assert_eq!(change("not the password", new).await.code(), "password_refused");
    assert_eq!(change(ADMIN_PASSWORD, "short").await.code(), "invalid");
    change(ADMIN_PASSWORD, new).await.data();
    for old in [&session, &other] {
        assert_eq!(room.get(old, CONFIGS).await.status, 401);
        assert_eq!(refresh(&room, &old.refresh).await.status, 401);
    }
    room.pass(Duration::from_secs(60));
    assert_eq!(room.try_log_in("admin", ADMIN_PASSWORD, &admin.code(room.now())).await.status, 401);
    admin.password = new.into();
    room.log_in(&admin).await;
}

#[tokio::test]
async fn a_change_of_role_ends_every_session_and_holds_at_once() {
    let (mut room, _, _) = Room::open().await;
    let invite = async |room: &mut Room, role| {
        room.at_console(async |site, options| {
            server::invite(site, "second", role, &options.now).await.ok().unwrap().token.to_string()
        })
        .await
    };
    let token = invite(&mut room, Role::SuperAdmin).await;
    let second = room.take_up(&token, "second plover lantern").await;
    let session = room.log_in(&second).await;
    assert_eq!(room.get(&session, CONFIGS).await.status, 200);
    invite(&mut room, Role::User).await;
    assert_eq!(room.get(&session, CONFIGS).await.status, 401);
    let session = room.log_in(&second).await;
    let reply = room.get(&session, CONFIGS).await;
    assert_eq!((reply.status, reply.code()), (403, "forbidden"));
}

/// The parts of a token, changed and put together again.
fn changed(token: &str, part: usize, change: impl FnOnce(&mut Value)) -> String {
    let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
    let mut json: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(&parts[part]).unwrap()).unwrap();
    change(&mut json);
    parts[part] = URL_SAFE_NO_PAD.encode(json.to_string());
    parts.join(".")
}

#[tokio::test]
async fn a_forged_token_is_refused_whatever_it_says() {
    let (room, _, session) = Room::open().await;
    let token = &session.access;
    let unsigned = token.rsplit_once('.').unwrap().0.to_owned() + ".";
    let mut forged = vec![
        changed(&unsigned, 0, |head| head["alg"] = json!("none")),
        changed(token, 0, |head| head["alg"] = json!("HS256")),
        changed(token, 0, |head| head["alg"] = json!("RS256")),
        changed(token, 1, |claims| claims["exp"] = json!("9999999999")),
        changed(token, 1, |claims| claims["exp"] = json!(9_999_999_999_u64)),
        changed(token, 1, |claims| claims["sub"] = json!("00000000-0000-0000-0000-000000000000")),
        changed(token, 1, |claims| {
            claims.as_object_mut().unwrap().remove("aud");
        }),
        unsigned,
        session.refresh.clone(),
        "x".repeat(5_000),
        String::new(),
    ];
    forged.push(format!("{token}x"));
    for token in forged {
        let reply = room.send(Request::new("GET", CONFIGS).bearer(&token)).await;
        assert_eq!((reply.status, reply.code()), (401, "unauthorized"), "{token}");
        assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
    }
    // Twice, or as something else.
    let twice = Request::new("GET", CONFIGS).bearer(token).bearer(token);
    assert_eq!(room.send(twice).await.status, 401);
    let basic = Request::new("GET", CONFIGS).header("authorization", &format!("Basic {token}"));
    assert_eq!(room.send(basic).await.status, 401);
    assert_eq!(room.get(&session, CONFIGS).await.status, 200);
}

#[tokio::test]
async fn a_token_of_another_server_is_worth_nothing() {
    let (room, _, _) = Room::open().await;
    let (_other, _, session) = Room::open().await;
    assert_eq!(room.get(&session, CONFIGS).await.status, 401);
}
