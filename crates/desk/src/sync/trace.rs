//! Who changed a field that a person has to decide, and when: here by our own log of acts, there by the remote's where it has one,
//! else by the date that it shows of the whole configuration. What nobody tells stays unknown.

use model::{
    Failure, ProviderId, Timestamp,
    audit::{AuditFilter, AuditLine},
    sync::{SyncDifference, SyncField, SyncFieldName, SyncGoes, SyncKind, SyncLook, SyncTrace, SyncValue},
};
use sync::{AuditQuery, Client, Difference, Looked, Subject};
use uuid::Uuid;

use super::told;
use crate::{failures, history, session::Session};

/// Configurations with a conflict that are traced in one look: each is a request to the remote.
const MOST: usize = 20;
/// Newest entries of one configuration that are looked through.
const ENTRIES: u32 = 100;

/// An entry of a log of acts, newest first in a list.
struct Entry {
    at: Timestamp,
    who: String,
    action: String,
    fields: Vec<String>,
}

impl Entry {
    fn of(line: AuditLine) -> Self {
        let fields = line.changes.into_iter().map(|change| change.field).collect();
        Self { at: line.at, who: line.actor, action: line.action, fields }
    }
}

impl Session {
    /// Adds to each question of a look who changed what it is about.
    pub(super) async fn trace(
        &self,
        client: &Client,
        looked: &Looked,
        view: &mut SyncLook,
    ) -> Result<(), Failure> {
        let pairs = looked.plan.differences.iter().zip(&mut view.differences);
        for (difference, shown) in pairs.filter(|(_, shown)| asks(shown)).take(MOST) {
            let Subject::Record { here, there } = difference.subject else { continue };
            let ours = match here {
                Some(id) => self.acts_on(id).await?,
                None => Vec::new(),
            };
            let theirs = match uuid_there(looked, difference) {
                Some(uuid) => acts_there(client, uuid).await,
                None => Vec::new(),
            };
            let seen = there.and_then(|number| looked.there().records.get(&number));
            let changed_at = seen.and_then(|seen| told::instant(seen.version.updated_at.as_deref()?));
            for field in shown.fields.iter_mut().filter(|field| is_question(field)) {
                field.ours_by = trace(&ours, field.name, field.ours.as_ref()).unwrap_or_default();
                let whole = || SyncTrace { who: None, at: changed_at, of_whole: changed_at.is_some() };
                field.theirs_by = trace(&theirs, field.name, field.theirs.as_ref()).unwrap_or_else(whole);
            }
        }
        Ok(())
    }

    async fn acts_on(&self, id: ProviderId) -> Result<Vec<Entry>, Failure> {
        let filter = AuditFilter { record: Some(id.to_string()), ..AuditFilter::default() };
        let entries = self.store.find_audit(&filter, None, ENTRIES).await.map_err(failures::store)?;
        Ok(entries.iter().map(history::line).map(Entry::of).collect())
    }
}

/// What a remote's log has of one configuration: nothing where there is none, or this account may not read it.
async fn acts_there(client: &Client, uuid: Uuid) -> Vec<Entry> {
    let query = AuditQuery { target: Some(uuid.to_string()), ..AuditQuery::newest(ENTRIES) };
    match told::audit_lines(client, &query).await {
        Ok(lines) => lines.into_iter().map(Entry::of).collect(),
        Err(error) => {
            tracing::debug!(%error, "a remote does not tell who changed what");
            Vec::new()
        }
    }
}

fn uuid_there(looked: &Looked, difference: &Difference) -> Option<Uuid> {
    let Subject::Record { here, there } = difference.subject else { return None };
    let seen = there.and_then(|number| looked.there().records.get(&number)).map(|seen| &seen.identity);
    let linked = here.and_then(|id| looked.state().links.get(&id)).map(|link| &link.identity);
    seen.or(linked)?.uuid
}

fn asks(difference: &SyncDifference) -> bool {
    difference.kind == SyncKind::Conflict || difference.fields.iter().any(is_question)
}

fn is_question(field: &SyncField) -> bool {
    field.decided || matches!(field.goes, SyncGoes::Undecided(_))
}

/// The newest entry that changed a field, or deleted what it is about.
fn trace(entries: &[Entry], field: SyncFieldName, value: Option<&SyncValue>) -> Option<SyncTrace> {
    let name = column(field);
    let is_about = |entry: &&Entry| match (name, value) {
        (Some(name), _) => entry.fields.iter().any(|changed| changed == name),
        (None, Some(SyncValue::Deleted)) => entry.action.ends_with(".delete"),
        (None, _) => field == SyncFieldName::Existence && !entry.fields.is_empty(),
    };
    let entry = entries.iter().find(is_about)?;
    let who = Some(entry.who.clone()).filter(|who| !who.is_empty());
    Some(SyncTrace { who, at: Some(entry.at), of_whole: false })
}

/// A field's name in both logs; `None` where it is more than one field.
fn column(field: SyncFieldName) -> Option<&'static str> {
    Some(match field {
        SyncFieldName::DisplayName => "display_name",
        SyncFieldName::ModelName => "model_name",
        SyncFieldName::Description => "description",
        SyncFieldName::IsActive => "is_active",
        SyncFieldName::DailyTokenLimit => "daily_token_limit",
        SyncFieldName::MonthlyTokenLimit => "monthly_token_limit",
        SyncFieldName::BaseUrl => "base_url",
        SyncFieldName::AllowInsecureHttp => "allow_insecure_http",
        SyncFieldName::Holder | SyncFieldName::Existence => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(at: i64, who: &str, action: &str, fields: &[&str]) -> Entry {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        Entry { at: Timestamp(at), who: who.to_owned(), action: action.to_owned(), fields }
    }

    #[test]
    fn the_newest_change_of_a_field_tells_who_and_a_change_of_another_one_does_not() {
        let entries = [
            entry(3, "eve", "provider.update", &["model_name"]),
            entry(2, "bob", "provider.update", &["description", "daily_token_limit"]),
            entry(1, "ann", "provider.create", &["description"]),
        ];
        let by = |field| trace(&entries, field, None).map(|trace| (trace.who.unwrap(), trace.at.unwrap().0));
        assert_eq!(by(SyncFieldName::Description), Some(("bob".to_owned(), 2)));
        assert_eq!(by(SyncFieldName::ModelName), Some(("eve".to_owned(), 3)));
        assert_eq!(by(SyncFieldName::BaseUrl), None);
    }

    #[test]
    fn who_deleted_something_is_told_by_the_deletion() {
        let entries =
            [entry(2, "bob", "provider.delete", &[]), entry(1, "ann", "provider.update", &["description"])];
        let gone = trace(&entries, SyncFieldName::Existence, Some(&SyncValue::Deleted)).unwrap();
        assert_eq!(gone.who.as_deref(), Some("bob"));
        let there = trace(&entries, SyncFieldName::Existence, Some(&SyncValue::There)).unwrap();
        assert_eq!(there.who.as_deref(), Some("ann"));
    }
}
