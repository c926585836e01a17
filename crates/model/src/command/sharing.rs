//! Configurations for other vaults.

use crate::{
    ProviderId, Secret,
    share::{ShareFor, SharedChoice},
};

request! {
    /// Write configurations with their keys into a file for another vault, in the folder for downloads.
    ExportProviders {
        /// Which ones, at most 1,000.
        ids: Vec<ProviderId>,
        /// For whom.
        seal: ShareFor,
    }
}
request! {
    /// What importing a file of [`ExportProviders`] would do.
    PreviewShared {
        /// The file's bytes in base64, at most [`crate::share::FILE_LIMIT`] of them.
        file: String,
        /// Its passphrase; `None` for a file that was sealed for this vault.
        passphrase: Option<Secret>,
    }
}
request! {
    /// Import such a file: everything that was chosen, or nothing.
    ImportShared {
        /// The file's bytes in base64.
        file: String,
        /// Its passphrase.
        passphrase: Option<Secret>,
        /// What becomes of each, in the file's order.
        choices: Vec<SharedChoice>,
    }
}
request! {
    /// For whom others can seal a file that this vault opens.
    ViewRecipient {}
}
request! {
    /// Make this vault's recipient, unless it has one.
    MakeRecipient {}
}
