//! A row of `ai_provider_configs`. What cannot be taken as it is becomes narrower and never wider: a key that does not open, or a limit
//! that is none, makes the configuration one that is off. What the target has stays: its default, and who holds which task.

use std::collections::HashSet;

use model::{
    ProviderDraft, ProviderId, ProviderType, Secret, TaskName, Timestamp,
    draft::{DESCRIPTION_LIMIT, NAME_LIMIT, TOKEN_LIMIT_MAX, check_key},
    text,
};
use providers::{BaseUrl, last_four};
use store::{Act, Change, ConfigOfSource, KeyChange, NewKey, Provider, SourceRow};
use uuid::Uuid;
use vault::{ForeignKeys, RootKey};

use super::values::{self, Reason, instant, truth};

const SWITCHES: [(&str, &str); 4] = [
    ("default_for_extraction", "extraction"),
    ("default_for_cv_draft", "cv_draft"),
    ("default_for_cover_letter", "cover_letter"),
    ("default_for_validation", "validation"),
];

/// What the target holds already, and what was given out meanwhile.
pub(super) struct Held {
    names: HashSet<String>,
    tasks: HashSet<TaskName>,
    has_default: bool,
}

impl Held {
    pub(super) fn of(providers: &[Provider]) -> Self {
        Self {
            names: providers.iter().map(|one| one.draft.display_name.to_lowercase()).collect(),
            tasks: providers.iter().flat_map(|one| one.draft.tasks.iter().cloned()).collect(),
            has_default: providers.iter().any(|one| one.draft.is_default),
        }
    }

    fn free_name(&mut self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        for number in 2.. {
            if self.names.insert(name.to_lowercase()) {
                break;
            }
            let end = format!(" ({number})");
            name = wanted.chars().take(NAME_LIMIT - end.len()).chain(end.chars()).collect();
        }
        name
    }
}

/// What every row is judged with.
pub(super) struct Judge<'a> {
    pub(super) source: &'a str,
    pub(super) keys: &'a ForeignKeys,
    pub(super) root: &'a RootKey,
    pub(super) act: &'a Act,
}

/// A row that can be written, with what became otherwise.
pub(super) struct Judged<'a> {
    pub(super) config: ConfigOfSource<'a>,
    pub(super) notes: Vec<&'static str>,
}

/// Type and model, which calls are booked under.
pub(super) fn kind(row: &SourceRow) -> Result<(ProviderType, String), Reason> {
    let kind = values::name(row.get("provider_type").unwrap_or_default());
    let kind: ProviderType = kind.parse().map_err(|_| "its provider_type is none that is known")?;
    Ok((kind, row.get("model_name").unwrap_or_default().trim().to_owned()))
}

impl<'a> Judge<'a> {
    pub(super) fn judge(&self, row: &SourceRow, held: &mut Held) -> Result<Judged<'a>, Reason> {
        let mut notes = Vec::new();
        let (provider_type, model_name) = kind(row)?;
        let mut draft = ProviderDraft {
            model_name,
            display_name: named(row, &mut notes),
            description: described(row, &mut notes),
            is_active: truth(row, "is_active")?,
            ..ProviderDraft::new(provider_type)
        };
        for (column, limit) in [
            ("daily_token_limit", &mut draft.daily_token_limit),
            ("monthly_token_limit", &mut draft.monthly_token_limit),
        ] {
            match values::count(row, column) {
                Ok(Some(0)) | Err(_) => {
                    notes.push("a limit of 0, or none that can be read: it is off and has no such limit");
                    draft.is_active = false;
                }
                Ok(given) => *limit = given.map(|given| given.min(TOKEN_LIMIT_MAX)),
            }
        }
        let key = self.key(row);
        if key.is_none() && provider_type.needs_key() {
            notes.push("its key does not open under the Fernet key: it has none, and is off");
            draft.is_active = false;
        }
        if truth(row, "is_default")? {
            draft.is_default = draft.is_active && !held.has_default;
            if !draft.is_default {
                notes.push("it is not the default: another one is, or it is off");
            }
        }
        for (column, task) in SWITCHES {
            let Some(task) = Some(task)
                .filter(|_| truth(row, column) == Ok(true))
                .and_then(|name| name.parse::<TaskName>().ok())
            else {
                continue;
            };
            if held.tasks.contains(&task) {
                notes.push("a task that it was the first for has another first one");
            } else {
                draft.tasks.push(task);
            }
        }
        let made_at = instant(row, "created_at")?.unwrap_or(Timestamp(0));
        let mut draft =
            draft.checked().map_err(|_| "its model's name is missing, too long, or has a blank")?;
        let base_url = BaseUrl::parse("", provider_type, false).map_err(|_| "its vendor has no address")?;
        draft.base_url = base_url.as_str().to_owned();
        // From here on it will be written.
        held.has_default |= draft.is_default;
        held.tasks.extend(draft.tasks.iter().cloned());
        let name = held.free_name(&draft.display_name);
        if name != draft.display_name {
            notes.push("its name was taken, and has a number behind it");
            draft.display_name = name;
        }
        let id = ProviderId(Uuid::now_v7());
        let key = key.map_or(KeyChange::Keep, |key| {
            let sealed = self.root.seal_key(id.0, base_url.as_str(), &key).0;
            KeyChange::Replace(NewKey { sealed, last_four: last_four(&key), entered_at: self.act.at })
        });
        let made_by = row.get("created_by_id").map_or_else(
            || "unknown".to_owned(),
            |user| format!("{}:{}", self.source, user.chars().take(40).collect::<String>()),
        );
        let change = Change { draft, key, test: None };
        let config = ConfigOfSource { source: self.source, row: row.id, made_at, made_by, id, change };
        Ok(Judged { config, notes })
    }

    fn key(&self, row: &SourceRow) -> Option<Secret> {
        let token = row.get("api_key_encrypted").filter(|token| !SourceRow::is_cut(token))?;
        let key = check_key(&self.keys.open(token)?).ok()?;
        (!key.is_empty()).then_some(key)
    }
}

fn named(row: &SourceRow, notes: &mut Vec<&'static str>) -> String {
    let name = row.get("display_name").unwrap_or_default();
    text::check(name, NAME_LIMIT, false).unwrap_or_else(|_| {
        notes.push("its name was too long, or had invisible characters: it has one made of type and model");
        String::new()
    })
}

fn described(row: &SourceRow, notes: &mut Vec<&'static str>) -> String {
    let notes_there: String =
        row.get("description").unwrap_or_default().chars().take(DESCRIPTION_LIMIT).collect();
    let whole = notes_there.len() == row.get("description").unwrap_or_default().len();
    let checked = text::check(&notes_there, DESCRIPTION_LIMIT, true);
    if !whole || checked.is_err() {
        notes.push("its notes were too long, or had invisible characters: they were cut, or left out");
    }
    checked.unwrap_or_default()
}
