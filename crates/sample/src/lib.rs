//! Invented traffic of an account: more by day than by night, less at weekends, with bursts, outages and changes of price.
//! Seeded, so that the same account has the same calls wherever they are needed: in a demo, a bench or a test. Rows are
//! those of the ledger, each priced by what was true in its moment.

mod call;
mod events;
mod rhythm;

use std::sync::Arc;

use model::{ProviderType, Timestamp};
use store::{CallRow, Priced};

use events::Events;

/// Whose traffic it is.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who is called.
    pub sources: Vec<Source>,
    /// Who calls. The first ones call most.
    pub users: Vec<Arc<str>>,
    /// When the traffic begins.
    pub from: Timestamp,
    /// When it ends.
    pub to: Timestamp,
    /// About how many calls there are in all. Bursts come on top.
    pub calls: u64,
    /// Another seed gives another traffic of the same kind.
    pub seed: u64,
}

/// A configuration that is called.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its number.
    pub number: i64,
    /// Its type.
    pub provider_type: ProviderType,
    /// Its model.
    pub model: Arc<str>,
    /// Tasks that it serves.
    pub tasks: Vec<Arc<str>>,
    /// Its part of the calls, against those of the others.
    pub share: u32,
    /// What its calls cost from when on, the earliest first; before that, and where there is none, the price is unknown.
    pub prices: Vec<(Timestamp, Arc<Priced>)>,
}

impl Account {
    /// Its calls, the oldest first.
    pub fn traffic(&self) -> Traffic<'_> {
        let mut dice = fastrand::Rng::with_seed(self.seed);
        let events = Events::draw(self, &mut dice);
        let slots = self.from.0.div_euclid(rhythm::SLOT_MS)..self.to.0.div_euclid(rhythm::SLOT_MS) + 1;
        let weight: f64 = slots.clone().map(rhythm::weight).sum();
        let shares: u32 = self.sources.iter().map(|source| source.share).sum();
        let scale = self.calls as f64 / (weight * f64::from(shares)).max(f64::MIN_POSITIVE);
        Traffic { account: self, dice, events, slots, scale, ready: Vec::new() }
    }
}

/// The calls of an account, the oldest first. One quarter of an hour is in memory at a time.
pub struct Traffic<'a> {
    account: &'a Account,
    dice: fastrand::Rng,
    events: Events,
    slots: std::ops::Range<i64>,
    /// Calls for each unit of weight and share.
    scale: f64,
    /// Those of the present quarter, the newest first.
    ready: Vec<CallRow>,
}

impl Iterator for Traffic<'_> {
    type Item = CallRow;

    fn next(&mut self) -> Option<CallRow> {
        while self.ready.is_empty() {
            let slot = self.slots.next()?;
            self.fill(slot);
        }
        self.ready.pop()
    }
}

impl Traffic<'_> {
    fn fill(&mut self, slot: i64) {
        let account = self.account;
        for (place, source) in account.sources.iter().enumerate() {
            let mood = self.events.mood(place, slot);
            let expected = self.scale * rhythm::weight(slot) * f64::from(source.share) * mood.burst;
            // The fraction is a chance, so that also a small account has calls at all hours.
            let count = (expected + self.dice.f64()) as u64;
            for _ in 0..count {
                let at = Timestamp(slot * rhythm::SLOT_MS + self.dice.i64(0..rhythm::SLOT_MS));
                if at >= account.from && at < account.to {
                    self.ready.push(call::invent(&mut self.dice, account, source, mood, at));
                }
            }
        }
        // By the id where two calls are of one instant, so that the order is always the same.
        self.ready.sort_unstable_by(|one, other| {
            (other.created_at, &other.request_id).cmp(&(one.created_at, &one.request_id))
        });
    }
}

#[cfg(test)]
mod tests;
