//! What the configuration says of an existing application whose tokens are believed.

use std::path::PathBuf;

use super::Draft;
use crate::access::issuer::{IssuerSettings, keys::IssuerKeys};

/// Off until issuer, audience and keys are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerConfig {
    /// The claim `iss`, exactly.
    pub issuer: Option<String>,
    /// Among the claim `aud`.
    pub audience: Option<String>,
    /// JWKS, or a public key in PEM.
    pub keys: Option<PathBuf>,
    /// Where roles are: a claim's name, or a path with dots.
    pub role_claim: String,
    /// The role that is a super_admin's.
    pub role: String,
    /// Seconds by which clocks may differ.
    pub skew_s: u32,
    /// The longest that a token may be good, in seconds.
    pub longest_s: u32,
}

impl Default for IssuerConfig {
    fn default() -> Self {
        Self {
            issuer: None,
            audience: None,
            keys: None,
            role_claim: "role".to_owned(),
            role: "super_admin".to_owned(),
            skew_s: 30,
            longest_s: 3_600,
        }
    }
}

impl IssuerConfig {
    pub(crate) fn settings(&self) -> Option<IssuerSettings> {
        Some(IssuerSettings {
            issuer: self.issuer.clone()?,
            audience: self.audience.clone()?,
            keys: self.keys.clone()?,
            role_claim: self.role_claim.clone(),
            role: self.role.clone(),
            skew_s: self.skew_s,
            longest_s: self.longest_s,
        })
    }
}

impl Draft {
    /// All three or none, and keys that can be used.
    pub(super) fn check_issuer(&mut self) {
        let config = self.config.issuer.clone();
        let given = [
            ("issuer", config.issuer.is_some()),
            ("issuer_audience", config.audience.is_some()),
            ("issuer_keys", config.keys.is_some()),
        ];
        let Some((first, _)) = given.into_iter().find(|(_, is_given)| *is_given) else { return };
        for (missing, _) in given.into_iter().filter(|(_, is_given)| !is_given) {
            let message = format!("`{first}` is set and `{missing}` is not");
            self.fault(first, message, format!("Set `{missing}`, too: tokens are believed by all three."));
        }
        if let Some(Err(error)) = config.keys.map(|keys| IssuerKeys::read(&keys)) {
            self.fault("issuer_keys", error.to_string(), error.advice());
        }
    }
}
