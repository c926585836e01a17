//! What went through in the last quarter of an hour, five seconds by five seconds, of calls that are in the log. Kept in
//! memory and in bounds: whoever looks for jumps asks every few seconds, and the disk need not.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
};

use model::Timestamp;
use store::CallRow;

use crate::live::held;

/// Seconds of one piece.
pub const PIECE_S: i64 = 5;
/// Pieces that are kept: the quarter of an hour, and the piece that is being filled.
const PIECES: i64 = 15 * 60 / PIECE_S + 1;
/// Callers that one piece tells apart; the others are one without a user.
const WHO_LIMIT: usize = 400;

/// Who called.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Who {
    /// The configuration's number.
    pub config: i64,
    /// The task; empty when none was named.
    pub task: Arc<str>,
    /// The user; empty also for those beyond the number that is told apart.
    pub user: Arc<str>,
}

/// How much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Attempts, as the usage log counts them.
    pub calls: u64,
    /// Cost of those whose cost is known, in pico-dollars.
    pub cost: u64,
}

struct Piece {
    /// Which one since 1970.
    number: i64,
    by_who: HashMap<Who, Heard>,
}

/// The last quarter of an hour.
#[derive(Default)]
pub struct Lately(Mutex<VecDeque<Piece>>);

impl Lately {
    /// Counts calls that are in the log now.
    pub(crate) fn note(&self, rows: &[CallRow]) {
        let mut pieces = held(&self.0);
        let number = |row: &CallRow| row.created_at.0.div_euclid(PIECE_S * 1_000);
        // Most of a batch are of few callers, and next to their own.
        for alike in rows.chunk_by(|one, next| number(one) == number(next) && is_same_caller(one, next)) {
            if let Some(piece) = alike.first().and_then(|row| piece(&mut pieces, number(row))) {
                piece.note(alike);
            }
        }
    }

    /// Calls `each` with what came in every piece of the seconds before an instant: how many seconds before it the piece
    /// began, who called and how much. Only whole pieces count, so the instant is rounded down to one's end.
    pub fn before(&self, end: Timestamp, seconds: i64, mut each: impl FnMut(i64, &Who, Heard)) {
        let end = end.0.div_euclid(PIECE_S * 1_000);
        for piece in held(&self.0).iter().filter(|piece| piece.number < end) {
            let age = (end - piece.number) * PIECE_S;
            if age <= seconds {
                piece.by_who.iter().for_each(|(who, heard)| each(age, who, *heard));
            }
        }
    }
}

/// The piece of this number, among the newest ones; `None` for one that is too old.
fn piece(pieces: &mut VecDeque<Piece>, number: i64) -> Option<&mut Piece> {
    let newest = pieces.back().map_or(number, |piece| piece.number.max(number));
    while pieces.front().is_some_and(|piece| piece.number <= newest - PIECES) {
        pieces.pop_front();
    }
    if number <= newest - PIECES {
        return None;
    }
    // Calls end nearly in order, so this is the last place or the one before.
    let place = pieces.partition_point(|piece| piece.number < number);
    if pieces.get(place).is_none_or(|piece| piece.number != number) {
        pieces.insert(place, Piece { number, by_who: HashMap::new() });
    }
    pieces.get_mut(place)
}

fn is_same_caller(one: &CallRow, other: &CallRow) -> bool {
    one.provider_config_id == other.provider_config_id
        && one.task_type == other.task_type
        && one.user_id == other.user_id
}

impl Piece {
    /// Counts calls of one caller.
    fn note(&mut self, alike: &[CallRow]) {
        let Some(row) = alike.first() else { return };
        let mut who = Who {
            config: row.provider_config_id,
            task: Arc::clone(&row.task_type),
            user: Arc::clone(&row.user_id),
        };
        if self.by_who.len() >= WHO_LIMIT && !self.by_who.contains_key(&who) {
            who.user = "".into();
        }
        let heard = self.by_who.entry(who).or_default();
        heard.calls += alike.len() as u64;
        let cost = alike.iter().filter_map(|row| row.cost).map(crate::price::pico);
        heard.cost = cost.fold(heard.cost, u64::saturating_add);
    }
}

#[cfg(test)]
mod tests {
    use model::{PicoUsd, ProviderType};
    use store::UsageStatus;

    use super::*;

    fn row(second: i64, config: i64, user: &str) -> CallRow {
        CallRow {
            request_id: String::new(),
            attempt: 1,
            provider_config_id: config,
            provider_type: ProviderType::OpenAi,
            user_id: user.into(),
            client: "".into(),
            task_type: "extraction".into(),
            model_requested: "m".into(),
            model_returned: None,
            usage: None,
            cost: Some(PicoUsd(7)),
            priced: None,
            cost_is_estimate: false,
            status: UsageStatus::Success,
            error_class: None,
            http_status: None,
            latency_ms: 1,
            first_token_ms: None,
            vendor_request_id: None,
            rule: None,
            fallback_from: None,
            created_at: Timestamp(second * 1_000),
        }
    }

    fn heard(lately: &Lately, end: i64, seconds: i64) -> Heard {
        let mut sum = Heard::default();
        lately.before(Timestamp(end * 1_000), seconds, |_, _, heard| {
            sum.calls += heard.calls;
            sum.cost += heard.cost;
        });
        sum
    }

    #[test]
    fn only_whole_pieces_before_the_instant_count() {
        let lately = Lately::default();
        lately.note(&[row(100, 1, "u"), row(104, 1, "u"), row(105, 2, "v"), row(39, 1, "u")]);
        assert_eq!(heard(&lately, 109, 60), Heard { calls: 2, cost: 14 }, "the piece of 105 is not over");
        assert_eq!(heard(&lately, 110, 60).calls, 3);
        assert_eq!(heard(&lately, 110, 900).calls, 4);
    }

    #[test]
    fn what_is_older_than_a_quarter_of_an_hour_is_forgotten() {
        let lately = Lately::default();
        lately.note(&[row(0, 1, "u"), row(905, 1, "u"), row(1, 1, "u")]);
        assert_eq!(heard(&lately, 910, 10_000).calls, 1);
        assert_eq!(held(&lately.0).len(), 1);
    }

    #[test]
    fn callers_beyond_what_is_told_apart_are_counted_without_a_name() {
        let lately = Lately::default();
        let rows: Vec<CallRow> = (0..1_000).map(|user| row(1, 1, &format!("u{user}"))).collect();
        lately.note(&rows);
        assert_eq!(heard(&lately, 10, 60).calls, 1_000);
        let mut unnamed = 0;
        lately.before(Timestamp(10_000), 60, |_, who, heard| {
            unnamed += if who.user.is_empty() { heard.calls } else { 0 };
        });
        assert_eq!(unnamed, 600);
    }
}
