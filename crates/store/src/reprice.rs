//! Pricing the log's rows anew, in one transaction with its entry. What rows took is never changed, only what it cost.

mod call;
mod piece;
mod prices;

use std::{collections::HashMap, ops::Range, sync::Arc};

use model::{PicoUsd, ProviderType, Timestamp, prices::Repricing};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Priced, Store, StoreError,
    audit::Subject,
    ledger::price_id,
    log::{self, NewFigures, PackedFigures},
    statistics::{Batch, Places, Rollup},
};
use piece::Piece;
use prices::Prices;

/// Segments of a piece: some hundred kilobytes.
const SEGMENTS: i64 = 16;
/// Cells that are held in memory at once.
const CELLS: usize = 20_000;
/// Of a price in a trial, which writes down neither price nor cost.
const NO_NUMBER: i64 = 0;

/// Type and model of a configuration.
type Configured = (String, String);

/// Whose price is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed<'a> {
    /// The configuration's number, for prices of its own.
    pub provider_config_id: i64,
    /// Its type.
    pub provider_type: ProviderType,
    /// The model that was asked for.
    pub model_name: &'a str,
    /// The model that answered, where the vendor named one.
    pub returned: Option<&'a str>,
}

impl Store {
    /// Prices the rows of a time anew. A row without a known usage, or for which there is no price, stays as it is.
    /// Rows of before the ledger have input and output alone, and no model: they are priced by the model that their
    /// configuration has now, and their cost becomes an estimate.
    ///
    /// # Errors
    /// Those of the database; nothing is then changed.
    pub async fn reprice(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
        act: &Act,
    ) -> Result<Repricing, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let rollup = Rollup::read(&mut transaction).await?;
        let time = rollup.kept(time);
        let mut places = self.places.begin();
        let kept = Kept { rollup: &rollup, places: &mut places };
        let total = reprice(&mut transaction, price_for, &time, Some(kept)).await?;
        self.audit.write(&mut transaction, act, subject(&total, &time)).await?;
        transaction.commit().await?;
        places.keep();
        Ok(total)
    }

    /// What [`Store::reprice`] would come to. Nothing is written.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn try_repricing(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
    ) -> Result<Repricing, StoreError> {
        let mut connection = self.connection().await?;
        let time = Rollup::read(&mut connection).await?.kept(time);
        reprice(&mut connection, price_for, &time, None).await
    }
}

/// Where changes go, unless it is a trial.
struct Kept<'a, 's> {
    rollup: &'a Rollup,
    places: &'a mut Places<'s>,
}

/// Each piece is priced on another thread while the database writes the one before and reads the next.
async fn reprice(
    connection: &mut SqliteConnection,
    price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
    time: &Range<Timestamp>,
    mut kept: Option<Kept<'_, '_>>,
) -> Result<Repricing, StoreError> {
    let mut prices = Arc::new(Prices::new(configured(&mut *connection).await?));
    let (mut total, mut sums) = (Repricing::default(), Batch::default());
    let mut changed = Vec::new();
    let mut segments = log::figures_behind(&mut *connection, i64::MIN, time, SEGMENTS).await?;
    while let Some(last) = segments.last().map(PackedFigures::first) {
        let mut under_way =
            Piece::new(segments, time, std::mem::take(&mut sums), kept.is_some()).begin(&prices);
        NewFigures::write(&mut *connection, std::mem::take(&mut changed)).await?;
        segments = log::figures_behind(&mut *connection, last, time, SEGMENTS).await?;
        let piece = loop {
            // A panic of the thread.
            let (piece, unknown) = under_way.await.map_err(|_| StoreError::Damaged)??;
            if unknown.is_empty() {
                break piece;
            }
            let known = Arc::make_mut(&mut prices);
            for asked in unknown {
                let price = match price_for(asked.billed()) {
                    Some(price) if kept.is_some() => Some((price_id(&mut *connection, &price).await?, price)),
                    price => price.map(|price| (NO_NUMBER, price)),
                };
                known.learn(asked, price);
            }
            under_way = piece.begin(&prices);
        };
        add(&mut total, &piece.total);
        (sums, changed) = (piece.sums, piece.changed);
        if let Some(kept) = kept.as_mut().filter(|_| sums.len() > CELLS) {
            std::mem::take(&mut sums).keep(&mut *connection, &kept.rollup.calendar()?, kept.places).await?;
        }
    }
    NewFigures::write(&mut *connection, changed).await?;
    if let Some(kept) = kept {
        sums.keep(connection, &kept.rollup.calendar()?, kept.places).await?;
    }
    Ok(total)
}

async fn configured(connection: &mut SqliteConnection) -> Result<HashMap<i64, Configured>, StoreError> {
    let select = "SELECT id, provider_type, model_name FROM ai_provider_configs";
    let rows: Vec<(i64, String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(id, provider_type, model)| (id, (provider_type, model))).collect())
}

/// Counts a row by what it cost and what it costs now, if there is a price for it.
pub(crate) fn count(total: &mut Repricing, before: Option<i64>, cost: Option<i64>) {
    let known = |cost: Option<i64>| PicoUsd(i128::from(cost.unwrap_or(0)));
    total.rows += 1;
    total.left += u64::from(cost.is_none());
    total.changed += u64::from(cost.is_some() && cost != before);
    total.before = total.before.plus(known(before));
    total.after = total.after.plus(known(cost.or(before)));
}

fn add(total: &mut Repricing, more: &Repricing) {
    total.rows += more.rows;
    total.left += more.left;
    total.changed += more.changed;
    total.before = total.before.plus(more.before);
    total.after = total.after.plus(more.after);
}

pub(crate) fn subject(total: &Repricing, time: &Range<Timestamp>) -> Subject<'static> {
    let after = json!({
        "cost_pico_usd": total.after, "from": time.start, "to": time.end,
        "rows": total.rows, "changed": total.changed, "left": total.left,
    });
    Subject {
        before: Some(json!({ "cost_pico_usd": total.before })),
        after: Some(after),
        ..Subject::default()
    }
}
