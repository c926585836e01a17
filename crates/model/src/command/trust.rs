//! The log of acts, and the proof that sensitive ones ask for.

use crate::{Secret, audit::AuditFilter, statistics::DataFormat, step_up::ProofKind};

request! {
    /// A page of the log of acts, newest first.
    ViewAudit {
        /// Which entries.
        filter: AuditFilter,
        /// Number before which the page goes on; `None` begins.
        before: Option<i64>,
        /// Entries of the page, 1 to 200.
        limit: u32,
    }
}
request! {
    /// Verify the whole log of acts.
    VerifyAudit {}
}
request! {
    /// Write the log of acts into the folder for downloads, newest first. Sensitive.
    ExportAudit {
        /// Which entries.
        filter: AuditFilter,
        /// How.
        format: DataFormat,
    }
}
request! {
    /// Where the second factor and the proof stand.
    ViewStepUp {}
}
request! {
    /// Prove to be there, so that sensitive acts are allowed for five minutes.
    ProveStepUp {
        /// By what.
        by: ProofKind,
        /// The password or the code.
        answer: Secret,
    }
}
request! {
    /// Make the secret for an authenticator app. Nothing changes until [`ConfirmTotp`]. Sensitive.
    BeginTotp {}
}
request! {
    /// Enrol the app of the last [`BeginTotp`], in the place of any other one. Sensitive.
    ConfirmTotp {
        /// A code that the app shows.
        code: Secret,
    }
}
request! {
    /// End the second factor: the password counts again. Sensitive.
    RemoveTotp {}
}
request! {
    /// Make new recovery codes; the old ones end. Sensitive.
    RenewRecoveryCodes {}
}
