use model::insights::Served;

use super::*;
use crate::dice::Dice;

/// Successes of attempts.
type Rate = (u64, u64);

/// Each row of Newcombe's table II: two rates, and the limits of method 10.
const PUBLISHED: [(Rate, Rate, f64, f64); 8] = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0),
    ((10, 10), (0, 10), 0.6075, 1.0),
];

#[test]
fn intervals_of_rates_are_those_that_were_published() {
    for (first, second, low, high) in PUBLISHED {
        let found = newcombe(first, second).unwrap();
        let near = |one: f64, two: f64| (one - two).abs() < 0.000_06;
        assert!(near(found.low, low) && near(found.high, high), "{first:?} {second:?}: {found:?}");
    }
    // Newcombe 1998, the paper before (857-872), table I.
    for (rate, low, high) in
        [((81, 263), 0.2553, 0.3662), ((15, 148), 0.0624, 0.1605), ((1, 29), 0.0061, 0.1718)]
    {
        let found = wilson(rate);
        assert!((found.0 - low).abs() < 0.000_06 && (found.1 - high).abs() < 0.000_06, "{rate:?}: {found:?}");
    }
    assert!(newcombe((0, 0), (1, 1)).is_none());
}

/// How many of these hold the truth.
fn coverage(times: u32, mut holds: impl FnMut() -> bool) -> f64 {
    f64::from((0..times).map(|_| u32::from(holds())).sum::<u32>()) / f64::from(times)
}

#[test]
fn intervals_of_rates_hold_the_truth_in_95_of_100_splits() {
    let mut dice = Dice::of(1);
    for (one, two, few, many) in [(0.97, 0.97, 200, 1_800), (0.99, 0.95, 300, 300), (0.90, 0.93, 250, 2_250)]
    {
        let mut draw = |rate: f64, calls: u64| (0..calls).filter(|_| dice.share() < rate).count() as u64;
        let share = coverage(2_000, || {
            let found = newcombe((draw(one, few), few), (draw(two, many), many)).unwrap();
            (found.low..=found.high).contains(&(one - two))
        });
        assert!((0.935..=0.975).contains(&share), "{one} {two}: {share}");
    }
}

/// So many quarters of an hour: calls as chance has it around a level of each quarter, costs that differ tenfold.
fn arm(dice: &mut Dice, slices: usize, calls: f64, cost: f64, rate: f64) -> Sliced {
    let mut arm = Sliced::default();
    for _ in 0..slices {
        let level = (0.3 * dice.normal()).exp();
        let (mut sum, mut good) = (0.0, 0);
        let count = dice.poisson(calls * level);
        for _ in 0..count {
            sum += cost * (0.8 * dice.normal() - 0.32).exp();
            good += u64::from(dice.share() < rate);
        }
        if count > 0 {
            arm.slices.push((PicoUsd(sum.round() as i128), good));
            arm.sums.calls += count;
            arm.sums.succeeded += good;
            arm.sums.cost = arm.sums.cost.plus(PicoUsd(sum.round() as i128));
        }
    }
    arm
}

#[test]
fn intervals_of_cost_hold_the_truth_in_95_of_100_splits() {
    let mut dice = Dice::of(2);
    for slices in [40, 200] {
        let truth = 3_000_000.0 / 0.95 - 5_000_000.0 / 0.97;
        let share = coverage(1_500, || {
            let other = arm(&mut dice, slices, 3.0, 3_000_000.0, 0.95);
            let present = arm(&mut dice, slices, 12.0, 5_000_000.0, 0.97);
            let found = cost_difference(&other, &present).unwrap();
            (found.low..=found.high).contains(&truth)
        });
        // Costs are skewed to the right, which an interval of few quarters pays for with a hundredth or two.
        assert!((0.925..=0.975).contains(&share), "{slices}: {share}");
    }
}

fn judgement(present: (u64, u64), other: (u64, u64), costs: [f64; 2]) -> Judgement {
    let even = |(good, calls): (u64, u64), cost: f64| Sliced {
        sums: Served { calls, succeeded: good, ..Served::default() },
        // A little more and a little less, so that there is something to vary.
        slices: (0..40).map(|slice| (PicoUsd((cost * f64::from(98 + slice % 5)) as i128), 100)).collect(),
        ..Sliced::default()
    };
    compare(&even(present, costs[0]), &even(other, costs[1]), 1.0 / 9.0).judgement
}

#[test]
fn nothing_is_said_before_there_are_enough_calls_unless_it_is_far_worse() {
    let cheap = [5_000.0, 1_000.0];
    assert!(matches!(
        judgement((891, 900), (100, 100), cheap),
        Judgement::TooFew { calls: 100, needed: 150..=250 }
    ));
    assert_eq!(judgement((891, 900), (30, 60), cheap), Judgement::Worse);
    assert!(matches!(judgement((0, 0), (0, 0), cheap), Judgement::TooFew { calls: 0, .. }));
    assert!(matches!(judgement((20, 20), (990, 1_000), cheap), Judgement::TooFew { calls: 20, .. }));
}

#[test]
fn a_verdict_says_worse_cheaper_dearer_or_that_it_is_not_clear() {
    let cheap = [5_000.0, 1_000.0];
    let present = (4_950, 5_000);
    assert_eq!(judgement(present, (594, 600), cheap), Judgement::CheaperNotWorse);
    assert_eq!(judgement(present, (594, 600), [1_000.0, 5_000.0]), Judgement::NotCheaper);
    assert_eq!(judgement(present, (594, 600), [1_000.0, 1_000.0]), Judgement::NotWorse);
    assert_eq!(judgement(present, (560, 600), cheap), Judgement::Worse);
    assert_eq!(judgement(present, (589, 600), cheap), Judgement::Unclear);
}

#[test]
fn a_split_of_equals_is_called_worse_in_at_most_one_of_thirty_and_mostly_not_worse() {
    let mut dice = Dice::of(3);
    let (mut worse, mut fine) = (0, 0);
    for _ in 0..400 {
        let present = arm(&mut dice, 60, 90.0, 5_000_000.0, 0.98);
        let other = arm(&mut dice, 60, 10.0, 2_000_000.0, 0.98);
        match compare(&present, &other, 1.0 / 9.0).judgement {
            Judgement::Worse => worse += 1,
            Judgement::CheaperNotWorse => fine += 1,
            _ => {}
        }
    }
    assert!(worse <= 14, "{worse} of 400");
    assert!(fine >= 300, "{fine} of 400");
}
