//! The key that signs: its seed lies sealed in the vault and is opened for one signature.

use bundle::{PublicKey, SigningKey};
use model::Failure;
use store::KeptSigningKey;
use uuid::Uuid;
use vault::SealedKey;

use crate::{
    failures::{self, bundles as refused},
    session::Session,
};

/// Whose bundles these are: the vault's identity, which names nobody.
pub(crate) fn issuer(session: &Session) -> String {
    format!("signalbox/{}", session.vault.vault_id())
}

/// A new key and the record that its seed is sealed for. Named after the year and how many there were.
pub(crate) fn make_key(session: &Session, year: i16, before: u32) -> Result<(SigningKey, Uuid), Failure> {
    let kid = format!("sb-{year}-{}", before + 1);
    let key = SigningKey::make(&issuer(session), &kid).map_err(|_| refused::random())?;
    Ok((key, Uuid::now_v7()))
}

pub(crate) fn sealed_key(session: &Session, record: Uuid, key: &SigningKey) -> Vec<u8> {
    session.vault.seal_seed(record, &key.text()).0
}

/// The key in force, opened.
pub(crate) fn opened(session: &Session, kept: KeptSigningKey) -> Result<SigningKey, Failure> {
    let record = kept.record().map_err(failures::store)?;
    let text =
        session.vault.open_seed(record, &SealedKey(kept.sealed)).map_err(|_| refused::key_damaged())?;
    SigningKey::kept(&issuer(session), &kept.kid, &text).ok_or_else(refused::key_damaged)
}

/// The key in force, opened; a failure where there is none.
pub(crate) async fn signing_key(session: &Session) -> Result<SigningKey, Failure> {
    let (kept, _) = session.store.signing_key().await.map_err(failures::store)?;
    opened(session, kept.ok_or_else(refused::no_key)?)
}

/// The public halves of every key that there was.
pub(crate) async fn public_keys(session: &Session) -> Result<Vec<PublicKey>, Failure> {
    let (rows, issuer) = (session.store.signing_publics().await.map_err(failures::store)?, issuer(session));
    let key = |(kid, public): &(String, Vec<u8>)| PublicKey::kept(&issuer, kid, public).ok();
    Ok(rows.iter().filter_map(key).collect())
}
