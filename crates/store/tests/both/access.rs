//! Users, sessions and limits on guessing.

use model::Timestamp;
use store::{
    Act, Answered, Asker, Database, Idempotent, Invitation, Machine, NewSession, Refreshed, Role, StoreError,
    StoredCode, TakeUpError, User, UserError,
};
use uuid::Uuid;

use crate::{
    house::{NOON, act},
    on_both,
};

on_both! {
    two_thousand_guesses_from_a_thousand_addresses_at_one_user_are_five
    guesses_from_one_address_at_a_thousand_users_are_ten_a_minute
    a_clock_that_was_set_back_makes_nobody_wait_longer_than_the_longest
    a_used_or_old_invitation_is_none
    a_recovery_code_is_good_once_and_void_with_the_next_invitation
    whoever_has_no_recovery_codes_is_given_some_and_others_later
    a_token_that_comes_twice_ends_its_session_alone
    the_last_super_admin_who_can_log_in_is_neither_removed_nor_lowered
    a_removed_user_leaves_no_session_and_the_number_is_not_used_again
    a_key_of_a_request_is_each_users_own
    a_key_of_a_request_is_each_outsiders_own_and_no_users
    an_act_over_a_network_says_from_where_and_the_chain_holds
}

fn at(offset_ms: i64) -> Act {
    Act { at: Timestamp(NOON.0 + offset_ms), ..act("session.begin") }
}

fn invitation(number: u8) -> Invitation {
    Invitation { digest: [number; 32], expires_at: Timestamp(NOON.0 + 1_000) }
}

async fn user(store: &Database, number: u8, role: Role) -> User {
    store.invite(&format!("user {number}"), role, &invitation(number), &at(0)).await.unwrap();
    store.take_up(&[number; 32], ("hash", b"sealed"), &[], &at(0)).await.unwrap()
}

async fn session(store: &Database, user: &User, number: u8) -> Uuid {
    let new = NewSession { id: Uuid::from_u128(u128::from(number)), user, refresh: [number; 32] };
    store.begin_session(&new, &at(0)).await.unwrap();
    new.id
}

async fn two_thousand_guesses_from_a_thousand_addresses_at_one_user_are_five(store: &Database) {
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

async fn guesses_from_one_address_at_a_thousand_users_are_ten_a_minute(store: &Database) {
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

async fn a_clock_that_was_set_back_makes_nobody_wait_longer_than_the_longest(store: &Database) {
    for guess in 0..5 {
        store.begin_attempt(&guess.to_string(), "admin", NOON).await.unwrap().unwrap();
    }
    let long_ago = Timestamp(0);
    let waits = store.begin_attempt("9", "admin", long_ago).await.unwrap().unwrap_err();
    assert_eq!(waits.until, Timestamp(15 * 60_000));
}

async fn a_used_or_old_invitation_is_none(store: &Database) {
    user(store, 1, Role::SuperAdmin).await;
    let again = store.take_up(&[1; 32], ("other", b"other"), &[], &at(0)).await;
    assert!(matches!(again, Err(TakeUpError::Invalid)));
    store.invite("late", Role::User, &invitation(2), &at(0)).await.unwrap();
    let late = store.take_up(&[2; 32], ("hash", b"sealed"), &[], &at(1_000)).await;
    assert!(matches!(late, Err(TakeUpError::Invalid)));
    assert!(store.login_of("late").await.unwrap().is_none());
}

async fn a_recovery_code_is_good_once_and_void_with_the_next_invitation(store: &Database) {
    let code = |number: u8| StoredCode { salt: vec![number; 16], hash: vec![number; 32] };
    let take_up = async |name: &str, invited: u8, codes: &[StoredCode]| {
        store.invite(name, Role::User, &invitation(invited), &at(0)).await.unwrap();
        store.take_up(&[invited; 32], ("hash", b"sealed"), codes, &at(0)).await.unwrap()
    };
    let ada = take_up("ada", 1, &[code(1), code(2)]).await;
    let bob = take_up("bob", 2, &[code(1)]).await;
    let left = async |user: &User| store.recovery_codes_of(user.number).await.unwrap().len();
    let accepts = async |user: &User, number: u8| {
        store.accept_recovery_code_of(user, &code(number), &act("recovery_code.use")).await.unwrap()
    };
    assert!(accepts(&ada, 1).await);
    assert!(!accepts(&ada, 1).await && !accepts(&ada, 3).await);
    assert_eq!((left(&ada).await, left(&bob).await), (1, 1), "another user's code of these words is good");
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.action.as_str(), entry.after.as_deref()),
        ("recovery_code.use", Some(r#"{"codes_left":1}"#))
    );
    let ada = take_up("ada", 3, &[code(4)]).await;
    assert!(!accepts(&ada, 2).await, "it is one of before");
    assert!(accepts(&ada, 4).await);
    store.remove_user("bob", &at(1)).await.unwrap();
    assert_eq!((left(&ada).await, left(&bob).await), (0, 0));
}

async fn whoever_has_no_recovery_codes_is_given_some_and_others_later(store: &Database) {
    let code = |number: u8| StoredCode { salt: vec![number; 16], hash: vec![number; 32] };
    let ada = user(store, 1, Role::User).await;
    assert!(store.recovery_codes_of(ada.number).await.unwrap().is_empty());
    let make = act("recovery_codes.make");
    for codes in [[code(1), code(2)], [code(3), code(4)]] {
        store.replace_recovery_codes_of(&ada, &codes, &make).await.unwrap();
    }
    let accepts = async |number: u8| {
        store.accept_recovery_code_of(&ada, &code(number), &act("recovery_code.use")).await.unwrap()
    };
    assert!(!accepts(1).await && accepts(3).await);
    let made = &store.audit_entries(2).await.unwrap()[1];
    assert_eq!(
        (made.action.as_str(), made.after.as_deref()),
        ("recovery_codes.make", Some(r#"{"codes_left":2}"#))
    );
    store.remove_user(&ada.name, &at(1)).await.unwrap();
    let gone = store.replace_recovery_codes_of(&ada, &[code(5)], &make).await;
    assert!(matches!(gone, Err(StoreError::Gone)), "{gone:?}");
}

async fn a_token_that_comes_twice_ends_its_session_alone(store: &Database) {
    let admin = user(store, 1, Role::SuperAdmin).await;
    let (stolen, other) = (session(store, &admin, 10).await, session(store, &admin, 20).await);
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

async fn the_last_super_admin_who_can_log_in_is_neither_removed_nor_lowered(store: &Database) {
    let admin = user(store, 1, Role::SuperAdmin).await;
    store.invite("never came", Role::SuperAdmin, &invitation(2), &at(0)).await.unwrap();
    assert!(matches!(store.remove_user(&admin.name, &at(1)).await, Err(UserError::Last)));
    let lowered = store.invite(&admin.name, Role::User, &invitation(3), &at(1)).await;
    assert!(matches!(lowered, Err(UserError::Last)));
    user(store, 4, Role::SuperAdmin).await;
    store.remove_user(&admin.name, &at(1)).await.unwrap();
    assert!(matches!(store.remove_user(&admin.name, &at(1)).await, Err(UserError::Unknown)));
}

async fn a_removed_user_leaves_no_session_and_the_number_is_not_used_again(store: &Database) {
    user(store, 1, Role::SuperAdmin).await;
    let plain = user(store, 2, Role::User).await;
    let left = session(store, &plain, 20).await;
    store.remove_user(&plain.name, &at(1)).await.unwrap();
    assert_eq!(store.session(left, at(1).at).await.unwrap(), None);
    assert!(user(store, 3, Role::User).await.number > plain.number);
}

async fn a_key_of_a_request_is_each_users_own(store: &Database) {
    let (one, two) = (user(store, 1, Role::SuperAdmin).await, user(store, 2, Role::User).await);
    let (one, two) = (Asker::from(&one), Asker::from(&two));
    let begin = |asker: Asker, digest: u8, at| async move {
        store.begin_answer(asker, "key", &[digest; 32], at).await.unwrap()
    };
    assert_eq!(begin(one, 1, NOON).await, Idempotent::New);
    assert_eq!(begin(two, 2, NOON).await, Idempotent::New);
    assert_eq!(begin(one, 1, NOON).await, Idempotent::Running);
    assert_eq!(begin(one, 2, NOON).await, Idempotent::Other);
    store.keep_answer(one, "key", None).await.unwrap();
    assert_eq!(begin(one, 2, NOON).await, Idempotent::New);
    let answered = Answered { status: 201, etag: None, body: "{}".into() };
    store.keep_answer(one, "key", Some(&answered)).await.unwrap();
    assert_eq!(begin(one, 2, NOON).await, Idempotent::Known(answered));
    assert_eq!(begin(one, 3, NOON.plus_days(1)).await, Idempotent::New);
}

async fn a_key_of_a_request_is_each_outsiders_own_and_no_users(store: &Database) {
    let user = user(store, 1, Role::SuperAdmin).await;
    let begin = async |asker: Asker, digest: u8, at| {
        store.begin_answer(asker, "key", &[digest; 32], at).await.unwrap()
    };
    let one = Asker::outsider("https://app.example", "ann");
    for (asker, who) in [
        (one, "an outsider"),
        (Asker::outsider("https://app.example", "bob"), "another subject"),
        (Asker::outsider("https://other.example", "ann"), "another issuer"),
        (Asker::outsider("https://app.examplea", "nn"), "the same letters, cut elsewhere"),
        ((&user).into(), "a user"),
    ] {
        assert_eq!(begin(asker, 1, NOON).await, Idempotent::New, "{who}");
    }
    assert_eq!(begin(one, 1, NOON).await, Idempotent::Running);
    assert_eq!(begin(one, 2, NOON).await, Idempotent::Other);
    let answered = Answered { status: 201, etag: Some("\"1\"".into()), body: "{}".into() };
    store.keep_answer(one, "key", Some(&answered)).await.unwrap();
    assert_eq!(begin(one, 1, NOON).await, Idempotent::Known(answered));
    let bob = Asker::outsider("https://app.example", "bob");
    assert_eq!(begin(bob, 1, NOON).await, Idempotent::Running, "the answer was the other's");
    store.keep_answer(bob, "key", None).await.unwrap();
    assert_eq!(begin(bob, 2, NOON).await, Idempotent::New);
    assert_eq!(begin(one, 3, NOON.plus_days(1)).await, Idempotent::New, "kept for a day");
}

async fn an_act_over_a_network_says_from_where_and_the_chain_holds(store: &Database) {
    let machine = Machine { name: "m".into(), ip_address: Some("198.51.100.7".into()) };
    store.record(&Act { machine, ..at(0) }).await.unwrap();
    assert_eq!(store.audit_entries(1).await.unwrap()[0].ip_address.as_deref(), Some("198.51.100.7"));
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}
