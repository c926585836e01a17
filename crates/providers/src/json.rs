//! JSON that borrows: what is said to a vendor is written from the request's own texts, and what a vendor says is
//! read from its own bytes. `serde_json::Value` copies each text and name, and sorts them, for every call anew.

use std::{borrow::Cow, fmt, ops::Index};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};
use serde_json::{Number, Value};

/// A value whose texts belong to someone else wherever they can.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Json<'a> {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Self>),
    /// In the order in which it was written. Of a name that stands twice, the last counts.
    Object(Vec<(Cow<'a, str>, Self)>),
    /// Somebody's own, passed on as it is.
    Own(&'a Value),
    /// A changed copy of such.
    Made(Box<Value>),
}

/// An object of these fields.
pub(crate) fn object<'a, const N: usize>(fields: [(&'static str, Json<'a>); N]) -> Json<'a> {
    // With room for what is set later.
    let mut all = Vec::with_capacity(N + 4);
    all.extend(fields.map(|(name, value)| (Cow::Borrowed(name), value)));
    Json::Object(all)
}

const NULL: &Json<'static> = &Json::Null;
/// Fields of most objects that vendors send: room for them is made once.
const USUAL_FIELDS: usize = 8;

impl<'a> Json<'a> {
    /// Adds a field to an object.
    pub(crate) fn set(&mut self, name: &'static str, value: impl Into<Self>) {
        if let Self::Object(fields) = self {
            fields.push((name.into(), value.into()));
        }
    }

    /// A field of an object, if it is there.
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// The first of a list.
    pub(crate) fn first(&self) -> Option<&Self> {
        self.as_list().first()
    }

    /// The values of a list; none of anything else.
    pub(crate) fn as_list(&self) -> &[Self] {
        if let Self::List(values) = self { values } else { &[] }
    }

    pub(crate) fn as_object(&self) -> Option<&[(Cow<'a, str>, Self)]> {
        if let Self::Object(fields) = self { Some(fields) } else { None }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn as_u64(&self) -> Option<u64> {
        if let Self::Number(number) = self { number.as_u64() } else { None }
    }

    pub(crate) fn as_f64(&self) -> Option<f64> {
        if let Self::Number(number) = self { number.as_f64() } else { None }
    }

    pub(crate) fn is_null(&self) -> bool {
        *self == Self::Null
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// About as many bytes as its text has, an eighth of each text for what has to be escaped.
    pub(crate) fn size(&self) -> usize {
        let of = |text: &str| text.len() + text.len() / 8 + 4;
        match self {
            Self::Text(text) => of(text),
            Self::List(values) => values.iter().map(Self::size).sum::<usize>() + 4,
            Self::Object(fields) => {
                fields.iter().map(|(name, value)| name.len() + 4 + value.size()).sum::<usize>() + 4
            }
            Self::Null | Self::Bool(_) | Self::Number(_) => 8,
            Self::Own(_) | Self::Made(_) => 256,
        }
    }

    /// Puts a field into an object, in place of the one that has its name.
    pub(crate) fn replace(&mut self, name: &str, value: Self) {
        let Self::Object(fields) = self else { return };
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => fields.push((name.to_owned().into(), value)),
        }
    }

    /// A copy that depends on nobody.
    pub(crate) fn owned(&self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(*value),
            Self::Number(number) => Json::Number(number.clone()),
            Self::Text(text) => text.clone().into_owned().into(),
            Self::List(values) => values.iter().map(Self::owned).collect(),
            Self::Object(fields) => Json::Object(
                fields
                    .iter()
                    .map(|(name, value)| (name.clone().into_owned().into(), value.owned()))
                    .collect(),
            ),
            Self::Own(value) => (*value).clone().into(),
            Self::Made(value) => Json::Made(value.clone()),
        }
    }

    /// The same for those who read `serde_json`'s.
    pub(crate) fn to_value(&self) -> Value {
        // Names are texts, so this cannot fail.
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl<'a> Index<&str> for Json<'a> {
    type Output = Self;

    /// [`Json::Null`] when it is not there.
    fn index(&self, name: &str) -> &Self {
        self.get(name).unwrap_or(NULL)
    }
}

/// Its text as JSON.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl<'a> From<&'a str> for Json<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Json<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Json<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a Value> for Json<'a> {
    fn from(value: &'a Value) -> Self {
        Self::Own(value)
    }
}

impl From<Value> for Json<'_> {
    fn from(value: Value) -> Self {
        Self::Made(value.into())
    }
}

impl<'a> From<&'a [String]> for Json<'a> {
    fn from(texts: &'a [String]) -> Self {
        Self::List(texts.iter().map(Self::from).collect())
    }
}

impl<'a> From<Vec<Self>> for Json<'a> {
    fn from(values: Vec<Self>) -> Self {
        Self::List(values)
    }
}

impl<'a> FromIterator<Self> for Json<'a> {
    fn from_iter<I: IntoIterator<Item = Self>>(values: I) -> Self {
        Self::List(values.into_iter().collect())
    }
}

impl From<bool> for Json<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Json<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for Json<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<f64> for Json<'_> {
    /// What is no number becomes null, as in `serde_json`.
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name.as_ref(), value)?;
                }
                map.end()
            }
            Self::Own(value) => value.serialize(serializer),
            Self::Made(value) => value.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(number.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(number.into())
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(text.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.to_owned().into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(USUAL_FIELDS);
        while let Some((Name(name), value)) = object.next_entry()? {
            fields.push((name, value));
        }
        Ok(Json::Object(fields))
    }
}

/// A field's name. `Cow` by itself never borrows.
pub(crate) struct Name<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Text(name) => Ok(Self(name)),
            _ => Err(D::Error::custom("a name that is no text")),
        }
    }
}

#[cfg(test)]
impl Json<'static> {
    /// What `serde_json` would have made of the same text.
    pub(crate) fn of(value: &Value) -> Self {
        serde_json::from_str::<Json<'_>>(&value.to_string()).unwrap().owned()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            prop::num::f64::NORMAL.prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a-c\\\"é]{0,3}", inner, 0..5)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_and_writes_what_serde_json_does(value in json()) {
            let text = value.to_string();
            let (ours, theirs): (Json<'_>, Value) =
                (serde_json::from_str(&text).unwrap(), serde_json::from_str(&text).unwrap());
            prop_assert_eq!(ours.to_string(), theirs.to_string());
            prop_assert_eq!(ours.to_value(), theirs);
        }
    }

    #[test]
    fn texts_without_escapes_are_not_copied() {
        let read: Json<'_> = serde_json::from_str(r#"{"a": "plain", "b": "a\nline"}"#).unwrap();
        assert!(matches!(&read["a"], Json::Text(Cow::Borrowed("plain"))));
        assert_eq!(read["b"].as_str(), Some("a\nline"));
        assert!(read["c"].is_null() && read["a"]["b"].is_null());
    }

    #[test]
    fn of_a_name_that_stands_twice_the_last_counts() {
        let read: Json<'_> = serde_json::from_str(r#"{"a": 1, "a": 2}"#).unwrap();
        assert_eq!(read["a"].as_u64(), Some(2));
        assert_eq!(read.to_value(), json!({"a": 2}));
    }

    #[test]
    fn the_room_for_a_request_is_about_what_it_takes() {
        for body in
            [json!({"a": [1, true, null, {"b": "c"}]}), json!({"text": "Say \"hello\".\n".repeat(1000)})]
        {
            let (takes, size) = (body.to_string().len(), Json::of(&body).size());
            assert!((takes * 9 / 10..takes * 3 + 16).contains(&size), "{takes} {size}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = "[".repeat(100_000);
        assert!(serde_json::from_str::<Json<'_>>(&deep).is_err());
    }
}
