//! A limit of one minute at one server: what passed here, and this server's share of it where others serve by the same database.
//! No server lets more than its share through in any sixty seconds, gives back only what nobody used for that long, and all shares
//! together are never more than the limit: so nobody overshoots it, whichever server lets a call through. Pure: it is told the time.

use store::{ShareWish, Shared};

use super::rate::{Full, Rate};

/// Nobody uses a share for longer than this without a word to the database, in milliseconds. So long calls go on while it is away, and
/// so long the share of a server that died is missing.
pub(crate) const LIVES_MS: u64 = 300_000;
/// A share that is used is confirmed after this.
const CONFIRM_MS: u64 = 60_000;
/// Who asked in vain does not ask again before this.
const PAUSE_MS: u64 = 1_000;
/// A server asks for this part of the limit beyond what it needs, so that most calls ask nobody.
const BLOCKS: u64 = 32;
/// A server that needs fewer blocks than it has gives those above this number back.
const KEPT_BLOCKS: u64 = 4;

/// A limit, and whether other servers serve by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cap {
    pub(crate) most: u64,
    pub(crate) shared: bool,
}

/// One limit's minute.
#[derive(Debug, Default)]
pub(crate) struct Minute {
    rate: Rate,
    share: Share,
}

#[derive(Debug)]
struct Share {
    granted: u64,
    /// As far as it was heard of.
    others: u64,
    /// What this server uses of its share while others are short: an equal part, or what it can do without.
    ceiling: u64,
    /// What callers here are short of.
    wanted: u64,
    /// The database knows that this server is short.
    told: bool,
    /// When the database was asked that granted it.
    granted_at: u64,
    asks_from: u64,
    /// As the last caller knew it.
    cap: u64,
}

impl Default for Share {
    fn default() -> Self {
        Self {
            granted: 0,
            others: 0,
            ceiling: u64::MAX,
            wanted: 0,
            told: false,
            granted_at: 0,
            asks_from: 0,
            cap: 0,
        }
    }
}

/// Whether an amount would pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Fits,
    /// It fits the limit, but a larger share has to be granted first.
    Short,
    Full(Full),
}

impl Minute {
    /// Whether an amount would pass now.
    pub(crate) fn look(&mut self, now: u64, amount: u64, cap: Cap) -> Look {
        self.share.cap = cap.most;
        let here = self.here(now, cap);
        let Some(full) = self.rate.full(now, amount, here) else { return Look::Fits };
        if !cap.shared {
            return Look::Full(full);
        }
        let fits_the_limit = full.used.checked_add(amount).is_some_and(|after| after <= cap.most);
        if fits_the_limit && now >= self.share.asks_from && !self.share.is_held_down(now) {
            return Look::Short;
        }
        // What others have counts as used, as how much of it is, only they know. They have no use of it for longer than a minute.
        let room_at = if amount <= here { full.room_at } else { now.saturating_add(PAUSE_MS + 60_000) };
        Look::Full(Full { used: cap.most.saturating_sub(here.saturating_sub(full.used)), room_at })
    }

    /// Lets an amount pass that fits, and says the second in which it did.
    pub(crate) fn take(&mut self, now: u64, amount: u64, cap: Cap) -> Option<u64> {
        let here = self.here(now, cap);
        self.rate.take(now, amount, here).ok()
    }

    /// Somebody is short of an amount.
    pub(crate) fn want(&mut self, amount: u64, cap: Cap) {
        if cap.shared {
            self.share.wanted = self.share.wanted.saturating_add(amount).min(cap.most);
        }
    }

    /// Corrects what passed in a second.
    pub(crate) fn settle(&mut self, second: u64, reserved: u64, used: u64) {
        self.rate.settle(second, reserved, used);
    }

    /// Something of the limit is kept for this server.
    pub(crate) fn has_share(&self) -> bool {
        self.share.granted > 0
    }

    /// Nothing passed in the last minute, and nothing is kept for the next.
    pub(crate) fn is_idle(&mut self, now: u64) -> bool {
        self.rate.used(now) == 0 && self.share.granted == 0 && self.share.wanted == 0 && !self.share.told
    }

    /// What this server uses of the limit at most.
    fn here(&self, now: u64, cap: Cap) -> u64 {
        match cap.shared {
            true => self.share.usable(now).min(cap.most),
            false => cap.most,
        }
    }

    /// The question that is due, if one is. What is given back by it is used no longer from now on.
    pub(crate) fn wish(&mut self, now: u64, scope: &str) -> Option<ShareWish> {
        let used = self.rate.used(now);
        let share = &mut self.share;
        if share.is_over(now) {
            share.granted = 0;
        }
        let is_tight = share.told || share.ceiling < u64::MAX;
        let block = if is_tight { 0 } else { share.cap / BLOCKS };
        let rests = used == 0 && share.wanted == 0;
        let (needed, most) = (used.saturating_add(share.wanted), share.most());
        // Nobody is told to be short for the sake of what is not needed yet.
        let ahead = block.min(share.cap.saturating_sub(share.others).saturating_sub(needed));
        let target = if rests { 0 } else { needed.saturating_add(ahead).min(share.cap).min(most).max(used) };
        let spare = if rests { 0 } else { used.saturating_add(block.saturating_mul(KEPT_BLOCKS)).min(most) };
        let keep = share.granted.min(target.max(spare));
        // Ahead of need only where a block is nearly used up.
        let is_short = share.wanted > 0 || share.granted.saturating_sub(used) < block.div_ceil(2);
        let more = if is_short { target.saturating_sub(share.granted) } else { 0 };
        let is_old = share.granted > 0 && now.saturating_sub(share.granted_at) >= CONFIRM_MS;
        let is_due = more > 0 || keep < share.granted || is_old || is_tight;
        if !is_due {
            return None;
        }
        share.granted = keep;
        Some(ShareWish { scope: scope.to_owned(), keep, more, cap: share.cap })
    }

    /// What came of a question that was asked at a moment. One that nobody tells of is nobody's.
    pub(crate) fn shared(&mut self, asked_at: u64, asked: &ShareWish, shared: &Shared) {
        let share = &mut self.share;
        share.told = shared.granted < asked.keep.saturating_add(asked.more);
        share.granted = shared.granted;
        share.granted_at = asked_at;
        share.wanted = 0;
        self.heard(shared);
        if self.share.told || self.share.ceiling < u64::MAX {
            self.share.asks_from = asked_at.saturating_add(PAUSE_MS);
        }
    }

    /// How the limit stands elsewhere. Says whether others are short while this server has something that it may give back.
    pub(crate) fn heard(&mut self, shared: &Shared) -> bool {
        let share = &mut self.share;
        share.others = shared.others;
        share.ceiling = match shared.missing {
            0 => u64::MAX,
            missing => (share.cap / shared.holders.max(1)).max(share.granted.saturating_sub(missing)),
        };
        shared.missing > 0 && share.granted > 0
    }

    /// What is left for the others when this server ends: what passed lately counts on.
    pub(crate) fn parting(&mut self, now: u64, scope: &str) -> Option<ShareWish> {
        let used = self.rate.used(now).min(self.share.granted);
        let known = self.share.granted > 0 || self.share.told;
        known.then(|| ShareWish { scope: scope.to_owned(), keep: used, more: 0, cap: self.share.cap })
    }
}

impl Share {
    fn is_over(&self, now: u64) -> bool {
        now.saturating_sub(self.granted_at) >= LIVES_MS
    }

    fn usable(&self, now: u64) -> u64 {
        if self.is_over(now) { 0 } else { self.granted.min(self.most()) }
    }

    /// What this server may use of a share, however large that is.
    fn most(&self) -> u64 {
        // The limit was lowered below what is granted in all.
        let is_lowered = self.granted.saturating_add(self.others) > self.cap;
        let left = if is_lowered { self.cap.saturating_sub(self.others) } else { u64::MAX };
        self.ceiling.min(left)
    }

    /// A larger share would be of no use now.
    fn is_held_down(&self, now: u64) -> bool {
        !self.is_over(now) && self.granted >= self.most()
    }
}

#[cfg(test)]
mod tests;
