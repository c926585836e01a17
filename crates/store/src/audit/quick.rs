//! The quick way over a log that is as it was written, as nearly every log is. The database packs some thousand entries into
//! one answer while those before are computed on another thread. Whatever is not plainly good is left to the careful way, which
//! names what is wrong with it.

use std::{collections::BTreeMap, sync::Arc};

use sqlx::SqliteConnection;
use tokio::task::{JoinHandle, spawn_blocking};

use super::{
    chain::{Content, Keys, Mac},
    end::{BROKEN, CHECKPOINT_EVERY, End, OLDER},
};
use crate::StoreError;

/// Entries of one answer: some hundred kilobytes.
const ENTRIES: i64 = 2_000;
const TEXTS: usize = 8;
const MAC: usize = 32;
/// What stands between an entry's parts, and between entries. A number comes first that says which texts are missing; so an
/// entry with a separator in a text has too many parts, and never the same ones as another.
const UNIT: char = '\u{1f}';
const RECORD: char = '\u{1e}';
/// Numbers are dear to pack. An entry's own is not: as many entries as lie between two numbers have all that are there. MACs
/// stand one after the other without separators, so each has to be of their length.
const SELECT: &str = "SELECT count(*) FILTER (WHERE typeof(mac) = 'blob' AND length(mac) = 32), max(id),
        CAST(group_concat(mac, '') AS BLOB),
        CAST(group_concat(concat_ws('\u{1f}', (ip_address IS NULL) + 2 * (target IS NULL) + 4 * (target_name IS NULL)
            + 8 * (before IS NULL) + 16 * (after IS NULL), at, actor, machine, action, ip_address, target, target_name,
            before, after), '\u{1e}') AS BLOB)
    FROM admin_action_log WHERE id > ? AND id <= ?";
/// How many have a MAC of its length, the last number, and both columns; nothing of none.
type Packed = (i64, Option<i64>, Option<Vec<u8>>, Option<Vec<u8>>);
/// The texts that may be missing, in the order of their bits.
const OPTIONAL: [usize; 5] = [2, 4, 5, 6, 7];

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
            let (count, last, macs, entries): Packed = asking.fetch_one(&mut *connection).await?;
            last.zip(macs.zip(entries)).map(|(last, packed)| (count, last, packed))
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
        let Some((count, last, (macs, entries))) = packed else { return Ok(end) };
        if end.entries.checked_add(count) != Some(last) {
            return Ok(end);
        }
        let judge = Arc::clone(&judge);
        under_way = Some(spawn_blocking(move || judge.judge(end, last, &macs, &entries)));
    }
}

struct Judged {
    /// Behind the last good entry.
    end: End,
    is_whole: bool,
}

impl Judge {
    fn judge(&self, mut end: End, last: i64, macs: &[u8], entries: &[u8]) -> Judged {
        let mut buffer = Vec::new();
        let (macs, rest) = macs.as_chunks::<MAC>();
        let mut macs = macs.iter();
        let entries = if rest.is_empty() { str::from_utf8(entries).unwrap_or_default() } else { "" };
        for entry in entries.split(RECORD) {
            let next = macs.next().and_then(|mac| self.next(end, mac, entry, &mut buffer));
            let Some(next) = next else { return Judged { end, is_whole: false } };
            end = next;
        }
        Judged { end, is_whole: end.entries == last }
    }

    /// Behind the next entry, if it is good and tells of nothing that was not.
    fn next(&self, end: End, stored: &Mac, entry: &str, buffer: &mut Vec<u8>) -> Option<End> {
        let mut parts = entry.split(UNIT);
        let missing: u8 = parts.next()?.parse().ok()?;
        let mut is_there = [true; TEXTS];
        for (bit, place) in OPTIONAL.into_iter().enumerate() {
            is_there[place] = missing >> bit & 1 == 0;
        }
        let (id, at) = (end.entries + 1, parts.next()?.parse().ok()?);
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
        if mac != *stored || told || is_other {
            return None;
        }
        let signature = || self.signatures.get(&id).map_or(&[][..], Vec::as_slice);
        let is_signed = id % CHECKPOINT_EVERY != 0 || self.keys.is_signed(id, &mac, signature());
        is_signed.then_some(End { entries: id, mac })
    }
}
