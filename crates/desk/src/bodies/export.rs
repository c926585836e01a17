//! Files of usage in the person's folder for downloads.

use model::{
    Failure,
    command::{ExportCalls, ExportChart, ExportReport, ExportUsage},
    statistics::{Exported, PictureFormat, ReportFormat, UsageQuery, UsageView},
};

use super::usage::check;
use crate::{
    Desk, Host,
    dispatch::Body,
    export::{self, Content, report::Report, table},
    failures,
    session::Session,
};

/// Calls of one file at most: what spreadsheets still open.
const MOST_CALLS: usize = 100_000;
/// Calls of one page of the log.
const PAGE: u32 = 500;
/// Pixels for each of the page's.
const SCALE: f32 = 2.0;
const LONGEST_NAME: usize = 60;

impl Body for ExportUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        check(&self.query.filter)?;
        session.require_proof()?;
        let view = compared(&session, &self.query, self.compared.as_ref()).await?;
        let (bytes, rows) = table::usage(&self.query, &view, self.format)?;
        let stem = format!("usage-{}-to-{}", self.query.first_day, self.query.last_day);
        let extension = table::extension(self.format);
        let content = Content { stem, extension, bytes, rows: Some(rows), cut: false };
        write(desk, &session, "usage.export", content).await
    }
}

impl Body for ExportCalls {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        check(&self.filter.usage)?;
        session.require_proof()?;
        let (mut calls, mut after) = (Vec::new(), None);
        loop {
            let page = session.store.calls(&self.filter, after, PAGE).await.map_err(failures::store)?;
            calls.extend(page.calls);
            after = page.next;
            if after.is_none() || calls.len() >= MOST_CALLS {
                break;
            }
        }
        calls.truncate(MOST_CALLS);
        let (rows, cut) = (Some(calls.len() as u64), after.is_some());
        let bytes = table::calls(&calls, self.format)?;
        let content =
            Content { stem: "calls".to_owned(), extension: table::extension(self.format), bytes, rows, cut };
        write(desk, &session, "usage.export_calls", content).await
    }
}

impl Body for ExportChart {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.name.is_empty() || self.name.len() > LONGEST_NAME || !self.name.chars().all(plain) {
            return Err(failures::chart());
        }
        session.require_proof()?;
        let format = self.format;
        let drawn = tokio::task::spawn_blocking(move || picture(self.svg, format));
        let (extension, bytes) = drawn.await.map_err(|_| failures::broken_off())??;
        let content = Content { stem: self.name, extension, bytes, rows: None, cut: false };
        write(desk, &session, "usage.export_chart", content).await
    }
}

impl Body for ExportReport {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        check(&self.query.filter)?;
        session.require_proof()?;
        let view = compared(&session, &self.query, self.compared.as_ref()).await?;
        let stem = format!("usage-report-{}-to-{}", self.query.first_day, self.query.last_day);
        // The window knows what the system's choice came to.
        let language = self.language.or(desk.settings().language).unwrap_or_default();
        let (extension, bytes) = match self.format {
            ReportFormat::Html => ("html", Report::of(&self.query, &view, language).html().into_bytes()),
            ReportFormat::Pdf => {
                let query = self.query;
                let written =
                    tokio::task::spawn_blocking(move || Report::for_paper(&query, &view, language).pdf());
                let written = written.await.map_err(|_| failures::broken_off())?;
                ("pdf", written.map_err(|_| failures::report())?)
            }
        };
        let content = Content { stem, extension, bytes, rows: None, cut: false };
        write(desk, &session, "usage.export_report", content).await
    }
}

/// Figures beside those of the days that the page compares them with.
async fn compared(
    session: &Session,
    query: &UsageQuery,
    with: Option<&UsageQuery>,
) -> Result<UsageView, Failure> {
    let mut view = session.store.usage(query).await.map_err(failures::usage)?;
    if let Some(with) = with {
        check(&with.filter)?;
        view.compare_with(session.store.usage(with).await.map_err(failures::usage)?);
    }
    Ok(view)
}

/// With its entry in the log of acts before: a file that nobody can account for is not written.
async fn write<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    action: &'static str,
    content: Content,
) -> Result<Exported, Failure> {
    session.store.record(&desk.act(action)).await.map_err(failures::store)?;
    export::write(desk.downloads.clone(), content).await
}

fn picture(svg: String, format: PictureFormat) -> Result<(&'static str, Vec<u8>), Failure> {
    if !charts::is_chart(&svg) {
        return Err(failures::chart());
    }
    match format {
        PictureFormat::Svg => Ok(("svg", svg.into_bytes())),
        PictureFormat::Png => charts::png(&svg, SCALE).map(|png| ("png", png)).map_err(|_| failures::chart()),
    }
}
