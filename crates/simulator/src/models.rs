//! The models on offer: those of the bundled catalogue, and some that are no chat models, as in the real lists.

use std::sync::LazyLock;

use model::{Catalog, CatalogModel, ProviderType};

/// Listed by OpenAI and useless for chat.
pub(crate) const OPENAI_OTHERS: [&str; 5] =
    ["text-embedding-3-small", "whisper-1", "gpt-image-1", "tts-1", "omni-moderation-latest"];

/// Listed by Gemini with other methods than `generateContent`.
pub(crate) const GEMINI_OTHERS: [(&str, &str); 3] = [
    ("gemini-embedding-001", "embedContent"),
    ("imagen-4.0-generate-001", "predict"),
    ("aqa", "generateAnswer"),
];

/// What a local server might have.
pub(crate) const COMPATIBLE: [&str; 7] = [
    "deepseek-chat",
    "llama3.2:latest",
    "mistral-small:24b",
    "nomic-embed-text:latest",
    "openai/gpt-oss-20b",
    "qwen3-32b-instruct",
    "qwen3:8b",
];

/// The catalogue's models of one vendor, in its order. Empty only if the bundled file were broken.
pub(crate) fn of(provider_type: ProviderType) -> impl Iterator<Item = &'static CatalogModel> {
    static CATALOG: LazyLock<Option<Catalog>> = LazyLock::new(|| Catalog::bundled().ok());
    CATALOG.iter().flat_map(move |catalog| catalog.of_type(provider_type))
}

/// The catalogue's model of exactly this name.
pub(crate) fn find(provider_type: ProviderType, name: &str) -> Option<&'static CatalogModel> {
    of(provider_type).find(|model| model.model_name == name)
}

/// `gpt-4o-mini-2024-07-18` for `gpt-4o-mini`: the name under which OpenAI answers. Any other name stands for itself.
pub(crate) fn snapshot(name: &str) -> &str {
    let is_date =
        |date: &str| date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    of(ProviderType::OpenAi)
        .map(|model| model.model_name.as_str())
        .find(|dated| dated.strip_prefix(name).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_date))
        .unwrap_or(name)
}

/// Claude's models without the names that are mere aliases of a dated one: its list holds no aliases.
pub(crate) fn of_claude() -> Vec<&'static CatalogModel> {
    of(ProviderType::Claude).filter(|model| dated(&model.model_name).is_none()).collect()
}

/// `claude-haiku-4-5-20251001` for `claude-haiku-4-5`.
pub(crate) fn dated(alias: &str) -> Option<&'static str> {
    of(ProviderType::Claude).map(|model| model.model_name.as_str()).find(|name| {
        let date = name.strip_prefix(alias).and_then(|rest| rest.strip_prefix('-'));
        date.is_some_and(|date| date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openai_answers_under_a_dated_name() {
        assert_eq!(snapshot("gpt-4o-mini"), "gpt-4o-mini-2024-07-18");
        assert_eq!(snapshot("gpt-6-luna"), "gpt-6-luna");
        assert_eq!(snapshot("gpt-5"), "gpt-5-2025-08-07");
    }

    #[test]
    fn claudes_list_has_the_dated_name_and_not_its_alias() {
        let names: Vec<&str> = of_claude().iter().map(|model| model.model_name.as_str()).collect();
        assert!(names.contains(&"claude-haiku-4-5-20251001") && names.contains(&"claude-opus-5-5"));
        assert!(!names.contains(&"claude-haiku-4-5"));
        assert_eq!(dated("claude-haiku-4-5"), Some("claude-haiku-4-5-20251001"));
        assert_eq!(dated("claude-opus-5-5"), None);
    }
}
