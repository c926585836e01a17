//! What a bench measured, as a table and as JSON, each figure against its goal. For benches alone: nothing of the product
//! depends on it.

#![allow(clippy::print_stdout, reason = "a bench talks to the terminal")]

use std::{fs, path::PathBuf, thread};

use anyhow::Context as _;
use serde_json::{Value, json};

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Goal {
    /// Not above this.
    AtMost(f64),
    /// Not below this.
    AtLeast(f64),
    /// It is there to compare with.
    None,
}

/// Everything measured so far.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    goal: Goal,
}

impl Figures {
    /// Notes a figure, and prints its line of the table.
    pub fn note(&mut self, name: &'static str, value: f64, unit: &'static str, goal: Goal) {
        let figure = Figure { name, value, unit, goal };
        println!("{}", figure.line());
        self.0.push(figure);
    }

    /// Writes `target/bench/NAME.json`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn publish(&self, name: &str) -> anyhow::Result<()> {
        let figures: Vec<Value> = self.0.iter().map(Figure::json).collect();
        let report = json!({ "bench": name, "machine": machine(), "figures": figures });
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/bench");
        fs::create_dir_all(&folder)?;
        let text = serde_json::to_vec_pretty(&report)?;
        fs::write(folder.join(format!("{name}.json")), text).context("the figures cannot be written")?;
        println!("\nAlso in target/bench/{name}.json.");
        Ok(())
    }
}

impl Goal {
    fn text(self) -> Option<String> {
        match self {
            Self::AtMost(most) => Some(format!("<= {most}")),
            Self::AtLeast(least) => Some(format!(">= {least}")),
            Self::None => None,
        }
    }

    fn verdict(self, value: f64) -> &'static str {
        match self {
            Self::AtMost(most) if value <= most => "met",
            Self::AtLeast(least) if value >= least => "met",
            Self::None => "",
            _ => "MISSED",
        }
    }
}

impl Figure {
    fn line(&self) -> String {
        let goal = self.goal.text().unwrap_or_default();
        format!(
            "{:<32} {:>12.3} {:<6} {goal:<10} {}",
            self.name,
            self.value,
            self.unit,
            self.goal.verdict(self.value)
        )
    }

    fn json(&self) -> Value {
        let rounded = (self.value * 1000.0).round() / 1000.0;
        let mut figure = json!({ "name": self.name, "value": rounded, "unit": self.unit });
        if let Some(goal) = self.goal.text() {
            figure["goal"] = goal.into();
        }
        figure
    }
}

/// The middle of several measurements, which one slow round does not move.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let mut names = processors.lines().filter_map(|line| line.strip_prefix("model name"));
    let name = names.next().map_or("unknown processor", |name| name.trim_start_matches([' ', '\t', ':']));
    let cores = thread::available_parallelism().map_or(0, usize::from);
    format!("{name}, {cores} cores, {}", std::env::consts::OS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(value: f64, goal: Goal) -> Figure {
        Figure { name: "added_p50", value, unit: "ms", goal }
    }

    #[test]
    fn a_goal_is_met_at_its_bound_and_missed_beyond_it() {
        let verdict = |value, goal| figure(value, goal).line().split_whitespace().last().map(str::to_owned);
        assert_eq!(verdict(0.25, Goal::AtMost(0.25)).as_deref(), Some("met"));
        assert_eq!(verdict(0.26, Goal::AtMost(0.25)).as_deref(), Some("MISSED"));
        assert_eq!(verdict(60.0, Goal::AtLeast(60.0)).as_deref(), Some("met"));
        assert_eq!(verdict(59.9, Goal::AtLeast(60.0)).as_deref(), Some("MISSED"));
        assert_eq!(verdict(59.9, Goal::None).as_deref(), Some("ms"));
        assert_eq!(verdict(f64::NAN, Goal::AtMost(1.0)).as_deref(), Some("MISSED"));
    }

    #[test]
    fn a_figure_is_written_with_its_goal_if_it_has_one() {
        let written = figure(0.123_46, Goal::AtMost(0.25)).json();
        assert_eq!(written, json!({ "name": "added_p50", "value": 0.123, "unit": "ms", "goal": "<= 0.25" }));
        assert_eq!(
            figure(2.0, Goal::None).json(),
            json!({ "name": "added_p50", "value": 2.0, "unit": "ms" })
        );
    }

    #[test]
    fn one_slow_round_does_not_move_the_median() {
        assert_eq!(median(vec![2.0, 900.0, 1.0]), 2.0);
        assert!(median(Vec::new()).is_nan());
    }
}
