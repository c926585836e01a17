//! Logging in, and the limits on guessing.

use std::time::Duration;

use serde_json::{Value, json};
use server::Role;

use crate::{
    client::{CONFIGS, Request},
    room::{ADMIN_PASSWORD, Room, Session},
};

/// Of one session, or of one peer.
const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn there_are_no_default_credentials_and_the_one_time_token_is_good_once() {
    let (room, token) = Room::new().await;
    for password in ["admin", "password", "", "signalbox"] {
        let reply = room.try_log_in("admin", password, "000000").await;
        assert_eq!((reply.status, reply.code()), (401, "login_refused"));
    }
    let wrong = json!({ "token": "wrong", "password": ADMIN_PASSWORD });
    let take_up = |body| room.send(Request::new("POST", "/api/v1/auth/take-up").json(body));
    assert_eq!(take_up(&wrong).await.code(), "token_refused");
    let short = json!({ "token": token, "password": "eleven chars"[..11] });
    assert_eq!(take_up(&short).await.body["error"]["fields"][0]["field"], "password");
    room.pass(MINUTE);
    let admin = room.take_up(&token, ADMIN_PASSWORD).await;
    let again = json!({ "token": token, "password": "another password of mine" });
    assert_eq!(take_up(&again).await.status, 401);
    let session = room.log_in(&admin).await;
    assert_eq!(room.get(&session, CONFIGS).await.status, 200);
}

#[tokio::test]
async fn a_one_time_token_is_void_after_a_day() {
    let (room, token) = Room::new().await;
    room.pass(Duration::from_secs(24 * 3600));
    let body = json!({ "token": token, "password": ADMIN_PASSWORD });
    let reply = room.send(Request::new("POST", "/api/v1/auth/take-up").json(&body)).await;
    assert_eq!((reply.status, reply.code()), (401, "token_refused"));
}

#[tokio::test]
async fn a_wrong_name_password_or_code_look_alike_and_a_code_is_good_once() {
    let (room, admin, _) = Room::open().await;
    room.pass(MINUTE);
    let code = admin.code(room.now());
    let wrong_name = room.try_log_in("nobody", ADMIN_PASSWORD, &code).await;
    let wrong_password = room.try_log_in("admin", "plover lantern orbit quilts", &code).await;
    let wrong_code = room.try_log_in("admin", ADMIN_PASSWORD, &admin.wrong_code(room.now())).await;
    assert_eq!(wrong_name.status, 401);
    assert_eq!(wrong_name.body, wrong_password.body);
    assert_eq!(wrong_name.body, wrong_code.body);
    Session::of(&room.try_log_in("ADMIN", ADMIN_PASSWORD, &code).await);
    assert_eq!(room.try_log_in("admin", ADMIN_PASSWORD, &code).await.status, 401);
}

#[tokio::test]
async fn a_recovery_code_takes_the_place_of_a_code_once_and_a_new_invitation_brings_others() {
    let (room, token) = Room::new().await;
    let enrol = async |token: &str| {
        let body = json!({ "token": token, "password": ADMIN_PASSWORD });
        let reply = room.send(Request::new("POST", "/api/v1/auth/take-up").json(&body)).await;
        let codes = reply.data()["recovery_codes"].as_array().unwrap().clone();
        codes.into_iter().map(|code| code.as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    let codes = enrol(&token).await;
    assert_eq!(codes.len(), 10);
    // However it is typed; and once.
    let typed = codes[0].to_uppercase().replace('-', " ");
    let session = Session::of(&room.try_log_in("admin", ADMIN_PASSWORD, &typed).await);
    let again = room.try_log_in("admin", ADMIN_PASSWORD, &codes[0]).await;
    assert_eq!((again.status, again.code()), (401, "login_refused"));
    // Without the password it is nothing, and nobody's is nobody's.
    for (name, password) in [("admin", "plover lantern orbit quilts"), ("nobody", ADMIN_PASSWORD)] {
        let refused = room.try_log_in(name, password, &codes[1]).await;
        assert_eq!((refused.status, &refused.body), (401, &again.body));
    }
    let proof = |code: &str| {
        let body = json!({ "code": code });
        room.send(Request::new("POST", "/api/v1/auth/step-up").bearer(&session.access).json(&body))
    };
    proof(&codes[1]).await.data();
    assert_eq!(proof(&codes[1]).await.code(), "code_refused");
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=recovery_code.use").await;
    let left: Vec<_> =
        log.data().as_array().unwrap().iter().map(|one| one["after"]["codes_left"].clone()).collect();
    assert_eq!(left, [json!(8), json!(9)]);
    // Who lost the phone comes to a new one without a console.
    let path = "/api/v1/super-admin/users/1/invitation";
    let invited = room.ask(&session, "POST", path, None).await;
    let new = enrol(invited.data()["one_time_token"].as_str().unwrap()).await;
    room.pass(MINUTE);
    assert_eq!(room.try_log_in("admin", ADMIN_PASSWORD, &codes[2]).await.status, 401);
    Session::of(&room.try_log_in("admin", ADMIN_PASSWORD, &new[0]).await);
}

#[tokio::test]
async fn other_recovery_codes_are_made_with_a_second_factor_of_now_and_void_those_of_before() {
    const CODES: &str = "/api/v1/auth/me/recovery-codes";
    let (mut room, token) = Room::new().await;
    let body = json!({ "token": token, "password": ADMIN_PASSWORD });
    let reply = room.send(Request::new("POST", "/api/v1/auth/take-up").json(&body)).await;
    let strings = |of: &Value| {
        let codes = of["recovery_codes"].as_array().unwrap().iter();
        codes.map(|code| code.as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    let first = strings(reply.data());
    let session = Session::of(&room.try_log_in("admin", ADMIN_PASSWORD, &first[0]).await);
    let ask = || Request::new("POST", CODES).bearer(&session.access).header("idempotency-key", "codes");
    let made = room.send(ask()).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let second = strings(made.data());
    assert_eq!((second.len(), first.iter().any(|code| second.contains(code))), (10, false));
    // What is kept for whoever sends it again has none of them, and makes none.
    let again = room.send(ask()).await;
    assert_eq!((again.status, strings(again.data())), (201, Vec::new()));
    assert_eq!(room.try_log_in("admin", ADMIN_PASSWORD, &first[1]).await.status, 401);
    let session = Session::of(&room.try_log_in("admin", ADMIN_PASSWORD, &second[0]).await);
    let log = room.get(&session, "/api/v1/super-admin/audit-log?action=recovery_codes.make").await;
    assert_eq!(log.data().as_array().unwrap().len(), 1);
    // And at the console, for whoever has lost all of it but the way to the server.
    let third = room
        .at_console(async |site, options| {
            let make = async |name| server::make_recovery_codes_of(site, name, &options.now).await;
            assert!(matches!(make("nobody").await, Err(server::RecoveryError::Nobody)));
            make("admin").await.unwrap()
        })
        .await;
    assert_eq!(room.try_log_in("admin", ADMIN_PASSWORD, &second[1]).await.status, 401);
    Session::of(&room.try_log_in("admin", ADMIN_PASSWORD, &third[0]).await);
}

#[tokio::test]
async fn ten_attempts_a_minute_come_through_from_one_address() {
    let (room, admin, _) = Room::open().await;
    room.pass(MINUTE);
    let mut statuses = Vec::new();
    for guess in 0..30 {
        // Each at another user, so that none of them has to wait for its own failures; the header is nobody's whom we trust.
        let body = json!({ "user_name": format!("user {guess}"), "password": "a guess of a password", "code": "123456" });
        let request = Request::new("POST", "/api/v1/auth/login")
            .header("x-forwarded-for", &format!("198.51.100.{guess}"));
        statuses.push(room.send(request.json(&body)).await.status);
    }
    assert_eq!(statuses, [vec![401; 10], vec![429; 20]].concat());
    // One that is right has to wait as well, and need not for longer than the minute.
    let reply = room.try_log_in("admin", ADMIN_PASSWORD, &admin.code(room.now())).await;
    assert_eq!((reply.status, reply.header("retry-after")), (429, Some("60")));
    room.pass(MINUTE);
    room.log_in(&admin).await;
}

#[tokio::test]
async fn waits_double_for_a_user_who_is_guessed_at_and_a_restart_forgets_none() {
    let (mut room, admin, _) = Room::open().await;
    room.pass(MINUTE);
    let guess = async |room: &Room| room.try_log_in("admin", "a guess of a password", "123456").await;
    for _ in 0..5 {
        assert_eq!(guess(&room).await.status, 401);
    }
    for wait in [1, 2, 4, 8] {
        let reply = guess(&room).await;
        assert_eq!((reply.status, reply.header("retry-after")), (429, Some(wait.to_string().as_str())));
        room.stop().await;
        room.start().await;
        assert_eq!(guess(&room).await.status, 429, "after a restart");
        room.pass(Duration::from_secs(wait) + MINUTE);
        assert_eq!(guess(&room).await.status, 401);
        room.pass(Duration::ZERO);
    }
    // The right password ends it, once the wait is over.
    room.pass(MINUTE);
    room.log_in(&admin).await;
    assert_eq!(guess(&room).await.status, 401);
    assert_eq!(guess(&room).await.status, 401);
}

#[tokio::test]
async fn many_guesses_at_once_are_as_few_as_one_after_the_other() {
    let (room, _, _) = Room::open().await;
    room.pass(MINUTE);
    let guesses = (0..40).map(|_| room.try_log_in("admin", "a guess of a password", "123456"));
    let replies = futures_of(guesses).await;
    let looked_at = replies.iter().filter(|status| **status == 401).count();
    assert_eq!((looked_at, replies.len()), (5, 40));
    assert!(replies.iter().all(|status| [401, 429].contains(status)), "{replies:?}");
}

/// All at once.
async fn futures_of(all: impl Iterator<Item = impl Future<Output = crate::client::Reply>>) -> Vec<u16> {
    let mut pinned: Vec<_> = all.map(Box::pin).collect();
    let mut done = vec![0; pinned.len()];
    std::future::poll_fn(|context| {
        for (one, status) in pinned.iter_mut().zip(&mut done) {
            if *status == 0
                && let std::task::Poll::Ready(reply) = one.as_mut().poll(context)
            {
                *status = reply.status;
            }
        }
        if done.contains(&0) { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    done
}

#[tokio::test]
async fn sensitive_operations_need_the_second_factor_of_the_last_five_minutes() {
    let (room, admin, mut session) = Room::open().await;
    let body = room.create_body(model::ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    let made = room.create(&session, &body).await.data()["id"].clone();
    room.pass(Duration::from_secs(301));
    session = Session::of(
        &room
            .send(
                Request::new("POST", "/api/v1/auth/refresh")
                    .json(&json!({ "refresh_token": session.refresh })),
            )
            .await,
    );
    let key = json!({ "api_key": "test-openai-key-0002" });
    let raised = json!({ "daily_token_limit": null });
    assert_eq!(
        room.put(&session, &made, &json!({ "daily_token_limit": 5 })).await.status,
        200,
        "a limit that appears"
    );
    for reply in [
        room.create(&session, &body).await,
        room.put(&session, &made, &key).await,
        room.put(&session, &made, &raised).await,
        room.delete(&session, &made).await,
    ] {
        assert_eq!((reply.status, reply.code()), (403, "mfa_required"));
    }
    assert_eq!(room.put(&session, &made, &json!({ "description": "not sensitive" })).await.status, 200);
    let step_up = |code: String| {
        room.send(
            Request::new("POST", "/api/v1/auth/step-up")
                .bearer(&session.access)
                .json(&json!({ "code": code })),
        )
    };
    assert_eq!(step_up(admin.wrong_code(room.now())).await.code(), "code_refused");
    assert_eq!(step_up(admin.code(room.now())).await.status, 200);
    assert_eq!(room.put(&session, &made, &key).await.status, 200);
    assert_eq!(room.delete(&session, &made).await.status, 200);
}

#[tokio::test]
async fn the_last_super_admin_stays() {
    let (mut room, _, _) = Room::open().await;
    let removed =
        room.at_console(async |site, options| server::remove_user(site, "admin", &options.now).await).await;
    assert_eq!(removed.unwrap_err().to_string(), "this is the last super_admin");
    let lowered = room
        .at_console(async |site, options| server::invite(site, "admin", Role::User, &options.now).await)
        .await;
    assert!(lowered.is_err());
    // One that was invited and never came does not count.
    room.at_console(async |site, options| {
        server::invite(site, "second", Role::SuperAdmin, &options.now).await.ok().unwrap();
        assert!(server::remove_user(site, "admin", &options.now).await.is_err());
    })
    .await;
}
