//! Long suites run a bounded share by default and the whole when asked, and write down what they saw.

use std::{fs, path::PathBuf};

use serde_json::{Map, Value};

/// `bounded`, or `whole` when `SIGNALBOX_FULL` is set, as `cargo xtask test NAME --full` does.
pub fn trials(bounded: usize, whole: usize) -> usize {
    if std::env::var_os("SIGNALBOX_FULL").is_some() { whole } else { bounded }
}

/// Writes one suite's result into `target/reports/reliability.json`, beside those of the others.
pub fn report(suite: &str, result: Value) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/reports/reliability.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let mut all: Map<String, Value> =
        fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    all.insert(suite.to_owned(), result);
    fs::write(file, serde_json::to_vec_pretty(&all).unwrap()).unwrap();
}

/// SplitMix64 (Steele, Lea, Flood 2014): trials that differ from each other and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }
}
