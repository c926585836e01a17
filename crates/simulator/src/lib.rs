//! The vendors' APIs on loopback, with faults on demand: for tests without a network and for trying things out.
//!
//! Statuses, headers, content types and body shapes follow the vendors' documentation and recorded traffic.
//! Deliberately not here: generation (only model listing so far), and anything that a client could share with
//! the adapters, because a mistake in a shared type would agree with itself.

mod control;
mod fault;
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
    journal::{Listener, Recorded},
    listener::StartError,
};
use crate::{listener::Bound, vendor::Vendor, world::World};

/// How a simulator behaves. `Default` is what tests want: any free port, several pages per list.
#[derive(Clone, Debug)]
pub struct Options {
    /// Port of the plain listener on 127.0.0.1; 0 takes any free one. The other listeners always take free ones.
    pub port: u16,
    /// Most models on one page where the vendor pages, whatever the client asks for.
    pub page_cap: usize,
    /// How long [`Fault::Slow`] waits before it answers.
    pub slow_delay: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { port: 0, page_cap: 7, slow_delay: Duration::from_secs(30) }
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
        let (acceptor, certificate_pem) = listener::self_signed()?;
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
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.accepting.iter().for_each(JoinHandle::abort);
    }
}
