//! Long suites run a bounded share by default and the whole when asked, and write down what they saw.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

/// `bounded`, or `whole` when `SIGNALBOX_FULL` is set, as `cargo xtask test NAME --full` does.
pub fn trials(bounded: usize, whole: usize) -> usize {
    if is_whole() { whole } else { bounded }
}

fn is_whole() -> bool {
    std::env::var_os("SIGNALBOX_FULL").is_some()
}

/// One suite of trials under way. Its result goes into `target/reports/reliability.json`, beside those of the others and apart
/// for bounded and whole runs, so that a bounded run does not stand where a whole one was seen.
///
/// The place is taken when it begins: a suite that is killed has no result there, rather than that of an earlier run, and one
/// that ends before it tells its result has lost something.
#[must_use = "a suite that is dropped before it tells its result has failed"]
pub struct Suite {
    folder: PathBuf,
    extent: &'static str,
    name: &'static str,
    told: bool,
}

impl Suite {
    /// A suite whose share is [`trials`].
    pub fn begin(name: &'static str) -> Self {
        Self::begin_of(name, is_whole())
    }

    /// A suite that knows by itself whether this is its whole.
    pub fn begin_of(name: &'static str, whole: bool) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/reports");
        Self::begin_in(folder, name, whole)
    }

    fn begin_in(folder: PathBuf, name: &'static str, whole: bool) -> Self {
        let suite = Self { folder, extent: if whole { "whole" } else { "bounded" }, name, told: false };
        suite.report(json!({ "ended": false })).unwrap();
        suite
    }

    /// A result as docs/SECURITY.md has its table: how often something was tried, survived as promised, or lost. What else
    /// is to be known of it is `more`, an object.
    pub fn survived(mut self, tried: usize, survived: usize, more: Value) {
        let mut result = json!({ "tried": tried, "survived": survived, "lost": tried - survived });
        let of_result = result.as_object_mut().unwrap();
        of_result.extend(more.as_object().cloned().unwrap_or_default());
        self.report(result).unwrap();
        self.told = true;
    }

    /// Suites of one program and programs side by side do so at once: one after the other, and whoever reads sees a whole file.
    fn report(&self, result: Value) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        // The lock goes with the file, at the end of this function.
        let alone = File::create(self.folder.join("reliability.lock"))?;
        alone.lock()?;
        let (file, new) = (self.folder.join("reliability.json"), self.folder.join("reliability.json.new"));
        let mut all: Extents =
            fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        all.entry(self.extent.to_owned()).or_default().insert(self.name.to_owned(), result);
        // An earlier form of the file had the suites where the extents are.
        all.retain(|extent, _| ["bounded", "whole"].contains(&extent.as_str()));
        fs::write(&new, serde_json::to_vec_pretty(&all)?)?;
        fs::rename(new, file)
    }
}

impl Drop for Suite {
    fn drop(&mut self) {
        if !self.told {
            // A trial that fails ends its suite, so how many more would have been lost is not known. What cannot be written now
            // has no result since the suite began, and a second panic would hide the first.
            let _ = self.report(json!({ "lost": 1, "ended": false }));
        }
    }
}

type Extents = BTreeMap<String, Map<String, Value>>;

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

    const NAMES: [&str; 4] = ["plover", "lantern", "orbit", "gravel"];

    fn read(folder: &Path) -> Extents {
        serde_json::from_slice(&fs::read(folder.join("reliability.json")).unwrap()).unwrap()
    }

    #[test]
    fn suites_that_end_at_once_are_all_in_the_report_each_for_its_extent() {
        let folder = tempfile::tempdir().unwrap();
        std::thread::scope(|scope| {
            for (name, whole) in NAMES.into_iter().flat_map(|name| [(name, false), (name, true)]) {
                let folder = folder.path().to_owned();
                scope.spawn(move || {
                    let tried = if whole { 500 } else { 12 };
                    Suite::begin_in(folder, name, whole).survived(tried, tried, json!({ "cut_off": 1 }));
                });
            }
        });
        let all = read(folder.path());
        let result = |tried: u32| json!({ "tried": tried, "survived": tried, "lost": 0, "cut_off": 1 });
        for name in NAMES {
            assert_eq!((&all["bounded"][name], &all["whole"][name]), (&result(12), &result(500)), "{name}");
        }
    }

    #[test]
    fn a_suite_that_fails_before_it_tells_its_result_has_lost() {
        let folder = tempfile::tempdir().unwrap();
        let begin = || Suite::begin_in(folder.path().to_owned(), "orbit", false);
        begin().survived(12, 12, json!({}));
        let suite = begin();
        // What a killed run leaves: nothing of the run before.
        assert_eq!(read(folder.path())["bounded"]["orbit"], json!({ "ended": false }));
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(move || {
            let _suite = suite;
            panic!("a trial failed");
        }));
        assert!(failed.is_err());
        assert_eq!(read(folder.path())["bounded"]["orbit"], json!({ "lost": 1, "ended": false }));
    }

    #[test]
    fn a_report_of_an_earlier_form_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("reliability.json"),
            br#"{"orbit":{"tried":12,"survived":12,"lost":0}}"#,
        )
        .unwrap();
        Suite::begin_in(folder.path().to_owned(), "gravel", true).survived(3, 3, json!({}));
        assert_eq!(read(folder.path()).into_keys().collect::<Vec<_>>(), ["whole"]);
    }
}
