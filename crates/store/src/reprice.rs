//! Pricing the log's rows anew, in one transaction with its entry. What rows took is never changed, only what it cost.

use std::{collections::HashMap, ops::Range, sync::Arc};

use model::{PicoUsd, ProviderType, Timestamp, prices::Repricing, usage::TokenUsage};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Priced, Store, StoreError,
    audit::Subject,
    ledger::{pico, price_id, unsigned},
    log::{self, Buckets, FigureColumns, Figures, Head, Kind, Kinds},
    statistics::{Batch, Cell, Rollup},
};

/// Segments whose heads are read at once.
const HEADS: i64 = 64;
/// Cells that are held in memory at once.
const CELLS: usize = 20_000;

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

/// A call, and what its configuration is now: calls of before the ledger name neither vendor nor model.
struct Call<'a> {
    kind: Kind<'a>,
    figures: Figures<'a>,
    now: Option<&'a Configured>,
}

/// Type and model of a configuration.
type Configured = (String, String);

/// A call's new cost.
struct Change {
    at: usize,
    cost: i64,
    price: i64,
    estimated: bool,
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
        let configured = configured(&mut transaction).await?;
        let (mut total, mut prices, mut places) =
            (Repricing::default(), Prices::default(), self.places.begin());
        let mut batch = Batch::default();
        let mut behind = i64::MIN;
        while let Some(heads) = next(&mut transaction, &mut behind).await? {
            for head in heads.iter().filter(|head| overlaps(head, &time)) {
                let (kinds, mut figures) = head.figures(&mut transaction).await?;
                let mut sums = Batch::default();
                let mut changes = Vec::new();
                for (at, call) in calls(&kinds, &figures, &configured, &time) {
                    let price = prices.of(&mut transaction, &call, &price_for).await?;
                    let change = price.map(|(price, number)| call.change(at, price, number));
                    count(&mut total, call.figures.cost, change.as_ref().map(|change| change.cost));
                    if let Some(change) = change.filter(|change| change.is_one(&call)) {
                        call.differ(&change, sums.cell(call.kind.at, call.kind.dimension()));
                        changes.push(change);
                    }
                }
                batch.merge(sums);
                if !changes.is_empty() {
                    changes.iter().for_each(|change| {
                        figures.price(change.at, change.cost, change.price, change.estimated);
                    });
                    head.replace_figures(&mut transaction, &figures).await?;
                }
            }
            if batch.len() > CELLS {
                std::mem::take(&mut batch).keep(&mut transaction, &rollup.calendar()?, &mut places).await?;
            }
        }
        batch.keep(&mut transaction, &rollup.calendar()?, &mut places).await?;
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
        let configured = configured(&mut connection).await?;
        let mut total = Repricing::default();
        let mut behind = i64::MIN;
        while let Some(heads) = next(&mut connection, &mut behind).await? {
            for head in heads.iter().filter(|head| overlaps(head, &time)) {
                let (kinds, figures) = head.figures(&mut connection).await?;
                for (_, call) in calls(&kinds, &figures, &configured, &time) {
                    let priced = call.billed().and_then(&price_for);
                    count(&mut total, call.figures.cost, priced.map(|priced| call.cost(&priced)));
                }
            }
        }
        Ok(total)
    }
}

/// The next segments; `behind` is the last one that was seen.
async fn next(connection: &mut SqliteConnection, behind: &mut i64) -> Result<Option<Vec<Head>>, StoreError> {
    let heads = log::behind(connection, *behind, HEADS).await?;
    Ok(heads.last().map(|last| last.first).map(|last| {
        *behind = last;
        heads
    }))
}

fn overlaps(head: &Head, time: &Range<Timestamp>) -> bool {
    head.last_at >= time.start.0 && head.first_at < time.end.0
}

async fn configured(connection: &mut SqliteConnection) -> Result<HashMap<i64, Configured>, StoreError> {
    let select = "SELECT id, provider_type, model_name FROM ai_provider_configs";
    let rows: Vec<(i64, String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(id, provider_type, model)| (id, (provider_type, model))).collect())
}

/// The calls of a segment that lie in a time, with their places in it.
fn calls<'a>(
    kinds: &'a Kinds,
    figures: &'a FigureColumns,
    configured: &'a HashMap<i64, Configured>,
    time: &Range<Timestamp>,
) -> impl Iterator<Item = (usize, Call<'a>)> {
    let calls = kinds.iter().zip(figures.iter()).enumerate();
    calls
        .filter(|(_, (kind, _))| time.contains(&Timestamp(kind.at)))
        .map(|(at, (kind, figures))| (at, Call { kind, figures, now: configured.get(&kind.config) }))
}

impl Call<'_> {
    fn billed(&self) -> Option<Billed<'_>> {
        if !self.figures.usage_known {
            return None;
        }
        let provider_type = self.kind.provider_type.or(self.now.map(|now| now.0.as_str()))?;
        Some(Billed {
            provider_config_id: self.kind.config,
            provider_type: provider_type.parse().ok()?,
            model_name: self.kind.model.or(self.now.map(|now| now.1.as_str()))?,
            returned: self.figures.returned,
        })
    }

    fn usage(&self) -> TokenUsage {
        let buckets = self.figures.buckets;
        let Buckets { uncached, audio, cache_read, cache_write, cache_write_1h, .. } =
            buckets.unwrap_or(Buckets { uncached: self.figures.input, ..Buckets::default() });
        TokenUsage {
            input: unsigned(uncached),
            audio_input: unsigned(audio),
            cache_read: unsigned(cache_read),
            cache_write: unsigned(cache_write),
            cache_write_1h: unsigned(cache_write_1h),
            output: unsigned(self.figures.output),
            ..TokenUsage::default()
        }
    }

    fn cost(&self, priced: &Priced) -> i64 {
        pico(priced.price.cost(&self.usage()))
    }

    fn change(&self, at: usize, price: &Priced, number: i64) -> Change {
        let estimated = self.figures.estimated || self.figures.buckets.is_none();
        Change { at, cost: self.cost(price), price: number, estimated }
    }

    /// What the change does to the sums.
    fn differ(&self, change: &Change, cell: &mut Cell) {
        cell.cost += i128::from(change.cost) - i128::from(self.figures.cost.unwrap_or(0));
        cell.unpriced -= i128::from(self.figures.cost.is_none());
        cell.estimated += i128::from(change.estimated) - i128::from(self.figures.estimated);
    }
}

impl Change {
    /// Whether it is another cost, or by another price.
    fn is_one(&self, call: &Call<'_>) -> bool {
        (call.figures.cost, call.figures.price) != (Some(self.cost), Some(self.price))
    }
}

/// What each configuration and model is priced by, asked once. A configuration has few models, so looking through them is
/// quicker than a key of texts for each call.
#[derive(Default)]
struct Prices(HashMap<i64, Vec<Asked>>);

/// Whose price was asked for, of one configuration, and the price with its number, if there is one.
struct Asked {
    provider_type: ProviderType,
    model_name: String,
    returned: Option<String>,
    price: Option<(Arc<Priced>, i64)>,
}

impl Asked {
    fn is(&self, billed: &Billed<'_>) -> bool {
        self.provider_type == billed.provider_type
            && self.model_name == billed.model_name
            && self.returned.as_deref() == billed.returned
    }
}

impl Prices {
    async fn of(
        &mut self,
        connection: &mut SqliteConnection,
        call: &Call<'_>,
        price_for: &(impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send),
    ) -> Result<Option<(&Priced, i64)>, StoreError> {
        let Some(billed) = call.billed() else { return Ok(None) };
        let known = self.0.entry(billed.provider_config_id).or_default();
        let place = match known.iter().position(|asked| asked.is(&billed)) {
            Some(place) => place,
            None => {
                let asked = Asked {
                    provider_type: billed.provider_type,
                    model_name: billed.model_name.to_owned(),
                    returned: billed.returned.map(str::to_owned),
                    price: None,
                };
                let price = match price_for(billed) {
                    Some(priced) => {
                        let id = price_id(connection, &priced).await?;
                        Some((priced, id))
                    }
                    None => None,
                };
                known.push(Asked { price, ..asked });
                known.len() - 1
            }
        };
        let price = known.get(place).and_then(|asked| asked.price.as_ref());
        Ok(price.map(|(priced, id)| (&**priced, *id)))
    }
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
