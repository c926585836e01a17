//! Names that mean nothing, and what may have been meant.

/// A name that means nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Unknown {
    /// As it was written; only what looks like a name, because a secret may stand in its place.
    pub(crate) name: String,
    pub(crate) nearest: Option<String>,
}

impl Unknown {
    /// From serde's own words for `deny_unknown_fields`: "unknown field `a`, expected one of `b`, `c`".
    pub(crate) fn of(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("unknown field `")?;
        let (name, known) =
            rest.rsplit_once("`, expected ").or_else(|| Some((rest.split('`').next()?, "")))?;
        let known = known.split('`').skip(1).step_by(2);
        let nearest = providers::nearest(name, known, 1).pop();
        let is_name = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let name = if is_name { name.to_owned() } else { "a field".to_owned() };
        Some(Self { name, nearest })
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "read for its fields' names alone")]
    struct Asked {
        model_name: Option<String>,
        is_active: Option<bool>,
    }

    fn of(json: &str) -> Option<Unknown> {
        Unknown::of(&serde_json::from_str::<Asked>(json).unwrap_err().to_string())
    }

    #[test]
    fn the_nearest_known_name_is_found_in_serdes_words() {
        let found = of(r#"{"modle_name": 1}"#).unwrap();
        assert_eq!((found.name.as_str(), found.nearest.as_deref()), ("modle_name", Some("model_name")));
        assert_eq!(of(r#"{"zzz": 1}"#).unwrap().nearest, None);
    }

    #[test]
    fn a_key_in_the_place_of_a_name_is_not_quoted() {
        assert_eq!(of(r#"{"sk-CANARY-1": 1}"#).unwrap().name, "a field");
    }
}
