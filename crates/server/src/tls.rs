//! TLS of the server's own: certificate and key from two files, which are read again when they change. A pair that cannot be used
//! never takes the place of one that can.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use arc_swap::ArcSwap;
use rustls::{
    ServerConfig,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio::time::{MissedTickBehavior, interval};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 1024 * 1024;
/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Why a pair of files cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PairError {
    /// The certificate's file.
    #[error("the certificate's file cannot be read: {0}")]
    Certificate(io::ErrorKind),
    /// It is there and holds none.
    #[error("the certificate's file holds no certificate in PEM")]
    NoCertificate,
    /// The key's file.
    #[error("the key's file cannot be read: {0}")]
    Key(io::ErrorKind),
    /// It is there and holds none.
    #[error("the key's file holds no private key in PEM")]
    NoKey,
    /// They do not belong together, or are of a kind that cannot be used.
    #[error("certificate and key cannot be used together")]
    Mismatch,
}

impl PairError {
    pub(crate) fn setting(&self) -> &'static str {
        match self {
            Self::Certificate(_) | Self::NoCertificate => "tls_certificate",
            Self::Key(_) | Self::NoKey | Self::Mismatch => "tls_key",
        }
    }

    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::Certificate(_) | Self::Key(_) => "Let the server's user read it, or name another file.",
            Self::NoCertificate => "Name the file with the whole chain, the server's own certificate first.",
            Self::NoKey => "Name the file with the key, without a passphrase.",
            Self::Mismatch => "Name the key that the first certificate of the chain was made for.",
        }
    }
}

/// Two files.
#[derive(Clone, Debug)]
pub(crate) enum Pair {}

impl Pair {
    /// Reads and compares both.
    pub(crate) fn read(certificate: &Path, key: &Path) -> Result<Arc<CertifiedKey>, PairError> {
        let chain = bytes(certificate).map_err(|error| PairError::Certificate(error.kind()))?;
        let chain = CertificateDer::pem_slice_iter(&chain).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(PairError::NoCertificate)?;
        let key = bytes(key).map_err(|error| PairError::Key(error.kind()))?;
        let key = PrivateKeyDer::from_pem_slice(&key).map_err(|_| PairError::NoKey)?;
        let pair = CertifiedKey::from_der(chain, key, &provider());
        pair.map(Arc::new).map_err(|_| PairError::Mismatch)
    }
}

fn provider() -> CryptoProvider {
    ring::default_provider()
}

fn bytes(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(16 * 1024));
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// By what a change of the files is noticed: length and time of each, behind whatever links lead to them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp([Option<(u64, Option<SystemTime>)>; 2]);

/// The pair in force.
#[derive(Debug)]
pub(crate) struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    current: ArcSwap<CertifiedKey>,
    seen: Mutex<Stamp>,
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

impl Certificates {
    pub(crate) fn read(certificate: &Path, key: &Path) -> Result<Arc<Self>, PairError> {
        let stamp = stamp(certificate, key);
        Ok(Arc::new(Self {
            current: ArcSwap::from(Pair::read(certificate, key)?),
            seen: Mutex::new(stamp),
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        }))
    }

    /// What takes handshakes: TLS 1.2 and 1.3.
    pub(crate) fn acceptor(self: &Arc<Self>) -> Result<TlsAcceptor, rustls::Error> {
        let builder = ServerConfig::builder_with_provider(Arc::new(provider()));
        let builder = builder.with_safe_default_protocol_versions()?.with_no_client_auth();
        let mut config = builder.with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Reads the files again. New connections have what they hold; if that cannot be used, what was in force before.
    pub(crate) fn reload(&self) -> Result<(), PairError> {
        let stamp = stamp(&self.certificate, &self.key);
        let read = Pair::read(&self.certificate, &self.key);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = stamp;
        self.current.store(read?);
        Ok(())
    }

    fn has_changed(&self) -> bool {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) != stamp(&self.certificate, &self.key)
    }

    /// Looks at the files until told to stop. A pair of which one half is written yet is looked at again when the other is.
    pub(crate) async fn watch(self: Arc<Self>, closing: CancellationToken, told: impl Fn(bool)) {
        let mut every = interval(LOOK_EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = closing.cancelled() => return,
                _ = every.tick() => {}
            }
            if self.has_changed() {
                told(self.reload_told());
            }
        }
    }

    /// The same with a word in the log.
    pub(crate) fn reload_told(&self) -> bool {
        match self.reload() {
            Ok(()) => tracing::info!("the certificate was read again"),
            Err(error) => {
                tracing::error!(%error, advice = error.advice(), "the certificate from before stays in force");
                return false;
            }
        }
        true
    }
}

fn stamp(certificate: &Path, key: &Path) -> Stamp {
    let of = |path: &Path| fs::metadata(path).ok().map(|data| (data.len(), data.modified().ok()));
    Stamp([of(certificate), of(key)])
}
