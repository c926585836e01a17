//! Who may do what: the door that every request passes, logging in and out, and the one-time tokens by which users begin.

pub(crate) mod door;
pub(crate) mod invite;
pub(crate) mod issuer;
pub(crate) mod log_in;
pub(crate) mod log_out;
pub(crate) mod me;
pub(crate) mod opaque;
pub(crate) mod password;
pub(crate) mod passwords;
pub(crate) mod recovery;
pub(crate) mod refresh;
pub(crate) mod sessions;
pub(crate) mod step_up;
pub(crate) mod take_up;
pub(crate) mod tokens;

use std::net::IpAddr;

use model::Timestamp;
use store::{Act, Asker, Role, Session, StoredCode, User};
use uuid::Uuid;
use vault::HashedCode;

use crate::web::{Answer, Shared, peer, refusal};

/// The second factor is fresh for so long, in milliseconds.
const FRESH_MS: u64 = 5 * 60_000;

/// Who sends a request, once that is proven.
#[derive(Clone)]
pub(crate) struct Caller {
    /// For whoever came with an application's token: none that is kept, and a user that is nobody's here.
    pub(crate) session: Session,
    pub(crate) peer: IpAddr,
    /// Whom an application's token says that it is; `None` for users of this server.
    outsider: Option<Asker>,
}

/// From which address a request comes, for those that nobody is logged in for.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

impl Caller {
    /// A user of this server.
    fn user(session: Session, peer: IpAddr) -> Self {
        Self { session, peer, outsider: None }
    }

    /// Whether an application's token says who it is.
    pub(crate) fn is_outsider(&self) -> bool {
        self.outsider.is_some()
    }

    /// Whose answers are kept under an `Idempotency-Key`.
    pub(crate) fn asker(&self) -> Asker {
        self.outsider.unwrap_or_else(|| (&self.session.user).into())
    }

    /// Sensitive operations need the second factor of the last five minutes.
    pub(crate) fn require_proof(&self, now: Timestamp) -> Answer<()> {
        let proven = self.session.proven_at;
        // A proof of the future is of a clock that was set back.
        let fresh = proven <= now && now.since(proven) <= FRESH_MS;
        match (fresh, self.is_outsider()) {
            (true, _) => Ok(()),
            (false, true) => Err(refusal::proof_needed_of_issuer()),
            (false, false) => Err(refusal::proof_needed()),
        }
    }

    /// Somebody whom an application's token names.
    fn outsider(outsider: issuer::Outsider, peer: IpAddr) -> Self {
        let role = if outsider.is_super_admin { Role::SuperAdmin } else { Role::User };
        let user = User { number: 0, id: Uuid::nil(), name: outsider.name, role, can_log_in: false };
        let proven_at = outsider.proven_at.unwrap_or(Timestamp(0));
        Self { session: Session { id: Uuid::nil(), user, proven_at }, peer, outsider: Some(outsider.asker) }
    }
}

/// Counts an attempt at a user's secrets, or says how long to wait.
async fn begin_attempt(app: &Shared, peer: IpAddr, user: &str) -> Answer<()> {
    let now = app.now();
    let begun = app.store.begin_attempt(&peer::scope(peer), user, now).await?;
    begun.map_err(|waits| refusal::wait(waits.until, now))
}

/// What a code may turn out to be beside one of the app. It is read before anything is judged and of nobody, too, so that all that is
/// wrong takes alike.
async fn recovery_codes(
    app: &Shared,
    login: Option<&store::Login>,
    code: &model::Secret,
) -> Answer<Vec<StoredCode>> {
    if !HashedCode::is_like(code) {
        return Ok(Vec::new());
    }
    Ok(app.store.recovery_codes_of(login.map_or(0, |login| login.user.number)).await?)
}

/// Whether this is a code of the user's app that was not used before, or one of the recovery codes.
async fn accepts_code(
    app: &Shared,
    login: &store::Login,
    (code, kept): (&model::Secret, &[StoredCode]),
    act: Act,
) -> Answer<bool> {
    if HashedCode::is_like(code) {
        let Some(known) = kept.iter().find(|kept| is_of(kept, code)) else { return Ok(false) };
        let act = Act { action: "recovery_code.use", ..act };
        return Ok(app.store.accept_recovery_code_of(&login.user, known, &act).await?);
    }
    let sealed = vault::SealedKey(login.totp_secret.clone());
    let secret = app.root.open_totp(login.user.id, &sealed).map_err(|error| {
        tracing::error!(%error, "a second factor does not open");
        refusal::internal()
    })?;
    let seconds = u64::try_from(app.now().0 / 1_000).unwrap_or(0);
    match secret.step_of(code, seconds).and_then(|step| i64::try_from(step).ok()) {
        Some(step) => Ok(app.store.accept_step_of(&login.user, step).await?),
        None => Ok(false),
    }
}

fn is_of(kept: &StoredCode, code: &model::Secret) -> bool {
    let parts = (kept.salt.as_slice().try_into(), kept.hash.as_slice().try_into());
    let (Ok(salt), Ok(hash)) = parts else { return false };
    HashedCode { salt, hash }.is_of(code)
}
