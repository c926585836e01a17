//! What a base URL may have been meant to be.

use model::ProviderType;

use crate::BaseUrl;

/// Endings of a call's address, which people copy instead of the base.
const CALLS: [&str; 5] = ["/chat/completions", "/completions", "/responses", "/messages", "/models"];

/// An address that is more likely than the one entered, if there is one.
pub(super) fn better(provider_type: ProviderType, base_url: &BaseUrl) -> Option<String> {
    let text = base_url.as_str();
    let stem = CALLS.iter().find_map(|call| text.strip_suffix(call)).unwrap_or(text);
    let better = match provider_type {
        ProviderType::OpenAi | ProviderType::OpenAiCompatible => with_version(stem, "/v1"),
        ProviderType::Gemini => with_version(stem, "/v1beta"),
        ProviderType::Claude => stem.strip_suffix("/v1").unwrap_or(stem).to_owned(),
    };
    (better != text).then_some(better)
}

/// Versions such as `/v4` or `/v1beta/openai` are somebody's own: only a missing one is added.
fn with_version(stem: &str, version: &str) -> String {
    let is_version = |segment: &str| {
        segment.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if stem.split('/').any(is_version) { stem.to_owned() } else { format!("{stem}{version}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn better_of(provider_type: ProviderType, text: &str) -> Option<String> {
        better(provider_type, &BaseUrl::parse(text, provider_type, false).unwrap())
    }

    #[test]
    fn a_missing_version_is_added_and_a_calls_ending_removed() {
        use ProviderType::{Claude, Gemini, OpenAi, OpenAiCompatible};
        let cases = [
            (OpenAiCompatible, "http://localhost:11434", Some("http://localhost:11434/v1")),
            (OpenAiCompatible, "http://localhost:11434/v1", None),
            (OpenAiCompatible, "https://example.com/v1/chat/completions", Some("https://example.com/v1")),
            (OpenAiCompatible, "https://example.com/api/v4", None),
            (OpenAiCompatible, "https://example.com/v1beta/openai", None),
            (OpenAi, "https://api.openai.com", Some("https://api.openai.com/v1")),
            (
                Gemini,
                "https://generativelanguage.googleapis.com",
                Some("https://generativelanguage.googleapis.com/v1beta"),
            ),
            (Claude, "https://api.anthropic.com/v1/messages", Some("https://api.anthropic.com")),
            (Claude, "https://api.anthropic.com", None),
        ];
        for (kind, text, expected) in cases {
            assert_eq!(better_of(kind, text).as_deref(), expected, "{text}");
        }
    }
}
