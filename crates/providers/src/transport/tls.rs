//! TLS as this computer trusts it: the system's verifier and authorities, rustls with ring, no global state.

use std::sync::Arc;

use rustls::{
    ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier, client::WantsClientCert, crypto::ring,
};
use rustls_platform_verifier::BuilderVerifierExt;

/// How to secure connections, and whether there is anyone to trust.
pub(super) struct Tls {
    pub(super) config: ClientConfig,
    /// False where the system has no certificates at all: then only plain http to this computer works.
    pub(super) has_roots: bool,
}

impl Tls {
    /// Reads the system's certificates, once for all clients.
    pub(super) fn of_system() -> Result<Self, rustls::Error> {
        let (verified, has_roots) = match builder()?.with_platform_verifier() {
            Ok(verified) => (verified, true),
            Err(error) => {
                tracing::warn!(%error, "no certificates to trust");
                (trusting_nobody()?, false)
            }
        };
        let mut config = verified.with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { config, has_roots })
    }
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, rustls::Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
}

fn trusting_nobody() -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, rustls::Error> {
    Ok(builder()?.with_root_certificates(RootCertStore::empty()))
}
