//! Everything that works while the vault is locked: looking, judging a password, making, opening, locking.

use std::sync::Arc;

use model::{
    Failure,
    command::{
        CreateVault, JudgePassword, LockVault, Opened, PagePainted, PaintedScreen, StayAwake,
        SuggestPassword, SuggestedPassword, UnlockVault, ViewApp,
    },
    vault::{AppView, DeskEvent, LockReason, PasswordJudgement},
};
use store::Store;
use vault::{Failures, NewVault, OpenVault, UnlockError};

use crate::{
    Desk, Host,
    dispatch::Body,
    entering::{Entry, Seen, blocking},
    failures,
};

impl Body for ViewApp {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AppView, Failure> {
        Ok(desk.view())
    }
}

impl Body for StayAwake {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AppView, Failure> {
        Ok(desk.view())
    }
}

impl Body for JudgePassword {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<PasswordJudgement, Failure> {
        let actor = desk.actor.clone();
        blocking(move || vault::judge_password(&self.password, &actor)).await
    }
}

impl Body for SuggestPassword {
    async fn perform<H: Host>(self, _desk: &Desk<H>) -> Result<SuggestedPassword, Failure> {
        let words = vault::suggest_password().map_err(|error| failures::create(error.into()))?;
        Ok(SuggestedPassword { words })
    }
}

impl Body for CreateVault {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Opened, Failure> {
        let _alone = desk.opening.lock().await;
        let (folder, actor, cost) = (desk.folder.clone(), desk.actor.clone(), desk.cost_of_new());
        let new = blocking(move || NewVault::prepare(&folder, &self.password, &actor, cost()?))
            .await?
            .map_err(failures::create)?;
        let (file, key) = (new.database(), new.database_key());
        Store::create(&file, key.expose_hex(), new.vault_id()).await.map_err(failures::open)?;
        let open = blocking(move || new.commit()).await?.map_err(failures::create)?;
        let opened = desk.enter(Arc::new(open), Entry::Made, Seen::default()).await?;
        desk.password_was_typed().await;
        Ok(opened)
    }
}

impl Body for UnlockVault {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Opened, Failure> {
        let _alone = desk.hurry_to_open().await;
        if desk.gate().session.is_some() {
            return Ok(desk.opened().await);
        }
        let (uptime, folder) = (desk.host.uptime(), desk.folder.clone());
        let pages = desk.digest();
        let unlock = move || OpenVault::unlock(&folder, &self.password).map(|open| (open, self.password));
        let opened = desk.attempt(unlock, |error| matches!(error, UnlockError::WrongPassword)).await?;
        let ms = (desk.host.uptime() - uptime).as_secs_f64() * 1000.0;
        tracing::info!(target: "marks", name = "key_derived", ms);
        let (open, password) = opened.map_err(|error| failures::unlock(&error))?;
        let seen = Seen { pages: pages.await, accept_older: self.accept_older };
        let entered = desk.enter(Arc::new(open), Entry::Password, seen).await;
        let opened = entered.inspect_err(|_| desk.gate().attempts.take_back())?;
        desk.password_was_typed().await;
        desk.raise_cost_soon(password);
        Ok(opened)
    }
}

impl Body for LockVault {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AppView, Failure> {
        desk.lock(LockReason::Asked).await;
        Ok(desk.view())
    }
}

impl Body for PagePainted {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        tracing::info!(target: "marks", screen = ?self.screen, "painted");
        if let (PaintedScreen::Providers, Ok(session)) = (self.screen, desk.session()) {
            session.painted.notify_one();
            session.budgets.tell_again();
            session.jumps.tell_again();
            session.bundle_watch.tell_again();
            if let Some(failure) = desk.program.news() {
                desk.host.emit(DeskEvent::Trouble { failure });
            }
            let older = desk.gate().older.take();
            if let Some(failure) = older {
                desk.host.emit(DeskEvent::Trouble { failure });
            }
            let untold = desk.gate().untold.take();
            if let Some(Failures { count, last_at }) = untold {
                desk.host.emit(DeskEvent::AttemptsFailed { count, last_at });
            }
        }
        Ok(())
    }
}
