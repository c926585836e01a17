//! The client with servers that show a part, end sessions, or have a certificate of their own.

use std::{
    env, fs,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use model::Secret;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sync::{Address, AuditQuery, Client, Field, LogIn, Pin, Remote, RemoteError, Timeouts};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use crate::web::{Api, Asked, CONFIGS, Reply, Web, serve, whole};

fn client(url: &str, pin: Option<Pin>) -> Client {
    let timeouts = Timeouts { connect: Duration::from_secs(5), whole: Duration::from_secs(5) };
    Client::new(Address::parse(url).unwrap(), pin, timeouts).unwrap()
}

#[tokio::test]
async fn a_list_that_shows_a_part_is_completed_one_by_one() {
    let api = Api::default();
    *api.0.lock().unwrap() = (1..=20).map(|number| whole(number, &Value::Null)).collect();
    let answers = api.clone();
    let web = Web::open(move |asked| match answers.answer(asked) {
        Reply::Json(200, mut body) if asked.path == CONFIGS => {
            for one in body["data"].as_array_mut().unwrap() {
                one.as_object_mut().unwrap().remove("description");
            }
            Reply::Json(200, body)
        }
        reply => reply,
    })
    .await;
    let client = client(&web.url(), None);
    client.use_token(Secret::new("token")).await;
    let there = client.list().await.unwrap();
    assert_eq!(there.records.len(), 20);
    assert!(there.records.values().all(|seen| seen.fields.contains_key(&Field::Description)));
}

#[tokio::test]
async fn a_configuration_of_an_unknown_type_is_left_alone() {
    let api = Api::default();
    *api.0.lock().unwrap() = vec![whole(1, &Value::Null), whole(2, &json!({ "provider_type": "later" }))];
    let web = Web::open(move |asked| api.answer(asked)).await;
    let client = client(&web.url(), None);
    client.use_token(Secret::new("token")).await;
    let there = client.list().await.unwrap();
    assert_eq!((there.records.len(), there.unknown.len()), (1, 1));
}

#[tokio::test]
async fn a_session_that_ran_out_is_renewed_once_and_one_that_ended_asks_for_a_login() {
    let web = Web::open(|asked| {
        let tokens = |access: &str| {
            json!({ "success": true, "data": {
                "access_token": access, "token_type": "Bearer", "expires_in": 300, "refresh_token": format!("after-{access}") } })
        };
        let refused = || Reply::Json(401, json!({ "success": false, "error": { "code": "unauthorized" } }));
        match asked.path.as_str() {
            "/api/v1/auth/login" if asked.body["code"] == "000000" => refused(),
            "/api/v1/auth/login" => Reply::Json(200, tokens("first")),
            "/api/v1/auth/refresh" if asked.body["refresh_token"] == "after-first" => Reply::Json(200, tokens("second")),
            "/api/v1/auth/refresh" => refused(),
            CONFIGS if asked.text.contains("Bearer second") => Reply::Json(200, json!({ "success": true, "data": [] })),
            _ => refused(),
        }
    })
    .await;
    let client = client(&web.url(), None);
    assert_eq!(client.list().await, Err(RemoteError::LoggedOut));
    let password = Secret::new("plover lantern orbit quilt");
    let (wrong, code) = (Secret::new("000000"), Secret::new("123456"));
    let login = |code| LogIn { user_name: "admin", password: &password, code };
    assert_eq!(client.log_in(&login(&wrong)).await, Err(RemoteError::LoginRefused));
    client.log_in(&login(&code)).await.unwrap();
    assert!(client.list().await.unwrap().records.is_empty());
    // The next refusal finds no refresh token that is good.
    assert_eq!(client.me().await, Err(RemoteError::LoggedOut));
    assert_eq!(client.list().await, Err(RemoteError::LoggedOut));
}

/// A server with a certificate that nobody else signed.
struct OwnCertificate {
    url: String,
    /// The certificate's SHA-256.
    sum: String,
    pem: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

async fn with_own_certificate(wanted: CertificateParams) -> OwnCertificate {
    let key = KeyPair::generate().unwrap();
    let made = wanted.self_signed(&key).unwrap();
    let certificate = made.der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = builder.with_single_cert(vec![certificate.clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
    let noted = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, noted) = (acceptor.clone(), noted.clone());
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let answers = |_: &Asked| Reply::Json(200, json!({ "success": true, "data": [] }));
                serve(stream, Arc::new(answers), noted).await;
            });
        }
    });
    let sum = Sha256::digest(&certificate).iter().map(|byte| format!("{byte:02x}")).collect();
    OwnCertificate { url, sum, pem: made.pem(), asked }
}

fn of_host(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

#[tokio::test]
async fn a_certificate_of_ones_own_is_trusted_when_it_is_pinned_and_only_then() {
    let OwnCertificate { url, sum, .. } = with_own_certificate(of_host("127.0.0.1")).await;
    let ask = async |pin: Option<&str>| {
        let client = client(&url, pin.map(|pin| Pin::parse(pin).unwrap()));
        client.use_token(Secret::new("token")).await;
        client.list().await
    };
    assert!(ask(Some(&sum)).await.is_ok());
    assert!(matches!(ask(None).await, Err(RemoteError::NotTrusted { .. })));
    let other = "00".repeat(32);
    match ask(Some(&other)).await {
        Err(RemoteError::NotPinned { found, .. }) => assert_eq!(found, sum),
        answer => panic!("{answer:?}"),
    }
}

/// In a process whose computer trusts what the variable `SSL_CERT_FILE` names: the address to ask.
const CHILD: &str = "SIGNALBOX_TEST_SYNC_URL";
/// And why it is to be refused; empty where it is not.
const SAID: &str = "SIGNALBOX_TEST_SYNC_SAID";

#[tokio::test]
async fn a_certificate_that_is_trusted_is_refused_past_its_date_and_of_another_host_before_anything_is_sent()
{
    let this = "client::a_certificate_that_is_trusted_is_refused_past_its_date_and_of_another_host_before_anything_is_sent";
    if let Ok(url) = env::var(CHILD) {
        let (client, said) = (client(&url, None), env::var(SAID).unwrap());
        client.use_token(Secret::new("token")).await;
        match client.list().await {
            Ok(_) => assert_eq!(said, ""),
            Err(RemoteError::NotTrusted { reason, .. }) => assert_eq!(said, reason),
            Err(error) => panic!("{error:?}"),
        }
        return;
    }
    let mut expired = of_host("127.0.0.1");
    (expired.not_before, expired.not_after) = (date_time_ymd(2000, 1, 1), date_time_ymd(2001, 1, 1));
    for (wanted, said, requests) in [
        (of_host("127.0.0.1"), "", 1),
        (expired, "it has expired", 0),
        (of_host("api.example.com"), "it is another host's", 0),
    ] {
        let server = with_own_certificate(wanted).await;
        let file = env::temp_dir().join(format!("signalbox-test-sync-{}-{requests}.pem", std::process::id()));
        fs::write(&file, &server.pem).unwrap();
        let (path, url) = (file.clone(), server.url.clone());
        // Not on this thread, which serves meanwhile.
        let output = tokio::task::spawn_blocking(move || {
            let mut child = Command::new(env::current_exe().unwrap());
            child.args([this, "--exact", "--nocapture", "--test-threads=1"]);
            child.env(CHILD, url).env(SAID, said).env("SSL_CERT_FILE", path);
            for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
                child.env_remove(name).env_remove(name.to_uppercase());
            }
            child.output().unwrap()
        });
        let output = output.await.unwrap();
        fs::remove_file(&file).unwrap();
        assert!(output.status.success(), "{said}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "the child did not run");
        assert_eq!(server.asked.lock().unwrap().len(), requests, "{said}");
    }
}

#[tokio::test]
async fn nobody_at_the_port_and_no_such_name_are_told_apart_and_nothing_was_sent() {
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let closed = client(&format!("http://{closed}"), None);
    closed.use_token(Secret::new("token")).await;
    let error = closed.list().await.unwrap_err();
    assert!(matches!(error, RemoteError::Unreachable { .. }) && !error.is_uncertain(), "{error:?}");
}

#[tokio::test]
async fn a_server_of_the_specification_alone_tells_sums_and_says_of_the_rest_that_it_has_none() {
    let web = Web::open(|asked| match asked.path.split('?').next().unwrap_or_default() {
        "/api/v1/super-admin/providers/usage/stats" => {
            let line = json!({ "provider_type": "gemini", "model_name": "gemini-2.5-flash", "total_calls": 4,
                "total_tokens": 1_200, "total_cost_usd": "0.25", "success_rate": 75, "avg_latency_ms": 900.5 });
            Reply::Json(200, json!({ "success": true, "data": [line] }))
        }
        _ => Reply::Json(404, json!({ "detail": "Not Found" })),
    })
    .await;
    let client = client(&web.url(), None);
    client.use_token(Secret::new("token")).await;
    let lines = client.statistics(7).await.unwrap();
    assert_eq!((lines[0].total_calls, lines[0].total_cost_usd), (Some(4), Some(0.25)));
    assert_eq!((lines[0].success_rate, lines[0].avg_latency_ms), (Some(75.0), Some(901)));
    assert!(web.asked.lock().unwrap()[0].path.ends_with("/usage/stats?days=7"));
    assert_eq!(client.health().await.unwrap_err(), RemoteError::NotFound);
    assert_eq!(client.calls(50).await.unwrap_err(), RemoteError::NotFound);
    assert_eq!(client.audit(&AuditQuery::newest(10)).await.unwrap_err(), RemoteError::NotFound);
}
