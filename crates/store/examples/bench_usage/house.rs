//! An encrypted database in a temporary folder, opened by the store or, for comparisons, by hand.

use std::path::PathBuf;

use sqlx::{
    ConnectOptions, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous},
};
use store::Store;
use tempfile::TempDir;

const KEY: &str = "6f3c1f0a5d2b4e8897a6b5c4d3e2f1000f1e2d3c4b5a69788796a5b4c3d2e1f0";
const AUDIT_KEY: [u8; 32] = [7; 32];
const VAULT: &str = "01990000-0000-7000-8000-000000000001";

pub struct House {
    folder: TempDir,
}

impl House {
    /// A new one, beside the programs that are built, because a folder for temporary files may be in memory.
    pub async fn new() -> anyhow::Result<Self> {
        let target = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target");
        let house = Self { folder: tempfile::tempdir_in(target)? };
        Store::create(&house.file(), KEY, VAULT).await?;
        Ok(house)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("vault.db")
    }

    pub async fn open(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.file(), KEY, VAULT, &AUDIT_KEY).await?)
    }

    /// As the store opens it, without the store.
    pub async fn by_hand(&self) -> anyhow::Result<SqliteConnection> {
        let options = SqliteConnectOptions::new()
            .filename(self.file())
            .pragma("key", format!("\"x'{KEY}'\""))
            .journal_mode(SqliteJournalMode::Delete)
            .locking_mode(SqliteLockingMode::Exclusive)
            .synchronous(SqliteSynchronous::Extra)
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .disable_statement_logging();
        Ok(options.connect().await?)
    }

    pub fn bytes(&self) -> anyhow::Result<u64> {
        Ok(std::fs::metadata(self.file())?.len())
    }
}
