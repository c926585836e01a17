//! Where everything stands, as the page sees it.

use model::vault::{AppView, VaultState};
use vault::Presence;

use crate::{Desk, Host, failures};

impl<H: Host> Desk<H> {
    pub(crate) fn view(&self) -> AppView {
        // Each guard of the gate is gone before the next: within one expression they would wait for each other.
        let idle_lock = self.gate().idle_lock;
        let without_kit = self.session().is_ok_and(|session| !session.vault.doors().kit);
        AppView {
            vault: self.vault_state(),
            data_folder: self.folder.data().display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            idle_lock_s: idle_lock.as_secs(),
            actor: self.actor.clone(),
            sample_password: self.sample_password.clone(),
            without_kit,
        }
    }

    fn vault_state(&self) -> VaultState {
        if self.gate().session.is_some() || self.is_turning() {
            return VaultState::Unlocked { locks_in_ms: millis(self.locks_in()) };
        }
        match self.folder.presence() {
            Ok(Presence::Absent) => VaultState::Absent,
            Ok(Presence::Present) => self.locked_state(),
            Err(error) => VaultState::Unusable { fault: failures::header(error) },
        }
    }

    fn locked_state(&self) -> VaultState {
        let uptime = self.host.uptime();
        let doors = self.folder.doors();
        let gate = self.gate();
        VaultState::Locked {
            reason: gate.lock_reason,
            failed_attempts: gate.attempts.failed(),
            wait_ms: millis(gate.attempts.wait(uptime)),
            kit: doors.kit,
            keyring: doors.keyring,
        }
    }
}

fn millis(duration: std::time::Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
