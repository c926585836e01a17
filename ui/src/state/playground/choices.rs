//! Whom a column can ask: every configuration that is switched on, and every task.

use model::{ProviderType, gateway::PlaygroundTarget, provider::ProviderList};

use super::estimate::first_asked;

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Whom to ask.
    pub target: PlaygroundTarget,
    /// The type of whoever is asked first.
    pub provider_type: Option<ProviderType>,
    /// The configuration's name, or `task:NAME`.
    pub name: String,
    /// The model, or who leads the task.
    pub detail: String,
}

/// The choices in which every word of a search occurs, configurations first.
pub fn found(list: &ProviderList, search: &str) -> Vec<Choice> {
    let words: Vec<String> = search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let matching = |choice: &Choice| {
        let text = format!("{} {}", choice.name, choice.detail).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let providers = list.providers.iter().filter(|provider| provider.is_active).map(|provider| Choice {
        target: PlaygroundTarget::Provider(provider.id),
        provider_type: Some(provider.provider_type),
        name: provider.display_name.clone(),
        detail: provider.model_name.clone(),
    });
    let tasks = list.tasks.iter().map(|task| {
        let target = PlaygroundTarget::Task(task.name.clone());
        let first = first_asked(&target, list);
        Choice {
            provider_type: first.map(|provider| provider.provider_type),
            detail: first.map(|provider| provider.display_name.clone()).unwrap_or_default(),
            name: format!("task:{}", task.name),
            target,
        }
    });
    providers.chain(tasks).filter(matching).collect()
}
