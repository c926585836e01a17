//! Tokens of applications, without a server before them.

use super::*;
use crate::{NewApplicationToken, StoreError};

fn token(number: u8) -> NewApplicationToken {
    NewApplicationToken {
        name: "shop".into(),
        digest: [number; 32],
        last_four: "abcd".into(),
        tasks: Some(vec!["extraction".into()]),
        models: None,
        daily_tokens: Some(5),
        monthly_tokens: None,
        requests_per_minute: Some(7),
        expires_at: Timestamp(100),
    }
}

#[tokio::test]
async fn a_token_comes_back_as_it_was_made_and_no_number_is_used_twice() {
    let (_data, store) = with_two().await;
    let one = store.add_application_token(&token(1), &act()).await.unwrap();
    let nothing = NewApplicationToken { models: Some(Vec::new()), tasks: None, ..token(2) };
    let two = store.add_application_token(&nothing, &act()).await.unwrap();
    assert_eq!((&one.made, &two.made), (&token(1), &nothing));
    assert_eq!(store.application_tokens().await.unwrap(), [two, one.clone()]);
    assert!(one.is_good(Timestamp(99)) && !one.is_good(Timestamp(100)));
    assert!(store.add_application_token(&token(1), &act()).await.is_err());
    for (rule, sql) in [
        ("an end before its beginning", "UPDATE application_tokens SET expires_at = created_at"),
        ("a quota of nothing", "UPDATE application_tokens SET daily_tokens = 0"),
        ("a scope that is no list", "UPDATE application_tokens SET tasks = 'extraction'"),
    ] {
        assert!(refused(&store, sql).await, "{rule}");
    }
}

#[tokio::test]
async fn a_token_is_revoked_once_and_its_entries_hold_no_digest() {
    let (_data, store) = with_two().await;
    let made = store.add_application_token(&token(1), &act()).await.unwrap();
    let revoke = |at| Act { action: "token.revoke", at: Timestamp(at), ..act() };
    let first = store.revoke_application_token(made.number, &revoke(5)).await.unwrap();
    let again = store.revoke_application_token(made.number, &revoke(9)).await.unwrap();
    assert_eq!((first.revoked_at, &again), (Some(Timestamp(5)), &first));
    assert!(!first.is_good(Timestamp(6)));
    let missing = store.revoke_application_token(made.number + 1, &revoke(9)).await;
    assert!(matches!(missing, Err(StoreError::Gone)));
    let entries = store.audit_entries(2).await.unwrap();
    assert_eq!([&entries[0].action, &entries[1].action], ["token.revoke", "provider.create"]);
    let told = format!("{entries:?}");
    assert!(told.contains("ends in abcd") && !told.contains("digest"), "{told}");
    assert_eq!(store.verify_audit(None).await.unwrap().broken, None);
}
