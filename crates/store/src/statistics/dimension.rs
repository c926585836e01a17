//! What cells are cut by, each combination kept once under a number.

use std::{
    borrow::Cow,
    sync::{Arc, Mutex, PoisonError},
};

use sqlx::{FromRow, QueryBuilder, SqliteConnection};

use super::place::Place;
use crate::StoreError;

/// One combination. Empty text is "none" or "not known"; no user is "of all users".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Dimension<'a> {
    pub(crate) config: i64,
    pub(crate) provider_type: Cow<'a, str>,
    pub(crate) model: Cow<'a, str>,
    pub(crate) task: Cow<'a, str>,
    pub(crate) user: Option<Cow<'a, str>>,
    pub(crate) status: Cow<'a, str>,
    pub(crate) error: Cow<'a, str>,
}

#[derive(FromRow)]
struct DimensionRow {
    id: i64,
    provider_config_id: i64,
    provider_type: String,
    model: String,
    task_type: String,
    user_id: String,
    whole: bool,
    status: String,
    error_class: String,
    block: i64,
}

impl Dimension<'_> {
    /// The same over all users.
    pub(crate) fn whole(&self) -> Self {
        Self { user: None, ..self.clone() }
    }

    pub(crate) fn into_owned(self) -> Dimension<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Dimension {
            config: self.config,
            provider_type: owned(self.provider_type),
            model: owned(self.model),
            task: owned(self.task),
            user: self.user.map(owned),
            status: owned(self.status),
            error: owned(self.error),
        }
    }

    /// Where its cells lie, when it has been met before.
    pub(crate) async fn find(&self, connection: &mut SqliteConnection) -> Result<Option<Place>, StoreError> {
        let select =
            "SELECT id, block FROM usage_dimensions WHERE provider_config_id = ? AND provider_type = ? AND model = ?
                      AND task_type = ? AND user_id = ? AND whole = ? AND status = ? AND error_class = ?";
        let known = self.bind(sqlx::query_as(select)).fetch_optional(connection).await?;
        Ok(known.map(|(id, block)| Place { id, block }))
    }

    /// Gives it a number.
    pub(crate) async fn insert(
        &self,
        connection: &mut SqliteConnection,
        block: i64,
    ) -> Result<Place, StoreError> {
        let insert = "INSERT INTO usage_dimensions (provider_config_id, provider_type, model, task_type, user_id, whole,
                      status, error_class, block) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id, block";
        let (id, block) = self.bind(sqlx::query_as(insert)).bind(block).fetch_one(connection).await?;
        Ok(Place { id, block })
    }

    fn bind<'q>(&'q self, query: Numbered<'q>) -> Numbered<'q> {
        query
            .bind(self.config)
            .bind(self.provider_type.as_ref())
            .bind(self.model.as_ref())
            .bind(self.task.as_ref())
            .bind(self.user.as_deref().unwrap_or_default())
            .bind(self.user.is_none())
            .bind(self.status.as_ref())
            .bind(self.error.as_ref())
    }
}

type Numbered<'q> = sqlx::query::QueryAs<'q, sqlx::Sqlite, (i64, i64), sqlx::sqlite::SqliteArguments>;

/// All combinations that there are, either those without users or those with, or those of one user, and where their cells
/// lie.
pub(crate) async fn all(
    connection: &mut SqliteConnection,
    whole: bool,
    user: Option<&str>,
) -> Result<Vec<(Place, Dimension<'static>)>, StoreError> {
    let mut select = QueryBuilder::new(
        "SELECT id, provider_config_id, provider_type, model, task_type, user_id, whole, status, error_class, block
         FROM usage_dimensions WHERE whole = ",
    );
    select.push_bind(whole);
    if let Some(user) = user {
        select.push(" AND user_id = ").push_bind(user.to_owned());
    }
    let rows: Vec<DimensionRow> = select.build_query_as().fetch_all(connection).await?;
    Ok(rows.into_iter().map(DimensionRow::dimension).collect())
}

/// Dimensions and where their cells lie.
pub(crate) type Known = Arc<[(Place, Dimension<'static>)]>;

/// The dimensions that there are, kept in memory, because a dashboard needs them all and they only become more.
#[derive(Default)]
pub(crate) struct KnownDimensions(Mutex<Known>);

impl KnownDimensions {
    /// To be asked outside of a transaction: what one adds may be rolled back.
    pub(crate) async fn all(&self, connection: &mut SqliteConnection) -> Result<Known, StoreError> {
        let known = Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let last = known.last().map_or(0, |(place, _)| place.id);
        let select =
            "SELECT id, provider_config_id, provider_type, model, task_type, user_id, whole, status, error_class, block
             FROM usage_dimensions WHERE id > ? ORDER BY id";
        let rows: Vec<DimensionRow> = sqlx::query_as(select).bind(last).fetch_all(connection).await?;
        if rows.is_empty() {
            return Ok(known);
        }
        let more = rows.into_iter().map(DimensionRow::dimension);
        let known: Known = known.iter().cloned().chain(more).collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&known);
        Ok(known)
    }
}

impl DimensionRow {
    fn dimension(self) -> (Place, Dimension<'static>) {
        let dimension = Dimension {
            config: self.provider_config_id,
            provider_type: self.provider_type.into(),
            model: self.model.into(),
            task: self.task_type.into(),
            user: (!self.whole).then_some(self.user_id.into()),
            status: self.status.into(),
            error: self.error_class.into(),
        };
        (Place { id: self.id, block: self.block }, dimension)
    }
}
