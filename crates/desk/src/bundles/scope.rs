//! What was in a bundle, without keys: kept beside it, so that the next one can say what it changes.

mod fields;

use bundle::{BundledCatalog, BundledPrompt, Contents};
use model::{
    ProviderId, ProviderType, TaskName, Timestamp, bundles::BundleChange, limits::CallSettings,
    routing::TaskRoute,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// What was in a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Scope {
    pub(crate) again: Option<u64>,
    pub(crate) configurations: Vec<One>,
    default: Option<ProviderId>,
    pub(crate) routes: Vec<TaskRoute>,
    /// Tasks with instructions of their own, and a digest of these.
    #[serde(default)]
    pub(crate) prompts: Vec<(TaskName, String)>,
    /// The version of the catalogue that it brought.
    #[serde(default)]
    pub(crate) catalog: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct One {
    id: ProviderId,
    pub(crate) name: String,
    provider_type: ProviderType,
    model: String,
    base_url: String,
    is_active: bool,
    limits: [Option<u64>; 2],
    calls: CallSettings,
    has_key: bool,
    key_entered_at: Option<Timestamp>,
}

impl Scope {
    pub(crate) fn of(contents: &Contents) -> Self {
        let one = |one: &bundle::Configured| One {
            id: one.id,
            name: one.draft.display_name.clone(),
            provider_type: one.draft.provider_type,
            model: one.draft.model_name.clone(),
            base_url: one.draft.base_url.clone(),
            is_active: one.draft.is_active,
            limits: [one.draft.daily_token_limit, one.draft.monthly_token_limit],
            calls: one.draft.calls.clone(),
            has_key: one.key.is_some(),
            key_entered_at: one.key_entered_at,
        };
        Self {
            again: contents.again,
            configurations: contents.configurations.iter().map(one).collect(),
            default: contents.default,
            routes: contents.routes.clone(),
            prompts: contents.prompts.iter().filter_map(prompt).collect(),
            catalog: match &contents.catalog {
                Some(BundledCatalog::Comes(catalog)) => Some(gateway::catalog_version(catalog)),
                Some(BundledCatalog::Goes(_)) | None => None,
            },
        }
    }

    /// What a bundle says nothing of stays as the one before left it.
    pub(crate) fn keep_beside(&mut self, contents: &Contents, before: &Self) {
        for (task, digest) in &before.prompts {
            if !contents.prompts.iter().any(|one| one.task == *task) {
                self.prompts.push((task.clone(), digest.clone()));
            }
        }
        if contents.catalog.is_none() {
            self.catalog.clone_from(&before.catalog);
        }
    }

    /// Tasks that a bundle says nothing of are served as before, but by what is still there.
    pub(crate) fn leave(&mut self, tasks: &[TaskName], before: &Self) {
        for route in before.routes.iter().filter(|route| tasks.contains(&route.task)) {
            let mut route = route.clone();
            route.chain.retain(|member| self.find(member.provider).is_some());
            self.routes.push(route);
        }
    }

    pub(crate) fn ids(&self) -> Vec<ProviderId> {
        self.configurations.iter().map(|one| one.id).collect()
    }

    fn find(&self, id: ProviderId) -> Option<&One> {
        self.configurations.iter().find(|one| one.id == id)
    }

    fn name(&self, id: ProviderId) -> String {
        self.find(id).map(|one| one.name.clone()).unwrap_or_default()
    }

    /// What is otherwise in `then`.
    pub(crate) fn changes(&self, then: &Self) -> Vec<BundleChange> {
        let mut changes = Vec::new();
        for one in &then.configurations {
            let (name, provider_type) = (one.name.clone(), one.provider_type);
            match self.find(one.id) {
                None => changes.push(BundleChange::Added { name, provider_type }),
                Some(was) => {
                    let fields = was.fields(one);
                    if !fields.is_empty() {
                        changes.push(BundleChange::Changed { name, provider_type, fields });
                    }
                }
            }
        }
        for one in self.configurations.iter().filter(|one| then.find(one.id).is_none()) {
            let (name, provider_type) = (one.name.clone(), one.provider_type);
            changes.push(BundleChange::Removed { name, provider_type });
        }
        if self.default != then.default {
            let (before, after) =
                (self.default.map(|id| self.name(id)), then.default.map(|id| then.name(id)));
            changes.push(BundleChange::Default { before, after });
        }
        changes.extend(then.routes.iter().filter_map(|route| self.route_change(then, route)));
        changes.extend(self.prompt_changes(then));
        if self.catalog != then.catalog {
            let (before, after) = (self.catalog.clone(), then.catalog.clone());
            changes.push(BundleChange::Catalog { before, after });
        }
        changes
    }

    fn prompt_changes(&self, then: &Self) -> Vec<BundleChange> {
        let find = |scope: &Self, task: &TaskName| {
            scope.prompts.iter().find(|(own, _)| own == task).map(|(_, digest)| digest.clone())
        };
        let mut tasks: Vec<&TaskName> =
            self.prompts.iter().chain(&then.prompts).map(|(task, _)| task).collect();
        tasks.sort();
        tasks.dedup();
        let changed = tasks.into_iter().filter(|task| find(self, task) != find(then, task));
        let change = |task: &TaskName| {
            let own = find(then, task).is_some();
            BundleChange::Prompt { task: task.clone(), own }
        };
        changed.map(change).collect()
    }

    fn route_change(&self, then: &Self, route: &TaskRoute) -> Option<BundleChange> {
        let was = self.routes.iter().find(|was| was.task == route.task);
        let is_same = was.map_or(route.chain.is_empty(), |was| was == route);
        let names = |scope: &Self, route: &TaskRoute| {
            route.chain.iter().map(|member| scope.name(member.provider)).collect::<Vec<_>>()
        };
        let before = was.map(|was| names(self, was)).unwrap_or_default();
        let after = names(then, route);
        (!is_same).then(|| BundleChange::Route { task: route.task.clone(), before, after })
    }
}

/// Instructions are long and a bundle's scope is kept for good: a digest tells whether they are others.
fn prompt(one: &BundledPrompt) -> Option<(TaskName, String)> {
    let digest = Sha256::digest(one.prompt.as_ref()?.as_bytes());
    Some((one.task.clone(), digest.iter().map(|byte| format!("{byte:02x}")).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(prompts: &[(&str, &str)], catalog: Option<&str>) -> Scope {
        let prompt = |(task, digest): &(&str, &str)| (task.parse().unwrap(), (*digest).to_owned());
        let prompts = prompts.iter().map(prompt).collect();
        Scope { prompts, catalog: catalog.map(str::to_owned), ..Scope::default() }
    }

    #[test]
    fn instructions_and_catalogues_that_come_change_and_go_are_said() {
        let before = with(&[("cv_draft", "a"), ("extraction", "b"), ("validation", "c")], None);
        let then = with(&[("extraction", "z"), ("validation", "c"), ("cover_letter", "d")], Some("v1"));
        let of = |task: &str, own| BundleChange::Prompt { task: task.parse().unwrap(), own };
        let catalog = BundleChange::Catalog { before: None, after: Some("v1".to_owned()) };
        assert_eq!(
            before.changes(&then),
            [of("cover_letter", true), of("cv_draft", false), of("extraction", true), catalog]
        );
        assert_eq!(then.changes(&then), []);
    }

    #[test]
    fn what_was_kept_before_there_were_any_is_read() {
        let old = r#"{"again":null,"configurations":[],"default":null,"routes":[]}"#;
        assert_eq!(serde_json::from_str::<Scope>(old).unwrap(), Scope::default());
    }
}
