//! Long suites run a bounded share by default and the whole when asked, and write down what they saw.

use std::{
    fs::{self, File},
    path::Path,
};

use serde_json::{Map, Value, json};

/// `bounded`, or `whole` when `SIGNALBOX_FULL` is set, as `cargo xtask test NAME --full` does.
pub fn trials(bounded: usize, whole: usize) -> usize {
    if std::env::var_os("SIGNALBOX_FULL").is_some() { whole } else { bounded }
}

/// Writes one suite's result into `target/reports/reliability.json`, beside those of the others. Suites of one program and
/// programs side by side do so at once: one after the other, and whoever reads sees a whole file.
pub fn report(suite: &str, result: Value) {
    report_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/reports"), suite, result);
}

/// A result as docs/SECURITY.md has its table: how often something was tried, survived as promised, or lost. What else is
/// to be known of it is `more`, an object.
pub fn survived(suite: &str, tried: usize, survived: usize, more: Value) {
    let mut result = json!({ "tried": tried, "survived": survived, "lost": tried - survived });
    let of_result = result.as_object_mut().unwrap();
    of_result.extend(more.as_object().cloned().unwrap_or_default());
    report(suite, result);
}

fn report_in(folder: &Path, suite: &str, result: Value) {
    fs::create_dir_all(folder).unwrap();
    // The lock goes with the file, at the end of this function.
    let alone = File::create(folder.join("reliability.lock")).unwrap();
    alone.lock().unwrap();
    let (file, new) = (folder.join("reliability.json"), folder.join("reliability.json.new"));
    let mut all: Map<String, Value> =
        fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    all.insert(suite.to_owned(), result);
    fs::write(&new, serde_json::to_vec_pretty(&all).unwrap()).unwrap();
    fs::rename(new, file).unwrap();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_that_end_at_once_are_all_in_the_report() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for number in 0..16 {
                let folder = folder.path();
                scope
                    .spawn(move || report_in(folder, &format!("suite {number}"), json!({ "tried": number })));
            }
        });
        let all: Map<String, Value> =
            serde_json::from_slice(&fs::read(folder.path().join("reliability.json")).unwrap()).unwrap();
        assert_eq!(all.len(), 16);
        assert_eq!(all["suite 7"], json!({ "tried": 7 }));
    }
}
