//! Reading, and the small verbs around the list.

use model::{
    Catalog, Failure,
    command::{AddTask, ListModels, ListProviders, OpenConsole, RemoveTask, Undo},
    provider::ProviderList,
};

use super::routing::not_saved;
use crate::{Desk, Host, dispatch::Body, failures, proof::asks_for_proof};

impl Body for ListProviders {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProviderList, Failure> {
        desk.list(&*desk.session()?).await
    }
}

impl Body for ListModels {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Catalog, Failure> {
        desk.catalog_in_force(&*desk.session()?).await
    }
}

impl Body for AddTask {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProviderList, Failure> {
        let session = desk.session()?;
        session.store.add_task(&self.name, &desk.act("task.add")).await.map_err(failures::store)?;
        session.reload().await;
        desk.list(&session).await
    }
}

impl Body for RemoveTask {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProviderList, Failure> {
        let session = desk.session()?;
        let (seen, routes) = session.store.routing().await.map_err(failures::store)?;
        let route = routes.iter().find(|route| route.task == self.name).ok_or_else(failures::no_task)?;
        // Whoever would lose more than a name does so on the pages where it is shown.
        let instructed = session.store.task_prompt(&self.name).await.map_err(failures::store)?.is_some();
        if self.name.is_built_in() || !route.chain.is_empty() || instructed {
            return Err(failures::task_stays());
        }
        session.store.remove_task(&self.name, seen, &desk.act("task.remove")).await.map_err(not_saved)?;
        session.reload().await;
        desk.list(&session).await
    }
}

impl Body for Undo {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProviderList, Failure> {
        let session = desk.session()?;
        let step = session.step(self.token).ok_or_else(failures::undo_expired)?;
        let now = session.store.provider(step.id()).await.ok();
        if asks_for_proof(now.as_ref(), step.provider()) {
            session.require_proof()?;
        }
        // Forgotten only when it worked: the step may hold the last copy of a deleted key.
        session.store.undo(&step, &desk.act("provider.undo")).await.map_err(failures::store)?;
        session.forget_step(self.token);
        session.reload().await;
        desk.list(&session).await
    }
}

impl Body for OpenConsole {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        desk.session()?;
        let Some(url) = self.provider_type.console_url() else { return Ok(()) };
        desk.host.open_link(url).map_err(|error| {
            let advice = format!("Open {url} in a browser of your own.");
            Failure::new(model::FailureCode::Other, error.to_string(), advice)
        })
    }
}
