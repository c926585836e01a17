//! The server's configuration: defaults, over them a file, over that the environment, over all flags. All that is wrong is told at
//! once, each with its place and what to do; a name that is not known is refused, and the nearest one named.

mod fault;
mod file;
mod flags;
mod issuer;
mod settings;

use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    str::FromStr,
};

pub use fault::{ConfigFault, ConfigFaults, Place};
pub use flags::Flags;
pub use issuer::IssuerConfig;
use settings::{Given, SETTINGS, Setting};
use store::DatabaseUrl;
use url::Url;

use crate::{tls::Pair, traces};

/// Names of variables of the environment begin so.
pub const PREFIX: &str = "SIGNALBOX_SERVER_";
/// Names the file, and is no setting.
const FILE: &str = "CONFIG";

/// How a server runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the database lies.
    pub data_dir: PathBuf,
    /// PostgreSQL, in place of a file in the data folder.
    pub database_url: Option<DatabaseUrl>,
    /// The root key's file; in the data folder when missing. A credential of systemd goes before it.
    pub root_key: Option<PathBuf>,
    /// Where the admin API listens; nowhere when missing, for a server that runs on bundles and its console alone.
    pub listen: Option<SocketAddr>,
    /// Where applications make calls.
    pub gateway: GatewayPlace,
    /// Where figures for Prometheus are; off when missing.
    pub metrics: Option<SocketAddr>,
    /// The certificate and its chain, PEM.
    pub tls_certificate: Option<PathBuf>,
    /// Its private key, PEM.
    pub tls_key: Option<PathBuf>,
    /// Who is believed in `X-Forwarded-For`: proxies that end TLS.
    pub trusted_proxies: Vec<IpAddr>,
    /// Connections at once; others wait to be accepted.
    pub max_connections: usize,
    /// Seconds that calls under way have to end when the server does.
    pub finish_within_s: u64,
    /// Where a backup is laid once a day; off when missing.
    pub backup_dir: Option<PathBuf>,
    /// So many backups are kept there.
    pub backups_kept: usize,
    /// The time zone by whose days limits are counted, as the IANA names it.
    pub limits_zone: String,
    /// An existing application whose tokens the admin API believes.
    pub issuer: IssuerConfig,
    /// OpenTelemetry's collector, to which traces go over HTTP; off when missing.
    pub otlp_endpoint: Option<Url>,
    /// What is logged, in the syntax of `RUST_LOG`.
    pub log: String,
}

/// Where applications make calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayPlace {
    /// Nowhere.
    Off,
    /// Where the admin API is.
    Same,
    /// At an address of its own.
    At(SocketAddr),
}

impl FromStr for GatewayPlace {
    type Err = std::net::AddrParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self::Off),
            "same" => Ok(Self::Same),
            address => address.parse().map(Self::At),
        }
    }
}

impl fmt::Display for GatewayPlace {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off => to.write_str("off"),
            Self::Same => to.write_str("same"),
            Self::At(address) => address.fmt(to),
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("/var/lib/signalbox"),
            database_url: None,
            root_key: None,
            listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 8640))),
            gateway: GatewayPlace::Same,
            metrics: None,
            tls_certificate: None,
            tls_key: None,
            trusted_proxies: Vec::new(),
            max_connections: 10_000,
            finish_within_s: 30,
            backup_dir: None,
            backups_kept: 14,
            limits_zone: "UTC".to_owned(),
            issuer: IssuerConfig::default(),
            otlp_endpoint: None,
            log: "info".to_owned(),
        }
    }
}

/// A configuration while it is put together: each setting with the place that it comes from.
#[derive(Default)]
struct Draft {
    config: Config,
    places: HashMap<&'static str, Place>,
    faults: Vec<ConfigFault>,
}

impl Draft {
    fn set(&mut self, setting: &'static Setting, given: &Given, place: Place) {
        if let Err(wrong) = (setting.set)(&mut self.config, given) {
            self.faults.push(ConfigFault {
                place,
                message: format!("`{}` {}", setting.name, wrong.message),
                advice: wrong.advice,
            });
            return;
        }
        self.places.insert(setting.name, place);
    }

    fn fault(&mut self, setting: &'static str, message: impl Into<String>, advice: impl Into<String>) {
        let place = self.places.get(setting).cloned().unwrap_or(Place::Default(setting));
        self.faults.push(ConfigFault { place, message: message.into(), advice: advice.into() });
    }

    fn read_environment(&mut self, variables: impl Iterator<Item = (String, Option<String>)>) {
        for (variable, value) in variables {
            let known = SETTINGS.iter().find(|setting| setting.variable() == variable);
            let end = variable.strip_prefix(PREFIX).filter(|end| *end != FILE);
            let place = Place::Variable(variable.clone());
            match (known, end, value) {
                (Some(setting), _, Some(value)) => self.set(setting, &Given::Text(value), place),
                (None, None, _) => {}
                (Some(_), _, None) => self.faults.push(ConfigFault {
                    place,
                    message: "its value is no text".to_owned(),
                    advice: "Write it in UTF-8.".to_owned(),
                }),
                (None, Some(end), _) => {
                    let names: Vec<String> =
                        SETTINGS.iter().map(|setting| setting.name.to_uppercase()).collect();
                    let nearest = providers::nearest(end, names.iter().map(String::as_str), 1).pop();
                    let meant = SETTINGS.iter().find(|setting| {
                        nearest.as_ref().is_some_and(|near| setting.name.eq_ignore_ascii_case(near))
                    });
                    self.faults.push(fault::unknown(place, &variable, meant.map(Setting::variable)));
                }
            }
        }
    }

    /// What no setting shows alone.
    fn check(&mut self) {
        let config = self.config.clone();
        let gateway = match config.gateway {
            GatewayPlace::At(address) => Some(address),
            GatewayPlace::Same | GatewayPlace::Off => None,
        };
        if config.listen.is_none() && config.gateway == GatewayPlace::Same {
            let advice = "Give `gateway` an address of its own, such as \"127.0.0.1:8641\", or write \"off\" there, too.";
            self.fault("gateway", "`gateway` is where `listen` is, and `listen` is off", advice);
        }
        let addresses = [("listen", config.listen), ("gateway", gateway)];
        if config.database_url.is_some() && config.backup_dir.is_some() {
            let advice = "Remove `backup_dir`, and back PostgreSQL up with `pg_dump`.";
            self.fault("backup_dir", "`backup_dir` is for the embedded database alone", advice);
        }
        let is_sealed = config.tls_certificate.is_some() || !config.trusted_proxies.is_empty();
        let addresses = addresses.into_iter().filter_map(|(setting, address)| Some((setting, address?)));
        for (setting, address) in addresses.filter(|(_, address)| !is_sealed && !address.ip().is_loopback()) {
            let message = format!(
                "listening on {address} without TLS would send passwords and keys readable over the network"
            );
            let advice = "Set `tls_certificate` and `tls_key`; or listen on 127.0.0.1; or name the proxies that end TLS in `trusted_proxies`.";
            self.fault(setting, message, advice);
        }
        self.check_issuer();
        match (&config.tls_certificate, &config.tls_key) {
            (Some(certificate), Some(key)) => {
                if let Err(error) = Pair::read(certificate, key) {
                    self.fault(error.setting(), error.to_string(), error.advice());
                }
            }
            (Some(_), None) => {
                self.fault("tls_certificate", "`tls_certificate` has no key", "Set `tls_key`, too.")
            }
            (None, Some(_)) => {
                self.fault("tls_key", "`tls_key` has no certificate", "Set `tls_certificate`, too.")
            }
            (None, None) => {}
        }
    }
}

impl Config {
    /// Defaults, the file if there is one, the environment and the flags, each over those before it.
    ///
    /// # Errors
    /// See [`ConfigFaults`].
    pub fn load(file: Option<&Path>, flags: &Flags) -> Result<Self, ConfigFaults> {
        let mut draft = Draft::default();
        if let Some(path) = file {
            file::read(&mut draft, path);
        }
        let variables = std::env::vars_os();
        let texts =
            variables.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok())));
        draft.read_environment(texts);
        for (name, value) in &flags.0 {
            if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == *name)
                && let Some(flag) = setting.flag
            {
                draft.set(setting, &Given::Text(value.clone()), Place::Flag(flag.to_owned()));
            }
        }
        if draft.faults.is_empty() {
            draft.check();
        }
        if draft.faults.is_empty() { Ok(draft.config) } else { Err(ConfigFaults(draft.faults)) }
    }

    /// Every setting with its value as it would stand in a file; a secret is a comment that says what may be said of it.
    pub fn lines(&self) -> Vec<String> {
        let line = |setting: &Setting| {
            let mark = if setting.is_secret() { "# " } else { "" };
            format!("{mark}{} = {}", setting.name, (setting.show)(self))
        };
        SETTINGS.iter().map(line).collect()
    }

    /// What is not wrong, and could be better.
    pub fn warnings(&self) -> Vec<String> {
        let key = self.root_key_file();
        let mut warnings = Vec::new();
        if key.starts_with(&self.data_dir) && crate::site::credential().is_none() {
            let warning = "the root key lies in the data folder, so whoever copies the folder can open the database: \
                           set `root_key`, or use a credential of systemd";
            warnings.push(warning.to_owned());
        }
        if let Some(address) = self.metrics.filter(|address| !address.ip().is_loopback()) {
            warnings.push(format!("whoever reaches {address} reads the figures of `metrics`: no keys and no users, and no password"));
        }
        if let Some(collector) =
            self.otlp_endpoint.as_ref().filter(|url| url.scheme() == "http" && !traces::is_here(url))
        {
            let host = collector.host_str().unwrap_or_default();
            warnings.push(format!(
                "traces go to {host} without TLS: whoever listens reads models, tokens and tasks, and no keys"
            ));
        }
        warnings
    }

    /// Where the root key's file is.
    pub fn root_key_file(&self) -> PathBuf {
        self.root_key.clone().unwrap_or_else(|| self.data_dir.join("root.key"))
    }
}

#[cfg(test)]
mod tests;
