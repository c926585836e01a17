//! Tokens of applications.

use model::Timestamp;
use store::{Database, NewApplicationToken, StoreError};

use crate::{
    house::{NOON, act},
    on_both,
};

on_both! {
    a_token_is_kept_as_it_was_made_and_revoked_once
    one_digest_is_of_one_token
}

fn token(number: u8) -> NewApplicationToken {
    NewApplicationToken {
        name: format!("shop {number}"),
        digest: [number; 32],
        last_four: "abcd".into(),
        tasks: Some(vec!["extraction".into()]),
        models: None,
        daily_tokens: Some(1_000_000),
        monthly_tokens: None,
        requests_per_minute: Some(u32::MAX),
        expires_at: NOON.plus_days(1),
    }
}

async fn a_token_is_kept_as_it_was_made_and_revoked_once(store: &Database) {
    let unscoped = NewApplicationToken { tasks: Some(Vec::new()), models: Some(Vec::new()), ..token(2) };
    let mut made = Vec::new();
    for new in [token(1), unscoped] {
        let stored = store.add_application_token(&new, &act("token.create")).await.unwrap();
        assert_eq!((&stored.made, &stored.created_by, stored.created_at), (&new, &"ada".to_owned(), NOON));
        assert_eq!(store.application_token(stored.number).await.unwrap(), stored);
        made.insert(0, stored);
    }
    assert_eq!(store.application_tokens().await.unwrap(), made, "the newest first");
    let number = made[0].number;
    let revoked = store.revoke_application_token(number, &act("token.revoke")).await.unwrap();
    assert_eq!(revoked.revoked_at, Some(NOON));
    let entries = store.audit_entries(1).await.unwrap();
    assert_eq!(
        (entries[0].action.as_str(), entries[0].target_name.as_deref()),
        ("token.revoke", Some("shop 2"))
    );
    let later = store::Act { at: Timestamp(NOON.0 + 1), ..act("token.revoke") };
    assert_eq!(store.revoke_application_token(number, &later).await.unwrap(), revoked);
    assert_eq!(store.audit_entries(1).await.unwrap(), entries, "nothing was done the second time");
    assert!(matches!(store.application_token(number + 1).await, Err(StoreError::Gone)));
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}

async fn one_digest_is_of_one_token(store: &Database) {
    store.add_application_token(&token(1), &act("token.create")).await.unwrap();
    assert!(store.add_application_token(&token(1), &act("token.create")).await.is_err());
    assert_eq!(store.application_tokens().await.unwrap().len(), 1);
    assert_eq!(
        store.audit_entries(9).await.unwrap().iter().filter(|one| one.action == "token.create").count(),
        1
    );
}
