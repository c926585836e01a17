//! The log of calls, newest first. A page begins behind the last call of the one before, not after a number of rows to
//! skip, so the thousandth page takes as long as the first. Where calls that pass are rare, the sums tell in which quarters of
//! an hour they are.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use model::{
    PicoUsd, Timestamp,
    statistics::{CallFilter, CallPage, CallPlace, CallView, UsageFilter},
    time::DAY_MS,
};
use sqlx::SqliteConnection;

use super::{
    Rollup,
    calendar::{Calendar, SLOT_MS},
    cell::Cell,
    dimension::{Dimension, Known},
    keep::{DAYS, SLOTS, WHOLE_DAYS},
    view::{Name, names, passes},
    walk::Walk,
};
use crate::{
    Store, StoreError,
    ledger::{pico, signed, unsigned},
    log::{self, Figures, Head, Kind, Kinds, Logged},
};

/// Calls of one page at most.
pub(crate) const PAGE_LIMIT: u32 = 500;
/// Segments whose heads are read at once.
const HEADS: i64 = 32;
/// Segments that are read at once for what a page shows of its calls.
const SEGMENTS: usize = 16;
/// Segments that are searched before the sums are asked, which takes as long.
const PATIENCE: usize = if cfg!(test) { 2 } else { 16 };
/// Segments of a day of which it is not asked in which quarters of an hour calls are.
const FEW: i64 = if cfg!(test) { 1 } else { 16 };

/// What is looked for.
struct Search<'a> {
    filter: &'a UsageFilter,
    from: i64,
    to: i64,
    after: Option<CallPlace>,
    latency_from: Option<i64>,
    cost_from: Option<i64>,
    /// Calls that are wanted.
    wanted: usize,
}

/// A call that passes.
struct Found {
    at: i64,
    number: i64,
    head: Head,
    /// Those of its segment.
    kinds: Arc<Kinds>,
    /// Its place among them.
    place: usize,
}

impl Store {
    /// A page of the log: at most `limit` calls, newest first, behind `after`.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn calls(
        &self,
        filter: &CallFilter,
        after: Option<CallPlace>,
        limit: u32,
    ) -> Result<CallPage, StoreError> {
        let limit = limit.clamp(1, PAGE_LIMIT) as usize;
        let mut connection = self.connection().await?;
        self.page_cache.widen(&mut connection).await?;
        let rollup = Rollup::read(&mut connection).await?;
        let end = after.map_or(i64::MAX, |after| after.at.0.saturating_add(1));
        let search = Search {
            filter: &filter.usage,
            from: filter.from.map_or(rollup.raw_from, |from| from.0.max(rollup.raw_from)),
            to: filter.to.map_or(end, |to| to.0.min(end)),
            after,
            latency_from: filter.latency_from_ms.map(signed),
            cost_from: filter.cost_from.map(pico),
            wanted: limit + 1,
        };
        let mut found = match &filter.request_id {
            Some(id) => search.one(&mut connection, id).await?,
            None => search.run(self, &mut connection).await?,
        };
        let more = found.len() > limit;
        found.truncate(limit);
        let next =
            found.last().filter(|_| more).map(|last| CallPlace { at: Timestamp(last.at), id: last.number });
        Ok(CallPage { calls: views(&mut connection, &found).await?, next })
    }
}

impl Search<'_> {
    fn passes(&self, kind: &Kind<'_>) -> bool {
        let behind = self.after.is_none_or(|after| (kind.at, kind.number) < (after.at.0, after.id));
        let all = *self.filter == UsageFilter::default();
        behind && (self.from..self.to).contains(&kind.at) && (all || passes(self.filter, &kind.dimension()))
    }

    /// Whether calls with no other texts may pass. An empty text stands for none, which is not among them.
    fn may_be_among(&self, texts: &[&str]) -> bool {
        let UsageFilter { tasks, users, statuses, models, .. } = self.filter;
        let some =
            |list: &Vec<String>| list.iter().any(|one| one.is_empty() || texts.contains(&one.as_str()));
        [tasks, users, statuses, models].into_iter().all(|list| list.is_empty() || some(list))
    }

    fn is_large(&self, figures: &Figures<'_>) -> bool {
        self.latency_from.is_none_or(|least| figures.latency >= least)
            && self.cost_from.is_none_or(|least| figures.cost.is_some_and(|cost| cost >= least))
    }

    /// Whether a segment may have calls that are large enough.
    fn has_large(&self, head: &Head) -> bool {
        self.latency_from.is_none_or(|least| head.most_latency >= least)
            && self.cost_from.is_none_or(|least| head.most_cost.is_some_and(|cost| cost >= least))
    }

    /// The call of a request.
    async fn one(&self, connection: &mut SqliteConnection, id: &str) -> Result<Vec<Found>, StoreError> {
        let request = log::pack_request(id);
        let numbers = log::numbers_of(&mut *connection, std::iter::once(request.as_slice())).await?;
        let Some(number) = numbers.values().next() else { return Ok(Vec::new()) };
        let Some(head) = log::around(&mut *connection, *number).await? else { return Ok(Vec::new()) };
        let mut found = self.passing(connection, &[head]).await?;
        found.retain(|call| call.number == *number);
        Ok(found)
    }

    /// Segment by segment, those with the latest calls first, until none that is left can have a later one than those that
    /// were found.
    async fn run(&self, store: &Store, connection: &mut SqliteConnection) -> Result<Vec<Found>, StoreError> {
        let (mut found, mut behind, mut searched) = (Vec::new(), (i64::MAX, i64::MAX), 0);
        let mut sums: Option<Sums> = None;
        let mut hints: Option<Hints> = None;
        // Ever more at once, because what was not found so far is rare.
        let mut at_once = 1;
        loop {
            let mut heads = log::latest_within(&mut *connection, (self.from, self.to), behind, HEADS).await?;
            let Some(last) = heads.last() else { return Ok(found) };
            behind = (last.last_at, last.first);
            heads.retain(|head| self.has_large(head));
            let mut rest = heads.as_slice();
            while let Some(next) = rest.first() {
                if self.has_all(&found, next.last_at) {
                    return Ok(found);
                }
                let ask = searched >= PATIENCE && *self.filter != UsageFilter::default();
                if ask && hints.as_ref().is_none_or(|hints| next.last_at < hints.from) {
                    let sums = match &sums {
                        Some(sums) => sums,
                        None => sums.insert(Sums::of(store, &mut *connection, self.from).await?),
                    };
                    hints = Some(self.hints(&mut *connection, sums, next.last_at).await?);
                }
                let told = |head: &&Head| hints.as_ref().is_none_or(|hints| head.last_at >= hints.from);
                let (now, later) = rest.split_at(rest.iter().take(at_once).take_while(told).count().max(1));
                (rest, at_once) = (later, at_once.saturating_mul(2));
                let may_be_in = |head: &&Head| hints.as_ref().is_none_or(|hints| hints.may_be_in(head));
                let now: Vec<Head> = now.iter().filter(may_be_in).copied().collect();
                if now.is_empty() {
                    continue;
                }
                searched += now.len();
                found.extend(self.passing(&mut *connection, &now).await?);
                found.sort_unstable_by_key(|call| Reverse((call.at, call.number)));
                found.truncate(self.wanted);
            }
        }
    }

    /// Whether nothing that ended until then belongs to the page.
    fn has_all(&self, found: &[Found], until: i64) -> bool {
        found.get(self.wanted - 1).is_some_and(|last| last.at > until)
    }

    /// The calls of segments that pass.
    async fn passing(
        &self,
        connection: &mut SqliteConnection,
        heads: &[Head],
    ) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        if self.latency_from.is_none() && self.cost_from.is_none() {
            let may_be = |texts: &[&str]| self.may_be_among(texts);
            let mut kinds = log::kinds_of(connection, heads, self.text(), may_be).await?;
            for head in heads {
                if let Some(kinds) = kinds.remove(&head.first) {
                    self.find(*head, kinds, |_| true, &mut found);
                }
            }
            return Ok(found);
        }
        for head in heads {
            let (kinds, figures) = head.figures(&mut *connection).await?;
            let is_large = |place| figures.get(place).is_some_and(|figures| self.is_large(&figures));
            self.find(*head, kinds, is_large, &mut found);
        }
        Ok(found)
    }

    /// A text that all calls that pass have.
    fn text(&self) -> Option<&str> {
        let UsageFilter { tasks, users, statuses, models, .. } = self.filter;
        [users, tasks, models, statuses].into_iter().find_map(|list| match list.as_slice() {
            [text] if !text.is_empty() => Some(text.as_str()),
            _ => None,
        })
    }

    fn find(&self, head: Head, kinds: Kinds, also: impl Fn(usize) -> bool, found: &mut Vec<Found>) {
        let kinds = Arc::new(kinds);
        let passing = kinds.iter().enumerate().filter(|(place, kind)| also(*place) && self.passes(kind));
        found.extend(passing.map(|(place, kind)| Found {
            at: kind.at,
            number: kind.number,
            head,
            kinds: Arc::clone(&kinds),
            place,
        }));
    }

    /// Where the sums say that calls are, as far back as a page needs.
    async fn hints(
        &self,
        connection: &mut SqliteConnection,
        sums: &Sums,
        until: i64,
    ) -> Result<Hints, StoreError> {
        let user = match self.filter.users.as_slice() {
            [user] => Some(user.as_str()),
            _ => None,
        };
        let passes = |dimension: &Dimension<'_>| passes(self.filter, dimension);
        let level = if self.filter.users.is_empty() { WHOLE_DAYS } else { DAYS };
        let days = Walk::over(Arc::clone(&sums.known), level, user, passes);
        let quarters = Walk::over(Arc::clone(&sums.known), SLOTS, user, passes);
        let mut hints = Hints { from: until.saturating_add(1), times: BTreeMap::new() };
        let (mut calls, mut length) = (0, DAY_MS);
        while calls <= self.wanted as i128 && hints.from > sums.from {
            // Ever longer, because what was not found so far is rare.
            let end = hints.from;
            hints.from = sums.calendar.start_of_day(end.saturating_sub(length)).max(sums.from);
            length = length.saturating_mul(2);
            for (day, some) in starts(&mut *connection, &days, (hints.from, end)).await? {
                let tomorrow =
                    sums.calendar.date(day).tomorrow().map_or(end, |date| sums.calendar.start(date));
                let day = (day, tomorrow.min(end));
                if log::ending_within(&mut *connection, day).await? <= FEW {
                    hints.times.insert(day.0, day.1);
                    calls += some;
                } else {
                    let quarters = starts(&mut *connection, &quarters, day).await?;
                    calls += quarters.values().sum::<i128>();
                    hints.times.extend(quarters.into_keys().map(|start| (start, start + SLOT_MS)));
                }
            }
        }
        if hints.from <= sums.from {
            hints.from = i64::MIN;
        }
        Ok(hints)
    }
}

/// What the sums are read by.
struct Sums {
    known: Known,
    calendar: Calendar,
    /// No day begins earlier that has calls to be found.
    from: i64,
}

impl Sums {
    async fn of(store: &Store, connection: &mut SqliteConnection, from: i64) -> Result<Self, StoreError> {
        let calendar = Rollup::read(&mut *connection).await?.calendar()?;
        let first = log::first_at(&mut *connection, from).await?.unwrap_or(from);
        let known = store.dimensions.all(connection).await?;
        Ok(Self { known, from: calendar.start_of_day(first), calendar })
    }
}

/// Times that have calls which pass.
struct Hints {
    /// What is earlier is not known.
    from: i64,
    /// Starts and ends of days and of quarters of an hour, which do not overlap.
    times: BTreeMap<i64, i64>,
}

impl Hints {
    fn may_be_in(&self, head: &Head) -> bool {
        let last = self.times.range(..=head.last_at).next_back();
        head.first_at < self.from || last.is_some_and(|(_, end)| *end > head.first_at)
    }
}

/// When pieces of time begin that have calls, and how many.
async fn starts(
    connection: &mut SqliteConnection,
    walk: &Walk,
    time: (i64, i64),
) -> Result<BTreeMap<i64, i128>, StoreError> {
    let mut starts = BTreeMap::new();
    let add = |start, _: &Dimension<'_>, cell: &[u8]| {
        *starts.entry(start).or_default() += Cell::unpack_sums(cell)?.calls;
        Some(())
    };
    walk.cells(connection, time, add).await?;
    Ok(starts)
}

/// Calls with all that is known of them, in the order in which they were found.
async fn views(connection: &mut SqliteConnection, found: &[Found]) -> Result<Vec<CallView>, StoreError> {
    let names = names(&mut *connection).await?;
    let mut views = HashMap::new();
    let mut heads: Vec<Head> = found.iter().map(|call| call.head).collect();
    heads.sort_unstable_by_key(|head| head.first);
    heads.dedup_by_key(|head| head.first);
    for heads in heads.chunks(SEGMENTS) {
        log::others_of(&mut *connection, heads, |first, figures, ids| {
            for call in found.iter().filter(|call| call.head.first == first) {
                let kind = call.kinds.get(call.place);
                let logged = kind.zip(figures.get(call.place)).zip(ids.get(call.place));
                let ((kind, figures), ids) = logged.ok_or(StoreError::Damaged)?;
                let name = names.get(&kind.config);
                views.insert(kind.number, view(&Logged { kind, figures, names: ids }, name)?);
            }
            Ok(())
        })
        .await?;
    }
    Ok(found.iter().filter_map(|call| views.remove(&call.number)).collect())
}

/// Calls of before the ledger name neither vendor nor model: those of the configuration as it is now are shown.
fn view(call: &Logged<'_>, name: Option<&Name>) -> Result<CallView, StoreError> {
    let Logged { kind, figures, names } = call;
    let known = |tokens| figures.usage_known.then(|| unsigned(tokens));
    let text = |text: &str| text.to_owned();
    Ok(CallView {
        id: kind.number,
        request_id: log::unpack_request(&names.request).ok_or(StoreError::Damaged)?.into_owned(),
        attempt: kind.attempt,
        at: Timestamp(kind.at),
        number: kind.config,
        display_name: name.map(|name| name.display_name.clone()),
        provider_type: kind.provider_type.map(text).or_else(|| name.map(|name| name.provider_type.clone())),
        model: kind.model.map(text).or_else(|| name.map(|name| name.model.clone())),
        task: text(kind.task),
        user: text(kind.user),
        client: kind.client.map(text),
        status: text(kind.status),
        error_class: kind.error.map(text),
        http_status: figures.http_status,
        input_tokens: known(figures.input),
        output_tokens: known(figures.output),
        cost: figures.cost.map(|cost| PicoUsd(cost.into())),
        cost_is_estimate: figures.estimated,
        latency_ms: unsigned(figures.latency),
        first_token_ms: figures.first_token.map(unsigned),
        vendor_request_id: names.vendor_request.map(text),
    })
}
