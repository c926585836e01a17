//! The engine: what all calls share, how it is opened, renewed and closed. One call is `drive`, one attempt `attempt`.

mod attempt;
mod count;
mod drive;
mod flow;
mod gate;
mod journey;
mod keeper;
mod now;
mod reprice;
mod send;
mod view;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use arc_swap::ArcSwap;
use futures::future::BoxFuture;
use model::{Catalog, ProviderId, Secret, Timestamp, gateway::OnLock, health::SLOT_MS, health::SLOTS};
use providers::Vendors;
use store::{CallRow, Database, Provider, SlotRow, StoreError};
use tokio::time::{Instant, timeout};

use crate::{
    clock::Clock,
    health::vitals::Vitals,
    limits::{Keeping, LimitSettings},
    live::{Live, held},
    meter::Meter,
    order::{Calls, Counted, Order, Refused, Served, ServedModel, Waiting},
    snapshot::Snapshot,
    upstream::Upstream,
};
use gate::Gate;
use keeper::Keeper;

pub use flow::ServedStream;

/// Time that running calls have to end by themselves when the vault locks.
const FINISH: Duration = Duration::from_secs(30);
/// Time that the log has to be written then.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// Time that a reload waits for the log.
const FLUSH: Duration = Duration::from_secs(2);

/// Opens a configuration's key, for one attempt. `None` is a configuration without one.
pub type Keys = Arc<dyn Fn(&Provider) -> Result<Option<Secret>, KeyFault> + Send + Sync>;

/// Why a key was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The vault is locked or being locked.
    #[error("the vault is locked")]
    Locked,
    /// The sealed key does not belong to this configuration and its address, or is damaged.
    #[error("the key cannot be opened")]
    Unreadable,
}

/// The gateway's engine, for everyone who makes calls. A clone is the same engine.
#[derive(Clone)]
pub struct Gateway(Arc<Engine>);

/// What all calls share.
pub(crate) struct Engine {
    store: Database,
    upstream: Arc<dyn Upstream>,
    keys: Keys,
    bundled: Catalog,
    pub(crate) clock: Clock,
    snapshot: ArcSwap<Snapshot>,
    known: Mutex<HashMap<ProviderId, Known>>,
    limits: Keeping,
    pub(crate) meter: Meter,
    gate: Gate,
    keeper: Keeper,
    reloading: tokio::sync::Mutex<()>,
}

/// What is kept of a configuration over reloads, and by what a person's change of it is noticed.
struct Known {
    live: Arc<Live>,
    identity: Identity,
}

type Identity = (Option<Timestamp>, String, String);

impl Gateway {
    /// Opens the engine over a vault's store or a server's database. Call it within a runtime: it starts the log's writer and the keeper.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn open(
        store: impl Into<Database>,
        vendors: Arc<Vendors>,
        keys: Keys,
        catalog: Catalog,
    ) -> Result<Self, StoreError> {
        // Boxed: what opens an engine lies deep in what opens a vault.
        Box::pin(Self::over(store.into(), vendors, keys, catalog, Clock::system())).await
    }

    pub(crate) async fn over(
        store: Database,
        upstream: Arc<dyn Upstream>,
        keys: Keys,
        bundled: Catalog,
        clock: Clock,
    ) -> Result<Self, StoreError> {
        let known = Mutex::new(HashMap::new());
        let day_ago = Timestamp(clock.now().0 - SLOT_MS * SLOTS as i64);
        let mut rows = HashMap::<i64, Vec<SlotRow>>::new();
        for row in store.health_since(day_ago).await? {
            rows.entry(row.provider_config_id).or_default().push(row);
        }
        let vitals =
            |provider: &Provider| Vitals::from_rows(rows.remove(&provider.number).unwrap_or_default());
        let snapshot = read(&store, &bundled, &known, vitals).await?;
        let engine = Arc::new(Engine {
            keeper: Keeper::new(store.incidents_since(clock.now()).await?),
            limits: Keeping::new(&store),
            meter: Meter::start(store.clone()),
            snapshot: ArcSwap::from_pointee(snapshot),
            gate: Gate::default(),
            reloading: tokio::sync::Mutex::default(),
            store,
            upstream,
            keys,
            bundled,
            clock,
            known,
        });
        keeper::start(&engine);
        Ok(Self(engine))
    }

    /// Makes a call and waits for the whole answer. Dropping the future ends the call at the vendor.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn call(&self, order: Order) -> Result<Served, Refused> {
        Box::pin(drive::call(&self.0, order)).await
    }

    /// Makes a call whose answer comes in pieces; retries and fallbacks lie before the first of them. Dropping the
    /// stream ends the call at the vendor, and what it took is still logged and settled.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn stream(&self, order: Order) -> Result<ServedStream, Refused> {
        Box::pin(drive::stream(&self.0, order, &|_| {})).await
    }

    /// The same for a caller who looks on: pauses that a person would notice are told as they begin.
    ///
    /// # Errors
    /// See [`Refused`].
    pub async fn stream_told(
        &self,
        order: Order,
        tell: &(dyn Fn(Waiting) + Send + Sync),
    ) -> Result<ServedStream, Refused> {
        Box::pin(drive::stream(&self.0, order, tell)).await
    }

    /// Asks whoever would serve a call for the input tokens that it would take. Nothing is reserved, logged or priced,
    /// and nobody else is asked after a failure.
    ///
    /// # Errors
    /// See [`Refused`]; everyone but Claude is [`Refused::Failed`] with [`model::ErrorClass::Unsupported`].
    pub async fn count(&self, order: Order) -> Result<Counted, Refused> {
        count::count(&self.0, order).await
    }

    /// Every name that a call may ask for.
    pub fn models(&self) -> Vec<ServedModel> {
        now::models(&self.0)
    }

    /// Reads everything anew, after any change in the store. Calls that run go on with what they began with.
    ///
    /// # Errors
    /// Those of the store; everything then stays as it was.
    pub async fn reload(&self) -> Result<(), StoreError> {
        let engine = &self.0;
        let _one_at_a_time = engine.reloading.lock().await;
        // A limit that is new counts what the log says, so the log has to say it; a store that fails says so below.
        timeout(FLUSH, engine.meter.flush()).await.ok();
        let snapshot = read(&engine.store, &engine.bundled, &engine.known, |_| Vitals::default()).await?;
        engine.snapshot.store(Arc::new(snapshot));
        Ok(())
    }

    /// Why the usage log is behind, if it is.
    pub fn log_trouble(&self) -> Option<String> {
        self.0.meter.trouble()
    }

    /// Has every attempt told as it ends, for figures. It must be quick; the first watcher stays.
    pub fn watch_calls(&self, watcher: impl Fn(&CallRow) + Send + Sync + 'static) {
        self.0.meter.watch(Box::new(watcher));
    }

    /// Makes calls end now that [`Gateway::close`] gave time to end by themselves.
    pub fn hurry(&self) {
        self.0.gate.hurry();
    }

    /// Lets no call in any more, ends those that run, and writes everything that is not on disk yet.
    pub async fn close(&self, on_lock: OnLock) {
        let engine = &self.0;
        let patience = if on_lock == OnLock::Finish { FINISH } else { Duration::ZERO };
        engine.gate.close(patience).await;
        engine.keeper.stop().await;
        engine.meter.close(Instant::now() + LAST_WORDS).await;
        if let Err(error) = keeper::save_health(engine).await {
            tracing::warn!(%error, "the last minutes of health could not be written");
        }
        if let Err(error) = engine.limits.close(&engine.snapshot().configs, &engine.clock).await {
            tracing::warn!(%error, "the limits could not be settled; what was granted counts as used");
        }
    }
}

impl Calls for Gateway {
    fn call(&self, order: Order) -> BoxFuture<'_, Result<Served, Refused>> {
        Box::pin(drive::call(&self.0, order))
    }

    fn stream(&self, order: Order) -> BoxFuture<'_, Result<ServedStream, Refused>> {
        Box::pin(drive::stream(&self.0, order, &|_| {}))
    }

    fn count(&self, order: Order) -> BoxFuture<'_, Result<Counted, Refused>> {
        Box::pin(count::count(&self.0, order))
    }

    fn models(&self) -> Vec<ServedModel> {
        self.models()
    }
}

#[cfg(test)]
impl Gateway {
    /// Ends what runs beside the calls without writing anything, as a crash does.
    async fn abandon(&self) {
        self.0.keeper.stop().await;
        self.0.meter.abandon().await;
    }
}

impl Engine {
    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }
}

async fn read(
    store: &Database,
    bundled: &Catalog,
    known: &Mutex<HashMap<ProviderId, Known>>,
    mut vitals: impl FnMut(&Provider) -> Vitals,
) -> Result<Snapshot, StoreError> {
    let zone = store.setting::<LimitSettings>(LimitSettings::NAME).await?.zone();
    let serving = store.serving().await?;
    let mut known = held(known);
    known.retain(|id, _| serving.providers.iter().any(|provider| provider.id == *id));
    let live = |provider: &Provider| {
        let identity = identity(provider);
        let fresh = || Known { live: Arc::new(Live::new(vitals(provider))), identity: identity.clone() };
        let entry = known.entry(provider.id).or_insert_with(fresh);
        if entry.identity != identity {
            entry.identity = identity;
            entry.live.breaker().reset();
        }
        Arc::clone(&entry.live)
    };
    Ok(Snapshot::of(serving, bundled, zone, live))
}

/// What a person changes to mend a configuration that is refused.
fn identity(provider: &Provider) -> Identity {
    let draft = &provider.draft;
    (provider.key_changed_at, draft.base_url.clone(), draft.model_name.clone())
}

#[cfg(test)]
mod tests;
