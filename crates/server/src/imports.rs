//! `signalbox-server import`, as it is typed and answered.

use std::{fs::File, io::Read, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use clap::Args;
use model::Secret;
use server::{Counts, ImportFrom, ImportReport, ImportRequest, Options, Site, config::Config};
use store::DatabaseUrl;
use vault::ForeignKeys;

/// The source's address, which holds a password as a rule and so is no flag: every user of the computer reads those.
const URL: &str = "SIGNALBOX_IMPORT_DATABASE_URL";
const KEY: &str = "SIGNALBOX_IMPORT_FERNET_KEY";
const MOST_KEY_BYTES: u64 = 4_096;

#[derive(Args)]
pub(crate) struct ImportArguments {
    /// The source's SQLite file; PostgreSQL's address stands in SIGNALBOX_IMPORT_DATABASE_URL instead
    file: Option<PathBuf>,
    /// A file with the Fernet keys of the source, the newest first; or they stand in SIGNALBOX_IMPORT_FERNET_KEY
    #[arg(long)]
    fernet_key_file: Option<PathBuf>,
    /// By which name the source's rows are known again; a second source needs another
    #[arg(long, default_value = "specification")]
    name: String,
    /// The table of the source's log of acts, where it is not `admin_action_logs`
    #[arg(long)]
    action_log: Option<String>,
    /// Read, judge and count everything, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The file that says which rows were refused, and why; signalbox-import-refused.jsonl when missing
    #[arg(long)]
    refused: Option<PathBuf>,
}

pub(crate) async fn run(config: &Config, asked: ImportArguments) -> anyhow::Result<ExitCode> {
    let from = match (&asked.file, std::env::var(URL).ok().filter(|url| !url.trim().is_empty())) {
        (Some(_), Some(_)) => bail!("name a SQLite file, or set {URL}, and not both"),
        (Some(file), None) => ImportFrom::Sqlite(file.clone()),
        (None, Some(url)) => ImportFrom::Postgres(DatabaseUrl::new(without_driver(url.trim()))),
        (None, None) => bail!("name the source's SQLite file, or set {URL} to the address of its PostgreSQL"),
    };
    // A dry run must not take away what an import that was cut off has told.
    let refused =
        if asked.dry_run { "signalbox-dry-run-refused.jsonl" } else { "signalbox-import-refused.jsonl" };
    let request = ImportRequest {
        from,
        keys: ForeignKeys::parse(&keys(&asked)?)?,
        name: asked.name,
        log: asked.action_log,
        dry_run: asked.dry_run,
        refused: asked.refused.unwrap_or_else(|| refused.into()),
    };
    let site = Site::open(config).await?;
    let done = server::import_tables(&site, &request, &Options::default().now).await;
    site.close().await;
    let report = done.context("the import ended early; the same command goes on where it was")?;
    show(&report, &request);
    Ok(if report.refused.is_none() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}

fn keys(asked: &ImportArguments) -> anyhow::Result<Secret> {
    let Some(path) = &asked.fernet_key_file else {
        let key = std::env::var(KEY).map(Secret::new);
        return key
            .with_context(|| format!("name the Fernet key's file with --fernet-key-file, or set {KEY}"));
    };
    let mut text = String::new();
    let file = File::open(path).context("the Fernet key's file cannot be read")?;
    file.take(MOST_KEY_BYTES + 1).read_to_string(&mut text).context("the Fernet key's file is no text")?;
    let text = Secret::new(text);
    match text.expose().len() as u64 > MOST_KEY_BYTES {
        true => bail!("the Fernet key's file is larger than {MOST_KEY_BYTES} bytes"),
        false => Ok(text),
    }
}

/// `postgresql+asyncpg://`, as SQLAlchemy has it, is `postgresql://`.
fn without_driver(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => format!("{}://{rest}", scheme.split('+').next().unwrap_or(scheme)),
        None => url.to_owned(),
    }
}

fn show(report: &ImportReport, request: &ImportRequest) {
    if report.resumed {
        println!("it went on where an earlier import was cut off; the counts are of both");
    }
    let would = if request.dry_run { "to write" } else { "written" };
    let line = |what: &str, counts: &Counts| {
        let Counts { read, written, known, too_old, refused } = counts;
        let too_old =
            if *too_old > 0 { format!(", {too_old} older than the log is kept") } else { String::new() };
        println!("{what}: {read} read, {written} {would}, {known} there already{too_old}, {refused} refused");
    };
    line("configurations", &report.configs);
    line("calls", &report.usage);
    line("acts", &report.acts);
    for missing in &report.missing {
        println!("note: the source has no table of the name `{missing}`");
    }
    println!(
        "cost of the calls: {}, as the source has it; unknown for {}",
        report.cost.display(),
        report.unpriced
    );
    if report.of_these.0 > 0 || report.by_catalog.0 > 0 {
        println!(
            "of models with a known price: {} as the source has it, {} by this program's catalogue",
            report.of_these.display(),
            report.by_catalog.display()
        );
    }
    if report.of_these.0 > report.by_catalog.0.saturating_mul(100) && report.by_catalog.0 > 0 {
        println!(
            "note: the source's costs are more than a hundred times the catalogue's, as in the specification's example, which takes \
             the price of a million tokens for that of a thousand; they can be priced anew by /api/v1/super-admin/providers/usage/repricing"
        );
    }
    if report.other_totals > 0 {
        println!("note: of {} calls the total is not input and output; these two count", report.other_totals);
    }
    for note in &report.notes {
        println!("note: {note}");
    }
    if let Some(file) = &report.refused {
        println!("refused rows, each with its reason: {}", file.display());
    }
    match request.dry_run {
        true => println!("this was a dry run: nothing was written"),
        false if report.configs.written > 0 => {
            println!("the keys were not shown to their vendors: test each configuration")
        }
        false => {}
    }
}
