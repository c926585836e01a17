//! Users and their sessions over HTTP.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    client::{CONFIGS, Reply, Request},
    room::{Person, Room, Session},
};

const USERS: &str = "/api/v1/super-admin/users";
const OWN: &str = "/api/v1/auth/sessions";

fn user(id: &Value) -> String {
    format!("{USERS}/{id}")
}

/// Somebody who was invited over HTTP and took it up.
async fn invited(room: &Room, admin: &Session, name: &str, role: &str) -> (Person, Value) {
    let made = room.ask(admin, "POST", USERS, Some(&json!({ "user_name": name, "role": role }))).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let token = made.data()["one_time_token"].as_str().unwrap();
    let person = room.take_up(token, &format!("{name} plover lantern orbit")).await;
    (person, made.data()["user"]["id"].clone())
}

async fn refused_login(room: &Room, person: &Person) -> Reply {
    room.pass(Duration::from_secs(60));
    room.try_log_in(&person.name, &person.password, &person.code(room.now())).await
}

#[tokio::test]
async fn somebody_is_invited_takes_it_up_and_is_shown_field_by_field() {
    let (room, _, session) = Room::open().await;
    let body = json!({ "user_name": "Ann", "role": "super_admin" });
    let made = room.ask(&session, "POST", USERS, Some(&body)).await;
    assert_eq!((made.status, made.header("etag")), (201, Some("\"1\"")));
    let token = made.data()["one_time_token"].as_str().unwrap().to_owned();
    assert_eq!(token.len(), 43);
    let record = made.data()["user"].clone();
    assert_eq!(
        record,
        json!({
            "id": 2, "user_name": "Ann", "role": "super_admin", "is_active": true, "has_enrolled": false,
            "invited_until": "2026-11-26T12:00:30Z", "sessions": 0, "created_at": "2026-11-25T12:00:30Z",
            "updated_at": "2026-11-25T12:00:30Z", "revision": 1,
        })
    );
    assert_eq!(room.get(&session, &user(&json!(2))).await.data(), &record);
    let ann = room.take_up(&token, "ann plover lantern orbit").await;
    let hers = room.log_in(&ann).await;
    let read = room.get(&hers, &user(&json!(2))).await;
    assert_eq!(
        (&read.data()["has_enrolled"], &read.data()["invited_until"], &read.data()["sessions"]),
        (&json!(true), &Value::Null, &json!(1))
    );
    // The token is nowhere else: not in the list, not in the log of acts.
    for path in [USERS, "/api/v1/super-admin/audit-log"] {
        assert!(!room.get(&hers, path).await.text.contains(&token), "{path}");
    }
    let log = room.get(&hers, "/api/v1/super-admin/audit-log?action=user.invite").await;
    let entry = &log.data()[0];
    assert_eq!(
        (&entry["actor"], &entry["target_name"], &entry["after"]["role"], &entry["ip_address"]),
        (&json!("admin"), &json!("Ann"), &json!("super_admin"), &json!("127.0.0.1"))
    );
}

#[tokio::test]
async fn names_that_are_taken_and_bodies_that_make_no_sense_are_refused() {
    let (room, _, session) = Room::open().await;
    let post = async |body: Value| room.ask(&session, "POST", USERS, Some(&body)).await;
    let taken = post(json!({ "user_name": "ADMIN", "role": "user" })).await;
    assert_eq!((taken.status, taken.code()), (409, "name_taken"));
    for (body, field) in [
        (json!({ "user_name": "", "role": "user" }), "user_name"),
        (json!({ "user_name": "x".repeat(81), "role": "user" }), "user_name"),
        (json!({ "user_name": "a\u{202e}b", "role": "user" }), "user_name"),
        (json!({ "user_name": "ann" }), "role"),
        (json!({ "user_name": "ann", "role": "root" }), "role"),
        (json!({ "user_name": 5, "role": "user" }), "user_name"),
        (json!({ "user_name": "ann", "role": "user", "pasword": "x" }), "pasword"),
    ] {
        let reply = post(body.clone()).await;
        assert_eq!((reply.status, reply.code()), (422, "invalid"), "{body}");
        assert_eq!(reply.body["error"]["fields"][0]["field"], field, "{body}");
    }
    for id in ["0", "-1", "99", "x", "1%00", "99999999999999999999"] {
        for (method, path, body) in [
            ("GET", format!("{USERS}/{id}"), None),
            ("PUT", format!("{USERS}/{id}"), Some(json!({}))),
            ("DELETE", format!("{USERS}/{id}"), None),
            ("POST", format!("{USERS}/{id}/invitation"), None),
            ("GET", format!("{USERS}/{id}/sessions"), None),
            ("DELETE", format!("{USERS}/{id}/sessions"), None),
        ] {
            let reply = room.ask(&session, method, &path, body.as_ref()).await;
            assert_eq!((reply.status, reply.code()), (404, "not_found"), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_lower_role_and_a_lock_hold_at_the_next_request() {
    let (room, _, session) = Room::open().await;
    let (ann, id) = invited(&room, &session, "ann", "super_admin").await;
    let hers = room.log_in(&ann).await;
    assert_eq!(room.get(&hers, CONFIGS).await.status, 200);
    let lowered = room.ask(&session, "PUT", &user(&id), Some(&json!({ "role": "user" }))).await;
    assert_eq!((&lowered.data()["role"], &lowered.data()["sessions"]), (&json!("user"), &json!(0)));
    assert_eq!(room.get(&hers, "/api/v1/auth/me").await.status, 401);
    let hers = room.log_in(&ann).await;
    assert_eq!(room.get(&hers, CONFIGS).await.status, 403);
    let locked = room.ask(&session, "PUT", &user(&id), Some(&json!({ "is_active": false }))).await;
    assert_eq!(locked.data()["is_active"], false);
    assert_eq!(room.get(&hers, "/api/v1/auth/me").await.status, 401);
    let refresh =
        Request::new("POST", "/api/v1/auth/refresh").json(&json!({ "refresh_token": hers.refresh }));
    assert_eq!(room.send(refresh).await.status, 401);
    assert_eq!(refused_login(&room, &ann).await.code(), "login_refused");
    // Nor by a one-time token, while the lock is on.
    let again = room.ask(&session, "POST", &format!("{}/invitation", user(&id)), None).await;
    let token = &again.data()["one_time_token"];
    let take_up = json!({ "token": token, "password": "another plover lantern" });
    let take_up = Request::new("POST", "/api/v1/auth/take-up").json(&take_up);
    assert_eq!(room.send(take_up.clone()).await.code(), "token_refused");
    room.ask(&session, "PUT", &user(&id), Some(&json!({ "is_active": true }))).await.data();
    let hers = room.log_in(&ann).await;
    assert_eq!(room.send(take_up).await.status, 200);
    assert_eq!(room.get(&hers, "/api/v1/auth/me").await.status, 401, "a new second factor ends every session");
    let refresh =
        Request::new("POST", "/api/v1/auth/refresh").json(&json!({ "refresh_token": hers.refresh }));
    assert_eq!(room.send(refresh).await.status, 401);
    assert_eq!(refused_login(&room, &ann).await.status, 401, "the old password is gone");
}

#[tokio::test]
async fn the_last_super_admin_stays_whichever_way_it_is_tried() {
    let (room, admin, session) = Room::open().await;
    // One who was invited and never came, and one who is locked out, do not count.
    room.ask(&session, "POST", USERS, Some(&json!({ "user_name": "never", "role": "super_admin" })))
        .await
        .data();
    let (_, id) = invited(&room, &session, "locked", "super_admin").await;
    room.ask(&session, "PUT", &user(&id), Some(&json!({ "is_active": false }))).await.data();
    let one = user(&json!(1));
    for reply in [
        room.ask(&session, "PUT", &one, Some(&json!({ "role": "user" }))).await,
        room.ask(&session, "PUT", &one, Some(&json!({ "is_active": false }))).await,
        room.ask(&session, "DELETE", &one, None).await,
    ] {
        assert_eq!((reply.status, reply.code()), (409, "last_super_admin"));
    }
    room.ask(&session, "PUT", &user(&id), Some(&json!({ "is_active": true }))).await.data();
    let gone = room.ask(&session, "DELETE", &one, None).await;
    assert_eq!(gone.data(), &json!({ "deleted_id": 1 }));
    assert_eq!(room.get(&session, USERS).await.status, 401);
    assert_eq!(refused_login(&room, &admin).await.status, 401);
}

#[tokio::test]
async fn a_user_is_changed_against_the_revision_that_was_seen() {
    let (room, _, session) = Room::open().await;
    let (_, id) = invited(&room, &session, "ann", "user").await;
    let read = room.get(&session, &user(&id)).await;
    let tag = read.header("etag").unwrap();
    let (one, two) = (json!({ "role": "super_admin" }), json!({ "is_active": false }));
    let path = user(&id);
    let (one, two) = tokio::join!(
        room.ask_if(&session, "PUT", (&path, tag), Some(&one)),
        room.ask_if(&session, "PUT", (&path, tag), Some(&two)),
    );
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let (winner, loser) = if one.status == 200 { (one, two) } else { (two, one) };
    assert_eq!(loser.code(), "revision_changed");
    assert_eq!(loser.body["error"]["current_revision"], winner.data()["revision"]);
    assert_eq!(room.ask_if(&session, "DELETE", (&path, tag), None).await.status, 412);
    // Changing nothing is no change.
    let same = room.ask(&session, "PUT", &path, Some(&json!({}))).await;
    assert_eq!(same.data()["revision"], winner.data()["revision"]);
}

#[tokio::test]
async fn users_are_administrated_with_a_fresh_second_factor_alone() {
    let (room, _, session) = Room::open().await;
    let (_, id) = invited(&room, &session, "ann", "user").await;
    room.pass(Duration::from_secs(301));
    let refresh =
        Request::new("POST", "/api/v1/auth/refresh").json(&json!({ "refresh_token": session.refresh }));
    let session = Session::of(&room.send(refresh).await);
    for (method, path, body) in [
        ("POST", USERS.to_owned(), Some(json!({ "user_name": "bob", "role": "user" }))),
        ("PUT", user(&id), Some(json!({ "role": "super_admin" }))),
        ("DELETE", user(&id), None),
        ("POST", format!("{}/invitation", user(&id)), None),
    ] {
        let reply = room.ask(&session, method, &path, body.as_ref()).await;
        assert_eq!((reply.status, reply.code()), (403, "mfa_required"), "{method} {path}");
    }
    // Who sees a thief must not look for a phone first.
    assert_eq!(room.ask(&session, "DELETE", &format!("{}/sessions", user(&id)), None).await.status, 200);
}

#[tokio::test]
async fn own_sessions_are_listed_and_ended_and_those_of_others_are_not_found() {
    let (room, admin, first) = Room::open().await;
    let second = room.log_in(&admin).await;
    let (ann, id) = invited(&room, &first, "ann", "user").await;
    let hers = room.log_in(&ann).await;
    let listed = room.get(&second, OWN).await;
    let sessions = listed.data().as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    assert_eq!(
        sessions[0],
        json!({
            "id": sessions[0]["id"], "is_current": true, "ip_address": "127.0.0.1",
            "created_at": "2026-11-25T12:01:00Z", "used_at": "2026-11-25T12:01:00Z",
            "proven_at": "2026-11-25T12:01:00Z", "ends_at": "2026-11-25T12:31:00Z",
        })
    );
    let other = sessions[1]["id"].as_str().unwrap();
    let end =
        async |session: &Session, id: &str| room.ask(session, "DELETE", &format!("{OWN}/{id}"), None).await;
    // A user without the role has sessions as well, and none but the own.
    assert_eq!(room.get(&hers, OWN).await.data().as_array().unwrap().len(), 1);
    assert_eq!(end(&hers, other).await.code(), "not_found");
    assert_eq!(room.get(&first, CONFIGS).await.status, 200);
    assert_eq!(end(&second, other).await.data(), &json!({ "ended": 1 }));
    assert_eq!(room.get(&first, CONFIGS).await.status, 401);
    for nothing in [other, "1", "x", "%27--"] {
        assert_eq!(end(&second, nothing).await.code(), "not_found", "{nothing}");
    }
    // A super_admin sees and ends those of others.
    let path = format!("{}/sessions", user(&id));
    let of_ann = room.get(&second, &path).await;
    assert_eq!(
        (of_ann.data().as_array().unwrap().len(), &of_ann.data()[0]["is_current"]),
        (1, &json!(false))
    );
    assert_eq!(room.ask(&second, "DELETE", &path, None).await.data(), &json!({ "ended": 1 }));
    assert_eq!(room.get(&hers, OWN).await.status, 401);
}

#[tokio::test]
async fn users_are_filtered_and_paged() {
    let (room, _, session) = Room::open().await;
    for (name, role) in [("b", "user"), ("c", "super_admin"), ("d", "user")] {
        room.ask(&session, "POST", USERS, Some(&json!({ "user_name": name, "role": role }))).await.data();
    }
    room.ask(&session, "PUT", &user(&json!(4)), Some(&json!({ "is_active": false }))).await.data();
    let ids = async |query: &str| {
        let page = room.get(&session, &format!("{USERS}{query}")).await;
        let ids: Vec<i64> =
            page.data().as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
        (ids, page.header("link").map(str::to_owned))
    };
    assert_eq!(ids("").await.0, [1, 2, 3, 4]);
    assert_eq!(ids("?role=super_admin").await.0, [1, 3]);
    assert_eq!(ids("?role=user&is_active=true").await.0, [2]);
    let (first, link) = ids("?role=user&limit=1").await;
    assert_eq!(first, [2]);
    let next = link.unwrap().split_once("users").unwrap().1.split_once('>').unwrap().0.to_owned();
    assert_eq!(ids(&next).await, (vec![4], None));
    for wrong in ["?limit=0", "?role=root", "?is_active=2", "?rol=user"] {
        assert_eq!(room.get(&session, &format!("{USERS}{wrong}")).await.status, 422, "{wrong}");
    }
}
