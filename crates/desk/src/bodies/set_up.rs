//! An example set-up in one step: what it would make, and making it with the keys that are here.

use std::sync::Arc;

use model::{
    Failure, FailureCode, ProviderDraft, ProviderId, ProviderType, Secret, TestReport,
    command::{ApplySetUp, PreviewSetUp},
    provider::ProviderList,
    routing::TaskRoute,
    set_up::{SetUpDone, SetUpKey, SetUpPreview, SetUpRefusal, SetUpReply, SetUpRoute},
};
use providers::BaseUrl;
use store::{Change, KeyChange, NewProvider};
use uuid::Uuid;

use super::saving::Checked;
use crate::{
    Desk, Host,
    dispatch::Body,
    failures,
    session::Session,
    templates::{NoModel, Planned, plan},
};

/// One configuration that is about to be made.
struct Ready {
    planned: Planned,
    draft: ProviderDraft,
    /// The form with its key; without one the configuration is off.
    keyed: Option<Checked>,
    test: Option<TestReport>,
}

impl Body for PreviewSetUp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SetUpPreview, Failure> {
        let session = desk.session()?;
        let catalog = desk.catalog_in_force(&session).await?;
        let list = desk.list(&session).await?;
        let (_, routes) = session.store.routing().await.map_err(failures::store)?;
        let planned = plan(self.set_up, &catalog, &taken(&list)).map_err(no_model)?;
        let default = list.providers.iter().find(|one| one.is_default);
        Ok(SetUpPreview {
            routes: routes.iter().filter_map(|route| route_after(route, &planned, &list)).collect(),
            default_was: default.map(|one| one.display_name.clone()),
            entries: planned.into_iter().map(|one| one.entry).collect(),
            as_of: catalog.as_of,
        })
    }
}

impl Body for ApplySetUp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SetUpReply, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let catalog = desk.catalog_in_force(&session).await?;
        let planned = plan(self.set_up, &catalog, &taken(&desk.list(&session).await?)).map_err(no_model)?;
        let (mut ready, mut refused, mut keys) = (Vec::with_capacity(planned.len()), Vec::new(), self.keys);
        for one in planned {
            let place = keys.iter().position(|key| key.provider_type == one.entry.provider_type);
            match Ready::new(one, place.map(|place| keys.swap_remove(place))) {
                Ok(one) => ready.push(one),
                Err(refusal) => refused.push(refusal),
            }
        }
        for one in &ready {
            // Where it joins it stands as well.
            let tasks = [one.draft.tasks.as_slice(), &one.planned.joins].concat();
            let placed = ProviderDraft { tasks, ..one.draft.clone() };
            match desk.require_fit(&session, &placed, None).await {
                Err(fault) if fault.code == FailureCode::Invalid => {
                    refused.push(at_fault(one.draft.provider_type, &fault));
                }
                done => done?,
            }
        }
        if refused.is_empty() {
            refused = session.runs.run(self.run, desk.test_all(&mut ready)).await?;
            if self.save_anyway {
                refused.clear();
            }
        }
        if !refused.is_empty() {
            return Ok(SetUpReply::NotDone { refused });
        }
        desk.set_up(&session, ready).await.map(|done| SetUpReply::Done(Box::new(done)))
    }
}

impl<H: Host> Desk<H> {
    /// Tests every key that is here, all at once, and says what was refused.
    async fn test_all(&self, ready: &mut [Ready]) -> Result<Vec<SetUpRefusal>, Failure> {
        let tests = ready.iter().map(async |one| {
            let Some(checked) = &one.keyed else { return Ok(None) };
            let key = checked.0.typed_key.as_ref().map(|key| Secret::new(key.expose()));
            self.test(checked.draft(), &checked.0.base_url, key).await.map(Some)
        });
        let tests = futures::future::try_join_all(tests).await?;
        let mut refused = Vec::new();
        for (one, test) in ready.iter_mut().zip(tests) {
            if let Some(test) = test.as_ref().filter(|test| !test.outcome.is_valid()) {
                refused.push(SetUpRefusal {
                    provider_type: one.draft.provider_type,
                    message: test.message.clone(),
                    advice: test.advice.clone(),
                    can_wait: true,
                });
                // A vendor that said no will say no to every call; one that was not reached may say yes tomorrow.
                one.draft.is_active = test.outcome.is_offline();
            }
            one.test = test;
        }
        Ok(refused)
    }

    async fn set_up(&self, session: &Arc<Session>, ready: Vec<Ready>) -> Result<SetUpDone, Failure> {
        // What is off serves nothing: the first that is on is the default.
        let default = ready.iter().position(|one| one.draft.is_active);
        let off = ready.iter().filter(|one| !one.draft.is_active).count();
        let made: Vec<NewProvider> = ready
            .into_iter()
            .enumerate()
            .map(|(place, one)| {
                let (id, act) = (ProviderId(Uuid::now_v7()), self.act("provider.create"));
                let draft = ProviderDraft { is_default: default == Some(place), ..one.draft };
                let key = one.keyed.map_or(KeyChange::Keep, |keyed| keyed.key_change(session, id, act.at));
                let change = Change { draft, key, test: one.test };
                NewProvider { id, change, joins: one.planned.joins, act }
            })
            .collect();
        let count = made.len();
        let step = session.store.set_up(made).await.map_err(failures::store)?;
        let step = step.ok_or_else(failures::broken_off)?;
        session.reload().await;
        Ok(SetUpDone {
            list: self.list(session).await?,
            made: u32::try_from(count).unwrap_or(u32::MAX),
            off: u32::try_from(off).unwrap_or(u32::MAX),
            undo: session.keep_step(step),
        })
    }
}

impl Ready {
    /// By the rules of the form, but that a key may be missing.
    fn new(planned: Planned, key: Option<SetUpKey>) -> Result<Self, SetUpRefusal> {
        let entry = &planned.entry;
        let kind = entry.provider_type;
        let (typed, base_url) = key.map_or((None, String::new()), |key| (key.api_key, key.base_url));
        let typed = typed.filter(|key| !key.expose().trim().is_empty());
        let own = ProviderDraft::new(kind);
        let draft = ProviderDraft {
            base_url: if base_url.trim().is_empty() { own.base_url.clone() } else { base_url },
            model_name: entry.model_name.clone(),
            display_name: entry.display_name.clone(),
            is_active: typed.is_some(),
            tasks: entry.tasks.clone(),
            daily_token_limit: entry.daily_token_limit,
            monthly_token_limit: entry.monthly_token_limit,
            ..own
        };
        if let Some(typed) = typed {
            let checked =
                Checked::new(draft, Some(typed), false, None).map_err(|fault| at_fault(kind, &fault))?;
            return Ok(Self { draft: checked.draft().clone(), planned, keyed: Some(checked), test: None });
        }
        let base_url = BaseUrl::parse(&draft.base_url, kind, false)
            .map_err(|error| at_fault(kind, &Failure::invalid(vec![failures::base_url(&error)])))?;
        let draft = draft.checked().map_err(|faults| at_fault(kind, &Failure::invalid(faults)))?;
        let draft = ProviderDraft { base_url: base_url.as_str().to_owned(), ..draft };
        Ok(Self { planned, draft, keyed: None, test: None })
    }
}

/// What was typed is at fault.
fn at_fault(provider_type: ProviderType, failure: &Failure) -> SetUpRefusal {
    let sentences: Vec<&str> = failure.fields.iter().map(|field| field.message.as_str()).collect();
    SetUpRefusal {
        provider_type,
        message: failure.message.clone(),
        advice: sentences.join(" "),
        can_wait: false,
    }
}

fn taken(list: &ProviderList) -> Vec<String> {
    list.providers.iter().map(|one| one.display_name.to_lowercase()).collect()
}

/// A task's chain as it would be, if the template changes it.
fn route_after(route: &TaskRoute, planned: &[Planned], list: &ProviderList) -> Option<SetUpRoute> {
    let task = &route.task;
    let named = |one: &Planned| one.entry.display_name.clone();
    let first: Vec<String> = planned.iter().filter(|one| one.entry.tasks.contains(task)).map(named).collect();
    let behind: Vec<String> = planned.iter().filter(|one| one.joins.contains(task)).map(named).collect();
    if first.is_empty() && behind.is_empty() {
        return None;
    }
    let there: Vec<String> = route
        .chain
        .iter()
        .filter_map(|member| list.providers.iter().find(|one| one.id == member.provider))
        .map(|one| one.display_name.clone())
        .collect();
    let was = there.first().cloned();
    let chain = first.into_iter().chain(there).chain(behind).collect();
    Some(SetUpRoute { task: task.clone(), chain, was })
}

fn no_model(error: NoModel) -> Failure {
    let advice = "Update the catalogue of models in the settings, or add the providers one by one.";
    Failure::new(FailureCode::Other, error.to_string(), advice)
}
