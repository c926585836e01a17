//! Access tokens: JWTs signed with Ed25519, good for five minutes. Algorithm, issuer and audience are pinned, and every claim has to be
//! there in its own kind. What a token says is who; whether that session goes on, and what its user may do, is asked of the
//! database each time.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode, errors::Error};
use model::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vault::TokenKeys;

/// A token is good for so long, in seconds.
pub(crate) const GOOD_FOR_S: u32 = 300;
/// Clocks may differ by so much, in seconds.
const LEEWAY_S: i64 = 5;
const AUDIENCE: &str = "signalbox-admin-api";
/// Far longer than ours are.
const MOST_BYTES: usize = 2_048;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    /// The session.
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// Who a token says that its bearer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bearer {
    pub(crate) user: Uuid,
    pub(crate) session: Uuid,
}

pub(crate) struct AccessTokens {
    issuer: String,
    private: EncodingKey,
    public: DecodingKey,
    validation: Validation,
}

impl AccessTokens {
    pub(crate) fn new(keys: &TokenKeys, server_id: &str) -> Result<Self, Error> {
        let issuer = format!("signalbox-server/{server_id}");
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        // Times are judged below, by the server's own clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let tokens = Self {
            private: EncodingKey::from_ed_der(&keys.private),
            public: DecodingKey::from_ed_der(&keys.public),
            issuer,
            validation,
        };
        // A key that cannot sign would otherwise show at the first login.
        tokens.issue(Bearer { user: Uuid::nil(), session: Uuid::nil() }, Timestamp(0)).map(|_| tokens)
    }

    pub(crate) fn issue(&self, bearer: Bearer, now: Timestamp) -> Result<String, Error> {
        let now = now.0.div_euclid(1_000);
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: bearer.user,
            sid: bearer.session,
            jti: Uuid::new_v4(),
            iat: now,
            nbf: now,
            exp: now + i64::from(GOOD_FOR_S),
        };
        encode(&Header::new(Algorithm::EdDSA), &claims, &self.private)
    }

    /// Whose token this is; `None` when it is not one of ours that is good now.
    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Option<Bearer> {
        if token.len() > MOST_BYTES {
            return None;
        }
        let claims = decode::<Claims>(token, &self.public, &self.validation).ok()?.claims;
        let now = now.0.div_euclid(1_000);
        let is_now = claims.nbf <= now + LEEWAY_S
            && claims.iat <= now + LEEWAY_S
            && now < claims.exp.saturating_add(LEEWAY_S)
            && claims.exp.saturating_sub(claims.iat) <= i64::from(GOOD_FOR_S);
        is_now.then_some(Bearer { user: claims.sub, session: claims.sid })
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::{Value, json};
    use vault::RootKey;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_444_320_000);
    const BEARER: Bearer = Bearer { user: Uuid::from_u128(1), session: Uuid::from_u128(2) };

    struct Forge {
        keys: TokenKeys,
        tokens: AccessTokens,
    }

    fn forge() -> Forge {
        let folder = tempfile::tempdir().unwrap();
        let root = RootKey::make(&folder.path().join("root.key")).unwrap();
        let tokens = AccessTokens::new(&root.token_keys(), "server").unwrap();
        Forge { keys: root.token_keys(), tokens }
    }

    impl Forge {
        fn claims() -> Value {
            let now = NOW.0 / 1_000;
            json!({
                "iss": "signalbox-server/server", "aud": AUDIENCE, "sub": BEARER.user, "sid": BEARER.session,
                "jti": Uuid::from_u128(3), "iat": now, "nbf": now, "exp": now + 300,
            })
        }

        /// Signed by the right key, whatever it says.
        fn signed(&self, claims: &Value) -> String {
            let key = EncodingKey::from_ed_der(&self.keys.private);
            encode(&Header::new(Algorithm::EdDSA), claims, &key).unwrap()
        }

        fn accepts(&self, claims: &Value) -> bool {
            self.tokens.read(&self.signed(claims), NOW).is_some()
        }
    }

    #[test]
    fn a_token_of_ours_is_read_until_it_is_five_minutes_old() {
        let forge = forge();
        let token = forge.tokens.issue(BEARER, NOW).unwrap();
        let read = |seconds: i64| forge.tokens.read(&token, Timestamp(NOW.0 + seconds * 1_000));
        assert_eq!(read(0), Some(BEARER));
        assert_eq!(read(304), Some(BEARER));
        assert_eq!((read(305), read(-6)), (None, None));
    }

    #[test]
    fn every_claim_has_to_be_there_in_its_own_kind() {
        let forge = forge();
        assert!(forge.accepts(&Forge::claims()));
        for name in ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"] {
            let mut claims = Forge::claims();
            claims.as_object_mut().unwrap().remove(name);
            assert!(!forge.accepts(&claims), "without {name}");
            claims[name] = json!(true);
            assert!(!forge.accepts(&claims), "{name} of another kind");
        }
        for time in ["iat", "nbf", "exp"] {
            let mut claims = Forge::claims();
            claims[time] = json!(claims[time].to_string());
            assert!(!forge.accepts(&claims), "{time} as a text");
        }
        for (name, value) in [("iss", "signalbox-server/other"), ("aud", "another"), ("role", "super_admin")]
        {
            let mut claims = Forge::claims();
            claims[name] = json!(value);
            assert!(!forge.accepts(&claims), "{name} is {value}");
        }
    }

    #[test]
    fn a_token_that_would_be_good_for_longer_is_none() {
        let mut claims = Forge::claims();
        claims["exp"] = json!(NOW.0 / 1_000 + 301);
        assert!(!forge().accepts(&claims));
    }

    #[test]
    fn another_algorithm_or_none_is_refused() {
        let forge = forge();
        let body = URL_SAFE_NO_PAD.encode(Forge::claims().to_string());
        for (algorithm, signature) in [("none", ""), ("None", ""), ("EdDSA", ""), ("EdDSA", "AAAA")] {
            let head = URL_SAFE_NO_PAD.encode(json!({ "alg": algorithm, "typ": "JWT" }).to_string());
            assert_eq!(forge.tokens.read(&format!("{head}.{body}.{signature}"), NOW), None, "{algorithm}");
        }
        // The public key, which anyone may have, as the secret of a HMAC.
        let secret = EncodingKey::from_secret(&forge.keys.public).unwrap();
        let token = encode(&Header::new(Algorithm::HS256), &Forge::claims(), &secret).unwrap();
        assert_eq!(forge.tokens.read(&token, NOW), None);
        let foreign = self::forge().signed(&Forge::claims());
        assert_eq!(forge.tokens.read(&foreign, NOW), None);
    }

    #[test]
    fn every_single_changed_letter_makes_it_worthless() {
        let forge = forge();
        let token = forge.tokens.issue(BEARER, NOW).unwrap();
        for at in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(forge.tokens.read(&changed, NOW), None, "letter {at}");
        }
    }
}
