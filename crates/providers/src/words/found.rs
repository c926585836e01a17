//! Sentences for tests that reached the list of models.

use model::{Catalog, ProviderType};

use super::{Scene, Words};
use crate::finding::Match;

pub(super) fn works(how: Match, scene: &Scene<'_>) -> Words {
    let (who, model, count) = (scene.at_start(), scene.model(), models(scene.visible));
    let accepted =
        if scene.has_key { format!("{who} accepts the key") } else { format!("{who} answers without a key") };
    let found = match how {
        Match::Listed if scene.visible == 1 => {
            format!("{accepted}, and {model} is the one model that it lists.")
        }
        Match::Listed => format!("{accepted}, and {model} is one of the {count} that it lists."),
        Match::Alias => {
            format!("{accepted}, and knows {model}, though its list of {count} leaves that name out.")
        }
    };
    let warning = warning(scene).map(|text| format!(" {text}")).unwrap_or_default();
    Words::new(format!("{found}{warning}"), after_success(scene))
}

/// What the catalogue knows against a model that is listed nevertheless.
fn warning(scene: &Scene<'_>) -> Option<String> {
    let catalog = Catalog::bundled().ok()?;
    let known = catalog.find(scene.provider_type, scene.model_name)?;
    let closed = known.closed_to_new_keys.then(|| {
        format!("{} lists this model, but refuses it to keys that were made recently.", scene.at_start())
    });
    let ends = known.deprecation_date.as_ref().map(|day| format!("The model shuts down on {day}."));
    let warnings: Vec<String> = [closed, ends].into_iter().flatten().collect();
    (!warnings.is_empty()).then(|| warnings.join(" "))
}

fn after_success(scene: &Scene<'_>) -> &'static str {
    match scene.provider_type {
        _ if scene.open_to_all => {
            "The server shows its list without a key, too, so this says little about the key: only a real call can."
        }
        ProviderType::OpenAiCompatible => "Nothing to do.",
        _ => "Nothing to do. The test costs nothing, so it cannot show whether the account has credit.",
    }
}

pub(super) fn missing(listed_for_something_else: bool, scene: &Scene<'_>) -> Words {
    let (who, model) = (scene.at_start(), scene.model());
    let accepted = if scene.has_key { format!("{who} accepts the key") } else { format!("{who} answers") };
    if listed_for_something_else {
        let message = format!("{accepted}, but {model} does not generate text.");
        return Words::new(message, "Choose a model that generates text.");
    }
    let message = match scene.visible {
        0 => format!("{accepted}, but lists no model at all."),
        count => format!("{accepted}, but {model} is not among the {} that it lists.", models(count)),
    };
    Words::new(message, advice(scene))
}

fn advice(scene: &Scene<'_>) -> String {
    let local = scene.provider_type == ProviderType::OpenAiCompatible;
    match (scene.nearest, scene.visible) {
        ([], 0) if local => "Load a model on the server, then test again.".to_owned(),
        ([], 0) => format!("Check {} which models this key's project may use.", scene.console()),
        ([], _) => {
            "Choose one of the listed models, and check that this key's account has access to it.".to_owned()
        }
        ([one], _) => format!("Check the spelling. The closest name is {one}."),
        (names, _) => format!("Check the spelling. The closest names are {}.", names.join(", ")),
    }
}

pub(super) fn endless(scene: &Scene<'_>) -> Words {
    let message = format!(
        "{} accepts the key, but its list of models does not end, and {} is not on its first pages.",
        scene.at_start(),
        scene.model()
    );
    Words::new(
        message,
        format!("Check the base URL: this is not how {} answers.", scene.provider_type.label()),
    )
}

fn models(count: usize) -> String {
    if count == 1 { "1 model".to_owned() } else { format!("{count} models") }
}
