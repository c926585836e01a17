//! Every way that a token may lie, each refused; and the ones that do not, read.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    keys::{IssuerKeys, KeysError},
    *,
};

const NOW: Timestamp = Timestamp(1_795_444_320_000);
const SECONDS: i64 = 1_795_444_320;
// Made by Python's `cryptography`; the private halves were thrown away.
const RSA: &str = include_str!("fixtures/rsa.pem");
const RSA_JWKS: &str = include_str!("fixtures/rsa.jwks.json");
const SHORT: &str = include_str!("fixtures/short.pem");
const P384: &str = include_str!("fixtures/p384.pem");
/// Signed by the key of [`RSA`], whose `kid` is `rsa-1`.
const RS256: &str = include_str!("fixtures/rs256.jwt");

/// An application that signs with P-256.
struct Application {
    key: KeyPair,
    folder: TempDir,
}

fn settings(keys: PathBuf) -> IssuerSettings {
    IssuerSettings {
        issuer: "https://app.example".into(),
        audience: "signalbox".into(),
        keys,
        role_claim: "role".into(),
        role: "super_admin".into(),
        skew_s: 30,
        longest_s: 3_600,
    }
}

impl Application {
    fn new() -> Self {
        Self {
            key: KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap(),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn jwk(&self, kid: &str) -> Value {
        let point = self.key.der_bytes();
        let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "kty": "EC", "crv": "P-256", "kid": kid, "x": part(&point[1..33]), "y": part(&point[33..]) })
    }

    fn write(&self, keys: &str) -> PathBuf {
        let path = self.folder.path().join("keys");
        std::fs::write(&path, keys).unwrap();
        path
    }

    fn issuer(&self) -> Issuer {
        Issuer::open(settings(self.write(&json!({ "keys": [self.jwk("one")] }).to_string()))).unwrap()
    }

    fn signed_under(&self, head: &Header, claims: &Value) -> String {
        encode(head, claims, &EncodingKey::from_ec_der(self.key.serialized_der())).unwrap()
    }

    fn signed(&self, claims: &Value) -> String {
        self.signed_under(&head("one"), claims)
    }
}

fn head(kid: &str) -> Header {
    Header { kid: Some(kid.into()), ..Header::new(Algorithm::ES256) }
}

fn claims() -> Value {
    json!({
        "iss": "https://app.example", "aud": "signalbox", "sub": "7", "role": "super_admin", "iat": SECONDS, "exp": SECONDS + 900,
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove(name);
    claims
}

#[test]
fn a_token_of_the_application_says_who_and_which_role() {
    let application = Application::new();
    let issuer = application.issuer();
    let read = issuer.read(&application.signed(&claims()), NOW).unwrap();
    let asker = Asker::outsider("https://app.example", "7");
    assert_eq!(read, Outsider { name: "issuer:7".into(), asker, is_super_admin: true, proven_at: None });
    for (role, is_one) in [
        (json!(["editor", "super_admin"]), true),
        (json!("SUPER_ADMIN"), false),
        (json!("super_admin_of_nothing"), false),
        (json!({ "super_admin": true }), false),
        (json!([["super_admin"]]), false),
        (json!(true), false),
    ] {
        let read = issuer.read(&application.signed(&with("role", role.clone())), NOW).unwrap();
        assert_eq!(read.is_super_admin, is_one, "{role}");
    }
    assert!(!issuer.read(&application.signed(&without("role")), NOW).unwrap().is_super_admin);
}

#[test]
fn a_role_may_lie_in_a_claim_within_a_claim() {
    let application = Application::new();
    let path = application.write(&json!({ "keys": [application.jwk("one")] }).to_string());
    let at = |claim: &str| {
        Issuer::open(IssuerSettings { role_claim: claim.into(), ..settings(path.clone()) }).unwrap()
    };
    let nested = application.signed(&with("realm_access", json!({ "roles": ["super_admin"] })));
    assert!(at("realm_access.roles").read(&nested, NOW).unwrap().is_super_admin);
    assert!(!at("realm_access.other").read(&nested, NOW).unwrap().is_super_admin);
    let named = application.signed(&with("https://app.example/roles", json!(["super_admin"])));
    assert!(at("https://app.example/roles").read(&named, NOW).unwrap().is_super_admin);
}

#[test]
fn claims_that_are_missing_or_of_another_kind_or_of_others_are_refused() {
    let application = Application::new();
    let issuer = application.issuer();
    let reads = |claims: &Value| issuer.read(&application.signed(claims), NOW).is_some();
    assert!(reads(&claims()));
    for name in ["iss", "aud", "sub", "exp"] {
        assert!(!reads(&without(name)), "without {name}");
        assert!(!reads(&with(name, json!(true))), "{name} of another kind");
        assert!(!reads(&with(name, Value::Null)), "{name} is null");
    }
    for (name, value) in [
        ("iss", json!("https://app.example/")),
        ("iss", json!(["https://app.example"])),
        ("aud", json!("another")),
        ("aud", json!(["another", "signalbox2"])),
        ("sub", json!("")),
        ("sub", json!("a\u{202e}b")),
        ("sub", json!("x".repeat(161))),
        ("exp", json!((SECONDS + 900).to_string())),
        ("exp", json!(1e300)),
        ("iat", json!("now")),
        ("nbf", json!("now")),
    ] {
        assert!(!reads(&with(name, value.clone())), "{name} is {value}");
    }
    assert!(reads(&with("aud", json!(["another", "signalbox"]))));
    assert!(reads(&with("exp", json!(SECONDS as f64 + 900.5))));
}

#[test]
fn clocks_may_differ_by_so_much_and_no_more() {
    let application = Application::new();
    let issuer = application.issuer();
    let token = application.signed(&with("nbf", json!(SECONDS)));
    let reads = |seconds: i64| issuer.read(&token, Timestamp(NOW.0 + seconds * 1_000)).is_some();
    assert!(reads(-30) && reads(929));
    assert!(!reads(-31) && !reads(930));
}

#[test]
fn a_token_that_would_be_good_for_longer_than_allowed_is_refused_however_it_says_so() {
    let application = Application::new();
    let issuer = application.issuer();
    let reads = |claims: &Value| issuer.read(&application.signed(claims), NOW).is_some();
    assert!(reads(&with("exp", json!(SECONDS + 3_600))));
    assert!(!reads(&with("exp", json!(SECONDS + 3_601))));
    let mut undated = without("iat");
    undated["exp"] = json!(SECONDS + 3_601);
    assert!(!reads(&undated), "without a date of its own");
    // Nearly over, and a month old.
    let mut old = claims();
    old["iat"] = json!(SECONDS - 30 * 86_400);
    assert!(!reads(&old));
}

#[test]
fn no_algorithm_but_the_keys_own_is_accepted() {
    let application = Application::new();
    let issuer = application.issuer();
    let body = URL_SAFE_NO_PAD.encode(claims().to_string());
    for (algorithm, signature) in
        [("none", ""), ("None", ""), ("ES256", ""), ("ES256", "AAAA"), ("ES384", "AAAA")]
    {
        let head = URL_SAFE_NO_PAD.encode(json!({ "alg": algorithm, "kid": "one" }).to_string());
        assert_eq!(issuer.read(&format!("{head}.{body}.{signature}"), NOW), None, "{algorithm}");
    }
    // The public key, which anyone may have, as the secret of a HMAC: as a point, as JSON, and as the file.
    let file = std::fs::read(&issuer.settings.keys).unwrap();
    for secret in
        [application.key.der_bytes().to_vec(), application.jwk("one").to_string().into_bytes(), file]
    {
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let head = Header { kid: Some("one".into()), ..Header::new(algorithm) };
            let token = encode(&head, &claims(), &EncodingKey::from_secret(&secret).unwrap()).unwrap();
            assert_eq!(issuer.read(&token, NOW), None, "{algorithm:?}");
        }
    }
}

#[test]
fn rs256_is_read_from_pem_and_jwks_and_its_public_key_is_no_secret() {
    let application = Application::new();
    for keys in [RSA, RSA_JWKS] {
        let issuer = Issuer::open(settings(application.write(keys))).unwrap();
        assert_eq!(issuer.read(RS256.trim(), NOW).unwrap().name, "issuer:7");
        let head = Header { kid: Some("rsa-1".into()), ..Header::new(Algorithm::HS256) };
        let forged = encode(&head, &claims(), &EncodingKey::from_secret(keys.as_bytes()).unwrap()).unwrap();
        assert_eq!(issuer.read(&forged, NOW), None);
        for at in (0..RS256.trim().len()).step_by(7) {
            let mut changed = RS256.trim().as_bytes().to_vec();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(issuer.read(std::str::from_utf8(&changed).unwrap(), NOW), None, "letter {at}");
        }
    }
}

#[test]
fn a_token_is_verified_by_the_key_that_it_names_and_no_other() {
    let (one, two) = (Application::new(), Application::new());
    let keys = json!({ "keys": [one.jwk("one"), two.jwk("two"), { "kty": "EC", "crv": "P-256", "use": "enc", "kid": "one" }] });
    let issuer = Issuer::open(settings(one.write(&keys.to_string()))).unwrap();
    let reads = |token: &str| issuer.read(token, NOW).is_some();
    assert!(reads(&one.signed_under(&head("one"), &claims())));
    assert!(reads(&two.signed_under(&head("two"), &claims())));
    assert!(!reads(&two.signed_under(&head("one"), &claims())), "under another's name");
    assert!(!reads(&one.signed_under(&head("three"), &claims())), "under nobody's");
    assert!(!reads(&one.signed_under(&Header::new(Algorithm::ES256), &claims())), "under none of two");
    let only = one.issuer();
    assert!(only.read(&one.signed_under(&Header::new(Algorithm::ES256), &claims()), NOW).is_some());
    assert_eq!(only.read(&one.signed_under(&head("two"), &claims()), NOW), None);
}

#[test]
fn what_a_token_brings_along_to_be_verified_by_is_not_used() {
    let (application, thief) = (Application::new(), Application::new());
    let issuer = application.issuer();
    let jwk = serde_json::from_value(thief.jwk("one")).unwrap();
    let brought = Header { jwk: Some(jwk), jku: Some("https://thief.example/keys".into()), ..head("one") };
    assert_eq!(issuer.read(&thief.signed_under(&brought, &claims()), NOW), None);
    let critical = Header { crit: Some(vec!["exp".into()]), ..head("one") };
    assert_eq!(issuer.read(&application.signed_under(&critical, &claims()), NOW), None);
    let other = Header { typ: Some("logout+jwt".into()), ..head("one") };
    assert_eq!(issuer.read(&application.signed_under(&other, &claims()), NOW), None);
    let padded = with("pad", json!("x".repeat(MOST_BYTES)));
    assert_eq!(issuer.read(&application.signed(&padded), NOW), None, "too long");
}

#[test]
fn the_second_factor_counts_where_the_token_says_which_and_when() {
    let application = Application::new();
    let issuer = application.issuer();
    let proven = |amr: Value, at: Value| {
        let mut claims = with("amr", amr);
        claims["auth_time"] = at;
        issuer.read(&application.signed(&claims), NOW).unwrap().proven_at
    };
    assert_eq!(proven(json!(["pwd", "otp"]), json!(SECONDS - 60)), Some(Timestamp(NOW.0 - 60_000)));
    assert_eq!(proven(json!(["mfa"]), json!(SECONDS - 60)), Some(Timestamp(NOW.0 - 60_000)));
    for (amr, at) in [
        (json!(["pwd"]), json!(SECONDS)),
        (json!("mfa"), json!(SECONDS)),
        (json!(["mfa"]), json!(SECONDS + 31)),
        (json!(["mfa"]), json!(SECONDS.to_string())),
        (json!(["mfa"]), Value::Null),
        (Value::Null, json!(SECONDS)),
    ] {
        assert_eq!(proven(amr.clone(), at.clone()), None, "{amr} at {at}");
    }
}

#[test]
fn keys_that_leave_on_disk_are_believed_no_longer_and_a_broken_file_changes_nothing() {
    let (old, new) = (Application::new(), Application::new());
    let issuer = old.issuer();
    let token = old.signed(&claims());
    old.write("{");
    issuer.look();
    assert!(issuer.read(&token, NOW).is_some());
    old.write(&json!({ "keys": [new.jwk("two")] }).to_string());
    issuer.look();
    assert_eq!(issuer.read(&token, NOW), None);
    assert!(issuer.read(&new.signed_under(&head("two"), &claims()), NOW).is_some());
}

#[test]
fn files_that_no_key_should_come_from_are_refused() {
    let refused = |text: &str| IssuerKeys::parse(text.as_bytes()).err();
    let jwks = |key: Value| refused(&json!({ "keys": [key] }).to_string());
    let one = Application::new().jwk("one");
    let changed = |name: &str, value: Value| {
        let mut key = one.clone();
        key[name] = value;
        key
    };
    assert_eq!(refused(""), Some(KeysError::Form));
    assert_eq!(refused("{\"keys\": []}"), Some(KeysError::Empty));
    assert_eq!(refused(SHORT), Some(KeysError::Short));
    assert_eq!(
        refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"),
        Some(KeysError::Private)
    );
    assert_eq!(jwks(json!({ "kty": "oct", "k": "c2VjcmV0" })), Some(KeysError::Symmetric));
    assert_eq!(jwks(changed("d", json!("AAAA"))), Some(KeysError::Private));
    for algorithm in ["HS256", "none", "ES384", "RS256", "ES256K"] {
        assert_eq!(jwks(changed("alg", json!(algorithm))), Some(KeysError::Algorithm), "{algorithm}");
    }
    assert_eq!(jwks(changed("crv", json!("secp256k1"))), Some(KeysError::Algorithm));
    let short = json!({ "kty": "RSA", "n": URL_SAFE_NO_PAD.encode([255; 255]), "e": "AQAB" });
    assert_eq!(jwks(short), Some(KeysError::Short));
    let nameless =
        json!({ "keys": [one, { "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode([1; 32]) }] });
    assert_eq!(refused(&nameless.to_string()), Some(KeysError::Kid));
    assert_eq!(refused(&json!({ "keys": [one, one] }).to_string()), Some(KeysError::Kid));
    assert_eq!(refused(P384), None);
}
