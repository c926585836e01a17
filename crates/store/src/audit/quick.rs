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
/// An entry is its number, its time and its MAC in hex, each with a space behind it; then for each text its bytes' count, or a
/// dash, a space, and the text.
const SELECT: &str = "SELECT CAST(group_concat(concat(
        id, ' ', at, ' ', hex(mac), ' ',
        ifnull(octet_length(actor), '-'), ' ', actor, ifnull(octet_length(machine), '-'), ' ', machine,
        ifnull(octet_length(ip_address), '-'), ' ', ip_address, ifnull(octet_length(action), '-'), ' ', action,
        ifnull(octet_length(target), '-'), ' ', target, ifnull(octet_length(target_name), '-'), ' ', target_name,
        ifnull(octet_length(before), '-'), ' ', before, ifnull(octet_length(after), '-'), ' ', after
    ), '') AS BLOB)
    FROM (SELECT * FROM admin_action_log WHERE id > ? ORDER BY id LIMIT ?)";

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
            let most = ENTRIES.min(entries - asked);
            let packed: Option<Vec<u8>> = sqlx::query_scalar(SELECT)
                .bind(from.entries + asked)
                .bind(most)
                .fetch_one(&mut *connection)
                .await?;
            asked += most;
            packed
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
        let Some(packed) = packed else { return Ok(end) };
        let judge = Arc::clone(&judge);
        under_way = Some(spawn_blocking(move || judge.judge(end, &packed)));
    }
}

struct Judged {
    /// Behind the last good entry.
    end: End,
    is_whole: bool,
}

impl Judge {
    fn judge(&self, mut end: End, packed: &[u8]) -> Judged {
        let (mut rest, mut buffer) = (packed, Vec::new());
        while !rest.is_empty() {
            let Some(next) = self.next(end, &mut rest, &mut buffer) else {
                return Judged { end, is_whole: false };
            };
            end = next;
        }
        Judged { end, is_whole: true }
    }

    /// Behind the next entry, if it is good and tells of nothing that was not.
    fn next(&self, end: End, rest: &mut &[u8], buffer: &mut Vec<u8>) -> Option<End> {
        let (id, at) = (number(rest)?, number(rest)?);
        let stored = from_hex(word(rest)?)?;
        let mut texts = [None; TEXTS];
        for place in &mut texts {
            *place = text(rest)?;
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

/// What is before the next space.
fn word<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let space = rest.iter().position(|byte| *byte == b' ')?;
    let (word, behind) = rest.split_at_checked(space)?;
    *rest = behind.get(1..)?;
    std::str::from_utf8(word).ok()
}

fn number(rest: &mut &[u8]) -> Option<i64> {
    word(rest)?.parse().ok()
}

/// The outer nothing is a fault, the inner one a text that is not there.
fn text<'a>(rest: &mut &'a [u8]) -> Option<Option<&'a str>> {
    let length = match word(rest)? {
        "-" => return Some(None),
        length => length.parse().ok()?,
    };
    let (text, behind) = rest.split_at_checked(length)?;
    *rest = behind;
    Some(Some(std::str::from_utf8(text).ok()?))
}
