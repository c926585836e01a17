//! Values with their unit: how long a bar they are, and how they read. Sums are made in whole numbers, so that what is
//! read out is exact; a floating point number is only ever a position.

use model::{PicoUsd, text, writing};

use crate::frame::Words;

/// A value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Money.
    Money(PicoUsd),
    /// Tokens, calls, errors.
    Count(u64),
    /// A duration in milliseconds.
    Millis(u64),
    /// A share of a whole.
    Share {
        /// How many.
        part: u64,
        /// Of how many; nothing is shown of none.
        whole: u64,
    },
}

impl Amount {
    /// For positions: dollars, pieces, milliseconds, a share from 0 to 1.
    pub fn position(self) -> f64 {
        match self {
            Self::Money(amount) => amount.0 as f64 / PicoUsd::ONE_USD as f64,
            Self::Count(count) => count as f64,
            Self::Millis(ms) => ms as f64,
            Self::Share { whole: 0, .. } => 0.0,
            Self::Share { part, whole } => part.min(whole) as f64 / whole as f64,
        }
    }

    pub(crate) fn unit(self) -> Unit {
        match self {
            Self::Money(_) => Unit::Money,
            Self::Count(_) => Unit::Count,
            Self::Millis(_) => Unit::Millis,
            Self::Share { .. } => Unit::Share,
        }
    }

    /// With all digits, for a read-out and a table. A share is exact by what it is a share of.
    pub fn exact(self, words: &Words) -> String {
        match self {
            Self::Money(amount) => amount.exact(),
            Self::Count(count) => text::group_digits(count.into()),
            Self::Millis(ms) => format!("{} ms", text::group_digits(ms.into())),
            Self::Share { whole: 0, .. } => self.short(),
            Self::Share { part, whole } => {
                let read = |count: u64| text::group_digits(count.into());
                (words.share)(&self.short(), &read(part), &read(whole))
            }
        }
    }

    /// For a label: `$280.96`, `3.60M`, `719 ms`, `99.59%`.
    pub fn short(self) -> String {
        match self {
            Self::Money(amount) => amount.display(),
            Self::Count(count) => text::short_count(count),
            Self::Millis(ms) => text::latency(ms),
            Self::Share { part, whole } => text::rate(part, whole).unwrap_or_else(|| "–".to_owned()),
        }
    }
}

/// What an axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Dollars.
    Money,
    /// Whole pieces.
    Count,
    /// Milliseconds.
    Millis,
    /// Shares of a whole.
    Share,
}

impl Unit {
    /// Labels of evenly spaced ticks, all with the same unit and number of places: `$0`, `$5`, `$10`.
    pub(crate) fn labels(self, ticks: &[f64], step: f64) -> Vec<String> {
        let largest = ticks.iter().fold(0.0f64, |largest, tick| largest.max(tick.abs()));
        // A page's numbers are as large as its language counts: thousands, or ten thousands.
        let counted = |from| writing::scale(largest as u64).filter(|_| largest >= from);
        let (divisor, after) = match self {
            Self::Money => counted(1e4).map_or((1.0, ""), |scale| (scale.one, scale.word)),
            Self::Count => counted(1e3).map_or((1.0, ""), |scale| (scale.one, scale.word)),
            Self::Millis if largest >= 1000.0 => (1000.0, " s"),
            Self::Millis => (1.0, " ms"),
            Self::Share => (0.01, ""),
        };
        let places = places(step / divisor);
        let label = |tick: &f64| {
            let sign = if *tick < 0.0 { "−" } else { "" };
            let (digits, after) = match *tick {
                0.0 => ("0".to_owned(), ""),
                tick => (number(tick.abs() / divisor, places), after),
            };
            match self {
                Self::Money => writing::with_dollar(sign, &format!("{}{after}", writing::number(&digits))),
                Self::Share => writing::number(&format!("{sign}{digits}%")),
                Self::Count | Self::Millis => format!("{sign}{}{after}", writing::number(&digits)),
            }
        };
        ticks.iter().map(label).collect()
    }
}

/// How many places a step needs, at most those of a pico-dollar.
fn places(step: f64) -> usize {
    let whole = |places: &usize| {
        let scaled = step * 10f64.powi(*places as i32);
        (scaled - scaled.round()).abs() < 1e-6 * scaled.max(1e-9) && scaled >= 0.5
    };
    (0..=12).find(whole).unwrap_or(12)
}

fn number(value: f64, places: usize) -> String {
    if places > 0 || value >= 1e15 {
        return if value >= 1e15 { format!("{value:.0e}") } else { format!("{value:.places$}") };
    }
    text::field_digits(value.round() as u128)
}

#[cfg(test)]
mod tests {
    use model::program::Language;

    use super::*;

    #[test]
    fn labels_of_one_axis_have_one_unit_and_the_places_of_its_step() {
        assert_eq!(Unit::Money.labels(&[0.0, 5.0, 10.0], 5.0), ["$0", "$5", "$10"]);
        assert_eq!(Unit::Money.labels(&[0.0, 2.5, 5.0], 2.5), ["$0", "$2.5", "$5.0"]);
        assert_eq!(Unit::Money.labels(&[0.0, 2e-12], 2e-12), ["$0", "$0.000000000002"]);
        assert_eq!(Unit::Money.labels(&[-100.0, 0.0, 100.0], 100.0), ["−$100", "$0", "$100"]);
        assert_eq!(Unit::Count.labels(&[0.0, 2.5e6, 5e6, 7.5e6], 2.5e6), ["0", "2.5M", "5.0M", "7.5M"]);
        assert_eq!(Unit::Millis.labels(&[0.0, 2000.0], 2000.0), ["0", "2 s"]);
        assert_eq!(Unit::Millis.labels(&[0.0, 200.0, 400.0], 200.0), ["0", "200 ms", "400 ms"]);
        assert_eq!(
            Unit::Share.labels(&[0.985, 0.99, 0.995, 1.0], 0.005),
            ["98.5%", "99.0%", "99.5%", "100.0%"]
        );
    }

    #[test]
    fn labels_are_written_as_their_language_counts() {
        let labels =
            |unit: Unit, ticks: &[f64]| unit.labels(ticks, ticks[1]).join("|").replace('\u{a0}', " ");
        let read = |language| {
            writing::within(language, || {
                [
                    labels(Unit::Count, &[0.0, 300_000.0, 600_000.0]),
                    labels(Unit::Count, &[0.0, 2.5e9]),
                    labels(Unit::Money, &[0.0, 12_500.0]),
                    labels(Unit::Money, &[0.0, 2.5]),
                    labels(Unit::Share, &[0.0, 0.005]),
                ]
            })
        };
        assert_eq!(read(Language::English), ["0|300K|600K", "0|2.5B", "$0|$12.5K", "$0|$2.5", "0%|0.5%"]);
        let german = ["0|300 Tsd.|600 Tsd.", "0|2,5 Mrd.", "0 $|12,5 Tsd. $", "0 $|2,5 $", "0 %|0,5 %"];
        assert_eq!(read(Language::German), german);
        assert_eq!(read(Language::Chinese), ["0|30万|60万", "0|25亿", "$0|$1.25万", "$0|$2.5", "0%|0.5%"]);
    }

    #[test]
    fn an_amount_reads_in_full_where_it_is_read_out() {
        let words = Words::default();
        assert_eq!(Amount::Count(3_612_000).exact(&words), "3,612,000");
        assert_eq!(Amount::Count(3_612_000).short(), "3.61M");
        let share = Amount::Share { part: 84_394, whole: 84_740 };
        assert_eq!(share.exact(&words), "99.59% (84,394 of 84,740)");
        assert_eq!([share, Amount::Share { part: 0, whole: 0 }].map(Amount::short), ["99.59%", "–"]);
        assert_eq!(Amount::Millis(2_413).exact(&words), "2,413 ms");
        assert_eq!(Amount::Money(PicoUsd(133_784_512_500_000)).exact(&words), "$133.7845125");
    }
}
