//! Where a period will end. Each weekday costs what it cost lately, and how far days lie from that says how wide the range
//! is. In 80 of 100 periods of a traffic that goes on as before, the end lies within it; in 10 above and in 10 below.

use model::{
    PicoUsd,
    budgets::{DAYS_NEEDED, Forecast, ForecastRange},
};

/// Days that are looked back on: eight weeks. Older ones say more of another time than of this one.
pub const WINDOW: usize = 56;
const WEEK: usize = 7;
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
    seen: [f64; WEEK],
    /// Variance of a day as a part of its weekday's mean squared.
    relative: f64,
    freedom: f64,
}

impl Rhythm {
    fn of(days: &[Day]) -> Self {
        let ceiling = ceiling(days);
        let mut costs: [Vec<f64>; WEEK] = Default::default();
        for day in days {
            costs[place(day.weekday)].push(float(day.cost).min(ceiling));
        }
        let seen = costs.each_ref().map(|costs| costs.len() as f64);
        let mean = costs.each_ref().map(|costs| mean(costs));
        let squares: f64 = costs.iter().zip(mean).map(|(costs, mean)| distances(costs, mean)).sum();
        let scale: f64 = seen.iter().zip(mean).map(|(seen, mean)| seen * mean * mean).sum();
        let weekdays = seen.iter().filter(|seen| **seen > 0.0).count();
        let freedom = (days.len() - weekdays.min(days.len() - 1)) as f64;
        // Each mean was made from the days themselves, which lie nearer to it than others will.
        let unbiased = days.len() as f64 / freedom;
        let relative = if scale > 0.0 { squares / scale * unbiased } else { 0.0 };
        let mut rhythm = Self { mean, seen, relative, freedom };
        rhythm.relative *= rhythm.drift(days, ceiling);
        rhythm
    }

    /// How much more whole weeks differ than days would make them: days of one week are alike where traffic grows and
    /// shrinks slowly, and then their errors do not cancel out. Few weeks say little of it and move it little.
    fn drift(&self, days: &[Day], ceiling: f64) -> f64 {
        let week_of = |week: &[Day]| week.iter().map(|day| float(day.cost).min(ceiling)).sum::<f64>();
        let weeks: Vec<f64> = days.rchunks_exact(WEEK).map(week_of).collect();
        let by_days: f64 = self.mean.iter().map(|mean| self.relative * mean * mean).sum();
        if weeks.len() < 2 || by_days <= 0.0 {
            return 1.0;
        }
        let freedom = (weeks.len() - 1) as f64;
        let ratio = distances(&weeks, mean(&weeks)) / freedom / by_days;
        ((freedom * ratio + WEEK as f64) / (freedom + WEEK as f64)).max(1.0)
    }

    /// Mean and variance of so many of each weekday: what they differ by themselves, and by what is not known of their
    /// means.
    fn sum(&self, parts: &[f64; WEEK]) -> (f64, f64) {
        let each = parts.iter().zip(self.mean).zip(self.seen);
        each.fold((0.0, 0.0), |(sum, variance), ((part, mean), seen)| {
            let unknown = if seen > 0.0 { part * part / seen } else { 0.0 };
            (sum + part * mean, variance + self.relative * mean * mean * (part + unknown))
        })
    }

    /// Student's 90 % point (Cornish and Fisher's series): a spread that few days tell is not known well.
    fn quantile(&self) -> f64 {
        let (z, n) = (NORMAL_90, self.freedom);
        let second = 5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z;
        z + (z.powi(3) + z) / (4.0 * n) + second / (96.0 * n * n)
    }
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

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    match (numbers.get(numbers.len() / 2), numbers.len() % 2) {
        (None, _) => 0.0,
        (Some(upper), 1) => *upper,
        (Some(upper), _) => (numbers[numbers.len() / 2 - 1] + upper) / 2.0,
    }
}

fn mean(numbers: &[f64]) -> f64 {
    if numbers.is_empty() { 0.0 } else { numbers.iter().sum::<f64>() / numbers.len() as f64 }
}

fn distances(numbers: &[f64], from: f64) -> f64 {
    numbers.iter().map(|number| (number - from).powi(2)).sum()
}

fn place(weekday: u8) -> usize {
    usize::from(weekday) % WEEK
}

fn float(cost: PicoUsd) -> f64 {
    cost.0.max(0) as f64
}

#[cfg(test)]
mod tests;
