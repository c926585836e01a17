//! How lists were last looked at, found again with the next unlock.

use model::{
    Failure, FailureCode,
    command::{Remember, ViewRemembered},
    remembered::{REMEMBERED_LIMIT, Remembered},
};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

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

/// What is remembered of all lists.
pub(crate) async fn all(session: &Session) -> Result<Remembered, Failure> {
    session.store.setting(SETTING).await.map_err(failures::store)
}
