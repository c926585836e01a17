//! The JSON within, as docs/SECURITY.md has it. Unknown members are refused: what this version does not know it cannot show,
//! and what is not shown must not be imported.

use std::collections::HashSet;

use model::{ProviderDraft, ProviderType, Secret, Timestamp, draft::KEY_LIMIT, limits::CallSettings};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::MOST;

const FORMAT: u32 = 1;
const KIND: &str = "signalbox configurations";

/// What a file holds.
pub struct Shared {
    /// When it was written, by the clock of whoever did.
    pub made_at: Timestamp,
    /// In the order of the file.
    pub configurations: Vec<Configuration>,
}

/// A configuration on its way. No `Debug`: its key is nobody's to read.
pub struct Configuration {
    /// Its identity in the vault that it comes from.
    pub id: Uuid,
    /// Its fields, checked by nobody yet. It is never the default, and has no tasks.
    pub draft: ProviderDraft,
    /// Its key, if it has one.
    pub key: Option<Secret>,
    /// When a person entered the key.
    pub key_entered_at: Option<Timestamp>,
}

/// Why that is no list of configurations. Nothing of it is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlainError {
    /// Something else was sealed, or by a program that writes it otherwise.
    #[error("there are no configurations of Signalbox in this file")]
    Other,
    /// A later version wrote it.
    #[error("a newer version of Signalbox wrote this file")]
    TooNew,
    /// None, or more than [`MOST`].
    #[error("this file has no configurations, or too many")]
    Count,
    /// Two of them have one identity or one name.
    #[error("this file names a configuration twice")]
    Twice,
}

#[derive(Serialize)]
struct Written<'a> {
    format: u32,
    kind: &'a str,
    made_at: Timestamp,
    configurations: Vec<WrittenOne<'a>>,
}

#[derive(Serialize)]
struct WrittenOne<'a> {
    id: Uuid,
    provider_type: ProviderType,
    display_name: &'a str,
    base_url: &'a str,
    allow_insecure_http: bool,
    model_name: &'a str,
    description: &'a str,
    is_active: bool,
    daily_token_limit: Option<u64>,
    monthly_token_limit: Option<u64>,
    calls: &'a CallSettings,
    api_key: Option<&'a str>,
    key_entered_at: Option<Timestamp>,
}

/// What is looked at before anything else is.
#[derive(Deserialize)]
struct Head {
    format: u32,
    kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(rename = "format")]
    _format: u32,
    #[serde(rename = "kind")]
    _kind: String,
    made_at: Timestamp,
    configurations: Vec<ReadOne>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadOne {
    id: Uuid,
    provider_type: ProviderType,
    display_name: String,
    base_url: String,
    allow_insecure_http: bool,
    model_name: String,
    description: String,
    is_active: bool,
    daily_token_limit: Option<u64>,
    monthly_token_limit: Option<u64>,
    calls: CallSettings,
    api_key: Option<Secret>,
    key_entered_at: Option<Timestamp>,
}

/// The JSON of configurations.
pub fn write(shared: &Shared) -> Zeroizing<Vec<u8>> {
    let written = Written {
        format: FORMAT,
        kind: KIND,
        made_at: shared.made_at,
        configurations: shared.configurations.iter().map(WrittenOne::of).collect(),
    };
    // Once, and large enough: growing would leave copies of keys behind.
    let room = shared.configurations.iter().map(Configuration::room).sum::<usize>() + 200;
    let mut plain = Zeroizing::new(Vec::with_capacity(room));
    // Text, numbers and names of variants: nothing of this can fail, and an empty file would not open again.
    let _ = serde_json::to_writer(&mut *plain, &written);
    plain
}

/// The configurations of such JSON.
///
/// # Errors
/// See [`PlainError`].
pub fn read(plain: &[u8]) -> Result<Shared, PlainError> {
    let head: Head = serde_json::from_slice(plain).map_err(|_| PlainError::Other)?;
    match (head.kind.as_str(), head.format) {
        (KIND, FORMAT) => {}
        (KIND, later) if later > FORMAT => return Err(PlainError::TooNew),
        _ => return Err(PlainError::Other),
    }
    let read: Read = serde_json::from_slice(plain).map_err(|_| PlainError::Other)?;
    if read.configurations.is_empty() || read.configurations.len() > MOST {
        return Err(PlainError::Count);
    }
    let configurations: Vec<Configuration> = read.configurations.into_iter().map(ReadOne::into_one).collect();
    // The nil UUID is the record of the vault's own fields.
    if configurations.iter().any(|one| one.id.is_nil() || one.is_too_long()) {
        return Err(PlainError::Other);
    }
    let (mut ids, mut names) = (HashSet::new(), HashSet::new());
    for one in &configurations {
        if !ids.insert(one.id) || !names.insert(one.draft.display_name.trim().to_lowercase()) {
            return Err(PlainError::Twice);
        }
    }
    Ok(Shared { made_at: read.made_at, configurations })
}

impl Configuration {
    fn room(&self) -> usize {
        let texts =
            [&self.draft.display_name, &self.draft.base_url, &self.draft.model_name, &self.draft.description];
        let key = self.key.as_ref().map_or(0, |key| key.expose().len());
        // A character takes six at most in JSON, `\u0000`.
        2_000 + 6 * (key + texts.map(String::len).iter().sum::<usize>())
    }

    fn is_too_long(&self) -> bool {
        self.key.as_ref().is_some_and(|key| key.expose().len() > KEY_LIMIT)
    }
}

impl<'a> WrittenOne<'a> {
    fn of(one: &'a Configuration) -> Self {
        let draft = &one.draft;
        Self {
            id: one.id,
            provider_type: draft.provider_type,
            display_name: &draft.display_name,
            base_url: &draft.base_url,
            allow_insecure_http: draft.allow_insecure_http,
            model_name: &draft.model_name,
            description: &draft.description,
            is_active: draft.is_active,
            daily_token_limit: draft.daily_token_limit,
            monthly_token_limit: draft.monthly_token_limit,
            calls: &draft.calls,
            api_key: one.key.as_ref().map(Secret::expose),
            key_entered_at: one.key_entered_at,
        }
    }
}

impl ReadOne {
    fn into_one(self) -> Configuration {
        Configuration {
            id: self.id,
            draft: ProviderDraft {
                provider_type: self.provider_type,
                base_url: self.base_url,
                allow_insecure_http: self.allow_insecure_http,
                model_name: self.model_name,
                display_name: self.display_name,
                description: self.description,
                is_active: self.is_active,
                is_default: false,
                tasks: Vec::new(),
                daily_token_limit: self.daily_token_limit,
                monthly_token_limit: self.monthly_token_limit,
                calls: self.calls,
            },
            key: self.api_key.filter(|key| !key.is_empty()),
            key_entered_at: self.key_entered_at,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;

    pub(crate) fn one(number: u128) -> Configuration {
        Configuration {
            id: Uuid::from_u128(number),
            draft: ProviderDraft {
                model_name: "gpt-6-sol".into(),
                display_name: format!("OpenAI \"{number}\""),
                daily_token_limit: Some(5),
                ..ProviderDraft::new(ProviderType::OpenAi)
            },
            key: Some(Secret::new("test-openai-key-0001")),
            key_entered_at: Some(Timestamp(7)),
        }
    }

    fn plain() -> Value {
        let shared = Shared { made_at: Timestamp(3), configurations: vec![one(1), one(2)] };
        serde_json::from_slice(&write(&shared)).unwrap()
    }

    fn refused(change: impl FnOnce(&mut Value)) -> Option<PlainError> {
        let mut value = plain();
        change(&mut value);
        read(value.to_string().as_bytes()).err()
    }

    #[test]
    fn what_was_written_is_read_as_it_was() {
        let read = read(plain().to_string().as_bytes()).ok().unwrap();
        let (was, is) = (one(2), &read.configurations[1]);
        assert_eq!((read.made_at, read.configurations.len()), (Timestamp(3), 2));
        assert_eq!((is.id, &is.draft, is.key_entered_at), (was.id, &was.draft, was.key_entered_at));
        assert_eq!(is.key.as_ref().unwrap().expose(), was.key.unwrap().expose());
    }

    #[test]
    fn no_buffer_grows_while_keys_are_written_into_it() {
        let mut long = one(1);
        long.key = Some(Secret::new("\u{1}".repeat(KEY_LIMIT)));
        long.draft.description = "\u{1}".repeat(2_000);
        let plain = write(&Shared { made_at: Timestamp(3), configurations: vec![long] });
        assert!(plain.len() <= 2_200 + 6 * (KEY_LIMIT + 2_000 + 200) && plain.capacity() >= plain.len());
    }

    #[test]
    fn unknown_members_are_refused_at_every_depth() {
        assert_eq!(refused(|value| value["more"] = json!(1)), Some(PlainError::Other));
        assert_eq!(
            refused(|value| value["configurations"][1]["is_default"] = json!(true)),
            Some(PlainError::Other)
        );
        assert_eq!(
            refused(|value| value["configurations"][1]["tasks"] = json!(["extraction"])),
            Some(PlainError::Other)
        );
        assert_eq!(
            refused(|value| value["configurations"][1]["calls"]["more"] = json!(1)),
            Some(PlainError::Other)
        );
        assert_eq!(refused(|_| ()), None);
    }

    #[test]
    fn later_versions_other_kinds_and_wrong_numbers_of_them_are_told_apart() {
        assert_eq!(refused(|value| value["format"] = json!(2)), Some(PlainError::TooNew));
        assert_eq!(refused(|value| value["format"] = json!(0)), Some(PlainError::Other));
        assert_eq!(refused(|value| value["kind"] = json!("bundle")), Some(PlainError::Other));
        assert_eq!(refused(|value| value["configurations"] = json!([])), Some(PlainError::Count));
        let twice =
            |value: &mut Value| value["configurations"][1]["id"] = value["configurations"][0]["id"].clone();
        assert_eq!(refused(twice), Some(PlainError::Twice));
        let named = |value: &mut Value| value["configurations"][1]["display_name"] = json!("OPENAI \"1\" ");
        assert_eq!(refused(named), Some(PlainError::Twice));
        let nil = |value: &mut Value| value["configurations"][1]["id"] = json!(Uuid::nil());
        assert_eq!(refused(nil), Some(PlainError::Other));
        let long =
            |value: &mut Value| value["configurations"][1]["api_key"] = json!("k".repeat(KEY_LIMIT + 1));
        assert_eq!(refused(long), Some(PlainError::Other));
    }

    #[test]
    fn deep_json_and_what_is_no_json_are_refused() {
        for wrong in [
            "",
            "[",
            &"[".repeat(100_000),
            &r#"{"format":"#.repeat(10_000),
            "{\"format\":1}",
            "null",
            "\u{0}",
        ] {
            assert_eq!(read(wrong.as_bytes()).err(), Some(PlainError::Other), "{wrong:.20}");
        }
    }
}
