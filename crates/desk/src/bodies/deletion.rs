//! Deleting: first what it would change, then the act, confirmed by typing the name.

use model::{
    Failure, FailureCode, ProviderView,
    command::{DeleteProvider, Deleted, DeletionPreview, LostTask, PreviewDeletion},
    provider::ProviderList,
};

use crate::{Desk, Host, bodies::find, dispatch::Body, failures};

impl Body for PreviewDeletion {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<DeletionPreview, Failure> {
        let session = desk.session()?;
        let list = desk.list(&session).await?;
        let provider = find(&list, self.id)?;
        let (usage_calls, usage_cost) =
            session.store.usage_of(provider.number).await.map_err(failures::store)?;
        Ok(DeletionPreview {
            lost_tasks: lost_tasks(&list, &provider),
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
        let act = desk.act("provider.delete");
        let before = session.store.delete(self.existing, &act).await.map_err(failures::store)?;
        Ok(Deleted { list: desk.list(&session).await?, undo: session.keep_step(before) })
    }
}

fn lost_tasks(list: &ProviderList, provider: &ProviderView) -> Vec<LostTask> {
    let default = list.providers.iter().find(|other| other.is_default && other.id != provider.id);
    let then = default.map(|other| other.display_name.clone());
    provider.tasks.iter().map(|task| LostTask { task: task.clone(), then: then.clone() }).collect()
}
