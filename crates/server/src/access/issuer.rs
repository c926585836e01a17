//! Tokens of an existing application, as the specification assumes them: who its users are is known there, and who of them is a
//! super_admin stands in a claim. Issuer, audience, keys and each key's algorithm are pinned by the configuration. There is no session
//! here that could be ended, so such a token may not last long; and the second factor counts only where the token says when it was shown.

pub(crate) mod keys;
#[cfg(test)]
mod tests;

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use arc_swap::ArcSwap;
use jsonwebtoken::{Validation, decode, decode_header};
use model::{Timestamp, text};
use serde_json::{Map, Value};
use store::Asker;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use self::keys::{IssuerKeys, KeysError};

/// Larger ones are none that fit into a header.
const MOST_BYTES: usize = 8_192;
const LONGEST_NAME: usize = 160;
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Authentication methods (RFC 8176, section 2) that are a second factor, or more than one.
const SECOND_FACTORS: [&str; 3] = ["mfa", "otp", "hwk"];
/// Before a name in the log of acts, so that it is told from users of this server.
const PREFIX: &str = "issuer:";

/// What of the configuration is about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerSettings {
    /// The claim `iss`, exactly.
    pub issuer: String,
    /// Among the claim `aud`.
    pub audience: String,
    /// JWKS, or a public key in PEM.
    pub keys: PathBuf,
    /// Where roles are: a claim's name, or a path with dots.
    pub role_claim: String,
    /// The role that is a super_admin's.
    pub role: String,
    /// Clocks may differ by so much.
    pub skew_s: u32,
    /// The longest that a token may be good.
    pub longest_s: u32,
}

/// Who a token says that its bearer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outsider {
    /// For the log of acts.
    pub(crate) name: String,
    /// Whose answers are kept under an `Idempotency-Key`: the issuer's subject to the letter.
    pub(crate) asker: Asker,
    pub(crate) is_super_admin: bool,
    /// When a second factor was shown, if the token says so.
    pub(crate) proven_at: Option<Timestamp>,
}

/// By what a change of the file is noticed.
type Stamp = Option<(u64, Option<SystemTime>)>;

pub(crate) struct Issuer {
    settings: IssuerSettings,
    keys: ArcSwap<IssuerKeys>,
    seen: Mutex<Stamp>,
}

impl Issuer {
    pub(crate) fn open(settings: IssuerSettings) -> Result<Self, KeysError> {
        let seen = Mutex::new(stamp(&settings));
        Ok(Self { keys: ArcSwap::from_pointee(IssuerKeys::read(&settings.keys)?), seen, settings })
    }

    /// Whose token this is; `None` when it is none of this issuer's that is good now.
    pub(crate) fn read(&self, token: &str, now: Timestamp) -> Option<Outsider> {
        if token.len() > MOST_BYTES {
            return None;
        }
        let head = decode_header(token).ok()?;
        let is_jwt = |kind: &str| {
            ["jwt", "at+jwt", "application/at+jwt"].iter().any(|one| kind.eq_ignore_ascii_case(one))
        };
        // What has to be understood (RFC 7515, section 4.1.11) is not.
        if head.crit.is_some()
            || head.extras.inner().contains_key("b64")
            || !head.typ.as_deref().is_none_or(is_jwt)
        {
            return None;
        }
        let keys = self.keys.load();
        let key = keys.find(head.kid.as_deref())?;
        let mut validation = Validation::new(key.algorithm);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_audience(&[&self.settings.audience]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // Times are judged below, by the server's own clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let claims = decode::<Map<String, Value>>(token, &key.decoding, &validation).ok()?.claims;
        self.judge(&claims, now.0.div_euclid(1_000))
    }

    fn judge(&self, claims: &Map<String, Value>, now: i64) -> Option<Outsider> {
        let settings = &self.settings;
        // The library also takes a list of issuers.
        if claims.get("iss")?.as_str()? != settings.issuer {
            return None;
        }
        let (skew, longest) = (i64::from(settings.skew_s), i64::from(settings.longest_s));
        let exp = seconds(claims.get("exp")?)?;
        let [iat, nbf] = ["iat", "nbf"].map(|name| claims.get(name).map(seconds));
        // A claim that is there and is no time is a fault, and not none.
        let (iat, nbf) =
            (iat.map_or(Some(None), |at| at.map(Some))?, nbf.map_or(Some(None), |at| at.map(Some))?);
        let begun = iat.or(nbf);
        let is_now = now < exp.saturating_add(skew)
            && iat.is_none_or(|iat| iat <= now + skew)
            && nbf.is_none_or(|nbf| nbf <= now + skew)
            && exp.saturating_sub(begun.unwrap_or(now)) <= longest;
        if !is_now {
            return None;
        }
        let subject = claims.get("sub")?.as_str()?;
        let name = text::check(subject, LONGEST_NAME, false).ok()?;
        if name.is_empty() {
            return None;
        }
        Some(Outsider {
            name: format!("{PREFIX}{name}"),
            asker: Asker::outsider(&settings.issuer, subject),
            is_super_admin: self.holds_role(claims),
            proven_at: proven_at(claims, now + skew),
        })
    }

    fn holds_role(&self, claims: &Map<String, Value>) -> bool {
        let mut found = claims.get(&self.settings.role_claim);
        if found.is_none() {
            let mut path = self.settings.role_claim.split('.');
            found = path.next().and_then(|first| claims.get(first));
            found = path.fold(found, |found, name| found?.as_object()?.get(name));
        }
        match found {
            Some(Value::String(role)) => *role == self.settings.role,
            Some(Value::Array(roles)) => roles.iter().any(|role| role.as_str() == Some(&self.settings.role)),
            _ => false,
        }
    }

    /// Looks at the file until told to stop. One that cannot be used never takes the place of one that can.
    pub(crate) async fn watch(self: Arc<Self>, closing: CancellationToken) {
        let mut every = interval(LOOK_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = closing.cancelled() => return,
                _ = every.tick() => self.look(),
            }
        }
    }

    fn look(&self) {
        let now = stamp(&self.settings);
        if std::mem::replace(&mut *self.seen.lock().unwrap_or_else(PoisonError::into_inner), now) == now {
            return;
        }
        match IssuerKeys::read(&self.settings.keys) {
            Ok(keys) => {
                self.keys.store(Arc::new(keys));
                tracing::info!("the issuer's keys were read again");
            }
            Err(error) => {
                tracing::error!(%error, advice = error.advice(), "the issuer's keys from before stay in force");
            }
        }
    }
}

fn stamp(settings: &IssuerSettings) -> Stamp {
    std::fs::metadata(&settings.keys).ok().map(|data| (data.len(), data.modified().ok()))
}

/// A NumericDate (RFC 7519, section 2), which may have a fraction, and is no text.
fn seconds(value: &Value) -> Option<i64> {
    let number = value.as_f64().filter(|number| (0.0..1e12).contains(number))?;
    Some(number as i64)
}

/// A second factor and when it was shown, both or nothing.
fn proven_at(claims: &Map<String, Value>, latest: i64) -> Option<Timestamp> {
    let methods = claims.get("amr")?.as_array()?;
    let has_second = methods.iter().filter_map(Value::as_str).any(|method| SECOND_FACTORS.contains(&method));
    let at = seconds(claims.get("auth_time")?).filter(|at| has_second && *at <= latest)?;
    Some(Timestamp(at.saturating_mul(1_000)))
}
