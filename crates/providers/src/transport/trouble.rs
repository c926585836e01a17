//! Why there is no whole answer, told from the types of errors and not from their words.

use std::{error::Error, io, iter::successors};

use model::TestOutcome;
use rustls::CertificateError;

use super::resolver::NameNotResolved;

/// Why there is no whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    NameNotResolved {
        host: String,
    },
    /// The host is there, the port is closed.
    Refused,
    /// No way to the host.
    Unreachable,
    /// The connection broke before an answer began.
    Broken,
    Tls(TlsTrouble),
    TimedOut(Stage),
    /// The answer stopped in the middle.
    CutOff,
    /// The answer cannot be unpacked.
    Undecodable,
    TooLarge,
    /// What answers does not speak HTTP.
    NotHttp,
    /// Elsewhere, by scheme, host or port.
    Redirected {
        /// The other origin, as the answer names it.
        to: String,
    },
    RedirectLoop,
    /// Something else kept the connection from being made: often a proxy.
    Connection,
}

/// Where the time ran out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Connecting,
    Waiting,
    Reading,
}

/// Why there is no TLS connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TlsTrouble {
    /// Signed by nobody whom this computer trusts.
    Untrusted,
    /// This computer trusts nobody: it has no certificates.
    NoRoots,
    Expired,
    NotYetValid,
    WrongHost,
    /// The server speaks no TLS at all: plain http on this port.
    NoTls,
    Other,
}

impl Trouble {
    /// An error while connecting, sending or waiting.
    pub(super) fn before_answer(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::TimedOut(if error.is_connect() { Stage::Connecting } else { Stage::Waiting });
        }
        let connecting = error.is_connect();
        let other = if connecting { Self::Connection } else { Self::Broken };
        causes(error).find_map(|cause| of_cause(cause, connecting)).unwrap_or(other)
    }

    /// An error while reading the body.
    pub(crate) fn within_answer(error: &reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::TimedOut(Stage::Reading);
        }
        let unpacking = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>());
        let broken_pack = unpacking
            .map(io::Error::kind)
            .any(|kind| matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput));
        if broken_pack { Self::Undecodable } else { Self::CutOff }
    }

    pub(crate) fn outcome(&self) -> TestOutcome {
        match self {
            Self::NameNotResolved { .. } => TestOutcome::NameNotResolved,
            Self::Refused | Self::Unreachable | Self::Broken | Self::Connection => TestOutcome::NoConnection,
            Self::Tls(_) => TestOutcome::TlsFailed,
            Self::TimedOut(_) => TestOutcome::TimedOut,
            Self::CutOff | Self::Undecodable | Self::TooLarge => TestOutcome::NotUnderstood,
            Self::NotHttp | Self::RedirectLoop => TestOutcome::WrongBaseUrl,
            Self::Redirected { .. } => TestOutcome::Redirected,
        }
    }
}

/// The error and everything that it wraps. The room `sync` has the same, since neither may know the other.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| {
        // An I/O error hides what it wraps: its `source` is already the source of that.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn of_cause(cause: &(dyn Error + 'static), connecting: bool) -> Option<Trouble> {
    if let Some(unresolved) = cause.downcast_ref::<NameNotResolved>() {
        return Some(Trouble::NameNotResolved { host: unresolved.host.clone() });
    }
    if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
        return Some(Trouble::Tls(of_tls(tls)));
    }
    if let Some(http) = cause.downcast_ref::<hyper::Error>() {
        return http.is_parse().then_some(Trouble::NotHttp);
    }
    of_io(cause.downcast_ref::<io::Error>()?.kind(), connecting)
}

fn of_io(kind: io::ErrorKind, connecting: bool) -> Option<Trouble> {
    match kind {
        io::ErrorKind::ConnectionRefused => Some(Trouble::Refused),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => {
            Some(Trouble::Unreachable)
        }
        io::ErrorKind::TimedOut if connecting => Some(Trouble::TimedOut(Stage::Connecting)),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Some(Trouble::Broken),
        _ => None,
    }
}

fn of_tls(error: &rustls::Error) -> TlsTrouble {
    use CertificateError as Certificate;
    match error {
        rustls::Error::InvalidCertificate(fault) => match fault {
            Certificate::Expired | Certificate::ExpiredContext { .. } => TlsTrouble::Expired,
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => TlsTrouble::NotYetValid,
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                TlsTrouble::WrongHost
            }
            _ => TlsTrouble::Untrusted,
        },
        rustls::Error::InvalidMessage(_) => TlsTrouble::NoTls,
        _ => TlsTrouble::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_io_error_wraps_is_found() {
        let tls = rustls::Error::InvalidCertificate(CertificateError::Expired);
        let wrapped = io::Error::new(io::ErrorKind::InvalidData, io::Error::other(tls));
        let found = causes(&wrapped).find_map(|cause| of_cause(cause, true));
        assert_eq!(found, Some(Trouble::Tls(TlsTrouble::Expired)));
    }

    #[test]
    fn certificates_fail_for_reasons_that_a_person_can_act_on() {
        let of = |fault| of_tls(&rustls::Error::InvalidCertificate(fault));
        assert_eq!(of(CertificateError::NotValidForName), TlsTrouble::WrongHost);
        assert_eq!(of(CertificateError::NotValidYet), TlsTrouble::NotYetValid);
        assert_eq!(of(CertificateError::UnknownIssuer), TlsTrouble::Untrusted);
        assert_eq!(of(CertificateError::Revoked), TlsTrouble::Untrusted);
        assert_eq!(of_tls(&rustls::Error::HandshakeNotComplete), TlsTrouble::Other);
    }
}
