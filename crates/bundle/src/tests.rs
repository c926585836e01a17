//! What is accepted, and all that is not.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use model::{
    ProviderDraft, ProviderId, ProviderType, Secret, Timestamp,
    routing::{AutoBounds, ChainMember, Needs, RouteMode, TaskRoute},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::*;

const NOW: Timestamp = Timestamp(1_795_444_320_000);
const DAY_MS: i64 = 86_400_000;
const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";
const KEY: &str = "sk-CANARY-bundle-0001";

struct Desk {
    key: SigningKey,
    identity: Identity,
    server: ServerFile,
}

fn server(identity: &Identity, digit: &str) -> ServerFile {
    ServerFile { id: digit.repeat(32), name: "api-eu-1".into(), recipient: identity.recipient(), serial: 0 }
}

fn desk() -> Desk {
    let identity = Identity::make();
    Desk { key: SigningKey::make(ISSUER, "sb-2026-1").unwrap(), server: server(&identity, "a"), identity }
}

fn configured(number: u128) -> Configured {
    Configured {
        id: ProviderId(Uuid::from_u128(number)),
        draft: ProviderDraft {
            model_name: "gpt-6-sol".into(),
            display_name: format!("OpenAI \"{number}\""),
            daily_token_limit: Some(5),
            ..ProviderDraft::new(ProviderType::OpenAi)
        },
        key: Some(Secret::new(KEY)),
        key_entered_at: Some(Timestamp(7)),
    }
}

fn contents() -> Contents {
    let chain = [2, 1].map(|number| ChainMember { provider: ProviderId(Uuid::from_u128(number)), weight: 3 });
    let route = TaskRoute {
        task: "extraction".parse().unwrap(),
        mode: RouteMode::Split,
        chain: chain.to_vec(),
        needs: Needs { vision: true, ..Needs::default() },
        bounds: AutoBounds::default(),
    };
    Contents {
        again: None,
        configurations: vec![configured(1), configured(2)],
        default: Some(ProviderId(Uuid::from_u128(1))),
        routes: vec![route],
        ..Contents::default()
    }
}

impl Desk {
    fn order(&self) -> Order<'_> {
        Order {
            server: &self.server,
            serial: 7,
            previous: 4,
            issued_at: NOW,
            expires_at: Timestamp(NOW.0 + 7 * DAY_MS),
        }
    }

    fn made(&self) -> String {
        make(&self.order(), &contents(), &self.key).unwrap()
    }

    fn expected(&self) -> Expected<'_> {
        Expected { server_id: &self.server.id, now: NOW, serial: 6 }
    }

    fn trusted(&self) -> Vec<PublicKey> {
        vec![self.key.public().clone()]
    }

    fn verify(&self, file: &[u8]) -> Result<Verified, VerifyError> {
        read(file, &self.trusted())?.expect(&self.expected())
    }

    /// All the way: what a server does before it applies anything.
    fn accepts(&self, file: &[u8]) -> bool {
        self.verify(file).is_ok_and(|verified| verified.open(&self.identity).is_ok())
    }

    /// Whatever claims and header, signed by the right key.
    fn signed(&self, header: &Value, claims: &str) -> String {
        let text = format!("{}.{}", BASE64.encode(header.to_string()), BASE64.encode(claims));
        let signature = crate::jws::sign(&self.key, &text);
        format!("{text}.{signature}")
    }

    fn header() -> Value {
        json!({ "alg": "EdDSA", "typ": "signalbox-bundle+jwt", "kid": "sb-2026-1" })
    }

    fn claims(&self) -> Value {
        let made = self.made();
        let payload = made.split('.').nth(1).unwrap();
        serde_json::from_slice(&BASE64.decode(payload).unwrap()).unwrap()
    }

    fn with(&self, change: impl FnOnce(&mut Value)) -> Result<Verified, VerifyError> {
        let mut claims = self.claims();
        change(&mut claims);
        self.verify(self.signed(&Self::header(), &claims.to_string()).as_bytes())
    }
}

#[test]
fn what_was_made_opens_at_its_server_as_it_was() {
    let desk = desk();
    let verified = desk.verify(desk.made().as_bytes()).unwrap();
    let signed = verified.signed();
    assert_eq!(
        (signed.serial(), signed.previous(), signed.issuer(), signed.kid()),
        (7, 4, ISSUER, "sb-2026-1")
    );
    assert_eq!(signed.expires_at(), Timestamp(NOW.0 + 7 * DAY_MS));
    let (is, was) = (verified.open(&desk.identity).ok().unwrap(), contents());
    assert_eq!((is.default, &is.routes, is.configurations.len()), (was.default, &was.routes, 2));
    let (is, was) = (&is.configurations[1], &was.configurations[1]);
    assert_eq!((is.id, &is.draft, is.key_entered_at), (was.id, &was.draft, was.key_entered_at));
    assert_eq!(is.key.as_ref().unwrap().expose(), KEY);
}

#[test]
fn another_jwt_library_verifies_it_by_the_jwk() {
    let desk = desk();
    let jwk: jsonwebtoken::jwk::Jwk = serde_json::from_str(&desk.key.public().file()).unwrap();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&[&desk.server.id]);
    validation.set_issuer(&[ISSUER]);
    validation.validate_exp = false;
    let read = decode::<Value>(desk.made(), &DecodingKey::from_jwk(&jwk).unwrap(), &validation).unwrap();
    assert_eq!((read.header.kid.as_deref(), &read.claims["serial"]), (Some("sb-2026-1"), &json!(7)));
}

#[test]
fn neither_a_key_nor_a_name_nor_an_address_is_readable_in_it() {
    let claims = desk().claims().to_string();
    for secret in [KEY, "OpenAI", "gpt-6-sol", "https://", "extraction", "api-eu-1"] {
        assert!(!claims.contains(secret), "{secret}");
    }
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused() {
    let desk = desk();
    let one = Contents { configurations: vec![configured(1)], ..Contents::default() };
    let made = make(&desk.order(), &one, &desk.key).unwrap().into_bytes();
    assert!(desk.accepts(&made));
    for bit in 0..made.len() * 8 {
        let mut bad = made.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        assert!(desk.verify(&bad).is_err(), "bit {bit}");
    }
    for length in 0..made.len() {
        assert!(desk.verify(&made[..length]).is_err(), "{length} bytes");
    }
    for (before, after) in [("", "\n"), (" ", ""), ("", "="), ("", "A"), (".", ""), ("", ".")] {
        let padded = [before.as_bytes(), &made, after.as_bytes()].concat();
        assert!(desk.verify(&padded).is_err(), "{before:?} {after:?}");
    }
}

#[test]
fn another_servers_an_expired_an_early_and_an_old_one_are_told_apart() {
    let desk = desk();
    let made = desk.made();
    let judged = |change: &dyn Fn(&mut Expected)| {
        let mut expected = desk.expected();
        change(&mut expected);
        read(made.as_bytes(), &desk.trusted()).unwrap().expect(&expected).err()
    };
    let at = |offset: i64| judged(&|expected| expected.now = Timestamp(NOW.0 + offset));
    assert_eq!(judged(&|expected| expected.server_id = "b"), Some(VerifyError::OtherServer));
    assert_eq!((at(7 * DAY_MS - 1_000), at(7 * DAY_MS)), (None, Some(VerifyError::Expired)));
    assert_eq!((at(-60_000), at(-61_000)), (None, Some(VerifyError::NotYet)));
    for year in [-2_208_988_800_000, -1, 0, i64::MIN] {
        assert_eq!(judged(&|expected| expected.now = Timestamp(year)), Some(VerifyError::NotYet));
    }
    assert_eq!(judged(&|expected| expected.now = Timestamp(i64::MAX)), Some(VerifyError::Expired));
    let serial = |serial| judged(&|expected| expected.serial = serial);
    assert_eq!(serial(6), None);
    assert_eq!(serial(7), Some(VerifyError::OldSerial { accepted: 7 }));
    assert_eq!(serial(u64::MAX), Some(VerifyError::OldSerial { accepted: u64::MAX }));
}

#[test]
fn a_key_that_is_not_trusted_signs_nothing() {
    let desk = desk();
    let made = desk.made();
    let stranger = SigningKey::make(ISSUER, "sb-2026-2").unwrap();
    let namesake = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let by = |trusted: &[&SigningKey]| {
        let trusted: Vec<PublicKey> = trusted.iter().map(|key| key.public().clone()).collect();
        read(made.as_bytes(), &trusted).err()
    };
    assert_eq!((by(&[]), by(&[&stranger])), (Some(VerifyError::UnknownKey), Some(VerifyError::UnknownKey)));
    assert_eq!(by(&[&namesake]), Some(VerifyError::Signature));
    assert_eq!(by(&[&namesake, &stranger, &desk.key]), None);
    // Signed by a trusted key, in the name of somebody else.
    let claimed = desk.with(|claims| claims["iss"] = json!("signalbox/other"));
    assert_eq!(claimed.err(), Some(VerifyError::Claims));
}

#[test]
fn of_two_trusted_keys_only_the_one_that_the_header_names_is_asked() {
    let first = desk();
    let second = Desk { key: SigningKey::make(ISSUER, "sb-2026-2").unwrap(), ..desk() };
    let trusted: Vec<PublicKey> = [&first, &second].map(|desk| desk.key.public().clone()).into();
    let header = |kid: &str| {
        let mut header = Desk::header();
        header["kid"] = json!(kid);
        header
    };
    let judged = |file: String| read(file.as_bytes(), &trusted).map(|signed| signed.kid().to_owned());
    let claims = first.claims().to_string();
    assert_eq!(judged(first.signed(&header("sb-2026-1"), &claims)), Ok("sb-2026-1".to_owned()));
    assert_eq!(judged(second.signed(&header("sb-2026-2"), &claims)), Ok("sb-2026-2".to_owned()));
    // Each signs in the name of the other, which is as trusted as it is.
    for (signer, named) in [(&first, "sb-2026-2"), (&second, "sb-2026-1")] {
        assert_eq!(judged(signer.signed(&header(named), &claims)), Err(VerifyError::Signature), "{named}");
    }
    // A genuine one whose header was exchanged for the other's.
    let made = first.made();
    let (_, rest) = made.split_once('.').unwrap();
    let swapped = format!("{}.{rest}", BASE64.encode(header("sb-2026-2").to_string()));
    assert_eq!(judged(swapped), Err(VerifyError::Signature));
}

#[test]
fn another_algorithm_none_and_a_stripped_signature_are_refused() {
    let desk = desk();
    let made = desk.made();
    let body = made.split('.').nth(1).unwrap();
    for algorithm in ["none", "None", "nOnE", "", "HS256", "RS256", "ES256", "Ed25519", "eddsa"] {
        let head = json!({ "alg": algorithm, "typ": "signalbox-bundle+jwt", "kid": "sb-2026-1" });
        let claims = desk.claims().to_string();
        let refused = desk.verify(desk.signed(&head, &claims).as_bytes()).err();
        assert_eq!(refused, Some(VerifyError::Algorithm), "{algorithm}");
        let head = BASE64.encode(head.to_string());
        assert_eq!(desk.verify(format!("{head}.{body}.").as_bytes()).err(), Some(VerifyError::Shape));
    }
    // The public key, which anyone may have, as the secret of a HMAC.
    let secret = EncodingKey::from_secret(desk.key.public().bytes()).unwrap();
    let mut head = Header::new(Algorithm::HS256);
    (head.kid, head.typ) = (Some("sb-2026-1".into()), Some("signalbox-bundle+jwt".into()));
    let forged = encode(&head, &desk.claims(), &secret).unwrap();
    assert!(desk.verify(forged.as_bytes()).is_err());
    let head = BASE64.encode(Desk::header().to_string());
    for signature in ["", "AAAA", &"A".repeat(86), &"A".repeat(88)] {
        assert!(desk.verify(format!("{head}.{body}.{signature}").as_bytes()).is_err(), "{signature}");
    }
}

#[test]
fn a_header_has_its_three_members_once_and_no_other() {
    let desk = desk();
    let claims = desk.claims().to_string();
    assert!(desk.verify(desk.signed(&Desk::header(), &claims).as_bytes()).is_ok());
    for (name, value) in
        [("crit", json!(["exp"])), ("jwk", json!({})), ("b64", json!(false)), ("cty", json!("JWT"))]
    {
        let mut head = Desk::header();
        head[name] = value;
        assert_eq!(
            desk.verify(desk.signed(&head, &claims).as_bytes()).err(),
            Some(VerifyError::Shape),
            "{name}"
        );
    }
    for name in ["alg", "typ", "kid"] {
        let mut head = Desk::header();
        head.as_object_mut().unwrap().remove(name);
        assert_eq!(
            desk.verify(desk.signed(&head, &claims).as_bytes()).err(),
            Some(VerifyError::Shape),
            "{name}"
        );
    }
    let twice = r#"{"alg":"none","alg":"EdDSA","typ":"signalbox-bundle+jwt","kid":"sb-2026-1"}"#;
    let text = format!("{}.{}", BASE64.encode(twice), BASE64.encode(&claims));
    let text = format!("{text}.{}", crate::jws::sign(&desk.key, &text));
    assert_eq!(desk.verify(text.as_bytes()).err(), Some(VerifyError::Shape));
    // A statement of another kind by the same key is no bundle.
    let mut other = Desk::header();
    other["typ"] = json!("JWT");
    assert_eq!(desk.verify(desk.signed(&other, &claims).as_bytes()).err(), Some(VerifyError::Shape));
}

#[test]
fn every_claim_is_there_once_in_its_own_kind_and_none_is_unknown() {
    let desk = desk();
    assert!(desk.with(|_| ()).is_ok());
    let names = ["iss", "aud", "iat", "nbf", "exp", "jti", "serial", "prev", "format", "sealed"];
    for name in names {
        let gone = desk.with(|claims| drop(claims.as_object_mut().unwrap().remove(name)));
        assert_eq!(gone.err(), Some(VerifyError::Claims), "without {name}");
        for wrong in [json!(true), json!(null), json!(["x"]), json!(1.5), json!(-1)] {
            let other = desk.with(|claims| claims[name] = wrong.clone());
            assert!(other.is_err(), "{name} is {wrong}");
        }
        let (claims, value) = (desk.claims(), desk.claims()[name].clone());
        let twice = format!("{{\"{name}\":{value},{}", &claims.to_string()[1..]);
        let refused = desk.verify(desk.signed(&Desk::header(), &twice).as_bytes());
        assert_eq!(refused.err(), Some(VerifyError::Claims), "{name} twice");
    }
    for time in ["iat", "nbf", "exp"] {
        let text = desk.with(|claims| claims[time] = json!(claims[time].to_string()));
        assert_eq!(text.err(), Some(VerifyError::Claims), "{time} as a text");
    }
    assert_eq!(desk.with(|claims| claims["role"] = json!("admin")).err(), Some(VerifyError::Claims));
    assert_eq!(desk.with(|claims| claims["format"] = json!(2)).err(), Some(VerifyError::TooNew));
    assert_eq!(desk.with(|claims| claims["serial"] = json!(4)).err(), Some(VerifyError::Claims));
    let month = NOW.0 / 1_000 + 30 * 86_400;
    assert!(desk.with(|claims| claims["exp"] = json!(month)).is_ok());
    assert_eq!(desk.with(|claims| claims["exp"] = json!(month + 1)).err(), Some(VerifyError::Claims));
}

#[test]
fn what_is_too_large_too_deep_or_something_else_is_refused() {
    let desk = desk();
    let large = vec![b'A'; BUNDLE_LIMIT + 1];
    assert_eq!(desk.verify(&large).err(), Some(VerifyError::TooLarge));
    for other in
        ["", ".", "..", "...", "a.b.c", "{}", "-----BEGIN AGE ENCRYPTED FILE-----", "\u{fc}.\u{fc}.\u{fc}"]
    {
        assert_eq!(desk.verify(other.as_bytes()).err(), Some(VerifyError::Shape), "{other}");
    }
    assert_eq!(desk.verify(&[0xff; 300]).err(), Some(VerifyError::Shape));
    for deep in ["[".repeat(100_000), r#"{"iss":"#.repeat(10_000), "null".into(), "[]".into()] {
        let refused = desk.verify(desk.signed(&Desk::header(), &deep).as_bytes());
        assert_eq!(refused.err(), Some(VerifyError::Claims), "{deep:.20}");
    }
}

#[test]
fn a_seal_for_another_or_of_another_bundle_does_not_open() {
    let desk = desk();
    let other = Identity::make();
    let resealed = |plain: &[u8], identity: &Identity| {
        let sealed = share::seal_bytes(plain, &identity.recipient()).unwrap();
        let text = String::from_utf8(sealed).unwrap();
        let opened = desk.with(|claims| claims["sealed"] = json!(text)).unwrap().open(&desk.identity);
        opened.err().unwrap()
    };
    let outer = crate::contents::Outer { iss: ISSUER, aud: &desk.server.id, serial: 7 };
    let plain = contents().write(outer);
    assert_eq!(resealed(&plain, &other), OpenError::OtherRecipient);
    for swapped in [
        crate::contents::Outer { serial: 6, ..outer },
        crate::contents::Outer { aud: "b", ..outer },
        crate::contents::Outer { iss: "x", ..outer },
    ] {
        assert_eq!(resealed(&contents().write(swapped), &desk.identity), OpenError::Swapped);
    }
    assert_eq!(resealed(b"hello", &desk.identity), OpenError::Contents(ContentsError::Other));
    let damaged = desk.with(|claims| claims["sealed"] = json!("hello")).unwrap().open(&desk.identity);
    assert_eq!(damaged.err(), Some(OpenError::Damaged));
}

#[test]
fn what_no_server_could_serve_by_is_neither_made_nor_read() {
    let desk = desk();
    let refused = |change: &dyn Fn(&mut Contents)| {
        let mut contents = contents();
        change(&mut contents);
        match make(&desk.order(), &contents, &desk.key) {
            Err(MakeError::Contents(error)) => Some(error),
            _ => None,
        }
    };
    assert_eq!(refused(&|_| ()), None);
    assert_eq!(
        refused(&|one| one.configurations[1].id = one.configurations[0].id),
        Some(ContentsError::Twice)
    );
    let named = |one: &mut Contents| one.configurations[1].draft.display_name = "OPENAI \"1\"".into();
    assert_eq!(refused(&named), Some(ContentsError::Twice));
    assert_eq!(refused(&|one| one.configurations.truncate(1)), Some(ContentsError::Missing));
    assert_eq!(refused(&|one| one.configurations[0].draft.is_active = false), Some(ContentsError::Missing));
    assert_eq!(
        refused(&|one| one.routes[0].chain[1].provider = one.routes[0].chain[0].provider),
        Some(ContentsError::Twice)
    );
    assert_eq!(refused(&|one| one.routes[0].chain[1].weight = 1_001), Some(ContentsError::Field));
    assert_eq!(
        refused(&|one| one.configurations[0].draft.model_name = "gpt 6".into()),
        Some(ContentsError::Field)
    );
    assert_eq!(refused(&|one| one.routes.push(one.routes[0].clone())), Some(ContentsError::Other));
    assert_eq!(refused(&|one| one.again = Some(3)), Some(ContentsError::Other));
    let unknown = br#"{"iss":"i","aud":"a","serial":1,"again":null,"configurations":[],"default":null,"routes":[],"more":1}"#;
    let outer = crate::contents::Outer { iss: "i", aud: "a", serial: 1 };
    assert_eq!(Contents::read(unknown, outer).err(), Some(ContentsError::Other));
}

#[test]
fn an_order_that_no_server_would_accept_is_not_made() {
    let desk = desk();
    let made = |change: &dyn Fn(&mut Order)| {
        let mut order = desk.order();
        change(&mut order);
        make(&order, &contents(), &desk.key).err()
    };
    assert_eq!(made(&|order| order.expires_at = Timestamp(NOW.0 + 30 * DAY_MS)), None);
    assert_eq!(made(&|order| order.expires_at = Timestamp(NOW.0 + 31 * DAY_MS)), Some(MakeError::Expiry));
    assert_eq!(made(&|order| order.expires_at = order.issued_at), Some(MakeError::Expiry));
    assert_eq!(made(&|order| order.previous = 7), Some(MakeError::Serial));
    assert_eq!(made(&|order| order.serial = u64::MAX), Some(MakeError::Serial));
}

#[test]
fn a_key_and_a_server_are_read_from_their_files_and_nothing_else_is() {
    let desk = desk();
    let key = desk.key.public();
    assert_eq!(PublicKey::read(key.file().as_bytes()).as_ref(), Ok(key));
    assert_eq!(SigningKey::kept(ISSUER, "sb-2026-1", &desk.key.text()).unwrap().public(), key);
    assert_eq!(ServerFile::read(desk.server.file().as_bytes()).as_ref(), Ok(&desk.server));
    let shown = key.fingerprint().to_string();
    assert_eq!((shown.len(), shown.to_lowercase().parse::<Fingerprint>()), (19, Ok(key.fingerprint())));
    let change = |file: &str, name: &str, value: Value| {
        let mut json: Value = serde_json::from_str(file).unwrap();
        json[name] = value;
        json.to_string()
    };
    for (name, value) in [
        ("kty", json!("EC")),
        ("alg", json!("none")),
        ("d", json!("secret")),
        ("kid", json!("")),
        ("x", json!("AAAA")),
        ("iss", json!("a b")),
    ] {
        assert_eq!(
            PublicKey::read(change(&key.file(), name, value).as_bytes()),
            Err(KeyFileError::Other),
            "{name}"
        );
    }
    // The neutral element: any signature of a certain form is one of it.
    let weak = BASE64.encode([[1_u8].as_slice(), &[0; 31]].concat());
    assert_eq!(PublicKey::read(change(&key.file(), "x", json!(weak)).as_bytes()), Err(KeyFileError::Weak));
    for (name, value) in [
        ("id", json!("A".repeat(32))),
        ("name", json!("../x")),
        ("recipient", json!("age1x")),
        ("more", json!(1)),
        ("kind", json!("x")),
    ] {
        let refused = ServerFile::read(change(&desk.server.file(), name, value).as_bytes());
        assert_eq!(refused, Err(ServerFileError::Other), "{name}");
    }
    let later = ServerFile::read(change(&desk.server.file(), "format", json!(2)).as_bytes());
    assert_eq!(later, Err(ServerFileError::TooNew));
    assert_eq!(ServerFile::name_of("--\u{fc}ber /host.lan"), "berhost.lan");
}

#[test]
fn a_change_of_keys_is_believed_when_both_signed_it() {
    let (desk, other) = (desk(), SigningKey::make(ISSUER, "sb-2026-2").unwrap());
    let stated = KeyChange::state(&desk.key, &other, NOW);
    let read = KeyChange::read(stated.as_bytes(), &desk.trusted()).unwrap();
    assert_eq!((read.old_kid.as_str(), &read.new, read.stated_at), ("sb-2026-1", other.public(), NOW));
    assert_eq!(KeyChange::read(stated.as_bytes(), &[]).err(), Some(ChangeError::UnknownKey));
    let stranger = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let by_stranger = KeyChange::state(&stranger, &other, NOW);
    assert_eq!(KeyChange::read(by_stranger.as_bytes(), &desk.trusted()).err(), Some(ChangeError::Signature));
    // Without the new key's own signature anybody's key could be put in the old one's name.
    let mut half: Value = serde_json::from_str(&stated).unwrap();
    half["signatures"][1] = half["signatures"][0].clone();
    assert_eq!(
        KeyChange::read(half.to_string().as_bytes(), &desk.trusted()).err(),
        Some(ChangeError::Signature)
    );
    half["signatures"].as_array_mut().unwrap().pop();
    assert_eq!(KeyChange::read(half.to_string().as_bytes(), &desk.trusted()).err(), Some(ChangeError::Other));
    // The bits that carry the statement: those of the JSON around it say nothing.
    let json: Value = serde_json::from_str(&stated).unwrap();
    for pointer in
        ["/payload", "/signatures/0/signature", "/signatures/1/protected", "/signatures/1/signature"]
    {
        let text = json.pointer(pointer).and_then(Value::as_str).unwrap();
        for at in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let mut changed = json.clone();
            *changed.pointer_mut(pointer).unwrap() = json!(String::from_utf8(bytes).unwrap());
            assert!(
                KeyChange::read(changed.to_string().as_bytes(), &desk.trusted()).is_err(),
                "{pointer} {at}"
            );
        }
    }
}

#[test]
fn instructions_and_a_catalogue_come_out_as_they_went_in_and_none_is_written_as_before() {
    let plain = |contents: &Contents| {
        let outer = crate::contents::Outer { iss: "i", aud: "a", serial: 7 };
        let written = contents.write(outer);
        let (read, same) = Contents::read(&written, outer).unwrap();
        assert!(same);
        (String::from_utf8(written.to_vec()).unwrap(), read)
    };
    let task = |name: &str| name.parse().unwrap();
    let mut with = contents();
    with.prompts = vec![
        BundledPrompt { task: task("extraction"), prompt: Some("Only facts.\nNo more.".into()) },
        BundledPrompt { task: task("cv_draft"), prompt: None },
    ];
    with.catalog = Some(BundledCatalog::Comes(model::Catalog::bundled().unwrap()));
    let (_, read) = plain(&with);
    assert!(read.prompts == with.prompts && read.catalog == with.catalog);
    let (old, _) = plain(&contents());
    assert!(!old.contains("prompts") && !old.contains("catalog"));
    with.prompts[1].task = task("extraction");
    assert_eq!(with.check(), Err(ContentsError::Twice));
    with.prompts = vec![BundledPrompt { task: task("extraction"), prompt: Some(" blank before".into()) }];
    assert_eq!(with.check(), Err(ContentsError::Field));
    let nothing = model::Catalog { as_of: "some day".into(), models: Vec::new() };
    for catalog in [BundledCatalog::Comes(nothing), BundledCatalog::Goes(String::new())] {
        assert_eq!(Contents { catalog: Some(catalog), ..contents() }.check(), Err(ContentsError::Catalog));
    }
    let again =
        Contents { again: Some(3), catalog: Some(BundledCatalog::Goes("v".into())), ..Contents::default() };
    assert_eq!(again.check(), Err(ContentsError::Other));
}

#[test]
fn what_takes_the_place_of_another_takes_back_what_only_that_one_brought() {
    let prompt = |name: &str, text: Option<&str>| BundledPrompt {
        task: name.parse().unwrap(),
        prompt: text.map(str::to_owned),
    };
    let catalog = model::Catalog::bundled().unwrap();
    let now = Contents {
        prompts: vec![
            prompt("extraction", Some("a")),
            prompt("cv_draft", Some("b")),
            prompt("validation", None),
        ],
        catalog: Some(BundledCatalog::Comes(catalog)),
        ..contents()
    };
    let mut then = Contents { prompts: vec![prompt("extraction", Some("z"))], ..contents() };
    then.take_back(&now, |catalog| format!("{} x", catalog.as_of));
    assert_eq!(then.prompts, [prompt("extraction", Some("z")), prompt("cv_draft", None)]);
    assert!(matches!(then.catalog, Some(BundledCatalog::Goes(version)) if version.ends_with(" x")));
}
