//! A server's place: the data folder, the root key, and the database that belongs to it, which is a file there or PostgreSQL.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use store::{ConnectError, Database, DatabaseUrl, OpenError, PgStore, Store};
use vault::{RootKey, RootKeyError};

use crate::config::Config;

/// The name of systemd's credential.
const CREDENTIAL: &str = "signalbox-root-key";
/// Where usage waits while PostgreSQL is away.
const SPOOL: &str = "waiting-usage";

/// Why a server's place cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// There is no database yet.
    #[error("there is no database in the data folder; `signalbox-server init` makes one")]
    Empty,
    /// There is one already.
    #[error("there is a database already; it was not touched")]
    Exists,
    /// The database was made under another root key.
    #[error("the root key does not belong to the database in the data folder")]
    OtherKey,
    /// The root key.
    #[error(transparent)]
    Key(#[from] RootKeyError),
    /// The database.
    #[error(transparent)]
    Database(#[from] OpenError),
    /// PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] ConnectError),
    /// The folder.
    #[error("the data folder cannot be used: {0}")]
    Folder(#[from] io::Error),
}

/// What a server stands on.
pub struct Site {
    pub(crate) root: Arc<RootKey>,
    pub(crate) store: Database,
}

/// Where systemd puts the root key, if it was told to.
pub(crate) fn credential() -> Option<PathBuf> {
    let file = PathBuf::from(env::var_os("CREDENTIALS_DIRECTORY")?).join(CREDENTIAL);
    file.is_file().then_some(file)
}

impl Site {
    /// Makes folder, key and database where there are none. A root key that is there is used.
    ///
    /// # Errors
    /// See [`SiteError`]; what was there is left alone.
    pub async fn make(config: &Config) -> Result<Self, SiteError> {
        make_folder(&config.data_dir)?;
        if config.database_url.is_none() && !databases(&config.data_dir)?.is_empty() {
            return Err(SiteError::Exists);
        }
        let key_file = config.root_key_file();
        let root = match credential() {
            None if !key_file.exists() => {
                key_file.parent().map_or(Ok(()), make_folder)?;
                RootKey::make(&key_file)?
            }
            _ => read_key(config)?,
        };
        if let Some(url) = &config.database_url {
            if !PgStore::create(url, root.server_id(), root.audit_key().expose()).await? {
                return Err(SiteError::Exists);
            }
            return Self::on_postgres(config, url, root).await;
        }
        let file = database(&config.data_dir, &root);
        let staged = file.with_extension("new");
        // What an earlier try left. A database appears whole, or not at all.
        let _ = fs::remove_file(&staged);
        Store::create(&staged, root.database_key().expose_hex(), root.server_id()).await?;
        fs::rename(&staged, &file)?;
        Self::at(&file, root).await
    }

    /// Opens what is there.
    ///
    /// # Errors
    /// See [`SiteError`].
    pub async fn open(config: &Config) -> Result<Self, SiteError> {
        if let Some(url) = &config.database_url {
            return Self::on_postgres(config, url, read_key(config)?).await;
        }
        let there = databases(&config.data_dir)?;
        if there.is_empty() {
            return Err(SiteError::Empty);
        }
        let root = read_key(config)?;
        let file = database(&config.data_dir, &root);
        if !there.contains(&file) {
            return Err(SiteError::OtherKey);
        }
        Self::at(&file, root).await
    }

    async fn at(file: &Path, root: RootKey) -> Result<Self, SiteError> {
        let audit = root.audit_key();
        let key = root.database_key();
        let store = Store::open(file, key.expose_hex(), root.server_id(), audit.expose()).await?;
        Ok(Self { root: Arc::new(root), store: Arc::new(store).into() })
    }

    /// The root key is on this computer, and usage waits here while the database is away; all else is there.
    async fn on_postgres(config: &Config, url: &DatabaseUrl, root: RootKey) -> Result<Self, SiteError> {
        let audit = root.audit_key();
        let spool = config.data_dir.join(SPOOL);
        let store = PgStore::open(url, root.server_id(), audit.expose(), Some(&spool)).await?;
        Ok(Self { root: Arc::new(root), store: Arc::new(store).into() })
    }

    /// The database.
    pub fn store(&self) -> &Database {
        &self.store
    }

    /// Closes the database.
    pub async fn close(self) {
        if self.store.close().await.is_err() {
            tracing::warn!("the database is closed by the end of the program");
        }
    }
}

pub(crate) fn read_key(config: &Config) -> Result<RootKey, RootKeyError> {
    match credential() {
        Some(file) => RootKey::read_credential(&file),
        None => RootKey::read_file(&config.root_key_file()),
    }
}

/// Its name says to which root key it belongs, so that another one is told from damage.
pub(crate) fn database(folder: &Path, root: &RootKey) -> PathBuf {
    folder.join(format!("server.{}.db", root.server_id()))
}

pub(crate) fn databases(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    let is_database = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with("server.") && name.ends_with(".db")
    };
    Ok(paths.into_iter().filter(is_database).collect())
}

pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
