//! A vault in a temporary folder with the configurations of a set-up, and the engine over it: all real but the vendors.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use anyhow::Context as _;
use gateway::{Gateway, KeyFault, Keys};
use model::{
    Catalog, ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    limits::{CallSettings, UserQuota},
    routing::{ChainMember, TaskRoute},
};
use providers::{Timeouts, Vendors};
use serde::Deserialize;
use store::{Act, Change, KeyChange, NewKey, Provider, Store};
use tempfile::TempDir;
use tokio::time::timeout;
use uuid::Uuid;
use vault::{Cost, NewVault, OpenVault, SealedKey, VaultFolder};

/// Time for those who still hold the database at the end.
const PATIENCE: Duration = Duration::from_secs(10);

/// What is in the vault.
#[derive(Deserialize)]
pub struct Setup {
    providers: Vec<Entry>,
    /// Names of the configurations that serve `task:extraction`, in their order.
    #[serde(default)]
    chain: Vec<String>,
    /// What users may use; `*` is everyone.
    #[serde(default)]
    quotas: Vec<UserQuota>,
}

/// One configuration.
#[derive(Deserialize)]
struct Entry {
    provider_type: ProviderType,
    base_url: String,
    model: String,
    name: String,
    key: Secret,
    #[serde(default)]
    daily_tokens: Option<u64>,
    #[serde(default)]
    monthly_tokens: Option<u64>,
    #[serde(default)]
    calls: CallSettings,
}

/// The engine and what it stands on.
pub struct House {
    pub gateway: Gateway,
    pub store: Arc<Store>,
    _folder: TempDir,
}

impl House {
    /// Makes the vault and opens the engine with the keys that `keys` hands out.
    pub async fn open(setup: Setup, keys: impl FnOnce(Arc<OpenVault>) -> Keys) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let (vault, store) = vault(&VaultFolder::new(folder.path())).await?;
        fill(&vault, &store, setup).await?;
        let (store, vendors) = (Arc::new(store), Arc::new(Vendors::new(Timeouts::default())?));
        let (catalog, keys) = (Catalog::bundled()?, keys(Arc::new(vault)));
        let gateway = Gateway::open(Arc::clone(&store), vendors, keys, catalog).await?;
        Ok(Self { gateway, store, _folder: folder })
    }

    /// Closes the database, once the gateway is closed. SQLCipher frees its memory when the process ends, so a connection
    /// that is still open then is closed by its thread into freed memory (decision 13).
    pub async fn close(self) -> anyhow::Result<()> {
        let Self { gateway, mut store, _folder } = self;
        drop(gateway);
        let closed = async {
            loop {
                match Arc::try_unwrap(store) {
                    Ok(last) => break last.close().await,
                    Err(shared) => store = shared,
                }
                tokio::task::yield_now().await;
            }
        };
        timeout(PATIENCE, closed).await.context("something does not let go of the database")
    }
}

/// Opens each key at its use, as the product does.
pub fn keys(vault: Arc<OpenVault>) -> Keys {
    Arc::new(move |provider: &Provider| {
        let Some(sealed) = &provider.sealed_key else { return Ok(None) };
        let sealed = SealedKey(sealed.clone());
        let opened = vault.open_key(provider.id.0, &provider.draft.base_url, &sealed);
        opened.map(Some).map_err(|_| KeyFault::Unreadable)
    })
}

async fn vault(folder: &VaultFolder) -> anyhow::Result<(OpenVault, Store)> {
    let password = Secret::new("plover-lantern-orbit-quilt-saddle-vex");
    let new = NewVault::prepare(folder, &password, "", Cost::FLOOR)?;
    Store::create(&new.database(), new.database_key().expose_hex(), new.vault_id()).await?;
    let vault = new.commit()?;
    let store = Store::open(
        &vault.database(),
        vault.database_key().expose_hex(),
        vault.vault_id(),
        vault.audit_key().expose(),
    )
    .await?;
    Ok((vault, store))
}

async fn fill(vault: &OpenVault, store: &Store, setup: Setup) -> anyhow::Result<()> {
    let act = |action| Act { actor: "loopback".into(), machine: "loopback".into(), action, at: now() };
    let mut chain = vec![None; setup.chain.len()];
    for entry in setup.providers {
        let id = ProviderId(Uuid::now_v7());
        if let Some(place) = setup.chain.iter().position(|name| *name == entry.name) {
            chain[place] = Some(ChainMember { provider: id, weight: 0 });
        }
        let sealed = vault.seal_key(id.0, &entry.base_url, &entry.key).0;
        let key = KeyChange::Replace(NewKey { sealed, last_four: None, entered_at: now() });
        let change = Change { draft: draft(entry), key, test: None };
        store.insert(id, change, &act("provider.create")).await?;
    }
    store.save_quotas(&setup.quotas, &act("limits.change")).await?;
    let (revision, routes) = store.routing().await?;
    let is_ours = |route: &TaskRoute| route.task.as_str() == "extraction";
    let mut route = routes.into_iter().find(is_ours).context("there is no task of this name")?;
    route.chain = chain.into_iter().collect::<Option<_>>().context("the chain names an unknown one")?;
    store.save_routes(revision, &[route], &act("routing.change")).await?;
    Ok(())
}

fn draft(entry: Entry) -> ProviderDraft {
    ProviderDraft {
        base_url: entry.base_url,
        model_name: entry.model,
        display_name: entry.name,
        daily_token_limit: entry.daily_tokens,
        monthly_token_limit: entry.monthly_tokens,
        calls: entry.calls,
        ..ProviderDraft::new(entry.provider_type)
    }
}

fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
