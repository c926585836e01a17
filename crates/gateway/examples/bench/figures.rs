//! What was measured, as a table and as JSON.

use std::{fs, path::PathBuf, thread};

use anyhow::Context as _;
use serde_json::{Value, json};

/// What a figure should be.
#[derive(Clone, Copy)]
pub enum Goal {
    AtMost(f64),
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
    /// Notes a figure.
    pub fn note(&mut self, name: &'static str, value: f64, unit: &'static str, goal: Goal) {
        let figure = Figure { name, value, unit, goal };
        println!("{}", figure.line());
        self.0.push(figure);
    }

    /// Writes `target/bench/gateway.json`.
    pub fn publish(&self) -> anyhow::Result<()> {
        let figures: Vec<Value> = self.0.iter().map(Figure::json).collect();
        let report = json!({ "bench": "gateway", "machine": machine(), "figures": figures });
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/bench");
        fs::create_dir_all(&folder)?;
        let text = serde_json::to_vec_pretty(&report)?;
        fs::write(folder.join("gateway.json"), text).context("the figures cannot be written")?;
        println!("\nAlso in target/bench/gateway.json.");
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
