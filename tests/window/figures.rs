//! What was measured, as a table and as JSON.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use serde_json::{Value, json};

/// A figure must not be above this.
#[derive(Clone, Copy)]
pub struct AtMost(pub f64);

/// Everything measured so far.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    goal: Option<AtMost>,
}

impl Figures {
    /// Notes a figure.
    pub fn note(&mut self, name: &'static str, value: f64, unit: &'static str, goal: Option<AtMost>) {
        self.0.push(Figure { name, value: (value * 100.0).round() / 100.0, unit, goal });
    }

    /// Prints the table and writes `target/bench/NAME.json`.
    pub fn publish(&self, name: &str) -> anyhow::Result<()> {
        for figure in &self.0 {
            println!("{}", figure.line());
        }
        let figures: Vec<Value> = self.0.iter().map(Figure::json).collect();
        let report = json!({ "bench": name, "machine": machine(), "figures": figures });
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/bench");
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("{name}.json"));
        fs::write(&path, serde_json::to_vec_pretty(&report)?).context("the figures cannot be written")?;
        println!("\nAlso in target/bench/{name}.json.");
        Ok(())
    }
}

impl Figure {
    fn line(&self) -> String {
        let (goal, verdict) = match self.goal {
            Some(AtMost(most)) if self.value <= most => (format!("<= {most}"), "met"),
            Some(AtMost(most)) => (format!("<= {most}"), "MISSED"),
            None => (String::new(), ""),
        };
        format!("{:<28} {:>12.2} {:<6} {goal:<10} {verdict}", self.name, self.value, self.unit)
    }

    fn json(&self) -> Value {
        let mut figure = json!({ "name": self.name, "value": self.value, "unit": self.unit });
        if let Some(AtMost(most)) = self.goal {
            figure["goal"] = format!("<= {most}").into();
        }
        figure
    }
}

/// The middle of several measurements, which one slow run does not move.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let names = processors.lines().filter_map(|line| line.strip_prefix("model name"));
    let name =
        names.map(|name| name.trim_start_matches([' ', '\t', ':'])).next().unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{name}, {cores} cores, {}", std::env::consts::OS)
}
