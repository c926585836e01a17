//! How lists were last looked at, found again with the next unlock.

use std::collections::HashMap;

use model::{
    Failure, FailureCode, ProviderId,
    command::{OrderProviders, Remember, ViewRemembered},
    provider::ProviderList,
    remembered::{REMEMBERED_LIMIT, Remembered},
};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

/// Name of the setting with the order of configurations.
const ORDER: &str = "provider_order";
/// More are in no list that a person orders by hand.
const MOST: usize = 5_000;
/// Name of the setting.
const SETTING: &str = "remembered_lists";

impl Body for ViewRemembered {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Remembered, Failure> {
        all(&*desk.session()?).await
    }
}

impl Body for Remember {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        let session = desk.session()?;
        if self.text.chars().count() > REMEMBERED_LIMIT {
            let advice = "Clear the filters. Nothing else is changed.";
            return Err(Failure::new(FailureCode::Other, "these filters are too long to remember", advice));
        }
        let mut remembered = all(&session).await?;
        remembered.0.insert(self.list, self.text);
        session.store.remember(SETTING, &remembered).await.map_err(failures::store)
    }
}

impl Body for OrderProviders {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProviderList, Failure> {
        let session = desk.session()?;
        if self.ids.len() > MOST {
            let advice = "Sort the list by a column instead. Nothing was changed.";
            return Err(Failure::new(FailureCode::Other, "these are too many to order by hand", advice));
        }
        session.store.remember(ORDER, &self.ids).await.map_err(failures::store)?;
        desk.list(&session).await
    }
}

/// Puts the configurations of each type into the order that a person gave them.
pub(crate) async fn put_in_order(session: &Session, list: &mut ProviderList) -> Result<(), Failure> {
    let order: Vec<ProviderId> = session.store.setting(ORDER).await.map_err(failures::store)?;
    if order.is_empty() {
        return Ok(());
    }
    let places: HashMap<ProviderId, usize> =
        order.into_iter().enumerate().map(|(place, id)| (id, place)).collect();
    // Stable: whoever has no place stays behind in the order that there was, by name.
    list.providers.sort_by_key(|one| (one.provider_type, places.get(&one.id).copied().unwrap_or(usize::MAX)));
    Ok(())
}

/// What is remembered of all lists.
pub(crate) async fn all(session: &Session) -> Result<Remembered, Failure> {
    session.store.setting(SETTING).await.map_err(failures::store)
}
