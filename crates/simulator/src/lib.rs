//! The vendors' APIs on loopback, with faults on demand: for tests without a network and for trying things out.
//!
//! Statuses, headers, content types and body shapes follow the vendors' documentation and recorded traffic.
//! Models are listed and asked, whole and streamed, and what the vendor would refuse is refused. Answers and their
//! numbers of tokens follow a rule: a quarter of the bytes of all texts, 258 for each image or document, 64 of thinking.
//! Deliberately not here: anything that a client could share with the adapters, because a mistake in a shared type
//! would agree with itself.

mod clock;
mod control;
mod fault;
mod generate;
mod journal;
mod key;
mod listener;
mod models;
mod reply;
mod router;
mod vendor;
mod wire;
mod world;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use model::ProviderType;
use tokio::task::JoinHandle;

pub use crate::{
    fault::{Fault, UnknownFault},
    generate::Usage,
    journal::{Listener, Recorded},
    listener::StartError,
};
use crate::{listener::Bound, vendor::Vendor, world::World};

/// What is wrong with the certificate of the TLS listener, beside that nobody signed it.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Certificate {
    /// Nothing: whoever is told to trust it can.
    #[default]
    Current,
    /// It ended in 2001.
    Expired,
    /// It is for another host.
    OfAnotherHost,
}

/// How a simulator behaves. `Default` is what tests want: any free port, several pages per list.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port of the plain listener on 127.0.0.1; 0 takes any free one. The other listeners always take free ones.
    pub port: u16,
    /// Most models on one page where the vendor pages, whatever the client asks for.
    pub page_cap: usize,
    /// How long [`Fault::Slow`] waits before it answers.
    pub slow_delay: Duration,
    /// How long a model thinks before the first piece of its answer. A whole answer takes as long.
    pub first_token_delay: Duration,
    /// How long it takes for each further piece of a stream.
    pub chunk_delay: Duration,
    /// Pieces of a streamed answer; 0 makes one of each word.
    pub chunks: usize,
    /// Whether requests are kept in the journal.
    pub journal: bool,
    /// Whether whole answers are packed for clients that accept gzip, as all vendors do.
    pub gzip: bool,
    /// The TLS listener's certificate.
    pub certificate: Certificate,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            page_cap: 7,
            slow_delay: Duration::from_secs(30),
            first_token_delay: Duration::ZERO,
            chunk_delay: Duration::ZERO,
            chunks: 0,
            journal: true,
            gzip: true,
            certificate: Certificate::Current,
        }
    }
}

/// A running simulator. It stops, and cuts every connection, when dropped.
pub struct Simulator {
    world: Arc<World>,
    plain: SocketAddr,
    tls: SocketAddr,
    certificate_pem: String,
    accepting: Vec<JoinHandle<()>>,
}

impl Simulator {
    /// Starts with [`Options::default`].
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start() -> Result<Self, StartError> {
        Self::start_with(Options::default()).await
    }

    /// Starts on 127.0.0.1: a plain listener, a TLS listener with a certificate that nobody trusts, and the
    /// listener that [`Fault::Redirect`] points to.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start_with(options: Options) -> Result<Self, StartError> {
        let plain = Bound::to(options.port).await?;
        let tls = Bound::to(0).await?;
        let elsewhere = Bound::to(0).await?;
        let (acceptor, certificate_pem) = listener::self_signed(options.certificate)?;
        let (plain_address, tls_address) = (plain.address, tls.address);
        let world = Arc::new(World::new(options, elsewhere.address));
        let accepting = vec![
            tokio::spawn(plain.serve(None, router::api(world.clone(), Listener::Plain))),
            tokio::spawn(tls.serve(Some(acceptor), router::api(world.clone(), Listener::Tls))),
            tokio::spawn(elsewhere.serve(None, router::elsewhere(world.clone()))),
        ];
        Ok(Self { world, plain: plain_address, tls: tls_address, certificate_pem, accepting })
    }

    /// Where the vendor's API is served over plain HTTP, in the form that a provider's base URL has.
    pub fn base_url(&self, provider_type: ProviderType) -> String {
        format!("http://{}{}", self.plain, Vendor(provider_type).base_path())
    }

    /// The same API behind TLS with a self-signed certificate for `localhost` and 127.0.0.1.
    pub fn tls_base_url(&self, provider_type: ProviderType) -> String {
        format!("https://localhost:{}{}", self.tls.port(), Vendor(provider_type).base_path())
    }

    /// The certificate of the TLS listener, PEM, for a client that shall trust it.
    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    /// Address of the plain listener; an HTTP client may also use it as its proxy.
    pub fn address(&self) -> SocketAddr {
        self.plain
    }

    /// Every request so far, oldest first.
    pub fn journal(&self) -> Vec<Recorded> {
        self.world.journal.all()
    }

    /// Forgets every request.
    pub fn clear_journal(&self) {
        self.world.journal.clear();
    }

    /// Sets or lifts a fault for one key, or for all keys of a vendor: `gemini`, `openai`, `claude`, `compatible`.
    /// A key's own fault goes before its vendor's, and both before the one that a test key names.
    pub fn set_fault(&self, key_or_vendor: &str, fault: Option<Fault>) {
        self.world.set_fault(key_or_vendor, fault);
    }

    /// Sets what the calls of a key, or of a vendor, take from now on, or goes back to the rule.
    pub fn set_usage(&self, key_or_vendor: &str, usage: Option<Usage>) {
        self.world.set_usage(key_or_vendor, usage);
    }

    /// Sets what the calls of a key, or of a vendor, are answered from now on, or goes back to the rule.
    pub fn set_answer(&self, key_or_vendor: &str, text: Option<&str>) {
        self.world.set_answer(key_or_vendor, text.map(str::to_owned));
    }

    /// Streams that are being sent: none is left soon after a client has gone away.
    pub fn open_streams(&self) -> usize {
        self.world.open_streams()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.accepting.iter().for_each(JoinHandle::abort);
    }
}
