//! The client with servers that show a part, end sessions, or have a certificate of their own.

use std::{sync::Arc, time::Duration};

use model::Secret;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sync::{Address, AuditQuery, Client, Field, LogIn, Pin, Remote, RemoteError, Timeouts};
use tokio::net::TcpListener;
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use crate::web::{Api, CONFIGS, Reply, Web, serve, whole};

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

/// A server with a certificate that nobody signed, and that certificate's SHA-256.
async fn with_own_certificate() -> (String, String) {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let certificate = made.cert.der().clone();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = builder.with_single_cert(vec![certificate.clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let answers =
                    |_: &crate::web::Asked| Reply::Json(200, json!({ "success": true, "data": [] }));
                serve(stream, Arc::new(answers), Arc::default()).await;
            });
        }
    });
    let sum: String = Sha256::digest(&certificate).iter().map(|byte| format!("{byte:02x}")).collect();
    (format!("https://{address}"), sum)
}

#[tokio::test]
async fn a_certificate_of_ones_own_is_trusted_when_it_is_pinned_and_only_then() {
    let (url, sum) = with_own_certificate().await;
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
