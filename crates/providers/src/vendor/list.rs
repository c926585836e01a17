//! Lists of models as OpenAI started them and most others took them over.

use std::{fmt, marker::PhantomData};

use model::draft::MODEL_LIMIT;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};

use crate::exchange::ListedModel;

/// Most entries kept of one list.
pub(crate) const ENTRY_LIMIT: usize = 20_000;

/// An entry without an id is skipped, not an error: one odd model must not hide the others.
#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    id: Option<String>,
}

#[derive(Deserialize)]
struct Data {
    #[serde(deserialize_with = "bounded")]
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Array(#[serde(deserialize_with = "bounded")] Vec<Entry>);

/// The models of `{"data":[{"id":…}]}`; `None` when it is something else.
pub(super) fn of_data(body: &[u8]) -> Option<Vec<ListedModel>> {
    serde_json::from_slice::<Data>(body).ok().map(|list| models(list.data))
}

/// The models of a bare `[{"id":…}]`, as some gateways answer.
pub(super) fn of_array(body: &[u8]) -> Option<Vec<ListedModel>> {
    serde_json::from_slice::<Array>(body).ok().map(|list| models(list.0))
}

/// The model of `{"id":…}`.
pub(super) fn one(body: &[u8]) -> Option<ListedModel> {
    models(vec![serde_json::from_slice(body).ok()?]).pop()
}

fn models(entries: Vec<Entry>) -> Vec<ListedModel> {
    let names = entries.into_iter().filter_map(|entry| entry.id).filter(|name| is_sound(name));
    names.map(|name| ListedModel { name, generates: true }).collect()
}

/// Whether a name could be entered in the form, too: nothing else is worth suggesting.
pub(super) fn is_sound(name: &str) -> bool {
    !name.is_empty() && model::text::check(name, MODEL_LIMIT, false).is_ok()
}

/// Reads a list, and keeps no more of it than [`ENTRY_LIMIT`] entries: 8 MiB of text can hold a million.
pub(super) fn bounded<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_seq(Bounded(PhantomData))
}

struct Bounded<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Bounded<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of models")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut entries = Vec::new();
        while entries.len() < ENTRY_LIMIT {
            match list.next_element()? {
                Some(entry) => entries.push(entry),
                None => return Ok(entries),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_entries_are_kept_than_any_vendor_has() {
        let body = format!("[{}]", vec![r#"{"id":"m"}"#; ENTRY_LIMIT + 5].join(","));
        assert_eq!(of_array(body.as_bytes()).unwrap().len(), ENTRY_LIMIT);
        assert_eq!(of_data(format!(r#"{{"data":{body}}}"#).as_bytes()).unwrap().len(), ENTRY_LIMIT);
        assert_eq!(of_array(b"[]"), Some(Vec::new()));
        assert_eq!(of_array(br#"[{"id":"m"}"#), None);
    }
}
