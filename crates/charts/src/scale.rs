//! Where an axis begins and ends, and its gridlines: at most four beside the baseline, at numbers that people count in.

/// Gridlines beside the baseline.
const LINES: usize = 4;
/// Shares that never fall below this have an axis that does not start at 0.
const HIGH_SHARE: f64 = 0.5;
const NICE: [f64; 4] = [1.0, 2.0, 2.5, 5.0];

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) step: f64,
    /// From `low` to `high`.
    pub(crate) ticks: Vec<f64>,
}

impl Scale {
    /// An axis of amounts: from 0, or from below it if there are negative ones.
    pub(crate) fn amounts(values: impl IntoIterator<Item = f64>, whole: bool) -> Self {
        let (low, high) = range(values);
        let (low, high) = (low.min(0.0), high.max(0.0));
        let least = if whole { 1.0 } else { 0.0 };
        if high - low <= 0.0 {
            return Self { low: 0.0, high: 1.0, step: 1.0, ticks: vec![0.0] };
        }
        let lines = |step: f64| (high / step).ceil() - (low / step).floor();
        let step = nice((high - low) / LINES as f64, least, |step| lines(step) <= LINES as f64);
        Self::between((low / step).floor(), (high / step).ceil(), step)
    }

    /// An axis of shares: to 100 %, from as high as they allow.
    pub(crate) fn shares(values: impl IntoIterator<Item = f64>) -> Self {
        let (low, _) = range(values);
        let missing = 1.0 - low.clamp(0.0, 1.0);
        if missing > HIGH_SHARE {
            return Self::between(0.0, 4.0, 0.25);
        }
        let missing = missing.max(0.001);
        let step = nice(missing / LINES as f64, 0.0005, |step| (missing / step).ceil() <= LINES as f64);
        let below = (missing / step).ceil().max(2.0);
        let ticks = (0..=below as usize).rev().map(|down| 1.0 - down as f64 * step).collect();
        Self { low: 1.0 - below * step, high: 1.0, step, ticks }
    }

    fn between(from: f64, to: f64, step: f64) -> Self {
        let count = (to - from).clamp(1.0, 2.0 * LINES as f64) as usize;
        let ticks = (0..=count).map(|place| (from + place as f64) * step).collect();
        Self { low: from * step, high: to * step, step, ticks }
    }
}

fn range(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    values
        .into_iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)))
}

/// The smallest nice step from about `rough` on that is not too small.
fn nice(rough: f64, least: f64, enough: impl Fn(f64) -> bool) -> f64 {
    let decade = rough.log10().floor() as i32;
    let steps = (decade - 1..=decade + 2).flat_map(|decade| NICE.map(|nice| nice * 10f64.powi(decade)));
    let whole = |step: &f64| least < 1.0 || step.fract() == 0.0;
    let mut steps = steps.filter(|step| *step >= least).filter(whole);
    steps.find(|step| enough(*step)).unwrap_or(rough.max(least))
}

/// Which of some steps have a label, counted from the last one: so many that they do not touch.
pub(crate) fn labelled(count: usize, slot: f64, room: f64) -> Vec<usize> {
    const EVERY: [usize; 14] = [1, 2, 3, 5, 7, 10, 14, 21, 28, 30, 60, 91, 182, 364];
    let every = EVERY.into_iter().find(|every| *every as f64 * slot >= room).unwrap_or(count.max(1));
    (0..count).rev().step_by(every).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_start_at_zero_and_have_four_lines_at_most() {
        let ticks = |values: &[f64]| Scale::amounts(values.iter().copied(), false).ticks;
        assert_eq!(ticks(&[18.04, 3.0]), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(&[7.1]), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(ticks(&[-30.0, 290.0]), [-100.0, 0.0, 100.0, 200.0, 300.0]);
        assert_eq!(ticks(&[]), [0.0]);
        assert_eq!(ticks(&[0.0]), [0.0]);
    }

    #[test]
    fn pieces_have_whole_steps() {
        assert_eq!(Scale::amounts([1.0], true).ticks, [0.0, 1.0]);
        assert_eq!(Scale::amounts([10.0], true).ticks, [0.0, 5.0, 10.0]);
    }

    #[test]
    fn shares_near_the_whole_start_where_they_can_be_told_apart() {
        let shares = Scale::shares([0.9925, 0.998]);
        assert_eq!((shares.high, shares.ticks.len()), (1.0, 5));
        assert!((shares.low - 0.992).abs() < 1e-9, "{}", shares.low);
        assert_eq!(Scale::shares([0.2]).low, 0.0);
        assert!(Scale::shares([1.0]).low < 1.0);
    }

    #[test]
    fn extremes_have_an_axis_too() {
        for value in [1e-12, 1.0, 1.7e26, 1e300] {
            let scale = Scale::amounts([value], false);
            assert!(
                scale.high >= value && scale.high.is_finite() && scale.ticks.len() <= 5,
                "{value}: {scale:?}"
            );
        }
    }

    #[test]
    fn labels_are_counted_from_the_last_step() {
        assert_eq!(labelled(30, 16.0, 76.0), [29, 24, 19, 14, 9, 4]);
        assert_eq!(labelled(0, 16.0, 76.0), Vec::<usize>::new());
    }
}
