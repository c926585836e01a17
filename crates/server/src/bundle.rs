//! Bundles on a server: who it is to those who make them, whom it trusts, and putting one in force. A bundle is judged by crate
//! `bundle`; here are its files, the keys' new seals, and the one transaction.

mod alarm;
mod apply;
mod console;
mod fit;
mod qr;
mod remote;
mod trust;
mod watch;

use std::{fs::File, io, io::Read as _, path::Path};

use bundle::{
    ChangeError, ContentsError, Identity, KeyFileError, OpenError, PublicKey, ServerFile, VerifyError,
};
use model::{Timestamp, bundles::warns_at};
use store::{AcceptedBundle, ApplyError, Database, StoreError};
use vault::RootKey;

use crate::web::instant;

pub use apply::Applied;
pub use console::{Looked, accept_clock, apply, back, identity, look, show, trust};
pub use qr::qr_code;
pub use trust::Trusted;

pub(crate) use alarm::raise_alarms;
pub(crate) use remote::{__path_show_bundles, __path_upload, show_bundles, upload};
pub(crate) use watch::watch;

/// Why nothing came into force.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// It is not to be believed, or not for here and now.
    #[error(transparent)]
    Verify(#[from] VerifyError),
    /// It did not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It could not be put in force.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// A configuration that could not be saved by hand either; counted from 1.
    #[error("configuration {0} of this bundle has a field that no form would take")]
    Field(usize),
    /// A route brings a model to a task that it cannot serve.
    #[error("{} of this bundle cannot serve {}: its model has {}", .0.name, .0.task, .0.lacks)]
    Unfit(gateway::Unfit),
    /// It puts one in force again that is not kept any more.
    #[error("this bundle puts number {0} in force again, which is not kept here")]
    NotKept(u64),
    /// It has contents of its own, and one that puts an earlier one in force again was asked for.
    #[error("this bundle puts no earlier one in force again")]
    NotBack,
    /// It is good by the clock, and has expired by what was seen before.
    #[error("this bundle has expired by {}, the latest time that this server has seen; its clock shows an earlier one", instant::text(*.seen))]
    ClockBehind {
        /// The latest time.
        seen: Timestamp,
    },
    /// It is no file with a signing key.
    #[error(transparent)]
    Key(#[from] KeyFileError),
    /// It is no change of signing keys that is to be believed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The fingerprint that was compared is another key's.
    #[error("the fingerprint is that of another key")]
    Fingerprint,
    /// The file.
    #[error("the file cannot be read: {0}")]
    File(#[from] io::Error),
    /// The server's own identity, which is derived.
    #[error("this server's identity cannot be made of its root key")]
    Identity,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BundleError {
    /// Whether the bundle is at fault, and not this server's disk or database.
    fn is_of_bundle(&self) -> bool {
        match self {
            Self::Apply(ApplyError::Store(_)) | Self::Store(_) | Self::File(_) | Self::Identity => false,
            Self::Verify(_)
            | Self::Open(_)
            | Self::Apply(_)
            | Self::Field(_)
            | Self::Unfit(_)
            | Self::NotKept(_)
            | Self::NotBack
            | Self::ClockBehind { .. }
            | Self::Key(_)
            | Self::Change(_)
            | Self::Fingerprint => true,
        }
    }

    /// What to do about it.
    pub fn advice(&self) -> String {
        let advice = match self {
            Self::Verify(error) => error.advice(),
            Self::Open(error) => error.advice(),
            Self::Apply(ApplyError::OldSerial { accepted }) => {
                return VerifyError::OldSerial { accepted: *accepted }.advice().to_owned();
            }
            Self::Apply(ApplyError::Taken) => {
                "Rename or delete the one that was made here, then apply the bundle again."
            }
            Self::Apply(ApplyError::Routes(_)) | Self::Field(_) => {
                "Export a new one on the desktop, after saving that configuration there."
            }
            Self::Unfit(_) => {
                "Take it out of that task's route on the desktop, or have the task need less, and export a new one."
            }
            Self::NotKept(_) => "Export a bundle with configurations on the desktop.",
            Self::NotBack => "Use `bundle apply` for it, or export one that goes back on the desktop.",
            Self::ClockBehind { .. } => {
                "Set the clock right. If it is right, and was ahead by mistake before, say so at the console: `signalbox-server bundle accept-clock`."
            }
            Self::Key(_) | Self::Change(ChangeError::Other) => {
                "Export the signing key on the desktop's page Bundles, and bring that file."
            }
            Self::Change(_) => "Do not trust it, and find out where it comes from.",
            Self::Fingerprint => "Do not trust it. Compare with what the desktop's page Bundles shows.",
            Self::File(_) => "Check the path and who may read it.",
            Self::Identity => "Report this.",
            Self::Apply(ApplyError::Store(_)) | Self::Store(_) => {
                "Nothing was changed. Look at the disk, or at the database's server."
            }
        };
        advice.to_owned()
    }
}

/// A file, if it is no larger than may be looked at.
pub(crate) fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    let most = bundle::BUNDLE_LIMIT as u64 + 1;
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(crate) fn own_identity(root: &RootKey) -> Result<Identity, BundleError> {
    Identity::of(&root.bundle_identity()).ok_or(BundleError::Identity)
}

/// This server as its desk knows it.
pub(crate) fn own_file(root: &RootKey, name: &str, serial: u64) -> Result<ServerFile, BundleError> {
    let recipient = own_identity(root)?.recipient();
    Ok(ServerFile { id: root.server_id().to_owned(), name: ServerFile::name_of(name), recipient, serial })
}

/// Keys that are trusted now, and those that were.
pub(crate) async fn keys(store: &Database) -> Result<(Vec<PublicKey>, Vec<PublicKey>), BundleError> {
    let (mut trusted, mut replaced) = (Vec::new(), Vec::new());
    for one in store.bundle_issuers().await? {
        let key = PublicKey::kept(&one.issuer, &one.kid, &one.public)?;
        if one.is_trusted() { trusted.push(key) } else { replaced.push(key) }
    }
    Ok((trusted, replaced))
}

/// The highest serial that was accepted of an issuer.
pub(crate) fn highest(accepted: &[AcceptedBundle], issuer: &str) -> u64 {
    let own = accepted.iter().filter(|one| one.issuer == issuer);
    own.filter_map(|one| u64::try_from(one.serial).ok()).max().unwrap_or(0)
}

/// What is in force: of each issuer the one with the highest serial, whatever the clock showed when it came.
pub(crate) fn in_force(accepted: &[AcceptedBundle]) -> impl Iterator<Item = &AcceptedBundle> {
    accepted.iter().filter(|one| u64::try_from(one.serial) == Ok(highest(accepted, &one.issuer)))
}

/// How long what is in force is good, of several issuers' the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ending {
    /// From then on a new one is due.
    pub(crate) warns_at: Timestamp,
    /// Until then it could be applied. It goes on after that.
    pub(crate) expires_at: Timestamp,
}

/// `None` without a bundle.
pub(crate) fn ending(accepted: &[AcceptedBundle]) -> Option<Ending> {
    let endings = in_force(accepted).map(|one| Ending {
        warns_at: warns_at(one.issued_at(), one.expires_at()),
        expires_at: one.expires_at(),
    });
    endings.reduce(|one, two| Ending {
        warns_at: one.warns_at.min(two.warns_at),
        expires_at: one.expires_at.min(two.expires_at),
    })
}

/// Not earlier than what was seen, in a bundle or in the log of acts: an expiry does not come back by a clock that is set back.
pub(crate) async fn not_before(
    store: &Database,
    accepted: &[AcceptedBundle],
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    let seen = accepted.iter().flat_map(|one| [one.accepted_at(), one.issued_at()]);
    let acted = store.latest_act().await?;
    Ok(seen.chain(acted).fold(now, Timestamp::max))
}

impl From<ContentsError> for BundleError {
    fn from(error: ContentsError) -> Self {
        OpenError::from(error).into()
    }
}
