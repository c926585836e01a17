//! One file a family of verbs. Every body but those of the gate begins by asking for the open session.

mod audit;
mod backups;
mod budgets;
mod bundle_servers;
mod bundles;
mod deletion;
mod export;
mod gate;
mod gateway;
mod health;
mod imports;
mod insights;
mod keys;
mod limits;
mod links;
mod listing;
mod locking;
mod playground;
mod prices;
mod program;
mod prompts;
mod recovery;
pub(crate) mod remembered;
mod remotes;
mod rotation;
mod routing;
mod saving;
mod security;
mod set_up;
mod sharing;
mod step_up;
mod switches;
mod sync;
mod task_prompts;
pub(crate) mod testing;
mod told;
mod usage;

use std::sync::Arc;

use model::{Catalog, Failure, ProviderId, ProviderView, command::Changed, provider::ProviderList};
use store::Before;

use crate::{Desk, Host, failures, session::Session};

impl<H: Host> Desk<H> {
    pub(crate) async fn list(&self, session: &Session) -> Result<ProviderList, Failure> {
        let mut list = session.store.list(self.host.now()).await.map_err(failures::store)?;
        remembered::put_in_order(session, &mut list).await?;
        Ok(list)
    }

    async fn provider_view(&self, session: &Session, id: ProviderId) -> Result<ProviderView, Failure> {
        find(&self.list(session).await?, id)
    }

    /// The catalogue that is in force: the one imported last, else the one that came with the program.
    async fn catalog_in_force(&self, session: &Session) -> Result<Catalog, Failure> {
        let imported = session.store.catalog_in_force().await.map_err(failures::store)?;
        Ok(imported.map_or_else(|| self.catalog.clone(), |imported| imported.catalog))
    }

    /// The reply to a change: the record, the list around it, and the way back.
    async fn changed(&self, session: &Arc<Session>, before: Before) -> Result<Changed, Failure> {
        session.reload().await;
        let list = self.list(session).await?;
        Ok(Changed { provider: find(&list, before.id())?, list, undo: session.keep_step(before) })
    }
}

fn find(list: &ProviderList, id: ProviderId) -> Result<ProviderView, Failure> {
    let found = list.providers.iter().find(|provider| provider.id == id).cloned();
    found.ok_or_else(|| failures::store(store::StoreError::Gone))
}
