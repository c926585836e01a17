//! What is sealed: configurations with their keys, routes, and what goes along beside them. It repeats for whom, by whom and which, because age says of no
//! ciphertext who made it. Unknown members are refused at every depth.

use std::collections::HashSet;

use model::{
    Catalog, ProviderDraft, ProviderId, ProviderType, Secret, TaskName, Timestamp,
    draft::KEY_LIMIT,
    limits::CallSettings,
    routing::{AutoBounds, CHAIN_LIMIT, ChainMember, Needs, RouteMode, TaskRoute, WEIGHT_LIMIT},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    BundledCatalog, BundledPrompt, MOST,
    beside::{self, ReadCatalog, WrittenCatalog},
};

/// What a server serves by.
#[derive(Default)]
pub struct Contents {
    /// Instead of the rest: what the server kept from this bundle is in force again.
    pub again: Option<u64>,
    /// Each with its key. `is_default` and `tasks` of a draft say nothing: `default` and `routes` do.
    pub configurations: Vec<Configured>,
    /// Which of them serves where no route does.
    pub default: Option<ProviderId>,
    /// One for each task.
    pub routes: Vec<TaskRoute>,
    /// Instructions of tasks; those of others stay as they are.
    pub prompts: Vec<BundledPrompt>,
    /// The catalogue of prices; `None` leaves it as it is.
    pub catalog: Option<BundledCatalog>,
}

/// A configuration on its way. No `Debug`: its key is nobody's to read.
pub struct Configured {
    /// Its identity, the same on desk and server.
    pub id: ProviderId,
    /// Its fields.
    pub draft: ProviderDraft,
    /// Its key, if it has one.
    pub key: Option<Secret>,
    /// When a person entered the key.
    pub key_entered_at: Option<Timestamp>,
}

/// Why that is nothing to serve by. Nothing of it is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContentsError {
    /// Something else was sealed, or by a program that writes it otherwise.
    #[error("there is nothing to serve by in this bundle")]
    Other,
    /// Above [`MOST`].
    #[error("there are too many configurations in this bundle")]
    Count,
    /// Two configurations have one identity or one name, or a route has a configuration twice.
    #[error("this bundle names a configuration twice")]
    Twice,
    /// A route, or the default, names a configuration that is not there.
    #[error("a route of this bundle names a configuration that is not in it")]
    Missing,
    /// A field that could not be saved by hand either.
    #[error("a configuration in this bundle has a field that no form would take")]
    Field,
    /// A catalogue that no import would take.
    #[error("the catalogue of prices in this bundle is none")]
    Catalog,
}

/// What the plaintext repeats of the claims.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outer<'a> {
    pub(crate) iss: &'a str,
    pub(crate) aud: &'a str,
    pub(crate) serial: u64,
}

#[derive(Serialize)]
struct Written<'a> {
    iss: &'a str,
    aud: &'a str,
    serial: u64,
    again: Option<u64>,
    configurations: Vec<WrittenOne<'a>>,
    default: Option<ProviderId>,
    routes: &'a [TaskRoute],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    prompts: &'a [BundledPrompt],
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog: Option<WrittenCatalog<'a>>,
}

#[derive(Serialize)]
struct WrittenOne<'a> {
    id: ProviderId,
    provider_type: ProviderType,
    display_name: &'a str,
    base_url: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    allow_insecure_http: bool,
    model_name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    is_active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    daily_token_limit: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    monthly_token_limit: Option<u64>,
    #[serde(skip_serializing_if = "CallSettings::is_none")]
    calls: &'a CallSettings,
    api_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_entered_at: Option<Timestamp>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_false(value: &bool) -> bool {
    !value
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    iss: String,
    aud: String,
    serial: u64,
    again: Option<u64>,
    configurations: Vec<ReadOne>,
    default: Option<ProviderId>,
    routes: Vec<ReadRoute>,
    #[serde(default)]
    prompts: Vec<BundledPrompt>,
    #[serde(default)]
    catalog: Option<ReadCatalog>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadOne {
    id: ProviderId,
    provider_type: ProviderType,
    display_name: String,
    base_url: String,
    #[serde(default)]
    allow_insecure_http: bool,
    model_name: String,
    #[serde(default)]
    description: String,
    is_active: bool,
    daily_token_limit: Option<u64>,
    monthly_token_limit: Option<u64>,
    #[serde(default)]
    calls: CallSettings,
    api_key: Option<Secret>,
    key_entered_at: Option<Timestamp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadRoute {
    task: TaskName,
    mode: RouteMode,
    chain: Vec<ReadMember>,
    needs: Needs,
    bounds: AutoBounds,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadMember {
    provider: ProviderId,
    weight: u32,
}

impl Contents {
    /// Whether it could be served by.
    ///
    /// # Errors
    /// See [`ContentsError`].
    pub fn check(&self) -> Result<(), ContentsError> {
        if self.configurations.len() > MOST {
            return Err(ContentsError::Count);
        }
        let serves = !self.configurations.is_empty() || !self.routes.is_empty() || self.default.is_some();
        let has_beside = !self.prompts.is_empty() || self.catalog.is_some();
        if self.again.is_some() && (serves || has_beside) {
            return Err(ContentsError::Other);
        }
        beside::check_prompts(&self.prompts)?;
        self.catalog.as_ref().map_or(Ok(()), BundledCatalog::check)?;
        let (mut ids, mut names) = (HashSet::new(), HashSet::new());
        for one in &self.configurations {
            let key = one.key.as_ref().map_or(0, |key| key.expose().len());
            // The nil UUID is the record of a server's own fields.
            if one.id.0.is_nil() || key > KEY_LIMIT || one.draft.checked().as_ref() != Ok(&one.draft) {
                return Err(ContentsError::Field);
            }
            if !ids.insert(one.id) || !names.insert(one.draft.display_name.to_lowercase()) {
                return Err(ContentsError::Twice);
            }
        }
        let active =
            |id: &ProviderId| self.configurations.iter().any(|one| one.id == *id && one.draft.is_active);
        if self.default.as_ref().is_some_and(|default| !active(default)) {
            return Err(ContentsError::Missing);
        }
        let mut tasks = HashSet::new();
        for route in &self.routes {
            if !tasks.insert(&route.task) || route.chain.len() > CHAIN_LIMIT {
                return Err(ContentsError::Other);
            }
            let mut members = HashSet::new();
            for member in &route.chain {
                match () {
                    () if !ids.contains(&member.provider) => return Err(ContentsError::Missing),
                    () if !members.insert(member.provider) => return Err(ContentsError::Twice),
                    () if member.weight > WEIGHT_LIMIT => return Err(ContentsError::Field),
                    () => {}
                }
            }
        }
        Ok(())
    }

    /// What is taken away beside what this brings, so that nothing is left of `now`, whose place it takes. Configurations need none
    /// of it: those that are not in a bundle any more go by themselves. `version` names a catalogue as the server does.
    pub fn take_back(&mut self, now: &Self, version: impl Fn(&Catalog) -> String) {
        for one in now.prompts.iter().filter(|one| one.prompt.is_some()) {
            if !self.prompts.iter().any(|own| own.task == one.task) {
                self.prompts.push(BundledPrompt { task: one.task.clone(), prompt: None });
            }
        }
        if let (None, Some(BundledCatalog::Comes(catalog))) = (&self.catalog, &now.catalog) {
            self.catalog = Some(BundledCatalog::Goes(version(catalog)));
        }
    }

    /// The JSON of it.
    pub(crate) fn write(&self, outer: Outer) -> Zeroizing<Vec<u8>> {
        let written = Written {
            iss: outer.iss,
            aud: outer.aud,
            serial: outer.serial,
            again: self.again,
            configurations: self.configurations.iter().map(WrittenOne::of).collect(),
            default: self.default,
            routes: &self.routes,
            prompts: &self.prompts,
            catalog: self.catalog.as_ref().map(BundledCatalog::written),
        };
        // Once, and large enough: growing would leave copies of keys behind.
        let routes: usize = self.routes.iter().map(|route| 400 + 100 * route.chain.len()).sum();
        let prompts = self.prompts.iter().map(|one| 300 + 6 * one.prompt.as_ref().map_or(0, String::len));
        let beside = prompts.sum::<usize>() + self.catalog.as_ref().map_or(0, BundledCatalog::room);
        let room = 600 + routes + beside + self.configurations.iter().map(Configured::room).sum::<usize>();
        let mut plain = Zeroizing::new(Vec::with_capacity(room));
        // Text, numbers and names of variants: nothing of this can fail, and an empty one would not open again.
        let _ = serde_json::to_writer(&mut *plain, &written);
        plain
    }

    /// What is in such JSON, and whether it repeats what stands outside.
    pub(crate) fn read(plain: &[u8], outer: Outer) -> Result<(Self, bool), ContentsError> {
        let read: Read = serde_json::from_slice(plain).map_err(|_| ContentsError::Other)?;
        let same = Outer { iss: &read.iss, aud: &read.aud, serial: read.serial } == outer;
        let contents = Self {
            again: read.again,
            configurations: read.configurations.into_iter().map(ReadOne::into_one).collect(),
            default: read.default,
            routes: read.routes.into_iter().map(ReadRoute::into_route).collect(),
            prompts: read.prompts,
            catalog: read.catalog.map(ReadCatalog::into_catalog).transpose()?,
        };
        contents.check()?;
        Ok((contents, same))
    }
}

impl Configured {
    fn room(&self) -> usize {
        let texts =
            [&self.draft.display_name, &self.draft.base_url, &self.draft.model_name, &self.draft.description];
        let key = self.key.as_ref().map_or(0, |key| key.expose().len());
        // A character takes six at most in JSON, `\u0000`.
        1_500 + 6 * (key + texts.map(String::len).iter().sum::<usize>())
    }
}

impl<'a> WrittenOne<'a> {
    fn of(one: &'a Configured) -> Self {
        let draft = &one.draft;
        Self {
            id: one.id,
            provider_type: draft.provider_type,
            display_name: &draft.display_name,
            base_url: &draft.base_url,
            allow_insecure_http: draft.allow_insecure_http,
            model_name: &draft.model_name,
            description: &draft.description,
            is_active: draft.is_active,
            daily_token_limit: draft.daily_token_limit,
            monthly_token_limit: draft.monthly_token_limit,
            calls: &draft.calls,
            api_key: one.key.as_ref().map(Secret::expose),
            key_entered_at: one.key_entered_at,
        }
    }
}

impl ReadOne {
    fn into_one(self) -> Configured {
        Configured {
            id: self.id,
            draft: ProviderDraft {
                provider_type: self.provider_type,
                base_url: self.base_url,
                allow_insecure_http: self.allow_insecure_http,
                model_name: self.model_name,
                display_name: self.display_name,
                description: self.description,
                is_active: self.is_active,
                is_default: false,
                tasks: Vec::new(),
                daily_token_limit: self.daily_token_limit,
                monthly_token_limit: self.monthly_token_limit,
                calls: self.calls,
            },
            key: self.api_key.filter(|key| !key.is_empty()),
            key_entered_at: self.key_entered_at,
        }
    }
}

impl ReadRoute {
    fn into_route(self) -> TaskRoute {
        let member = |member: ReadMember| ChainMember { provider: member.provider, weight: member.weight };
        TaskRoute {
            task: self.task,
            mode: self.mode,
            chain: self.chain.into_iter().map(member).collect(),
            needs: self.needs,
            bounds: self.bounds,
        }
    }
}
