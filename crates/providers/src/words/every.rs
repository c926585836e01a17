//! Every cause and trouble that tests and calls have in common, for the tests that read their words.

use crate::{
    finding::Cause,
    transport::{Stage, TlsTrouble, Trouble},
};

/// A key that no text may hold.
pub(super) const KEY: &str = "q7Xp2zR4wK9vB3nM";

/// Causes of a refusal, of a test as of a call.
pub(super) const CAUSES: [Cause; 21] = [
    Cause::KeyUnknown,
    Cause::KeyExpired,
    Cause::KeyLeaked,
    Cause::KeyOfOtherKind,
    Cause::NoPermission,
    Cause::ServiceBlocked,
    Cause::OriginBlocked,
    Cause::CountryUnsupported,
    Cause::Firewall,
    Cause::RateLimited,
    Cause::DailyQuota,
    Cause::NoQuota,
    Cause::CreditExhausted,
    Cause::SpendLimit,
    Cause::Overloaded,
    Cause::VendorFailed,
    Cause::GatewayFailed,
    Cause::VendorTimedOut,
    Cause::ProxyWantsLogin,
    Cause::Garbled,
    Cause::Unexpected,
];

/// What can go wrong on the way; one leads to an address with [`KEY`] in it.
pub(super) fn troubles() -> impl Iterator<Item = Trouble> {
    let troubles = [
        Trouble::NameNotResolved { host: "host.invalid".to_owned() },
        Trouble::Refused,
        Trouble::Unreachable,
        Trouble::Broken,
        Trouble::Connection,
        Trouble::CutOff,
        Trouble::Undecodable,
        Trouble::TooLarge,
        Trouble::NotHttp,
        Trouble::RedirectLoop,
        Trouble::Redirected { to: format!("https://{KEY}.invalid") },
    ];
    let tls = [
        TlsTrouble::Untrusted,
        TlsTrouble::NoRoots,
        TlsTrouble::Expired,
        TlsTrouble::NotYetValid,
        TlsTrouble::WrongHost,
        TlsTrouble::NoTls,
        TlsTrouble::Other,
    ];
    let stages = [Stage::Connecting, Stage::Waiting, Stage::Reading].map(Trouble::TimedOut);
    troubles.into_iter().chain(tls.map(Trouble::Tls)).chain(stages)
}
