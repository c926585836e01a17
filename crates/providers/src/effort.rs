//! How long each model can be told to think. Every vendor has its own scale, and each model a part of it.

use model::{CatalogModel, ProviderType, call::Effort};

use Effort::{High, Low, Max, Medium, Minimal, None as Not, Xhigh};

/// OpenAI's models that must think. Which of its levels each model has, the vendor says only when it refuses one, so that
/// all others are sent as they are asked for.
const OPENAI_ALWAYS: [&str; 2] = ["gpt-6.1", "gpt-6.2"];
/// Claude's models that think by a budget of tokens, by a part of their names.
const CLAUDE_BUDGET: [&str; 6] = ["claude-3", "-4-0", "-4-1", "-4-2025", "-4-5", "claude-2"];

/// The nearest effort that the model has; `None` when it cannot be told at all.
pub(crate) fn nearest(
    provider_type: ProviderType,
    name: &str,
    known: Option<&CatalogModel>,
    wanted: Effort,
) -> Option<Effort> {
    if known.is_some_and(|model| !model.capabilities.reasoning) {
        return None;
    }
    let any = [wanted];
    let levels: &[Effort] = match provider_type {
        ProviderType::OpenAiCompatible => return Some(wanted),
        ProviderType::OpenAi
            if wanted == Not && OPENAI_ALWAYS.iter().any(|start| name.starts_with(start)) =>
        {
            &[Low]
        }
        ProviderType::OpenAi => &any,
        ProviderType::Claude if claude_has_budget(name) => return Some(wanted),
        ProviderType::Claude if name.contains("-4-6") => &[Not, Low, Medium, High, Max],
        ProviderType::Claude => &[Not, Low, Medium, High, Xhigh, Max],
        ProviderType::Gemini if name.starts_with("gemini-2.5-pro") => &[Minimal, Low, Medium, High, Max],
        ProviderType::Gemini if name.starts_with("gemini-2.5") => &[Not, Minimal, Low, Medium, High],
        ProviderType::Gemini if name.contains("-pro") => &[Low, Medium, High],
        ProviderType::Gemini if is_old_gemini(name) => return None,
        ProviderType::Gemini => &[Minimal, Low, Medium, High],
    };
    // Of two that are as near, the longer: an answer that is too short-sighted costs more than one that took longer.
    levels.iter().copied().min_by_key(|level| ((*level as i8 - wanted as i8).abs(), -(*level as i8)))
}

/// Whether this model of Claude's thinks by a budget of tokens, and refuses an effort.
pub(crate) fn claude_has_budget(name: &str) -> bool {
    CLAUDE_BUDGET.iter().any(|part| name.contains(part))
}

/// The budget of an older model of Claude's: at most half of the output, so that some is left for the answer; `None`
/// where that is less than the API takes.
pub(crate) fn claude_budget(effort: Effort, max_output: u64) -> Option<u64> {
    let wanted: u64 = match effort {
        Not => return None,
        Minimal => 1024,
        Low => 2048,
        Medium => 8192,
        High => 16_384,
        Xhigh | Max => 32_768,
    };
    let budget = wanted.min(max_output / 2);
    (budget >= 1024).then_some(budget)
}

/// The budget of a model of Gemini 2.5. It is part of the output, so half of that is left for the answer.
pub(crate) fn gemini_budget(effort: Effort, max_output: u64) -> u64 {
    let wanted: u64 = match effort {
        Not => return 0,
        Minimal => 512,
        Low => 1024,
        Medium => 8192,
        High => 24_576,
        Xhigh | Max => 32_768,
    };
    // The least that every model with a budget takes.
    wanted.min(max_output / 2).max(512)
}

/// Before 2.5 there was no thinking.
fn is_old_gemini(name: &str) -> bool {
    ["gemini-1", "gemini-2.0", "gemma"].iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use model::Catalog;

    use super::*;

    #[test]
    fn the_nearest_effort_that_a_model_has_is_chosen() {
        use ProviderType::{Claude, Gemini, OpenAi};
        let cases = [
            (OpenAi, "gpt-5-mini", Max, Some(Max)),
            (OpenAi, "gpt-6-luna", Not, Some(Not)),
            (OpenAi, "gpt-6.1-sol", Not, Some(Low)),
            (OpenAi, "gpt-6.2-sol", Not, Some(Low)),
            (OpenAi, "gpt-6.2-sol", Minimal, Some(Minimal)),
            (OpenAi, "gpt-4o", High, None),
            (Claude, "claude-sonnet-4-6", Xhigh, Some(Max)),
            (Claude, "claude-opus-5-5", Minimal, Some(Low)),
            (Claude, "claude-haiku-4-5", Minimal, Some(Minimal)),
            (Gemini, "gemini-2.5-pro", Not, Some(Minimal)),
            (Gemini, "gemini-2.5-flash", Not, Some(Not)),
            (Gemini, "gemini-3.8-flash", Max, Some(High)),
            (Gemini, "gemini-3.1-pro-preview", Minimal, Some(Low)),
        ];
        let catalog = Catalog::bundled().unwrap();
        for (provider_type, name, wanted, expected) in cases {
            let known = catalog.find(provider_type, name);
            assert!(known.is_some(), "{name}");
            assert_eq!(nearest(provider_type, name, known, wanted), expected, "{name} {wanted:?}");
        }
    }

    #[test]
    fn a_model_that_nobody_knows_gets_what_was_asked_for() {
        for wanted in [Not, Minimal, Max] {
            assert_eq!(nearest(ProviderType::OpenAiCompatible, "qwen3:8b", None, wanted), Some(wanted));
            assert_eq!(nearest(ProviderType::OpenAi, "new-model", None, wanted), Some(wanted));
        }
    }
}
