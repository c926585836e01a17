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
    let mut pages = File::open(format!("/proc/{pid}/pagemap")).unwrap();
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
        for (place, bytes) in pieces(&mut memory, &mut pages, from, to) {
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
/// Bytes of a page of memory.
const PAGE: u64 = 4096;
/// Pages that are asked for at once: half a megabyte of the kernel's table.
const ASKED: u64 = 1 << 16;

/// What of a mapping was ever written to, piece by piece: a browser reserves tens of gigabytes that it never touches.
fn pieces<'a>(
    memory: &'a mut File,
    pages: &'a mut File,
    from: u64,
    to: u64,
) -> impl Iterator<Item = (u64, Vec<u8>)> {
    let runs = runs(pages, from, to);
    let parts = runs.into_iter().flat_map(|(from, to)| {
        let piece = usize::try_from(PIECE).unwrap();
        (from..to).step_by(piece).map(move |at| (at, at.saturating_add(PIECE + OVERLAP).min(to)))
    });
    parts.filter_map(|(from, to)| {
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        memory.seek(SeekFrom::Start(from)).ok()?;
        memory.read_exact(&mut bytes).ok()?;
        Some((from, bytes))
    })
}

/// Where pages are in memory or swapped out, by the kernel's table (`proc_pid_pagemap(5)`): neighbours as one run.
fn runs(pages: &mut File, from: u64, to: u64) -> Vec<(u64, u64)> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    let mut at = from;
    while at < to {
        let end = to.min(at + ASKED * PAGE);
        let mut table = vec![0; usize::try_from((end - at) / PAGE * 8).unwrap()];
        let read = pages.seek(SeekFrom::Start(at / PAGE * 8)).and_then(|_| pages.read_exact(&mut table));
        read.expect("the kernel tells which pages there are");
        for (page, entry) in table.as_chunks::<8>().0.iter().enumerate() {
            // Bits 62 and 63: swapped, present.
            if u64::from_le_bytes(*entry) >> 62 != 0 {
                let start = at + page as u64 * PAGE;
                match runs.last_mut() {
                    Some((_, last)) if *last == start => *last += PAGE,
                    _ => runs.push((start, start + PAGE)),
                }
            }
        }
        at = end;
    }
    runs
}
