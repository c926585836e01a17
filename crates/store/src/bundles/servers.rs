//! Servers that bundles are made for.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow};

use crate::{Act, Store, StoreError, audit::Subject, provider::fold};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct BundleServer {
    /// 32 hex digits.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// For whom keys are sealed.
    pub recipient: String,
    added_at: i64,
    /// Where its admin API was reached last.
    pub url: Option<String>,
    /// The one certificate that is trusted there.
    pub pin: Option<String>,
    told_at: Option<i64>,
    told_serial: Option<i64>,
    /// The key in force when it was asked last, if it was trusted there.
    pub trusts_kid: Option<String>,
}

/// What a server said when it was asked.
pub struct ToldByServer<'a> {
    /// Which one.
    pub id: &'a str,
    /// Where it was reached.
    pub url: &'a str,
    /// The one certificate that is trusted there.
    pub pin: Option<&'a str>,
    /// The highest serial of this vault that it has accepted; 0 for none.
    pub serial: u64,
    /// The key in force, if it is trusted there.
    pub trusts_kid: Option<&'a str>,
}

impl BundleServer {
    /// When it was asked last, and the highest serial that it had accepted by then; 0 for none.
    pub fn told(&self) -> Option<(Timestamp, u64)> {
        Some((Timestamp(self.told_at?), u64::try_from(self.told_serial?).ok()?))
    }

    /// When it was imported first.
    pub fn added_at(&self) -> Timestamp {
        Timestamp(self.added_at)
    }
}

impl Store {
    /// All of them, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn bundle_servers(&self) -> Result<Vec<BundleServer>, StoreError> {
        let select = "SELECT id, name, recipient, added_at, url, pin, told_at, told_serial, trusts_kid
                      FROM bundle_servers ORDER BY name_folded";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// Adds one, or changes what is known of it. Serials go on above the one that it says it has accepted.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`] when another one is called so, or those of the database.
    pub async fn keep_bundle_server(
        &self,
        (id, name, recipient): (&str, &str, &str),
        accepted: u64,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let upsert =
            "INSERT INTO bundle_servers (id, name, name_folded, recipient, added_at) VALUES (?, ?, ?, ?, ?)
                      ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded,
                          recipient = excluded.recipient";
        sqlx::query(upsert)
            .bind(id)
            .bind(name)
            .bind(fold(name))
            .bind(recipient)
            .bind(act.at.0)
            .execute(&mut *transaction)
            .await
            .map_err(StoreError::of_name)?;
        let raise = "UPDATE bundle_serial SET serial = max(serial, ?)";
        sqlx::query(raise)
            .bind(i64::try_from(accepted).map_err(|_| StoreError::Conflict)?)
            .execute(&mut *transaction)
            .await?;
        let after = Some(json!({ "recipient": recipient, "accepted": accepted }));
        let subject = Subject { target: Some(id.to_owned()), name: Some(name), before: None, after };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps what a server said. The counter of serials does not follow it: over the network a server could use it up.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn keep_told(&self, told: &ToldByServer<'_>, act: &Act) -> Result<(), StoreError> {
        let serial = i64::try_from(told.serial).map_err(|_| StoreError::Conflict)?;
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update =
            "UPDATE bundle_servers SET url = ?, pin = ?, told_at = ?, told_serial = ?, trusts_kid = ?
                      WHERE id = ? RETURNING name";
        let name: Option<String> = sqlx::query_scalar(update)
            .bind(told.url)
            .bind(told.pin)
            .bind(act.at.0)
            .bind(serial)
            .bind(told.trusts_kid)
            .bind(told.id)
            .fetch_optional(&mut *transaction)
            .await?;
        let name = name.ok_or(StoreError::Gone)?;
        let after = Some(json!({ "accepted": serial, "trusts": told.trusts_kid.is_some() }));
        let subject = Subject { target: Some(told.id.to_owned()), name: Some(&name), before: None, after };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// Forgets one. Its bundles stay in the list.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn forget_bundle_server(&self, id: &str, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let delete = "DELETE FROM bundle_servers WHERE id = ? RETURNING name";
        let name: Option<String> =
            sqlx::query_scalar(delete).bind(id).fetch_optional(&mut *transaction).await?;
        let name = name.ok_or(StoreError::Gone)?;
        let subject = Subject { target: Some(id.to_owned()), name: Some(&name), ..Subject::default() };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}
