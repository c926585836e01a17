//! The proof of being there. Sensitive bodies ask for it before they do anything; it lies in the session, and so is forgotten
//! when the vault locks. A gate in the program, not cryptography: docs/SECURITY.md says what it is worth.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{
    Failure, Secret,
    step_up::{FREE_FAILURES, ProofKind, REMEMBERED_S, StepUpView, TotpView, WAIT_S},
};
use store::{Act, Provider, StoredCode};
use vault::{ChangeError, HashedCode, SealedKey, TotpSecret};

use crate::{failures, session::Session};

/// What a session knows of whoever sits before it.
#[derive(Default)]
pub(crate) struct Proof {
    kept: Mutex<Kept>,
    /// One answer at a time: a second one must see what the first one counted.
    answering: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Kept {
    /// When somebody last proved to be there, on the clock that never goes back.
    proven_at: Option<Duration>,
    waits_until: Duration,
    /// The app that is being enrolled.
    pending: Option<TotpSecret>,
}

/// What an answer came to.
enum Judged {
    Accepted,
    Wrong,
    Used,
}

impl Session {
    /// Refuses, unless somebody proved to be there in the last five minutes.
    pub(crate) fn require_proof(&self) -> Result<(), Failure> {
        if self.proof_left().is_zero() { Err(failures::step_up_needed()) } else { Ok(()) }
    }

    /// The vault was opened with its password: that is a proof, unless an app is enrolled.
    pub(crate) async fn password_was_typed(&self) {
        if self.store.step_up().await.is_ok_and(|step_up| step_up.sealed.is_none()) {
            self.prove();
        }
    }

    pub(crate) async fn step_up_view(&self) -> Result<StepUpView, Failure> {
        let step_up = self.store.step_up().await.map_err(failures::store)?;
        let totp = step_up.since().map(|since| TotpView { since, codes_left: step_up.codes_left });
        let ms = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        Ok(StepUpView { totp, proven_ms: ms(self.proof_left()), wait_ms: ms(self.answer_wait()) })
    }

    /// Judges an answer. It is counted as wrong before it is looked at.
    pub(crate) async fn answer(&self, by: ProofKind, answer: Secret, act: &Act) -> Result<(), Failure> {
        let _alone = self.proof.answering.lock().await;
        let wait = self.answer_wait();
        if !wait.is_zero() {
            return Err(failures::step_up_wait(wait.as_secs() + 1));
        }
        let step_up = self.store.step_up().await.map_err(failures::store)?;
        if (by == ProofKind::Password) != step_up.sealed.is_none() {
            return Err(failures::other_proof(step_up.sealed.is_some()));
        }
        let failed = self.store.begin_step_up().await.map_err(failures::store)?;
        let judged = match by {
            ProofKind::Password => self.judge_password(answer, act).await?,
            ProofKind::Totp => self.judge_totp(step_up.sealed.unwrap_or_default(), &answer, act).await?,
            ProofKind::RecoveryCode => self.judge_recovery(&answer, act).await?,
        };
        if matches!(judged, Judged::Accepted) {
            self.prove();
            return Ok(());
        }
        self.wait_after(failed);
        let told = Act { action: "step_up.failed", ..act.clone() };
        self.store.record(&told).await.map_err(failures::store)?;
        Err(failures::wrong_proof(by, matches!(judged, Judged::Used)))
    }

    async fn judge_password(&self, answer: Secret, act: &Act) -> Result<Judged, Failure> {
        let vault = self.vault.clone();
        let judged = tokio::task::spawn_blocking(move || vault.prove_password(&answer)).await;
        match judged.map_err(|_| failures::broken_off())? {
            Ok(()) => {
                self.store.accept_password(act).await.map(|()| Judged::Accepted).map_err(failures::store)
            }
            Err(ChangeError::WrongPassword) => Ok(Judged::Wrong),
            Err(error) => Err(failures::opening::change(error)),
        }
    }

    async fn judge_totp(&self, sealed: Vec<u8>, answer: &Secret, act: &Act) -> Result<Judged, Failure> {
        let secret = self.vault.open_totp(&SealedKey(sealed)).map_err(|_| failures::totp_closed())?;
        let Some(step) = self.step_of(&secret, answer) else { return Ok(Judged::Wrong) };
        let accepted = self.store.accept_totp(step, act).await.map_err(failures::store)?;
        Ok(if accepted { Judged::Accepted } else { Judged::Used })
    }

    async fn judge_recovery(&self, answer: &Secret, act: &Act) -> Result<Judged, Failure> {
        let codes = self.store.recovery_codes().await.map_err(failures::store)?;
        let Some(code) = codes.iter().find(|code| is_of(code, answer)) else { return Ok(Judged::Wrong) };
        let accepted = self.store.accept_recovery_code(code, act).await.map_err(failures::store)?;
        Ok(if accepted { Judged::Accepted } else { Judged::Used })
    }

    /// Of which step a code is, by the wall clock.
    pub(crate) fn step_of(&self, secret: &TotpSecret, code: &Secret) -> Option<i64> {
        let unix_s = u64::try_from(self.host.now().0 / 1000).unwrap_or(0);
        secret.step_of(code, unix_s).and_then(|step| i64::try_from(step).ok())
    }

    /// Keeps the app that is being enrolled, or takes it.
    pub(crate) fn pending_totp(&self, secret: Option<TotpSecret>) -> Option<TotpSecret> {
        std::mem::replace(&mut self.kept().pending, secret)
    }

    pub(crate) fn prove(&self) {
        let uptime = self.host.uptime();
        self.kept().proven_at = Some(uptime);
    }

    fn proof_left(&self) -> Duration {
        let (uptime, proven_at) = (self.host.uptime(), self.kept().proven_at);
        let end = proven_at.map(|at| at + Duration::from_secs(REMEMBERED_S));
        end.map_or(Duration::ZERO, |end| end.saturating_sub(uptime))
    }

    fn answer_wait(&self) -> Duration {
        let uptime = self.host.uptime();
        self.kept().waits_until.saturating_sub(uptime)
    }

    /// After so many wrong answers in a row. A new session starts with the whole of it.
    pub(crate) fn wait_after(&self, failed: u32) {
        if failed >= FREE_FAILURES {
            let until = self.host.uptime() + Duration::from_secs(WAIT_S);
            self.kept().waits_until = until;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.proof.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a change of a configuration is sensitive: one is new or gone, its key or where it is sent changes, or a limit rises.
pub(crate) fn asks_for_proof(now: Option<&Provider>, then: Option<&Provider>) -> bool {
    match (now, then) {
        (Some(now), Some(then)) => now.sealed_key != then.sealed_key || now.draft.asks_for_proof(&then.draft),
        _ => true,
    }
}

fn is_of(stored: &StoredCode, answer: &Secret) -> bool {
    let (Ok(salt), Ok(hash)) = (stored.salt.as_slice().try_into(), stored.hash.as_slice().try_into()) else {
        return false;
    };
    HashedCode { salt, hash }.is_of(answer)
}
