//! Deleting: first what it would change, then the act, confirmed by typing the name.

use model::{
    Failure, FailureCode, ProviderId, ProviderView,
    command::{DeleteProvider, Deleted, DeletionPreview, LostTask, PreviewDeletion},
    provider::ProviderList,
};

use crate::{Desk, Host, bodies::find, dispatch::Body, failures, session::Session};

impl Body for PreviewDeletion {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<DeletionPreview, Failure> {
        let session = desk.session()?;
        let list = desk.list(&session).await?;
        let provider = find(&list, self.id)?;
        let (usage_calls, usage_cost) =
            session.store.usage_of(provider.number).await.map_err(failures::store)?;
        Ok(DeletionPreview {
            lost_tasks: lost_tasks(&session, &list, &provider).await?,
            loses_default: provider.is_default,
            provider,
            usage_calls,
            usage_cost,
        })
    }
}

impl Body for DeleteProvider {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Deleted, Failure> {
        let session = desk.session()?;
        let provider = session.store.provider(self.existing.id).await.map_err(failures::store)?;
        if self.typed_name.trim() != provider.draft.display_name {
            let advice = "Type the provider's name exactly as it is shown.";
            return Err(Failure::new(FailureCode::Other, "the name does not match", advice));
        }
        session.require_proof()?;
        let act = desk.act("provider.delete");
        let before = session.store.delete(self.existing, &act).await.map_err(failures::store)?;
        session.reload().await;
        Ok(Deleted { list: desk.list(&session).await?, undo: session.keep_step(before) })
    }
}

/// Who serves each task of which it holds the first place once it is gone, by the gateway's own rules.
async fn lost_tasks(
    session: &Session,
    list: &ProviderList,
    provider: &ProviderView,
) -> Result<Vec<LostTask>, Failure> {
    let engine = session.engine().await?;
    let (_, mut routes) = session.store.routing().await.map_err(failures::store)?;
    routes.retain(|route| provider.tasks.contains(&route.task));
    let name = |id: ProviderId| {
        let named = list.providers.iter().find(|other| other.id == id);
        named.map(|other| other.display_name.clone())
    };
    let left = engine.handed_on(provider.id, routes);
    Ok(left.into_iter().map(|(task, then)| LostTask { then: then.and_then(name), task }).collect())
}
