//! Two members of a split against each other: the difference of their rates of success and of what a success cost, each with
//! a 95 % confidence interval, and what follows.
//!
//! Rates: Newcombe's hybrid score interval without continuity correction (Statistics in Medicine 17, 1998, 873-890, method
//! 10), made of Wilson's. It takes attempts for independent. Cost of a success is a ratio of two sums, so its variance is
//! that of the linearised ratio over quarters of an hour (Cochran, Sampling Techniques, 1977, chapter 6): calls of one
//! quarter may depend on each other. The sums do not know single costs, and need not.

use model::{
    PicoUsd,
    insights::{Difference, Judgement, Sliced},
};

use crate::student;

/// The standard normal's 97.5 % point.
const NORMAL_975: f64 = 1.959_964;
/// Its 80 % point: with as many calls as are needed, four of five members that are as good are found to be.
const NORMAL_80: f64 = 0.841_621;
/// Less often by this is worse than is put up with: two percentage points.
const MARGIN: f64 = 0.02;
/// Attempts below which nothing is said, however often all went well.
const LEAST_CALLS: f64 = 100.0;
/// Attempts from which on something that is far worse is said to be.
const LEAST_FOR_FAR_WORSE: u64 = 30;
/// Quarters of an hour with calls that say how much cost varies.
const LEAST_SLICES: usize = 20;

/// A member against the present one. `share` is what it gets for each call of the present one.
pub struct Verdict {
    /// How much more often it succeeds, in hundredths of a percentage point.
    pub success: Option<Difference<i64>>,
    /// How much more a success costs.
    pub cost: Option<Difference<PicoUsd>>,
    /// What that comes to.
    pub judgement: Judgement,
}

/// Compares.
pub fn compare(present: &Sliced, other: &Sliced, share: f64) -> Verdict {
    let of = |arm: &Sliced| (arm.sums.succeeded, arm.sums.calls);
    let success = newcombe(of(other), of(present));
    let cost = cost_difference(other, present);
    let judgement = judged(present, other, share, success, cost);
    Verdict { success: success.map(hundredths), cost: cost.map(pico), judgement }
}

fn judged(
    present: &Sliced,
    other: &Sliced,
    share: f64,
    success: Option<Difference<f64>>,
    cost: Option<Difference<f64>>,
) -> Judgement {
    let (now, then) = (present.sums.calls, other.sums.calls);
    let needed = needed(present, other, share);
    let of_present = needed / share.max(0.001);
    let far_worse = success.is_some_and(|success| success.high < -MARGIN);
    match success {
        _ if far_worse && now.min(then) >= LEAST_FOR_FAR_WORSE => Judgement::Worse,
        Some(success) if then as f64 >= needed && now as f64 >= of_present.min(needed) => of(success, cost),
        _ if (then as f64) < needed => Judgement::TooFew { calls: then, needed: needed.ceil() as u64 },
        _ => Judgement::TooFew { calls: now, needed: of_present.min(needed).ceil() as u64 },
    }
}

fn of(success: Difference<f64>, cost: Option<Difference<f64>>) -> Judgement {
    if success.high < 0.0 {
        return Judgement::Worse;
    }
    if success.low <= -MARGIN {
        return Judgement::Unclear;
    }
    match cost {
        Some(cost) if cost.high < 0.0 => Judgement::CheaperNotWorse,
        Some(cost) if cost.low >= 0.0 => Judgement::NotCheaper,
        _ => Judgement::NotWorse,
    }
}

/// Attempts of the other by which one that is as good is found to be no worse than by the margin, four times of five
/// (Julious, Statistics in Medicine 23, 2004, 1921-1986, for unequal groups).
fn needed(present: &Sliced, other: &Sliced, share: f64) -> f64 {
    let (good, all) = (present.sums.succeeded + other.sums.succeeded, present.sums.calls + other.sums.calls);
    // A rate that few calls tell is not taken for a certainty: it begins as 19 of 20.
    let rate = ((good as f64 + 19.0) / (all as f64 + 20.0)).clamp(0.5, 0.99);
    let each = rate * (1.0 - rate) * ((NORMAL_975 + NORMAL_80) / MARGIN).powi(2);
    (each * (1.0 + share)).max(LEAST_CALLS)
}

/// Wilson's score interval of a rate.
fn wilson((good, all): (u64, u64)) -> (f64, f64) {
    let (n, z) = (all as f64, NORMAL_975);
    let rate = good as f64 / n;
    let middle = (rate + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The first's rate less the second's; `None` where one has no calls.
fn newcombe(first: (u64, u64), second: (u64, u64)) -> Option<Difference<f64>> {
    if first.1 == 0 || second.1 == 0 {
        return None;
    }
    let rate = |(good, all): (u64, u64)| good as f64 / all as f64;
    let (one, two) = (rate(first), rate(second));
    let ((low, high), (other_low, other_high)) = (wilson(first), wilson(second));
    let seen = one - two;
    Some(Difference {
        low: (seen - (one - low).hypot(other_high - two)).max(-1.0),
        seen,
        high: (seen + (high - one).hypot(two - other_low)).min(1.0),
    })
}

/// What a success cost, and the variance of that; `None` where it is not known or too little is.
fn ratio(arm: &Sliced) -> Option<(f64, f64)> {
    let known =
        arm.sums.succeeded > 0 && arm.sums.succeeded_unpriced == 0 && arm.slices.len() >= LEAST_SLICES;
    let (cost, good) = known.then(|| {
        let sum = |(cost, good): (f64, f64), (more, and): &(PicoUsd, u64)| {
            (cost + more.0 as f64, good + *and as f64)
        };
        arm.slices.iter().fold((0.0, 0.0), sum)
    })?;
    let ratio = cost / good;
    let n = arm.slices.len() as f64;
    let squares: f64 =
        arm.slices.iter().map(|(cost, good)| (cost.0 as f64 - ratio * *good as f64).powi(2)).sum();
    Some((ratio, n / (n - 1.0) * squares / (good * good)))
}

fn cost_difference(first: &Sliced, second: &Sliced) -> Option<Difference<f64>> {
    let ((one, of_one), (two, of_two)) = (ratio(first)?, ratio(second)?);
    let freedom = first.slices.len().min(second.slices.len()) as f64 - 1.0;
    let half = student::quantile(NORMAL_975, freedom) * (of_one + of_two).sqrt();
    let seen = one - two;
    Some(Difference { low: seen - half, seen, high: seen + half })
}

fn hundredths(of: Difference<f64>) -> Difference<i64> {
    let round = |part: f64| (part * 10_000.0).round() as i64;
    Difference { low: round(of.low), seen: round(of.seen), high: round(of.high) }
}

fn pico(of: Difference<f64>) -> Difference<PicoUsd> {
    let round = |part: f64| PicoUsd(part.round() as i128);
    Difference { low: round(of.low), seen: round(of.seen), high: round(of.high) }
}

#[cfg(test)]
mod tests;
