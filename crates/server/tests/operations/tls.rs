//! TLS of the server's own.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
};

use rcgen::{CertificateParams, KeyPair};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
};

use crate::program::{Place, Served, wait_for};

/// A certificate that only a client who knows it trusts.
struct Made {
    certificate: String,
    key: String,
    der: CertificateDer<'static>,
}

fn made() -> Made {
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    Made { certificate: certificate.pem(), key: key.serialize_pem(), der: certificate.der().clone() }
}

/// What a client who trusts this certificate alone is answered; `None` when it trusts none that it is shown.
fn get(at: &str, trusted: &Made) -> Option<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.der.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_root_certificates(roots);
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config.with_no_client_auth()), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(at).unwrap());
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).ok()?;
    String::from_utf8(all).ok()
}

fn serves(at: &str, made: &Made) -> bool {
    get(at, made).is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn lay(place: &Place, made: &Made) {
    // The key first and in place of the old one at once, as certbot and its like do it.
    for (name, text) in [("key.pem", &made.key), ("cert.pem", &made.certificate)] {
        let new = place.path("new.pem");
        fs::write(&new, text).unwrap();
        fs::rename(&new, place.path(name)).unwrap();
    }
}

fn served(place: &Place) -> (Served, String) {
    let (certificate, key) = (place.path("cert.pem"), place.path("key.pem"));
    let pair = ["--tls-certificate", certificate.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let mut served = place.serve(&pair);
    let at = served.told("listening on https://");
    (served, at)
}

#[test]
fn a_new_certificate_is_shown_after_a_signal_and_after_its_file_changed_and_a_bad_one_never() {
    let place = Place::made();
    let [first, second, third] = [made(), made(), made()];
    lay(&place, &first);
    let (server, at) = served(&place);
    assert!(serves(&at, &first) && !serves(&at, &second));
    // What is no TLS is not answered in the clear.
    let mut plain = TcpStream::connect(&at).unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = plain.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");

    lay(&place, &second);
    server.signal("HUP");
    wait_for("the second certificate is not shown", || serves(&at, &second));
    assert!(!serves(&at, &first));

    // Half of another pair: certificate and key do not belong together.
    fs::write(place.path("cert.pem"), &third.certificate).unwrap();
    server.signal("HUP");
    wait_for("nobody complains", || server.log().contains("the certificate from before stays in force"));
    assert!(serves(&at, &second) && !serves(&at, &third));

    // The other half comes, and no signal.
    fs::write(place.path("key.pem"), &third.key).unwrap();
    wait_for("the third certificate is not shown", || serves(&at, &third));
    assert!(!server.log().contains("PRIVATE KEY"));
}

#[test]
fn whoever_opens_a_connection_and_says_nothing_is_cut() {
    let place = Place::made();
    lay(&place, &made());
    let (_server, at) = served(&place);
    let mut silent = TcpStream::connect(&at).unwrap();
    silent.set_read_timeout(Some(crate::program::PATIENCE)).unwrap();
    let mut nothing = [0; 1];
    assert_eq!(silent.read(&mut nothing).unwrap_or(0), 0);
}
