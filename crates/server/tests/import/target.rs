//! A server's place that is imported into.

use std::{path::PathBuf, sync::Arc};

use model::{PicoUsd, Secret, Timestamp};
use rig_postgres::Postgres;
use server::{ImportReport, ImportRequest, ImportTablesError, Now, Site, config::Config, import_tables};
use store::{DatabaseUrl, Provider, Spender};
use tempfile::TempDir;
use vault::{ForeignKeys, RootKey, SealedKey};

use crate::source::{FERNET_KEY, Tables};

/// Noon of 2024-01-20, UTC.
pub const NOW: Timestamp = Timestamp(1_705_752_000_000);

pub struct Target {
    pub folder: TempDir,
    pub config: Config,
    pub site: Site,
    _postgres: Option<Arc<Postgres>>,
}

pub fn now() -> Now {
    Arc::new(|| NOW)
}

impl Target {
    pub async fn make(on_postgres: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let postgres = on_postgres.then(Postgres::shared);
        let config = Config {
            data_dir: folder.path().join("data"),
            database_url: postgres.as_ref().map(|postgres| DatabaseUrl::new(postgres.database())),
            ..Config::default()
        };
        let site = Site::make(&config).await.unwrap();
        Self { folder, config, site, _postgres: postgres }
    }

    pub fn refused_file(&self) -> PathBuf {
        self.folder.path().join("refused.jsonl")
    }

    pub fn request(&self, from: &Tables) -> ImportRequest {
        ImportRequest {
            from: from.place(),
            name: "specification".into(),
            keys: ForeignKeys::parse(&Secret::new(FERNET_KEY)).ok().unwrap(),
            log: None,
            dry_run: false,
            refused: self.refused_file(),
        }
    }

    pub async fn try_import(&self, request: &ImportRequest) -> Result<ImportReport, ImportTablesError> {
        import_tables(&self.site, request, &now()).await
    }

    pub async fn import(&self, from: &Tables) -> ImportReport {
        self.try_import(&self.request(from)).await.unwrap()
    }

    pub async fn providers(&self) -> Vec<Provider> {
        let mut providers = self.site.store().providers().await.unwrap();
        providers.sort_by_key(|one| one.number);
        providers
    }

    /// The key that calls would be made with.
    pub fn key(&self, provider: &Provider) -> Option<String> {
        let root = RootKey::read_file(&self.config.root_key_file()).unwrap();
        let sealed = SealedKey(provider.sealed_key.clone()?);
        let key = root.open_key(provider.id.0, &provider.draft.base_url, &sealed).ok().unwrap();
        Some(key.expose().to_owned())
    }

    /// Calls and tokens of all time, and what is known of their cost.
    pub async fn sums(&self) -> (u64, u64, f64) {
        let statistics = self.site.store().provider_statistics(365, NOW).await.unwrap();
        let sum = |of: fn(&model::statistics::ProviderStatistics) -> u64| statistics.iter().map(of).sum();
        let cost: i128 = statistics.iter().filter_map(|one| one.total_cost).map(|cost| cost.0).sum();
        (sum(|one| one.total_calls), sum(|one| one.total_tokens), PicoUsd(cost).usd())
    }

    /// Tokens of a user since the beginning.
    pub async fn tokens_of(&self, user: &str) -> u64 {
        self.site.store().spent_since(Spender::User(user), Timestamp(0)).await.unwrap().tokens
    }

    /// What the log of acts says of the source's acts, oldest first.
    pub async fn acts(&self) -> Vec<String> {
        let entries = self.site.store().audit_entries(10_000).await.unwrap();
        let ours = entries.into_iter().rev().filter(|entry| entry.action == "import.act");
        ours.map(|entry| entry.after.unwrap()).collect()
    }
}
