//! Since when what opens a vault is as it is, and how long the keyring may on behalf of the password.

use model::Timestamp;
use serde::{Deserialize, Serialize};

/// Name of the setting that says since when what opens the vault is as it is.
pub(crate) const SECURITY: &str = "security";
/// The keyring opens a vault for so long after its password did.
pub(super) const KEYRING_DAYS: u64 = 14;
const KEYRING_MS: i64 = KEYRING_DAYS as i64 * 86_400_000;

/// Since when what opens the vault is as it is. In the database, where nobody without the key can change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Since {
    /// The password, unless it is the first one.
    pub(crate) password: Option<Timestamp>,
    /// The recovery kit.
    pub(crate) kit: Option<Timestamp>,
    /// When somebody showed to have a copy of that kit.
    pub(crate) kit_checked: Option<Timestamp>,
    /// The vault key, unless it is the first one.
    pub(crate) key: Option<Timestamp>,
    /// When the password opened the vault last, as long as the keyring may, too.
    pub(crate) proved: Option<Timestamp>,
    /// Behind which entry of the log of acts that was: those after it say how late it has become since. A vault that another
    /// version left has none, and all of its log counts until the password is typed again.
    pub(crate) proved_after: i64,
}

impl Since {
    /// Until when the keyring opens the vault.
    pub(crate) fn keyring_until(&self) -> Option<Timestamp> {
        self.proved.map(|at| Timestamp(at.0.saturating_add(KEYRING_MS)))
    }

    /// The password opens the vault now, behind an entry of the log of acts, and the keyring may again.
    pub(crate) fn prove(&mut self, now: Timestamp, after: i64) {
        (self.proved, self.proved_after) = (Some(now), after);
    }

    /// Whether the password is asked for although the keyring would open. So it is when the clock was set back to before the
    /// password: how long ago that was is not known then. `seen` is the latest time that anything was done at since, which
    /// counts where the clock was set back to after the password.
    pub(crate) fn asks_password(&self, now: Timestamp, seen: Option<Timestamp>) -> bool {
        let latest = seen.map_or(now, |seen| seen.max(now));
        self.proved.is_none_or(|at| now < at || latest.0.saturating_sub(at.0) >= KEYRING_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyring_opens_for_fourteen_days_and_never_into_the_past() {
        let since = Since { proved: Some(Timestamp(1_000)), ..Since::default() };
        let asks = |now: i64| since.asks_password(Timestamp(now), None);
        assert!(!asks(1_000) && !asks(KEYRING_MS + 999));
        assert!(asks(KEYRING_MS + 1_000) && asks(999));
        assert!(Since::default().asks_password(Timestamp(1_000), None));
    }

    #[test]
    fn what_was_done_later_than_the_clock_says_counts_and_not_what_was_earlier() {
        let since = Since { proved: Some(Timestamp(1_000)), ..Since::default() };
        let asks = |now: i64, seen: i64| since.asks_password(Timestamp(now), Some(Timestamp(seen)));
        assert!(asks(2_000, KEYRING_MS + 1_000) && !asks(2_000, KEYRING_MS + 999));
        assert!(asks(KEYRING_MS + 1_000, 2_000) && asks(999, 1_000));
    }
}
