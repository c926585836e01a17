//! From a finding and what was learnt on the way to the report: the one place where a vendor's texts are let
//! through, and the guard against keys in them.

use std::time::SystemTime;

use model::{Catalog, ProviderType, TestReport, Timestamp};
use reqwest::header::HeaderMap;

use crate::{
    Target,
    exchange::{Answer, ListedModel},
    finding::Finding,
    key::{Guard, KeyShape},
    nearest::nearest,
    vendor,
    words::{self, Scene},
};

/// Most characters of a request id that is worth showing.
const REQUEST_ID_LIMIT: usize = 128;
/// Most names suggested.
const NEAREST: usize = 3;
/// Names that are looked at to find those.
const CANDIDATES: usize = 20;

/// What is learnt on the way, whatever the end.
#[derive(Default)]
pub(crate) struct Trail {
    /// Of the first page.
    pub(crate) latency_ms: u64,
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) models: Vec<ListedModel>,
    /// Whether the vendor accepted the key and sent a list.
    pub(crate) listed: bool,
    /// Whether the list is there without a key as well.
    pub(crate) open_to_all: bool,
}

impl Trail {
    /// Notes what an answer says besides its body.
    pub(crate) fn note(&mut self, target: &Target<'_>, answer: &Answer) {
        self.status = Some(answer.status);
        self.request_id = request_id(target, &answer.headers);
    }

    /// Names of the models that can generate text, in the vendor's order.
    pub(crate) fn usable(&self) -> impl Iterator<Item = &str> {
        self.models.iter().filter(|model| model.generates).map(|model| model.name.as_str())
    }
}

/// A server may write anything into this header, so it counts only when it looks like an id and not like the key.
pub(crate) fn request_id(target: &Target<'_>, headers: &HeaderMap) -> Option<String> {
    let id = headers.get(vendor::request_id_header(target.provider_type))?.to_str().ok()?;
    is_sound_id(id, Guard(target.api_key)).then(|| id.to_owned())
}

/// Whether a vendor's id may be shown.
pub(crate) fn is_sound_id(id: &str, guard: Guard<'_>) -> bool {
    is_short(id) && !guard.echoes(id)
}

/// Whether a vendor's text is a name: short, and without blanks and invisible characters.
pub(crate) fn is_short(id: &str) -> bool {
    !id.is_empty() && id.len() <= REQUEST_ID_LIMIT && id.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The report of a test that ended so.
pub(crate) fn report(target: &Target<'_>, finding: &Finding, trail: Trail) -> TestReport {
    let visible = trail.usable().count();
    let nearest_models = match finding {
        Finding::ModelMissing { .. } | Finding::EndlessList => suggestions(target, &trail),
        _ => Vec::new(),
    };
    let retry_after = match finding {
        Finding::Refused(refusal) => refusal.retry_after,
        _ => None,
    };
    let scene = Scene {
        provider_type: target.provider_type,
        base_url: target.base_url,
        model_name: vendor::bare_name(target.provider_type, target.model_name),
        guard: Guard(target.api_key),
        shape: KeyShape::of(target.api_key.unwrap_or_default()),
        has_key: target.api_key.is_some_and(|key| !key.is_empty()),
        status: trail.status,
        retry_after,
        visible,
        open_to_all: trail.open_to_all,
        nearest: &nearest_models,
    };
    let words = words::of(finding, &scene);
    TestReport {
        outcome: finding.outcome(),
        tested_at: now(),
        latency_ms: trail.latency_ms,
        http_status: trail.status,
        models_visible: trail.listed.then(|| u32::try_from(visible).unwrap_or(u32::MAX)),
        retry_after_s: retry_after.map(words::whole_seconds),
        message: words.message,
        advice: words.advice,
        request_id: trail.request_id,
        nearest_models,
    }
}

/// Listed names close to the one that was not found. Names of the catalogue are public; any other that shares
/// characters with the key is held back, in case a server plays the key back as a model.
fn suggestions(target: &Target<'_>, trail: &Trail) -> Vec<String> {
    let catalog = Catalog::bundled().ok();
    let is_public = |name: &str| {
        let known = |kind| catalog.as_ref().is_some_and(|catalog| catalog.find(kind, name).is_some());
        ProviderType::ALL.into_iter().any(known)
    };
    let guard = Guard(target.api_key);
    let wanted = vendor::bare_name(target.provider_type, target.model_name);
    let mut names = nearest(wanted, trail.usable(), CANDIDATES);
    names.retain(|name| is_public(name) || !guard.echoes(name));
    names.truncate(NEAREST);
    names
}

fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BaseUrl;

    #[test]
    fn a_listed_name_is_suggested_unless_it_plays_the_key_back() {
        let base_url = BaseUrl::parse("", ProviderType::OpenAi, false).unwrap();
        let target = Target {
            provider_type: ProviderType::OpenAi,
            base_url: &base_url,
            api_key: Some("gpt-4o-mini-q7Xp2zR4"),
            model_name: "gpt-4o-minni",
        };
        let listed = |name: &str| ListedModel { name: name.to_owned(), generates: true };
        // The first is in the catalogue, so it is public though the key begins with it.
        let models = ["gpt-4o-mini", "gpt-4o-q7Xp", "gpt-4o-nini-2"].map(listed).to_vec();
        let trail = Trail { models, listed: true, ..Trail::default() };
        assert_eq!(suggestions(&target, &trail), ["gpt-4o-mini"]);
        let target = Target { api_key: Some("zR4wq7Xp2"), ..target };
        assert_eq!(suggestions(&target, &trail), ["gpt-4o-mini", "gpt-4o-nini-2"]);
    }
}
