//! Whom a server trusts, and what it accepted.

use model::Timestamp;
use serde_json::json;
use sqlx::{Connection, FromRow};

use crate::{Act, Store, StoreError, audit::Subject};

/// A signing key that is, or was, trusted.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct TrustedIssuer {
    /// Whose it is.
    pub issuer: String,
    /// Its name.
    pub kid: String,
    /// 32 bytes.
    pub public: Vec<u8>,
    trusted_at: i64,
    replaced_at: Option<i64>,
}

/// A bundle that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AcceptedBundle {
    /// Whose it is.
    pub issuer: String,
    /// Its number.
    pub serial: i64,
    /// The name of the key that signed it.
    pub kid: String,
    /// What people compare.
    pub fingerprint: String,
    issued_at: i64,
    expires_at: i64,
    accepted_at: i64,
    /// The one of before that it put in force again.
    pub again: Option<i64>,
    /// Whether it can be put in force again.
    pub is_kept: bool,
}

impl TrustedIssuer {
    /// When a person trusted it, or the key before it spoke for it.
    pub fn trusted_at(&self) -> Timestamp {
        Timestamp(self.trusted_at)
    }

    /// Whether it is trusted now.
    pub fn is_trusted(&self) -> bool {
        self.replaced_at.is_none()
    }
}

impl AcceptedBundle {
    /// When it was made.
    pub fn issued_at(&self) -> Timestamp {
        Timestamp(self.issued_at)
    }

    /// Until when it could be applied; what is in force goes on.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp(self.expires_at)
    }

    /// When it was accepted.
    pub fn accepted_at(&self) -> Timestamp {
        Timestamp(self.accepted_at)
    }
}

impl Store {
    /// Every signing key that is or was trusted.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn bundle_issuers(&self) -> Result<Vec<TrustedIssuer>, StoreError> {
        let select = "SELECT issuer, kid, public, trusted_at, replaced_at FROM bundle_issuers
                      ORDER BY trusted_at, kid";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// Trusts a signing key, in place of the one of this name where one is named.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another key has its name, or it was replaced before, or those of the database.
    pub async fn trust_issuer(
        &self,
        (issuer, kid, public): (&str, &str, &[u8; 32]),
        replaced: Option<&str>,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let select = "SELECT issuer, kid, public, trusted_at, replaced_at FROM bundle_issuers
                      WHERE issuer = ? AND kid = ?";
        let there: Option<TrustedIssuer> =
            sqlx::query_as(select).bind(issuer).bind(kid).fetch_optional(&mut *transaction).await?;
        match there {
            Some(there) if there.is_trusted() && there.public == public => return Ok(()),
            Some(_) => return Err(StoreError::Conflict),
            None => {}
        }
        let insert = "INSERT INTO bundle_issuers (issuer, kid, public, trusted_at) VALUES (?, ?, ?, ?)";
        let insert = sqlx::query(insert).bind(issuer).bind(kid).bind(&public[..]).bind(act.at.0);
        insert.execute(&mut *transaction).await?;
        if let Some(old) = replaced {
            let retire = "UPDATE bundle_issuers SET replaced_at = ? WHERE issuer = ? AND kid = ?";
            sqlx::query(retire).bind(act.at.0).bind(issuer).bind(old).execute(&mut *transaction).await?;
        }
        let subject = Subject {
            target: Some(issuer.to_owned()),
            before: replaced.map(|kid| json!({ "key": kid })),
            after: Some(json!({ "key": kid })),
            ..Subject::default()
        };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// What was accepted, newest first by issuer and serial; at most `limit` of each issuer matter to nobody, so all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accepted_bundles(&self) -> Result<Vec<AcceptedBundle>, StoreError> {
        let select = "SELECT issuer, serial, kid, fingerprint, issued_at, expires_at, accepted_at, again,
                             body IS NOT NULL AS is_kept
                      FROM accepted_bundles ORDER BY accepted_at DESC, serial DESC";
        Ok(sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?)
    }

    /// The bundle itself of one that was accepted, if it is kept.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accepted_body(&self, issuer: &str, serial: u64) -> Result<Option<String>, StoreError> {
        let Ok(serial) = i64::try_from(serial) else { return Ok(None) };
        let select = "SELECT body FROM accepted_bundles WHERE issuer = ? AND serial = ? AND body IS NOT NULL";
        let body = sqlx::query_scalar(select).bind(issuer).bind(serial);
        Ok(body.fetch_optional(&mut *self.connection().await?).await?)
    }
}
