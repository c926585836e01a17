//! Reservations against a real store: many at once, and across a crash.

use std::path::Path;

use store::Store;
use tempfile::TempDir;

use super::*;

const KEY_HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const AUDIT_KEY: [u8; 32] = [7; 32];
const CAP: u64 = 100_000;

async fn open(folder: &TempDir) -> Arc<Store> {
    let file: &Path = &folder.path().join("vault.1.db");
    if !file.exists() {
        Store::create(file, KEY_HEX, "vault").await.unwrap();
    }
    Arc::new(Store::open(file, KEY_HEX, "vault", &AUDIT_KEY).await.unwrap())
}

async fn close(book: Arc<Book>, store: Arc<Store>) {
    drop(book);
    Arc::into_inner(store).unwrap().close().await;
}

fn claim(day: i64, amount: u64) -> Claim {
    let start = Timestamp(0).plus_days(day);
    let window = Window { start, end: start.plus_days(1) };
    Claim { owner: Owner::Config(1), kind: LimitKind::DailyTokens, window, cap: CAP, amount }
}

/// A thousand callers at once who reserve, and use some of it; what they used in all.
async fn rush(book: &Arc<Book>, run: u64) -> u64 {
    let call = |caller: u64| {
        let book = Arc::clone(book);
        tokio::spawn(async move {
            let amount = 50 + (caller * 7 + run * 13) % 400;
            let Ok(reservation) = book.reserve(&[claim(run as i64, amount)]).await else { return 0 };
            tokio::task::yield_now().await;
            let used = amount * (caller % 5) / 4;
            reservation.settle(used, None);
            used
        })
    };
    let calls: Vec<_> = (0..1_000).map(call).collect();
    let mut used = 0;
    for call in calls {
        used += call.await.unwrap();
    }
    used
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_callers_never_overshoot_one_cap() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let book = Arc::new(Book::new(Arc::clone(&store)));
    for run in 0..100 {
        let used = rush(&book, run).await;
        assert!((CAP / 4..=CAP).contains(&used), "{used}");
        assert_eq!(book.state(&claim(run as i64, 0)).unwrap().used, used);
        let lease = store.leases(claim(run as i64, 0).window.start).await.unwrap().pop().unwrap();
        assert!((used..=CAP).contains(&lease.granted));
    }
}

#[tokio::test]
async fn after_a_crash_all_that_was_granted_counts_and_a_clean_end_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let book = Arc::new(Book::new(Arc::clone(&store)));
    book.reserve(&[claim(0, 1_000)]).await.unwrap().settle(600, None);
    close(book, store).await;

    let store = open(&folder).await;
    let book = Arc::new(Book::new(Arc::clone(&store)));
    book.reserve(&[claim(0, 0)]).await.unwrap();
    let after_crash = book.state(&claim(0, 0)).unwrap().used;
    assert_eq!(after_crash, 1_000 + CAP / 64, "the reservation and a block, once");
    book.reserve(&[claim(0, 500)]).await.unwrap().settle(400, None);
    book.close(Timestamp(0)).await.unwrap();
    close(book, store).await;

    let store = open(&folder).await;
    let book = Arc::new(Book::new(Arc::clone(&store)));
    book.reserve(&[claim(0, 0)]).await.unwrap();
    assert_eq!(book.state(&claim(0, 0)).unwrap().used, after_crash + 400);
}

#[tokio::test]
async fn each_crash_loses_at_most_a_block_and_what_was_on_its_way_and_frees_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut used = 0;
    for crashes in 0..12 {
        let store = open(&folder).await;
        let book = Arc::new(Book::new(Arc::clone(&store)));
        for _ in 0..3 {
            book.reserve(&[claim(0, 2_000)]).await.unwrap().settle(1_900, None);
            used += 1_900;
        }
        let counted = book.state(&claim(0, 0)).unwrap().used;
        assert!(counted >= used);
        assert!(counted - used <= crashes * (CAP / 64 + 2_000), "{}", counted - used);
        close(book, store).await;
    }
}

#[tokio::test]
async fn a_clock_set_back_finds_the_window_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let book = Book::new(Arc::clone(&store));
    book.reserve(&[claim(0, 90_000)]).await.unwrap();
    book.reserve(&[claim(1, 10)]).await.unwrap();
    assert!(matches!(book.reserve(&[claim(0, 90_000)]).await, Err(Unreserved::Full(_))));
    let restarted = Book::new(store);
    assert!(matches!(restarted.reserve(&[claim(0, 90_000)]).await, Err(Unreserved::Full(_))));
}

#[tokio::test]
async fn a_refusal_says_what_is_left_and_reserves_nothing_of_the_other_limits() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::new(open(&folder).await);
    let monthly = |amount| Claim { kind: LimitKind::MonthlyTokens, cap: 100, ..claim(0, amount) };
    let Err(Unreserved::Full(state)) = book.reserve(&[claim(0, 101), monthly(101)]).await else { panic!() };
    // Larger than the whole limit: there is no time at which it fits.
    assert_eq!((state.kind, state.left(), state.resets_at), (LimitKind::MonthlyTokens, 100, None));
    assert_eq!(book.state(&claim(0, 0)).unwrap().used, 0);
    book.reserve(&[monthly(60)]).await.unwrap().settle(60, None);
    let Err(Unreserved::Full(state)) = book.reserve(&[monthly(41)]).await else { panic!() };
    assert_eq!((state.left(), state.resets_at), (40, Some(Timestamp(86_400_000))));
}

#[tokio::test]
async fn a_limit_at_80_per_cent_warns() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::new(open(&folder).await);
    assert!(book.reserve(&[claim(0, 79_999)]).await.unwrap().warnings().is_empty());
    assert_eq!(book.reserve(&[claim(0, 1)]).await.unwrap().warnings()[0].warning(), Some(80));
}
