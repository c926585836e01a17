//! The quick way over a log that is as it was written, as nearly every log is. The database packs some thousand entries into
//! one answer while those before are computed on another thread. Whatever is not plainly good is left to the careful way, which
//! names what is wrong with it.

use std::{collections::BTreeMap, sync::Arc};

use sqlx::SqliteConnection;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{
    chain::{Content, Keys, from_hex},
    end::{BROKEN, CHECKPOINT_EVERY, End, OLDER},
};
use crate::StoreError;

/// Entries of one answer: some hundred kilobytes.
const ENTRIES: i64 = 1_000;
const TEXTS: usize = 8;
/// What stands between an entry's parts, and between entries. Numbers come first, and say which texts there are; so an entry
/// with a separator in a text has too many parts, and never the same ones as another.
const UNIT: u8 = 31;
const RECORD: u8 = 30;
const SELECT: &str = "SELECT count(*), CAST(group_concat(concat_ws(
        char(31), ip_address IS NULL, target IS NULL, target_name IS NULL, before IS NULL, after IS NULL,
        id, at, hex(mac), actor, machine, action, ip_address, target, target_name, before, after
    ), char(30)) AS BLOB)
    FROM admin_action_log WHERE id > ? AND id <= ?";

/// Signatures by the number of entries that they are for.
pub(super) type Signatures = BTreeMap<i64, Vec<u8>>;

/// What a good log is judged by.
pub(super) struct Judge {
    pub(super) keys: Keys,
    /// Ends that somebody kept outside.
    pub(super) known: Vec<End>,
    pub(super) signatures: Signatures,
}

/// How far the next `entries` behind `from` are good: behind the last of them, or earlier.
pub(super) async fn good(
    connection: &mut SqliteConnection,
    judge: Judge,
    from: End,
    entries: i64,
) -> Result<End, StoreError> {
    let judge = Arc::new(judge);
    let mut under_way: Option<JoinHandle<Judged>> = None;
    let mut end = from;
    let mut asked = 0;
    loop {
        let packed = if asked < entries {
            let behind = from.entries.saturating_add(asked);
            asked += ENTRIES.min(entries - asked);
            let asking = sqlx::query_as(SELECT).bind(behind).bind(from.entries.saturating_add(asked));
            let (count, packed): (i64, Option<Vec<u8>>) = asking.fetch_one(&mut *connection).await?;
            packed.map(|packed| (count, packed))
        } else {
            None
        };
        if let Some(judged) = under_way.take() {
            // A panic of the thread leaves its entries to the careful way.
            let Ok(judged) = judged.await else { return Ok(end) };
            end = judged.end;
            if !judged.is_whole {
                return Ok(end);
            }
        }
        let Some((count, packed)) = packed else { return Ok(end) };
        let judge = Arc::clone(&judge);
        under_way = Some(spawn_blocking(move || judge.judge(end, count, &packed)));
    }
}

struct Judged {
    /// Behind the last good entry.
    end: End,
    is_whole: bool,
}

impl Judge {
    fn judge(&self, mut end: End, count: i64, packed: &[u8]) -> Judged {
        let expected = end.entries.saturating_add(count);
        let mut buffer = Vec::new();
        for entry in packed.split(|byte| *byte == RECORD) {
            let Some(next) = self.next(end, entry, &mut buffer) else {
                return Judged { end, is_whole: false };
            };
            end = next;
        }
        Judged { end, is_whole: end.entries == expected }
    }

    /// Behind the next entry, if it is good and tells of nothing that was not.
    fn next(&self, end: End, entry: &[u8], buffer: &mut Vec<u8>) -> Option<End> {
        let mut parts = std::str::from_utf8(entry).ok()?.split(char::from(UNIT));
        let mut is_there = [true; TEXTS];
        // Of IP address, target, its name, before, after.
        for place in [2, 4, 5, 6, 7] {
            is_there[place] = parts.next()? == "0";
        }
        let (id, at) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let stored = from_hex(parts.next()?)?;
        let mut texts = [None; TEXTS];
        // As they are packed: those first that every entry has.
        for place in [0, 1, 3, 2, 4, 5, 6, 7] {
            if is_there[place] {
                texts[place] = Some(parts.next()?);
            }
        }
        if parts.next().is_some() {
            return None;
        }
        let mac = self.keys.entry(&end.mac, &Content { id, at, texts }, buffer);
        let told = texts[3] == Some(BROKEN) || texts[3] == Some(OLDER);
        let is_other = self.known.iter().any(|known| known.entries == id && known.mac != mac);
        if id != end.entries + 1 || mac != stored || told || is_other {
            return None;
        }
        let signature = || self.signatures.get(&id).map_or(&[][..], Vec::as_slice);
        let is_signed = id % CHECKPOINT_EVERY != 0 || self.keys.is_signed(id, &mac, signature());
        is_signed.then_some(End { entries: id, mac })
    }
}
