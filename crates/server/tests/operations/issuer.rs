//! An existing application's tokens at the admin API: signed here with a key of the test's own.

use std::{
    fs,
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rcgen::{KeyPair, PublicKeyData};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{Place, Served, send, wait_for};

/// An existing application, whose tokens a server believes.
pub struct Application<'a> {
    place: &'a Place,
    /// Where its public keys are, which need not be where the server's data is.
    files: TempDir,
    key: KeyPair,
}

fn seconds() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

fn jwks(key: &KeyPair) -> String {
    let point = key.der_bytes();
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    json!({ "keys": [{ "kty": "EC", "crv": "P-256", "kid": "one", "x": part(&point[1..33]), "y": part(&point[33..]) }] }).to_string()
}

impl<'a> Application<'a> {
    pub fn over(place: &'a Place) -> Self {
        let key = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
        let application = Self { place, files: tempfile::tempdir().unwrap(), key };
        fs::write(application.keys(), jwks(&application.key)).unwrap();
        application
    }

    fn keys(&self) -> PathBuf {
        self.files.path().join("keys.json")
    }

    fn serve(&self) -> (Served, String) {
        self.serve_with(&[])
    }

    pub fn serve_with(&self, more: &[&str]) -> (Served, String) {
        let keys = self.keys();
        let flags = [
            "--issuer",
            "https://app.example",
            "--issuer-audience",
            "signalbox",
            "--issuer-keys",
            keys.to_str().unwrap(),
        ];
        let mut served = self.place.serve(&[&flags, more].concat());
        let at = served.told("listening on http://");
        (served, at)
    }

    pub fn token(&self, more: &Value) -> String {
        let mut claims = json!({
            "iss": "https://app.example", "aud": "signalbox", "sub": "7", "role": "super_admin",
            "iat": seconds(), "exp": seconds() + 600,
        });
        for (name, value) in more.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let head = Header { kid: Some("one".into()), ..Header::new(Algorithm::ES256) };
        encode(&head, &claims, &EncodingKey::from_ec_der(self.key.serialized_der())).unwrap()
    }
}

pub fn ask(at: &str, method: &str, path: &str, token: &str, more: &str, body: &str) -> (u16, Value) {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: {at}\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n{more}\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let answer = send(at, &head);
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}

pub const CONFIGS: &str = "/api/v1/super-admin/providers/configs";
const USERS: &str = "/api/v1/super-admin/users";
const INVITE: &str = r#"{"user_name":"grace","role":"user"}"#;

#[test]
fn who_the_application_says_is_a_super_admin_administers_and_nobody_else() {
    let place = Place::made();
    let application = Application::over(&place);
    let (mut served, at) = application.serve();
    let get = |path: &str, token: &str| ask(&at, "GET", path, token, "", "");
    let admin = application.token(&json!({}));
    assert_eq!(get(CONFIGS, &admin).0, 200);
    let me = get("/api/v1/auth/me", &admin).1;
    assert_eq!((&me["data"]["user_name"], &me["data"]["role"]), (&json!("issuer:7"), &json!("super_admin")));
    let editor = application.token(&json!({ "role": "editor" }));
    assert_eq!((get(CONFIGS, &editor).0, get("/api/v1/auth/me", &editor).0), (403, 200));
    let over = application.token(&json!({ "iat": seconds() - 900, "exp": seconds() - 300 }));
    assert_eq!(get(CONFIGS, &over).0, 401);
    assert_eq!(get(CONFIGS, &application.token(&json!({ "aud": "another" }))).0, 401);
    served.signal("TERM");
    assert!(served.ended().0.success());
}

#[test]
fn what_is_sensitive_needs_a_second_factor_that_the_token_speaks_of() {
    let place = Place::made();
    let application = Application::over(&place);
    let (mut served, at) = application.serve();
    let invite = |token: &str, more: &str| ask(&at, "POST", USERS, token, more, INVITE);
    let without = application.token(&json!({}));
    let (status, told) = invite(&without, "");
    assert_eq!((status, &told["error"]["code"]), (403, &json!("mfa_required")));
    assert!(told["error"]["advice"].as_str().unwrap().contains("auth_time"), "{told}");
    let old = application.token(&json!({ "amr": ["pwd", "otp"], "auth_time": seconds() - 400 }));
    assert_eq!(invite(&old, "").0, 403);
    let fresh = application.token(&json!({ "amr": ["pwd", "otp"], "auth_time": seconds() - 10 }));
    assert_eq!(invite(&fresh, "").0, 201);
    let log = ask(&at, "GET", "/api/v1/super-admin/audit-log?actor=issuer:7", &fresh, "", "").1;
    assert_eq!(log["data"][0]["action"], "user.invite", "{log}");
    assert_eq!(log["data"][0]["ip_address"], "127.0.0.1");
    // What users of this server have, a token of another application has not.
    for (method, path, body) in [
        ("POST", "/api/v1/auth/logout", ""),
        ("POST", "/api/v1/auth/step-up", r#"{"code":"123456"}"#),
        ("POST", "/api/v1/auth/password", r#"{"current_password":"a","new_password":"b"}"#),
        ("POST", "/api/v1/auth/me/recovery-codes", ""),
        ("GET", "/api/v1/auth/sessions", ""),
    ] {
        let (status, told) = ask(&at, method, path, &fresh, "", body);
        assert_eq!((status, &told["error"]["code"]), (403, &json!("other_issuer")), "{path}");
    }
    let log = served.log();
    assert!(!log.contains(&fresh) && !log.contains(&without));
    served.signal("TERM");
    assert!(served.ended().0.success());
}

#[test]
fn a_request_with_a_key_is_done_once_for_each_of_the_applications_users() {
    let place = Place::made();
    let application = Application::over(&place);
    let (mut served, at) = application.serve();
    let proven = json!({ "amr": ["pwd", "otp"], "auth_time": seconds() - 10 });
    let of = |subject: &str| {
        let mut claims = proven.clone();
        claims["sub"] = json!(subject);
        application.token(&claims)
    };
    let invite = |token: &str, key: &str, body: &str| {
        ask(&at, "POST", USERS, token, &format!("idempotency-key: {key}\r\n"), body)
    };
    let (status, made) = invite(&of("ann"), "once", INVITE);
    assert_eq!(status, 201, "{made}");
    // Another token of hers, and still the same request. What is shown once is not shown again.
    let (status, again) = invite(&of("ann"), "once", INVITE);
    assert_eq!((status, &again["data"]["user"]["id"]), (201, &made["data"]["user"]["id"]), "{again}");
    assert!(
        made["data"]["one_time_token"].is_string() && again["data"]["one_time_token"].is_null(),
        "{again}"
    );
    let other = r#"{"user_name":"hedy","role":"user"}"#;
    let (status, told) = invite(&of("ann"), "once", other);
    assert_eq!((status, &told["error"]["code"]), (422, &json!("idempotency_key_reused")));
    // Somebody else's key of the same letters is another, so this is done, and finds that the name is taken.
    let (status, told) = invite(&of("bob"), "once", INVITE);
    assert_eq!((status, &told["error"]["code"]), (409, &json!("name_taken")), "{told}");
    assert_eq!(invite(&of("bob"), "once", other).0, 201);
    assert_eq!(invite(&of("bob"), &"k".repeat(256), other).0, 400);
    let log = ask(&at, "GET", "/api/v1/super-admin/audit-log?action=user.invite", &of("ann"), "", "").1;
    let actors: Vec<_> = log["data"].as_array().unwrap().iter().map(|entry| entry["actor"].clone()).collect();
    assert_eq!(actors, ["issuer:bob", "issuer:ann", "console"]);
    served.signal("TERM");
    assert!(served.ended().0.success());
}

#[test]
fn a_key_that_leaves_the_file_is_believed_no_longer_without_a_restart() {
    let place = Place::made();
    let application = Application::over(&place);
    let (mut served, at) = application.serve();
    let token = application.token(&json!({}));
    let status = || ask(&at, "GET", CONFIGS, &token, "", "").0;
    assert_eq!(status(), 200);
    let other = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap();
    fs::write(application.keys(), jwks(&other)).unwrap();
    wait_for("the old key is still believed", || status() == 401);
    served.signal("TERM");
    assert!(served.ended().0.success());
}

#[test]
fn a_configuration_of_it_that_is_not_whole_or_not_safe_is_refused() {
    let place = Place::new();
    let check = |more: &[&str]| {
        let output = place.command().args(more).args(["config", "check"]).output().unwrap();
        (
            output.status.success(),
            String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (is_good, told) = check(&["--issuer", "https://app.example"]);
    assert!(
        !is_good && told.contains("`issuer_audience` is not") && told.contains("`issuer_keys` is not"),
        "{told}"
    );
    let keys = place.path("keys.json");
    let all = [
        "--issuer",
        "https://app.example",
        "--issuer-audience",
        "a",
        "--issuer-keys",
        keys.to_str().unwrap(),
    ];
    let (is_good, told) = check(&all);
    assert!(!is_good && told.contains("cannot be read"), "{told}");
    fs::write(&keys, r#"{"keys":[{"kty":"oct","k":"Q0FOQVJZ","kid":"CANARY"}]}"#).unwrap();
    let (is_good, told) = check(&all);
    assert!(!is_good && told.contains("RS256, ES256 or EdDSA") && !told.contains("CANARY"), "{told}");
    fs::write(&keys, jwks(&KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256).unwrap())).unwrap();
    let (is_good, told) = check(&all);
    assert!(is_good && told.contains("issuer_role_claim = \"role\""), "{told}");
    let (is_good, told) = check(&[&all[..], &["--issuer-skew-s", "121"]].concat());
    assert!(!is_good && told.contains("Write 0 to 120"), "{told}");
}
