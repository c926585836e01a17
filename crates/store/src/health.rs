//! How configurations did, half an hour a row. The scale of the latency counts is the gateway's; here they are numbers.

use model::Timestamp;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{Store, StoreError};

/// Slots are kept for two days: one to show, and one more for a clock that was set back.
pub(crate) const KEPT_DAYS: i64 = -2;

/// Calls and probes of one configuration in one slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlotRow {
    /// The configuration's number.
    pub provider_config_id: i64,
    /// Where the slot starts, in milliseconds since 1970.
    pub slot_start: i64,
    /// Those that went well.
    pub good: u32,
    /// Those that did not.
    pub bad: u32,
    /// How many took how long, by the gateway's own scale.
    pub latencies: Vec<u32>,
}

#[derive(FromRow)]
struct HealthRow {
    config_id: i64,
    slot_start: i64,
    good: u32,
    bad: u32,
    latencies: String,
}

impl Store {
    /// Adds to what the slots hold, and forgets slots of the day before yesterday. Those of a configuration that was
    /// deleted meanwhile are left out.
    ///
    /// # Errors
    /// Those of the database; nothing is then added.
    pub async fn add_health(&self, slots: &[SlotRow], now: Timestamp) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        for slot in slots {
            let there = find(&mut transaction, slot).await?;
            write(&mut transaction, &there.plus(slot)).await?;
        }
        let delete = "DELETE FROM health_slots WHERE slot_start < ?";
        sqlx::query(delete).bind(now.plus_days(KEPT_DAYS).0).execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// The slots since a moment, by configuration and then oldest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn health_since(&self, from: Timestamp) -> Result<Vec<SlotRow>, StoreError> {
        let select = "SELECT * FROM health_slots WHERE slot_start >= ? ORDER BY config_id, slot_start";
        let rows: Vec<HealthRow> =
            sqlx::query_as(select).bind(from.0).fetch_all(&mut *self.connection().await?).await?;
        Ok(rows.into_iter().map(HealthRow::into_slot).collect())
    }
}

async fn find(connection: &mut SqliteConnection, slot: &SlotRow) -> Result<SlotRow, StoreError> {
    let select = "SELECT * FROM health_slots WHERE config_id = ? AND slot_start = ?";
    let row: Option<HealthRow> = sqlx::query_as(select)
        .bind(slot.provider_config_id)
        .bind(slot.slot_start)
        .fetch_optional(connection)
        .await?;
    Ok(row.map(HealthRow::into_slot).unwrap_or_default())
}

async fn write(connection: &mut SqliteConnection, slot: &SlotRow) -> Result<(), StoreError> {
    let insert = "INSERT INTO health_slots (config_id, slot_start, good, bad, latencies)
                  SELECT id, ?, ?, ?, ? FROM ai_provider_configs WHERE id = ?
                  ON CONFLICT DO UPDATE SET good = excluded.good, bad = excluded.bad, latencies = excluded.latencies";
    sqlx::query(insert)
        .bind(slot.slot_start)
        .bind(slot.good)
        .bind(slot.bad)
        .bind(serde_json::to_string(&slot.latencies).unwrap_or_default())
        .bind(slot.provider_config_id)
        .execute(connection)
        .await?;
    Ok(())
}

impl HealthRow {
    fn into_slot(self) -> SlotRow {
        SlotRow {
            provider_config_id: self.config_id,
            slot_start: self.slot_start,
            good: self.good,
            bad: self.bad,
            // Another version's scale is no reason to call a vault damaged.
            latencies: serde_json::from_str(&self.latencies).unwrap_or_default(),
        }
    }
}

impl SlotRow {
    pub(crate) fn plus(self, more: &Self) -> Self {
        let at = |counts: &[u32], place: usize| counts.get(place).copied().unwrap_or(0);
        let length = self.latencies.len().max(more.latencies.len());
        let sum = |place| at(&self.latencies, place).saturating_add(at(&more.latencies, place));
        Self {
            provider_config_id: more.provider_config_id,
            slot_start: more.slot_start,
            good: self.good.saturating_add(more.good),
            bad: self.bad.saturating_add(more.bad),
            latencies: (0..length).map(sum).collect(),
        }
    }
}
