//! Whom a server trusts: a key that a person compared, or one that a trusted key spoke for.

use bundle::{Fingerprint, KeyChange, PublicKey};
use store::{Act, Database};

use super::{BundleError, keys};

/// What became of a file with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trusted {
    /// Nothing yet: a person has to compare this fingerprint with the one that the desktop shows.
    Compare {
        /// Whose it says it is.
        issuer: String,
        /// Its name.
        kid: String,
        /// What to compare.
        fingerprint: String,
    },
    /// It is trusted now.
    Key {
        /// Its name.
        kid: String,
    },
    /// It is trusted in place of another one, which spoke for it.
    Instead {
        /// Its name.
        kid: String,
        /// The name of the one that is trusted no more.
        old_kid: String,
    },
}

/// Reads a signing key or a change of them. A key alone needs the fingerprint that a person compared.
pub(super) async fn trust(
    store: &Database,
    file: &[u8],
    compared: Option<&str>,
    act: &Act,
) -> Result<Trusted, BundleError> {
    let key = match PublicKey::read(file) {
        Ok(key) => key,
        Err(error) => {
            let (trusted, _) = keys(store).await?;
            return match KeyChange::read(file, &trusted) {
                Ok(change) => instead(store, &change, act).await,
                // It is neither: what was wrong with a change is the better reason where it looked like one.
                Err(bundle::ChangeError::Other) => Err(error.into()),
                Err(other) => Err(other.into()),
            };
        }
    };
    let (issuer, kid) = (key.issuer().to_owned(), key.kid().to_owned());
    let Some(compared) = compared else {
        return Ok(Trusted::Compare { issuer, kid, fingerprint: key.fingerprint().to_string() });
    };
    if compared.parse::<Fingerprint>() != Ok(key.fingerprint()) {
        return Err(BundleError::Fingerprint);
    }
    store.trust_issuer((&issuer, &kid, key.bytes()), None, act).await?;
    Ok(Trusted::Key { kid })
}

async fn instead(store: &Database, change: &KeyChange, act: &Act) -> Result<Trusted, BundleError> {
    let new = &change.new;
    store.trust_issuer((new.issuer(), new.kid(), new.bytes()), Some(&change.old_kid), act).await?;
    Ok(Trusted::Instead { kid: new.kid().to_owned(), old_kid: change.old_kid.clone() })
}
