//! What comes down from a remote was judged there, by its tasks and its catalogue. Here a place is refused, as a form is refused it, to a
//! model that is known to be unable to fill it.

use std::collections::HashMap;

use model::{Catalog, ProviderDraft, ProviderId, TaskName};
use store::{Provider, Serving, Store, StoreError, SyncDown};
use sync::KeeperError;

use super::keeper::failed;

/// What is looked at for one commit: what is here, read when it is first needed, and what the commit brought so far.
#[derive(Default)]
pub(super) struct Fit {
    here: Option<(Serving, Catalog)>,
    brought: HashMap<ProviderId, ProviderDraft>,
}

impl Fit {
    /// Refuses a change that gives a model a place that it cannot fill.
    pub(super) async fn require(&mut self, store: &Store, down: &SyncDown) -> Result<(), KeeperError> {
        match down {
            SyncDown::Insert { id, draft } => {
                self.brought.insert(*id, (**draft).clone());
            }
            SyncDown::Change { existing, draft, .. } => {
                self.judge(store, existing.id, draft, None).await?;
                self.brought.insert(existing.id, (**draft).clone());
            }
            SyncDown::Place { task: Some(task), holder: Some(holder), .. } => {
                let Some(draft) = self.draft(store, *holder).await? else { return Ok(()) };
                let draft = ProviderDraft { tasks: vec![task.clone()], ..draft };
                self.judge(store, *holder, &draft, Some(task)).await?;
            }
            SyncDown::Remove { .. } | SyncDown::Place { .. } => {}
        }
        Ok(())
    }

    /// A configuration as it is after what the commit brought so far.
    async fn draft(&mut self, store: &Store, id: ProviderId) -> Result<Option<ProviderDraft>, KeeperError> {
        if let Some(draft) = self.brought.get(&id) {
            return Ok(Some(draft.clone()));
        }
        let (serving, _) = self.here(store).await?;
        Ok(found(serving, id).map(|provider| provider.draft.clone()))
    }

    async fn judge(
        &mut self,
        store: &Store,
        id: ProviderId,
        draft: &ProviderDraft,
        only: Option<&TaskName>,
    ) -> Result<(), KeeperError> {
        let (serving, catalog) = self.here(store).await?;
        let misplaced = gateway::misplaced(draft, found(serving, id), &serving.routes, catalog);
        let of_place = misplaced.into_iter().find(|one| only.is_none_or(|task| one.task == *task));
        of_place.map_or(Ok(()), |one| Err(KeeperError::Refused { message: one.message }))
    }

    async fn here(&mut self, store: &Store) -> Result<&(Serving, Catalog), KeeperError> {
        if self.here.is_none() {
            let mut serving = store.serving().await.map_err(|error| failed(&error))?;
            let imported = serving.catalog.take().map(|imported| imported.catalog);
            let bundled = || Catalog::bundled().map_err(|_| failed(&StoreError::Damaged));
            let catalog = imported.map_or_else(bundled, Ok)?;
            self.here = Some((serving, catalog));
        }
        self.here.as_ref().ok_or_else(|| failed(&StoreError::Damaged))
    }
}

fn found(serving: &Serving, id: ProviderId) -> Option<&Provider> {
    serving.providers.iter().find(|provider| provider.id == id)
}
