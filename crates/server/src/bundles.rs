//! `signalbox-server identity` and `signalbox-server bundle …`, as they are typed and answered.

use std::{fs, path::PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::{Args, Subcommand};
use model::Timestamp;
use server::{
    Options, Site,
    bundle::{self, Applied, BundleError, Trusted},
    config::Config,
};

#[derive(Args)]
pub(crate) struct IdentityArguments {
    /// What the desktop calls this server; the computer's name when missing
    #[arg(long)]
    name: Option<String>,
    /// Write it into this file, which must not be there yet
    #[arg(long)]
    out: Option<PathBuf>,
    /// Show it as a QR code, of which the desktop imports a picture
    #[arg(long, conflicts_with = "out")]
    qr: bool,
}

#[derive(Subcommand)]
pub(crate) enum BundleCommand {
    /// Trust the signing key in a file, or the one that takes its place
    Trust {
        /// What the desktop exported
        file: PathBuf,
        /// The fingerprint that the desktop shows, compared by you
        #[arg(long)]
        fingerprint: Option<String>,
    },
    /// Judge a bundle and say what it would bring; nothing is changed
    Verify {
        /// SERVER-SERIAL.sbundle
        file: PathBuf,
    },
    /// Put a bundle in force
    Apply {
        /// SERVER-SERIAL.sbundle
        file: PathBuf,
    },
    /// Say whom this server trusts and what it accepted
    Show,
    /// Serve, and put in force what appears in a folder
    Watch {
        /// Where files end in .sbundle
        folder: PathBuf,
    },
    /// Put an earlier bundle in force again, by a new one that says so
    Back {
        /// SERVER-SERIAL.sbundle
        file: PathBuf,
    },
    /// Say that the clock is right now, after it was ahead by mistake: bundles are judged by the latest time that was seen
    AcceptClock,
}

pub(crate) async fn identity(config: &Config, asked: IdentityArguments) -> anyhow::Result<()> {
    let site = Site::open(config).await?;
    let made = bundle::identity(&site, asked.name.as_deref()).await;
    site.close().await;
    let server = made.map_err(words)?;
    match asked.out {
        Some(path) => {
            let mut file = fs::File::create_new(&path).context("the file cannot be made")?;
            std::io::Write::write_all(&mut file, server.file().as_bytes())
                .context("the file cannot be written")?;
            println!("written: {}", path.display());
        }
        None if asked.qr => println!("{}", bundle::qr_code(&server).map_err(words)?),
        None => println!("{}", server.file()),
    }
    println!("fingerprint, to compare on the desktop: {}", server.fingerprint());
    Ok(())
}

pub(crate) async fn run(config: &Config, command: BundleCommand) -> anyhow::Result<()> {
    let site = Site::open(config).await?;
    let done = at(&site, command).await;
    site.close().await;
    done
}

async fn at(site: &Site, command: BundleCommand) -> anyhow::Result<()> {
    let now = Options::default().now;
    match command {
        BundleCommand::Trust { file, fingerprint } => {
            match bundle::trust(site, &file, fingerprint.as_deref(), &now).await.map_err(words)? {
                Trusted::Key { kid } => println!("trusted: {kid}"),
                Trusted::Instead { kid, old_kid } => println!("trusted: {kid}, in place of {old_kid}"),
                Trusted::Compare { issuer, kid, fingerprint } => {
                    println!("key {kid} of {issuer}");
                    println!("fingerprint: {fingerprint}");
                    bail!(
                        "nothing is trusted yet: compare it with the one that the desktop shows, \
                         then give it with --fingerprint"
                    );
                }
            }
        }
        BundleCommand::Verify { file } => {
            let looked = bundle::look(site, &file, &now).await.map_err(words)?;
            say(&looked.says, "may be applied");
            for [name, kind, model] in looked.configurations {
                println!("  {name}: {kind}, {model}");
            }
            for (task, chain) in looked.routes {
                println!(
                    "  {task} -> {}",
                    if chain.is_empty() { "nobody".to_owned() } else { chain.join(", ") }
                );
            }
            for (task, own) in looked.prompts {
                println!(
                    "  {task}: {}",
                    if own { "own instructions" } else { "the built-in instructions again" }
                );
            }
            if let Some((version, comes)) = looked.catalog {
                println!("  catalogue of prices {version} {}", if comes { "comes" } else { "goes" });
            }
        }
        BundleCommand::Apply { file } => {
            say(&bundle::apply(site, &file, &now).await.map_err(words)?, "is in force");
        }
        BundleCommand::Back { file } => {
            say(&bundle::back(site, &file, &now).await.map_err(words)?, "is in force");
        }
        BundleCommand::AcceptClock => {
            let before = bundle::accept_clock(site, &now).await.map_err(words)?;
            println!("the clock shows {}: bundles are judged by that from now on", instant(now()));
            println!("the latest time that was seen before: {}", instant(before));
        }
        BundleCommand::Show => show(site).await?,
        BundleCommand::Watch { .. } => {}
    }
    Ok(())
}

async fn show(site: &Site) -> anyhow::Result<()> {
    let (trusted, accepted) = bundle::show(site).await.map_err(words)?;
    for key in trusted {
        let state = if key.is_trusted() { "trusted" } else { "replaced" };
        println!("{state}: {} of {}", key.kid, key.issuer);
    }
    let now = (Options::default().now)();
    for one in accepted {
        let state = if one.expires_at() <= now { "expired" } else { "valid" };
        let kept = if one.is_kept { ", kept" } else { "" };
        let again = one.again.map(|again| format!(", {again} again")).unwrap_or_default();
        println!("{}: {state}, {}{again}{kept}", one.serial, one.fingerprint);
    }
    Ok(())
}

/// To the second, in UTC.
fn instant(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(at.0.div_euclid(1_000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

fn say(applied: &Applied, what: &str) {
    let again = applied.again.map(|again| format!(", which puts {again} in force again")).unwrap_or_default();
    println!("bundle {}{again} {what}: {} configurations", applied.serial, applied.configurations);
    println!("fingerprint: {}", applied.fingerprint);
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn words(error: BundleError) -> anyhow::Error {
    anyhow!("{error}. {}", error.advice())
}
