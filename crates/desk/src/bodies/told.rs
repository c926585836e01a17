//! What a connected remote says of itself: usage, health and its log of acts. Nothing of it is kept, and nothing is changed there.

use model::{
    Failure,
    command::{ViewRemoteAudit, ViewRemoteHealth, ViewRemoteUsage},
    told::{RemoteAnswer, RemoteAudit, RemoteHealth, RemoteUsage},
};

use super::audit::check;
use crate::{Desk, Host, dispatch::Body, failures, sync::told};

/// Ten years.
const MOST_DAYS: u32 = 3_653;
/// Entries of one page at most.
const MOST: u32 = 200;

impl Body for ViewRemoteUsage {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RemoteAnswer<RemoteUsage>, Failure> {
        let session = desk.session()?;
        if !(1..=MOST_DAYS).contains(&self.days) {
            return Err(failures::days(1, MOST_DAYS));
        }
        let asked =
            session.ask_remote(self.id, |client| async move { told::usage(&client, self.days).await });
        session.until_closed(asked).await
    }
}

impl Body for ViewRemoteHealth {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RemoteAnswer<RemoteHealth>, Failure> {
        let session = desk.session()?;
        let asked = session.ask_remote(self.id, |client| async move { told::health(&client).await });
        session.until_closed(asked).await
    }
}

impl Body for ViewRemoteAudit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RemoteAnswer<RemoteAudit>, Failure> {
        let session = desk.session()?;
        check(&self.filter)?;
        let (filter, before, limit) = (self.filter, self.before, self.limit.clamp(1, MOST));
        let asked = session
            .ask_remote(self.id, |client| async move { told::audit(&client, filter, before, limit).await });
        session.until_closed(asked).await
    }
}
