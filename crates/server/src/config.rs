//! The server's configuration: defaults, over them a file, over that the environment, over all flags. A key that is not known is
//! refused, and the nearest one named.

use std::{
    fs,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer};
use store::DatabaseUrl;

use crate::web::unknown::Unknown;

/// Names of variables of the environment begin so.
pub const PREFIX: &str = "SIGNALBOX_SERVER_";
/// All of them.
const VARIABLES: [&str; 7] =
    ["CONFIG", "DATA_DIR", "ROOT_KEY", "LISTEN", "TRUSTED_PROXIES", "GATEWAY_PORT", "LOG"];
/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024;

/// How a server runs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the database lies.
    pub data_dir: PathBuf,
    /// PostgreSQL, in place of a file in the data folder. The variable `DATABASE_URL` goes before the file; there is no flag, which
    /// every user of the computer could read.
    #[serde(deserialize_with = "database_url")]
    pub database_url: Option<DatabaseUrl>,
    /// The root key's file; in the data folder when missing. A credential of systemd goes before it.
    pub root_key: Option<PathBuf>,
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Who is believed in `X-Forwarded-For`: proxies that end TLS.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where applications on this computer make calls: a port of 127.0.0.1. Off when missing.
    pub gateway_port: Option<u16>,
    /// What is logged, in the syntax of `RUST_LOG`.
    pub log: String,
}

/// What stands over the file.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Overrides {
    /// Where the database lies
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The root key's file
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_ROOT_KEY")]
    pub root_key: Option<PathBuf>,
    /// Where the server listens, such as 127.0.0.1:8640
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// Addresses of the proxies that are believed in X-Forwarded-For
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Option<Vec<IpAddr>>,
    /// The port of 127.0.0.1 where applications make calls; off when missing
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_GATEWAY_PORT")]
    pub gateway_port: Option<u16>,
    /// What is logged, in the syntax of RUST_LOG
    #[arg(long, global = true, env = "SIGNALBOX_SERVER_LOG")]
    pub log: Option<String>,
}

/// Why a configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file cannot be read: {0}")]
    Unreadable(std::io::ErrorKind),
    /// A key, or a variable, that means nothing.
    #[error("`{name}` is no setting of this server{}", nearest.as_deref().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
    Unknown {
        /// As it is written.
        name: String,
        /// What may have been meant.
        nearest: Option<String>,
    },
    /// It is no TOML, or a value is of another kind.
    #[error("the configuration file is wrong: {0}")]
    Wrong(String),
    /// Passwords and keys would cross the network readable.
    #[error(
        "listening on {0} would send passwords and keys readable over the network: listen on 127.0.0.1 and put a proxy with TLS before it, \
         or name that proxy in `trusted_proxies`"
    )]
    Readable(SocketAddr),
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("/var/lib/signalbox"),
            database_url: None,
            root_key: None,
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8640)),
            trusted_proxies: Vec::new(),
            gateway_port: None,
            log: "info".to_owned(),
        }
    }
}

impl Config {
    /// Defaults, the file if there is one, and what stands over it.
    ///
    /// # Errors
    /// See [`ConfigError`].
    pub fn load(file: Option<&Path>, overrides: Overrides) -> Result<Self, ConfigError> {
        refuse_unknown_variables(std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
        let mut config = file.map(read).transpose()?.unwrap_or_default().under(overrides);
        if let Ok(url) = std::env::var("DATABASE_URL") {
            config.database_url = (!url.trim().is_empty()).then(|| DatabaseUrl::new(url.trim()));
        }
        config.require_safety()?;
        Ok(config)
    }

    fn under(self, over: Overrides) -> Self {
        Self {
            data_dir: over.data_dir.unwrap_or(self.data_dir),
            database_url: self.database_url,
            root_key: over.root_key.or(self.root_key),
            listen: over.listen.unwrap_or(self.listen),
            trusted_proxies: over.trusted_proxies.unwrap_or(self.trusted_proxies),
            gateway_port: over.gateway_port.or(self.gateway_port),
            log: over.log.unwrap_or(self.log),
        }
    }

    fn require_safety(&self) -> Result<(), ConfigError> {
        let safe = self.listen.ip().is_loopback() || !self.trusted_proxies.is_empty();
        if safe { Ok(()) } else { Err(ConfigError::Readable(self.listen)) }
    }

    /// What is not wrong, and could be better.
    pub fn warnings(&self) -> Vec<String> {
        let key = self.root_key_file();
        let beside = key.starts_with(&self.data_dir) && crate::site::credential().is_none();
        let warning = "the root key lies in the data folder, so whoever copies the folder can open the database: \
                       set `root_key`, or use a credential of systemd";
        beside.then(|| warning.to_owned()).into_iter().collect()
    }

    /// Where the root key's file is.
    pub fn root_key_file(&self) -> PathBuf {
        self.root_key.clone().unwrap_or_else(|| self.data_dir.join("root.key"))
    }
}

fn database_url<'de, D: Deserializer<'de>>(from: D) -> Result<Option<DatabaseUrl>, D::Error> {
    Ok(Some(DatabaseUrl::new(String::deserialize(from)?)))
}

fn read(file: &Path) -> Result<Config, ConfigError> {
    let unreadable = |error: std::io::Error| ConfigError::Unreadable(error.kind());
    if fs::metadata(file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(ConfigError::Wrong(format!("it is larger than {MOST_BYTES} bytes")));
    }
    parse(&fs::read_to_string(file).map_err(unreadable)?)
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    toml::from_str(text).map_err(|error| match Unknown::of(error.message()) {
        Some(Unknown { name, nearest }) => ConfigError::Unknown { name, nearest },
        None => ConfigError::Wrong(error.message().to_owned()),
    })
}

fn refuse_unknown_variables(names: impl Iterator<Item = String>) -> Result<(), ConfigError> {
    for name in names {
        let Some(end) = name.strip_prefix(PREFIX) else { continue };
        if !VARIABLES.contains(&end) {
            let nearest = providers::nearest(end, VARIABLES.into_iter(), 1).pop();
            let nearest = nearest.map(|near| format!("{PREFIX}{near}"));
            return Err(ConfigError::Unknown { name, nearest });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest() {
        let error = parse("listn = \"127.0.0.1:1\"").unwrap_err().to_string();
        assert_eq!(error, "`listn` is no setting of this server; did you mean `listen`?");
        let error = refuse_unknown_variables(["SIGNALBOX_SERVER_LISTN".to_owned()].into_iter()).unwrap_err();
        assert!(error.to_string().ends_with("did you mean `SIGNALBOX_SERVER_LISTEN`?"), "{error}");
        assert!(refuse_unknown_variables(["SIGNALBOX_LOG".to_owned()].into_iter()).is_ok());
    }

    #[test]
    fn what_stands_over_the_file_wins() {
        let file = parse("log = \"debug\"\ndata_dir = \"/srv/a\"").unwrap();
        let over = Overrides { data_dir: Some("/srv/b".into()), ..Overrides::default() };
        let config = file.under(over);
        assert_eq!((config.log.as_str(), config.data_dir), ("debug", PathBuf::from("/srv/b")));
    }

    #[test]
    fn a_server_that_everyone_can_listen_to_needs_a_proxy() {
        let open = Config { listen: SocketAddr::from(([0, 0, 0, 0], 8640)), ..Config::default() };
        assert!(matches!(open.require_safety(), Err(ConfigError::Readable(_))));
        let behind = Config { trusted_proxies: vec![IpAddr::from([10, 0, 0, 1])], ..open };
        assert!(behind.require_safety().is_ok());
    }
}
