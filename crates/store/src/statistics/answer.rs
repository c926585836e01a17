//! What the cells of a dashboard add up to.

use std::collections::{BTreeMap, HashMap};

use model::{
    Timestamp,
    statistics::{ErrorCount, Group, Grouping, Part, ProviderUsage, UsageView},
};

use super::{
    asked::{Asked, Lately, Looked, When},
    calendar::Calendar,
    cell::{Cell, fit},
    dimension::Dimension,
    tally::Tally,
    view::Name,
};

/// The time that is looked at, and the one before it.
#[derive(Default)]
struct Pair {
    now: Tally,
    before: Tally,
}

/// What one configuration, model and task add up to, by where in time: all greater sums are made from these at the end, because
/// the latencies of a cell are long to add and it is part of many.
#[derive(Default)]
struct Base {
    provider_type: String,
    by_time: [Tally; 9],
}

/// What the providers' table shows of one configuration and model.
#[derive(Default)]
struct OfProvider {
    provider_type: String,
    pair: Pair,
    week: Tally,
    month: Tally,
}

/// One piece of a part.
#[derive(Clone, Default)]
struct PartPiece {
    sums: Cell,
    succeeded: i128,
    succeeded_unpriced: i128,
}

/// What is added up while the sums are read.
#[derive(Default)]
pub(super) struct Answer {
    /// By configuration, model and task.
    bases: BTreeMap<(i64, String, String), Base>,
    pieces: Vec<Tally>,
    parts: BTreeMap<String, Vec<PartPiece>>,
    /// Only where groups are of users or of statuses, which bases are not.
    groups: BTreeMap<String, Pair>,
    errors: BTreeMap<String, i128>,
}

/// What the bases add up to.
#[derive(Default)]
struct Greater {
    all: Pair,
    groups: BTreeMap<String, Pair>,
    tasks: BTreeMap<String, Pair>,
    providers: BTreeMap<(i64, String), OfProvider>,
}

impl Pair {
    fn add(&mut self, now: bool, dimension: &Dimension<'_>, cell: &Cell) {
        if now { self.now.add(dimension, cell) } else { self.before.add(dimension, cell) }
    }

    fn merge(&mut self, looked_at: Looked, tally: &Tally) {
        match looked_at {
            Looked::Now => self.now.merge(tally),
            Looked::Before => self.before.merge(tally),
            Looked::Not => {}
        }
    }
}

impl Answer {
    /// Of a time that is cut into so many pieces.
    pub(super) fn with_pieces(pieces: usize) -> Self {
        Self { pieces: std::iter::repeat_with(Tally::default).take(pieces).collect(), ..Self::default() }
    }

    pub(super) fn add(&mut self, asked: &Asked<'_>, at: i64, dimension: &Dimension<'_>, cell: &Cell) {
        let key = (dimension.config, dimension.model.to_string(), dimension.task.to_string());
        let base = self.bases.entry(key).or_insert_with(|| Base {
            provider_type: dimension.provider_type.to_string(),
            ..Base::default()
        });
        if let Some(tally) = base.by_time.get_mut(asked.when(at).place()) {
            tally.add(dimension, cell);
        }
        if at < asked.before {
            return;
        }
        let (now, key) = (at >= asked.from, asked.key(dimension));
        if now {
            self.add_piece(asked, at, &key, dimension, cell);
        }
        if !asked.is_of_bases() {
            self.groups.entry(key).or_default().add(now, dimension, cell);
        }
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
                part.succeeded += cell.calls;
                part.succeeded_unpriced += cell.unpriced;
            }
        }
        if let Some(class) = class(dimension) {
            *self.errors.entry(class.to_owned()).or_default() += cell.calls;
        }
    }

    fn greater(&mut self, asked: &Asked<'_>) -> Greater {
        let mut greater = Greater { groups: std::mem::take(&mut self.groups), ..Greater::default() };
        for ((config, model, task), base) in &self.bases {
            let provider = greater.providers.entry((*config, model.clone())).or_insert_with(|| OfProvider {
                provider_type: base.provider_type.clone(),
                ..OfProvider::default()
            });
            let group = match asked.query.grouping {
                Grouping::ProviderType => Some(base.provider_type.clone()),
                Grouping::Provider => Some(config.to_string()),
                Grouping::Model => Some(model.clone()),
                Grouping::Task => Some(task.clone()),
                Grouping::User | Grouping::Status => None,
            };
            for (When { looked_at, lately }, tally) in When::ALL.into_iter().zip(&base.by_time) {
                if tally.calls() == 0 {
                    continue;
                }
                provider.pair.merge(looked_at, tally);
                match lately {
                    Lately::Week => provider.week.merge(tally),
                    Lately::Month => provider.month.merge(tally),
                    Lately::Not => {}
                }
                if looked_at == Looked::Not {
                    continue;
                }
                greater.tasks.entry(task.clone()).or_default().merge(looked_at, tally);
                if let Some(group) = &group {
                    greater.groups.entry(group.clone()).or_default().merge(looked_at, tally);
                }
            }
        }
        for provider in greater.providers.values_mut() {
            provider.month.merge(&provider.week);
        }
        for Pair { now, before } in greater.tasks.values() {
            greater.all.merge(Looked::Now, now);
            greater.all.merge(Looked::Before, before);
        }
        greater
    }

    pub(super) fn view(
        mut self,
        asked: Asked<'_>,
        calendar: &Calendar,
        names: &HashMap<i64, Name>,
        home_zone: String,
    ) -> UsageView {
        let greater = self.greater(&asked);
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
            last_30_days_from: Timestamp(asked.month),
            now: greater.all.now.measures(),
            before: greater.all.before.measures(),
            days: asked.starts.iter().map(|start| calendar.label(start.0)).collect(),
            clocks: asked.starts.iter().map(|start| calendar.clock(start.0)).collect(),
            starts: asked.starts,
            pieces: self.pieces.iter().map(Tally::measures).collect(),
            parts: self.parts.into_iter().map(part).collect(),
            groups: groups(greater.groups),
            providers: providers(greater.providers, names),
            tasks: groups(greater.tasks),
            errors,
            home_zone,
        }
    }
}

/// Why calls failed; the status, where the log knows no class.
pub(super) fn class<'a>(dimension: &'a Dimension<'_>) -> Option<&'a str> {
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
        succeeded: pieces.iter().map(|piece| fit(piece.succeeded)).collect(),
        unpriced: pieces.iter().map(|piece| fit(piece.sums.unpriced)).collect(),
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

/// Rows of before the ledger say neither vendor nor model: they are those that their configuration has now.
fn providers(
    providers: BTreeMap<(i64, String), OfProvider>,
    names: &HashMap<i64, Name>,
) -> Vec<ProviderUsage> {
    let provider = |((number, model), of): ((i64, String), OfProvider)| {
        let name = names.get(&number);
        let of_now = |text: String, now: fn(&Name) -> &String| {
            if text.is_empty() { name.map(now).cloned().unwrap_or_default() } else { text }
        };
        ProviderUsage {
            number,
            provider_type: of_now(of.provider_type, |name| &name.provider_type).parse().ok(),
            display_name: name.map(|name| name.display_name.clone()),
            model: of_now(model, |name| &name.model),
            now: of.pair.now.measures(),
            before: of.pair.before.measures(),
            last_7_days: of.week.measures(),
            last_30_days: of.month.measures(),
        }
    };
    let mut providers: Vec<ProviderUsage> = providers.into_iter().map(provider).collect();
    providers.sort_by_key(|provider| std::cmp::Reverse(provider.now.calls));
    providers
}
