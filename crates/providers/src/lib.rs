//! The only room that speaks the vendors' HTTP: Gemini, OpenAI, Claude and OpenAI-compatible servers.
//!
//! Each vendor is a set of pure functions, from a question or a call to a request and from an answer or an event to its
//! meaning, that are tested on literals; [`Vendors`] carries them over the network: [`Vendors::test_credentials`],
//! [`Vendors::call`], [`Vendors::stream`]. Deliberately not here: where keys come from, what is stored of a report or an
//! answer, and retries, which are the caller's to decide.
//!
//! A key never leaves by any way but the vendor's own header to the origin that was configured: redirects to
//! another origin are reported, not followed, and nothing of a vendor's text reaches a report unless it shares
//! no four characters in a row with the key.
//!
//! `cargo run -p providers --example live` runs the tests against the real vendors for every key in the
//! environment, and says which it skipped; `examples/live.rs` lists the variables. Its status is 1 after a failure.

mod base_url;
mod call;
mod credential_test;
mod effort;
mod exchange;
mod finding;
mod form;
mod json;
mod key;
mod nearest;
mod report;
mod retry_after;
mod sse;
mod transport;
mod vendor;
mod words;

use std::time::Duration;

use model::ProviderType;

pub use crate::{
    base_url::{BaseUrl, BaseUrlError},
    call::{
        Allowance, CallOptions, CallStream, Called, DocumentWeight, OpenAiApi, VendorLimits, document_weight,
        holds,
    },
    form::{Form, Saved, last_four},
    nearest::nearest,
    transport::ClientError,
};

/// Whom to ask, and about what.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Which wire format is spoken there.
    pub provider_type: ProviderType,
    /// Where requests go.
    pub base_url: &'a BaseUrl,
    /// The key, if there is one. It is read for this one call and kept nowhere.
    pub api_key: Option<&'a str>,
    /// The model, as the vendor writes it.
    pub model_name: &'a str,
}

/// How long one credential test may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For each connection, name resolution and TLS handshake included.
    pub connect: Duration,
    /// For the whole test, all pages of the list included.
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), whole: Duration::from_secs(20) }
    }
}

/// The vendors, reachable. Make one and keep it: it holds the connection pools. Proxies are taken from the
/// environment when it is made.
pub struct Vendors {
    transport: transport::Transport,
}

impl Vendors {
    /// Prepares TLS and the proxies.
    ///
    /// # Errors
    /// See [`ClientError`]. A system without certificates is none: it shows in the reports.
    pub fn new(timeouts: Timeouts) -> Result<Self, ClientError> {
        Ok(Self { transport: transport::Transport::new(timeouts)? })
    }
}
