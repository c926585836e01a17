//! A small HTTP server whose answers a test chooses, byte by byte where it wants to.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

pub const CONFIGS: &str = "/api/v1/super-admin/providers/configs";

#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// Head and body, as they came.
    pub text: String,
    pub body: Value,
}

pub enum Reply {
    Json(u16, Value),
    /// As it is; then the connection is closed.
    Raw(Vec<u8>),
    /// A head without a length, and then for ever.
    Endless,
    /// Nothing, and the connection is closed.
    Nothing,
    /// Nothing, and the connection stays open.
    Silence,
}

pub type Answers = dyn Fn(&Asked) -> Reply + Send + Sync;

pub struct Web {
    pub address: SocketAddr,
    pub connections: Arc<AtomicUsize>,
    pub asked: Arc<Mutex<Vec<Asked>>>,
}

impl Web {
    pub async fn open(answers: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, asked) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (counted, noted, answers) = (connections.clone(), asked.clone(), Arc::new(answers));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, answers.clone(), noted.clone()));
            }
        });
        Self { address, connections, asked }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Serves one connection, of whatever kind.
pub async fn serve<S>(mut stream: S, answers: Arc<Answers>, noted: Arc<Mutex<Vec<Asked>>>)
where
    S: AsyncReadExt + AsyncWriteExt + Unpin,
{
    while let Some(asked) = read(&mut stream).await {
        noted.lock().unwrap().push(asked.clone());
        match answers(&asked) {
            Reply::Json(status, body) => {
                let body = body.to_string();
                let head = format!(
                    "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                if stream.write_all((head + &body).as_bytes()).await.is_err() {
                    return;
                }
            }
            Reply::Raw(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Reply::Endless => {
                let _ = stream
                    .write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"success\": true, \"data\": [")
                    .await;
                let piece = vec![b' '; 1 << 16];
                while stream.write_all(&piece).await.is_ok() {}
                return;
            }
            Reply::Nothing => return,
            Reply::Silence => std::future::pending().await,
        }
    }
}

async fn read(stream: &mut (impl AsyncReadExt + Unpin)) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    let length =
        lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, value)| value).next();
    let length: usize = length.map_or(0, |length| length.parse().unwrap());
    while bytes.len() < head + 4 + length {
        stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    }
    let body = serde_json::from_slice(&bytes[head + 4..]).unwrap_or_default();
    let mut words = text.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    Some(Asked { method, path, text: String::from_utf8_lossy(&bytes).into_owned(), body })
}

/// An admin API in memory, as servers of ours have it.
#[derive(Clone, Default)]
pub struct Api(pub Arc<Mutex<Vec<Value>>>);

impl Api {
    pub fn answer(&self, asked: &Asked) -> Reply {
        let mut all = self.0.lock().unwrap();
        let number =
            asked.path.strip_prefix(CONFIGS).and_then(|rest| rest.strip_prefix('/')?.parse::<i64>().ok());
        let at = all.iter().position(|one| one["id"].as_i64() == number);
        let ok = |status, data: Value| Reply::Json(status, json!({ "success": true, "data": data }));
        match (asked.method.as_str(), at) {
            ("GET", None) if asked.path == CONFIGS => ok(200, json!(*all)),
            ("GET", Some(at)) => ok(200, all[at].clone()),
            ("POST", None) => {
                let number = i64::try_from(all.len()).unwrap() + 1;
                let one = whole(number, &asked.body);
                all.push(one.clone());
                ok(201, one)
            }
            ("PUT", Some(at)) => {
                let mut body = asked.body.clone();
                body.as_object_mut().unwrap().remove("api_key");
                let revision = all[at]["revision"].as_i64().unwrap() + 1;
                let one = all[at].as_object_mut().unwrap();
                one.extend(body.as_object().unwrap().clone());
                one.insert("revision".into(), json!(revision));
                ok(200, all[at].clone())
            }
            ("DELETE", Some(at)) => {
                all.remove(at);
                ok(200, json!({ "deleted_id": number }))
            }
            _ => Reply::Json(404, json!({ "success": false, "error": { "code": "not_found" } })),
        }
    }
}

/// Every field of a configuration.
pub fn whole(number: i64, given: &Value) -> Value {
    let mut one = json!({
        "id": number, "provider_type": "openai", "model_name": "gpt-4o-mini", "display_name": format!("One {number}"),
        "description": "", "is_active": true, "is_default": false, "default_for_extraction": false,
        "default_for_cv_draft": false, "default_for_cover_letter": false, "default_for_validation": false,
        "daily_token_limit": null, "monthly_token_limit": null, "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z", "uuid": uuid::Uuid::from_u128(number as u128).to_string(), "revision": 1,
        "base_url": "https://api.openai.com/v1", "allow_insecure_http": false, "has_key": true,
    });
    let given = given.as_object().cloned().unwrap_or_default();
    one.as_object_mut().unwrap().extend(given.into_iter().filter(|(name, _)| name != "api_key"));
    one
}
