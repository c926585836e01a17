//! Hostile files for another vault: each is refused within 100 ms and 50 MiB. A process of its own, so that nothing else takes
//! memory meanwhile; the quickest of five tries counts, so that a busy computer is not what is measured.

use std::time::{Duration, Instant};

use journeys::share::Suite;
use model::Secret;
use serde_json::json;
use share::{FILE_LIMIT, Identity, Opener, open};

const MOST: Duration = Duration::from_millis(100);
const MEMORY_KB: u64 = 50 * 1024;

fn scrypt(work: &str) -> Vec<u8> {
    let (salt, body, mac) = ("A".repeat(22), "A".repeat(43), "A".repeat(43));
    format!("age-encryption.org/v1\n-> scrypt {salt} {work}\n{body}\n--- {mac}\n{}", "x".repeat(16))
        .into_bytes()
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let (stanza, mac) = (format!("-> X25519 {0}\n{0}\n", "A".repeat(43)), "A".repeat(43));
    let recipients = |count: usize| {
        format!("age-encryption.org/v1\n{}--- {mac}\n{}", stanza.repeat(count), "x".repeat(16))
    };
    let armored = |body: String| format!("-----BEGIN AGE ENCRYPTED FILE-----\n{body}").into_bytes();
    vec![
        ("work of 2^21", scrypt("21")),
        ("work of 2^63", scrypt("63")),
        ("work of 2^255", scrypt("255")),
        ("work beyond any number", scrypt(&"9".repeat(4_000))),
        ("as many recipients as fit", recipients(80).into_bytes()),
        ("nine thousand recipients", recipients(9_000).into_bytes()),
        ("an endless line", [b"age-encryption.org/v1\n-> ".to_vec(), vec![b'x'; 1_000_000]].concat()),
        ("a million arguments", [b"age-encryption.org/v1\n->".to_vec(), b" x".repeat(500_000)].concat()),
        ("armor without end", armored(format!("{}\n", "A".repeat(64)).repeat(16_000))),
        ("one long line of armor", armored("A".repeat(1_000_000))),
        ("line breaks", vec![b'\n'; FILE_LIMIT]),
        ("a file of 64 MiB", vec![b'x'; 64 * 1024 * 1024]),
        ("no age", b"{\"format\":1}".to_vec()),
        ("nothing", Vec::new()),
    ]
}

/// Most memory that this process had since the last call, in KiB; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let peak = line.trim().strip_suffix("kB")?.trim().parse().ok();
    std::fs::write("/proc/self/clear_refs", "5").ok()?;
    peak
}

#[test]
fn every_hostile_file_is_refused_within_a_tenth_of_a_second_and_50_mib() {
    let suite = Suite::begin("hostile_shared_files");
    let (identity, passphrase) = (Identity::make(), Secret::new("plover-lantern-orbit"));
    let mut slowest = Duration::ZERO;
    let mut most_kb = 0;
    let files = files();
    let tried = files.len();
    for (wound, file) in &files {
        for opener in [Opener::Identity(&identity), Opener::Passphrase(&passphrase)] {
            peak();
            let before = peak();
            let mut quickest = Duration::MAX;
            for _ in 0..5 {
                let start = Instant::now();
                assert!(open(file, &opener).is_err(), "{wound} opened");
                quickest = quickest.min(start.elapsed());
            }
            if let (Some(before), Some(after)) = (before, peak()) {
                let taken = after.saturating_sub(before);
                assert!(taken < MEMORY_KB, "{wound} takes {taken} KiB");
                most_kb = most_kb.max(taken);
            }
            assert!(quickest < MOST, "{wound} takes {quickest:?}");
            slowest = slowest.max(quickest);
        }
    }
    let ms = (slowest.as_secs_f64() * 10_000.0).round() / 10.0;
    suite.survived(tried * 2, tried * 2, json!({ "slowest_ms": ms, "most_kb": most_kb }));
}
