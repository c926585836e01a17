//! A bundle comes into force: configurations, routes, default and serial in one transaction, or nothing of it.

use std::collections::HashSet;

use model::{
    Catalog, ProviderDraft, ProviderId, TaskName, Timestamp,
    command::Existing,
    routing::{AutoBounds, Needs, RouteMode, TaskRoute},
};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Change, ImportError, KeyChange, Provider, SaveRoutesError, Store, StoreError,
    audit::{AuditLog, Subject},
    catalog, change, prompt, provider, routes,
    tasks::{self, arrangement, note_losers},
};

/// A configuration as it is to be.
pub struct BundledConfig {
    /// Its identity.
    pub id: ProviderId,
    /// Its fields; `is_default` and `tasks` say nothing.
    pub draft: ProviderDraft,
    /// Its key, sealed for here.
    pub key: KeyChange,
}

/// All that comes into force.
pub struct BundleChange<'a> {
    /// Whose it is.
    pub issuer: &'a str,
    /// Above all that were accepted of this issuer.
    pub serial: u64,
    /// The name of the key that signed it.
    pub kid: &'a str,
    /// What people compare.
    pub fingerprint: &'a str,
    /// When it was made.
    pub issued_at: Timestamp,
    /// Until when it could be applied.
    pub expires_at: Timestamp,
    /// The one of before that it puts in force again.
    pub again: Option<u64>,
    /// The bundle itself, where it has contents of its own.
    pub body: Option<&'a str>,
    /// Every configuration that this issuer's bundles bring: those of before that are not among them go.
    pub configurations: Vec<BundledConfig>,
    /// Which of them serves where no route does; `None` leaves one that is not of a bundle.
    pub default: Option<ProviderId>,
    /// Routes of the tasks that it names.
    pub routes: Vec<TaskRoute>,
    /// Instructions of the tasks that it names; `None` is the built-in ones again.
    pub prompts: Vec<(TaskName, Option<String>)>,
    /// What becomes of the catalogue of prices; `None` leaves it.
    pub catalog: Option<CatalogChange>,
}

/// What becomes of the catalogue of prices.
pub enum CatalogChange {
    /// This one comes into force.
    Comes {
        /// What the log calls it.
        version: String,
        /// What it says.
        catalog: Catalog,
    },
    /// The one of this version goes, if it is there.
    Goes {
        /// What the log calls it.
        version: String,
    },
}

/// Why nothing came into force.
#[derive(Debug, thiserror::Error)]
pub enum ApplyError {
    /// One as new was accepted meanwhile.
    #[error("this bundle is not newer than number {accepted}, which was accepted before")]
    OldSerial {
        /// The highest that was accepted.
        accepted: u64,
    },
    /// A configuration of this identity or name was made here, or by another issuer's bundle.
    #[error("a configuration of this bundle has the identity or the name of one that was made here")]
    Taken,
    /// A route that is none.
    #[error(transparent)]
    Routes(SaveRoutesError),
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl Store {
    /// Puts a bundle in force.
    ///
    /// # Errors
    /// See [`ApplyError`]; nothing is then changed.
    pub async fn apply_bundle(&self, change: BundleChange<'_>, act: &Act) -> Result<(), ApplyError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let log = (&self.audit, act);
        require_newer(&mut transaction, change.issuer, change.serial).await?;
        let count = change.configurations.len();
        accept(&mut transaction, &change, act).await?;
        let before = arrangement(&mut transaction).await?;
        let old = bundled(&mut transaction, change.issuer).await?;
        clear(&mut transaction, &old, &change.configurations, log).await?;
        for one in change.configurations {
            put(&mut transaction, change.issuer, one, log).await?;
        }
        set_default(&mut transaction, change.default, &old).await?;
        for route in &change.routes {
            put_route(&mut transaction, route, log).await?;
        }
        for (task, prompt) in &change.prompts {
            put_prompt(&mut transaction, task, prompt.as_deref(), log).await?;
        }
        match &change.catalog {
            Some(CatalogChange::Comes { version, catalog: new }) => {
                catalog::put(&mut transaction, version, new, log).await.map_err(no_catalog)?;
            }
            Some(CatalogChange::Goes { version }) => catalog::remove(&mut transaction, version, log).await?,
            None => {}
        }
        note_losers(&mut transaction, None, &before, log).await?;
        let after = json!({ "issuer": change.issuer, "serial": change.serial, "key": change.kid,
            "fingerprint": change.fingerprint, "configurations": count, "again": change.again });
        let subject = Subject { after: Some(after), ..Subject::default() };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

async fn require_newer(
    connection: &mut SqliteConnection,
    issuer: &str,
    serial: u64,
) -> Result<(), ApplyError> {
    let select = "SELECT coalesce(max(serial), 0) FROM accepted_bundles WHERE issuer = ?";
    let accepted: i64 = sqlx::query_scalar(select).bind(issuer).fetch_one(connection).await?;
    let accepted = u64::try_from(accepted).map_err(|_| StoreError::Damaged)?;
    if serial > accepted { Ok(()) } else { Err(ApplyError::OldSerial { accepted }) }
}

/// Writes the serial, and lets go of all but the newest two that can be put in force again.
async fn accept(
    connection: &mut SqliteConnection,
    change: &BundleChange<'_>,
    act: &Act,
) -> Result<(), ApplyError> {
    let number = |number: u64| i64::try_from(number).map_err(|_| StoreError::Conflict);
    let insert =
        "INSERT INTO accepted_bundles (issuer, serial, kid, fingerprint, issued_at, expires_at, accepted_at,
                                                again, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(insert)
        .bind(change.issuer)
        .bind(number(change.serial)?)
        .bind(change.kid)
        .bind(change.fingerprint)
        .bind(change.issued_at.0)
        .bind(change.expires_at.0)
        .bind(act.at.0)
        .bind(change.again.map(number).transpose()?)
        .bind(change.body)
        .execute(&mut *connection)
        .await?;
    let let_go =
        "UPDATE accepted_bundles SET body = NULL WHERE issuer = ?1 AND body IS NOT NULL AND serial NOT IN (
                      SELECT serial FROM accepted_bundles WHERE issuer = ?1 AND body IS NOT NULL
                      ORDER BY serial DESC LIMIT 2)";
    sqlx::query(let_go).bind(change.issuer).execute(connection).await?;
    Ok(())
}

/// What this issuer's bundles brought before.
async fn bundled(connection: &mut SqliteConnection, issuer: &str) -> Result<Vec<Provider>, StoreError> {
    let select = "SELECT config_id FROM bundled_configs WHERE issuer = ?";
    let numbers: Vec<i64> = sqlx::query_scalar(select).bind(issuer).fetch_all(&mut *connection).await?;
    let numbers: HashSet<i64> = numbers.into_iter().collect();
    let all = provider::all(connection).await?;
    Ok(all.into_iter().filter(|one| numbers.contains(&one.number)).collect())
}

/// Removes what is not to be any more, and frees the names of the others: two may have swapped theirs.
async fn clear(
    connection: &mut SqliteConnection,
    old: &[Provider],
    new: &[BundledConfig],
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    for one in old {
        let stays =
            |new: &BundledConfig| new.id == one.id && new.draft.provider_type == one.draft.provider_type;
        if new.iter().any(stays) {
            let free = "UPDATE ai_provider_configs SET display_name_folded = uuid WHERE id = ?";
            sqlx::query(free).bind(one.number).execute(&mut *connection).await?;
        } else {
            change::remove(connection, one.id).await?;
            let subject = Subject { before: Some(one.audited()), ..change::subject(one) };
            log.write(connection, act, subject).await?;
        }
    }
    Ok(())
}

async fn put(
    connection: &mut SqliteConnection,
    issuer: &str,
    one: BundledConfig,
    log: (&AuditLog, &Act),
) -> Result<(), ApplyError> {
    let there = provider::find(connection, one.id).await?;
    match there {
        Some(there) if owner(connection, there.number).await?.as_deref() == Some(issuer) => {
            let draft = ProviderDraft {
                is_default: there.draft.is_default && one.draft.is_active,
                tasks: there.draft.tasks.clone(),
                ..one.draft
            };
            if draft == there.draft && matches!(one.key, KeyChange::Keep) {
                let name = "UPDATE ai_provider_configs SET display_name_folded = ? WHERE id = ?";
                let name = sqlx::query(name).bind(provider::fold(&draft.display_name)).bind(there.number);
                name.execute(&mut *connection).await.map_err(taken)?;
                return Ok(());
            }
            let existing = Existing { id: there.id, revision: there.revision };
            change::update(connection, existing, Change { draft, key: one.key, test: None }, log).await?;
        }
        Some(_) => return Err(ApplyError::Taken),
        None => {
            let draft = ProviderDraft { is_default: false, tasks: Vec::new(), ..one.draft };
            change::insert(connection, one.id, Change { draft, key: one.key, test: None }, log).await?;
            let own = "INSERT INTO bundled_configs (config_id, issuer)
                       SELECT id, ? FROM ai_provider_configs WHERE uuid = ?";
            sqlx::query(own).bind(issuer).bind(one.id.to_string()).execute(connection).await?;
        }
    }
    Ok(())
}

async fn owner(connection: &mut SqliteConnection, number: i64) -> Result<Option<String>, StoreError> {
    let select = "SELECT issuer FROM bundled_configs WHERE config_id = ?";
    Ok(sqlx::query_scalar(select).bind(number).fetch_optional(connection).await?)
}

async fn set_default(
    connection: &mut SqliteConnection,
    default: Option<ProviderId>,
    old: &[Provider],
) -> Result<(), ApplyError> {
    match default {
        Some(id) => {
            let there = provider::find(connection, id).await?.ok_or(StoreError::Gone)?;
            tasks::set_default(connection, Some(there.number)).await?;
        }
        None if old.iter().any(|one| one.draft.is_default) => tasks::set_default(connection, None).await?,
        None => {}
    }
    Ok(())
}

async fn put_route(
    connection: &mut SqliteConnection,
    route: &TaskRoute,
    log: (&AuditLog, &Act),
) -> Result<(), ApplyError> {
    add_task(connection, &route.task, log.1.at).await?;
    let is_it = |old: &TaskRoute| old.task == route.task;
    let old = routes::all(connection).await?.into_iter().find(is_it);
    let old = old.unwrap_or_else(|| empty(&route.task));
    if old != *route {
        routes::save(connection, &old, route, log).await.map_err(ApplyError::Routes)?;
    }
    Ok(())
}

/// What is there already is not written, so that a bundle without changes changes nothing.
async fn put_prompt(
    connection: &mut SqliteConnection,
    task: &TaskName,
    new: Option<&str>,
    log: (&AuditLog, &Act),
) -> Result<(), ApplyError> {
    let there = match prompt::find(connection, task).await {
        // There is nothing to take away.
        Err(StoreError::NoSuchTask) if new.is_none() => return Ok(()),
        Err(StoreError::NoSuchTask) => {
            add_task(connection, task, log.1.at).await?;
            None
        }
        there => there?,
    };
    if there.as_deref() != new {
        prompt::write(connection, task, (there.as_deref(), new), log).await?;
    }
    Ok(())
}

async fn add_task(
    connection: &mut SqliteConnection,
    task: &TaskName,
    now: Timestamp,
) -> Result<(), StoreError> {
    let add = "INSERT INTO tasks (name, position, created_at)
               SELECT ?, coalesce(max(position), 0) + 1, ? FROM tasks WHERE true
               ON CONFLICT (name) DO NOTHING";
    sqlx::query(add).bind(task.as_str()).bind(now.0).execute(connection).await?;
    Ok(())
}

/// Versions are digests: another catalogue of one version is damage.
pub(crate) fn no_catalog(error: ImportError) -> StoreError {
    match error {
        ImportError::VersionTaken => StoreError::Damaged,
        ImportError::Store(error) => error,
    }
}

/// The route of a task that is new.
pub(crate) fn empty(task: &TaskName) -> TaskRoute {
    TaskRoute {
        task: task.clone(),
        mode: RouteMode::Chain,
        chain: Vec::new(),
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    }
}

fn taken(error: sqlx::Error) -> ApplyError {
    let is_taken = error.as_database_error().is_some_and(|error| error.is_unique_violation());
    if is_taken { ApplyError::Taken } else { error.into() }
}

impl From<StoreError> for ApplyError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NameTaken => Self::Taken,
            other => Self::Store(other),
        }
    }
}

impl From<sqlx::Error> for ApplyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
