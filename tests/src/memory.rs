//! The memory of another process, searched from outside.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
};

/// What is searched for, and its name.
pub type Canary = (&'static str, Vec<u8>);

/// Which canaries are in a process's memory, and where.
pub fn found(pid: u32, canaries: &[Canary]) -> Vec<(&'static str, String)> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let mut memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let mut found = Vec::new();
    let mut seen = 0;
    for line in maps.lines() {
        let mut fields = line.split_whitespace();
        let (range, rights) = (fields.next().unwrap(), fields.next().unwrap());
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let name = fields.nth(3).unwrap_or_default();
        if !rights.starts_with('r') || name.starts_with("[v") {
            continue;
        }
        for (place, bytes) in pieces(&mut memory, from, to) {
            seen += bytes.len();
            for (canary, needle) in canaries {
                for at in memchr::memmem::find_iter(&bytes, needle) {
                    let around = &bytes[at.saturating_sub(24)..(at + needle.len() + 24).min(bytes.len())];
                    let at = place + at as u64 - from;
                    let around = String::from_utf8_lossy(around);
                    found.push((*canary, format!("{range} {rights} {name} +{at:x}: {around}")));
                }
            }
        }
    }
    assert!(seen > 1 << 20, "nothing of the memory could be read: run this as root");
    found
}

/// Longest canary.
const OVERLAP: u64 = 256;
const PIECE: u64 = 16 << 20;

/// A mapping may be of many gigabytes that nobody ever wrote to: it is read piece by piece, as far as it can be.
fn pieces(memory: &mut File, from: u64, to: u64) -> impl Iterator<Item = (u64, Vec<u8>)> {
    let mut at = from;
    std::iter::from_fn(move || {
        while at < to {
            let place = at;
            at = at.saturating_add(PIECE);
            let end = at.saturating_add(OVERLAP).min(to);
            let mut bytes = vec![0; usize::try_from(end - place).unwrap()];
            if memory.seek(SeekFrom::Start(place)).is_ok() && memory.read_exact(&mut bytes).is_ok() {
                return Some((place, bytes));
            }
        }
        None
    })
}
