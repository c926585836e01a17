use model::{FailureCode, ProviderType};

use super::{
    super::list::{Column, tests as sample},
    *,
};

fn two() -> Workspace {
    let providers =
        vec![sample::provider(1, "A", ProviderType::OpenAi), sample::provider(2, "B", ProviderType::Claude)];
    Workspace::default().reduce(Action::Listed(sample::list(providers)))
}

#[test]
fn a_provider_that_is_gone_is_no_longer_selected_or_focused() {
    let gone = two().providers().unwrap().providers[1].id;
    let state = two().reduce(Action::Toggle(gone)).reduce(Action::Focus(gone));
    let left = sample::list(vec![sample::provider(1, "A", ProviderType::OpenAi)]);
    let state = state.reduce(Action::Listed(left));
    assert!(state.selected.is_empty());
    assert_eq!(state.focused, None);
}

#[test]
fn nothing_of_what_was_drawn_beneath_the_lock_screen_is_left_in_an_open_vault() {
    let list = two().providers().cloned();
    let open = Workspace::prepared().reduce(Action::Opened(list.clone()));
    assert_eq!(open.providers(), list.as_ref());
    assert_eq!(Workspace::prepared().reduce(Action::Opened(None)).list, Load::Waiting);
}

#[test]
fn a_window_whose_list_does_not_come_can_be_used_and_one_whose_list_is_here_once_it_is_painted() {
    assert!(Workspace::prepared().reduce(Action::Opened(None)).painted);
    let open = Workspace::prepared().reduce(Action::Opened(two().providers().cloned()));
    assert!(!open.painted);
    assert!(open.reduce(Action::Painted).painted);
}

#[test]
fn a_test_replaces_the_row_it_was_made_for_and_ends() {
    let mut tested = two().providers().unwrap().providers[0].clone();
    let id = tested.id;
    tested.last_test = Some(sample::report(model::TestOutcome::Works, 612));
    let state = two().reduce(Action::TestBegan(id, 7)).reduce(Action::TestEnded(id, Some(Box::new(tested))));
    assert!(state.testing.is_empty());
    assert!(state.provider(id).unwrap().last_test.is_some());
}

#[test]
fn a_list_that_cannot_be_read_again_leaves_the_old_one_and_says_so() {
    let failure = Failure::new(FailureCode::Other, "the disk failed", "Try again.");
    let state = two().reduce(Action::NotListed(failure.clone()));
    assert!(state.providers().is_some());
    assert_eq!(state.toasts.shown().len(), 1);
    assert_eq!(Workspace::default().reduce(Action::NotListed(failure.clone())).list, Load::Failed(failure));
}

#[test]
fn a_page_that_was_read_once_stays_when_it_cannot_be_read_again() {
    let failure = Failure::new(FailureCode::Other, "the disk failed", "Try again.");
    let view = super::super::routing::tests::view();
    let state = two().reduce(Action::NotRouted(failure.clone()));
    assert_eq!(state.routing, Load::Failed(failure.clone()));
    let state = state.reduce(Action::Routing(routing::Edit::Read(view)));
    let state = state.reduce(Action::NotRouted(failure));
    assert!(matches!(state.routing, Load::Ready(_)));
    assert_eq!(state.toasts.shown().len(), 1);
}

#[test]
fn clearing_the_filters_keeps_the_order() {
    let state = two().reduce(Action::SortBy(Column::Cost)).reduce(Action::Search("a".into()));
    let cleared = state.reduce(Action::ClearQuery);
    assert_eq!(cleared.query.sort.by, Column::Cost);
    assert!(!cleared.query.narrows());
}

#[test]
fn a_batch_counts_what_has_ended_and_what_has_passed() {
    let state =
        two().reduce(Action::BatchBegan(2)).reduce(Action::BatchStep(true)).reduce(Action::BatchStep(false));
    assert_eq!(state.batch, Some(Batch { done: 2, passed: 1, total: 2, stopping: false }));
    assert_eq!(state.reduce(Action::BatchEnded).batch, None);
}

#[test]
fn conflicts_are_counted_by_server_until_they_are_decided_or_their_server_is_forgotten() {
    let (staging, production) = (RemoteId::from_u128(1), RemoteId::from_u128(2));
    let counted = |state: &Workspace| state.conflicts.values().sum::<usize>();
    let state = Workspace::default().reduce(Action::Compared(staging, 2));
    let state = state.reduce(Action::Compared(production, 1));
    assert_eq!(counted(&state), 3);
    let state = state.reduce(Action::Compared(staging, 0));
    assert_eq!(counted(&state), 1);
    assert_eq!(counted(&state.reduce(Action::Remotes(Vec::new()))), 0);
}

#[test]
fn what_was_chosen_in_the_palette_is_remembered_once_and_the_latest_first() {
    let choose = |state: Workspace, deed| state.reduce(Action::Chosen(deed));
    let all = [Deed::Lock, Deed::Help, Deed::TestAll, Deed::First, Deed::OwnOrder, Deed::AddTask, Deed::Help];
    let state = all.into_iter().fold(Workspace::default(), choose);
    assert_eq!(*state.recent, [Deed::Help, Deed::AddTask, Deed::OwnOrder, Deed::First, Deed::TestAll]);
}
