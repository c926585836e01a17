//! `signalbox-server import`: the specification's existing tables, with their keys sealed anew, their usage and their log of acts. A
//! page of rows is in memory at a time; how far it is stands in the transaction that writes the rows, so that an import which was
//! cut off goes on without doubling or losing one, and one that is made again adds what is new. The source is only read.

mod acts;
mod configs;
mod progress;
mod usage;
mod values;

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use model::{Catalog, Timestamp};
use store::{
    Act, ActsOfSource, Database, DatabaseUrl, ImportedConfig, Source, SourceError, SourceTable, StoreError,
};
use vault::{ForeignKeys, RootKey};

use self::{
    configs::{Held, Judge},
    progress::{Progress, RefusedFile, Stage},
    usage::{Made, Reader},
};
use crate::{Now, Site, app::console_act};

pub use progress::{Counts, ImportReport};

/// Rows in memory, and of one transaction.
const PAGE: u32 = 2_048;
/// Entries of the log of acts hold locks of others on PostgreSQL.
const ACTS_PAGE: u32 = 256;
/// More than anybody has, and all of them are in memory by their numbers.
const MOST_CONFIGS: usize = 20_000;
const LONGEST_NAME: usize = 40;

/// What to import, from where.
pub struct ImportRequest {
    /// The database.
    pub from: ImportFrom,
    /// By which name its rows are known again; another source needs another name.
    pub name: String,
    /// What its keys are sealed with.
    pub keys: ForeignKeys,
    /// The table of the log of acts, where it is none of the usual names.
    pub log: Option<String>,
    /// Nothing is written, and all is counted.
    pub dry_run: bool,
    /// Where rows are told of that are refused.
    pub refused: PathBuf,
}

/// Where the tables are.
pub enum ImportFrom {
    /// In a SQLite file.
    Sqlite(PathBuf),
    /// In PostgreSQL.
    Postgres(DatabaseUrl),
}

/// Why an import ended early. What was written before stays, and the same command goes on there.
#[derive(Debug, thiserror::Error)]
pub enum ImportTablesError {
    /// The name of the source.
    #[error("a source's name is 1 to 40 of a to z, 0 to 9, - and _")]
    Name,
    /// Its rows have numbers that another source's had.
    #[error(
        "configuration {0} of this source is not the one that was imported under this name before: \
         name another source with --name"
    )]
    OtherSource(i64),
    /// There are too many to keep in memory.
    #[error("the source has more than 20,000 configurations")]
    ManyConfigs,
    /// Reading.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// Writing.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file of refused rows.
    #[error("the file of refused rows cannot be written: {0}")]
    Refused(#[from] io::Error),
    /// The list of models that comes with the program.
    #[error("the list of models that comes with the program cannot be read")]
    Catalog(#[from] serde_json::Error),
}

struct Importer<'a> {
    store: &'a Database,
    root: &'a RootKey,
    request: &'a ImportRequest,
    source: Source,
    now: &'a Now,
    catalog: Catalog,
    configs: HashMap<i64, Made>,
    refused: RefusedFile,
    progress: Progress,
    /// Of a dry run, which writes none.
    would: [u64; 2],
    kept_from: Timestamp,
}

/// Imports what is not here yet.
///
/// # Errors
/// See [`ImportTablesError`].
pub async fn import_tables(
    site: &Site,
    request: &ImportRequest,
    now: &Now,
) -> Result<ImportReport, ImportTablesError> {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    let is_name = (1..=LONGEST_NAME).contains(&request.name.len()) && request.name.bytes().all(letter);
    if !is_name {
        return Err(ImportTablesError::Name);
    }
    let log = request.log.as_deref();
    let source = match &request.from {
        ImportFrom::Sqlite(file) => Source::sqlite(file, log).await?,
        ImportFrom::Postgres(url) => Source::postgres(url, log).await?,
    };
    let (progress, resumed) = begun(&site.store, request, now).await?;
    let mut importer = Importer {
        store: &site.store,
        root: &site.root,
        refused: refused(&request.refused, &progress, resumed)?,
        kept_from: match site.store.embedded() {
            Some(store) => store.log_kept_from().await?,
            None => Timestamp(i64::MIN),
        },
        configs: HashMap::new(),
        catalog: Catalog::bundled()?,
        would: [0; 2],
        source,
        request,
        now,
        progress,
    };
    let done = importer.run().await;
    let Importer { source, refused, progress, would, .. } = importer;
    let missing = [(SourceTable::Usage, "ai_provider_usage_logs"), (SourceTable::Acts, "a log of acts")];
    let missing = missing.into_iter().filter(|(table, _)| source.name(*table).is_none());
    let missing = missing.map(|(_, name)| name).collect();
    source.close().await;
    done?;
    let written = match request.dry_run {
        true => would,
        false => {
            let kept = site.store.import_progress(&request.name).await?.unwrap_or_default();
            [kept.calls, kept.acts]
        }
    };
    Ok(report(
        progress,
        written,
        ImportReport { resumed, missing, refused: refused.path(), ..ImportReport::default() },
    ))
}

/// Where an earlier one was cut off, or the beginning.
async fn begun(
    store: &Database,
    request: &ImportRequest,
    now: &Now,
) -> Result<(Progress, bool), ImportTablesError> {
    let kept = store.import_progress(&request.name).await?;
    let kept = kept.and_then(|kept| serde_json::from_str::<Progress>(&kept.progress).ok());
    if let Some(kept) = kept.filter(|kept| kept.stage != Stage::Done && !request.dry_run) {
        return Ok((kept, true));
    }
    let mut fresh = Progress::default();
    fresh.next(Stage::Configs);
    if !request.dry_run {
        store.begin_import(&request.name, &fresh.text(), &console_act("import.begin", now)).await?;
    }
    Ok((fresh, false))
}

fn refused(path: &Path, progress: &Progress, resumed: bool) -> io::Result<RefusedFile> {
    if !resumed {
        return RefusedFile::begin(path);
    }
    let (stage, row) = (progress.stage, progress.row);
    RefusedFile::resume(path, |table| {
        let of = [("configs", Stage::Configs), ("usage", Stage::Usage), ("acts", Stage::Acts)];
        match of.into_iter().find(|(name, _)| *name == table) {
            Some((_, of)) if of < stage => i64::MAX,
            // Configurations are read from the beginning again.
            Some((_, of)) if of == stage && of != Stage::Configs => row,
            _ => i64::MIN,
        }
    })
}

fn report(progress: Progress, [calls, acts]: [u64; 2], of: ImportReport) -> ImportReport {
    let known = |counts: Counts, written: u64| {
        let other = written.saturating_add(counts.refused).saturating_add(counts.too_old);
        Counts { written, known: counts.read.saturating_sub(other), ..counts }
    };
    let mut notes = progress.notes;
    if progress.more_notes > 0 {
        notes.push(format!("and {} notes more", progress.more_notes));
    }
    ImportReport {
        configs: progress.configs,
        usage: known(progress.usage, calls),
        acts: known(progress.acts, acts),
        cost: progress.cost,
        unpriced: progress.unpriced,
        by_catalog: progress.by_catalog,
        of_these: progress.of_these,
        other_totals: progress.other_totals,
        notes,
        ..of
    }
}

impl Importer<'_> {
    async fn run(&mut self) -> Result<(), ImportTablesError> {
        self.configs().await?;
        if self.progress.stage == Stage::Usage {
            self.usage().await?;
            self.progress.next(Stage::Acts);
        }
        if self.progress.stage == Stage::Acts {
            self.acts().await?;
            self.progress.next(Stage::Done);
        }
        self.keep().await
    }

    async fn keep(&mut self) -> Result<(), ImportTablesError> {
        self.refused.sync()?;
        if !self.request.dry_run {
            self.store.keep_import(&self.request.name, &self.progress.text()).await?;
        }
        Ok(())
    }

    /// Reads them all, also when they were imported before: calls are booked under them.
    async fn configs(&mut self) -> Result<(), ImportTablesError> {
        let counts = self.progress.stage == Stage::Configs;
        if counts {
            (self.progress.configs, self.progress.notes) = (Counts::default(), Vec::new());
        }
        let known = self.store.imported_configs(&self.request.name).await?;
        let known: HashMap<i64, ImportedConfig> = known.into_iter().map(|one| (one.row, one)).collect();
        let mut held = Held::of(&self.store.providers().await?);
        let act = console_act("import.config", self.now);
        let mut after = i64::MIN;
        loop {
            let rows = self.source.rows(SourceTable::Configs, after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            for row in rows {
                if self.configs.len() >= MOST_CONFIGS {
                    return Err(ImportTablesError::ManyConfigs);
                }
                let kind = configs::kind(&row);
                if let Some(known) = known.get(&row.id) {
                    let made_at = values::instant(&row, "created_at").ok().flatten().unwrap_or(Timestamp(0));
                    if made_at != known.made_at {
                        return Err(ImportTablesError::OtherSource(row.id));
                    }
                    if let Ok(kind) = kind {
                        self.configs.insert(row.id, Made::new(known.number, kind, &self.catalog));
                    }
                    self.progress.configs.read += u64::from(counts);
                    self.progress.configs.known += u64::from(counts);
                    continue;
                }
                if !counts {
                    // New since this import began, or refused: the next import sees it.
                    continue;
                }
                self.progress.configs.read += 1;
                let judge = Judge {
                    source: &self.request.name,
                    keys: &self.request.keys,
                    root: self.root,
                    act: &act,
                };
                let judged = judge.judge(&row, &mut held);
                match judged.and_then(|judged| Ok((judged, kind?))) {
                    Ok((judged, kind)) => {
                        for note in judged.notes {
                            self.progress.note(format!("configuration {}: {note}", row.id));
                        }
                        let number = match self.request.dry_run {
                            true => 0,
                            false => self.store.import_config(judged.config, &act).await?,
                        };
                        self.progress.configs.written += 1;
                        self.configs.insert(row.id, Made::new(number, kind, &self.catalog));
                    }
                    Err(reason) => {
                        self.progress.configs.refused += 1;
                        self.refused.add("configs", row.id, reason)?;
                    }
                }
            }
        }
        if counts {
            self.progress.next(Stage::Usage);
            self.keep().await?;
        }
        Ok(())
    }

    async fn usage(&mut self) -> Result<(), ImportTablesError> {
        let client: Arc<str> = format!("import:{}", self.request.name).into();
        loop {
            let rows = self.source.rows(SourceTable::Usage, self.progress.row, PAGE).await?;
            let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
            let (source, configs) = (self.request.name.as_str(), &self.configs);
            let reader = Reader { source, configs, client: Arc::clone(&client), now: (self.now)() };
            let mut calls = Vec::with_capacity(rows.len());
            for row in &rows {
                self.progress.usage.read += 1;
                match reader.read(row, &mut self.progress) {
                    Ok(call) => {
                        self.progress.usage.too_old += u64::from(call.created_at < self.kept_from);
                        calls.push(call);
                    }
                    Err(reason) => {
                        self.progress.usage.refused += 1;
                        self.refused.add("usage", row.id, reason)?;
                    }
                }
            }
            self.progress.row = last;
            self.refused.sync()?;
            if self.request.dry_run {
                calls.retain(|call| call.created_at >= self.kept_from);
                let ids: Vec<String> = calls.into_iter().map(|call| call.request_id).collect();
                let known = self.store.count_known_calls(&ids).await?;
                self.would[0] += (ids.len() as u64).saturating_sub(known);
            } else {
                self.store.import_calls(source, &calls, &self.progress.text()).await?;
            }
        }
    }

    async fn acts(&mut self) -> Result<(), ImportTablesError> {
        loop {
            let rows = self.source.rows(SourceTable::Acts, self.progress.row, ACTS_PAGE).await?;
            let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
            let source = self.request.name.as_str();
            self.progress.acts.read += rows.len() as u64;
            self.progress.row = last;
            if self.request.dry_run {
                let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
                let known = self.store.count_known_acts(source, &ids).await?;
                self.would[1] += (ids.len() as u64).saturating_sub(known);
                continue;
            }
            let act: Act = console_act("import.act", self.now);
            let acts = rows.iter().map(|row| (row.id, acts::entry(source, row))).collect();
            self.store.import_acts(ActsOfSource { source, acts, act: &act }, &self.progress.text()).await?;
        }
    }
}
