//! Tokens of applications. Only their digests are here; the caller makes tokens and compares digests.

use model::Timestamp;
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::Subject,
    ledger::{signed, unsigned},
};

/// A token to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApplicationToken {
    /// What people call the application.
    pub name: String,
    /// SHA-256 of the token.
    pub digest: [u8; 32],
    /// Its last four characters.
    pub last_four: String,
    /// Tasks that it may ask for; `None` is every one.
    pub tasks: Option<Vec<String>>,
    /// Models and configurations that it may ask for by name; `None` is every one.
    pub models: Option<Vec<String>>,
    /// Tokens a day.
    pub daily_tokens: Option<u64>,
    /// Tokens a month.
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
    /// It is void from then on.
    pub expires_at: Timestamp,
}

/// A token that was made, also one that is void by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationToken {
    /// Never used twice.
    pub number: i64,
    /// As it was made.
    pub made: NewApplicationToken,
    /// By whom.
    pub created_by: String,
    /// When.
    pub created_at: Timestamp,
    /// Since when it is void, if somebody revoked it.
    pub revoked_at: Option<Timestamp>,
}

#[derive(FromRow)]
pub(crate) struct Row {
    id: i64,
    name: String,
    digest: Vec<u8>,
    last_four: String,
    tasks: Option<String>,
    models: Option<String>,
    daily_tokens: Option<i64>,
    monthly_tokens: Option<i64>,
    requests_per_minute: Option<i64>,
    created_by: String,
    created_at: i64,
    expires_at: i64,
    revoked_at: Option<i64>,
}

pub(crate) const SELECT: &str = "SELECT id, name, digest, last_four, tasks, models, daily_tokens, monthly_tokens,
                      requests_per_minute, created_by, created_at, expires_at, revoked_at FROM application_tokens";

impl ApplicationToken {
    /// Whether it is accepted at a moment.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.made.expires_at
    }
}

impl Store {
    /// All tokens that were ever made, newest first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn application_tokens(&self) -> Result<Vec<ApplicationToken>, StoreError> {
        let select = sqlx::AssertSqlSafe(format!("{SELECT} ORDER BY id DESC"));
        let rows: Vec<Row> = sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(Row::into_token).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// [`StoreError::Gone`] when there is none, and those of the database.
    pub async fn application_token(&self, number: i64) -> Result<ApplicationToken, StoreError> {
        of_number(&mut *self.connection().await?, number).await
    }

    /// Accepts another token.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn add_application_token(
        &self,
        token: &NewApplicationToken,
        act: &Act,
    ) -> Result<ApplicationToken, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let insert = "INSERT INTO application_tokens (name, digest, last_four, tasks, models, daily_tokens,
                      monthly_tokens, requests_per_minute, created_by, created_at, expires_at)
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let inserted = sqlx::query(insert)
            .bind(&token.name)
            .bind(&token.digest[..])
            .bind(&token.last_four)
            .bind(list(&token.tasks))
            .bind(list(&token.models))
            .bind(token.daily_tokens.map(signed))
            .bind(token.monthly_tokens.map(signed))
            .bind(token.requests_per_minute)
            .bind(&act.actor)
            .bind(act.at.0)
            .bind(token.expires_at.0)
            .execute(&mut *transaction)
            .await?;
        let made = of_number(&mut transaction, inserted.last_insert_rowid()).await?;
        self.audit.write(&mut transaction, act, added(&made)).await?;
        transaction.commit().await?;
        Ok(made)
    }

    /// Accepts a token no longer. One that was revoked before stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Gone`] when there is none, and those of the database.
    pub async fn revoke_application_token(
        &self,
        number: i64,
        act: &Act,
    ) -> Result<ApplicationToken, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = of_number(&mut transaction, number).await?;
        if before.revoked_at.is_some() {
            return Ok(before);
        }
        let update = sqlx::query("UPDATE application_tokens SET revoked_at = ? WHERE id = ?");
        update.bind(act.at.0).bind(number).execute(&mut *transaction).await?;
        let after = of_number(&mut transaction, number).await?;
        self.audit.write(&mut transaction, act, revoked(&after)).await?;
        transaction.commit().await?;
        Ok(after)
    }
}

async fn of_number(connection: &mut SqliteConnection, number: i64) -> Result<ApplicationToken, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE id = ?"));
    let row: Option<Row> = sqlx::query_as(select).bind(number).fetch_optional(connection).await?;
    row.ok_or(StoreError::Gone)?.into_token()
}

/// Names as they are kept.
pub(crate) fn list(names: &Option<Vec<String>>) -> Option<String> {
    names.as_ref().map(|names| json!(names).to_string())
}

/// What the log of acts says of a token that was made.
pub(crate) fn added(token: &ApplicationToken) -> Subject<'_> {
    Subject { after: Some(audited(token)), ..subject(token) }
}

/// What it says of one that was revoked.
pub(crate) fn revoked(token: &ApplicationToken) -> Subject<'_> {
    let state = |state: &str| Some(json!({ "state": state }));
    Subject { before: state("good"), after: state("revoked"), ..subject(token) }
}

fn subject(token: &ApplicationToken) -> Subject<'_> {
    Subject {
        target: Some(format!("token/{}", token.number)),
        name: Some(&token.made.name),
        ..Subject::default()
    }
}

fn audited(token: &ApplicationToken) -> Value {
    let made = &token.made;
    json!({
        "token": format!("ends in {}", made.last_four), "tasks": made.tasks, "models": made.models,
        "daily_tokens": made.daily_tokens, "monthly_tokens": made.monthly_tokens,
        "requests_per_minute": made.requests_per_minute, "expires_at": made.expires_at,
    })
}

impl Row {
    pub(crate) fn into_token(self) -> Result<ApplicationToken, StoreError> {
        let list = |names: Option<String>| {
            names.map(|names| serde_json::from_str(&names).map_err(|_| StoreError::Damaged)).transpose()
        };
        let requests_per_minute = self.requests_per_minute.map(u32::try_from).transpose();
        Ok(ApplicationToken {
            number: self.id,
            made: NewApplicationToken {
                name: self.name,
                digest: self.digest.try_into().map_err(|_| StoreError::Damaged)?,
                last_four: self.last_four,
                tasks: list(self.tasks)?,
                models: list(self.models)?,
                daily_tokens: self.daily_tokens.map(unsigned),
                monthly_tokens: self.monthly_tokens.map(unsigned),
                requests_per_minute: requests_per_minute.map_err(|_| StoreError::Damaged)?,
                expires_at: Timestamp(self.expires_at),
            },
            created_by: self.created_by,
            created_at: Timestamp(self.created_at),
            revoked_at: self.revoked_at.map(Timestamp),
        })
    }
}
