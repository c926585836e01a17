//! `signalbox-server audit verify`, and the end of the log of acts in a file elsewhere. An older log that was put back with its own end is
//! whole in itself: only who knows how far it had come can tell.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, bail};
use server::{Answer, Question, config::Config};

use crate::ask;

/// A number and two MACs are shorter.
const MOST_BYTES: u64 = 1024;

pub(crate) async fn verify(config: &Config, kept: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    let through = kept.as_deref().map(read).transpose()?.flatten();
    let answer = ask(config, Question::VerifyAudit { through }).await?;
    let Answer::Verified { entries, broken, end } = answer else {
        bail!("the running server is of another version");
    };
    if let Some(broken) = broken {
        println!("entry {} is not as it was written: {:?}", broken.entry, broken.kind);
        return Ok(ExitCode::from(2));
    }
    if let Some((file, end)) = kept.zip(end) {
        keep(&file, &end).with_context(|| format!("the end cannot be kept in {}", file.display()))?;
    }
    println!("{entries} entries, all as they were written");
    Ok(ExitCode::SUCCESS)
}

/// What the last time kept; nothing at the first.
fn read(file: &Path) -> anyhow::Result<Option<String>> {
    let cannot = || format!("{} cannot be read", file.display());
    let opened = match File::open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.with_context(cannot)?,
    };
    let mut text = String::new();
    opened.take(MOST_BYTES).read_to_string(&mut text).with_context(cannot)?;
    Ok(Some(text.trim().to_owned()))
}

/// In one step: half an end would be none.
fn keep(file: &Path, end: &str) -> std::io::Result<()> {
    let staged = file.with_added_extension("new");
    let mut new = File::create(&staged)?;
    writeln!(new, "{end}")?;
    new.sync_all()?;
    fs::rename(staged, file)
}
