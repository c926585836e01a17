//! One vendor's face: where it lives, how it wants its key, and who answers for it.

mod claude;
mod compatible;
mod gemini;
mod openai;
mod sent;

use std::collections::HashMap;

use axum::http::{HeaderMap, Method, Uri};
use model::ProviderType;

pub(crate) use self::sent::Sent;
use crate::{
    Fault,
    reply::Reply,
    world::{Orders, World},
};

/// A call that has passed the transport's faults.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a Method,
    /// The path behind the vendor's base path: `/models`.
    pub(crate) path: &'a str,
    pub(crate) query: &'a HashMap<String, String>,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) key: Option<&'a str>,
    pub(crate) sent: &'a Sent,
    /// Their fault is the vendor's own, or a peculiarity of its answer. The transport's faults never arrive here.
    pub(crate) orders: &'a Orders,
    pub(crate) world: &'a World,
}

impl Call<'_> {
    fn fault(&self) -> Option<Fault> {
        self.orders.fault
    }

    fn posts(&self) -> bool {
        self.method == Method::POST
    }

    /// A number that no other call has, as an id's end.
    fn id(&self) -> String {
        format!("{:016x}", self.world.serial())
    }

    /// `gpt-4o` of `/models/gpt-4o`. Where the list is empty, there is none to ask for.
    fn model_asked(&self) -> Option<&str> {
        let name = self.path.strip_prefix("/models/")?;
        (!name.is_empty() && self.fault() != Some(Fault::EmptyList)).then_some(name)
    }

    /// The page size asked for under `name`, else the vendor's default, never above its cap.
    fn page_size(&self, name: &str, default: usize) -> usize {
        let asked = self.query.get(name).and_then(|size| size.parse().ok());
        asked.unwrap_or(default).clamp(1, self.world.options.page_cap.max(1))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Vendor(pub(crate) ProviderType);

impl Vendor {
    /// The word for it in test keys, control calls and paths.
    pub(crate) fn word(self) -> &'static str {
        match self.0 {
            ProviderType::OpenAiCompatible => "compatible",
            other => other.as_str(),
        }
    }

    /// The path of a base URL as the vendor has it: Claude's version is not part of it.
    pub(crate) fn base_path(self) -> &'static str {
        match self.0 {
            ProviderType::Gemini => "/gemini/v1beta",
            ProviderType::OpenAi => "/openai/v1",
            ProviderType::Claude => "/claude",
            ProviderType::OpenAiCompatible => "/compatible/v1",
        }
    }

    /// The prefixes of API calls. Gemini's stable version serves the same; the SDKs of late 2026 ask for it.
    fn api_paths(self) -> &'static [&'static str] {
        match self.0 {
            ProviderType::Gemini => &["/gemini/v1beta", "/gemini/v1"],
            ProviderType::OpenAi => &["/openai/v1"],
            ProviderType::Claude => &["/claude/v1"],
            ProviderType::OpenAiCompatible => &["/compatible/v1"],
        }
    }

    /// The vendor and the rest of the path, when the path is below a vendor's API.
    pub(crate) fn of_path(uri: &Uri) -> Option<(Self, &str)> {
        ProviderType::ALL.into_iter().map(Self).find_map(|vendor| {
            let rest = vendor.api_paths().iter().find_map(|prefix| {
                let rest = uri.path().strip_prefix(prefix)?;
                (rest.is_empty() || rest.starts_with('/')).then_some(rest)
            })?;
            Some((vendor, rest))
        })
    }

    /// Whether a `POST` to this path asks a model for an answer; counting tokens does not.
    pub(crate) fn generates(self, path: &str) -> bool {
        match self.0 {
            ProviderType::Gemini => {
                path.ends_with(":generateContent") || path.ends_with(":streamGenerateContent")
            }
            ProviderType::Claude => path == "/messages",
            ProviderType::OpenAi | ProviderType::OpenAiCompatible => {
                ["/chat/completions", "/responses"].contains(&path)
            }
        }
    }

    /// The header that carries the key, in lower case. Claude takes either of two; the SDKs of late 2026 send the second.
    pub(crate) fn credential_header(self, headers: &HeaderMap) -> &'static str {
        match self.0 {
            ProviderType::Gemini => "x-goog-api-key",
            ProviderType::Claude if headers.contains_key("x-api-key") => "x-api-key",
            ProviderType::Claude | ProviderType::OpenAi | ProviderType::OpenAiCompatible => "authorization",
        }
    }

    /// The key, when it is in the right header in the right form.
    pub(crate) fn credential(self, headers: &HeaderMap) -> Option<&str> {
        let header = self.credential_header(headers);
        let value = headers.get(header)?.to_str().ok()?;
        let key = if header == "authorization" { value.strip_prefix("Bearer ")? } else { value };
        (!key.is_empty()).then_some(key)
    }

    pub(crate) fn answer(self, call: &Call<'_>) -> Reply {
        match self.0 {
            ProviderType::Gemini => gemini::answer(call),
            ProviderType::OpenAi => openai::answer(call),
            ProviderType::Claude => claude::answer(call),
            ProviderType::OpenAiCompatible => compatible::answer(call),
        }
    }
}
