//! Chains in the database: what is refused, what moves, and what is written down about it.

use model::{
    ProviderId,
    command::Existing,
    limits::CallSettings,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use uuid::Uuid;

use super::{act, refused, with_two};
use crate::{Act, Change, KeyChange, SaveRoutesError, Store, StoreError};

fn id(number: u128) -> ProviderId {
    ProviderId(Uuid::from_u128(number))
}

fn member(number: u128, weight: u32) -> ChainMember {
    ChainMember { provider: id(number), weight }
}

fn route(task: &str, chain: Vec<ChainMember>) -> TaskRoute {
    TaskRoute {
        task: task.parse().unwrap(),
        mode: RouteMode::Split,
        chain,
        needs: Needs { vision: true, context_tokens: Some(64_000), ..Needs::default() },
        bounds: AutoBounds { min_quality: Some(3), ..AutoBounds::default() },
    }
}

fn saving() -> Act {
    Act { action: "routes.save", ..act() }
}

async fn edit(store: &Store, number: u128, tasks: &[&str]) -> crate::Before {
    let provider = store.provider(id(number)).await.ok().unwrap();
    let tasks = tasks.iter().map(|task| task.parse().unwrap()).collect();
    let draft = model::ProviderDraft { tasks, ..provider.draft };
    let change = Change { draft, key: KeyChange::Keep, test: None };
    store.update(Existing { id: id(number), revision: provider.revision }, change, &act()).await.unwrap()
}

async fn chain(store: &Store, task: &str) -> Vec<ChainMember> {
    let (_, routes) = store.routing().await.unwrap();
    routes.into_iter().find(|route| route.task.as_str() == task).unwrap().chain
}

#[tokio::test]
async fn the_database_forbids_routes_that_must_not_be() {
    let (_data, store) = with_two().await;
    for (rule, sql) in [
        ("a weight above the limit", "UPDATE task_routes SET weight = 1001"),
        ("a negative weight", "UPDATE task_routes SET weight = -1"),
        ("an unknown mode", "UPDATE tasks SET mode = 'random'"),
        ("needs that are no object", "UPDATE tasks SET needs = '[]'"),
        ("bounds that are no JSON", "UPDATE tasks SET bounds = 'fast'"),
        ("an empty prompt", "UPDATE tasks SET prompt = ''"),
        ("a revision that stays", "UPDATE routing SET revision = revision"),
        ("a second revision", "INSERT INTO routing (only_row, revision) VALUES (2, 1)"),
        ("call settings that are no object", "UPDATE ai_provider_configs SET call_settings = '1'"),
    ] {
        assert!(refused(&store, sql).await, "{rule}");
    }
}

#[tokio::test]
async fn saved_routes_come_back_and_each_has_its_entry() {
    let (_data, store) = with_two().await;
    let (seen, _) = store.routing().await.unwrap();
    let wanted =
        [route("extraction", vec![member(2, 700), member(1, 300)]), route("cv_draft", vec![member(1, 0)])];
    let revision = store.save_routes(seen, &wanted, &saving()).await.unwrap();
    let (now, routes) = store.routing().await.unwrap();
    assert!(now == revision && revision > seen);
    assert_eq!(routes[..2], wanted);
    assert_eq!(routes[2].chain, []);
    let entries = store.audit_entries(10).await.unwrap();
    let entry = entries.iter().find(|entry| entry.target.as_deref() == Some("extraction")).unwrap();
    assert_eq!(entry.action, "routes.save");
    assert!(entry.before.as_ref().unwrap().contains(r#""mode":"chain""#), "{entry:?}");
    assert!(entry.after.as_ref().unwrap().contains("700"), "{entry:?}");
}

#[tokio::test]
async fn who_loses_a_first_place_by_a_saved_route_is_a_changed_record() {
    let (_data, store) = with_two().await;
    let (seen, _) = store.routing().await.unwrap();
    let chain = vec![member(2, 0), member(1, 0)];
    store.save_routes(seen, &[route("extraction", chain)], &saving()).await.unwrap();
    for (number, tasks) in [(1, 0), (2, 1)] {
        let provider = store.provider(id(number)).await.ok().unwrap();
        assert_eq!((provider.revision, provider.draft.tasks.len()), (2, tasks));
    }
}

#[tokio::test]
async fn routes_seen_before_another_change_are_not_saved() {
    let (_data, store) = with_two().await;
    let (seen, _) = store.routing().await.unwrap();
    edit(&store, 2, &["extraction"]).await;
    let late = store.save_routes(seen, &[route("cv_draft", vec![member(1, 1)])], &saving()).await;
    assert!(matches!(late, Err(SaveRoutesError::Conflict)), "{late:?}");
    assert_eq!(chain(&store, "cv_draft").await, []);
}

#[tokio::test]
async fn an_edit_that_moves_no_first_place_is_no_change_of_the_routes() {
    let (_data, store) = with_two().await;
    let (seen, _) = store.routing().await.unwrap();
    edit(&store, 1, &["extraction"]).await;
    store.save_routes(seen, &[route("cv_draft", vec![member(1, 1)])], &saving()).await.unwrap();
}

#[tokio::test]
async fn a_refused_route_leaves_those_before_it_unsaved_too() {
    let (_data, store) = with_two().await;
    let (seen, before) = store.routing().await.unwrap();
    let good = route("cv_draft", vec![member(1, 1)]);
    for bad in [
        route("extraction", vec![member(1, 1), member(1, 1)]),
        route("extraction", vec![member(9, 1)]),
        route("extraction", vec![member(1, 1_001)]),
        route("no_such_task", vec![]),
    ] {
        assert!(store.save_routes(seen, &[good.clone(), bad], &saving()).await.is_err());
        assert_eq!(store.routing().await.unwrap(), (seen, before.clone()));
    }
    let unknown = store.save_routes(seen, &[route("no_such_task", vec![])], &saving()).await;
    assert!(matches!(unknown, Err(SaveRoutesError::Store(StoreError::NoSuchTask))));
    let gone = store.save_routes(seen, &[route("extraction", vec![member(9, 1)])], &saving()).await;
    assert!(matches!(gone, Err(SaveRoutesError::Gone)));
}

#[tokio::test]
async fn a_form_that_takes_a_first_place_keeps_the_rest_and_undo_brings_it_back_whole() {
    let (_data, store) = with_two().await;
    let (seen, _) = store.routing().await.unwrap();
    let was = vec![member(1, 600), member(2, 400)];
    store.save_routes(seen, &[route("extraction", was.clone())], &saving()).await.unwrap();
    let before = edit(&store, 2, &["extraction"]).await;
    assert_eq!(chain(&store, "extraction").await, [member(2, 400), member(1, 600)]);
    store.undo(&before, &act()).await.unwrap();
    assert_eq!(chain(&store, "extraction").await, was);
}

#[tokio::test]
async fn the_next_moves_up_when_the_first_is_deleted_and_undo_brings_places_and_shares_back() {
    let (_data, store) = with_two().await;
    let (seen, _) = store.routing().await.unwrap();
    let routes = [
        route("extraction", vec![member(1, 600), member(2, 400)]),
        route("validation", vec![member(2, 10), member(1, 20)]),
    ];
    store.save_routes(seen, &routes, &saving()).await.unwrap();
    let revision = store.provider(id(1)).await.ok().unwrap().revision;
    let before = store.delete(Existing { id: id(1), revision }, &act()).await.unwrap();
    assert_eq!(chain(&store, "extraction").await, [member(2, 400)]);
    assert_eq!(store.provider(id(2)).await.ok().unwrap().draft.tasks.len(), 2);
    store.undo(&before, &act()).await.unwrap();
    assert_eq!(store.routing().await.unwrap().1[0], routes[0]);
    assert_eq!(chain(&store, "validation").await, routes[1].chain);
}

#[tokio::test]
async fn call_settings_are_kept_and_written_down() {
    let (_data, store) = with_two().await;
    let provider = store.provider(id(2)).await.ok().unwrap();
    let calls = CallSettings { requests_per_minute: Some(60), quality: Some(4), ..CallSettings::default() };
    let draft = model::ProviderDraft { calls: calls.clone(), ..provider.draft };
    let change = Change { draft, key: KeyChange::Keep, test: None };
    store.update(Existing { id: id(2), revision: 1 }, change, &act()).await.unwrap();
    assert_eq!(store.provider(id(2)).await.ok().unwrap().draft.calls, calls);
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert!(entry.after.unwrap().contains(r#""requests_per_minute":60"#));
}

#[tokio::test]
async fn one_read_has_everything_that_is_served_by() {
    let (_data, store) = with_two().await;
    store.set_task_prompt(&"cv_draft".parse().unwrap(), Some("Be brief."), &act()).await.unwrap();
    let serving = store.serving().await.unwrap();
    assert_eq!((serving.providers.len(), serving.routes.len(), serving.default), (2, 4, Some(id(1))));
    assert_eq!((serving.revision, serving.routes), store.routing().await.unwrap());
    assert_eq!(serving.prompts.into_values().collect::<Vec<_>>(), ["Be brief."]);
    assert!(serving.catalog.is_none() && serving.quotas.is_empty());
}
