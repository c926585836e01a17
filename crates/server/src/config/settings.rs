//! Every setting: its name, how a value is read, and how it is shown. File, environment and flags know no others.

use std::{net::IpAddr, path::PathBuf, str::FromStr};

use store::DatabaseUrl;
use tracing_subscriber::EnvFilter;

use super::{Config, PREFIX};

/// A value as it was given. Variables and flags are texts.
pub(super) enum Given {
    Text(String),
    Number(u64),
    List(Vec<String>),
    /// Of another kind.
    Other,
}

/// What is wrong with a value, behind the setting's name, and what to do.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) advice: String,
}

pub(super) struct Setting {
    pub(super) name: &'static str,
    /// None where it is a secret: every user of the computer reads flags.
    pub(super) flag: Option<&'static str>,
    /// For people, in the list of flags.
    pub(super) help: &'static str,
    /// What stands for its value there.
    pub(super) value: &'static str,
    pub(super) set: fn(&mut Config, &Given) -> Result<(), Wrong>,
    pub(super) show: fn(&Config) -> String,
}

impl Setting {
    pub(super) fn variable(&self) -> String {
        match self.name {
            // Under the name that other programs know it by.
            "database_url" => "DATABASE_URL".to_owned(),
            name => format!("{PREFIX}{}", name.to_uppercase()),
        }
    }

    /// It has no flag, and is not shown whole.
    pub(super) fn is_secret(&self) -> bool {
        self.flag.is_none()
    }
}

const ADDRESS: &str = "Write an address and a port, such as \"127.0.0.1:8640\".";

pub(super) static SETTINGS: [Setting; 14] = [
    Setting {
        name: "data_dir",
        flag: Some("--data-dir"),
        help: "Where the database lies",
        value: "FOLDER",
        set: |config, given| path(given).map(|path| config.data_dir = path),
        show: |config| format!("{:?}", config.data_dir),
    },
    Setting {
        name: "database_url",
        flag: None,
        help: "PostgreSQL, in place of a file in the data folder",
        value: "URL",
        set: |config, given| {
            let url = text(given)?;
            config.database_url = (!url.is_empty()).then(|| DatabaseUrl::new(url));
            Ok(())
        },
        show: |config| {
            config.database_url.as_ref().map_or_else(|| "off".to_owned(), |url| format!("{url:?}"))
        },
    },
    Setting {
        name: "root_key",
        flag: Some("--root-key"),
        help: "The root key's file",
        value: "FILE",
        set: |config, given| path(given).map(|path| config.root_key = Some(path)),
        show: |config| format!("{:?}", config.root_key_file()),
    },
    Setting {
        name: "listen",
        flag: Some("--listen"),
        help: "Where the server listens, such as 127.0.0.1:8640",
        value: "ADDRESS",
        set: |config, given| {
            read(given, "is no address with a port", ADDRESS).map(|address| config.listen = address)
        },
        show: |config| format!("\"{}\"", config.listen),
    },
    Setting {
        name: "gateway",
        flag: Some("--gateway"),
        help: "Where applications make calls: `same`, an address of its own, or `off`",
        value: "PLACE",
        set: |config, given| {
            let advice = "Write \"same\", \"off\", or an address and a port, such as \"127.0.0.1:8641\".";
            read(given, "is no place", advice).map(|place| config.gateway = place)
        },
        show: |config| format!("\"{}\"", config.gateway),
    },
    Setting {
        name: "metrics",
        flag: Some("--metrics"),
        help: "Where figures for Prometheus are; off when missing",
        value: "ADDRESS",
        set: |config, given| {
            read(given, "is no address with a port", ADDRESS).map(|address| config.metrics = Some(address))
        },
        show: |config| config.metrics.map_or_else(|| "off".to_owned(), |address| format!("\"{address}\"")),
    },
    Setting {
        name: "tls_certificate",
        flag: Some("--tls-certificate"),
        help: "The certificate and its chain, PEM",
        value: "FILE",
        set: |config, given| path(given).map(|path| config.tls_certificate = Some(path)),
        show: |config| optional(&config.tls_certificate),
    },
    Setting {
        name: "tls_key",
        flag: Some("--tls-key"),
        help: "The certificate's private key, PEM",
        value: "FILE",
        set: |config, given| path(given).map(|path| config.tls_key = Some(path)),
        show: |config| optional(&config.tls_key),
    },
    Setting {
        name: "trusted_proxies",
        flag: Some("--trusted-proxies"),
        help: "Addresses of the proxies that end TLS and are believed in X-Forwarded-For, with commas",
        value: "ADDRESSES",
        set: |config, given| proxies(given).map(|proxies| config.trusted_proxies = proxies),
        show: |config| {
            let texts = config.trusted_proxies.iter().map(|proxy| format!("\"{proxy}\""));
            format!("[{}]", texts.collect::<Vec<_>>().join(", "))
        },
    },
    Setting {
        name: "max_connections",
        flag: Some("--max-connections"),
        help: "Connections at once; others wait",
        value: "NUMBER",
        set: |config, given| {
            let number = number(given, 1, 1_000_000)?;
            config.max_connections = usize::try_from(number).unwrap_or(usize::MAX);
            Ok(())
        },
        show: |config| config.max_connections.to_string(),
    },
    Setting {
        name: "finish_within_s",
        flag: Some("--finish-within-s"),
        help: "Seconds that calls under way have when the server ends",
        value: "SECONDS",
        set: |config, given| number(given, 0, 3_600).map(|seconds| config.finish_within_s = seconds),
        show: |config| config.finish_within_s.to_string(),
    },
    Setting {
        name: "backup_dir",
        flag: Some("--backup-dir"),
        help: "Where a backup is laid once a day; off when missing",
        value: "FOLDER",
        set: |config, given| path(given).map(|path| config.backup_dir = Some(path)),
        show: |config| optional(&config.backup_dir),
    },
    Setting {
        name: "backups_kept",
        flag: Some("--backups-kept"),
        help: "So many backups are kept there",
        value: "NUMBER",
        set: |config, given| {
            config.backups_kept = usize::try_from(number(given, 1, 10_000)?).unwrap_or(usize::MAX);
            Ok(())
        },
        show: |config| config.backups_kept.to_string(),
    },
    Setting {
        name: "log",
        flag: Some("--log"),
        help: "What is logged, in the syntax of RUST_LOG",
        value: "LEVELS",
        set: |config, given| levels(given).map(|levels| config.log = levels),
        show: |config| format!("{:?}", config.log),
    },
];

fn wrong<T>(message: &str, advice: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { message: message.to_owned(), advice: advice.into() })
}

fn text(given: &Given) -> Result<&str, Wrong> {
    match given {
        Given::Text(text) => Ok(text.trim()),
        _ => wrong("is no text", "Write it in quotation marks."),
    }
}

fn path(given: &Given) -> Result<PathBuf, Wrong> {
    match text(given)? {
        "" => wrong("is empty", "Write a path, or leave the setting out."),
        path => Ok(PathBuf::from(path)),
    }
}

fn read<T: FromStr>(given: &Given, message: &str, advice: &str) -> Result<T, Wrong> {
    text(given)?.parse().or_else(|_| wrong(message, advice))
}

fn proxies(given: &Given) -> Result<Vec<IpAddr>, Wrong> {
    let texts: Vec<&str> = match given {
        Given::List(texts) => texts.iter().map(String::as_str).collect(),
        Given::Text(texts) => texts.split(',').collect(),
        _ => return wrong("is no list", "Write it as [\"10.0.0.2\", \"10.0.0.3\"]."),
    };
    let texts = texts.into_iter().map(str::trim).filter(|text| !text.is_empty());
    let addresses = texts.map(|text| text.parse::<IpAddr>()).collect::<Result<_, _>>();
    addresses.or_else(|_| {
        wrong("holds what is no address", "Write addresses without ports, such as \"10.0.0.2\".")
    })
}

fn number(given: &Given, least: u64, most: u64) -> Result<u64, Wrong> {
    let number = match given {
        Given::Number(number) => Some(*number),
        Given::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    match number.filter(|number| (least..=most).contains(number)) {
        Some(number) => Ok(number),
        None => wrong("is no number that will do", format!("Write {least} to {most}.")),
    }
}

fn levels(given: &Given) -> Result<String, Wrong> {
    let levels = text(given)?;
    match EnvFilter::try_new(levels) {
        Ok(_) => Ok(levels.to_owned()),
        Err(_) => wrong(
            "is no list of levels",
            "Write error, warn, info, debug or trace, such as \"info,gateway=debug\".",
        ),
    }
}

fn optional(path: &Option<PathBuf>) -> String {
    path.as_ref().map_or_else(|| "off".to_owned(), |path| format!("{path:?}"))
}
