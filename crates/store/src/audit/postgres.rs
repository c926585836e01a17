//! The same log on PostgreSQL. Whoever writes an entry holds the lock of [`PgStore::change`](crate::PgStore), so that many
//! servers go on with one chain.

use model::{Timestamp, audit::AuditFilter};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    Act, AuditEntry, AuditLog, CLOCK_ACCEPTED, Subject, Verified,
    chain::{Content, Mac, hex},
    end::{BROKEN, CHECKPOINT_EVERY, End, NAME},
    search::escaped,
    verify::{self, Walk},
};
use crate::{
    PgStore, StoreError,
    postgres::{self, text::clean},
};

/// Entries of one reading.
const PIECE: i64 = 20_000;
const COLUMNS: &str = "id, at, actor, machine, ip_address, action, target, target_name, before, after, mac";
const WHERE: &str =
    "($1::text IS NULL OR actor = $1) AND ($2::text IS NULL OR action = $2) AND ($3::text IS NULL OR target = $3)
    AND ($4::bigint IS NULL OR at >= $4) AND ($5::bigint IS NULL OR at < $5)
    AND ($6::text IS NULL OR actor ILIKE $6 ESCAPE '!' OR machine ILIKE $6 ESCAPE '!' OR action ILIKE $6 ESCAPE '!'
         OR target ILIKE $6 ESCAPE '!' OR target_name ILIKE $6 ESCAPE '!' OR before ILIKE $6 ESCAPE '!'
         OR after ILIKE $6 ESCAPE '!')";

impl AuditLog {
    /// In place of what a person typed and may have typed into the wrong field, such as a password as a name.
    pub(crate) fn veiled(&self, text: &str) -> String {
        hex(&self.keys.veil(text))
    }

    /// Keeps the end of a log without entries, from which on nothing can be taken away unseen.
    pub(crate) async fn begin_shared(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        self.keep_end_shared(connection, End { entries: 0, mac: self.keys.beginning() }).await
    }

    /// Adds an entry. In the transaction of the act, which fails if this fails, and which holds the lock of changes.
    pub(crate) async fn write_shared(
        &self,
        connection: &mut PgConnection,
        act: &Act,
        subject: Subject<'_>,
    ) -> Result<(), StoreError> {
        let (kept, last) = (self.kept_end_shared(connection).await?, self.last_shared(connection).await?);
        let mut end = last;
        if kept != Some(last) {
            let told = Act { action: BROKEN, ..act.clone() };
            let subject = Subject {
                before: kept.map(|kept| json!({ "entries": kept.entries })),
                after: Some(json!({ "entries": last.entries })),
                ..Subject::default()
            };
            end = self.append_shared(connection, last, &told, subject).await?;
        }
        self.append_shared(connection, end, act, subject).await?;
        Ok(())
    }

    async fn append_shared(
        &self,
        connection: &mut PgConnection,
        end: End,
        act: &Act,
        subject: Subject<'_>,
    ) -> Result<End, StoreError> {
        let id = end.entries + 1;
        let [before, after] = [subject.before, subject.after].map(|json| json.map(|json| json.to_string()));
        let (actor, machine) = (clean(&act.actor), clean(&act.machine.name));
        let name = subject.name.map(clean);
        let texts = [
            Some(actor.as_ref()),
            Some(&machine),
            act.machine.ip_address.as_deref(),
            Some(act.action),
            subject.target.as_deref(),
            name.as_deref(),
            before.as_deref(),
            after.as_deref(),
        ];
        let content = Content { id, at: act.at.0, texts };
        let mac = self.keys.entry(&end.mac, &content, &mut Vec::new());
        let insert = "INSERT INTO admin_action_log
                (id, at, actor, machine, ip_address, action, target, target_name, before, after, mac)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
        let insert = sqlx::query(insert).bind(content.id).bind(content.at);
        let insert = content.texts.into_iter().fold(insert, |insert, text| insert.bind(text));
        insert.bind(&mac[..]).execute(&mut *connection).await?;
        let end = End { entries: id, mac };
        self.keep_end_shared(connection, end).await?;
        Ok(end)
    }

    async fn keep_end_shared(&self, connection: &mut PgConnection, end: End) -> Result<(), StoreError> {
        let upsert = "INSERT INTO vault_meta (name, value) VALUES ($1, $2)
                      ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        sqlx::query(upsert).bind(NAME).bind(self.text(end)).execute(&mut *connection).await?;
        if end.entries > 0 && end.entries % CHECKPOINT_EVERY == 0 {
            let insert =
                "INSERT INTO audit_checkpoints (entries, signature) VALUES ($1, $2) ON CONFLICT DO NOTHING";
            let signature = self.keys.sign(end.entries, &end.mac);
            sqlx::query(insert).bind(end.entries).bind(&signature[..]).execute(connection).await?;
        }
        Ok(())
    }

    async fn last_shared(&self, connection: &mut PgConnection) -> Result<End, StoreError> {
        let select = "SELECT id, mac FROM admin_action_log ORDER BY id DESC LIMIT 1";
        let last: Option<(i64, Vec<u8>)> = sqlx::query_as(select).fetch_optional(connection).await?;
        let Some((entries, mac)) = last else {
            return Ok(End { entries: 0, mac: self.keys.beginning() });
        };
        Ok(End { entries, mac: Mac::try_from(mac).map_err(|_| StoreError::Damaged)? })
    }

    async fn kept_end_shared(&self, connection: &mut PgConnection) -> Result<Option<End>, StoreError> {
        let select = "SELECT value FROM vault_meta WHERE name = $1";
        let kept: Option<String> = sqlx::query_scalar(select).bind(NAME).fetch_optional(connection).await?;
        Ok(kept.and_then(|kept| self.read(&kept)))
    }
}

impl PgStore {
    /// Writes an entry for an act that changes no record.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn record(&self, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        self.audit.write_shared(&mut transaction, act, Subject::default()).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::record_all`](crate::Store::record_all).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn record_all(&self, acts: Vec<(Act, Value)>) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        for (act, after) in acts {
            let subject = Subject { after: Some(after), ..Subject::default() };
            self.audit.write_shared(&mut transaction, &act, subject).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// As [`Store::latest_act`](crate::Store::latest_act).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn latest_act(&self) -> Result<Option<Timestamp>, StoreError> {
        let select = "SELECT at FROM admin_action_log
                      WHERE id >= coalesce((SELECT max(id) FROM admin_action_log WHERE action = $1), 0)
                      ORDER BY at DESC LIMIT 1";
        let latest = sqlx::query_scalar(select).bind(CLOCK_ACCEPTED);
        let latest: Option<i64> = latest.fetch_optional(&self.pool()).await?;
        Ok(latest.map(Timestamp))
    }

    /// The newest entries, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_entries(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        self.find_audit(&AuditFilter::default(), None, limit).await
    }

    /// As [`Store::find_audit`](crate::Store::find_audit).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn find_audit(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        // The text holds nothing but our own words; what was typed is bound.
        let select = AssertSqlSafe(format!(
            "SELECT {COLUMNS} FROM admin_action_log WHERE {WHERE} AND id < $7 ORDER BY id DESC LIMIT $8"
        ));
        let text = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(escaped);
        let typed = |text: &Option<String>| text.as_deref().map(|text| clean(text).into_owned());
        let query = sqlx::query_as(select)
            .bind(typed(&filter.actor))
            .bind(typed(&filter.action))
            .bind(typed(&filter.record))
            .bind(filter.from.map(|at| at.0))
            .bind(filter.to.map(|at| at.0))
            .bind(typed(&text))
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit.min(1_000)));
        Ok(query.fetch_all(&self.pool()).await?)
    }

    /// As [`Store::verify_audit`](crate::Store::verify_audit). Servers may write meanwhile.
    ///
    /// # Errors
    /// Those of the database. A broken chain is no error.
    pub async fn verify_audit(&self, known: impl IntoIterator<Item = End>) -> Result<Verified, StoreError> {
        let mut transaction = self.pool().begin_with(postgres::ONE_MOMENT).await?;
        let mut walk = Walk::new(&self.audit, known);
        let select = format!("SELECT {COLUMNS} FROM admin_action_log WHERE id > $1 ORDER BY id LIMIT $2");
        let first = sqlx::query_scalar(verify::FIRST).fetch_one(&mut *transaction).await?;
        let mut broken = verify::before_the_first(first);
        while broken.is_none() {
            let from = walk.place();
            let entries: Vec<AuditEntry> = sqlx::query_as(AssertSqlSafe(select.as_str()))
                .bind(from)
                .bind(PIECE)
                .fetch_all(&mut *transaction)
                .await?;
            if entries.is_empty() {
                let kept = self.audit.kept_end_shared(&mut transaction).await?;
                broken = walk.ending_at(kept);
                break;
            }
            let signed =
                "SELECT entries, signature FROM audit_checkpoints WHERE entries > $1 AND entries <= $2";
            let signed = sqlx::query_as(signed).bind(from).bind(from.saturating_add(PIECE));
            let signed: Vec<(i64, Vec<u8>)> = signed.fetch_all(&mut *transaction).await?;
            broken = walk.entries(&entries, &signed.into_iter().collect());
        }
        let entries = sqlx::query_scalar(verify::COUNT).fetch_one(&mut *transaction).await?;
        let end = broken.is_none().then(|| self.audit.text(walk.end()));
        Ok(Verified { entries, broken, end })
    }

    /// As [`Store::end_of`](crate::Store::end_of).
    pub fn end_of(&self, head: &str) -> Option<End> {
        self.audit.read(head)
    }
}
