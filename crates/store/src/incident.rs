//! Incidents: when something was wrong with a configuration, and why. They outlive the configuration.

use model::{
    ProviderId, Timestamp,
    health::{HealthState, Incident},
};
use sqlx::FromRow;

use crate::{
    Store, StoreError,
    ledger::{signed, unsigned},
};

/// An incident that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIncident {
    /// Which configuration.
    pub provider: ProviderId,
    /// Its name now.
    pub display_name: String,
    /// How bad it is: degraded or down, nothing else is an incident.
    pub state: HealthState,
    /// When it began.
    pub started_at: Timestamp,
    /// What happened, one sentence.
    pub cause: String,
}

#[derive(FromRow)]
pub(crate) struct IncidentRow {
    id: i64,
    config_uuid: String,
    display_name: String,
    state: String,
    started_at: i64,
    ended_at: Option<i64>,
    cause: String,
    calls_moved: i64,
}

impl Store {
    /// Opens an incident and says its number. A configuration has one open incident at most: one that is open already
    /// becomes this bad, and keeps its start.
    ///
    /// # Errors
    /// Those of the database, which refuses a state that is no incident.
    pub async fn open_incident(&self, incident: &NewIncident) -> Result<i64, StoreError> {
        let insert = "INSERT INTO incidents (config_uuid, display_name, state, started_at, cause)
                      VALUES (?, ?, ?, ?, ?)
                      ON CONFLICT (config_uuid) WHERE ended_at IS NULL
                      DO UPDATE SET state = excluded.state, cause = excluded.cause
                      RETURNING id";
        Ok(sqlx::query_scalar(insert)
            .bind(incident.provider.to_string())
            .bind(&incident.display_name)
            .bind(state_name(incident.state))
            .bind(incident.started_at.0)
            .bind(&incident.cause)
            .fetch_one(&mut *self.connection().await?)
            .await?)
    }

    /// Ends an incident; one that has ended keeps its end.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn close_incident(&self, id: i64, ended_at: Timestamp) -> Result<(), StoreError> {
        let update = "UPDATE incidents SET ended_at = ? WHERE id = ? AND ended_at IS NULL";
        let update = sqlx::query(update).bind(ended_at.0).bind(id);
        update.execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    /// Counts calls that went to another provider because of an incident.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_moved_calls(&self, id: i64, calls: u64) -> Result<(), StoreError> {
        let update = "UPDATE incidents SET calls_moved = calls_moved + ? WHERE id = ?";
        let update = sqlx::query(update).bind(signed(calls)).bind(id);
        update.execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    /// Incidents that are open, or ended at a moment or later; newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn incidents_since(&self, from: Timestamp) -> Result<Vec<Incident>, StoreError> {
        let select = "SELECT * FROM incidents WHERE ended_at IS NULL OR ended_at >= ?
                      ORDER BY started_at DESC, id DESC";
        let rows: Vec<IncidentRow> =
            sqlx::query_as(select).bind(from.0).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(IncidentRow::into_incident).collect()
    }
}

/// The database knows the first two; the others are no incidents, and it refuses them.
pub(crate) fn state_name(state: HealthState) -> &'static str {
    match state {
        HealthState::Degraded => "degraded",
        HealthState::Down => "down",
        HealthState::Up => "up",
        HealthState::Unknown => "unknown",
    }
}

impl IncidentRow {
    pub(crate) fn into_incident(self) -> Result<Incident, StoreError> {
        let state = [HealthState::Degraded, HealthState::Down];
        Ok(Incident {
            id: self.id,
            provider: self.config_uuid.parse().map_err(|_| StoreError::Damaged)?,
            display_name: self.display_name,
            state: state
                .into_iter()
                .find(|state| state_name(*state) == self.state)
                .ok_or(StoreError::Damaged)?,
            started_at: Timestamp(self.started_at),
            ended_at: self.ended_at.map(Timestamp),
            cause: self.cause,
            calls_moved: unsigned(self.calls_moved),
        })
    }
}
