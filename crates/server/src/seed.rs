//! The first configurations, from the variables of the environment that applications had their one provider in.

use model::{ProviderType, Secret, remote::CreateConfig};

use crate::{
    Options, Site,
    app::{App, console_act},
    configs::create::form,
    web::Refused,
};

/// A vendor, its variables, and its model when none is named.
struct Source {
    provider_type: ProviderType,
    key: &'static str,
    models: &'static [&'static str],
    base_url: &'static str,
    model: &'static str,
}

const SOURCES: [Source; 3] = [
    Source {
        provider_type: ProviderType::Gemini,
        key: "GEMINI_API_KEY",
        models: &["GEMINI_MODEL_FAST", "GEMINI_MODEL"],
        base_url: "GEMINI_BASE_URL",
        model: "gemini-2.5-flash",
    },
    Source {
        provider_type: ProviderType::OpenAi,
        key: "OPENAI_API_KEY",
        models: &["OPENAI_MODEL"],
        base_url: "OPENAI_BASE_URL",
        model: "gpt-4o-mini",
    },
    Source {
        provider_type: ProviderType::Claude,
        key: "ANTHROPIC_API_KEY",
        models: &["ANTHROPIC_MODEL"],
        base_url: "ANTHROPIC_BASE_URL",
        model: "claude-haiku-4-5",
    },
];

/// What came of one vendor's variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seeded {
    /// A configuration was made.
    Made {
        /// Its name.
        name: String,
    },
    /// There is one of this type and model already.
    There {
        /// Its name.
        name: String,
    },
    /// The vendor, or our own rules, refused it.
    Refused {
        /// Of which vendor.
        provider_type: ProviderType,
        /// Why, and what to do.
        why: String,
    },
}

/// Makes a configuration for each vendor whose key is in the environment, and whose model has none yet. The first of all is the
/// default and serves every task, as the specification has it. Doing it again does nothing again.
///
/// # Errors
/// A sentence about why nothing was tried.
pub async fn seed(
    site: Site,
    options: Options,
    environment: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Seeded>, String> {
    let now = options.now.clone();
    let app = App::open(site, Vec::new(), None, options).await.map_err(|error| error.to_string())?;
    let variable = |name: &str| environment(name).filter(|value| !value.trim().is_empty());
    let mut seeded = Vec::new();
    for source in SOURCES {
        let Some(key) = variable(source.key) else { continue };
        let model = source.models.iter().find_map(|name| variable(name));
        let model = model.unwrap_or_else(|| source.model.to_owned());
        let base_url = variable(source.base_url);
        seeded.push(one(&app, &source, (Secret::new(key), model, base_url), &now).await?);
    }
    app.gateway.close(model::gateway::OnLock::Stop).await;
    Ok(seeded)
}

async fn one(
    app: &App,
    source: &Source,
    (key, model_name, base_url): (Secret, String, Option<String>),
    now: &crate::Now,
) -> Result<Seeded, String> {
    let there = app.store.providers().await.map_err(|error| error.to_string())?;
    let same = there.iter().find(|one| {
        one.draft.provider_type == source.provider_type && one.draft.model_name == model_name.trim()
    });
    if let Some(same) = same {
        return Ok(Seeded::There { name: same.draft.display_name.clone() });
    }
    let is_first = there.is_empty();
    let asked = CreateConfig {
        provider_type: source.provider_type,
        api_key: Some(key),
        model_name,
        display_name: None,
        description: Some(format!("From {}", source.key)),
        is_active: true,
        is_default: is_first,
        default_for_extraction: is_first,
        default_for_cv_draft: is_first,
        default_for_cover_letter: is_first,
        default_for_validation: is_first,
        daily_token_limit: None,
        monthly_token_limit: None,
        base_url,
        allow_insecure_http: false,
    };
    let made = async { app.create(&form(asked)?, |_| console_act("provider.create", now)).await };
    Ok(match made.await {
        Ok(provider) => Seeded::Made { name: provider.draft.display_name },
        Err(refused) => {
            Seeded::Refused { provider_type: source.provider_type, why: Refused::words(&refused) }
        }
    })
}
