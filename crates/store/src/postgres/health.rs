//! How configurations did, counted by all servers together, and incidents: the same rules as `health` and `incident`.

use model::{Timestamp, health::Incident};
use sqlx::PgConnection;

use super::{PgStore, text::clean};
use crate::{
    NewIncident, SlotRow, StoreError,
    health::KEPT_DAYS,
    incident::{IncidentRow, state_name},
    ledger::signed,
};

type Row = (i64, i64, i64, i64, Vec<i64>);

impl PgStore {
    /// As [`Store::add_health`](crate::Store::add_health).
    ///
    /// # Errors
    /// Those of the database; nothing is then added.
    pub async fn add_health(&self, slots: &[SlotRow], now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.pool().begin().await?;
        let mut slots: Vec<&SlotRow> = slots.iter().collect();
        // In one order, so that two servers never wait for each other.
        slots.sort_by_key(|slot| (slot.provider_config_id, slot.slot_start));
        for slot in slots {
            add(&mut transaction, slot).await?;
        }
        let delete =
            sqlx::query("DELETE FROM health_slots WHERE slot_start < $1").bind(now.plus_days(KEPT_DAYS).0);
        delete.execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::health_since`](crate::Store::health_since).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn health_since(&self, from: Timestamp) -> Result<Vec<SlotRow>, StoreError> {
        let select =
            "SELECT config_id, slot_start, good, bad, latencies FROM health_slots WHERE slot_start >= $1
                      ORDER BY config_id, slot_start";
        let rows: Vec<Row> = sqlx::query_as(select).bind(from.0).fetch_all(&self.pool()).await?;
        Ok(rows.into_iter().map(slot).collect())
    }

    /// As [`Store::open_incident`](crate::Store::open_incident): several servers that see one fault open one incident.
    ///
    /// # Errors
    /// Those of the database, which refuses a state that is no incident.
    pub async fn open_incident(&self, incident: &NewIncident) -> Result<i64, StoreError> {
        let insert = "INSERT INTO incidents (config_uuid, display_name, state, started_at, cause)
                      VALUES ($1, $2, $3, $4, $5)
                      ON CONFLICT (config_uuid) WHERE ended_at IS NULL
                      DO UPDATE SET state = excluded.state, cause = excluded.cause
                      RETURNING id";
        Ok(sqlx::query_scalar(insert)
            .bind(incident.provider.to_string())
            .bind(&incident.display_name)
            .bind(state_name(incident.state))
            .bind(incident.started_at.0)
            .bind(clean(&incident.cause))
            .fetch_one(&self.pool())
            .await?)
    }

    /// As [`Store::close_incident`](crate::Store::close_incident).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn close_incident(&self, id: i64, ended_at: Timestamp) -> Result<(), StoreError> {
        let update = "UPDATE incidents SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL";
        sqlx::query(update).bind(ended_at.0).bind(id).execute(&self.pool()).await?;
        Ok(())
    }

    /// As [`Store::add_moved_calls`](crate::Store::add_moved_calls).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_moved_calls(&self, id: i64, calls: u64) -> Result<(), StoreError> {
        let update = "UPDATE incidents SET calls_moved = calls_moved + $1 WHERE id = $2";
        sqlx::query(update).bind(signed(calls)).bind(id).execute(&self.pool()).await?;
        Ok(())
    }

    /// As [`Store::incidents_since`](crate::Store::incidents_since).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn incidents_since(&self, from: Timestamp) -> Result<Vec<Incident>, StoreError> {
        let select = "SELECT * FROM incidents WHERE ended_at IS NULL OR ended_at >= $1
                      ORDER BY started_at DESC, id DESC";
        let rows: Vec<IncidentRow> = sqlx::query_as(select).bind(from.0).fetch_all(&self.pool()).await?;
        rows.into_iter().map(IncidentRow::into_incident).collect()
    }
}

/// A slot of a configuration that was deleted meanwhile is left out.
async fn add(connection: &mut PgConnection, more: &SlotRow) -> Result<(), StoreError> {
    let insert = "INSERT INTO health_slots (config_id, slot_start, good, bad, latencies)
                  SELECT id, $2, 0, 0, '{}' FROM ai_provider_configs WHERE id = $1 ON CONFLICT DO NOTHING";
    let insert = sqlx::query(insert).bind(more.provider_config_id).bind(more.slot_start);
    insert.execute(&mut *connection).await?;
    let select = "SELECT config_id, slot_start, good, bad, latencies FROM health_slots
                  WHERE config_id = $1 AND slot_start = $2 FOR UPDATE";
    let select = sqlx::query_as(select).bind(more.provider_config_id).bind(more.slot_start);
    let Some(there): Option<Row> = select.fetch_optional(&mut *connection).await? else { return Ok(()) };
    let sum = slot(there).plus(more);
    let update = "UPDATE health_slots SET good = $3, bad = $4, latencies = $5 WHERE config_id = $1 AND slot_start = $2";
    let latencies: Vec<i64> = sum.latencies.iter().copied().map(i64::from).collect();
    let update = sqlx::query(update).bind(sum.provider_config_id).bind(sum.slot_start);
    let update = update.bind(i64::from(sum.good)).bind(i64::from(sum.bad)).bind(latencies);
    update.execute(connection).await?;
    Ok(())
}

fn slot((provider_config_id, slot_start, good, bad, latencies): Row) -> SlotRow {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    SlotRow {
        provider_config_id,
        slot_start,
        good: count(good),
        bad: count(bad),
        latencies: latencies.into_iter().map(count).collect(),
    }
}
