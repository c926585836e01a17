//! Jumps of usage that were told, each once, and whether a person saw it. They outlive the configuration.

use model::{
    Timestamp,
    insights::{Causes, JumpView, Measure},
};
use serde_json::json;
use sqlx::{Connection, FromRow};

use crate::{
    Act, Store, StoreError,
    audit::Subject,
    ledger::{signed, unsigned},
};

/// Jumps that are listed at most.
const LISTED: u32 = 50;

/// A jump that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJump {
    /// The configuration's number; `None` is the whole account.
    pub config: Option<i64>,
    /// What jumps.
    pub measure: Measure,
    /// The first instant of the time in which it was noticed.
    pub began_at: Timestamp,
    /// When it is told.
    pub told_at: Timestamp,
    /// In how many seconds it was noticed.
    pub window_s: u32,
    /// What is usual in them.
    pub usual: u64,
    /// What there was.
    pub seen: u64,
    /// The hour of the week, of 168.
    pub hour_of_week: u8,
    /// Who causes it.
    pub causes: Causes,
}

/// A jump that goes on, or did until lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
struct RunningRow {
    id: i64,
    config_id: Option<i64>,
    is_calls: bool,
    last_at: i64,
    is_over: bool,
}

/// A jump that goes on, or did until lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningJump {
    /// Its number.
    pub id: i64,
    /// The configuration's number.
    pub config: Option<i64>,
    /// What jumps.
    pub measure: Measure,
    /// When it was seen last.
    pub last_at: Timestamp,
    /// Whether it is over.
    pub is_over: bool,
}

#[derive(FromRow)]
struct JumpRow {
    id: i64,
    config_id: Option<i64>,
    display_name: Option<String>,
    measure: String,
    began_at: i64,
    told_at: i64,
    last_at: i64,
    is_over: bool,
    window_s: u32,
    usual: i64,
    seen: i64,
    hour_of_week: u8,
    causes: String,
    seen_at: Option<i64>,
}

impl Store {
    /// Keeps a jump that begins, and says its number. It is what the program noticed and not what somebody did, so it has no
    /// entry among the acts.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_jump(&self, jump: &NewJump) -> Result<i64, StoreError> {
        let insert =
            "INSERT INTO usage_jumps (config_id, measure, began_at, told_at, last_at, window_s, usual, seen,
                      hour_of_week, causes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id";
        Ok(sqlx::query_scalar(insert)
            .bind(jump.config)
            .bind(jump.measure.as_str())
            .bind(jump.began_at.0)
            .bind(jump.told_at.0)
            .bind(jump.told_at.0)
            .bind(jump.window_s)
            .bind(signed(jump.usual.max(1)))
            .bind(signed(jump.seen))
            .bind(jump.hour_of_week)
            .bind(json!(jump.causes).to_string())
            .fetch_one(&mut *self.connection().await?)
            .await?)
    }

    /// A jump was seen last at this moment, and is over or goes on.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn jump_seen(&self, id: i64, last_at: Timestamp, is_over: bool) -> Result<(), StoreError> {
        // A clock that was set back makes nothing end before it began.
        let update = "UPDATE usage_jumps SET last_at = max(told_at, ?), is_over = ? WHERE id = ?";
        let update = sqlx::query(update).bind(last_at.0).bind(is_over).bind(id);
        update.execute(&mut *self.connection().await?).await?;
        Ok(())
    }

    /// Jumps that are not over, and those that were seen at this moment or later.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn running_jumps(&self, from: Timestamp) -> Result<Vec<RunningJump>, StoreError> {
        let select = "SELECT id, config_id, measure = 'calls' AS is_calls, last_at, is_over FROM usage_jumps
                      WHERE is_over = 0 OR last_at >= ? ORDER BY id";
        let rows: Vec<RunningRow> =
            sqlx::query_as(select).bind(from.0).fetch_all(&mut *self.connection().await?).await?;
        let running = |row: RunningRow| RunningJump {
            id: row.id,
            config: row.config_id,
            measure: if row.is_calls { Measure::Calls } else { Measure::Cost },
            last_at: Timestamp(row.last_at),
            is_over: row.is_over,
        };
        Ok(rows.into_iter().map(running).collect())
    }

    /// What was told lately, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn jumps(&self) -> Result<Vec<JumpView>, StoreError> {
        let select = "SELECT j.*, c.display_name FROM usage_jumps j
                      LEFT JOIN ai_provider_configs c ON c.id = j.config_id ORDER BY j.told_at DESC, j.id DESC LIMIT ?";
        let rows: Vec<JumpRow> =
            sqlx::query_as(select).bind(LISTED).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(JumpRow::into_view).collect()
    }

    /// Jumps that nobody has seen yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn unseen_jumps(&self) -> Result<u64, StoreError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM usage_jumps WHERE seen_at IS NULL");
        Ok(unsigned(count.fetch_one(&mut *self.connection().await?).await?))
    }

    /// A person has seen all of them. Nothing is written when there was nothing to see.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn acknowledge_jumps(&self, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = sqlx::query("UPDATE usage_jumps SET seen_at = ? WHERE seen_at IS NULL").bind(act.at.0);
        let seen = update.execute(&mut *transaction).await?.rows_affected();
        if seen > 0 {
            let subject = Subject { after: Some(json!({ "jumps": seen })), ..Subject::default() };
            self.audit.write(&mut transaction, act, subject).await?;
        }
        Ok(transaction.commit().await?)
    }
}

impl JumpRow {
    fn into_view(self) -> Result<JumpView, StoreError> {
        let mut measures = Measure::ALL.into_iter();
        Ok(JumpView {
            id: self.id,
            config: self.config_id,
            name: self.display_name,
            measure: measures.find(|one| one.as_str() == self.measure).ok_or(StoreError::Damaged)?,
            began_at: Timestamp(self.began_at),
            told_at: Timestamp(self.told_at),
            ended_at: self.is_over.then_some(Timestamp(self.last_at)),
            window_s: self.window_s,
            usual: unsigned(self.usual),
            seen: unsigned(self.seen),
            hour_of_week: self.hour_of_week,
            causes: serde_json::from_str(&self.causes).map_err(|_| StoreError::Damaged)?,
            is_seen: self.seen_at.is_some(),
        })
    }
}
