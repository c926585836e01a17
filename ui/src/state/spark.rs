//! Seven days of cost as the points of a small curve.

use model::PicoUsd;

/// Paths of a curve in a box of 64 by 22, and its last point.
#[derive(Clone, Debug, PartialEq)]
pub struct Spark {
    /// The curve.
    pub line: String,
    /// The curve closed down to the baseline.
    pub area: String,
    /// Where today is.
    pub end: (f64, f64),
}

const LEFT: f64 = 2.0;
const RIGHT: f64 = 60.0;
const TOP: f64 = 4.0;
const BASE: f64 = 21.0;

/// The curve of some days, oldest first; the largest touches the top, nothing lies on the baseline.
pub fn spark(days: &[PicoUsd]) -> Spark {
    let largest = days.iter().map(|day| day.0).max().unwrap_or(0).max(1) as f64;
    let step = (RIGHT - LEFT) / days.len().saturating_sub(1).max(1) as f64;
    let points: Vec<(f64, f64)> = days
        .iter()
        .enumerate()
        .map(|(place, day)| (LEFT + step * place as f64, BASE - (BASE - TOP) * (day.0 as f64 / largest)))
        .collect();
    let drawn: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    let line = format!("M{}", drawn.join(" L"));
    let area = format!("{line} L{RIGHT} {BASE} L{LEFT} {BASE}z");
    Spark { line, area, end: points.last().copied().unwrap_or((LEFT, BASE)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearest_day_touches_the_top_and_a_free_one_the_base() {
        let spark = spark(&[PicoUsd(0), PicoUsd(10), PicoUsd(5)]);
        assert_eq!(spark.line, "M2.0 21.0 L31.0 4.0 L60.0 12.5");
        assert_eq!(spark.end, (60.0, 12.5));
    }

    #[test]
    fn days_without_any_cost_are_flat_and_finite() {
        assert!(spark(&[PicoUsd(0); 7]).line.contains("60.0 21.0"));
    }
}
