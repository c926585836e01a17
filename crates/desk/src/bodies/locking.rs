//! How a vault is kept safe without anybody acting: when it locks, whether it is backed up, and whether the copy of its
//! recovery kit was shown to be one.

use std::time::Duration;

use model::{
    Failure, FailureCode,
    backups::BackupsView,
    command::{CheckRecoveryKit, SetAutomaticBackups, SetIdleLock},
    vault::AppView,
};
use serde::{Deserialize, Serialize};

use crate::{
    Desk, Host,
    dispatch::Body,
    entering::{SECURITY, Since},
    failures,
    session::Session,
};

const IDLE: &str = "idle_lock";
const BACKUPS: &str = "backups";
/// Minutes, by the parameters of the design.
const IDLE_MINUTES: std::ops::RangeInclusive<u32> = 1..=60;

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Idle {
    minutes: Option<u32>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct BackupSettings {
    off: bool,
}

impl Body for SetIdleLock {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<AppView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        if !IDLE_MINUTES.contains(&self.minutes) {
            return Err(Failure::new(
                FailureCode::Other,
                "the vault cannot wait so long or so short",
                "Choose 1 to 60 minutes.",
            ));
        }
        let idle = Idle { minutes: Some(self.minutes) };
        let act = desk.act("vault.set_idle_lock");
        session.store.set_setting(IDLE, &idle, &act).await.map_err(failures::store)?;
        desk.gate().idle_lock = minutes(self.minutes);
        Ok(desk.view())
    }
}

impl Body for SetAutomaticBackups {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BackupsView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let settings = BackupSettings { off: !self.on };
        let act = desk.act("backup.set_automatic");
        session.store.set_setting(BACKUPS, &settings, &act).await.map_err(failures::store)?;
        desk.backups.switch(self.on);
        Ok(desk.backups.view(&session.vault))
    }
}

impl Body for CheckRecoveryKit {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        desk.answer_words(&self.words)?;
        // A kit of a vault whose database does not open has no place to note it.
        let Ok(session) = desk.session() else { return Ok(()) };
        let act = desk.act("vault.check_kit");
        let mut since: Since = session.store.setting(SECURITY).await.map_err(failures::store)?;
        since.kit_checked = Some(act.at);
        session.store.set_setting(SECURITY, &since, &act).await.map_err(failures::store)
    }
}

impl<H: Host> Desk<H> {
    /// The vault's own idle time, and whether it is backed up by itself.
    pub(crate) async fn idle_lock_of(&self, session: &Session) -> Option<Duration> {
        let backups: BackupSettings = session.store.setting(BACKUPS).await.unwrap_or_default();
        self.backups.switch(!backups.off);
        let idle: Idle = session.store.setting(IDLE).await.unwrap_or_default();
        idle.minutes.filter(|set| IDLE_MINUTES.contains(set)).map(minutes)
    }
}

fn minutes(count: u32) -> Duration {
    Duration::from_secs(u64::from(count) * 60)
}
