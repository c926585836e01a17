//! The tiles: six figures, each against what it was in the days before. A direction has a colour only where it is good or
//! bad; more cost or more calls are neither.

use charts::{Amount, Cost};
use model::text;

use super::{
    breakdown,
    figures::{Figures, Totals},
};
use crate::t;

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Its stable name.
    pub id: &'static str,
    /// What it is.
    pub label: String,
    /// How much; nothing is known without calls.
    pub value: Option<String>,
    /// How it changed.
    pub delta: Option<Delta>,
    /// What it was.
    pub was: Option<String>,
    /// What else must be known, such as calls without a price.
    pub note: Option<String>,
    /// A figure that belongs to it.
    pub aside: Option<String>,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delta {
    /// `+13.8%`, `−0.03 pp`.
    pub words: String,
    /// Upwards, or downwards, or neither.
    pub up: Option<bool>,
    /// Better, or worse, or neither.
    pub good: Option<bool>,
}

/// Smaller changes are as likely chance, and are neither good nor bad.
const NOISE: f64 = 0.02;
/// The same for the success rate, in percentage points.
const NOISE_POINTS: f64 = 0.1;

/// All six.
pub fn tiles(figures: &Figures) -> Vec<Tile> {
    let (now, before) = (&figures.now, &figures.before);
    let volume = |id, label, of: fn(&Totals) -> u64, read: fn(u64) -> String| Tile {
        value: Some(read(of(now))),
        delta: change(of(now) as f64, of(before) as f64, None),
        was: Some(read(of(before))),
        ..Tile::named(id, label)
    };
    vec![
        cost(now, before.cost),
        volume("calls", t!("calls"), |totals| totals.calls, |count| text::group_digits(count.into())),
        volume("tokens", t!("usage-tokens"), |totals| totals.tokens, text::short_count),
        success(now, before),
        latency("p50", t!("latency-p50"), now.p50_ms, before.p50_ms),
        Tile {
            aside: breakdown::slowest(now).map(|slowest| format!("p99 {slowest}")),
            ..latency("p95", t!("latency-p95"), now.p95_ms, before.p95_ms)
        },
    ]
}

impl Tile {
    fn named(id: &'static str, label: String) -> Self {
        Self { id, label, value: None, delta: None, was: None, note: None, aside: None }
    }
}

fn cost(totals: &Totals, before: Cost) -> Tile {
    let now = totals.cost;
    let known = |cost: Cost| cost.amount.filter(|_| cost.unpriced == 0);
    let delta =
        known(now).zip(known(before)).and_then(|(now, before)| change(now.0 as f64, before.0 as f64, None));
    Tile {
        value: Some(cost_words(now)),
        delta,
        was: Some(cost_words(before)),
        note: (now.unpriced > 0).then(|| {
            let share = text::rate(now.unpriced, totals.calls).unwrap_or_default();
            t!("plus-unknown-share", count = now.unpriced, share = share)
        }),
        aside: breakdown::per_success(totals).map(|cost| t!("per-success", cost = cost)),
        ..Tile::named("cost", t!("cost"))
    }
}

/// A cost in words; an unknown one is never nothing.
pub fn cost_words(cost: Cost) -> String {
    match (cost.amount, cost.unpriced) {
        (None, 0) => t!("no-data"),
        (None, _) => t!("unknown"),
        (Some(amount), 1..) if amount.0 == 0 => t!("unknown"),
        (Some(amount), _) => amount.display(),
    }
}

fn success(now: &Totals, before: &Totals) -> Tile {
    let share = |totals: &Totals| text::rate(totals.calls.saturating_sub(totals.failed), totals.calls);
    let points = |totals: &Totals| {
        let part = totals.calls.saturating_sub(totals.failed);
        (totals.calls > 0).then(|| Amount::Share { part, whole: totals.calls }.position() * 100.0)
    };
    let delta = points(now).zip(points(before)).map(|(now, before)| {
        let difference = now - before;
        let large = difference.abs() >= NOISE_POINTS;
        Delta {
            words: text::points(difference),
            up: (difference.abs() >= 0.005).then_some(difference > 0.0),
            good: large.then_some(difference > 0.0),
        }
    });
    Tile { value: share(now), delta, was: share(before), ..Tile::named("success", t!("success-rate")) }
}

fn latency(id: &'static str, label: String, now: Option<u64>, before: Option<u64>) -> Tile {
    let delta = now.zip(before).and_then(|(now, before)| change(now as f64, before as f64, Some(false)));
    Tile { value: now.map(text::latency), delta, was: before.map(text::latency), ..Tile::named(id, label) }
}

/// A change; `more_is_good` where a direction is good or bad at all.
fn change(now: f64, before: f64, more_is_good: Option<bool>) -> Option<Delta> {
    let words = text::change(now, before)?;
    let up = (words != "0%").then_some(now > before);
    let large = ((now - before) / before).abs() >= NOISE;
    Some(Delta { words, up, good: more_is_good.zip(up).filter(|_| large).map(|(good, up)| good == up) })
}

#[cfg(test)]
mod tests {
    use super::{super::figures::tests::figures, *};

    #[test]
    fn tiles_read_as_the_design_has_them() {
        let tiles = tiles(&figures());
        let read: Vec<String> = tiles
            .iter()
            .map(|tile| {
                let value = tile.value.clone().unwrap();
                format!("{value} {} {}", tile.delta.as_ref().unwrap().words, tile.was.as_ref().unwrap())
            })
            .collect();
        assert_eq!(
            read,
            [
                "$280.96 +13.8% $246.94",
                "84,740 +10.3% 76,829",
                "170M +11.8% 152M",
                "99.59% −0.04 pp 99.63%",
                "742 ms −3.4% 768 ms",
                "2.41 s +10.6% 2.18 s",
            ]
        );
        let good: Vec<_> = tiles.iter().map(|tile| tile.delta.as_ref().unwrap().good).collect();
        assert_eq!(good, [None, None, None, None, Some(true), Some(false)]);
        let asides: Vec<_> = tiles.iter().filter_map(|tile| tile.aside.as_deref()).collect();
        assert_eq!(asides, ["$0.004000 per success", "p99 4.82 s"]);
    }

    #[test]
    fn a_cost_that_is_not_known_has_no_change_and_is_not_nothing() {
        let mut figures = figures();
        figures.now.cost.unpriced = 12;
        let tile = &tiles(&figures)[0];
        assert_eq!((&tile.delta, tile.note.as_deref()), (&None, Some("+ 12 unpriced (0.01%)")));
        assert_eq!(cost_words(Cost { amount: Some(model::PicoUsd(0)), unpriced: 1 }), "unknown");
    }

    #[test]
    fn without_calls_there_is_no_rate_and_no_latency() {
        let mut figures = figures();
        figures.now = Totals::NONE;
        let tiles = tiles(&figures);
        assert_eq!(tiles[0].value.as_deref(), Some("$0.00"));
        assert!(tiles[3..].iter().all(|tile| tile.value.is_none() && tile.delta.is_none()));
    }
}
