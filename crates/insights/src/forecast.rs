//! Where a period will end. Each weekday costs what it cost lately; how far days lie from that, and weeks from each other,
//! says how wide the range is. In 80 of 100 periods of normal traffic the end lies within it; in 10 above and in 10 below.
//! What is normal, and what was tried, is in decision 20.

use model::{
    PicoUsd,
    budgets::{DAYS_NEEDED, Forecast, ForecastRange},
};

use crate::{median, student};

/// Days that are looked back on: eight weeks. Older ones say more of another time than of this one.
pub const WINDOW: usize = 56;
const WEEK: usize = 7;
/// After so many days a day weighs half.
const HALF_LIFE: f64 = 21.0;
/// Part of its level by which a traffic usually moves from one week to the next.
const USUAL_DRIFT: f64 = 0.04;
/// Where days differ by less than this part, that is less.
const STEADY: f64 = 0.1;
/// Weeks that this weighs as much as.
const USUAL_WEEKS: f64 = 4.0;
/// The standard normal's 90 % point: 10 % lie above it and, below zero, as many below.
const NORMAL_90: f64 = 1.281_552;
/// From a median of distances to a normal's standard deviation.
const MAD: f64 = 1.4826;
/// A day that lies further from the middle than so many standard deviations counts as if it lay there: a runaway script
/// is no rhythm, but neither did it cost nothing.
const FAR: f64 = 6.0;
/// Least that a standard deviation counts for there, as a part of the middle, so that days alike do not cut off others.
const LEAST_SPREAD: f64 = 0.25;

/// A whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Of the week, Monday is 0.
    pub weekday: u8,
    /// What its calls cost.
    pub cost: PicoUsd,
}

/// A period that runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Running<'a> {
    /// What it cost so far, today with it.
    pub spent: PicoUsd,
    /// Today's weekday.
    pub today: u8,
    /// The part of today that is still to come, 0 to 1.
    pub today_left: f64,
    /// The weekdays of the days behind today.
    pub to_come: &'a [u8],
}

/// Where a period will end, from the days before today, the newest last. Days before the first call of all are no days
/// without cost: whoever asks leaves them out.
pub fn forecast(days: &[Day], running: &Running<'_>) -> Forecast {
    let days = days.get(days.len().saturating_sub(WINDOW)..).unwrap_or_default();
    let count = u32::try_from(days.len()).unwrap_or(u32::MAX);
    if count < DAYS_NEEDED {
        return Forecast::TooEarly { days: count, needed: DAYS_NEEDED };
    }
    let rhythm = Rhythm::of(days);
    let mut parts = [0.0; WEEK];
    parts[place(running.today)] += running.today_left.clamp(0.0, 1.0);
    for weekday in running.to_come {
        parts[place(*weekday)] += 1.0;
    }
    let (mean, variance) = rhythm.sum(&parts);
    let (low, high) = range(mean, variance, rhythm.quantile());
    let end = |rest: f64| running.spent.plus(PicoUsd(rest.round() as i128));
    Forecast::Range(ForecastRange { low: end(low), expected: end(mean), high: end(high) })
}

/// What each weekday costs, and how far days lie from it.
struct Rhythm {
    mean: [f64; WEEK],
    /// Days that each mean is worth.
    seen: [f64; WEEK],
    /// Variance of a day as a part of its weekday's mean squared.
    relative: f64,
    /// Variance of the level's move from one week to the next, as a part of the level squared.
    drift: f64,
    freedom: f64,
}

impl Rhythm {
    fn of(days: &[Day]) -> Self {
        let ceiling = ceiling(days);
        let costs: Vec<f64> = days.iter().map(|day| float(day.cost).min(ceiling)).collect();
        let weights: Vec<f64> =
            (0..days.len()).rev().map(|ago| 0.5_f64.powf(ago as f64 / HALF_LIFE)).collect();
        let (mut sums, mut heavy, mut squared) = ([0.0; WEEK], [0.0; WEEK], [0.0; WEEK]);
        for ((day, cost), weight) in days.iter().zip(&costs).zip(&weights) {
            let at = place(day.weekday);
            sums[at] += weight * cost;
            heavy[at] += weight;
            squared[at] += weight * weight;
        }
        let each = |over: [f64; WEEK], under: [f64; WEEK]| -> [f64; WEEK] {
            std::array::from_fn(|at| if under[at] > 0.0 { over[at] / under[at] } else { 0.0 })
        };
        let mean = each(sums, heavy);
        let seen = each(heavy.map(|sum| sum * sum), squared);
        let weekdays = seen.iter().filter(|seen| **seen > 0.0).count() as f64;
        let freedom = (days.len() as f64 - weekdays).max(1.0);
        let (mut squares, mut scale) = (0.0, 0.0);
        for (day, cost) in days.iter().zip(&costs) {
            let at = mean[place(day.weekday)];
            squares += (cost - at).powi(2);
            scale += at * at;
        }
        // Each mean was made from the days themselves, which lie nearer to it than others will.
        let unbiased = days.len() as f64 / freedom;
        let relative = if scale > 0.0 { squares / scale * unbiased } else { 0.0 };
        let drift = drift(&costs, &mean, relative);
        Self { mean, seen, relative, drift, freedom }
    }

    /// Mean and variance of so many of each weekday: what they differ by themselves, by what is not known of their means,
    /// and by how far the level will have moved from where it was.
    fn sum(&self, parts: &[f64; WEEK]) -> (f64, f64) {
        let each = parts.iter().zip(self.mean).zip(self.seen);
        let (sum, variance) = each.fold((0.0, 0.0), |(sum, variance), ((part, mean), seen)| {
            let unknown = if seen > 0.0 { part * part / seen } else { 0.0 };
            (sum + part * mean, variance + self.relative * mean * mean * (part + unknown))
        });
        let kept = 0.5_f64.powf(2.0 * WEEK as f64 / HALF_LIFE);
        let weeks = parts.iter().sum::<f64>() / WEEK as f64;
        let moved = self.drift * (kept / (1.0 - kept) + weeks / 3.0);
        (sum, variance + moved * sum * sum)
    }

    /// Student's 90 % point: a spread that few days tell is not known well.
    fn quantile(&self) -> f64 {
        student::quantile(NORMAL_90, self.freedom)
    }
}

/// How the level moves from week to week: what neighbouring weeks differ by beyond what their days make them. Few weeks say
/// little of it, so what is usual weighs as much as [`USUAL_WEEKS`] of them.
fn drift(costs: &[f64], mean: &[f64; WEEK], relative: f64) -> f64 {
    let weeks: Vec<f64> = costs.rchunks_exact(WEEK).map(|week| week.iter().sum()).collect();
    let level: f64 = mean.iter().sum();
    if level <= 0.0 {
        return 0.0;
    }
    let by_days: f64 = mean.iter().map(|mean| relative * mean * mean).sum();
    let moves = weeks.windows(2).map(|two| (two[0] - two[1]).powi(2) - 2.0 * by_days);
    let (count, sum) = moves.fold((0.0, 0.0), |(count, sum), squared| (count + 1.0, sum + squared));
    // Where days are nearly alike, weeks are, too.
    let usual = USUAL_DRIFT * USUAL_DRIFT * (relative / (STEADY * STEADY)).min(1.0);
    ((sum / (level * level) + USUAL_WEEKS * usual) / (count + USUAL_WEEKS)).max(0.0)
}

/// A range around a sum that is never below nothing and reaches further up than down, as costs do: a lognormal's.
fn range(mean: f64, variance: f64, quantile: f64) -> (f64, f64) {
    if mean <= 0.0 {
        return (0.0, 0.0);
    }
    let spread = (1.0 + variance / (mean * mean)).ln();
    let middle = mean * (-spread / 2.0).exp();
    let factor = (quantile * spread.sqrt()).exp();
    ((middle / factor).min(mean), (middle * factor).max(mean))
}

/// What a day counts for at most.
fn ceiling(days: &[Day]) -> f64 {
    let mut costs: Vec<f64> = days.iter().map(|day| float(day.cost)).filter(|cost| *cost > 0.0).collect();
    let middle = median(&mut costs);
    let mut far: Vec<f64> = costs.iter().map(|cost| (cost - middle).abs()).collect();
    middle + FAR * (MAD * median(&mut far)).max(LEAST_SPREAD * middle)
}

fn place(weekday: u8) -> usize {
    usize::from(weekday) % WEEK
}

fn float(cost: PicoUsd) -> f64 {
    cost.0.max(0) as f64
}

#[cfg(test)]
mod tests;
