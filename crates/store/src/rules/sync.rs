//! Remotes and what comes down from one: whole or not at all, with its entries, and no secret in any of them.

use model::{ProviderDraft, ProviderId, ProviderType, Timestamp, command::Existing};
use uuid::Uuid;

use super::{act, with_two};
use crate::{MemoryKind, MemoryRow, NewRemote, RemoteWay, Store, StoreError, SyncDown};

const REMOTE: Uuid = Uuid::from_u128(77);

fn id(number: u128) -> ProviderId {
    ProviderId(Uuid::from_u128(number))
}

fn remote(name: &'static str) -> NewRemote<'static> {
    NewRemote {
        id: REMOTE,
        name,
        address: "https://api.example.com",
        pin: None,
        way: RemoteWay::Token,
        user_name: "",
        sealed: Some(b"sealed-token"),
    }
}

fn row(kind: MemoryKind, body: Option<&str>) -> MemoryRow {
    MemoryRow { kind, key: "1".into(), body: body.map(str::to_owned) }
}

fn change(revision: i64, name: &str) -> SyncDown {
    let mut draft = ProviderDraft {
        model_name: "m".into(),
        display_name: name.into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    (draft.is_default, draft.tasks) = (true, vec!["extraction".parse().unwrap()]);
    SyncDown::Change {
        existing: Existing { id: id(1), revision },
        draft: Box::new(draft),
        without_key: false,
    }
}

async fn with_remote() -> (tempfile::TempDir, Store) {
    let (data, store) = with_two().await;
    store.keep_remote(&remote("Staging"), &act()).await.unwrap();
    (data, store)
}

#[tokio::test]
async fn what_comes_down_and_what_is_remembered_of_it_are_written_together_or_not_at_all() {
    let (_data, store) = with_remote().await;
    let entries = store.audit_entries(100).await.unwrap().len();
    let insert = |name: &str| {
        let draft = ProviderDraft {
            model_name: "m".into(),
            display_name: name.into(),
            ..ProviderDraft::new(ProviderType::OpenAi)
        };
        SyncDown::Insert { id: id(9), draft: Box::new(draft) }
    };
    // The second step is of an older revision than the database has.
    let downs = vec![insert("new"), change(9, "x")];
    let refused = store.keep_synced(REMOTE, downs, &[row(MemoryKind::Link, Some("{}"))], &act()).await;
    assert!(matches!(refused, Err(StoreError::Conflict)));
    let synced = store.synced(REMOTE).await.unwrap();
    assert_eq!((synced.providers.len(), synced.memory.len()), (2, 0));
    assert_eq!(store.audit_entries(100).await.unwrap().len(), entries);
    let rows = [row(MemoryKind::Link, Some("{}")), row(MemoryKind::Key, Some("3"))];
    store.keep_synced(REMOTE, vec![insert("new"), change(1, "renamed")], &rows, &act()).await.unwrap();
    let synced = store.synced(REMOTE).await.unwrap();
    assert_eq!((synced.providers.len(), synced.memory.len()), (3, 2));
    let names: Vec<&str> = synced.providers.iter().map(|one| one.draft.display_name.as_str()).collect();
    assert_eq!(names, ["renamed", "two", "new"]);
    let actions: Vec<String> =
        store.audit_entries(2).await.unwrap().into_iter().map(|entry| entry.action).collect();
    assert_eq!(actions, ["sync.update", "sync.create"]);
    store.keep_synced(REMOTE, vec![], &[row(MemoryKind::Key, None)], &act()).await.unwrap();
    assert_eq!(store.synced(REMOTE).await.unwrap().memory, [row(MemoryKind::Link, Some("{}"))]);
}

#[tokio::test]
async fn new_ones_that_come_down_together_have_an_entry_each_and_the_last_word_is_remembered() {
    let (_data, store) = with_remote().await;
    let entries = store.audit_end().await.unwrap().entries;
    let insert = |number: u128| {
        let display_name = format!("new {number}");
        let draft = ProviderDraft {
            model_name: "m".into(),
            display_name,
            ..ProviderDraft::new(ProviderType::OpenAi)
        };
        SyncDown::Insert { id: id(number), draft: Box::new(draft) }
    };
    // Over two of the places where the log is signed.
    let downs: Vec<SyncDown> =
        (100..330).map(insert).chain([change(1, "renamed")]).chain([insert(330)]).collect();
    let said = [
        (MemoryKind::Link, Some("{}")),
        (MemoryKind::Link, None),
        (MemoryKind::Key, None),
        (MemoryKind::Key, Some("4")),
    ];
    let rows = said.map(|(kind, body)| row(kind, body));
    store.keep_synced(REMOTE, downs, &rows, &act()).await.unwrap();
    let synced = store.synced(REMOTE).await.unwrap();
    assert_eq!((synced.providers.len(), synced.memory), (2 + 231, vec![row(MemoryKind::Key, Some("4"))]));
    let verified = store.verify_audit(None).await.unwrap();
    assert_eq!((verified.entries, verified.broken), (entries + 232, None));
    let newest: Vec<(String, Option<String>)> = store
        .audit_entries(3)
        .await
        .unwrap()
        .into_iter()
        .map(|entry| (entry.action, entry.target_name))
        .collect();
    let named = |action: &str, name: &str| (action.to_owned(), Some(name.to_owned()));
    assert_eq!(
        newest,
        [named("sync.create", "new 330"), named("sync.update", "renamed"), named("sync.create", "new 329")]
    );
    // One that is there already keeps all others out.
    let again = store.keep_synced(REMOTE, vec![insert(400), insert(100)], &[], &act()).await;
    assert!(matches!(again, Err(StoreError::Conflict)));
    assert_eq!(store.synced(REMOTE).await.unwrap().providers.len(), 2 + 231);
}

#[tokio::test]
async fn a_place_moves_only_from_whom_it_was_seen_with_and_with_the_deletion_of_its_holder() {
    let (_data, store) = with_remote().await;
    let to_two = |expected| SyncDown::Place { task: None, holder: Some(id(2)), expected };
    let overtaken = store.keep_synced(REMOTE, vec![to_two(None)], &[], &act()).await;
    assert!(matches!(overtaken, Err(StoreError::Conflict)));
    let first = SyncDown::Place {
        task: Some("extraction".parse().unwrap()),
        holder: Some(id(2)),
        expected: Some(id(1)),
    };
    // The first one is deleted as it was seen, although its places moved in the same transaction.
    let remove = SyncDown::Remove { existing: Existing { id: id(1), revision: 1 } };
    store.keep_synced(REMOTE, vec![to_two(Some(id(1))), first, remove], &[], &act()).await.unwrap();
    let synced = store.synced(REMOTE).await.unwrap();
    assert_eq!(
        (synced.default, synced.firsts.values().copied().collect::<Vec<_>>()),
        (Some(id(2)), vec![id(2)])
    );
    assert_eq!(synced.providers.iter().map(|one| (one.id, one.revision)).collect::<Vec<_>>(), [(id(2), 2)]);
    assert_eq!(store.verify_audit(None).await.unwrap().broken, None);
}

#[tokio::test]
async fn a_remote_that_is_forgotten_takes_its_memory_along_and_no_configuration() {
    let (_data, store) = with_remote().await;
    store.keep_synced(REMOTE, vec![], &[row(MemoryKind::Tombstone, Some("{}"))], &act()).await.unwrap();
    store.forget_remote(REMOTE, &act()).await.unwrap();
    assert!(matches!(store.synced(REMOTE).await, Err(StoreError::Gone)));
    let late = store.keep_synced(REMOTE, vec![], &[row(MemoryKind::Link, Some("{}"))], &act()).await;
    assert!(matches!(late, Err(StoreError::Gone)));
    let left: i64 = sqlx::query_scalar("SELECT count(*) FROM sync_memory")
        .fetch_one(&mut *store.connection().await.unwrap())
        .await
        .unwrap();
    assert_eq!(left, 0);
    // Its own memory begins anew when it is added again.
    store.keep_remote(&remote("Staging"), &act()).await.unwrap();
    let synced = store.synced(REMOTE).await.unwrap();
    assert_eq!((synced.providers.len(), synced.memory.len()), (2, 0));
}

#[tokio::test]
async fn the_log_of_acts_tells_of_a_remote_and_nothing_of_what_logs_in_there() {
    let (_data, store) = with_remote().await;
    let moved = NewRemote { address: "https://other.example.com", ..remote("staging 2") };
    store.keep_remote(&moved, &act()).await.unwrap();
    store.note_completed(REMOTE, Timestamp(5)).await.unwrap();
    let kept = store.remote(REMOTE).await.ok().unwrap();
    assert_eq!((kept.name.as_str(), kept.completed_at), ("staging 2", Some(Timestamp(5))));
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    let (before, after) = (entry.before.unwrap(), entry.after.unwrap());
    assert!(before.contains("api.example.com") && after.contains("other.example.com"));
    assert!(!format!("{before}{after}").contains("sealed-token"));
    let taken = NewRemote { id: Uuid::from_u128(78), ..remote("STAGING 2") };
    assert!(matches!(store.keep_remote(&taken, &act()).await, Err(StoreError::NameTaken)));
}
