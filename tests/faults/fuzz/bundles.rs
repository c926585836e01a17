//! Bundles, and the small files around them: what a server or a desk is handed. What is signed is signed again for each input, or
//! nothing but the signature would be tried.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use bundle::{Contents, Expected, Identity, KeyChange, Order, PublicKey, ServerFile, SigningKey};
use ed25519_dalek::Signer as _;
use model::Timestamp;

use crate::targets::{Target, told};

const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";

/// All of them.
pub fn all() -> Vec<Target> {
    vec![bundles(), claims(), servers(), keys(), changes()]
}

fn server() -> ServerFile {
    let recipient = Identity::make().recipient();
    ServerFile { id: "a".repeat(32), name: "api-eu-1".into(), recipient, serial: 7 }
}

fn made(key: &SigningKey) -> String {
    let (issued_at, expires_at) = (Timestamp(1_795_444_320_000), Timestamp(1_795_530_720_000));
    let order = Order { server: &server(), serial: 8, previous: 7, issued_at, expires_at };
    bundle::make(&order, &Contents::default(), key).unwrap()
}

fn judged(file: &[u8], key: &PublicKey) -> Option<u64> {
    let id = "a".repeat(32);
    match bundle::read(file, std::slice::from_ref(key)) {
        Ok(signed) => {
            let facts = (signed.serial() > 7, signed.issuer().len(), signed.server_id().len());
            let expected = Expected { server_id: &id, now: Timestamp(1_795_444_400_000), serial: 7 };
            told((facts, signed.expect(&expected).map(|_| ()).map_err(|error| error.to_string())))
        }
        Err(error) => told(error.to_string()),
    }
}

fn bundles() -> Target {
    let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let seeds = vec![made(&key).into_bytes(), b"eyJhbGciOiJub25lIn0.e30.".to_vec()];
    let public = key.public().clone();
    Target { name: "bundles", seeds, run: Box::new(move |input| judged(input, &public)) }
}

fn claims() -> Target {
    let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let made = made(&key);
    let mut parts = made.split('.');
    let (head, payload) = (parts.next().unwrap().to_owned(), BASE64.decode(parts.next().unwrap()).unwrap());
    let mut seed = [0; 32];
    for (byte, pair) in seed.iter_mut().zip(key.text().expose().as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    }
    let (signer, public) = (ed25519_dalek::SigningKey::from_bytes(&seed), key.public().clone());
    let run = move |input: &[u8]| {
        let signed = format!("{head}.{}", BASE64.encode(input));
        let signature = BASE64.encode(signer.sign(signed.as_bytes()).to_bytes());
        judged(format!("{signed}.{signature}").as_bytes(), &public)
    };
    Target { name: "bundle_claims", seeds: vec![payload], run: Box::new(run) }
}

fn servers() -> Target {
    let run = |input: &[u8]| match ServerFile::read(input) {
        // What was read can be written, and is the same when it is read again.
        Ok(read) => (ServerFile::read(read.file().as_bytes()) == Ok(read.clone()))
            .then(|| told(read.name.len()))
            .flatten(),
        Err(error) => told(error.to_string()),
    };
    Target { name: "server_files", seeds: vec![server().file().into_bytes()], run: Box::new(run) }
}

fn keys() -> Target {
    let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let run = |input: &[u8]| match PublicKey::read(input) {
        Ok(read) => told((read.issuer().len(), read.kid().len())),
        Err(error) => told(error.to_string()),
    };
    Target { name: "signing_keys", seeds: vec![key.public().file().into_bytes()], run: Box::new(run) }
}

fn changes() -> Target {
    let (old, new) =
        (SigningKey::make(ISSUER, "sb-2026-1").unwrap(), SigningKey::make(ISSUER, "sb-2026-2").unwrap());
    let seed = KeyChange::state(&old, &new, Timestamp(1_795_444_320_000));
    let trusted = [old.public().clone()];
    let run = move |input: &[u8]| match KeyChange::read(input, &trusted) {
        Ok(read) => told((read.old_kid.len(), read.new.kid().len())),
        Err(error) => told(error.to_string()),
    };
    Target { name: "key_changes", seeds: vec![seed.into_bytes()], run: Box::new(run) }
}
