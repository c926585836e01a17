//! Lists and objects whose parts stay as they are written. Both are bounded while they are read.

use std::fmt;

use model::import::ROW_LIMIT;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

/// Members of one object.
const MEMBERS: usize = 512;
const TOO_LONG: &str = "the list is too long";

/// Whether a list was refused for its length.
pub(crate) fn is_too_long(error: &serde_json::Error) -> bool {
    error.to_string().starts_with(TOO_LONG)
}

/// Elements of a list.
pub(crate) struct Elements<'a>(pub(crate) Vec<&'a RawValue>);
/// Members of an object, in their order.
pub(crate) struct Members<'a>(pub(crate) Vec<(String, &'a RawValue)>);

struct List;
struct Object;

impl<'de> Deserialize<'de> for Elements<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(List)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object)
    }
}

impl<'de> Visitor<'de> for List {
    type Value = Elements<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            if elements.len() == ROW_LIMIT {
                return Err(A::Error::custom(TOO_LONG));
            }
            elements.push(element);
        }
        Ok(Elements(elements))
    }
}

impl<'de> Visitor<'de> for Object {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = object.next_entry()? {
            if members.len() == MEMBERS {
                return Err(A::Error::custom(TOO_LONG));
            }
            members.push(member);
        }
        Ok(Members(members))
    }
}
