//! The rounds, first with the small log and then with the large one.

use std::{
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use figures::{Figures, Goal, median};
use model::{
    PicoUsd, Timestamp,
    budgets::BudgetScope,
    statistics::{Bucket, CallFilter, CallPlace, Grouping, UsageFilter, UsageQuery, UsageView},
};
use store::{Act, CallRow, Store};

use crate::{
    bare, group_by,
    house::House,
    traffic::{self, DAYS, END},
};

/// Rows of one transaction, as the gateway writes them.
const BATCH: usize = 2_048;
/// Times that a fast answer is asked for.
const TIMES: usize = 40;
/// Calls of a page, as the window asks for them.
const PAGE: u32 = 50;
/// How long a dashboard is looked at while calls are written.
const BUSY: Duration = Duration::from_secs(6);
const RANGE_DAYS: i64 = 30;

/// One log, the small or the large one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Small,
    Large,
}

/// What grows with the rows, or should not.
struct Grown {
    dashboard: f64,
    page: f64,
    ingest: f64,
    /// The slowest but one in a hundred while calls are written.
    busy: f64,
    reprice: f64,
}

/// Everything.
pub async fn run([small, large]: [u64; 2]) -> anyhow::Result<()> {
    let mut figures = Figures::default();
    let one = measure(Size::Small, small, &mut figures).await?;
    let ten = measure(Size::Large, large, &mut figures).await?;
    figures.note("dashboard_growth", ten.dashboard / one.dashboard, "times", Goal::AtMost(1.5));
    figures.note("page_growth", ten.page / one.page, "times", Goal::None);
    figures.note("ingest_growth", ten.ingest / one.ingest, "times", Goal::None);
    figures.note("dashboard_p99_busy_growth", ten.busy / one.busy, "times", Goal::None);
    figures.note("reprice_growth", ten.reprice / one.reprice, "times", Goal::None);
    figures.publish("usage")
}

async fn measure(size: Size, rows: u64, figures: &mut Figures) -> anyhow::Result<Grown> {
    println!("\n{rows} rows");
    let (house, beside) = (House::new().await?, House::new().await?);
    let ingest = fill(size, &house, &beside, rows, figures).await?;
    figures.note(size.name(["file_1m", "file_10m"]), house.bytes()? as f64 / 1e6, "MB", Goal::None);
    figures.note(
        size.name(["plain_file_1m", "plain_file_10m"]),
        beside.bytes()? as f64 / 1e6,
        "MB",
        Goal::None,
    );
    let (dashboard, view) = dashboard(size, &house, figures).await?;
    let mut by_hand = beside.by_hand().await?;
    let plain = group_by::dashboard(&mut by_hand, &view).await?;
    close(by_hand).await?;
    figures.note(size.name(["group_by_1m", "group_by_10m"]), ms(plain), "ms", Goal::None);
    let goal = Goal::AtLeast(size.pick([30.0, 150.0]));
    figures.note(
        size.name(["faster_than_group_by_1m", "faster_than_group_by_10m"]),
        ms(plain) / dashboard,
        "times",
        goal,
    );
    let store = Arc::new(house.open().await?);
    let page = pages(size, &store, figures).await?;
    let busy = busy(size, &store, figures).await?;
    let reprice = reprice(size, &store, figures).await?;
    Arc::into_inner(store).context("something holds the database")?.close().await;
    Ok(Grown { dashboard, page, ingest, busy, reprice })
}

impl Size {
    fn pick<T>(self, [small, large]: [T; 2]) -> T {
        if self == Self::Small { small } else { large }
    }

    fn name(self, names: [&'static str; 2]) -> &'static str {
        self.pick(names)
    }
}

/// Writes the log, each batch in turn here and as plain rows in a database beside it.
async fn fill(
    size: Size,
    house: &House,
    beside: &House,
    rows: u64,
    figures: &mut Figures,
) -> anyhow::Result<f64> {
    let (store, mut bare) = (house.open().await?, beside.by_hand().await?);
    bare::prepare(&mut bare).await?;
    // Bursts bring more than were asked for.
    let account = traffic::account(rows);
    let mut calls = account.traffic().take(usize::try_from(rows)?);
    let (mut took, mut written) = (Duration::ZERO, 0_usize);
    let mut bare_took = Duration::ZERO;
    loop {
        let mut batch: Vec<CallRow> = calls.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let began = Instant::now();
        traffic::price(&mut batch);
        store.log_calls(&batch).await?;
        took += began.elapsed();
        written += batch.len();
        bare_took += bare::write(&mut bare, &batch).await?;
    }
    store.close().await;
    close(bare).await?;
    ensure!(written as u64 >= rows * 95 / 100, "the traffic has only {written} calls");
    let rate = written as f64 / took.as_secs_f64();
    figures.note(size.name(["ingest_1m", "ingest_10m"]), rate, "rows/s", Goal::AtLeast(100_000.0));
    let limit = written as f64 / bare_took.as_secs_f64();
    figures.note(size.name(["bare_inserts_1m", "bare_inserts_10m"]), limit, "rows/s", Goal::None);
    let share = size.name(["ingest_share_of_bare_1m", "ingest_share_of_bare_10m"]);
    figures.note(share, 100.0 * rate / limit, "%", Goal::AtLeast(50.0));
    Ok(rate)
}

async fn close(connection: sqlx::SqliteConnection) -> anyhow::Result<()> {
    Ok(sqlx::Connection::close(connection).await?)
}

/// The last thirty days, as the page asks for them first.
fn question(days: i64) -> UsageQuery {
    UsageQuery {
        first_day: day(END.plus_days(-days)),
        last_day: day(END.plus_days(-1)),
        zone: "UTC".to_owned(),
        bucket: Bucket::Day,
        grouping: Grouping::Provider,
        filter: UsageFilter::default(),
    }
}

fn day(at: Timestamp) -> String {
    // Days of the traffic's time alone, so no calendar is needed: the store's own is checked elsewhere.
    let civil = jiff::Timestamp::from_millisecond(at.0).map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    civil.map(|date| date.to_string()).unwrap_or_default()
}

async fn dashboard(size: Size, house: &House, figures: &mut Figures) -> anyhow::Result<(f64, UsageView)> {
    let query = question(RANGE_DAYS);
    let store = house.open().await?;
    let began = Instant::now();
    let view = shown(&store, &query).await?;
    let cold = ms(began.elapsed());
    let goal = size.pick([Goal::AtMost(100.0), Goal::None]);
    figures.note(size.name(["dashboard_cold_1m", "dashboard_cold_10m"]), cold, "ms", goal);
    let warm = asked(&store, &query).await?;
    figures.note(
        size.name(["dashboard_1m", "dashboard_10m"]),
        warm,
        "ms",
        Goal::AtMost(size.pick([30.0, 60.0])),
    );
    let quarter = asked(&store, &question(DAYS)).await?;
    figures.note(size.name(["dashboard_90_days_1m", "dashboard_90_days_10m"]), quarter, "ms", Goal::None);
    let elsewhere = UsageQuery { zone: "Asia/Kathmandu".to_owned(), ..question(RANGE_DAYS) };
    let elsewhere = asked(&store, &elsewhere).await?;
    figures.note(
        size.name(["dashboard_other_zone_1m", "dashboard_other_zone_10m"]),
        elsewhere,
        "ms",
        Goal::None,
    );
    let by_user = UsageQuery { grouping: Grouping::User, ..question(RANGE_DAYS) };
    let by_user = asked(&store, &by_user).await?;
    figures.note(size.name(["dashboard_by_user_1m", "dashboard_by_user_10m"]), by_user, "ms", Goal::None);
    let began = Instant::now();
    store.list(END).await?;
    figures.note(size.name(["list_1m", "list_10m"]), ms(began.elapsed()), "ms", Goal::None);
    store.close().await;
    Ok((warm, view))
}

/// What the page asks for each time while calls run: the sums behind tiles, charts and table, and those of the month's budget.
/// When it opens it asks once more, for the instants of the budget's days, and keeps them (decision 48).
async fn shown(store: &Store, query: &UsageQuery) -> anyhow::Result<UsageView> {
    let view = store.usage(query).await?;
    store.spending(&BudgetScope::Whole, END).await?;
    Ok(view)
}

async fn asked(store: &Store, query: &UsageQuery) -> anyhow::Result<f64> {
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let began = Instant::now();
        shown(store, query).await?;
        times.push(ms(began.elapsed()));
    }
    Ok(median(times))
}

/// Pages at any depth, and of those that are few among many. The slowest of each counts.
async fn pages(size: Size, store: &Store, figures: &mut Figures) -> anyhow::Result<f64> {
    let every = CallFilter::default();
    let of = |usage| CallFilter { usage, ..CallFilter::default() };
    let rare = of(UsageFilter { providers: vec![7], ..UsageFilter::default() });
    let failed = of(UsageFilter { statuses: vec!["timeout".to_owned()], ..UsageFilter::default() });
    let user = of(UsageFilter { users: vec!["u-0040".to_owned()], ..UsageFilter::default() });
    let slow = CallFilter { latency_from_ms: Some(30_000), ..CallFilter::default() };
    let dear = CallFilter { cost_from: Some(PicoUsd(PicoUsd::ONE_USD / 4)), ..CallFilter::default() };
    let mut all = 0.0;
    for (names, filter, goal) in [
        (["page_1m", "page_10m"], every, Goal::AtMost(20.0)),
        (["page_of_a_rare_configuration_1m", "page_of_a_rare_configuration_10m"], rare, Goal::AtMost(20.0)),
        (["page_of_timeouts_1m", "page_of_timeouts_10m"], failed, Goal::AtMost(20.0)),
        (["page_of_a_rare_user_1m", "page_of_a_rare_user_10m"], user, Goal::AtMost(20.0)),
        (["page_of_slow_calls_1m", "page_of_slow_calls_10m"], slow, Goal::AtMost(20.0)),
        (["page_of_dear_calls_1m", "page_of_dear_calls_10m"], dear, Goal::AtMost(20.0)),
    ] {
        let slowest = slowest_page(store, &filter).await?;
        figures.note(size.name(names), slowest, "ms", goal);
        if all == 0.0 {
            all = slowest;
        }
    }
    let request = one_request(store).await?;
    figures.note(
        size.name(["page_of_a_request_1m", "page_of_a_request_10m"]),
        request,
        "ms",
        Goal::AtMost(20.0),
    );
    Ok(all)
}

/// One call by its request's id, of those behind each tenth of the log.
async fn one_request(store: &Store) -> anyhow::Result<f64> {
    let mut slowest: f64 = 0.0;
    for tenth in 1..10 {
        let behind = CallPlace { at: END.plus_days(-DAYS * tenth / 10), id: 0 };
        let page = store.calls(&CallFilter::default(), Some(behind), 1).await?;
        let id = page.calls.first().context("a page has no calls")?.request_id.clone();
        let filter = CallFilter { request_id: Some(id), ..CallFilter::default() };
        let began = Instant::now();
        let found = store.calls(&filter, None, PAGE).await?;
        slowest = slowest.max(ms(began.elapsed()));
        ensure!(found.calls.len() == 1, "a request has {} calls", found.calls.len());
    }
    Ok(slowest)
}

/// The first page, the second, and those behind each tenth of the log; each the median of some.
async fn slowest_page(store: &Store, filter: &CallFilter) -> anyhow::Result<f64> {
    let first = store.calls(filter, None, PAGE).await?;
    ensure!(!first.calls.is_empty(), "a page has no calls");
    let behind = |tenth: i64| CallPlace { at: END.plus_days(-DAYS * tenth / 10), id: 0 };
    let places = [None, first.next].into_iter().chain((1..10).map(|tenth| Some(behind(tenth))));
    let mut slowest: f64 = 0.0;
    for place in places {
        let mut times = Vec::new();
        for _ in 0..7 {
            let began = Instant::now();
            store.calls(filter, place, PAGE).await?;
            times.push(ms(began.elapsed()));
        }
        slowest = slowest.max(median(times));
    }
    Ok(slowest)
}

/// The dashboard of the days that end today, while today's calls are written as fast as they can be.
async fn busy(size: Size, store: &Arc<Store>, figures: &mut Figures) -> anyhow::Result<f64> {
    let account = sample::Account { from: END, to: END.plus_days(1), ..traffic::account(2_000_000) };
    let over = Arc::new(AtomicBool::new(false));
    let writing = tokio::spawn(write_until(account, Arc::clone(store), Arc::clone(&over)));
    let query = UsageQuery { last_day: day(END), ..question(RANGE_DAYS - 1) };
    let (mut times, mut seen, began) = (Vec::new(), Vec::new(), Instant::now());
    while began.elapsed() < BUSY {
        let asked = Instant::now();
        let view = shown(store, &query).await?;
        times.push(ms(asked.elapsed()));
        seen.push(view.now.calls);
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    ensure!(seen.is_sorted() && seen.first() < seen.last(), "the dashboard does not see what is written");
    over.store(true, Ordering::Relaxed);
    let rate = writing.await??;
    times.sort_by(f64::total_cmp);
    let p99 = times.get(times.len() * 99 / 100).copied().context("no dashboard was shown")?;
    figures.note(
        size.name(["dashboard_p99_busy_1m", "dashboard_p99_busy_10m"]),
        p99,
        "ms",
        Goal::AtMost(50.0),
    );
    figures.note(size.name(["ingest_busy_1m", "ingest_busy_10m"]), rate, "rows/s", Goal::None);
    Ok(p99)
}

async fn write_until(
    account: sample::Account,
    store: Arc<Store>,
    over: Arc<AtomicBool>,
) -> anyhow::Result<f64> {
    let (mut calls, mut took, mut written) = (account.traffic(), Duration::ZERO, 0);
    while !over.load(Ordering::Relaxed) {
        let mut batch: Vec<CallRow> = calls.by_ref().take(BATCH).collect();
        ensure!(!batch.is_empty(), "the traffic ended before the dashboard did");
        let began = Instant::now();
        traffic::price(&mut batch);
        store.log_calls(&batch).await?;
        took += began.elapsed();
        written += batch.len();
    }
    Ok(written as f64 / took.as_secs_f64())
}

/// Everything at another price, in one transaction.
async fn reprice(size: Size, store: &Store, figures: &mut Figures) -> anyhow::Result<f64> {
    let time: Range<Timestamp> = END.plus_days(-DAYS)..END;
    let act = Act { actor: "bench".into(), machine: "bench".into(), action: "usage.reprice", at: END };
    let price = traffic::priced("changed", 777_000);
    let began = Instant::now();
    let done = store.reprice(|_| Some(Arc::clone(&price)), time, &act).await?;
    let took = began.elapsed();
    ensure!(
        done.changed > done.rows * 9 / 10,
        "only {} of {} rows cost something else",
        done.changed,
        done.rows
    );
    let goal = size.pick([Goal::AtMost(3.0), Goal::None]);
    figures.note(size.name(["reprice_1m", "reprice_10m"]), took.as_secs_f64(), "s", goal);
    let began = Instant::now();
    let report = store.verify_statistics().await?;
    ensure!(report.first_difference.is_none(), "sums and rows differ: {:?}", report.first_difference);
    figures.note(size.name(["verify_1m", "verify_10m"]), began.elapsed().as_secs_f64(), "s", Goal::None);
    Ok(took.as_secs_f64())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
