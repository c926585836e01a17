//! The nine providers of a sample vault, saved by the very commands that the page calls.

use std::{collections::BTreeMap, sync::Arc};

use anyhow::{Context, anyhow};
use model::{
    ProviderDraft, ProviderId, ProviderType, ProviderView, Secret,
    command::{SaveProvider, SaveReply},
};
use store::{Change, KeyChange};
use uuid::Uuid;

use crate::{Desk, Host, dispatch::Body, session::Session};

use ProviderType::{Claude, Gemini, OpenAi, OpenAiCompatible};

struct Row {
    provider_type: ProviderType,
    name: &'static str,
    model: &'static str,
    key: &'static str,
    tasks: &'static [&'static str],
    daily: u64,
    active: bool,
}

const fn row(provider_type: ProviderType, name: &'static str, model: &'static str, key: &'static str) -> Row {
    Row { provider_type, name, model, key, tasks: &[], daily: 0, active: true }
}

const NINE: [Row; 9] = [
    Row {
        tasks: &["extraction"],
        daily: 4_000_000,
        ..row(Gemini, "Gemini Production", "gemini-3.6-flash", "test-gemini-key-0001")
    },
    Row {
        tasks: &["validation"],
        daily: 3_000_000,
        ..row(Gemini, "Gemini Lite", "gemini-3.1-flash-lite", "test-gemini-key-0002")
    },
    Row { daily: 1_000_000, ..row(OpenAi, "OpenAI Production", "gpt-6-sol", "test-openai-key-0001") },
    Row { daily: 1_500_000, ..row(OpenAi, "OpenAI Mini", "gpt-5-mini", "test-openai-key-0002") },
    Row {
        daily: 100_000,
        active: false,
        ..row(OpenAi, "OpenAI Sandbox", "gpt-5-nano", "test-openai-bad-key-0001")
    },
    Row {
        tasks: &["cv_draft", "cover_letter"],
        daily: 1_000_000,
        ..row(Claude, "Claude Production", "claude-sonnet-5", "test-claude-key-0001")
    },
    Row { daily: 1_000_000, ..row(Claude, "Claude Haiku", "claude-haiku-4-5", "test-claude-key-0002") },
    Row {
        daily: 500_000,
        active: false,
        ..row(Claude, "Claude Opus trial", "claude-opus-5", "test-claude-key-0003")
    },
    row(OpenAiCompatible, "Lab vLLM", "qwen3-32b-instruct", "test-compatible-key-0001"),
];

pub(super) async fn insert_nine<H: Host>(
    desk: &Desk<H>,
    session: &Arc<Session>,
    base_urls: &BTreeMap<ProviderType, String>,
) -> anyhow::Result<Vec<ProviderView>> {
    for row in NINE {
        save(desk, row, base_urls).await?;
    }
    Ok(session.store.list(desk.host.now()).await?.providers)
}

async fn save<H: Host>(
    desk: &Desk<H>,
    row: Row,
    base_urls: &BTreeMap<ProviderType, String>,
) -> anyhow::Result<()> {
    let base_url = base_urls.get(&row.provider_type).context("no simulator for this type")?;
    let draft = ProviderDraft {
        base_url: base_url.clone(),
        model_name: row.model.to_owned(),
        display_name: row.name.to_owned(),
        description: "Sample data, invented. Its key works with the simulator only.".to_owned(),
        is_active: row.active,
        is_default: row.name == "Gemini Production",
        tasks: row.tasks.iter().map(|task| task.parse()).collect::<Result<_, _>>()?,
        daily_token_limit: (row.daily > 0).then_some(row.daily),
        ..ProviderDraft::new(row.provider_type)
    };
    let request = SaveProvider {
        existing: None,
        draft,
        api_key: Some(Secret::new(row.key)),
        remove_key: false,
        save_anyway: true,
        run: 0,
    };
    match request.perform(desk).await {
        Ok(SaveReply::Saved(_)) => Ok(()),
        Ok(SaveReply::NotSaved { test }) => Err(anyhow!("{}: {}", row.name, test.message)),
        Err(failure) => Err(anyhow!("{}: {} {:?}", row.name, failure.message, failure.fields)),
    }
}

/// Many providers that were never tested, for measuring the list.
pub(super) async fn insert_bulk<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    count: usize,
) -> anyhow::Result<()> {
    for number in 0..count {
        let provider_type = ProviderType::ALL[number % ProviderType::ALL.len()];
        let models: Vec<&str> =
            desk.catalog.of_type(provider_type).map(|model| model.model_name.as_str()).collect();
        let model_name = models.get(number % models.len().max(1)).copied().unwrap_or("qwen3-32b-instruct");
        let draft = ProviderDraft {
            base_url: provider_type.default_base_url().unwrap_or("http://127.0.0.1:11434/v1").to_owned(),
            model_name: model_name.to_owned(),
            display_name: format!("{} {number:03}", provider_type.label()),
            daily_token_limit: Some(1_000_000),
            ..ProviderDraft::new(provider_type)
        };
        let change = Change { draft, key: KeyChange::Keep, test: None };
        session.store.insert(ProviderId(Uuid::now_v7()), change, &desk.act("provider.create")).await?;
    }
    Ok(())
}
