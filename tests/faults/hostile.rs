//! Headers that want this computer's memory or time: each is an error within a tenth of a second of the processor's time and
//! 50 MiB. By the processor's clock and not by the wall's, which counts what others do.

#![cfg(target_os = "linux")]

use std::{
    fs::{self, File},
    path::Path,
    time::Duration,
};

use journeys::{PASSWORD, Room, share::Suite};
use model::Secret;
use rustix::time::{ClockId, clock_gettime};
use serde_json::json;
use sha2::{Digest, Sha256};
use vault::{OpenVault, VaultFolder};

const TIME: Duration = Duration::from_millis(100);
const MEMORY_KB: u64 = 50 * 1024;

/// A header's text with something in the place of something else, and the sum that then belongs to it. Its MAC, which needs
/// the vault's key, is another matter: the password is not known before it could be checked.
fn altered(header: &str, from: &str, to: &str) -> String {
    let (body, tail) = header.rsplit_once(",\"mac\":\"").unwrap();
    let mac = &tail[..64];
    assert!(body.contains(from), "{from} is not in the header");
    let body = body.replacen(from, to, 1);
    let sum = Sha256::digest(format!("{body}}}{mac}").as_bytes());
    let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{body},\"mac\":\"{mac}\",\"sum\":\"{sum}\"}}")
}

/// Processor time of this process, and the most memory that it ever had.
fn spent() -> (Duration, u64) {
    let time = Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).unwrap();
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    (time, most.trim().trim_end_matches(" kB").parse().unwrap())
}

fn number_after<'a>(header: &'a str, name: &str) -> &'a str {
    let at = header.find(name).unwrap() + name.len();
    let length = header[at..].find(|c: char| !c.is_ascii_digit()).unwrap();
    &header[at - name.len()..at + length]
}

#[tokio::test]
async fn hostile_headers_cost_neither_time_nor_memory() {
    let suite = Suite::begin("hostile_headers");
    let (_simulator, data) = Room::open().await.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let copies = ["header.a", "header.b"].map(|name| folder.join("vault").join(name));
    let good = fs::read_to_string(&copies[0]).unwrap();
    let cost = |name: &str, value: &str| altered(&good, number_after(&good, name), &format!("{name}{value}"));
    assert_eq!(
        altered(&good, "\"format\":1", "\"format\":1"),
        good,
        "the sum is not made as the vault makes it"
    );
    let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
    let texts = [
        ("4 TiB of memory", cost("\"m\":", "4294967295")),
        ("2^32 - 1 rounds", cost("\"t\":", "4294967295")),
        ("2^32 - 1 lanes", cost("\"p\":", "4294967295")),
        ("more than 2^32 - 1 rounds", cost("\"t\":", "99999999999999999999")),
        ("deep JSON", altered(&good, "\"slots\":[", &format!("\"slots\":{deep},\"x\":["))),
        ("no JSON", "{".repeat(60_000)),
    ];
    let mut tried = 0;
    let mut judge = |wound: &str| {
        let ((time, memory), folder) = (spent(), VaultFolder::new(&folder));
        let opened = OpenVault::unlock(&folder, &Secret::new(PASSWORD));
        let (time, memory) = (spent().0 - time, spent().1 - memory);
        assert!(opened.is_err(), "{wound} opens");
        assert!(time < TIME, "{wound} took {time:?}");
        assert!(memory < MEMORY_KB, "{wound} took {memory} kB");
        tried += 1;
    };
    for (wound, text) in texts {
        copies.iter().for_each(|copy| fs::write(copy, &text).unwrap());
        judge(wound);
    }
    copies.iter().for_each(|copy| make_huge(copy));
    judge("10 GiB");
    copies.iter().for_each(|copy| fs::write(copy, &good).unwrap());
    assert!(OpenVault::unlock(&VaultFolder::new(&folder), &Secret::new(PASSWORD)).is_ok());
    suite.survived(tried, tried, json!({}));
}

/// A file with a hole in it, which takes no room on the disk.
fn make_huge(file: &Path) {
    File::create(file).unwrap().set_len(10 << 30).unwrap();
}
