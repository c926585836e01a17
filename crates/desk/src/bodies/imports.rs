//! Usage from a file: looked at, imported as a whole, and the rows that cannot be; and what vendors reported beside what
//! the log knows.

use import::{FileError, Reading};
use model::{
    Failure, FailureCode, Timestamp,
    command::{ImportUsage, PreviewImport, SaveImportFaults, ViewReportedUsage},
    import::{
        FaultFile, ImportFormat, ImportMapping, ImportPreview, ImportReport, ReportedMonth, ReportedSums,
        ReportedUsage,
    },
    statistics::{Grouping, UsageFilter, UsageQuery},
};
use sha2::{Digest, Sha256};
use store::{ReportedSpan, UsageImport};

use crate::{
    Desk, Host,
    dispatch::Body,
    export::{self, Content},
    failures,
    session::Session,
    usage_file::UsageFile,
};

/// Months of reported usage that are compared with the log.
const MONTHS: u32 = 60;

impl Body for PreviewImport {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ImportPreview, Failure> {
        let session = desk.session()?;
        let file = open(&session, read(desk, &self.text, &self.mapping)?, &self.mapping).await?;
        file.preview(&session.store).await.map_err(failures::store)
    }
}

impl Body for ImportUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ImportReport, Failure> {
        let session = desk.session()?;
        let reading = read(desk, &self.text, &self.mapping)?;
        let left_out = reading.faults.len() as u64;
        if !reading.missing.is_empty() {
            let advice =
                "Choose which columns hold the time and the tokens, then import again. Nothing was changed.";
            return Err(Failure::new(FailureCode::Other, "a needed column is not chosen", advice));
        }
        if left_out > 0 && !self.leave_bad_rows {
            let advice = "Correct them in the file, or import without them. Nothing was changed.";
            return Err(Failure::new(FailureCode::Other, "some rows cannot be imported", advice));
        }
        let file = open(&session, reading, &self.mapping).await?;
        let import = UsageImport {
            source: file.reading.format.as_str(),
            digest: Sha256::digest(&self.text).into(),
            calls: &file.calls,
            reported: &file.reported,
            left_out,
        };
        let act = desk.act("usage.import");
        let imported = session.store.import_usage(import, &act).await.map_err(failures::store)?;
        session.jumps.read_again();
        session.budgets.look_soon();
        Ok(ImportReport {
            format: file.reading.format,
            written: imported.written,
            replaced: imported.replaced,
            known: imported.known + file.reading.repeated,
            too_old: imported.too_old,
            left_out,
            cost: imported.cost,
        })
    }
}

impl Body for SaveImportFaults {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<FaultFile, Failure> {
        desk.session()?;
        let reading = read(desk, &self.text, &self.mapping)?;
        let faults = reading.faults.len() as u64;
        let content = Content {
            stem: "signalbox-import-errors".to_owned(),
            extension: "csv",
            bytes: import::faults_file(&reading.faults).into_bytes(),
            rows: Some(faults),
            cut: false,
        };
        let file = export::write(desk.downloads.clone(), content).await?;
        Ok(FaultFile { path: desk.downloads.join(file.name).display().to_string(), faults })
    }
}

impl Body for ViewReportedUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ReportedUsage, Failure> {
        let session = desk.session()?;
        let spans = session.store.reported(MONTHS).await.map_err(failures::store)?;
        let mut months = Vec::with_capacity(spans.len());
        for span in spans {
            months.extend(compared(&session, span).await?);
        }
        Ok(ReportedUsage { months })
    }
}

fn read<H: Host>(desk: &Desk<H>, text: &str, mapping: &ImportMapping) -> Result<Reading, Failure> {
    import::read(text.as_bytes(), mapping, desk.host.now())
        .map_err(|error: FileError| Failure::new(FailureCode::Other, error.to_string(), error.advice()))
}

async fn open(session: &Session, reading: Reading, mapping: &ImportMapping) -> Result<UsageFile, Failure> {
    let providers = session.store.serving().await.map_err(failures::store)?.providers;
    Ok(UsageFile::new(reading, &providers, mapping))
}

/// A month of a vendor beside the log's sums of the same days; `None` when its form is of a later version.
async fn compared(session: &Session, span: ReportedSpan) -> Result<Option<ReportedMonth>, Failure> {
    let Some(format) = ImportFormat::named(&span.source) else { return Ok(None) };
    let (first_day, last_day) = (export::day(span.from), export::day(Timestamp(span.until.0 - 1)));
    let query = UsageQuery {
        first_day: first_day.clone(),
        last_day: last_day.clone(),
        zone: "UTC".to_owned(),
        bucket: model::statistics::Bucket::Month,
        grouping: Grouping::ProviderType,
        filter: UsageFilter::default(),
    };
    let usage = session.store.usage(&query).await.map_err(failures::usage)?;
    let of_vendor = usage.groups.iter().find(|group| group.key == span.provider_type.as_str());
    let now = of_vendor.map(|group| group.now.clone()).unwrap_or_default();
    let logged = ReportedSums {
        requests: Some(now.calls),
        input_tokens: Some(now.input_tokens),
        output_tokens: Some(now.output_tokens),
        cost: now.cost,
    };
    let provider_type = span.provider_type;
    Ok(Some(ReportedMonth { format, provider_type, first_day, last_day, reported: span.sums, logged }))
}
