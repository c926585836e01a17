//! Operating the program itself: TLS and its reload, ending, figures, backups, tokens, and a configuration that is wrong.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod backups;
mod bundles;
mod commands;
mod configuration;
#[cfg(unix)]
mod connections;
mod deploy;
#[cfg(target_os = "linux")]
mod disk;
mod ending;
mod figures;
mod issuer;
mod program;
#[cfg(target_os = "linux")]
mod surfaces;
mod tls;
mod traces;
