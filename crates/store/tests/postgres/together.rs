//! Three servers, each with connections of its own, at once.

use std::{collections::HashSet, sync::Arc, time::Duration};

use futures::future::join_all;
use model::{Timestamp, command::Existing};
use store::{
    CallRow, Database, Idempotent, Invitation, NewSession, PgStore, Refreshed, Role, ShareWish, Spender,
    StoreError, User, Wish,
};
use tokio::time::timeout;
use uuid::Uuid;

use crate::house::{House, NOON, act, call, change, draft, id, open, with_two};

struct Servers {
    house: House,
    all: Vec<Arc<PgStore>>,
}

impl Servers {
    async fn three() -> Self {
        let house = House::postgres().await;
        let all =
            vec![open(&house.url, None).await, open(&house.url, None).await, open(&house.url, None).await];
        with_two(&house.database).await;
        Self { house, all }
    }

    /// Which of them a caller meets.
    fn of(&self, caller: usize) -> Arc<PgStore> {
        Arc::clone(&self.all[caller % self.all.len()])
    }

    async fn user(&self) -> User {
        let invitation = Invitation { digest: [1; 32], expires_at: NOON.plus_days(1) };
        let database = &self.house.database;
        database.invite("ada", Role::SuperAdmin, &invitation, &act("user.invite")).await.unwrap();
        database.take_up(&[1; 32], ("hash", b"sealed"), &[], &act("user.take_up")).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_sixty_changes_of_one_revision_one_is_made_and_the_chain_holds() {
    let servers = Servers::three().await;
    let read = Existing { id: id(2), revision: 1 };
    let changes = (0..60).map(|caller| {
        let store = servers.of(caller);
        tokio::spawn(async move {
            let renamed = change(draft(&format!("by {caller}")));
            let made = store
                .insert(id(100 + caller as u128), change(draft(&format!("new {caller}"))), &act("a"))
                .await;
            (store.update(read, renamed, &act("provider.update")).await, made)
        })
    });
    let outcomes: Vec<_> = join_all(changes).await.into_iter().map(Result::unwrap).collect();
    let made = outcomes.iter().filter(|(updated, _)| updated.is_ok()).count();
    assert_eq!(made, 1);
    for (updated, made) in outcomes {
        made.unwrap();
        assert!(matches!(updated, Ok(()) | Err(StoreError::Conflict)), "{updated:?}");
    }
    let verified = servers.house.database.verify_audit(Vec::new()).await.unwrap();
    assert_eq!((verified.entries, verified.broken), (2 + 60 + 1, None));
    let serving = servers.all[0].serving().await.unwrap();
    assert_eq!(serving.providers.len(), 62);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn six_hundred_guesses_at_once_at_one_user_are_five() {
    let servers = Servers::three().await;
    let guesses = (0..600).map(|guess: usize| {
        let store = servers.of(guess);
        tokio::spawn(async move {
            let peer = format!("198.51.100.{}", guess % 250);
            loop {
                match store.begin_attempt(&peer, "Admin", NOON).await {
                    Ok(outcome) => return outcome.is_ok(),
                    // More callers than connections.
                    Err(StoreError::Away | StoreError::Busy) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        })
    });
    let passed = join_all(guesses).await.into_iter().filter(|passed| *passed.as_ref().unwrap()).count();
    assert_eq!(passed, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_good_once_is_good_once_whichever_server_is_shown_it() {
    let servers = Servers::three().await;
    let user = servers.user().await;
    let session = NewSession { id: Uuid::from_u128(1), user: &user, refresh: [1; 32] };
    servers.house.database.begin_session(&session, &act("session.begin")).await.unwrap();
    let shown = (0..12_u8).map(|caller| {
        let (store, user) = (servers.of(caller.into()), user.clone());
        tokio::spawn(async move {
            let code = store.accept_step_of(&user, 7).await.unwrap();
            let answer = store.begin_answer((&user).into(), "key", &[1; 32], NOON).await.unwrap();
            let token =
                store.refresh_session(&[1; 32], &[caller + 2; 32], &act("session.refresh")).await.unwrap();
            (code, answer, token)
        })
    });
    let outcomes: Vec<_> = join_all(shown).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|(code, ..)| *code).count(), 1);
    assert_eq!(outcomes.iter().filter(|(_, answer, _)| *answer == Idempotent::New).count(), 1);
    let renewed = outcomes.iter().filter(|(.., token)| matches!(token, Refreshed::Renewed(_))).count();
    assert_eq!(renewed, 1);
    assert!(outcomes.iter().any(|(.., token)| *token == Refreshed::Reused));
    assert_eq!(
        servers.all[0].session(session.id, NOON).await.unwrap(),
        None,
        "and then it is nobody's any more"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_servers_share_one_limit_to_its_last_token_and_not_beyond() {
    const CAP: u64 = 10_007;
    let servers = Servers::three().await;
    let takers = servers.all.iter().cloned().map(|store| {
        tokio::spawn(async move {
            let (mut held, mut mine) = (0, 0);
            loop {
                let scope = "config/1/daily_tokens".to_owned();
                let wish = Wish { scope, window_start: NOON, held, more: 13, cap: CAP, logged: 0 };
                let grant = store.grant(&[wish]).await.unwrap().remove(0);
                let new = grant.granted - u64::saturating_add_signed(held, grant.others);
                (held, mine) = (grant.granted, mine + new);
                if new == 0 {
                    return mine;
                }
            }
        })
    });
    let shares: Vec<u64> = join_all(takers).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(shares.iter().sum::<u64>(), CAP, "{shares:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn calls_that_three_servers_write_at_once_are_all_counted_and_each_once() {
    let servers = Servers::three().await;
    let writers = (0..12_usize).map(|writer| {
        let store = servers.of(writer);
        tokio::spawn(async move {
            for batch in 0..10 {
                // Two writers have each call, in different orders, and over different models and users.
                let mut rows: Vec<CallRow> = (0..40)
                    .map(|number| CallRow {
                        user_id: format!("u{}", number % 5).into(),
                        model_requested: format!("m{}", number % 3).into(),
                        ..call(&format!("{}/{batch}/{number}", writer / 2))
                    })
                    .collect();
                if writer % 2 == 1 {
                    rows.reverse();
                }
                store.log_calls(&rows).await.unwrap();
            }
        })
    });
    join_all(writers).await.into_iter().for_each(Result::unwrap);
    let spent = servers.all[0].spent_since(Spender::Everyone, Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.tokens), (6 * 10 * 40, 6 * 10 * 40 * 150));
    let lines = servers.all[0].provider_statistics(1, NOON).await.unwrap();
    assert_eq!(lines.iter().map(|line| line.total_calls).sum::<u64>(), spent.calls);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_one_server_changes_the_others_hear_of_within_a_second() {
    let servers = Servers::three().await;
    let mut ears = Vec::new();
    for store in &servers.all {
        ears.push(store.changes().await.unwrap());
    }
    let second = Duration::from_secs(1);
    servers.all[0].insert(id(9), change(draft("nine")), &act("provider.create")).await.unwrap();
    for ear in &mut ears {
        timeout(second, ear.next()).await.unwrap();
    }
    // What changes nothing that calls go by is not told.
    servers.all[1].record(&act("session.end")).await.unwrap();
    servers.all[1].log_calls(&[call("a")]).await.unwrap();
    assert!(timeout(Duration::from_millis(300), ears[0].next()).await.is_err());
    // By hand it is told, too.
    let postgres = servers.house.postgres.as_ref().unwrap();
    postgres.by_hand(&servers.house.url, "UPDATE ai_provider_configs SET is_active = FALSE WHERE id = 2");
    for ear in &mut ears {
        timeout(second, ear.next()).await.unwrap();
    }
    let database: Database = Arc::clone(&servers.all[2]).into();
    let active: HashSet<bool> =
        database.providers().await.ok().unwrap().iter().map(|one| one.draft.is_active).collect();
    assert_eq!(active.len(), 2);
}

fn share(keep: u64, more: u64) -> ShareWish {
    ShareWish { scope: "user/ada".into(), keep, more, cap: 100 }
}

#[tokio::test]
async fn shares_of_a_limit_are_never_more_than_the_limit_and_a_late_question_changes_nothing() {
    const LIVES: Duration = Duration::from_secs(300);
    let servers = Servers::three().await;
    let ask = async |at: usize, turn: u64, wish: ShareWish| {
        let holder = format!("server {at}");
        let told = servers.all[at].share_minutes(&holder, turn, LIVES, &[wish]).await.unwrap();
        told.into_iter().next().unwrap_or_default()
    };
    let told = ask(0, 1, share(0, 60)).await;
    assert_eq!((told.granted, told.others, told.holders, told.missing), (60, 0, 1, 0));
    let told = ask(1, 1, share(0, 60)).await;
    assert_eq!((told.granted, told.others, told.holders, told.missing), (40, 60, 2, 0));
    // Who asks about nothing hears that another one is short of what is its own, and who has nothing does not.
    let none = async |at: usize| {
        let holder = format!("server {at}");
        servers.all[at].share_minutes(&holder, 2, LIVES, &[]).await.unwrap()
    };
    let heard = none(0).await;
    assert_eq!((heard[0].scope.as_str(), heard[0].granted, heard[0].missing), ("user/ada", 60, 20));
    assert!(none(2).await.is_empty());
    assert_eq!(ask(0, 4, share(30, 0)).await.granted, 30);
    // It was on its way for long, and its server gave it up.
    assert_eq!(ask(0, 3, share(60, 40)).await.granted, 30);
    assert_eq!(ask(1, 2, share(40, 60)).await.granted, 70);
    // What one gives back, another has.
    assert_eq!(ask(0, 5, share(0, 0)).await.granted, 0);
    assert_eq!(ask(1, 3, share(70, 60)).await.granted, 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn questions_after_shares_at_once_are_answered_one_after_the_other() {
    let servers = Servers::three().await;
    let asks = (0..90_u64).map(|caller| {
        let store = servers.of(caller as usize);
        let (holder, wish) = (format!("run {caller}"), share(0, 1 + caller % 7));
        tokio::spawn(async move {
            store.share_minutes(&holder, 1, Duration::from_secs(300), &[wish]).await.unwrap()
        })
    });
    let granted: Vec<_> = join_all(asks).await.into_iter().flat_map(Result::unwrap).collect();
    assert_eq!(granted.iter().map(|shared| shared.granted).sum::<u64>(), 100);
}

#[tokio::test]
async fn a_share_counts_a_minute_longer_than_its_holder_uses_it() {
    let servers = Servers::three().await;
    let [first, second, _] = &servers.all[..] else { panic!("three of them") };
    first.share_minutes("first", 1, Duration::ZERO, &[share(0, 100)]).await.unwrap();
    let told = second.share_minutes("second", 1, Duration::ZERO, &[share(0, 1)]).await.unwrap();
    assert_eq!((told[0].granted, told[0].others), (0, 100));
    let postgres = servers.house.postgres.as_ref().unwrap();
    postgres.by_hand(&servers.house.url, "UPDATE minute_shares SET counts_until = counts_until - 62000");
    let told = second.share_minutes("second", 2, Duration::ZERO, &[share(0, 1)]).await.unwrap();
    assert_eq!((told[0].granted, told[0].others), (1, 0));
}
