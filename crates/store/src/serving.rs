//! Everything that the gateway needs to serve calls, read at one moment.

use std::collections::BTreeMap;

use model::{ProviderId, TaskName, limits::UserQuota, routing::TaskRoute};
use sqlx::SqliteConnection;

use crate::{Provider, Store, StoreError, catalog, catalog::ImportedCatalog, provider, quota, routes};

/// What the gateway serves by. It has no `Debug`: it holds sealed keys.
#[derive(Clone)]
pub struct Serving {
    /// The routes' revision.
    pub revision: i64,
    /// Every configuration, switched on or off, by number.
    pub providers: Vec<Provider>,
    /// Every task's route, in the list's order.
    pub routes: Vec<TaskRoute>,
    /// The configuration that serves where no route does.
    pub default: Option<ProviderId>,
    /// Tasks with instructions of their own.
    pub prompts: BTreeMap<TaskName, String>,
    /// What users may use; `*` is first.
    pub quotas: Vec<UserQuota>,
    /// The imported catalogue in force; `None` leaves it to the bundled one.
    pub catalog: Option<ImportedCatalog>,
}

impl Store {
    /// Everything that the gateway needs, of one moment: the only connection is held meanwhile, so nothing changes in
    /// between.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn serving(&self) -> Result<Serving, StoreError> {
        let mut connection = self.connection().await?;
        let mut providers = provider::all(&mut connection).await?;
        providers.sort_by_key(|provider| provider.number);
        Ok(Serving {
            revision: routes::revision(&mut connection).await?,
            default: providers.iter().find(|provider| provider.draft.is_default).map(|default| default.id),
            providers,
            routes: routes::all(&mut connection).await?,
            prompts: prompts(&mut connection).await?,
            quotas: quota::all(&mut connection).await?,
            catalog: catalog::in_force(&mut connection).await?,
        })
    }
}

async fn prompts(connection: &mut SqliteConnection) -> Result<BTreeMap<TaskName, String>, StoreError> {
    let select = "SELECT name, prompt FROM tasks WHERE prompt IS NOT NULL";
    let rows: Vec<(String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let own = |(name, prompt): (String, String)| Ok((name.parse().map_err(|_| StoreError::Damaged)?, prompt));
    rows.into_iter().map(own).collect()
}
