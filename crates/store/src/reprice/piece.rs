//! Some segments, priced anew on a thread of their own.

use std::{ops::Range, sync::Arc};

use model::{Timestamp, prices::Repricing};
use tokio::task::{JoinHandle, spawn_blocking};

use super::{
    add,
    call::Call,
    count,
    prices::{Asked, Prices},
};
use crate::{
    StoreError,
    log::{NewFigures, PackedFigures},
    statistics::Batch,
};

/// Segments, and what became of those that are priced.
pub(super) struct Piece {
    segments: Vec<PackedFigures>,
    /// How many of them are priced.
    done: usize,
    time: Range<Timestamp>,
    /// What it comes to.
    pub(super) total: Repricing,
    /// Differences to the sums, and those of the pieces before.
    pub(super) sums: Batch<'static>,
    /// Whether it is no trial.
    is_kept: bool,
    /// What is to be written.
    pub(super) changed: Vec<NewFigures>,
}

/// A piece, and whose prices it has to know before it can go on; nothing when it is done.
type Priced = (Piece, Vec<Asked>);

impl Piece {
    /// `sums` are those of the pieces before. In a trial nothing is kept but what it comes to.
    pub(super) fn new(
        segments: Vec<PackedFigures>,
        time: &Range<Timestamp>,
        sums: Batch<'static>,
        is_kept: bool,
    ) -> Self {
        let (time, total, changed) = (time.clone(), Repricing::default(), Vec::new());
        Self { segments, done: 0, time, total, sums, is_kept, changed }
    }

    /// Prices it, as far as prices are known.
    pub(super) fn begin(mut self, prices: &Arc<Prices>) -> JoinHandle<Result<Priced, StoreError>> {
        let prices = Arc::clone(prices);
        spawn_blocking(move || {
            while self.done < self.segments.len() {
                let unknown = self.price(&prices)?;
                if !unknown.is_empty() {
                    return Ok((self, unknown));
                }
            }
            Ok((self, Vec::new()))
        })
    }

    /// Prices the next segment, unless a price is unknown yet.
    fn price(&mut self, prices: &Prices) -> Result<Vec<Asked>, StoreError> {
        let mut unknown: Vec<Asked> = Vec::new();
        let Some(segment) = self.segments.get(self.done) else { return Ok(unknown) };
        let (kinds, mut figures) = segment.unpack()?;
        let (mut total, mut sums, mut changes) = (Repricing::default(), Batch::default(), Vec::new());
        let calls = kinds.iter().zip(figures.iter()).enumerate();
        for (at, (kind, figures)) in calls.filter(|(_, (kind, _))| self.time.contains(&Timestamp(kind.at))) {
            let call = Call { now: prices.configured(kind.config), kind, figures };
            let found = match call.billed().map(|billed| (prices.of(&billed), billed)) {
                Some((Some(found), _)) => found.as_ref(),
                Some((None, billed)) => {
                    if !unknown.iter().any(|asked| asked.is(&billed)) {
                        unknown.push(Asked::new(&billed));
                    }
                    continue;
                }
                None => None,
            };
            let change = found.map(|(number, price)| call.change(price, *number));
            count(&mut total, call.figures.cost, change.as_ref().map(|change| change.cost));
            if let Some(change) = change.filter(|change| self.is_kept && call.differs(change)) {
                call.differ(&change, sums.cell(call.kind.at, call.kind.dimension()));
                changes.push((at, change));
            }
        }
        if !unknown.is_empty() {
            return Ok(unknown);
        }
        self.done += 1;
        add(&mut self.total, &total);
        self.sums.merge(sums);
        for (at, change) in &changes {
            figures.price(*at, change.cost, change.price, change.estimated);
        }
        if !changes.is_empty() {
            self.changed.push(segment.with(&figures)?);
        }
        Ok(unknown)
    }
}
