//! A link that came from outside, for a person to look at. Nothing of it is done here.

use std::sync::PoisonError;

use model::{
    Failure, FailureCode,
    command::{TakeLink, TakenLink},
    link::LINK_LIMIT,
    vault::DeskEvent,
};

use crate::{Desk, Host, dispatch::Body, link};

impl Body for TakeLink {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<TakenLink, Failure> {
        desk.session()?;
        let waiting = desk.link.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(waiting) = waiting else { return Ok(TakenLink::None) };
        let proposed = link::read(&waiting).map_err(|error| {
            // Its text stays out of the log: a refused link is the likeliest to hold a key.
            tracing::info!(reason = %error, "a link was refused");
            Failure::new(FailureCode::Other, error.to_string(), error.advice())
        })?;
        Ok(TakenLink::Proposed(Box::new(proposed)))
    }
}

impl<H: Host> Desk<H> {
    /// A link came in. It waits until the vault is open and a page takes it; a later one takes its place. Of one that is
    /// too long no more is kept than says so.
    pub fn take_in(&self, link: &str) {
        let kept: String = link.chars().take(LINK_LIMIT + 1).collect();
        *self.link.lock().unwrap_or_else(PoisonError::into_inner) = Some(kept);
        self.host.emit(DeskEvent::LinkCame);
    }
}
