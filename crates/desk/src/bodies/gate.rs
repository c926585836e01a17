//! Everything that works while the vault is locked: looking, judging a password, making, opening, locking.

use std::sync::Arc;

use model::{
    Failure,
    command::{
        CreateVault, JudgePassword, LockVault, Opened, PagePainted, PaintedScreen, StayAwake,
        SuggestPassword, SuggestedPassword, UnlockVault, ViewApp,
    },
    vault::{AppView, LockReason, PasswordJudgement},
};
use store::Store;
use vault::{Cost, CreateError, NewVault, OpenVault, UnlockError};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

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
        let (folder, actor, cost) = (desk.folder.clone(), desk.actor.clone(), desk.options.kdf_cost);
        let new = blocking(move || {
            let cost = cost.map_or_else(measured_cost, Ok)?;
            NewVault::prepare(&folder, &self.password, &actor, cost)
        })
        .await?
        .map_err(failures::create)?;
        let (file, key) = (new.database(), new.database_key());
        Store::create(&file, key.expose_hex(), new.vault_id()).await.map_err(failures::open)?;
        let open = blocking(move || new.commit()).await?.map_err(failures::create)?;
        desk.enter(open, "vault.create").await
    }
}

impl Body for UnlockVault {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Opened, Failure> {
        desk.hurry();
        let _alone = desk.opening.lock().await;
        if desk.gate().session.is_some() {
            return Ok(desk.opened().await);
        }
        let uptime = desk.host.uptime();
        begin_attempt(desk, uptime)?;
        let folder = desk.folder.clone();
        let opened = blocking(move || OpenVault::unlock(&folder, &self.password)).await?;
        let ms = (desk.host.uptime() - uptime).as_secs_f64() * 1000.0;
        tracing::info!(target: "marks", name = "key_derived", ms);
        match opened {
            Ok(open) => {
                desk.enter(open, "vault.unlock").await.inspect_err(|_| desk.gate().attempts.take_back())
            }
            Err(UnlockError::WrongPassword) => {
                let uptime = desk.host.uptime();
                desk.gate().attempts.failed_at(uptime);
                Err(failures::unlock(&UnlockError::WrongPassword))
            }
            Err(error) => {
                desk.gate().attempts.take_back();
                Err(failures::unlock(&error))
            }
        }
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
        }
        Ok(())
    }
}

impl<H: Host> Desk<H> {
    async fn enter(&self, open: OpenVault, action: &'static str) -> Result<Opened, Failure> {
        let key = open.database_key();
        let store =
            Store::open(&open.database(), key.expose_hex(), open.vault_id()).await.map_err(failures::open)?;
        store.record(&self.act(action)).await.map_err(failures::store)?;
        let (host, network) = (Arc::clone(&self.host), Arc::clone(&self.network));
        self.admit(Session::new(open, store, host, network, self.catalog.clone()));
        tracing::info!(action, "the vault is open");
        Ok(self.opened().await)
    }

    async fn opened(&self) -> Opened {
        let list = match self.session() {
            Ok(session) => self.list(&session).await.ok(),
            Err(_) => None,
        };
        Opened { view: self.view(), list }
    }
}

fn begin_attempt<H: Host>(desk: &Desk<H>, uptime: std::time::Duration) -> Result<(), Failure> {
    let mut gate = desk.gate();
    let wait = gate.attempts.wait(uptime);
    if !wait.is_zero() {
        return Err(failures::wait(wait.as_millis().div_ceil(1000)));
    }
    gate.attempts.begin(uptime).map_err(|error| failures::io(&error))
}

fn measured_cost() -> Result<Cost, CreateError> {
    let memory = sysinfo::System::new_with_specifics(
        sysinfo::RefreshKind::nothing().with_memory(sysinfo::MemoryRefreshKind::nothing().with_ram()),
    );
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // A computer that does not say how much memory it has gets the least cost.
    Ok(Cost::calibrate(memory.map_or(0, |memory| memory.total_memory()), cores)?)
}

/// Key derivation takes a second of a core: not on a thread that serves others.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| failures::broken_off())
}
