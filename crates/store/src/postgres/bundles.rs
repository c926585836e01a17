//! What a server accepted and from whom, and a bundle that comes into force: the same rules as the embedded database's `bundles`.

use std::collections::HashSet;

use model::{ProviderDraft, ProviderId, TaskName, Timestamp, command::Existing, routing::TaskRoute};
use serde_json::json;
use sqlx::PgConnection;

use super::{
    PgStore, catalog,
    providers::{self, find, insert, remove, update},
    routes::{self, arrangement, note_losers},
    serving,
};
use crate::{
    AcceptedBundle, Act, ApplyError, BundleChange, BundledConfig, CatalogChange, Change, KeyChange, Provider,
    StoreError, TrustedIssuer,
    audit::{AuditLog, Subject},
    bundles::{empty, no_catalog},
    change::subject,
    provider::fold,
};

impl PgStore {
    /// As [`Store::bundle_issuers`](crate::Store::bundle_issuers).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn bundle_issuers(&self) -> Result<Vec<TrustedIssuer>, StoreError> {
        let select = "SELECT issuer, kid, public, trusted_at, replaced_at FROM bundle_issuers
                      ORDER BY trusted_at, kid COLLATE \"C\"";
        Ok(sqlx::query_as(select).fetch_all(&self.pool()).await?)
    }

    /// As [`Store::trust_issuer`](crate::Store::trust_issuer).
    ///
    /// # Errors
    /// [`StoreError::Conflict`], or those of the database.
    pub async fn trust_issuer(
        &self,
        (issuer, kid, public): (&str, &str, &[u8; 32]),
        replaced: Option<&str>,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let select = "SELECT issuer, kid, public, trusted_at, replaced_at FROM bundle_issuers
                      WHERE issuer = $1 AND kid = $2";
        let there: Option<TrustedIssuer> =
            sqlx::query_as(select).bind(issuer).bind(kid).fetch_optional(&mut *transaction).await?;
        match there {
            Some(there) if there.is_trusted() && there.public == public => return Ok(()),
            Some(_) => return Err(StoreError::Conflict),
            None => {}
        }
        let insert = "INSERT INTO bundle_issuers (issuer, kid, public, trusted_at) VALUES ($1, $2, $3, $4)";
        let insert = sqlx::query(insert).bind(issuer).bind(kid).bind(&public[..]).bind(act.at.0);
        insert.execute(&mut *transaction).await?;
        if let Some(old) = replaced {
            let retire = "UPDATE bundle_issuers SET replaced_at = $1 WHERE issuer = $2 AND kid = $3";
            sqlx::query(retire).bind(act.at.0).bind(issuer).bind(old).execute(&mut *transaction).await?;
        }
        let subject = Subject {
            target: Some(issuer.to_owned()),
            before: replaced.map(|kid| json!({ "key": kid })),
            after: Some(json!({ "key": kid })),
            ..Subject::default()
        };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::accepted_bundles`](crate::Store::accepted_bundles).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accepted_bundles(&self) -> Result<Vec<AcceptedBundle>, StoreError> {
        let select = "SELECT issuer, serial, kid, fingerprint, issued_at, expires_at, accepted_at, again,
                             body IS NOT NULL AS is_kept
                      FROM accepted_bundles ORDER BY accepted_at DESC, serial DESC";
        Ok(sqlx::query_as(select).fetch_all(&self.pool()).await?)
    }

    /// As [`Store::accepted_body`](crate::Store::accepted_body).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn accepted_body(&self, issuer: &str, serial: u64) -> Result<Option<String>, StoreError> {
        let Ok(serial) = i64::try_from(serial) else { return Ok(None) };
        let select =
            "SELECT body FROM accepted_bundles WHERE issuer = $1 AND serial = $2 AND body IS NOT NULL";
        Ok(sqlx::query_scalar(select).bind(issuer).bind(serial).fetch_optional(&self.pool()).await?)
    }

    /// As [`Store::apply_bundle`](crate::Store::apply_bundle).
    ///
    /// # Errors
    /// See [`ApplyError`]; nothing is then changed.
    pub async fn apply_bundle(&self, change: BundleChange<'_>, act: &Act) -> Result<(), ApplyError> {
        let mut transaction = self.change().await?;
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
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

async fn require_newer(connection: &mut PgConnection, issuer: &str, serial: u64) -> Result<(), ApplyError> {
    let select = "SELECT coalesce(max(serial), 0) FROM accepted_bundles WHERE issuer = $1";
    let accepted: i64 = sqlx::query_scalar(select).bind(issuer).fetch_one(connection).await?;
    let accepted = u64::try_from(accepted).map_err(|_| StoreError::Damaged)?;
    if serial > accepted { Ok(()) } else { Err(ApplyError::OldSerial { accepted }) }
}

/// Writes the serial, and lets go of all but the newest two that can be put in force again.
async fn accept(
    connection: &mut PgConnection,
    change: &BundleChange<'_>,
    act: &Act,
) -> Result<(), ApplyError> {
    let number = |number: u64| i64::try_from(number).map_err(|_| StoreError::Conflict);
    let insert =
        "INSERT INTO accepted_bundles (issuer, serial, kid, fingerprint, issued_at, expires_at, accepted_at,
                                                again, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
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
        "UPDATE accepted_bundles SET body = NULL WHERE issuer = $1 AND body IS NOT NULL AND serial NOT IN (
                      SELECT serial FROM accepted_bundles WHERE issuer = $1 AND body IS NOT NULL
                      ORDER BY serial DESC LIMIT 2)";
    sqlx::query(let_go).bind(change.issuer).execute(connection).await?;
    Ok(())
}

/// What this issuer's bundles brought before.
async fn bundled(connection: &mut PgConnection, issuer: &str) -> Result<Vec<Provider>, StoreError> {
    let select = sqlx::query_scalar("SELECT config_id FROM bundled_configs WHERE issuer = $1").bind(issuer);
    let numbers: Vec<i64> = select.fetch_all(&mut *connection).await?;
    let numbers: HashSet<i64> = numbers.into_iter().collect();
    let all = providers::all(connection).await?;
    Ok(all.into_iter().filter(|one| numbers.contains(&one.number)).collect())
}

/// Removes what is not to be any more, and frees the names of the others: two may have swapped theirs.
async fn clear(
    connection: &mut PgConnection,
    old: &[Provider],
    new: &[BundledConfig],
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    for one in old {
        let stays =
            |new: &BundledConfig| new.id == one.id && new.draft.provider_type == one.draft.provider_type;
        if new.iter().any(stays) {
            let free = "UPDATE ai_provider_configs SET display_name_folded = uuid WHERE id = $1";
            sqlx::query(free).bind(one.number).execute(&mut *connection).await?;
        } else {
            remove(connection, one).await?;
            let subject = Subject { before: Some(one.audited()), ..subject(one) };
            log.write_shared(connection, act, subject).await?;
        }
    }
    Ok(())
}

async fn put(
    connection: &mut PgConnection,
    issuer: &str,
    one: BundledConfig,
    log: (&AuditLog, &Act),
) -> Result<(), ApplyError> {
    let Some(there) = find(connection, one.id).await? else {
        let draft = ProviderDraft { is_default: false, tasks: Vec::new(), ..one.draft };
        insert(connection, one.id, Change { draft, key: one.key, test: None }, log).await?;
        let own = "INSERT INTO bundled_configs (config_id, issuer)
                   SELECT id, $1 FROM ai_provider_configs WHERE uuid = $2";
        sqlx::query(own).bind(issuer).bind(one.id.to_string()).execute(connection).await?;
        return Ok(());
    };
    if owner(connection, there.number).await?.as_deref() != Some(issuer) {
        return Err(ApplyError::Taken);
    }
    let draft = ProviderDraft {
        is_default: there.draft.is_default && one.draft.is_active,
        tasks: there.draft.tasks.clone(),
        ..one.draft
    };
    if draft == there.draft && matches!(one.key, KeyChange::Keep) {
        return keep_name(connection, there.number, &draft.display_name).await;
    }
    let existing = Existing { id: there.id, revision: there.revision };
    Ok(update(connection, existing, Change { draft, key: one.key, test: None }, log).await?)
}

async fn keep_name(connection: &mut PgConnection, number: i64, name: &str) -> Result<(), ApplyError> {
    let update = "UPDATE ai_provider_configs SET display_name_folded = $1 WHERE id = $2";
    let update = sqlx::query(update).bind(fold(name)).bind(number);
    update.execute(connection).await.map_err(providers::name_taken)?;
    Ok(())
}

async fn owner(connection: &mut PgConnection, number: i64) -> Result<Option<String>, StoreError> {
    let select = sqlx::query_scalar("SELECT issuer FROM bundled_configs WHERE config_id = $1").bind(number);
    Ok(select.fetch_optional(connection).await?)
}

async fn set_default(
    connection: &mut PgConnection,
    default: Option<ProviderId>,
    old: &[Provider],
) -> Result<(), ApplyError> {
    match default {
        Some(id) => {
            let there = find(connection, id).await?.ok_or(StoreError::Gone)?;
            providers::set_default(connection, Some(there.number)).await?;
        }
        None if old.iter().any(|one| one.draft.is_default) => {
            providers::set_default(connection, None).await?
        }
        None => {}
    }
    Ok(())
}

async fn put_route(
    connection: &mut PgConnection,
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

async fn put_prompt(
    connection: &mut PgConnection,
    task: &TaskName,
    new: Option<&str>,
    (log, act): (&AuditLog, &Act),
) -> Result<(), ApplyError> {
    let select = sqlx::query_scalar("SELECT prompt FROM tasks WHERE name = $1").bind(task.as_str());
    let there: Option<Option<String>> = select.fetch_optional(&mut *connection).await?;
    if there.is_none() && new.is_some() {
        add_task(connection, task, act.at).await?;
    }
    let there = there.flatten();
    if there.as_deref() == new {
        return Ok(());
    }
    Ok(serving::write_prompt(connection, task, (there.as_deref(), new), (log, act)).await?)
}

async fn add_task(connection: &mut PgConnection, task: &TaskName, now: Timestamp) -> Result<(), StoreError> {
    let add = "INSERT INTO tasks (name, position, created_at)
               SELECT $1, coalesce(max(position), 0) + 1, $2 FROM tasks ON CONFLICT (name) DO NOTHING";
    sqlx::query(add).bind(task.as_str()).bind(now.0).execute(connection).await?;
    Ok(())
}
