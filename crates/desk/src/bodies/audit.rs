//! The log of acts: looking into it, verifying it, and files of it.

use model::{
    Failure,
    audit::{AuditFilter, AuditFound, AuditPage, AuditVerdict, TEXT_LIMIT},
    command::{ExportAudit, VerifyAudit, ViewAudit},
    statistics::Exported,
};

use crate::{
    Desk, Host,
    dispatch::Body,
    export::{self, Content, table},
    failures, history,
};

/// Entries of one page at most.
const MOST: u32 = 200;
/// Entries of one file at most: what spreadsheets still open.
const MOST_EXPORTED: usize = 100_000;
const PIECE: u32 = 1_000;

impl Body for ViewAudit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AuditPage, Failure> {
        let session = desk.session()?;
        check(&self.filter)?;
        let limit = self.limit.clamp(1, MOST);
        let mut entries =
            session.store.find_audit(&self.filter, self.before, limit + 1).await.map_err(failures::store)?;
        let more = entries.len() > limit as usize;
        entries.truncate(limit as usize);
        let found = if self.before.is_none() {
            let (matching, all) = session.store.count_audit(&self.filter).await.map_err(failures::store)?;
            let (actors, actions) = session.store.audit_choices().await.map_err(failures::store)?;
            Some(AuditFound { matching, all, actors, actions })
        } else {
            None
        };
        let next = entries.last().filter(|_| more).map(|last| last.id);
        Ok(AuditPage { entries: entries.iter().map(history::line).collect(), next, found })
    }
}

impl Body for VerifyAudit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AuditVerdict, Failure> {
        let session = desk.session()?;
        // What was noted outside the vault: of a log that was cut off or replaced, only the note may tell.
        let noted = desk.backups.highwater.known(&session.vault);
        let noted = noted.and_then(|mark| session.store.end_of(&mark.head));
        let verified = session.store.verify_audit(noted);
        let verified = session.until_closed(async { verified.await.map_err(failures::store) }).await?;
        if let Some(broken) = verified.broken {
            tracing::error!(?broken, "the log of acts is not as it was written");
        }
        let entries = verified.entries.unsigned_abs();
        Ok(AuditVerdict { entries, at: desk.host.now(), broken: verified.broken })
    }
}

impl Body for ExportAudit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Exported, Failure> {
        let session = desk.session()?;
        check(&self.filter)?;
        session.require_proof()?;
        let (mut lines, mut before) = (Vec::new(), None);
        let cut = loop {
            let piece =
                session.store.find_audit(&self.filter, before, PIECE).await.map_err(failures::store)?;
            lines.extend(piece.iter().map(history::line));
            match piece.last() {
                Some(_) if lines.len() > MOST_EXPORTED => break true,
                Some(last) if piece.len() == PIECE as usize => before = Some(last.id),
                _ => break false,
            }
        };
        lines.truncate(MOST_EXPORTED);
        let bytes = history::file(&lines, self.format)?;
        session.store.record(&desk.act("audit.export")).await.map_err(failures::store)?;
        let extension = table::extension(self.format);
        let rows = Some(lines.len() as u64);
        export::write(
            desk.downloads.clone(),
            Content { stem: "history".to_owned(), extension, bytes, rows, cut },
        )
        .await
    }
}

pub(super) fn check(filter: &AuditFilter) -> Result<(), Failure> {
    let texts = [&filter.actor, &filter.action, &filter.record, &filter.text];
    let long = texts.into_iter().flatten().any(|text| text.chars().count() > TEXT_LIMIT);
    if long { Err(failures::search(TEXT_LIMIT)) } else { Ok(()) }
}
