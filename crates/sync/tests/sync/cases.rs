//! Single cases, each a sentence.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use model::{ProviderId, ProviderType};
use sync::{
    Accept, Commit, Creating, Direction, Field, Goes, Keeper as _, Kind, Memory, Place, Remote, RemoteError,
    Report, Seen, Side, Suspicion, SyncError, There, Updating, Value, Waits, Why,
};
use uuid::Uuid;

use crate::{
    desk::fields,
    random::Random,
    remote::{Line, Offers, Shared},
};

const KEY: &str = "test-openai-key-0001";

fn id(number: u128) -> ProviderId {
    ProviderId(Uuid::from_u128(number))
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn line(remote: &Shared) -> Line<'_> {
    Line { to: remote, desk: 0, random: Mutex::new(Random::new(0)), cuts: 0, others: 0, turns: 0 }
}

async fn run(remote: &Shared, desk: &Memory) -> Report {
    sync::sync(&line(remote), desk, Direction::Both, Accept::default()).await.unwrap()
}

async fn look(remote: &Shared, desk: &Memory) -> sync::Plan {
    sync::look(&line(remote), desk, Accept::default()).await.unwrap().plan
}

/// A desk and a remote that agree on so many configurations.
async fn agreed(offers: Offers, count: u128) -> (Shared, Memory) {
    let (remote, desk) = (Shared::new(offers), Memory::default());
    for number in 1..=count {
        desk.create(id(number), ProviderType::OpenAi, fields(&number.to_string()));
        desk.type_key(id(number), KEY);
    }
    let report = run(&remote, &desk).await;
    assert_eq!(report.up, usize::try_from(count).unwrap());
    // Who looks at values of others in these tests is meant to.
    let values: BTreeSet<Value> =
        desk.here().records.values().flat_map(|local| local.fields.values().cloned()).collect();
    remote.world.lock().unwrap().known[0].extend(values);
    (remote, desk)
}

#[tokio::test]
async fn a_look_lists_every_difference_and_changes_nothing_on_either_side() {
    let (remote, desk) = agreed(Offers::Everything, 4).await;
    desk.edit(id(1), Field::Description, text("here"));
    remote.edit(2, Field::ModelName, text("there"));
    desk.edit(id(3), Field::DailyTokenLimit, Value::Limit(Some(1)));
    remote.edit(3, Field::DailyTokenLimit, Value::Limit(Some(2)));
    remote.delete(4);
    desk.create(id(5), ProviderType::OpenAi, fields("5"));
    remote.add(fields("6"));
    desk.hold(Place::Default, Some(id(1)));
    let (here, state) = (desk.here(), desk.state());
    let there = remote.world.lock().unwrap().records.clone();
    let plan = look(&remote, &desk).await;
    let kinds: Vec<Kind> = plan.differences.iter().map(|difference| difference.kind).collect();
    let wanted = [
        Kind::ChangedHere,
        Kind::ChangedThere,
        Kind::Conflict,
        Kind::DeletedThere,
        Kind::NewHere,
        Kind::NewThere,
        Kind::ChangedHere,
    ];
    assert_eq!(kinds, wanted);
    assert_eq!((desk.here(), desk.state()), (here, state));
    assert_eq!(remote.world.lock().unwrap().records, there);
}

#[tokio::test]
async fn different_fields_of_one_configuration_merge_and_the_same_field_is_a_question() {
    let (remote, desk) = agreed(Offers::Everything, 1).await;
    desk.edit(id(1), Field::Description, text("here"));
    remote.edit(1, Field::ModelName, text("there"));
    run(&remote, &desk).await;
    let seen = remote.world.lock().unwrap().records[&1].clone();
    assert_eq!(seen.fields[&Field::Description], text("here"));
    assert_eq!(desk.here().records[&id(1)].fields[&Field::ModelName], text("there"));
    desk.edit(id(1), Field::Description, text("mine"));
    remote.edit(1, Field::Description, text("yours"));
    run(&remote, &desk).await;
    let plan = look(&remote, &desk).await;
    let conflict = plan.conflicts().next().unwrap();
    assert_eq!(conflict.why, Why::BothChanged);
    assert_eq!(desk.here().records[&id(1)].fields[&Field::Description], text("mine"));
    assert_eq!(remote.world.lock().unwrap().records[&1].fields[&Field::Description], text("yours"));
}

#[tokio::test]
async fn a_decision_holds_for_what_was_shown_and_not_for_what_came_later() {
    let (remote, desk) = agreed(Offers::Everything, 1).await;
    desk.edit(id(1), Field::Description, text("mine"));
    remote.edit(1, Field::Description, text("yours"));
    let plan = look(&remote, &desk).await;
    let choice = plan.conflicts().next().unwrap().choose(Side::Ours);
    desk.commit(Commit { state: vec![choice], ..Commit::default() }).await.unwrap();
    remote.edit(1, Field::Description, text("yours, later"));
    run(&remote, &desk).await;
    assert_eq!(look(&remote, &desk).await.conflicts().count(), 1);
    assert_eq!(remote.world.lock().unwrap().records[&1].fields[&Field::Description], text("yours, later"));
}

#[tokio::test]
async fn a_key_goes_up_when_that_very_key_was_chosen_and_once() {
    let (remote, desk) = (Shared::new(Offers::Everything), Memory::default());
    desk.create(id(1), ProviderType::OpenAi, fields("1"));
    let plan = look(&remote, &desk).await;
    assert_eq!(plan.differences[0].waits, Some(Waits::ForKey));
    run(&remote, &desk).await;
    assert!(remote.numbers().is_empty());
    desk.type_key(id(1), KEY);
    assert_eq!(run(&remote, &desk).await.up, 1);
    assert!(desk.state().keys.is_empty());
    assert_eq!(run(&remote, &desk).await.up, 0);
    // The choice was about a key that is not there any more.
    let change = sync::StateChange::Key(id(1), Some(0));
    desk.commit(Commit { state: vec![change], ..Commit::default() }).await.unwrap();
    assert!(look(&remote, &desk).await.is_empty());
}

#[tokio::test]
async fn a_base_url_goes_up_only_with_a_key_that_was_chosen_for_it() {
    let (remote, desk) = agreed(Offers::Everything, 1).await;
    desk.edit(id(1), Field::BaseUrl, text("https://gateway.example/v1"));
    assert_eq!(look(&remote, &desk).await.differences[0].waits, Some(Waits::ForKey));
    assert_eq!(run(&remote, &desk).await.up, 0);
    desk.type_key(id(1), KEY);
    assert_eq!(run(&remote, &desk).await.up, 1);
    assert!(look(&remote, &desk).await.is_empty());
}

#[tokio::test]
async fn two_sides_that_each_moved_the_default_ask_who_has_it() {
    let (remote, desk) = agreed(Offers::Everything, 3).await;
    desk.hold(Place::Default, Some(id(1)));
    run(&remote, &desk).await;
    desk.hold(Place::Default, Some(id(2)));
    remote.hold(3, Place::Default);
    run(&remote, &desk).await;
    let plan = look(&remote, &desk).await;
    let conflict = plan.conflicts().next().unwrap();
    assert_eq!(conflict.about, sync::About::Place(Place::Default));
    let choice = conflict.choose(Side::Theirs);
    desk.commit(Commit { state: vec![choice], ..Commit::default() }).await.unwrap();
    run(&remote, &desk).await;
    assert_eq!(desk.here().places[&Place::Default], id(3));
    assert!(look(&remote, &desk).await.is_empty());
}

#[tokio::test]
async fn a_default_that_moves_leaves_one_also_on_a_remote_that_knows_no_exclusion() {
    let (remote, desk) = agreed(Offers::Nothing, 2).await;
    for holder in [1, 2] {
        desk.hold(Place::Default, Some(id(holder)));
        run(&remote, &desk).await;
    }
    let world = remote.world.lock().unwrap();
    let holds = |number: i64| world.records[&number].places[&Place::Default];
    assert_eq!((holds(1), holds(2)), (false, true));
}

#[tokio::test]
async fn several_holders_there_are_never_taken_over() {
    let (remote, desk) = agreed(Offers::Nothing, 2).await;
    remote.hold(1, Place::Extraction);
    remote.hold(2, Place::Extraction);
    let plan = look(&remote, &desk).await;
    let conflict = plan.conflicts().next().unwrap();
    assert_eq!(conflict.why, Why::SeveralHolders);
    let choice = conflict.choose(Side::Theirs);
    desk.commit(Commit { state: vec![choice], ..Commit::default() }).await.unwrap();
    run(&remote, &desk).await;
    assert!(desk.here().places.is_empty());
}

#[tokio::test]
async fn a_deletion_against_a_change_is_a_question_on_either_side() {
    let (remote, desk) = agreed(Offers::Everything, 2).await;
    desk.delete(id(1));
    remote.edit(1, Field::Description, text("changed there"));
    remote.delete(2);
    desk.edit(id(2), Field::Description, text("changed here"));
    run(&remote, &desk).await;
    assert_eq!(look(&remote, &desk).await.conflicts().count(), 2);
    assert!(remote.numbers() == [1] && desk.here().records.contains_key(&id(2)));
}

#[tokio::test]
async fn what_was_deleted_and_is_back_is_a_rollback_and_not_new() {
    let (remote, desk) = agreed(Offers::Everything, 2).await;
    let old = remote.world.lock().unwrap().records[&1].clone();
    desk.delete(id(1));
    run(&remote, &desk).await;
    remote.world.lock().unwrap().records.insert(1, old);
    let looked = sync::look(&line(&remote), &desk, Accept::default()).await;
    let error = looked.err().unwrap();
    assert_eq!(error, SyncError::Suspicious(Suspicion::RolledBack { numbers: vec![1] }));
}

#[tokio::test]
async fn after_an_accepted_rollback_every_difference_is_a_question() {
    let (remote, desk) = agreed(Offers::Everything, 2).await;
    let old = remote.world.lock().unwrap().records.clone();
    desk.edit(id(1), Field::Description, text("later"));
    run(&remote, &desk).await;
    remote.world.lock().unwrap().records = old;
    let accept = Accept { rolled_back: true, ..Accept::default() };
    sync::sync(&line(&remote), &desk, Direction::Both, accept).await.unwrap();
    assert_eq!(desk.here().records[&id(1)].fields[&Field::Description], text("later"));
    let plan = look(&remote, &desk).await;
    assert_eq!(plan.conflicts().map(|conflict| conflict.why).collect::<Vec<_>>(), [Why::NeverAgreed]);
}

#[tokio::test]
async fn what_cannot_be_here_waits_and_says_why() {
    let (remote, desk) = agreed(Offers::Everything, 1).await;
    remote.edit(1, Field::DailyTokenLimit, Value::Limit(Some(0)));
    remote.edit(1, Field::BaseUrl, text("javascript:alert(1)"));
    let plan = look(&remote, &desk).await;
    assert!(matches!(&plan.differences[0].waits, Some(Waits::ForRemote(why)) if !why.is_empty()));
    assert_eq!(run(&remote, &desk).await.down, 0);
}

#[tokio::test]
async fn two_who_never_met_pair_by_type_and_name_and_ask_about_the_rest() {
    let (remote, desk) = (Shared::new(Offers::Everything), Memory::default());
    let mut theirs = fields("same");
    theirs.insert(Field::Description, text("theirs"));
    remote.add(theirs);
    desk.create(id(1), ProviderType::OpenAi, fields("same"));
    let plan = look(&remote, &desk).await;
    assert_eq!(plan.differences.len(), 1);
    assert_eq!(plan.differences[0].fields[0].goes, Goes::Undecided(Why::NeverAgreed));
}

/// A remote that does what it is asked and loses the answer to the first request of a kind.
struct Loses<'a> {
    line: Line<'a>,
    creates: AtomicBool,
    updates: AtomicBool,
}

impl<'a> Loses<'a> {
    fn new(remote: &'a Shared) -> Self {
        Self { line: line(remote), creates: AtomicBool::new(true), updates: AtomicBool::new(true) }
    }

    fn cut<T>(first: &AtomicBool, answer: T) -> Result<T, RemoteError> {
        let lost = first.swap(false, Ordering::SeqCst);
        if lost { Err(RemoteError::Cut { host: "remote".into() }) } else { Ok(answer) }
    }
}

impl Remote for Loses<'_> {
    async fn list(&self) -> Result<There, RemoteError> {
        self.line.list().await
    }

    async fn get(&self, number: i64) -> Result<Seen, RemoteError> {
        self.line.get(number).await
    }

    async fn create(&self, creating: Creating<'_>) -> Result<Seen, RemoteError> {
        Self::cut(&self.creates, self.line.create(creating).await?)
    }

    async fn update(&self, number: i64, updating: Updating<'_>) -> Result<Seen, RemoteError> {
        Self::cut(&self.updates, self.line.update(number, updating).await?)
    }

    async fn delete(&self, number: i64, if_match: Option<i64>) -> Result<(), RemoteError> {
        self.line.delete(number, if_match).await
    }
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_is_found_and_not_made_again() {
    for offers in [Offers::Everything, Offers::Dates, Offers::Nothing] {
        let (remote, desk) = (Shared::new(offers), Memory::default());
        desk.create(id(1), ProviderType::OpenAi, fields("1"));
        desk.type_key(id(1), KEY);
        let loses = Loses::new(&remote);
        let cut = sync::sync(&loses, &desk, Direction::Both, Accept::default()).await;
        assert!(matches!(cut, Err(SyncError::Remote(RemoteError::Cut { .. }))));
        // Edited before anybody knew what became of it.
        remote.world.lock().unwrap().known[0].extend(fields("1").into_values());
        desk.edit(id(1), Field::DisplayName, text("renamed"));
        run(&remote, &desk).await;
        assert_eq!(remote.numbers(), [1], "{offers:?}");
        assert_eq!(remote.world.lock().unwrap().records[&1].name(), "renamed");
    }
}

#[tokio::test]
async fn a_change_that_arrived_and_was_taken_back_by_somebody_is_not_made_again_unasked() {
    for offers in [Offers::Everything, Offers::Dates, Offers::Nothing] {
        let (remote, desk) = agreed(offers, 1).await;
        let before = desk.here().records[&id(1)].fields[&Field::Description].clone();
        desk.edit(id(1), Field::Description, text("sent"));
        let loses = Loses::new(&remote);
        sync::sync(&loses, &desk, Direction::Both, Accept::default()).await.unwrap_err();
        remote.edit(1, Field::Description, before.clone());
        run(&remote, &desk).await;
        assert_eq!(remote.world.lock().unwrap().records[&1].fields[&Field::Description], before);
        let plan = look(&remote, &desk).await;
        assert_eq!(plan.conflicts().next().unwrap().why, Why::Interrupted, "{offers:?}");
    }
}

#[tokio::test]
async fn what_was_edited_offline_waits_and_goes_when_the_remote_is_back() {
    let (remote, desk) = agreed(Offers::Everything, 2).await;
    desk.edit(id(1), Field::Description, text("one"));
    desk.edit(id(2), Field::ModelName, text("two"));
    let gone = Line { cuts: 100, ..line(&remote) };
    assert!(sync::sync(&gone, &desk, Direction::Both, Accept::default()).await.is_err());
    desk.delete(id(2));
    let report = run(&remote, &desk).await;
    assert_eq!((report.up, remote.numbers()), (2, vec![1]));
}

#[tokio::test]
async fn a_push_brings_nothing_down_and_a_pull_sends_nothing_up() {
    let (remote, desk) = agreed(Offers::Everything, 2).await;
    desk.edit(id(1), Field::Description, text("up"));
    remote.edit(2, Field::Description, text("down"));
    let there = remote.world.lock().unwrap().records.clone();
    sync::sync(&line(&remote), &desk, Direction::Pull, Accept::default()).await.unwrap();
    assert_eq!(remote.world.lock().unwrap().records, there);
    assert_eq!(desk.here().records[&id(2)].fields[&Field::Description], text("down"));
    remote.edit(2, Field::Description, text("down again"));
    let here = desk.here();
    sync::sync(&line(&remote), &desk, Direction::Push, Accept::default()).await.unwrap();
    assert_eq!(desk.here(), here);
    assert_eq!(remote.world.lock().unwrap().records[&1].fields[&Field::Description], text("up"));
}
