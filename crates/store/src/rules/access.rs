//! Users, sessions and limits on guessing, without a server before them.

use super::*;
use crate::{Asker, Idempotent, Invitation, NewSession, Refreshed, Role, TakeUpError, User, UserError};

const NOON: Timestamp = Timestamp(1_795_608_000_000);

fn at(offset_ms: i64) -> Act {
    Act { action: "session.begin", at: Timestamp(NOON.0 + offset_ms), ..act() }
}

fn invitation(number: u8) -> Invitation {
    Invitation { digest: [number; 32], expires_at: Timestamp(NOON.0 + 1_000) }
}

async fn user(store: &Store, number: u8, role: Role) -> User {
    store.invite(&format!("user {number}"), role, &invitation(number), &at(0)).await.unwrap();
    store.take_up(&[number; 32], ("hash", b"sealed"), &[], &at(0)).await.unwrap()
}

async fn session(store: &Store, user: &User, number: u8) -> Uuid {
    let new = NewSession { id: Uuid::from_u128(u128::from(number)), user, refresh: [number; 32] };
    store.begin_session(&new, &at(0)).await.unwrap();
    new.id
}

#[tokio::test]
async fn two_thousand_guesses_from_a_thousand_addresses_at_one_user_are_five() {
    let (_data, store) = with_two().await;
    let mut passed = 0;
    for guess in 0..2_000 {
        let peer = format!("198.51.{}.{}", guess % 1_000 / 250, guess % 250);
        passed += usize::from(store.begin_attempt(&peer, "Admin", NOON).await.unwrap().is_ok());
    }
    assert_eq!(passed, 5);
    // Written otherwise it is the same user, and another user is another.
    assert!(store.begin_attempt("203.0.113.1", " ADMIN ", NOON).await.unwrap().is_err());
    assert!(store.begin_attempt("203.0.113.1", "other", NOON).await.unwrap().is_ok());
}

#[tokio::test]
async fn guesses_from_one_address_at_a_thousand_users_are_ten_a_minute() {
    let (_data, store) = with_two().await;
    for minute in 0..3 {
        let now = Timestamp(NOON.0 + minute * 60_000);
        let mut passed = 0;
        for guess in 0..100 {
            passed += usize::from(
                store.begin_attempt("198.51.100.1", &format!("u{guess}"), now).await.unwrap().is_ok(),
            );
        }
        assert_eq!(passed, 10, "minute {minute}");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_makes_nobody_wait_longer_than_the_longest() {
    let (_data, store) = with_two().await;
    for guess in 0..5 {
        store.begin_attempt(&guess.to_string(), "admin", NOON).await.unwrap().unwrap();
    }
    let long_ago = Timestamp(0);
    let waits = store.begin_attempt("9", "admin", long_ago).await.unwrap().unwrap_err();
    assert_eq!(waits.until, Timestamp(15 * 60_000));
}

#[tokio::test]
async fn a_used_or_old_invitation_is_none() {
    let (_data, store) = with_two().await;
    user(&store, 1, Role::SuperAdmin).await;
    let again = store.take_up(&[1; 32], ("other", b"other"), &[], &at(0)).await;
    assert!(matches!(again, Err(TakeUpError::Invalid)));
    store.invite("late", Role::User, &invitation(2), &at(0)).await.unwrap();
    let late = store.take_up(&[2; 32], ("hash", b"sealed"), &[], &at(1_000)).await;
    assert!(matches!(late, Err(TakeUpError::Invalid)));
    assert!(store.login_of("late").await.unwrap().is_none());
}

#[tokio::test]
async fn a_token_that_comes_twice_ends_its_session_alone() {
    let (_data, store) = with_two().await;
    let admin = user(&store, 1, Role::SuperAdmin).await;
    let (stolen, other) = (session(&store, &admin, 10).await, session(&store, &admin, 20).await);
    for (shown, next) in [(10, 11), (11, 12)] {
        let renewed = store.refresh_session(&[shown; 32], &[next; 32], &at(1)).await.unwrap();
        assert!(matches!(renewed, Refreshed::Renewed(_)));
    }
    assert_eq!(store.refresh_session(&[10; 32], &[13; 32], &at(2)).await.unwrap(), Refreshed::Reused);
    assert_eq!(store.refresh_session(&[12; 32], &[14; 32], &at(3)).await.unwrap(), Refreshed::Unknown);
    assert_eq!(store.session(stolen, at(3).at).await.unwrap(), None);
    assert!(store.session(other, at(3).at).await.unwrap().is_some());
    let entries = store.audit_entries(1).await.unwrap();
    assert_eq!(entries[0].action, "session.stolen");
}

#[tokio::test]
async fn the_last_super_admin_who_can_log_in_is_neither_removed_nor_lowered() {
    let (_data, store) = with_two().await;
    let admin = user(&store, 1, Role::SuperAdmin).await;
    store.invite("never came", Role::SuperAdmin, &invitation(2), &at(0)).await.unwrap();
    assert!(matches!(store.remove_user(&admin.name, &at(1)).await, Err(UserError::Last)));
    let lowered = store.invite(&admin.name, Role::User, &invitation(3), &at(1)).await;
    assert!(matches!(lowered, Err(UserError::Last)));
    user(&store, 4, Role::SuperAdmin).await;
    store.remove_user(&admin.name, &at(1)).await.unwrap();
    assert!(matches!(store.remove_user(&admin.name, &at(1)).await, Err(UserError::Unknown)));
}

#[tokio::test]
async fn a_removed_user_leaves_no_session_and_the_number_is_not_used_again() {
    let (_data, store) = with_two().await;
    user(&store, 1, Role::SuperAdmin).await;
    let plain = user(&store, 2, Role::User).await;
    let left = session(&store, &plain, 20).await;
    store.remove_user(&plain.name, &at(1)).await.unwrap();
    assert_eq!(store.session(left, at(1).at).await.unwrap(), None);
    assert!(user(&store, 3, Role::User).await.number > plain.number);
}

#[tokio::test]
async fn a_key_of_a_request_is_each_users_own() {
    let (_data, store) = with_two().await;
    let (one, two) = (user(&store, 1, Role::SuperAdmin).await, user(&store, 2, Role::User).await);
    let (one, two) = (Asker::from(&one), Asker::from(&two));
    let begin = |asker: Asker, digest: u8, at| {
        let store = &store;
        async move { store.begin_answer(asker, "key", &[digest; 32], at).await.unwrap() }
    };
    assert_eq!(begin(one, 1, NOON).await, Idempotent::New);
    assert_eq!(begin(two, 2, NOON).await, Idempotent::New);
    assert_eq!(begin(one, 1, NOON).await, Idempotent::Running);
    assert_eq!(begin(one, 2, NOON).await, Idempotent::Other);
    store.forget_unanswered().await.unwrap();
    assert_eq!(begin(one, 2, NOON).await, Idempotent::New);
    let answered = crate::Answered { status: 201, etag: None, body: "{}".into() };
    store.keep_answer(one, "key", Some(&answered)).await.unwrap();
    assert_eq!(begin(one, 2, NOON).await, Idempotent::Known(answered));
    assert_eq!(begin(one, 3, NOON.plus_days(1)).await, Idempotent::New);
}

#[tokio::test]
async fn a_request_whose_answer_found_no_room_is_forgotten_after_a_quarter_of_an_hour_and_no_other() {
    let (_data, store) = with_two().await;
    let asker = Asker::from(&user(&store, 1, Role::SuperAdmin).await);
    let begin = async |key: &str, offset_ms| {
        store.begin_answer(asker, key, &[1; 32], Timestamp(NOON.0 + offset_ms)).await.unwrap()
    };
    assert_eq!(begin("cut", 0).await, Idempotent::New);
    assert_eq!(begin("kept", 0).await, Idempotent::New);
    let answered = crate::Answered { status: 201, etag: None, body: "{}".into() };
    store.keep_answer(asker, "kept", Some(&answered)).await.unwrap();
    assert_eq!(begin("cut", 15 * 60_000 - 1).await, Idempotent::Running);
    assert_eq!(begin("cut", 15 * 60_000).await, Idempotent::New);
    assert_eq!(begin("kept", 15 * 60_000).await, Idempotent::Known(answered));
}

#[tokio::test]
async fn an_act_over_a_network_says_from_where_and_the_chain_holds() {
    let (_data, store) = with_two().await;
    let machine = crate::Machine { name: "m".into(), ip_address: Some("198.51.100.7".into()) };
    store.record(&Act { machine, ..at(0) }).await.unwrap();
    assert_eq!(store.audit_entries(1).await.unwrap()[0].ip_address.as_deref(), Some("198.51.100.7"));
    assert_eq!(store.verify_audit(None).await.unwrap().broken, None);
}
