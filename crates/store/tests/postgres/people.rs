//! Users and sessions as the administration over HTTP will find them, by hand where only the embedded database offers it yet.

use model::Timestamp;
use store::{Act, Answered, Asker, Idempotent, Invitation, Machine, NewSession, Role, TakeUpError};
use uuid::Uuid;

use crate::house::{House, NOON, act};

fn invitation(number: u8) -> Invitation {
    Invitation { digest: [number; 32], expires_at: NOON.plus_days(1) }
}

#[tokio::test]
async fn who_is_disabled_is_out_at_once_and_an_invitation_at_the_console_lets_them_back() {
    let house = House::postgres().await;
    let (store, postgres) = (&house.database, house.postgres.as_ref().unwrap());
    store.invite("ada", Role::SuperAdmin, &invitation(1), &act("user.invite")).await.unwrap();
    let user = store.take_up(&[1; 32], ("hash", b"sealed"), &[], &act("user.take_up")).await.unwrap();
    let machine = Machine { name: "m".into(), ip_address: Some("198.51.100.7".into()) };
    let new = NewSession { id: Uuid::from_u128(1), user: &user, refresh: [1; 32] };
    store.begin_session(&new, &Act { machine, ..act("session.begin") }).await.unwrap();
    assert_eq!(postgres.by_hand(&house.url, "SELECT ip_address FROM sessions"), "198.51.100.7");
    let revision = || postgres.by_hand(&house.url, "SELECT revision FROM users");
    assert_eq!(revision(), "2", "made, then given a password");
    store.invite("ada", Role::SuperAdmin, &invitation(2), &act("user.invite")).await.unwrap();
    assert!(store.session(new.id, NOON).await.unwrap().is_some());
    assert!(store.invited(&[2; 32], NOON).await.is_ok());
    postgres.by_hand(&house.url, "UPDATE users SET disabled_at = 1");
    assert!(store.session(new.id, NOON).await.unwrap().is_none());
    assert!(store.login_of("ada").await.unwrap().is_none());
    assert!(matches!(store.invited(&[2; 32], NOON).await, Err(TakeUpError::Invalid)));
    store.invite("ada", Role::SuperAdmin, &invitation(3), &act("user.invite")).await.unwrap();
    assert!(store.login_of("ada").await.unwrap().is_some());
    store
        .take_up(
            &[3; 32],
            ("hash", b"sealed"),
            &[],
            &Act { at: Timestamp(NOON.0 + 1), ..act("user.take_up") },
        )
        .await
        .unwrap();
}

#[tokio::test]
async fn a_request_whose_answer_found_no_room_is_forgotten_after_a_quarter_of_an_hour_and_no_other() {
    let house = House::postgres().await;
    let (store, postgres) = (&house.database, house.postgres.as_ref().unwrap());
    let asker = Asker::outsider("https://app.example", "ann");
    let begin = async |key: &str| store.begin_answer(asker, key, &[1; 32], NOON).await.unwrap();
    assert_eq!((begin("cut").await, begin("kept").await), (Idempotent::New, Idempotent::New));
    let answered = Answered { status: 201, etag: None, body: "{}".into() };
    store.keep_answer(asker, "kept", Some(&answered)).await.unwrap();
    let pass = |time: &str| {
        let sql = format!("UPDATE idempotent_requests SET begun = begun - interval '{time}'");
        postgres.by_hand(&house.url, &sql);
    };
    pass("14 minutes");
    assert_eq!(begin("cut").await, Idempotent::Running, "another server may be answering it");
    pass("2 minutes");
    assert_eq!(begin("cut").await, Idempotent::New);
    assert_eq!(begin("kept").await, Idempotent::Known(answered));
}
