//! Whose calls they are: the vendor, by its name or by the model's.

use std::collections::HashMap;

use model::ProviderType;

use crate::value::Wrong;

/// More vendors and models than any export has.
const SOURCES: usize = 500;

/// Calls of one vendor and model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What a mapping calls it.
    pub key: String,
    /// The vendor as the file names it.
    pub provider: Option<String>,
    /// A configuration's number as the file has it.
    pub configuration: Option<i64>,
    /// The model as the file names it.
    pub model: Option<String>,
    /// The vendor, as far as the names tell.
    pub provider_type: ProviderType,
    /// How many calls.
    pub calls: u64,
}

type Named = (Option<String>, Option<i64>, Option<String>);

/// The sources that were met, each once.
#[derive(Default)]
pub(crate) struct Sources {
    places: HashMap<Named, usize>,
    pub(crate) all: Vec<Source>,
}

impl Sources {
    /// The place of a call's source.
    pub(crate) fn place(&mut self, named: Named) -> Result<usize, Wrong> {
        if let Some(place) = self.places.get(&named) {
            return Ok(*place);
        }
        if self.all.len() == SOURCES {
            return Err(Wrong(
                "the file has more than 500 vendors and models",
                "Map another column as the model.",
            ));
        }
        let (provider, configuration, model) = named.clone();
        self.all.push(Source {
            key: serde_json::to_string(&named).unwrap_or_default(),
            provider_type: provider_type(provider.as_deref(), model.as_deref()),
            provider,
            configuration,
            model,
            calls: 0,
        });
        self.places.insert(named, self.all.len() - 1);
        Ok(self.all.len() - 1)
    }

    pub(crate) fn count(&mut self, place: usize) {
        if let Some(source) = self.all.get_mut(place) {
            source.calls += 1;
        }
    }
}

/// The vendor's own name decides; a model's name only where there is none.
fn provider_type(provider: Option<&str>, model: Option<&str>) -> ProviderType {
    let lower = |text: &str| text.to_ascii_lowercase();
    if let Some(provider) = provider.map(lower) {
        return match provider.as_str() {
            "openai" => ProviderType::OpenAi,
            "claude" | "anthropic" => ProviderType::Claude,
            "gemini" | "google" | "google_ai_studio" | "vertex_ai" => ProviderType::Gemini,
            _ => ProviderType::OpenAiCompatible,
        };
    }
    let model = model.map(lower).unwrap_or_default();
    let name = model.rsplit('/').next().unwrap_or_default();
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
    if begins(&["gpt-", "chatgpt-", "o1", "o3", "o4", "text-embedding-"]) {
        ProviderType::OpenAi
    } else if begins(&["claude"]) {
        ProviderType::Claude
    } else if begins(&["gemini"]) {
        ProviderType::Gemini
    } else {
        ProviderType::OpenAiCompatible
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendors_name_goes_before_the_models() {
        for (provider, model, expected) in [
            (Some("OpenAI"), None, ProviderType::OpenAi),
            (Some("azure"), Some("gpt-4o"), ProviderType::OpenAiCompatible),
            (None, Some("gpt-4o"), ProviderType::OpenAi),
            (None, Some("anthropic/claude-opus-5-5"), ProviderType::Claude),
            (None, Some("gemini/gemini-2.5-flash"), ProviderType::Gemini),
            (None, Some("llama3"), ProviderType::OpenAiCompatible),
            (None, None, ProviderType::OpenAiCompatible),
        ] {
            assert_eq!(provider_type(provider, model), expected, "{provider:?} {model:?}");
        }
    }
}
