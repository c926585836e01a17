//! TLS to PostgreSQL, by handshakes: the certificate has to be of an authority that is named, and of the host that is asked.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rig_postgres::Postgres;
use store::{ConnectError, DatabaseUrl, PgStore};
use tempfile::TempDir;

use crate::house::{AUDIT_KEY, SERVER};

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A PostgreSQL with a certificate of this authority's for this host.
fn postgres(authority: &Authority, host: &str) -> Postgres {
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec![host.to_owned()]).unwrap().signed_by(&key, authority).unwrap();
    Postgres::start_with_tls(&certificate.pem(), &key.serialize_pem())
}

/// The authority's certificate in a file.
fn kept(folder: &TempDir, name: &str, authority: &Authority) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, authority.pem()).unwrap();
    file
}

/// Checked as it is for a database on another computer, which this one is not.
fn address(url: &str, authority: &Path) -> DatabaseUrl {
    DatabaseUrl::new(format!("{url}?sslmode=verify-full&sslrootcert={}", authority.display()))
}

async fn refused(url: &DatabaseUrl) -> String {
    match PgStore::create(url, SERVER, &AUDIT_KEY).await {
        Err(ConnectError::Refused(why)) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it is opened"),
    }
}

#[tokio::test]
async fn a_certificate_of_the_named_authority_for_this_host_is_spoken_to_under_tls() {
    let (folder, ours) = (tempfile::tempdir().unwrap(), authority("ours"));
    let postgres = postgres(&ours, "127.0.0.1");
    let plain = postgres.database();
    let url = address(&plain, &kept(&folder, "ca.pem", &ours));
    assert!(PgStore::create(&url, SERVER, &AUDIT_KEY).await.unwrap());
    let store = PgStore::open(&url, SERVER, &AUDIT_KEY, None).await.unwrap();
    assert!(store.providers().await.ok().unwrap().is_empty());
    let ways = "SELECT count(*) > 0 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                WHERE application_name = 'signalbox-server'";
    assert_eq!(postgres.by_hand(&plain, ways), "t");
}

#[tokio::test]
async fn another_authority_another_host_and_no_tls_at_all_are_refused() {
    let (folder, ours, others) = (tempfile::tempdir().unwrap(), authority("ours"), authority("another"));
    let (our_file, other_file) = (kept(&folder, "ca.pem", &ours), kept(&folder, "other.pem", &others));
    let here = postgres(&ours, "127.0.0.1");
    let elsewhere = postgres(&ours, "db.example.org");
    let without = Postgres::shared();
    for (postgres, authority, wanted) in [
        (&here, &other_file, "UnknownIssuer"),
        (&elsewhere, &our_file, "not valid for name"),
        (&*without, &our_file, "does not support TLS"),
    ] {
        let url = postgres.database();
        let why = refused(&address(&url, authority)).await;
        assert!(why.starts_with("TLS: ") && why.contains(wanted), "{why}");
        // It was not told a statement.
        assert_eq!(postgres.by_hand(&url, "SELECT to_regclass('vault_meta') IS NULL"), "t");
    }
}
