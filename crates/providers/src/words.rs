//! The sentences of a report: what happened, and what to do about it. They are our own; a vendor's words are never
//! quoted, because vendors echo parts of keys.

mod address;
mod call;
#[cfg(test)]
mod every;
mod found;
mod refused;
mod troubled;
mod wait;

use std::time::Duration;

use model::ProviderType;

pub(crate) use self::{
    call::{CallScene, of_call},
    wait::whole_seconds,
};
use crate::{
    BaseUrl,
    finding::Finding,
    key::{Guard, KeyFault, KeyShape},
};

/// What the sentences speak of.
pub(crate) struct Scene<'a> {
    pub(crate) provider_type: ProviderType,
    pub(crate) base_url: &'a BaseUrl,
    pub(crate) model_name: &'a str,
    pub(crate) guard: Guard<'a>,
    pub(crate) shape: KeyShape,
    pub(crate) has_key: bool,
    pub(crate) status: Option<u16>,
    pub(crate) retry_after: Option<Duration>,
    /// Models that can generate text.
    pub(crate) visible: usize,
    /// Whether the list is there without a key as well.
    pub(crate) open_to_all: bool,
    pub(crate) nearest: &'a [String],
}

/// A report's two texts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) message: String,
    pub(crate) advice: String,
}

impl Words {
    fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { message: message.into(), advice: advice.into() }
    }
}

/// The sentences for a finding.
pub(crate) fn of(finding: &Finding, scene: &Scene<'_>) -> Words {
    match finding {
        Finding::Works(how) => found::works(*how, scene),
        Finding::ModelMissing { listed_for_something_else } => {
            found::missing(*listed_for_something_else, scene)
        }
        Finding::EndlessList => found::endless(scene),
        Finding::Malformed(fault) => malformed(*fault, scene),
        Finding::Refused(refusal) => refused::of(refusal.cause, scene),
        Finding::Trouble(trouble) => troubled::of(trouble, scene),
    }
}

fn malformed(fault: KeyFault, scene: &Scene<'_>) -> Words {
    let message = match fault {
        KeyFault::Empty => format!("There is no key, and {} needs one.", scene.who()),
        KeyFault::Blank => "The key has a blank or line break in it, so it was not sent.".to_owned(),
        KeyFault::Unprintable => {
            "The key has a character that no HTTP header carries, so it was not sent.".to_owned()
        }
    };
    // Of a server of somebody's own the page with keys is not known.
    let advice = match (fault, scene.provider_type.console_url()) {
        (KeyFault::Empty, Some(url)) => format!("Enter a key from {url}."),
        (KeyFault::Empty, None) => "Enter a key.".to_owned(),
        (_, Some(url)) => format!("Copy the key alone from {url} and paste it again."),
        (_, None) => "Copy the key alone and paste it again.".to_owned(),
    };
    Words::new(message, advice)
}

impl Scene<'_> {
    /// The vendor or the server, within a sentence.
    fn who(&self) -> String {
        match self.provider_type {
            ProviderType::OpenAiCompatible => format!("the server at {}", self.base_url.host()),
            vendor => vendor.label().to_owned(),
        }
    }

    /// The same at the start of one.
    fn at_start(&self) -> String {
        match self.provider_type {
            ProviderType::OpenAiCompatible => format!("The server at {}", self.base_url.host()),
            vendor => vendor.label().to_owned(),
        }
    }

    /// The model's name, unless there is none or somebody pasted the key there.
    fn model(&self) -> &str {
        let unfit = self.model_name.is_empty() || self.guard.contains_key(self.model_name);
        if unfit { "the configured model" } else { self.model_name }
    }

    /// ` (HTTP 401)`, or nothing.
    fn http(&self) -> String {
        self.status.map(|status| format!(" (HTTP {status})")).unwrap_or_default()
    }

    /// Who can help: the vendor's page, or whoever runs the server.
    fn console(&self) -> String {
        let unknown = || format!("with whoever runs {}", self.base_url.host());
        self.provider_type.console_url().map_or_else(unknown, |url| format!("at {url}"))
    }

    /// Whether requests go to the vendor's own address.
    fn is_default_address(&self) -> bool {
        self.provider_type.default_base_url() == Some(self.base_url.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{every::KEY, *};
    use crate::finding::{Cause, Instead, Refusal};

    fn findings() -> Vec<Finding> {
        let instead =
            [Instead::WebPage, Instead::Text, Instead::OtherJson, Instead::Nothing, Instead::OllamaNative];
        let refused = every::CAUSES
            .into_iter()
            .chain([Cause::ScopeMissing])
            .chain(instead.map(Cause::NotThisApi))
            .map(|cause| Finding::Refused(Refusal::from(cause)));
        refused
            .chain(every::troubles().map(Finding::Trouble))
            .chain([KeyFault::Empty, KeyFault::Blank, KeyFault::Unprintable].map(Finding::Malformed))
            .collect()
    }

    #[test]
    fn every_finding_has_its_own_message_and_both_texts_are_whole_sentences() {
        let base_url = BaseUrl::parse("", ProviderType::OpenAi, false).unwrap();
        let scene = Scene {
            provider_type: ProviderType::OpenAi,
            base_url: &base_url,
            model_name: KEY,
            guard: Guard(Some(KEY)),
            shape: KeyShape::Unknown,
            has_key: true,
            status: Some(418),
            retry_after: None,
            visible: 3,
            open_to_all: false,
            nearest: &[],
        };
        let mut messages = HashSet::new();
        for finding in findings() {
            let words = of(&finding, &scene);
            for text in [&words.message, &words.advice] {
                assert!(
                    text.ends_with('.') && text.starts_with(char::is_alphanumeric),
                    "{finding:?}: {text}"
                );
                assert!(!text.contains("  ") && !Guard(Some(KEY)).echoes(text), "{finding:?}: {text}");
            }
            assert!(messages.insert(words.message), "{finding:?} says the same as another");
        }
    }
}
