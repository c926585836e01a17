//! Minutes of several servers, with a database that does what `share_minutes` of migration 28 does.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const CAP: u64 = 50;
const SHARED: Cap = Cap { most: CAP, shared: true };
const SCOPE: &str = "config/1/requests_per_minute";

/// Shares by server: what is granted, what it is short of, and until when it counts.
#[derive(Default)]
struct Table(BTreeMap<usize, (u64, u64, u64)>);

impl Table {
    fn ask(&mut self, now: u64, holder: usize, lives: u64, wish: &ShareWish) -> Shared {
        self.0.retain(|_, (.., until)| *until >= now);
        let elsewhere = self.sum(|other| other != holder);
        let mine = self.0.get(&holder).map(|row| row.0);
        let kept = wish.keep.min(mine.unwrap_or(wish.cap.saturating_sub(elsewhere)));
        let grown = kept + wish.more.min(wish.cap.saturating_sub(elsewhere).saturating_sub(kept));
        self.0.insert(holder, (grown, wish.more - (grown - kept), now + lives + 61_000));
        self.0.retain(|_, (share, short, _)| *share > 0 || *short > 0);
        self.told(holder)
    }

    fn told(&self, holder: usize) -> Shared {
        Shared {
            scope: SCOPE.into(),
            granted: self.sum(|one| one == holder),
            others: self.sum(|one| one != holder),
            holders: self.0.len() as u64,
            missing: self.0.iter().filter(|(one, _)| **one != holder).map(|(_, row)| row.1).sum(),
        }
    }

    fn sum(&self, of: impl Fn(usize) -> bool) -> u64 {
        self.0.iter().filter(|(one, _)| of(**one)).map(|(_, row)| row.0).sum()
    }
}

/// What a server's look does, or a caller's question.
fn ask(minute: &mut Minute, table: &mut Table, now: u64, holder: usize) -> bool {
    let Some(wish) = minute.wish(now, SCOPE) else { return false };
    let shared = table.ask(now, holder, LIVES_MS, &wish);
    minute.shared(now, &wish, &shared);
    true
}

/// A caller, who asks the database as often as he is told to. Says whether he passes, and how often he asked.
fn call(minute: &mut Minute, table: &mut Table, now: u64, holder: usize, amount: u64) -> (bool, u32) {
    let mut asked = 0;
    loop {
        match minute.look(now, amount, SHARED) {
            Look::Fits => return (minute.take(now, amount, SHARED).is_some(), asked),
            Look::Full(_) => {
                minute.want(amount, SHARED);
                return (false, asked);
            }
            Look::Short => {
                minute.want(amount, SHARED);
                assert!(ask(minute, table, now, holder), "a caller who is short has something to ask");
                asked += 1;
                assert!(asked < 3, "one caller asks again and again");
            }
        }
    }
}

#[test]
fn one_server_has_all_of_a_limit_and_asks_for_it_in_blocks() {
    let (mut minute, mut table, mut asked) = (Minute::default(), Table::default(), 0);
    let cap = Cap { most: 3_200, shared: true };
    for _ in 0..3_200 {
        while minute.look(0, 1, cap) == Look::Short {
            minute.want(1, cap);
            assert!(ask(&mut minute, &mut table, 0, 0));
            asked += 1;
        }
        minute.take(0, 1, cap).unwrap();
    }
    assert!(asked <= 32, "{asked}");
    let Look::Full(full) = minute.look(0, 1, cap) else { panic!("it is used up") };
    assert_eq!((full.used, full.room_at), (3_200, 61_000));
}

#[test]
fn what_one_does_not_use_any_more_serves_another_a_minute_later() {
    let (mut first, mut second, mut table) = (Minute::default(), Minute::default(), Table::default());
    for _ in 0..CAP {
        assert!(call(&mut first, &mut table, 0, 0, 1).0);
    }
    assert!(!call(&mut second, &mut table, 1_000, 1, 1).0, "all of it passed a second ago");
    assert!(!ask(&mut first, &mut table, 59_000, 0), "it gives nothing back that it used within the minute");
    assert!(ask(&mut first, &mut table, 61_000, 0));
    assert!(call(&mut second, &mut table, 61_000, 1, 1).0);
}

#[test]
fn a_server_that_is_always_busy_leaves_an_equal_part_to_one_that_comes_later() {
    let (mut first, mut second, mut table) = (Minute::default(), Minute::default(), Table::default());
    let mut passed = [0, 0];
    for second_of_time in 0..400 {
        let now = second_of_time * 1_000;
        for (holder, minute) in [&mut first, &mut second].into_iter().enumerate() {
            if holder == 1 && second_of_time < 100 {
                continue;
            }
            let shared = table.told(holder);
            minute.heard(&shared);
            ask(minute, &mut table, now, holder);
            for _ in 0..4 {
                let good = call(minute, &mut table, now, holder, 1).0;
                passed[holder] += u64::from(good && second_of_time >= 280);
            }
        }
    }
    // In the last two minutes.
    assert!(passed.iter().all(|passed| *passed >= CAP / 2), "{passed:?}");
    assert!(passed.iter().sum::<u64>() <= 2 * CAP, "{passed:?}");
}

#[test]
fn while_nobody_answers_a_share_serves_on_and_then_ends_before_another_may_have_it() {
    let (mut minute, mut table) = (Minute::default(), Table::default());
    assert!(call(&mut minute, &mut table, 0, 0, 10).0);
    assert_eq!(minute.look(LIVES_MS - 1, 10, SHARED), Look::Fits);
    assert!(minute.take(LIVES_MS - 1, 10, SHARED).is_some());
    assert_eq!(minute.look(LIVES_MS, 1, SHARED), Look::Short, "nobody confirmed it");
    let all = ShareWish { scope: SCOPE.into(), keep: 0, more: CAP, cap: CAP };
    let shared = table.ask(LIVES_MS + 60_998, 1, LIVES_MS, &all);
    assert!(shared.granted < CAP, "what passed at last is no minute old");
    assert_eq!(table.ask(LIVES_MS + 61_001, 1, LIVES_MS, &all).granted, CAP);
}

#[test]
fn a_limit_that_is_lowered_holds_although_more_is_granted() {
    let (mut first, mut second, mut table) = (Minute::default(), Minute::default(), Table::default());
    assert!(call(&mut first, &mut table, 0, 0, 20).0 && call(&mut second, &mut table, 0, 1, 20).0);
    ask(&mut first, &mut table, 0, 0);
    first.heard(&table.told(0));
    let lower = Cap { most: 21, shared: true };
    assert!(matches!(first.look(1_000, 1, lower), Look::Full(Full { used: 21, .. })));
    assert!(matches!(first.look(1_000, 22, lower), Look::Full(_)));
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Call(u64),
    Settle(u64),
    Look,
    /// It comes back as one that knows nothing.
    Dies,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (1_u64..12).prop_map(Step::Call),
        4 => (0_u64..=100).prop_map(Step::Settle),
        6 => Just(Step::Look),
        1 => Just(Step::Dies),
    ]
}

proptest! {
    #[test]
    fn no_sixty_seconds_see_more_than_the_limit_whichever_server_lets_calls_through(
        steps in prop::collection::vec((0_u64..6_000, 0_usize..3, step(), any::<bool>()), 1..400),
    ) {
        let (mut table, mut now, mut runs) = (Table::default(), 0, 3);
        let mut servers: Vec<(usize, Minute)> = (0..3).map(|run| (run, Minute::default())).collect();
        let mut passed: Vec<(u64, u64)> = Vec::new();
        let mut open: Vec<(usize, usize, u64)> = Vec::new();
        for (later, at, step, away) in steps {
            now += later;
            let (run, minute) = &mut servers[at];
            match step {
                Step::Call(amount) if !away => {
                    if call(minute, &mut table, now, *run, amount).0 {
                        open.push((*run, passed.len(), now / 1000));
                        passed.push((now, amount));
                    }
                }
                // The database does not answer: what is granted is all that there is.
                Step::Call(amount) => {
                    if minute.look(now, amount, SHARED) == Look::Fits {
                        minute.take(now, amount, SHARED).unwrap();
                        passed.push((now, amount));
                    }
                }
                Step::Settle(percent) => {
                    if let Some(place) = open.iter().position(|(of, ..)| of == run) {
                        let (_, call, second) = open.swap_remove(place);
                        let used = passed[call].1 * percent / 100;
                        minute.settle(second, passed[call].1, used);
                        passed[call].1 = used;
                    }
                }
                Step::Look => {
                    minute.heard(&table.told(*run));
                    if away {
                        // What it gives back is given back although nobody hears of it.
                        minute.wish(now, SCOPE);
                    } else {
                        ask(minute, &mut table, now, *run);
                    }
                }
                Step::Dies => {
                    servers[at] = (runs, Minute::default());
                    runs += 1;
                }
            }
            prop_assert!(table.sum(|_| true) <= CAP);
        }
        for &(start, _) in &passed {
            let within = passed.iter().filter(|(at, _)| (start..start + 60_000).contains(at));
            prop_assert!(within.map(|(_, amount)| amount).sum::<u64>() <= CAP);
        }
    }
}
