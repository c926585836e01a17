//! Reading a request's JSON straight into its type. A mistake is looked for a second time with the path written down,
//! so that good requests do not pay for it.

use std::fmt::Write as _;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error, SeqAccess, Visitor, value::SeqAccessDeserializer},
};
use serde_json::{Value, json};

use super::fault::Fault;

/// Fields that were not understood are named to the caller, but not without end.
const MOST_IGNORED: usize = 400;

/// A text, or a list of parts: the vendors take either in many places.
#[derive(Debug)]
pub(crate) enum TextOr<P> {
    Text(String),
    Parts(Vec<P>),
}

impl<P> TextOr<P> {
    pub(crate) fn into_parts(self, text: impl FnOnce(String) -> P) -> Vec<P> {
        match self {
            Self::Text(one) => vec![text(one)],
            Self::Parts(parts) => parts,
        }
    }
}

impl<'de, P: Deserialize<'de>> Deserialize<'de> for TextOr<P> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<P>(std::marker::PhantomData<P>);
        impl<'de, P: Deserialize<'de>> Visitor<'de> for Either<P> {
            type Value = TextOr<P>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text or a list")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<TextOr<P>, E> {
                Ok(TextOr::Text(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<TextOr<P>, E> {
                Ok(TextOr::Text(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<TextOr<P>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(list)).map(TextOr::Parts)
            }
        }
        deserializer.deserialize_any(Either(std::marker::PhantomData))
    }
}

/// A request, and the paths of fields in it that mean nothing to this gateway, separated by commas.
pub(crate) struct Read<T> {
    pub(crate) request: T,
    pub(crate) ignored: String,
}

/// Reads a body.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<Read<T>, Fault> {
    // A list of values would be read as if they were an object's.
    if body.trim_ascii_start().starts_with(b"[") {
        let advice = "Send one JSON object of the documented shape.";
        return Err(Fault::bad("body", "the body is no JSON object", advice));
    }
    let mut ignored = String::new();
    let mut reader = serde_json::Deserializer::from_slice(body);
    let request = serde_ignored::deserialize(&mut reader, |path| note(&mut ignored, &path));
    match request.and_then(|request| reader.end().map(|()| request)) {
        Ok(request) => Ok(Read { request, ignored }),
        Err(_) => Err(mistake::<T>(body)),
    }
}

fn note(ignored: &mut String, path: &serde_ignored::Path<'_>) {
    if ignored.len() >= MOST_IGNORED {
        return;
    }
    let comma = if ignored.is_empty() { "" } else { ", " };
    let mut name = String::new();
    // The name stands in a header later.
    let written = write!(name, "{path}");
    if written.is_ok() && name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_graphic()) {
        ignored.push_str(comma);
        ignored.push_str(&name.replace(".?", ""));
    }
}

fn mistake<T: DeserializeOwned>(body: &[u8]) -> Fault {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let error = match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Ok(_) => return Fault::bad("body", "there is more after the JSON", "Send one JSON object."),
        Err(error) => error,
    };
    let path = error.path().to_string();
    let inner = error.into_inner();
    let text = inner.to_string();
    if !inner.is_data() {
        let what = match text.starts_with("recursion limit") {
            true => "the JSON is nested too deep".to_owned(),
            false => format!("the body is no JSON from line {}, column {} on", inner.line(), inner.column()),
        };
        return Fault::bad("body", what, "Send one JSON object of the documented shape.");
    }
    if let Some(fault) = unknown(&path, &text) {
        return fault;
    }
    // Of the reader's own words only the name of a missing field is used: others quote what was sent.
    let missing = text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    match missing {
        Some(name) => {
            let field = if path == "." { name.to_owned() } else { format!("{path}.{name}") };
            Fault::bad(field, format!("{name} is missing"), "Send this field.")
        }
        None => Fault::bad(
            path,
            "this field holds another kind of value than it may",
            "See the API's description.",
        ),
    }
}

/// A field that there is not, where others than those that there are refuse a request: "unknown field `a`, expected one of `b`, `c`".
fn unknown(path: &str, text: &str) -> Option<Fault> {
    let (name, known) = text.strip_prefix("unknown field `")?.rsplit_once("`, expected ")?;
    let nearest = providers::nearest(name, known.split('`').skip(1).step_by(2), 1).pop();
    let advice =
        nearest.map_or("See the API's description.".to_owned(), |near| format!("Did you mean {near}?"));
    Some(Fault::bad(path, "there is no such field", advice))
}

/// Arguments as an object; a model that wrote something else gets to see it in the next turn.
pub(crate) fn arguments(json_text: &str) -> Value {
    match serde_json::from_str(json_text) {
        Ok(Value::Object(object)) => Value::Object(object),
        Ok(_) | Err(_) if json_text.trim().is_empty() => json!({}),
        Ok(other) => json!({ "value": other }),
        Err(_) => json!({ "invalid_json": json_text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Outer {
        name: String,
        list: TextOr<Inner>,
        extra: Option<Value>,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        number: u8,
    }

    fn fault(body: &str) -> Fault {
        read::<Outer>(body.as_bytes()).map(|read| read.request).unwrap_err()
    }

    #[test]
    fn fields_that_mean_nothing_are_named() {
        let read = read::<Outer>(br#"{"name":"a","list":[{"number":1,"seed":2}],"top_p":1,"\n":0}"#).unwrap();
        assert_eq!(read.ignored, "list.0.seed, top_p");
        assert_eq!((read.request.name.as_str(), read.request.extra), ("a", None));
        let TextOr::Parts(parts) = read.request.list else { panic!("not a list") };
        assert_eq!(parts[0].number, 1);
    }

    #[test]
    fn a_mistake_is_told_with_its_path_and_without_its_value() {
        let wrong = fault(r#"{"name":"a","list":[{"number":1},{"number":"sk-secret"}]}"#);
        assert_eq!(wrong.field.as_deref(), Some("list[1].number"));
        assert!(!wrong.sentences().contains("secret"));
        assert_eq!(fault(r#"{"name":"a","list":[{}]}"#).field.as_deref(), Some("list[0].number"));
        assert_eq!(fault(r#"{"list":"a"}"#).sentences(), "Name is missing. Send this field.");
    }

    #[test]
    fn a_field_that_there_is_not_is_refused_with_the_nearest_where_fields_are_strict() {
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Strict {
            #[expect(dead_code, reason = "read for its name alone")]
            text: String,
        }
        let fault = |body: &str| read::<Strict>(body.as_bytes()).map(|_| ()).unwrap_err();
        assert_eq!(fault(r#"{"txt":"a"}"#).sentences(), "There is no such field. Did you mean text?");
        assert_eq!(fault(r#"{"txt":"a"}"#).field.as_deref(), Some("txt"));
        assert_eq!(fault(r#"{"sk-secret-key":"a"}"#).message, "there is no such field");
        assert_eq!(fault("[\"a\"]").field.as_deref(), Some("body"));
    }

    #[test]
    fn broken_deep_and_trailing_json_are_refused() {
        assert!(fault("{\"name\":").message.starts_with("the body is no JSON from line 1"));
        let deep = |field: &str| {
            let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
            format!(r#"{{"name":"a","list":"a","{field}":{nested}}}"#)
        };
        assert_eq!(fault(&deep("extra")).message, "the JSON is nested too deep");
        assert!(read::<Outer>(deep("unknown").as_bytes()).is_ok_and(|read| read.ignored == "unknown"));
        assert_eq!(fault(r#"{"name":"a","list":"a"} x"#).message, "there is more after the JSON");
    }

    #[test]
    fn arguments_are_always_an_object() {
        assert_eq!(arguments(""), json!({}));
        assert_eq!(arguments("[1]"), json!({"value": [1]}));
        assert_eq!(arguments("{\"a\":"), json!({"invalid_json": "{\"a\":"}));
    }
}
