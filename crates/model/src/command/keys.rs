//! API keys as they age.

use super::providers::Existing;
use crate::{ProviderId, Secret, keys::KeySettings};

request! {
    /// A configuration's key: how old it is, which one was before, where it is used.
    ViewKey {
        /// Whose.
        id: ProviderId,
    }
}
request! {
    /// Put another key in force. It is tested first, and the one before is kept for a while.
    ReplaceKey {
        /// Whose, as it was seen.
        existing: Existing,
        /// The new key.
        api_key: Secret,
        /// For how many days the one before is kept, see [`KeySettings::KEEP_DAYS`].
        keep_days: u32,
        /// A number by which the test can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Put the key from before in force again. It is tested first, and the one that was in force is kept in its place.
    GoBackToKey {
        /// Whose, as it was seen.
        existing: Existing,
        /// Also when the vendor cannot be reached. One that says no is never gone back to.
        unreached: bool,
        /// A number by which the test can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Destroy the key from before now.
    DestroyKeptKey {
        /// Whose.
        id: ProviderId,
    }
}
request! {
    /// Put a key on the clipboard, for a while. It never comes to the page.
    CopyKey {
        /// Whose.
        id: ProviderId,
    }
}
request! {
    /// Keys that are older than a person wants them to be.
    ListOldKeys {}
}
request! {
    /// Be quiet about old keys for some days.
    RemindLater {}
}
request! {
    /// How keys are treated as they age.
    ViewKeySettings {}
}
request! {
    /// Treat them otherwise.
    SetKeySettings {
        /// How.
        settings: KeySettings,
    }
}
