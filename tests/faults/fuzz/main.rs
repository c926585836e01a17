//! Everything that is read from outside, tried with what nobody would send: usage files, catalogues, files from another vault, a
//! vault's header, a backup's manifest, and bodies of requests at the gateway. Nothing may panic, hang, or be answered by an
//! error of ours. `cargo xtask test fuzz --minutes N` tries for so long; without it each has a fixed number of inputs, the same
//! in every run. Decision 31 says why it is done this way.

mod bundles;
mod gateway;
mod mutate;
mod targets;

use std::{
    collections::HashSet,
    fs,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use journeys::share::{Dice, Suite};
use serde_json::{Map, Value, json};

use crate::{
    mutate::Mutator,
    targets::{Target, all},
};

/// Inputs for each target without a time.
const INPUTS: u64 = 1_500;
/// An input that takes longer is a fault: none is larger than 64 KiB.
const SLOW: Duration = Duration::from_secs(2);
/// Inputs that are kept to start from, because something new came of them.
const KEPT: usize = 4_000;

static PANICS: AtomicU64 = AtomicU64::new(0);

/// What came of one target.
struct Outcome {
    tried: u64,
    behaviours: usize,
    slowest: Duration,
    /// Names of the files with the inputs at fault.
    faults: Vec<String>,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_that_is_read_from_outside_panics_hangs_or_fails_on_our_side() {
    // Also those on other threads, which a server catches and answers.
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        before(info);
    }));
    let minutes: Option<f64> = std::env::var("SIGNALBOX_FUZZ_MINUTES").ok().map(|text| text.parse().unwrap());
    let suite = Suite::begin_of("fuzz", minutes.is_some());
    let seed = minutes.map_or(7, |_| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs());
    let mut targets = all();
    targets.push(gateway::target().await);
    let each = minutes.map(|minutes| Duration::from_secs_f64(minutes * 60.0 / targets.len() as f64));
    let (mut told, mut tried, mut faults) = (Map::new(), 0, Vec::new());
    for target in targets {
        let name = target.name;
        let outcome = tokio::task::block_in_place(|| fuzz(target, seed, each));
        println!(
            "{name}: {} tried, {} behaviours, slowest {:?}",
            outcome.tried, outcome.behaviours, outcome.slowest
        );
        let slowest_ms = (outcome.slowest.as_secs_f64() * 1e4).round() / 10.0;
        told.insert(
            name.to_owned(),
            json!({ "tried": outcome.tried, "behaviours": outcome.behaviours, "slowest_ms": slowest_ms, "faults": outcome.faults.len() }),
        );
        tried += outcome.tried;
        faults.extend(outcome.faults);
    }
    let (tried, more) = (
        usize::try_from(tried).unwrap(),
        json!({ "minutes": minutes, "seed": seed, "targets": Value::Object(told) }),
    );
    suite.survived(tried, tried - faults.len(), more);
    assert_eq!(faults, Vec::<String>::new(), "inputs at fault are in target/fuzz");
}

fn fuzz(target: Target, seed: u64, time: Option<Duration>) -> Outcome {
    let start = Instant::now();
    let mut mutator = Mutator { dice: Dice(seed) };
    let mut kept = target.seeds.clone();
    assert!(!kept.is_empty(), "{} has nothing to start from", target.name);
    let mut seen = HashSet::new();
    let mut outcome = Outcome { tried: 0, behaviours: 0, slowest: Duration::ZERO, faults: Vec::new() };
    // Each seed as it is, then what becomes of them.
    let seeds = kept.len() as u64;
    while time.map_or(outcome.tried < INPUTS, |time| start.elapsed() < time) {
        let place = usize::try_from(outcome.tried).unwrap();
        let input = if outcome.tried < seeds { kept[place].clone() } else { mutator.next(&kept) };
        outcome.tried += 1;
        let (panics, began) = (PANICS.load(Ordering::SeqCst), Instant::now());
        let behaviour = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let took = began.elapsed();
        outcome.slowest = outcome.slowest.max(took);
        let fault = match &behaviour {
            Err(_) => Some("panic"),
            Ok(_) if PANICS.load(Ordering::SeqCst) > panics => Some("panic"),
            Ok(None) => Some("ours"),
            Ok(Some(_)) if took > SLOW => Some("slow"),
            Ok(Some(_)) => None,
        };
        if let Some(fault) = fault {
            outcome.faults.push(keep(target.name, fault, &input));
        }
        if let Ok(Some(behaviour)) = behaviour
            && seen.insert(behaviour)
            && outcome.tried > seeds
            && kept.len() < KEPT
        {
            kept.push(input);
        }
    }
    outcome.behaviours = seen.len();
    outcome
}

fn keep(target: &str, fault: &str, input: &[u8]) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz");
    fs::create_dir_all(&folder).unwrap();
    let sum = input
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3));
    let name = format!("{target}-{fault}-{sum:016x}");
    fs::write(folder.join(&name), input).unwrap();
    name
}
