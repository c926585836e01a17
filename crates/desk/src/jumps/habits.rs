//! The account's habits from its hours: of the whole and of each configuration, calls and cost.

use std::collections::{BTreeSet, VecDeque};

use insights::{Habit, Hour, Scope, WEEKS_NEEDED, Whose};
use model::{
    Timestamp,
    insights::{Measure, Watching},
    time::DAY_MS,
};
use store::HourUsed;

/// Weeks that are looked back on: older ones say more of another time than of this one.
pub(super) const WEEKS: i64 = 8;
const HOUR_MS: i64 = 3_600_000;

/// Hours of the last weeks, and what they make usual.
#[derive(Default)]
pub(super) struct Habits {
    /// Whole hours, oldest first.
    hours: VecDeque<HourUsed>,
    /// The hour that runs: its first instant, and which one of the week it is.
    running: Option<(Timestamp, u8)>,
    of: Vec<(Scope, Habit)>,
}

impl Habits {
    /// The whole account first.
    pub(super) fn of(&self) -> &[(Scope, Habit)] {
        &self.of
    }

    /// From where on hours are missing at an instant; `None` when none is.
    pub(super) fn missing_from(&self, now: Timestamp) -> Option<Timestamp> {
        match self.running {
            None => Some(now.plus_days(-7 * WEEKS)),
            Some((start, _)) => (now.since(start) >= HOUR_MS.unsigned_abs()).then_some(start),
        }
    }

    /// Takes in hours that follow those that are there; the last of them runs still.
    pub(super) fn add(&mut self, hours: Vec<HourUsed>) {
        let mut hours = hours;
        let Some(running) = hours.pop() else { return };
        self.hours.extend(hours);
        let oldest = running.start.plus_days(-7 * WEEKS);
        while self.hours.front().is_some_and(|hour| hour.start < oldest) {
            self.hours.pop_front();
        }
        self.running = Some((running.start, running.of_week));
    }

    /// Makes them anew. `single` are costs of some calls of late.
    pub(super) fn make(&mut self, single: &[f64]) {
        let configs: BTreeSet<i64> =
            self.hours.iter().flat_map(|hour| hour.by_config.keys().copied()).collect();
        let scopes = std::iter::once(None).chain(configs.into_iter().map(Some));
        self.of = scopes.flat_map(|config| self.both(config, single)).collect();
    }

    fn both(&self, config: Option<i64>, single: &[f64]) -> Vec<(Scope, Habit)> {
        let whose = if config.is_some() { Whose::One } else { Whose::Account };
        let of = |measure| match measure {
            Measure::Calls => Habit::of_calls(&self.sums(config, measure), whose),
            Measure::Cost => Habit::of_cost(&self.sums(config, measure), whose, single),
        };
        let each = Measure::ALL.into_iter();
        each.filter_map(|measure| Some((Scope { config, measure }, of(measure)?))).collect()
    }

    /// Hours since the first call: those before are no hours without calls.
    fn sums(&self, config: Option<i64>, measure: Measure) -> Vec<Hour> {
        let hours = self.hours.iter().skip_while(|hour| match config {
            None => hour.by_config.is_empty(),
            Some(config) => !hour.by_config.contains_key(&config),
        });
        hours.map(|hour| Hour { of_week: hour.of_week, sum: sum(hour, config, measure) }).collect()
    }

    /// Seconds since Monday 00:00, as the account's clocks show it, and the hour of the week.
    pub(super) fn in_week(&self, now: Timestamp) -> Option<(f64, u8)> {
        let (start, of_week) = self.running?;
        Some((f64::from(of_week) * 3_600.0 + now.since(start) as f64 / 1_000.0, of_week))
    }

    /// Whether they say anything yet.
    pub(super) fn watching(&self) -> Watching {
        let Some((running, _)) = self.running else { return Watching::Reading };
        let first = self.hours.iter().find(|hour| !hour.by_config.is_empty());
        let days = first.map_or(0, |hour| running.since(hour.start) / DAY_MS.unsigned_abs());
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        match self.of.is_empty() {
            true => Watching::TooEarly { days, needed: 7 * WEEKS_NEEDED },
            // The first hours may be a night without calls.
            false => Watching::Now { weeks: (days + 3) / 7 },
        }
    }
}

fn sum(hour: &HourUsed, config: Option<i64>, measure: Measure) -> f64 {
    let of = |(calls, cost): &(u64, model::PicoUsd)| match measure {
        Measure::Calls => *calls as f64,
        Measure::Cost => cost.0 as f64,
    };
    match config {
        None => hour.by_config.values().map(of).sum(),
        Some(config) => hour.by_config.get(&config).map_or(0.0, of),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use model::PicoUsd;

    use super::*;

    fn hours(count: i64, first_call: i64) -> Vec<HourUsed> {
        let hour = |at: i64| HourUsed {
            start: Timestamp(at * HOUR_MS),
            of_week: u8::try_from(at % 168).unwrap(),
            by_config: if at < first_call {
                BTreeMap::new()
            } else {
                BTreeMap::from([(1, (60, PicoUsd(600)))])
            },
        };
        (0..=count).map(hour).collect()
    }

    #[test]
    fn hours_before_the_first_call_are_no_habit_and_the_page_is_told_how_long_it_takes() {
        let mut habits = Habits::default();
        assert_eq!(habits.watching(), Watching::Reading);
        habits.add(hours(8 * 168, 5 * 168));
        habits.make(&[10.0]);
        assert!(habits.of().is_empty());
        assert_eq!(habits.watching(), Watching::TooEarly { days: 21, needed: 28 });
        let mut habits = Habits::default();
        habits.add(hours(8 * 168, 4 * 168));
        habits.make(&[10.0]);
        let scopes: Vec<Scope> = habits.of().iter().map(|(scope, _)| *scope).collect();
        let of = |config, measure| Scope { config, measure };
        let both = [Measure::Calls, Measure::Cost];
        assert_eq!(scopes, [None, Some(1)].map(|config| both.map(|measure| of(config, measure))).concat());
        assert_eq!(habits.watching(), Watching::Now { weeks: 4 });
    }

    #[test]
    fn the_hour_that_runs_is_no_habit_and_is_read_again_when_it_is_over() {
        let mut habits = Habits::default();
        habits.add(hours(10, 0));
        let running = Timestamp(10 * HOUR_MS);
        assert_eq!(habits.missing_from(Timestamp(running.0 + HOUR_MS - 1)), None);
        assert_eq!(habits.missing_from(Timestamp(running.0 + HOUR_MS)), Some(running));
        assert_eq!(habits.in_week(Timestamp(running.0 + 90_000)), Some((36_090.0, 10)));
        habits.add(hours(12, 0).split_off(10));
        assert_eq!(habits.hours.len(), 12);
    }
}
