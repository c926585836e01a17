//! The wall between a server and its database: whatever of it is asked, either kind answers. Changes that a desktop can take back are
//! answered without what that takes.

use std::{ops::Range, sync::Arc, time::Duration};

use model::{
    Catalog, ProviderId, TaskName, TestReport, Timestamp,
    audit::AuditFilter,
    budgets::{BudgetDraft, BudgetScope, ExistingBudget},
    command::Existing,
    health::Incident,
    limits::UserQuota,
    prices::Repricing,
    routing::TaskRoute,
    statistics::{CallFilter, CallPage, CallPlace, ProviderStatistics, RebuildReport, VerifyReport},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

#[cfg(feature = "postgres")]
use crate::PgStore;
use crate::{
    AcceptedBundle, Act, ActsOfSource, Answered, ApplicationToken, ApplyError, Asker, AuditEntry, Billed,
    Budget, BudgetError, BundleChange, CallRow, Change, ConfigOfSource, End, GatewayToken, Grant, HeldBy,
    Idempotent, ImportError, ImportProgress, ImportedCatalog, ImportedConfig, Invitation, KeptQuota, Lease,
    ListedSession, Login, NewApplicationToken, NewIncident, NewSession, Person, PersonChange, Priced,
    Provider, Refreshed, Role, SaveRoutesError, Serving, Session, Settled, ShareWish, Shared, SlotRow,
    Spender, Spending, Spent, Store, StoreError, StoredCode, TakeUpError, TrustedIssuer, UsageError, User,
    UserError, Verified, Waits, Wish,
};

/// A server's database, of either kind. A clone is the same database.
#[derive(Clone)]
pub enum Database {
    /// The encrypted file, which one program has open.
    Embedded(Arc<Store>),
    /// PostgreSQL, which many servers share.
    #[cfg(feature = "postgres")]
    Postgres(Arc<PgStore>),
}

impl From<Arc<Store>> for Database {
    fn from(store: Arc<Store>) -> Self {
        Self::Embedded(store)
    }
}

#[cfg(feature = "postgres")]
impl From<Arc<PgStore>> for Database {
    fn from(store: Arc<PgStore>) -> Self {
        Self::Postgres(store)
    }
}

/// Hands each question on to whichever database there is. Boxed, because the two kinds' futures, one within the other and all of their
/// callers', are deeper than the compiler goes. PostgreSQL has its time for each: what may rightly take longer is not in this list.
macro_rules! hands_on {
    ($($(#[$doc:meta])* $name:ident $(<$kind:ident: $($bound:path),+>)? ($($argument:ident: $type:ty),*) -> $answer:ty;)*) => {
        impl Database {
            $(
                $(#[$doc])*
                ///
                /// # Errors
                /// Those of [`Store`]'s method of this name.
                pub async fn $name $(<$kind: $($bound +)+>)? (&self, $($argument: $type),*) -> $answer {
                    match self {
                        Self::Embedded(store) => Box::pin(store.$name($($argument),*)).await,
                        #[cfg(feature = "postgres")]
                        Self::Postgres(store) => store.in_time(Box::pin(store.$name($($argument),*))).await,
                    }
                }
            )*
        }
    };
}

hands_on! {
    /// Every configuration by number.
    providers() -> Result<Vec<Provider>, StoreError>;
    /// One configuration with its sealed key.
    provider(id: ProviderId) -> Result<Provider, StoreError>;
    /// The same by the specification's integer id.
    provider_of_number(number: i64) -> Result<Provider, StoreError>;
    /// Keeps the result of a test, unless the record was changed while it ran.
    keep_test(tested: Existing, report: &TestReport, act: &Act) -> Result<(), StoreError>;
    /// Every task's route, and the number that rises with each change of any of them.
    routing() -> Result<(i64, Vec<TaskRoute>), StoreError>;
    /// Saves the routes of the tasks named.
    save_routes(seen: i64, routes: &[TaskRoute], act: &Act) -> Result<i64, SaveRoutesError>;
    /// Adds a task behind the others.
    add_task(name: &TaskName, act: &Act) -> Result<(), StoreError>;
    /// Removes a task of one's own with its route, unless a route changed since.
    remove_task(name: &TaskName, seen: i64, act: &Act) -> Result<(), SaveRoutesError>;
    /// A task's own instructions.
    task_prompt(task: &TaskName) -> Result<Option<String>, StoreError>;
    /// Gives a task other instructions, unless they are others by now than were seen.
    change_task_prompt(task: &TaskName, seen: Option<&str>, prompt: Option<&str>, act: &Act) -> Result<(), StoreError>;
    /// Everything that the gateway serves by, of one moment.
    serving() -> Result<Serving, StoreError>;
    /// All quotas by name; `*` is first.
    quotas() -> Result<Vec<UserQuota>, StoreError>;
    /// Puts these quotas in place of all that there are.
    save_quotas(quotas: &[UserQuota], act: &Act) -> Result<(), StoreError>;
    /// Quotas by the user's name, behind one of them; at most so many.
    quotas_after(after: &str, limit: u32) -> Result<Vec<KeptQuota>, StoreError>;
    /// The quota of one user, or that of everyone (`*`).
    quota_of(user: &str) -> Result<Option<KeptQuota>, StoreError>;
    /// Puts a quota in place of the one of this revision; `None` is that there is none yet.
    set_quota(quota: &UserQuota, seen: Option<i64>, act: &Act) -> Result<KeptQuota, StoreError>;
    /// Takes the quota of this revision away.
    delete_quota(user: &str, seen: i64, act: &Act) -> Result<(), StoreError>;
    /// A setting, or its type's default.
    setting<T: DeserializeOwned, Default>(name: &str) -> Result<T, StoreError>;
    /// Sets a setting.
    set_setting<T: Serialize, Sync>(name: &str, value: &T, act: &Act) -> Result<(), StoreError>;
    /// Puts a catalogue in force.
    import_catalog(version: &str, catalog: &Catalog, act: &Act) -> Result<(), ImportError>;
    /// Forgets the catalogues that were imported.
    forget_catalogs(act: &Act) -> Result<(), StoreError>;
    /// Puts a catalogue in force, or the bundled one, unless another one is in force by now than was seen.
    change_catalog(seen: Option<&str>, new: Option<(&str, &Catalog)>, act: &Act) -> Result<(), ImportError>;
    /// The imported catalogue in force.
    catalog_in_force() -> Result<Option<ImportedCatalog>, StoreError>;
    /// The tokens that are accepted now, newest first.
    gateway_tokens() -> Result<Vec<GatewayToken>, StoreError>;
    /// Accepts this token and none of those before it.
    replace_gateway_token(digest: &[u8; 32], last_four: &str, act: &Act) -> Result<(), StoreError>;
    /// All applications' tokens that were ever made, newest first.
    application_tokens() -> Result<Vec<ApplicationToken>, StoreError>;
    /// One of them.
    application_token(number: i64) -> Result<ApplicationToken, StoreError>;
    /// Accepts another application's token.
    add_application_token(token: &NewApplicationToken, act: &Act) -> Result<ApplicationToken, StoreError>;
    /// Accepts an application's token no longer.
    revoke_application_token(number: i64, act: &Act) -> Result<ApplicationToken, StoreError>;
    /// Writes an entry for an act that changes no record.
    record(act: &Act) -> Result<(), StoreError>;
    /// Writes entries for acts that change no record, with what they came to.
    record_all(acts: Vec<(Act, serde_json::Value)>) -> Result<(), StoreError>;
    /// The latest time of any entry of the log of acts.
    latest_act() -> Result<Option<Timestamp>, StoreError>;
    /// The newest entries of the log of acts, newest first.
    audit_entries(limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
    /// A page of entries, newest first.
    find_audit(filter: &AuditFilter, before: Option<i64>, limit: u32) -> Result<Vec<AuditEntry>, StoreError>;
    /// All users by name.
    users() -> Result<Vec<User>, StoreError>;
    /// What a login by this name is judged by.
    login_of(name: &str) -> Result<Option<Login>, StoreError>;
    /// Makes a user, or invites one that is there.
    invite(name: &str, role: Role, invitation: &Invitation, act: &Act) -> Result<User, UserError>;
    /// Whom an invitation is for, while it is valid.
    invited(digest: &[u8; 32], now: Timestamp) -> Result<User, TakeUpError>;
    /// Gives an invited user a password, a second factor and recovery codes.
    take_up(digest: &[u8; 32], kept: (&str, &[u8]), codes: &[StoredCode], act: &Act) -> Result<User, TakeUpError>;
    /// Changes a password.
    set_password(user: &User, password_hash: &str, act: &Act) -> Result<(), StoreError>;
    /// Removes a user with all sessions.
    remove_user(name: &str, act: &Act) -> Result<(), UserError>;
    /// Whether a right code of this step is accepted.
    accept_step_of(user: &User, step: i64) -> Result<bool, StoreError>;
    /// A user's recovery codes that were not used.
    recovery_codes_of(user: i64) -> Result<Vec<StoredCode>, StoreError>;
    /// Puts new recovery codes in the place of all that a user has.
    replace_recovery_codes_of(user: &User, codes: &[StoredCode], act: &Act) -> Result<(), StoreError>;
    /// Whether a right recovery code is accepted.
    accept_recovery_code_of(user: &User, code: &StoredCode, act: &Act) -> Result<bool, StoreError>;
    /// All users by number, as the administration shows them.
    people(now: Timestamp) -> Result<Vec<Person>, StoreError>;
    /// One of them.
    person(number: i64, now: Timestamp) -> Result<Person, UserError>;
    /// Makes a user who may choose a password by an invitation.
    add_person(name: &str, role: Role, invitation: &Invitation, act: &Act) -> Result<Person, UserError>;
    /// Lets a user choose a new password and second factor.
    invite_person(number: i64, invitation: &Invitation, act: &Act) -> Result<Person, UserError>;
    /// Changes the user of this number and revision.
    change_person(seen: (i64, i64), change: PersonChange, act: &Act) -> Result<Person, UserError>;
    /// Deletes the user of this number and revision.
    delete_person(seen: (i64, i64), act: &Act) -> Result<(), UserError>;
    /// The sessions of a user that go on, the newest first.
    sessions_of(user: i64, now: Timestamp) -> Result<Vec<ListedSession>, StoreError>;
    /// Ends one session of a user; one of somebody else is not found.
    end_own_session(user: &User, session: Uuid, act: &Act) -> Result<(), StoreError>;
    /// Begins a session.
    begin_session(session: &NewSession<'_>, act: &Act) -> Result<(), StoreError>;
    /// A session, while it goes on.
    session(id: Uuid, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Puts a new refresh token in the place of the old one.
    refresh_session(shown: &[u8; 32], next: &[u8; 32], act: &Act) -> Result<Refreshed, StoreError>;
    /// The second factor was shown again.
    prove_session(session: &Session, act: &Act) -> Result<(), StoreError>;
    /// Ends a session.
    end_session(session: &Session, act: &Act) -> Result<(), StoreError>;
    /// Ends every session of a user.
    end_sessions_of(user: &User, act: &Act) -> Result<(), StoreError>;
    /// Counts an attempt against its address and the user that it names.
    begin_attempt(peer: &str, user: &str, now: Timestamp) -> Result<Result<(), Waits>, StoreError>;
    /// Counts an attempt against its address alone.
    begin_peer_attempt(peer: &str, now: Timestamp) -> Result<Result<(), Waits>, StoreError>;
    /// The attempt was good.
    attempt_was_good(user: &str) -> Result<(), StoreError>;
    /// Begins to answer a request that came with a key.
    begin_answer(asker: Asker, key: &str, digest: &[u8; 32], now: Timestamp) -> Result<Idempotent, StoreError>;
    /// Keeps what was answered; `None` forgets the key.
    keep_answer(asker: Asker, key: &str, answer: Option<&Answered>) -> Result<(), StoreError>;
    /// Forgets requests whose answer was cut off by an end of the program.
    forget_unanswered() -> Result<(), StoreError>;
    /// A page of the log: at most so many calls, newest first, behind a place.
    calls(filter: &CallFilter, after: Option<CallPlace>, limit: u32) -> Result<CallPage, StoreError>;
    /// What the log says was used since a moment.
    spent_since(spender: Spender<'_>, from: Timestamp) -> Result<Spent, StoreError>;
    /// The leases of windows that start at a moment or later.
    leases(from: Timestamp) -> Result<Vec<Lease>, StoreError>;
    /// Adds to what the slots of health hold.
    add_health(slots: &[SlotRow], now: Timestamp) -> Result<(), StoreError>;
    /// The slots of health since a moment.
    health_since(from: Timestamp) -> Result<Vec<SlotRow>, StoreError>;
    /// Opens an incident and says its number.
    open_incident(incident: &NewIncident) -> Result<i64, StoreError>;
    /// Ends an incident.
    close_incident(id: i64, ended_at: Timestamp) -> Result<(), StoreError>;
    /// Counts calls that went to another provider because of an incident.
    add_moved_calls(id: i64, calls: u64) -> Result<(), StoreError>;
    /// Incidents that are open, or ended at a moment or later.
    incidents_since(from: Timestamp) -> Result<Vec<Incident>, StoreError>;
    /// Every key of bundles' issuers that is or was trusted.
    bundle_issuers() -> Result<Vec<TrustedIssuer>, StoreError>;
    /// Trusts a key, by issuer, name and bytes, in place of the one of a name.
    trust_issuer(key: (&str, &str, &[u8; 32]), replaced: Option<&str>, act: &Act) -> Result<(), StoreError>;
    /// Bundles that were accepted.
    accepted_bundles() -> Result<Vec<AcceptedBundle>, StoreError>;
    /// The bundle itself of one that was accepted, if it is kept.
    accepted_body(issuer: &str, serial: u64) -> Result<Option<String>, StoreError>;
    /// Puts a bundle in force.
    apply_bundle(change: BundleChange<'_>, act: &Act) -> Result<(), ApplyError>;
    /// All budgets: the whole, then configurations, tasks, users.
    budgets() -> Result<Vec<Budget>, StoreError>;
    /// Saves a new budget, or changes one that nobody else changed since it was read.
    save_budget(existing: Option<ExistingBudget>, draft: &BudgetDraft, act: &Act) -> Result<i64, BudgetError>;
    /// Deletes a budget.
    delete_budget(existing: ExistingBudget, act: &Act) -> Result<(), BudgetError>;
    /// The time zone whose days the statistics keep.
    statistics_zone() -> Result<String, StoreError>;
    /// What was spent in a scope in the last three months.
    spending(scope: &BudgetScope, now: Timestamp) -> Result<Spending, UsageError>;
    /// How far the import of a source's existing tables is.
    import_progress(source: &str) -> Result<Option<ImportProgress>, StoreError>;
    /// Begins an import, with nothing counted.
    begin_import(source: &str, progress: &str, act: &Act) -> Result<(), StoreError>;
    /// Keeps how far an import is.
    keep_import(source: &str, progress: &str) -> Result<(), StoreError>;
    /// A source's configurations that came here before.
    imported_configs(source: &str) -> Result<Vec<ImportedConfig>, StoreError>;
    /// Writes a source's configuration, and says its number here.
    import_config(config: ConfigOfSource<'_>, act: &Act) -> Result<i64, StoreError>;
    /// Writes a source's calls and how far the import then is. Says how many calls are new.
    import_calls(source: &str, rows: &[CallRow], progress: &str) -> Result<u64, StoreError>;
    /// Writes a source's acts as entries, each once. Says how many are new.
    import_acts(acts: ActsOfSource<'_>, progress: &str) -> Result<u64, StoreError>;
    /// How many of these requests the log of calls has.
    count_known_calls(requests: &[String]) -> Result<u64, StoreError>;
    /// How many of a source's acts came here before.
    count_known_acts(source: &str, rows: &[i64]) -> Result<u64, StoreError>;
}

impl Database {
    /// The embedded database, for what only a file has: copies of it, and a log that is let go of.
    pub fn embedded(&self) -> Option<&Store> {
        match self {
            Self::Embedded(store) => Some(store),
            #[cfg(feature = "postgres")]
            Self::Postgres(_) => None,
        }
    }

    /// Inserts a configuration.
    ///
    /// # Errors
    /// As [`Store::insert`].
    pub async fn insert(&self, id: ProviderId, change: Change, act: &Act) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.insert(id, change, act)).await.map(drop),
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.in_time(Box::pin(store.insert(id, change, act))).await,
        }
    }

    /// Changes a configuration that nobody else changed since it was read.
    ///
    /// # Errors
    /// As [`Store::update`].
    pub async fn update(&self, existing: Existing, change: Change, act: &Act) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.update(existing, change, act)).await.map(drop),
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.in_time(Box::pin(store.update(existing, change, act))).await,
        }
    }

    /// The same, while these places are held as they are said to be.
    ///
    /// # Errors
    /// As [`Store::update_while`].
    pub async fn update_while(
        &self,
        held: &[HeldBy],
        existing: Existing,
        change: Change,
        act: &Act,
    ) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => {
                Box::pin(store.update_while(held, existing, change, act)).await.map(drop)
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => {
                store.in_time(Box::pin(store.update_while(held, existing, change, act))).await
            }
        }
    }

    /// Deletes a configuration and its key.
    ///
    /// # Errors
    /// As [`Store::delete`].
    pub async fn delete(&self, existing: Existing, act: &Act) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.delete(existing, act)).await.map(drop),
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.in_time(Box::pin(store.delete(existing, act))).await,
        }
    }

    /// Writes calls; those already there are left as they are.
    ///
    /// # Errors
    /// As [`Store::log_calls`].
    pub async fn log_calls(&self, rows: &[CallRow]) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.log_calls(rows)).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => Box::pin(store.log_calls(rows)).await,
        }
    }

    /// Puts down that a call ended, before its answer goes out, so that a kill of this process loses none. The embedded database, whose log
    /// is written within moments and lies encrypted, does without: `None`.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(unused_variables, reason = "an embedded database notes nothing")
    )]
    pub fn note_call(&self, row: &CallRow) -> Option<u64> {
        match self {
            Self::Embedded(_) => None,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.note_call(row),
        }
    }

    /// These calls are logged.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(unused_variables, reason = "an embedded database notes nothing")
    )]
    pub fn forget_noted(&self, places: &[u64]) {
        match self {
            Self::Embedded(_) => {}
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.forget_noted(places),
        }
    }

    /// Compares every sum of the usage log with the calls that it is of.
    ///
    /// # Errors
    /// Those of the database. A difference is no error.
    pub async fn verify_statistics(&self) -> Result<VerifyReport, StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.verify_statistics()).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => Box::pin(store.verify_statistics()).await,
        }
    }

    /// Makes every sum of the usage log anew from its calls.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rebuild_statistics(&self, act: &Act) -> Result<RebuildReport, StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.rebuild_statistics(act)).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => Box::pin(store.rebuild_statistics(act)).await,
        }
    }

    /// Verifies the whole log of acts.
    ///
    /// # Errors
    /// As [`Store::verify_audit`].
    pub async fn verify_audit(&self, known: Vec<End>) -> Result<Verified, StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.verify_audit(known)).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => Box::pin(store.verify_audit(known)).await,
        }
    }

    /// The end of a log that somebody kept as [`Verified`] tells it, unless it was made without the log's key.
    pub fn end_of(&self, head: &str) -> Option<End> {
        match self {
            Self::Embedded(store) => store.end_of(head),
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.end_of(head),
        }
    }

    /// Statistics by vendor and model over the last days of UTC.
    ///
    /// # Errors
    /// As [`Store::provider_statistics`].
    pub async fn provider_statistics(
        &self,
        days: u32,
        now: Timestamp,
    ) -> Result<Vec<ProviderStatistics>, UsageError> {
        match self {
            Self::Embedded(store) => Box::pin(store.provider_statistics(days, now)).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => {
                Ok(store.in_time(Box::pin(store.provider_statistics(days, now))).await?)
            }
        }
    }

    /// Puts grants of limits on disk. On the embedded database nobody else is granted anything.
    ///
    /// # Errors
    /// Those of the database; nothing is then granted.
    pub async fn grant(&self, wishes: &[Wish]) -> Result<Vec<Grant>, StoreError> {
        match self {
            Self::Embedded(store) => {
                let granted = |wish: &Wish| wish.held.saturating_add(wish.more);
                let lease = |wish: &Wish| Lease {
                    scope: wish.scope.clone(),
                    window_start: wish.window_start,
                    granted: granted(wish),
                };
                Box::pin(store.grant(&wishes.iter().map(lease).collect::<Vec<_>>())).await?;
                Ok(wishes.iter().map(|wish| Grant { others: 0, granted: granted(wish) }).collect())
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.in_time(Box::pin(store.grant(wishes))).await,
        }
    }

    /// Whether other servers serve by it, too.
    pub fn is_shared(&self) -> bool {
        !matches!(self, Self::Embedded(_))
    }

    /// Changes this server's shares of limits of a minute. Alone on its database it needs none.
    ///
    /// # Errors
    /// Those of the database; no share is then larger.
    #[cfg_attr(
        not(feature = "postgres"),
        allow(unused_variables, reason = "an embedded database has no others")
    )]
    pub async fn share_minutes(
        &self,
        holder: &str,
        turn: u64,
        lives: Duration,
        wishes: &[ShareWish],
    ) -> Result<Vec<Shared>, StoreError> {
        match self {
            Self::Embedded(_) => Ok(Vec::new()),
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => {
                store.in_time(Box::pin(store.share_minutes(holder, turn, lives, wishes))).await
            }
        }
    }

    /// Writes what was used in the end, and forgets windows that start before `forget_before`.
    ///
    /// # Errors
    /// Those of the database; everything then counts as granted before.
    pub async fn settle(&self, settled: &[Settled], forget_before: Timestamp) -> Result<(), StoreError> {
        match self {
            Self::Embedded(store) => {
                let lease = |one: &Settled| Lease {
                    scope: one.scope.clone(),
                    window_start: one.window_start,
                    granted: one.used,
                };
                Box::pin(store.settle(&settled.iter().map(lease).collect::<Vec<_>>(), forget_before)).await
            }
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.in_time(Box::pin(store.settle(settled, forget_before))).await,
        }
    }

    /// Prices the rows of a time anew.
    ///
    /// # Errors
    /// As [`Store::reprice`].
    pub async fn reprice(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
        act: &Act,
    ) -> Result<Repricing, StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.reprice(price_for, time, act)).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => Box::pin(store.reprice(price_for, time, act)).await,
        }
    }

    /// What [`Database::reprice`] would come to.
    ///
    /// # Errors
    /// As [`Store::try_repricing`].
    pub async fn try_repricing(
        &self,
        price_for: impl Fn(Billed<'_>) -> Option<Arc<Priced>> + Send,
        time: Range<Timestamp>,
    ) -> Result<Repricing, StoreError> {
        match self {
            Self::Embedded(store) => Box::pin(store.try_repricing(price_for, time)).await,
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => Box::pin(store.try_repricing(price_for, time)).await,
        }
    }

    /// Whether the database answers, with its version.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn version(&self) -> Result<String, StoreError> {
        match self {
            Self::Embedded(store) => store.versions().await.map(|(_, sqlite)| sqlite),
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => store.in_time(store.version()).await,
        }
    }

    /// Closes it; `Err` gives it back while somebody else holds the embedded one.
    ///
    /// # Errors
    /// It is not closed yet.
    pub async fn close(self) -> Result<(), Self> {
        match self {
            Self::Embedded(store) => match Arc::try_unwrap(store) {
                Ok(store) => {
                    store.close().await;
                    Ok(())
                }
                Err(store) => Err(Self::Embedded(store)),
            },
            #[cfg(feature = "postgres")]
            Self::Postgres(store) => {
                store.close().await;
                Ok(())
            }
        }
    }
}
