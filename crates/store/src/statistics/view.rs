//! What the dashboard shows, in one walk over the sums: days where the home zone's days fit, quarters of an hour at
//! ragged ends, for hours, and for other zones.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use model::{
    Timestamp,
    statistics::{
        Bucket, ErrorCount, Group, Grouping, Part, ProviderStatistics, ProviderUsage, UsageFilter,
        UsageQuery, UsageView,
    },
};
use sqlx::SqliteConnection;

use super::{
    PIECES,
    calendar::{Calendar, day},
    cell::{Cell, fit},
    dimension::Dimension,
    keep::{DAYS, Rollup, SLOTS, WHOLE_DAYS},
    tally::Tally,
    walk::Walk,
};
use crate::{Store, StoreError};

/// Why a question about usage has no answer.
#[derive(Debug, thiserror::Error)]
pub enum UsageError {
    /// No calendar knows it.
    #[error("there is no such time zone")]
    Zone,
    /// Not a day, or the last before the first.
    #[error("these are no days in order")]
    Days,
    /// More than [`model::statistics::PIECES_LIMIT`].
    #[error("so long a time has too many pieces")]
    TooManyPieces,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for UsageError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// A question, with its instants.
struct Asked<'a> {
    query: &'a UsageQuery,
    from: i64,
    to: i64,
    before: i64,
    week: i64,
    month: i64,
    starts: Vec<Timestamp>,
}

#[derive(Default)]
struct Pair {
    now: Tally,
    before: Tally,
}

#[derive(Default)]
struct Lately {
    pair: Pair,
    week: Tally,
    month: Tally,
}

/// One piece of a part.
#[derive(Clone, Default)]
struct PartPiece {
    sums: Cell,
    succeeded_unpriced: i128,
}

#[derive(Default)]
struct Answer {
    all: Pair,
    pieces: Vec<Tally>,
    parts: BTreeMap<String, Vec<PartPiece>>,
    groups: BTreeMap<String, Pair>,
    tasks: BTreeMap<String, Pair>,
    providers: BTreeMap<(i64, String), (String, Lately)>,
    errors: BTreeMap<String, i128>,
}

impl Store {
    /// Everything that the dashboard shows.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn usage(&self, query: &UsageQuery) -> Result<UsageView, UsageError> {
        let calendar = Calendar::of(&query.zone).ok_or(UsageError::Zone)?;
        let asked = Asked::of(query, &calendar)?;
        let mut connection = self.connection().await?;
        let rollup = Rollup::read(&mut connection).await?;
        let known = self.dimensions.all(&mut connection).await?;
        let mut answer =
            Answer { pieces: asked.starts.iter().map(|_| Tally::default()).collect(), ..Answer::default() };
        for (level, from, to) in asked.reads(&rollup, &calendar) {
            let user = match query.filter.users.as_slice() {
                [user] => Some(user.as_str()),
                _ => None,
            };
            let passes = |dimension: &Dimension<'_>| passes(&query.filter, dimension);
            let walk = Walk::over(Arc::clone(&known), level, user, passes);
            let add = |at, dimension: &Dimension<'_>, cell: &[u8]| {
                answer.add(&asked, at, dimension, &Cell::unpack(cell)?);
                Some(())
            };
            walk.cells(&mut connection, (from, to), add).await?;
        }
        let names = names(&mut connection).await?;
        Ok(answer.view(asked, &calendar, &names, rollup.zone))
    }

    /// Statistics by provider and model over the last `days` days of UTC, today included, as the specification has
    /// them.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn provider_statistics(
        &self,
        days: u32,
        now: Timestamp,
    ) -> Result<Vec<ProviderStatistics>, UsageError> {
        let calendar = Calendar::of("UTC").ok_or(UsageError::Zone)?;
        let day = |back: i64| calendar.label(now.plus_days(-back).0);
        let query = UsageQuery {
            first_day: day(i64::from(days.max(1)) - 1),
            last_day: day(0),
            zone: "UTC".to_owned(),
            bucket: Bucket::Month,
            grouping: Grouping::ProviderType,
            filter: UsageFilter::default(),
        };
        Ok(merged(self.usage(&query).await?.providers))
    }
}

/// The specification has one line for a vendor's model, whichever configurations asked it.
fn merged(providers: Vec<ProviderUsage>) -> Vec<ProviderStatistics> {
    let mut lines: Vec<(ProviderUsage, u64)> = Vec::new();
    for usage in providers {
        let same = |(line, _): &&mut (ProviderUsage, u64)| {
            line.provider_type == usage.provider_type && line.model == usage.model
        };
        match lines.iter_mut().find(same) {
            None => {
                let latency = usage.now.latency_sum_ms;
                lines.push((usage, latency));
            }
            Some((line, latency)) => {
                *latency = latency.saturating_add(usage.now.latency_sum_ms);
                line.now.calls += usage.now.calls;
                line.now.succeeded += usage.now.succeeded;
                line.now.unpriced += usage.now.unpriced;
                line.now.total_tokens = line.now.total_tokens.saturating_add(usage.now.total_tokens);
                line.now.cost = match (line.now.cost, usage.now.cost) {
                    (Some(one), Some(two)) => Some(one.plus(two)),
                    (one, two) => one.or(two),
                };
                line.last_7_days.calls += usage.last_7_days.calls;
                line.last_30_days.calls += usage.last_30_days.calls;
            }
        }
    }
    lines.into_iter().map(|(line, latency)| statistics(line, latency)).collect()
}

fn statistics(line: ProviderUsage, latency: u64) -> ProviderStatistics {
    ProviderStatistics {
        provider_type: line.provider_type,
        total_calls: line.now.calls,
        total_tokens: line.now.total_tokens,
        total_cost_usd: line.now.cost.map(|cost| cost.0 as f64 / model::PicoUsd::ONE_USD as f64),
        total_cost: line.now.cost,
        unpriced_calls: line.now.unpriced,
        success_rate: line.now.success_rate(),
        avg_latency_ms: latency.checked_div(line.now.calls),
        last_7_days_calls: line.last_7_days.calls,
        last_30_days_calls: line.last_30_days.calls,
        model_name: line.model,
    }
}

impl<'a> Asked<'a> {
    fn of(query: &'a UsageQuery, calendar: &Calendar) -> Result<Self, UsageError> {
        let first = day(&query.first_day).ok_or(UsageError::Days)?;
        let last = day(&query.last_day).filter(|last| *last >= first).ok_or(UsageError::Days)?;
        let days = i64::from((last - first).get_days()) + 1;
        let back = |from: jiff::civil::Date, days: i64| {
            let span = jiff::Span::new().try_days(days).map_err(|_| UsageError::Days)?;
            from.checked_sub(span).map_err(|_| UsageError::Days)
        };
        let behind = last.tomorrow().map_err(|_| UsageError::Days)?;
        let (from, to) = (calendar.start(first), calendar.start(behind));
        let starts = calendar.pieces(from, to, query.bucket);
        if starts.len() > PIECES {
            return Err(UsageError::TooManyPieces);
        }
        Ok(Self {
            query,
            from,
            to,
            before: calendar.start(back(first, days)?),
            week: calendar.start(back(behind, 7)?),
            month: calendar.start(back(behind, 30)?),
            starts,
        })
    }

    /// What to read: level and time.
    fn reads(&self, rollup: &Rollup, _calendar: &Calendar) -> Vec<(i64, i64, i64)> {
        let from = self.before.min(self.month);
        let by_user = self.query.grouping == Grouping::User || !self.query.filter.users.is_empty();
        let days = if by_user { DAYS } else { WHOLE_DAYS };
        if self.query.zone != rollup.zone {
            return vec![(SLOTS, from, self.to)];
        }
        // Hours are looked at over few days; the days around them come from the days' sums.
        if self.query.bucket == Bucket::Hour {
            return vec![(days, from, self.from), (SLOTS, self.from, self.to)];
        }
        vec![(days, from, self.to)]
    }

    fn key(&self, dimension: &Dimension<'_>) -> String {
        match self.query.grouping {
            Grouping::ProviderType => dimension.provider_type.to_string(),
            Grouping::Provider => dimension.config.to_string(),
            Grouping::Model => dimension.model.to_string(),
            Grouping::Task => dimension.task.to_string(),
            Grouping::User => dimension.user.as_deref().unwrap_or_default().to_owned(),
            Grouping::Status => dimension.status.to_string(),
        }
    }
}

impl Pair {
    fn add(&mut self, now: bool, dimension: &Dimension<'_>, cell: &Cell) {
        if now { self.now.add(dimension, cell) } else { self.before.add(dimension, cell) }
    }
}

impl Answer {
    fn add(&mut self, asked: &Asked<'_>, at: i64, dimension: &Dimension<'_>, cell: &Cell) {
        let (_, lately) = self
            .providers
            .entry((dimension.config, dimension.model.to_string()))
            .or_insert_with(|| (dimension.provider_type.to_string(), Lately::default()));
        if at >= asked.week {
            lately.week.add(dimension, cell);
        }
        if at >= asked.month {
            lately.month.add(dimension, cell);
        }
        if at < asked.before {
            return;
        }
        let now = at >= asked.from;
        lately.pair.add(now, dimension, cell);
        self.all.add(now, dimension, cell);
        let key = asked.key(dimension);
        self.tasks.entry(dimension.task.to_string()).or_default().add(now, dimension, cell);
        if now {
            self.add_piece(asked, at, &key, dimension, cell);
        }
        self.groups.entry(key).or_default().add(now, dimension, cell);
    }

    fn add_piece(&mut self, asked: &Asked<'_>, at: i64, key: &str, dimension: &Dimension<'_>, cell: &Cell) {
        let place = asked.starts.partition_point(|start| start.0 <= at).saturating_sub(1);
        if let Some(piece) = self.pieces.get_mut(place) {
            piece.add(dimension, cell);
        }
        let empty = || vec![PartPiece::default(); asked.starts.len()];
        if let Some(part) = self.parts.entry(key.to_owned()).or_insert_with(empty).get_mut(place) {
            part.sums.add_sums(cell);
            if dimension.status == "success" {
                part.succeeded_unpriced += cell.unpriced;
            }
        }
        if let Some(class) = class(dimension) {
            *self.errors.entry(class.to_owned()).or_default() += cell.calls;
        }
    }

    fn view(
        self,
        asked: Asked<'_>,
        calendar: &Calendar,
        names: &HashMap<i64, Name>,
        home_zone: String,
    ) -> UsageView {
        let mut errors: Vec<ErrorCount> = self
            .errors
            .into_iter()
            .map(|(class, calls)| ErrorCount { class, calls: u64::try_from(calls).unwrap_or(0) })
            .collect();
        errors.sort_by_key(|error| std::cmp::Reverse(error.calls));
        UsageView {
            from: Timestamp(asked.from),
            to: Timestamp(asked.to),
            before_from: Timestamp(asked.before),
            now: self.all.now.measures(),
            before: self.all.before.measures(),
            days: asked.starts.iter().map(|start| calendar.label(start.0)).collect(),
            starts: asked.starts,
            pieces: self.pieces.iter().map(Tally::measures).collect(),
            parts: self.parts.into_iter().map(part).collect(),
            groups: groups(self.groups),
            providers: providers(self.providers, names),
            tasks: groups(self.tasks),
            errors,
            home_zone,
        }
    }
}

/// Why calls failed; the status, where the log knows no class.
fn class<'a>(dimension: &'a Dimension<'_>) -> Option<&'a str> {
    let class = if dimension.error.is_empty() { &dimension.status } else { &dimension.error };
    (dimension.status != "success").then_some(class)
}

fn part((key, pieces): (String, Vec<PartPiece>)) -> Part {
    let cost = |PartPiece { sums, .. }: &PartPiece| {
        let unknown = sums.calls > 0 && sums.unpriced == sums.calls;
        (!unknown).then_some(model::PicoUsd(sums.cost))
    };
    Part {
        key,
        calls: pieces.iter().map(|piece| fit(piece.sums.calls)).collect(),
        cost: pieces.iter().map(cost).collect(),
        succeeded_unpriced: pieces.iter().map(|piece| fit(piece.succeeded_unpriced)).collect(),
        tokens: pieces.iter().map(|piece| fit(piece.sums.total)).collect(),
    }
}

fn groups(groups: BTreeMap<String, Pair>) -> Vec<Group> {
    let group =
        |(key, pair): (String, Pair)| Group { key, now: pair.now.measures(), before: pair.before.measures() };
    let mut groups: Vec<Group> = groups.into_iter().map(group).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.now.calls));
    groups
}

pub(super) struct Name {
    pub(super) display_name: String,
    pub(super) provider_type: String,
    pub(super) model: String,
}

/// Rows of before the ledger say neither vendor nor model: they are those that their configuration has now.
fn providers(
    providers: BTreeMap<(i64, String), (String, Lately)>,
    names: &HashMap<i64, Name>,
) -> Vec<ProviderUsage> {
    let provider = |((number, model), (kind, lately)): ((i64, String), (String, Lately))| {
        let name = names.get(&number);
        let of_now = |text: String, now: fn(&Name) -> &String| {
            if text.is_empty() { name.map(now).cloned().unwrap_or_default() } else { text }
        };
        ProviderUsage {
            number,
            provider_type: of_now(kind, |name| &name.provider_type).parse().ok(),
            display_name: name.map(|name| name.display_name.clone()),
            model: of_now(model, |name| &name.model),
            now: lately.pair.now.measures(),
            before: lately.pair.before.measures(),
            last_7_days: lately.week.measures(),
            last_30_days: lately.month.measures(),
        }
    };
    let mut providers: Vec<ProviderUsage> = providers.into_iter().map(provider).collect();
    providers.sort_by_key(|provider| std::cmp::Reverse(provider.now.calls));
    providers
}

pub(super) async fn names(connection: &mut SqliteConnection) -> Result<HashMap<i64, Name>, StoreError> {
    let select = "SELECT id, display_name, provider_type, model_name FROM ai_provider_configs";
    let rows: Vec<(i64, String, String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let name = |(id, display_name, provider_type, model)| (id, Name { display_name, provider_type, model });
    Ok(rows.into_iter().map(name).collect())
}

pub(super) fn passes(filter: &UsageFilter, dimension: &Dimension<'_>) -> bool {
    let among = |list: &[String], text: &str| list.is_empty() || list.iter().any(|one| one == text);
    (filter.providers.is_empty() || filter.providers.contains(&dimension.config))
        && among(&filter.tasks, &dimension.task)
        && among(&filter.statuses, &dimension.status)
        && among(&filter.models, &dimension.model)
        && among(&filter.users, dimension.user.as_deref().unwrap_or_default())
        && (filter.errors.is_empty() || class(dimension).is_some_and(|class| among(&filter.errors, class)))
}
