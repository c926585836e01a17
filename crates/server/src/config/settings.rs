//! Every setting: its name, how a value is read, and how it is shown. File, environment and flags know no others.

use std::{net::IpAddr, path::PathBuf, str::FromStr};

use gateway::LimitSettings;
use store::DatabaseUrl;
use tracing_subscriber::EnvFilter;
use url::Url;

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
            "otlp_endpoint" => "OTEL_EXPORTER_OTLP_ENDPOINT".to_owned(),
            name => format!("{PREFIX}{}", name.to_uppercase()),
        }
    }

    /// It has no flag, and is not shown whole.
    pub(super) fn is_secret(&self) -> bool {
        self.flag.is_none()
    }
}

const ADDRESS: &str = "Write an address and a port, such as \"127.0.0.1:8640\".";

pub(super) static SETTINGS: [Setting; 23] = [
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
        help: "Where the admin API listens, such as 127.0.0.1:8640, or `off`",
        value: "ADDRESS",
        set: |config, given| {
            if text(given)? == "off" {
                config.listen = None;
                return Ok(());
            }
            let advice = "Write \"off\", or an address and a port, such as \"127.0.0.1:8640\".";
            read(given, "is no address with a port", advice).map(|address| config.listen = Some(address))
        },
        show: |config| config.listen.map_or_else(|| "\"off\"".to_owned(), |address| format!("\"{address}\"")),
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
        name: "limits_zone",
        flag: Some("--limits-zone"),
        help: "The time zone by whose days limits are counted, such as Europe/Zurich",
        value: "ZONE",
        set: |config, given| zone(given).map(|zone| config.limits_zone = zone),
        show: |config| format!("\"{}\"", config.limits_zone),
    },
    Setting {
        name: "issuer",
        flag: Some("--issuer"),
        help: "An existing application whose tokens the admin API believes: their claim iss, exactly",
        value: "ISSUER",
        set: |config, given| named(given).map(|issuer| config.issuer.issuer = Some(issuer)),
        show: |config| quoted(&config.issuer.issuer),
    },
    Setting {
        name: "issuer_audience",
        flag: Some("--issuer-audience"),
        help: "What stands in the claim aud of its tokens for this server",
        value: "AUDIENCE",
        set: |config, given| named(given).map(|audience| config.issuer.audience = Some(audience)),
        show: |config| quoted(&config.issuer.audience),
    },
    Setting {
        name: "issuer_keys",
        flag: Some("--issuer-keys"),
        help: "Its public keys: a JWKS, or one key in PEM",
        value: "FILE",
        set: |config, given| path(given).map(|path| config.issuer.keys = Some(path)),
        show: |config| optional(&config.issuer.keys),
    },
    Setting {
        name: "issuer_role_claim",
        flag: Some("--issuer-role-claim"),
        help: "The claim that holds a user's role or roles, or a path with dots such as realm_access.roles",
        value: "CLAIM",
        set: |config, given| named(given).map(|claim| config.issuer.role_claim = claim),
        show: |config| format!("{:?}", config.issuer.role_claim),
    },
    Setting {
        name: "issuer_role",
        flag: Some("--issuer-role"),
        help: "The role that is a super_admin's",
        value: "ROLE",
        set: |config, given| named(given).map(|role| config.issuer.role = role),
        show: |config| format!("{:?}", config.issuer.role),
    },
    Setting {
        name: "issuer_skew_s",
        flag: Some("--issuer-skew-s"),
        help: "Seconds by which its clock may differ, at most 120",
        value: "SECONDS",
        set: |config, given| small(given, 0, 120).map(|seconds| config.issuer.skew_s = seconds),
        show: |config| config.issuer.skew_s.to_string(),
    },
    Setting {
        name: "issuer_longest_s",
        flag: Some("--issuer-longest-s"),
        help: "The longest that one of its tokens may be good, in seconds",
        value: "SECONDS",
        set: |config, given| small(given, 60, 86_400).map(|seconds| config.issuer.longest_s = seconds),
        show: |config| config.issuer.longest_s.to_string(),
    },
    Setting {
        name: "otlp_endpoint",
        flag: Some("--otlp-endpoint"),
        help: "OpenTelemetry's collector, to which traces of calls go over HTTP",
        value: "URL",
        set: |config, given| collector(given).map(|url| config.otlp_endpoint = url),
        show: |config| {
            config
                .otlp_endpoint
                .as_ref()
                .map_or_else(|| "off".to_owned(), |url| format!("{:?}", url.as_str()))
        },
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

fn named(given: &Given) -> Result<String, Wrong> {
    match text(given)? {
        "" => wrong("is empty", "Write it, or leave the setting out."),
        long if long.len() > 500 => wrong("is too long", "Write at most 500 characters."),
        name => Ok(name.to_owned()),
    }
}

fn zone(given: &Given) -> Result<String, Wrong> {
    let zone = named(given)?;
    if LimitSettings::by(Some(zone.clone())).is_some() {
        return Ok(zone);
    }
    wrong("is no time zone", "Write its name as the IANA has it, such as \"Europe/Zurich\", or \"UTC\".")
}

fn small(given: &Given, least: u32, most: u32) -> Result<u32, Wrong> {
    let number = number(given, least.into(), most.into())?;
    Ok(u32::try_from(number).unwrap_or(most))
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

fn collector(given: &Given) -> Result<Option<Url>, Wrong> {
    let advice = "Write the base of all signals, such as \"http://127.0.0.1:4318\"; what a collector is to be shown is in OTEL_EXPORTER_OTLP_HEADERS.";
    let url = match text(given)? {
        "" => return Ok(None),
        url => url.parse::<Url>().or_else(|_| wrong("is no URL", advice))?,
    };
    let is_plain = ["http", "https"].contains(&url.scheme())
        && url.has_host()
        && (url.username(), url.password(), url.query(), url.fragment()) == ("", None, None, None);
    if is_plain { Ok(Some(url)) } else { wrong("is no collector's URL", advice) }
}

fn quoted(text: &Option<String>) -> String {
    text.as_ref().map_or_else(|| "off".to_owned(), |text| format!("{text:?}"))
}

fn optional(path: &Option<PathBuf>) -> String {
    path.as_ref().map_or_else(|| "off".to_owned(), |path| format!("{path:?}"))
}
