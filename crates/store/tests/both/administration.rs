//! What the administration over HTTP changes by number and revision: users, their sessions, quotas, tasks of one's own.

use model::{TaskName, Timestamp, limits::UserQuota};
use store::{
    Act, Database, Invitation, NewSession, Person, PersonChange, Role, SaveRoutesError, StoreError, UserError,
};
use uuid::Uuid;

use crate::{
    house::{NOON, act, id, with_two},
    on_both,
};

on_both! {
    a_user_is_made_once_and_shown_as_invited_until_the_token_is_void
    a_change_of_a_user_that_was_changed_meanwhile_is_a_conflict_and_changes_nothing
    whoever_may_do_less_is_out_at_once_and_the_last_super_admin_stays
    own_sessions_are_listed_newest_first_and_those_of_others_are_not_found
    a_quota_has_the_revision_that_was_seen_or_it_is_not_changed
    quotas_come_by_name_behind_one_and_any_name_is_one
    a_task_of_ones_own_goes_with_its_route_and_whoever_served_it_first_hears_of_it
}

fn at(offset_ms: i64, action: &'static str) -> Act {
    Act { at: Timestamp(NOON.0 + offset_ms), ..act(action) }
}

fn invitation(number: u8) -> Invitation {
    Invitation { digest: [number; 32], expires_at: Timestamp(NOON.0 + 1_000) }
}

async fn person(store: &Database, name: &str, number: u8, role: Role) -> Person {
    let made = store.add_person(name, role, &invitation(number), &at(0, "user.invite")).await.unwrap();
    store.take_up(&[number; 32], ("hash", b"sealed"), &[], &at(0, "user.take_up")).await.unwrap();
    store.person(made.user.number, NOON).await.unwrap()
}

async fn session(store: &Database, of: &Person, number: u8, offset_ms: i64) -> Uuid {
    let id = Uuid::from_u128(u128::from(number));
    let new = NewSession { id, user: &of.user, refresh: [number; 32] };
    store.begin_session(&new, &at(offset_ms, "session.begin")).await.unwrap();
    id
}

fn seen(person: &Person) -> (i64, i64) {
    (person.user.number, person.revision)
}

async fn a_user_is_made_once_and_shown_as_invited_until_the_token_is_void(store: &Database) {
    let made = store.add_person("Ann", Role::User, &invitation(1), &at(0, "user.invite")).await.unwrap();
    assert_eq!((made.user.can_log_in, made.sessions, made.disabled_at), (false, 0, None));
    assert_eq!(made.invited_until, Some(Timestamp(NOON.0 + 1_000)));
    let again = store.add_person(" ANN", Role::SuperAdmin, &invitation(2), &at(0, "user.invite")).await;
    assert!(matches!(again, Err(UserError::Taken)), "{again:?}");
    let nameless = store.add_person(" ", Role::User, &invitation(3), &at(0, "user.invite")).await;
    assert!(matches!(nameless, Err(UserError::Name)));
    let late = Timestamp(NOON.0 + 1_000);
    assert_eq!(store.person(made.user.number, late).await.unwrap().invited_until, None);
    let other = person(store, "bob", 4, Role::User).await;
    assert_eq!(other.user.number, made.user.number + 1, "a name that was taken uses no number up");
    let everyone = store.people(NOON).await.unwrap();
    assert_eq!(everyone, [made, other]);
    assert!(matches!(store.person(99, NOON).await, Err(UserError::Unknown)));
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}

async fn a_change_of_a_user_that_was_changed_meanwhile_is_a_conflict_and_changes_nothing(store: &Database) {
    person(store, "root", 1, Role::SuperAdmin).await;
    let ann = person(store, "ann", 2, Role::User).await;
    let raise = PersonChange { role: Some(Role::SuperAdmin), is_active: None };
    let raised = store.change_person(seen(&ann), raise, &at(1, "user.update")).await.unwrap();
    assert_eq!((raised.user.role, raised.revision), (Role::SuperAdmin, ann.revision + 1));
    let lock = PersonChange { role: None, is_active: Some(false) };
    let late = store.change_person(seen(&ann), lock, &at(2, "user.update")).await;
    assert!(matches!(late, Err(UserError::Store(StoreError::Conflict))), "{late:?}");
    let late = store.delete_person(seen(&ann), &at(2, "user.delete")).await;
    assert!(matches!(late, Err(UserError::Store(StoreError::Conflict))));
    assert_eq!(store.person(ann.user.number, NOON).await.unwrap(), raised);
    let nothing = PersonChange::default();
    let entries = store.audit_entries(1).await.unwrap();
    let same = store.change_person(seen(&raised), nothing, &at(3, "user.update")).await.unwrap();
    assert_eq!((same, store.audit_entries(1).await.unwrap()), (raised, entries), "nothing was changed");
}

async fn whoever_may_do_less_is_out_at_once_and_the_last_super_admin_stays(store: &Database) {
    let root = person(store, "root", 1, Role::SuperAdmin).await;
    let open = session(store, &root, 1, 0).await;
    for change in [
        PersonChange { role: Some(Role::User), is_active: None },
        PersonChange { role: None, is_active: Some(false) },
    ] {
        let refused = store.change_person(seen(&root), change, &at(1, "user.update")).await;
        assert!(matches!(refused, Err(UserError::Last)), "{change:?}");
    }
    assert!(matches!(store.delete_person(seen(&root), &at(1, "user.delete")).await, Err(UserError::Last)));
    assert!(store.session(open, NOON).await.unwrap().is_some());
    let other = person(store, "other", 2, Role::SuperAdmin).await;
    let lock = PersonChange { role: None, is_active: Some(false) };
    let locked = store.change_person(seen(&root), lock, &at(2, "user.update")).await.unwrap();
    assert_eq!((locked.disabled_at, locked.sessions), (Some(Timestamp(NOON.0 + 2)), 0));
    assert_eq!(store.session(open, NOON).await.unwrap(), None);
    assert!(store.login_of("root").await.unwrap().is_none());
    // Whoever is locked out does not count as another.
    assert!(matches!(store.delete_person(seen(&other), &at(3, "user.delete")).await, Err(UserError::Last)));
    store.delete_person(seen(&locked), &at(3, "user.delete")).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.action.as_str(), entry.target_name.as_deref(), entry.before.as_deref()),
        ("user.delete", Some("root"), Some(r#"{"is_active":false,"role":"super_admin"}"#))
    );
}

async fn own_sessions_are_listed_newest_first_and_those_of_others_are_not_found(store: &Database) {
    let (ann, bob) = (person(store, "ann", 1, Role::User).await, person(store, "bob", 2, Role::User).await);
    let old = session(store, &ann, 1, 0).await;
    let new = session(store, &ann, 2, 60_000).await;
    let his = session(store, &bob, 3, 0).await;
    let now = Timestamp(NOON.0 + 60_000);
    let listed = store.sessions_of(ann.user.number, now).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [new, old]);
    assert_eq!(listed[1].ends_at, Timestamp(NOON.0 + 30 * 60_000));
    for nobodys in [his, Uuid::from_u128(9)] {
        let ended = store.end_own_session(&ann.user, nobodys, &at(60_000, "session.end")).await;
        assert!(matches!(ended, Err(StoreError::Gone)));
    }
    store.end_own_session(&ann.user, old, &at(60_000, "session.end")).await.unwrap();
    assert_eq!(store.session(old, now).await.unwrap(), None);
    assert_eq!(store.sessions_of(ann.user.number, now).await.unwrap().len(), 1);
    assert_eq!(store.sessions_of(bob.user.number, now).await.unwrap().len(), 1);
    // Half an hour on, none of them goes on.
    assert!(store.sessions_of(ann.user.number, NOON.plus_days(1)).await.unwrap().is_empty());
    assert_eq!(store.person(bob.user.number, now).await.unwrap().sessions, 1);
}

fn quota(user: &str, daily: u64) -> UserQuota {
    UserQuota {
        user: user.into(),
        daily_tokens: Some(daily),
        monthly_tokens: None,
        requests_per_minute: Some(u32::MAX),
    }
}

async fn a_quota_has_the_revision_that_was_seen_or_it_is_not_changed(store: &Database) {
    let set = async |quota, seen| store.set_quota(&quota, seen, &act("quota.set")).await;
    let first = set(quota("ann", 5), None).await.unwrap();
    assert_eq!(first.quota, quota("ann", 5));
    assert!(matches!(set(quota("ann", 6), None).await, Err(StoreError::Conflict)), "there is one");
    let second = set(quota("ann", 6), Some(first.revision)).await.unwrap();
    assert!(second.revision > first.revision);
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!(
        (entry.before.as_deref(), entry.after.as_deref(), entry.target_name.as_deref()),
        (Some(r#"{"daily_tokens":5}"#), Some(r#"{"daily_tokens":6}"#), Some("ann"))
    );
    let delete = async |seen| store.delete_quota("ann", seen, &act("quota.delete")).await;
    assert!(matches!(delete(first.revision).await, Err(StoreError::Conflict)));
    delete(second.revision).await.unwrap();
    assert_eq!(store.quota_of("ann").await.unwrap(), None);
    let again = set(quota("ann", 5), None).await.unwrap();
    assert!(again.revision > second.revision, "one that was made again is not the one of before");
    assert!(set(quota("ann", 0), Some(again.revision)).await.is_err(), "a quota of nothing is refused");
    assert_eq!(store.quota_of("ann").await.unwrap(), Some(again));
}

async fn quotas_come_by_name_behind_one_and_any_name_is_one(store: &Database) {
    let names = ["B", "a", "a b", "é", "日本", "*"];
    for name in names {
        store.set_quota(&quota(name, 5), None, &act("quota.set")).await.unwrap();
    }
    let (mut seen, mut behind) = (Vec::new(), String::new());
    loop {
        let page = store.quotas_after(&behind, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        behind.clone_from(&last.quota.user);
        seen.extend(page.into_iter().map(|one| one.quota.user));
    }
    let mut sorted = names.map(str::to_owned);
    sorted.sort();
    assert_eq!(seen, sorted, "by bytes, whatever the database's language");
}

async fn a_task_of_ones_own_goes_with_its_route_and_whoever_served_it_first_hears_of_it(store: &Database) {
    with_two(store).await;
    let own: TaskName = "own".parse().unwrap();
    store.add_task(&own, &act("task.add")).await.unwrap();
    let (seen, mut routes) = store.routing().await.unwrap();
    let chain = routes.iter().find(|route| route.task.as_str() == "extraction").unwrap().chain.clone();
    let route = routes.iter_mut().find(|route| route.task == own).unwrap();
    route.chain = chain;
    let revision =
        store.save_routes(seen, std::slice::from_ref(route), &act("routing.change")).await.unwrap();
    let first = store.provider(id(1)).await.ok().unwrap();
    let stale = store.remove_task(&own, seen, &act("task.remove")).await;
    assert!(matches!(stale, Err(SaveRoutesError::Conflict)));
    store.remove_task(&own, revision, &act("task.remove")).await.unwrap();
    let (after, routes) = store.routing().await.unwrap();
    assert!(after > revision && routes.iter().all(|route| route.task != own));
    let heard = store.provider(id(1)).await.ok().unwrap();
    assert_eq!(heard.revision, first.revision + 1);
    assert_eq!(heard.draft.tasks.len(), 1);
    let unknown = store.remove_task(&own, after, &act("task.remove")).await;
    assert!(matches!(unknown, Err(SaveRoutesError::Store(StoreError::NoSuchTask))), "{unknown:?}");
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!((entry.action.as_str(), entry.target.as_deref()), ("task.remove", Some("own")));
}
