//! Everything that a decision needs, as it was at one moment. Immutable: a reload puts a new one in its place while
//! calls go on with the one they began with.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use jiff::tz::TimeZone;
use model::{
    Catalog, ProviderId, TaskName, Timestamp,
    limits::UserQuota,
    routing::{Abilities, TaskRoute},
};
use providers::BaseUrl;
use store::{Priced, Provider, Serving};

use crate::{
    config::Config,
    limits::Windows,
    live::{Live, held},
    load::Bounds,
    picture,
    price::{self, PriceList},
};

/// The name under which a quota holds for everyone without an own one.
const EVERYONE: &str = "*";

/// Everything.
pub(crate) struct Snapshot {
    /// In the usual order: by type, then by name.
    pub(crate) configs: Vec<Config>,
    /// In the list's order.
    pub(crate) routes: Vec<TaskRoute>,
    /// The configuration that serves where no route does.
    pub(crate) default: Option<usize>,
    pub(crate) prices: PriceList,
    zone: TimeZone,
    windows: Mutex<Option<Windows>>,
    by_id: HashMap<ProviderId, usize>,
    by_task: HashMap<TaskName, usize>,
    quotas: HashMap<String, UserQuota>,
}

impl Snapshot {
    /// Made from the store's rows. `bundled` is the catalogue when none was imported; `live` finds what is known of a
    /// configuration from before.
    pub(crate) fn of(
        serving: Serving,
        bundled: &Catalog,
        zone: TimeZone,
        mut live: impl FnMut(&Provider) -> Arc<Live>,
    ) -> Self {
        let bundled_version = bundled_version(bundled);
        let (catalog, version) = match &serving.catalog {
            Some(imported) => (&imported.catalog, &imported.version),
            None => (bundled, &bundled_version),
        };
        let prices = PriceList::of(catalog, version);
        let mut providers = serving.providers;
        providers.sort_by_key(|one| (one.draft.provider_type, one.draft.display_name.to_lowercase()));
        let config = |provider: Provider| {
            let live = live(&provider);
            config(provider, catalog, &prices, live)
        };
        let configs: Vec<Config> = providers.into_iter().map(config).collect();
        let by_id: HashMap<ProviderId, usize> =
            configs.iter().enumerate().map(|(at, config)| (config.id(), at)).collect();
        Self {
            default: serving.default.and_then(|id| by_id.get(&id).copied()),
            by_task: serving.routes.iter().enumerate().map(|(at, route)| (route.task.clone(), at)).collect(),
            routes: serving.routes,
            quotas: serving.quotas.into_iter().map(|quota| (quota.user.clone(), quota)).collect(),
            configs,
            windows: Mutex::default(),
            prices,
            zone,
            by_id,
        }
    }

    pub(crate) fn find(&self, id: ProviderId) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// The day and the month around a moment; reckoned anew only when the moment is in another day than the last one.
    pub(crate) fn windows(&self, now: Timestamp) -> Windows {
        let mut windows = held(&self.windows);
        match *windows {
            Some(known) if known.day.holds(now) => known,
            _ => *windows.insert(Windows::around(now, &self.zone)),
        }
    }

    pub(crate) fn route(&self, task: &TaskName) -> Option<&TaskRoute> {
        self.by_task.get(task).map(|at| &self.routes[*at])
    }

    /// What a user may use.
    pub(crate) fn quota(&self, user: &str) -> Option<&UserQuota> {
        self.quotas.get(user).or_else(|| self.quotas.get(EVERYONE))
    }
}

/// What rows of the log call the catalogue that came with the program.
pub fn bundled_version(bundled: &Catalog) -> String {
    format!("bundled {}", bundled.as_of)
}

fn config(provider: Provider, catalog: &Catalog, prices: &PriceList, live: Arc<Live>) -> Config {
    let draft = &provider.draft;
    let entry = catalog.find(draft.provider_type, &draft.model_name);
    let listed = prices.find(draft.provider_type, &draft.model_name);
    let own = draft.calls.price.as_ref();
    let own = own.and_then(|own| price::own(own, day(&provider), listed.map(|listed| &listed.price)));
    let base_url = BaseUrl::parse(&draft.base_url, draft.provider_type, draft.allow_insecure_http).ok();
    Config {
        base_url,
        model_in_log: draft.model_name.as_str().into(),
        abilities: Abilities::of(entry),
        bounds: Bounds {
            window: entry.map(|model| model.context_window),
            output: entry.map(|model| model.max_output_tokens),
            picture: picture::bound(draft.provider_type, &draft.model_name),
        },
        priced: own.map(Arc::new).or_else(|| listed.cloned()),
        entry: entry.cloned(),
        live,
        provider,
    }
}

/// The day on which a configuration was last changed, in UTC.
fn day(provider: &Provider) -> String {
    let moment = jiff::Timestamp::from_millisecond(provider.updated_at.0).unwrap_or_default();
    moment.to_zoned(TimeZone::UTC).date().to_string()
}

impl Config {
    /// The price of a call whose answer named this model: the person's own price holds for all of them.
    pub(crate) fn price_of<'a>(
        &'a self,
        prices: &'a PriceList,
        returned: Option<&str>,
    ) -> Option<&'a Arc<Priced>> {
        match &self.priced {
            Some(own) if own.version == Priced::OWN => Some(own),
            _ => prices.of_call(self.provider_type(), self.model_name(), returned),
        }
    }
}

#[cfg(test)]
pub(crate) mod made {
    //! Snapshots from literals.

    use model::{
        ProviderDraft, ProviderType, Timestamp,
        routing::{ChainMember, RouteMode},
    };
    use uuid::Uuid;

    use super::*;

    pub(crate) fn id(number: u128) -> ProviderId {
        ProviderId(Uuid::from_u128(number))
    }

    /// A configuration of this number, named after it.
    pub(crate) fn provider(number: u128, model: &str) -> Provider {
        let draft = ProviderDraft {
            model_name: model.into(),
            display_name: format!("Provider {number:03}"),
            ..ProviderDraft::new(ProviderType::OpenAi)
        };
        Provider {
            id: id(number),
            number: i64::try_from(number).unwrap(),
            revision: 1,
            draft,
            sealed_key: Some(vec![1]),
            key_last_four: None,
            key_changed_at: None,
            last_test: None,
            created_by: String::new(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        }
    }

    pub(crate) fn task() -> TaskName {
        "extraction".parse().unwrap()
    }

    pub(crate) fn route(mode: RouteMode, members: &[(u128, u32)]) -> TaskRoute {
        let member = |&(number, weight): &(u128, u32)| ChainMember { provider: id(number), weight };
        TaskRoute {
            task: task(),
            mode,
            chain: members.iter().map(member).collect(),
            needs: Default::default(),
            bounds: Default::default(),
        }
    }

    pub(crate) fn serving(providers: Vec<Provider>, routes: Vec<TaskRoute>) -> Serving {
        Serving {
            revision: 1,
            default: providers.iter().find(|one| one.draft.is_default).map(|one| one.id),
            providers,
            routes,
            prompts: Default::default(),
            quotas: Vec::new(),
            catalog: None,
        }
    }

    pub(crate) fn snapshot(providers: Vec<Provider>, routes: Vec<TaskRoute>) -> Snapshot {
        let bundled = Catalog::bundled().unwrap();
        Snapshot::of(serving(providers, routes), &bundled, TimeZone::UTC, |_| {
            Arc::new(Live::new(Default::default()))
        })
    }
}
