//! What opens the vault, and what else becomes of its key.

use crate::Secret;

request! {
    /// What opens the vault, and since when.
    ViewSecurity {}
}
request! {
    /// Another master password. A wrong old one counts as an attempt.
    ChangePassword {
        /// The one in force.
        old: Secret,
        /// The one to come.
        new: Secret,
    }
}
request! {
    /// A new recovery kit, which voids the one before.
    MakeRecoveryKit {}
}
request! {
    /// A page to print with the kit in force, in the person's folder for downloads.
    SaveRecoveryKit {
        /// The words, which nobody else has.
        words: Secret,
    }
}
request! {
    /// Open the vault with its recovery kit, which gives it a new password and a new kit.
    RecoverVault {
        /// The words as they were typed.
        words: Secret,
        /// The new master password.
        password: Secret,
    }
}
request! {
    /// Let the system keyring open the vault, or end that.
    SetKeyring {
        /// Whether it may.
        on: bool,
    }
}
request! {
    /// Open the vault with what the system keyring holds for it.
    UnlockWithKeyring {}
}
request! {
    /// Replace the vault key. Calls end meanwhile.
    RotateVaultKey {
        /// The master password, for which the new key is wrapped.
        password: Secret,
    }
}
request! {
    /// After how long without anybody acting the vault locks.
    SetIdleLock {
        /// Minutes, 1 to 60.
        minutes: u32,
    }
}
request! {
    /// Prove that a new recovery kit was written down: the two of its words that were asked for, in their order. Answered
    /// while no vault is open, too, as long as such a kit was just made.
    CheckRecoveryKit {
        /// What was typed.
        words: [Secret; 2],
    }
}
