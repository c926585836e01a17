//! What a range says of itself, replayed; and what every range has to keep.

use model::{
    PicoUsd,
    budgets::{Forecast, ForecastRange},
};
use proptest::prelude::*;

use super::{DAYS_NEEDED, Day, Running, forecast};
use crate::dice::Dice;

const ALL_WEEK: [f64; 7] = [1.0, 1.05, 1.0, 1.1, 0.95, 0.3, 0.25];

struct Traffic {
    noise: f64,
    /// How much the level of a week differs from the one before.
    drift: f64,
    bursts: f64,
    outages: f64,
}

fn days(traffic: &Traffic, dice: &mut Dice, count: usize) -> Vec<Day> {
    let mut level = 5e12 * (1.0 + dice.share());
    (0..count)
        .map(|day| {
            if day % 7 == 0 {
                level *= (traffic.drift * dice.normal()).exp();
            }
            let mut cost = level * ALL_WEEK[day % 7] * (traffic.noise * dice.normal()).exp();
            if dice.share() < traffic.bursts {
                cost *= 2.5;
            }
            if dice.share() < traffic.outages {
                cost *= 0.1;
            }
            Day { weekday: (day % 7) as u8, cost: PicoUsd(cost as i128) }
        })
        .collect()
}

fn total(days: &[Day]) -> PicoUsd {
    days.iter().fold(PicoUsd(0), |sum, day| sum.plus(day.cost))
}

/// The range as a month of 30 days would have shown it in the morning of one of its days, and what the month cost.
fn replay(traffic: &Traffic, seed: u64) -> (ForecastRange, PicoUsd) {
    let mut dice = Dice::of(seed);
    let before = 14 + dice.below(50);
    let passed = dice.below(26);
    let all = days(traffic, &mut dice, before + 30);
    let (known, rest) = all.split_at(before + passed);
    let to_come: Vec<u8> = rest.iter().map(|day| day.weekday).collect();
    let running = Running {
        spent: total(&known[before..]),
        today: to_come[0],
        today_left: 1.0,
        to_come: &to_come[1..],
    };
    let Forecast::Range(range) = forecast(known, &running) else { panic!("there were enough days") };
    (range, total(&all[before..]))
}

/// Of 100: those that end within the range, and those that end above it.
fn held(traffic: &Traffic) -> (f64, f64) {
    const MONTHS: u64 = 4_000;
    let (mut within, mut above) = (0, 0);
    for seed in 0..MONTHS {
        let (range, end) = replay(traffic, seed.wrapping_mul(0x2545_f491_4f6c_dd1d));
        within += u32::from((range.low..=range.high).contains(&end));
        above += u32::from(end > range.high);
    }
    let percent = |count: u32| f64::from(count) * 100.0 / MONTHS as f64;
    (percent(within), percent(above))
}

/// Days that differ by a third, a level that moves by 4 % a week, a burst a month and an outage a quarter.
const NORMAL: Traffic = Traffic { noise: 0.3, drift: 0.04, bursts: 0.03, outages: 0.01 };

#[test]
fn of_a_hundred_months_of_normal_traffic_eighty_end_within_their_range() {
    let (within, above) = held(&NORMAL);
    assert!((78.0..=84.0).contains(&within), "{within} within");
    assert!((8.0..=12.0).contains(&above), "{above} above, and as many below");
}

#[test]
fn where_nothing_moves_or_breaks_off_it_is_more_and_where_more_moves_it_is_little_less() {
    let (within, _) = held(&Traffic { drift: 0.0, bursts: 0.0, outages: 0.0, ..NORMAL });
    assert!((80.0..=90.0).contains(&within), "{within}");
    let (within, above) = held(&Traffic { drift: 0.06, ..NORMAL });
    assert!((74.0..=82.0).contains(&within) && above < 15.0, "{within} {above}");
}

#[test]
fn days_that_are_all_alike_leave_no_doubt() {
    let days: Vec<Day> = (0..28).map(|day| Day { weekday: day % 7, cost: PicoUsd(3_000_000_007) }).collect();
    let running = Running { spent: PicoUsd(11), today: 0, today_left: 0.0, to_come: &[1, 2, 3] };
    let end = PicoUsd(9_000_000_032);
    let range = ForecastRange { low: end, expected: end, high: end };
    assert_eq!(forecast(&days, &running), Forecast::Range(range));
}

#[test]
fn weekends_are_forecast_as_weekends() {
    let cost = |weekday: u8| PicoUsd(if weekday < 5 { 1_000 } else { 100 });
    let days: Vec<Day> = (0..28).map(|day| Day { weekday: day % 7, cost: cost(day % 7) }).collect();
    let running = Running { spent: PicoUsd(0), today: 4, today_left: 0.5, to_come: &[5, 6] };
    let Forecast::Range(range) = forecast(&days, &running) else { panic!("there were enough days") };
    assert_eq!(range.expected, PicoUsd(700));
}

#[test]
fn one_runaway_day_moves_the_range_but_does_not_make_it() {
    let mut days: Vec<Day> =
        (0..28).map(|day| Day { weekday: day % 7, cost: PicoUsd(1_000 + i128::from(day % 3)) }).collect();
    days[20].cost = PicoUsd(1_000_000);
    let running = Running { spent: PicoUsd(0), today: 0, today_left: 1.0, to_come: &[1, 2, 3, 4, 5, 6] };
    let Forecast::Range(range) = forecast(&days, &running) else { panic!("there were enough days") };
    assert!(range.expected < PicoUsd(8_000), "{range:?}");
}

#[test]
fn with_thirteen_days_it_is_too_early_and_without_any_cost_it_is_not() {
    let days = |count: u8| -> Vec<Day> {
        (0..count).map(|day| Day { weekday: day % 7, cost: PicoUsd(0) }).collect()
    };
    let running = Running { spent: PicoUsd(0), today: 0, today_left: 1.0, to_come: &[1] };
    assert_eq!(forecast(&days(13), &running), Forecast::TooEarly { days: 13, needed: DAYS_NEEDED });
    let nothing = ForecastRange { low: PicoUsd(0), expected: PicoUsd(0), high: PicoUsd(0) };
    assert_eq!(forecast(&days(14), &running), Forecast::Range(nothing));
}

proptest! {
    #[test]
    fn every_range_holds_its_expectation_and_never_takes_back_what_is_spent(
        costs in prop::collection::vec(0..2_000_000_000_000_i128, 14..80),
        spent in 0..1_000_000_000_000_000_000_i128,
        left in 0.0..1.0_f64,
        to_come in prop::collection::vec(0..7_u8, 0..31),
    ) {
        let days: Vec<Day> =
            costs.iter().enumerate().map(|(day, cost)| Day { weekday: (day % 7) as u8, cost: PicoUsd(*cost) }).collect();
        let at = |spent| forecast(&days, &Running { spent: PicoUsd(spent), today: 3, today_left: left, to_come: &to_come });
        let (Forecast::Range(range), Forecast::Range(from_zero)) = (at(spent), at(0)) else { panic!("there were enough days") };
        prop_assert!(PicoUsd(spent) <= range.low && range.low <= range.expected && range.expected <= range.high);
        // What is spent is added to the last unit, however large it is beside the rest.
        prop_assert_eq!(range.expected, from_zero.expected.plus(PicoUsd(spent)));
        prop_assert_eq!(range.high, from_zero.high.plus(PicoUsd(spent)));
    }
}
