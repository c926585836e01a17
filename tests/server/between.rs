//! Somebody between a desk and its server, who notes every request and may do mischief: before the server hears of it, or to what the
//! server answered. Without a server behind, whoever answers is all there is.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::client::Request;

/// Until a request that is waited for has come.
const PATIENCE: Duration = Duration::from_secs(20);

/// A request, as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// Its head, without the first line.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Asked {
    /// Whether this text is anywhere in it.
    pub fn tells(&self, text: &str) -> bool {
        let head = self.headers.iter().any(|(_, value)| value.contains(text));
        head || self.path.contains(text) || String::from_utf8_lossy(&self.body).contains(text)
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }
}

/// What whoever asked gets to see.
pub enum Answer {
    Json(u16, Value),
    /// As it is; then the connection is closed.
    Raw(Vec<u8>),
    /// A head without a length, and then for ever.
    Endless,
    /// Nothing, and the connection is closed.
    Cut,
    /// Nothing, and the connection stays open.
    Silence,
}

/// Is asked twice: without an answer before the request goes on, and with the one that came. `None` lets pass.
pub type Mischief = dyn Fn(&Asked, Option<(u16, &Value)>) -> Option<Answer> + Send + Sync;

/// The listener.
#[derive(Clone)]
pub struct Between {
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    behind: Mutex<Option<SocketAddr>>,
    mischief: Mutex<Option<Arc<Mischief>>>,
    asked: Mutex<Vec<Asked>>,
    connections: AtomicUsize,
}

impl Between {
    /// In front of a server, in peace as yet.
    pub async fn before(server: SocketAddr) -> Self {
        let between = Self::alone(|_, _| None).await;
        between.peace();
        between.turn_to(server);
        between
    }

    /// In front of nobody.
    pub async fn alone(
        answers: impl Fn(&Asked, Option<(u16, &Value)>) -> Option<Answer> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let between = Self { address: listener.local_addr().unwrap(), shared: Arc::new(Shared::default()) };
        between.does(answers);
        let shared = Arc::clone(&between.shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        between
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The server behind is here from now on.
    pub fn turn_to(&self, server: SocketAddr) {
        *self.shared.behind.lock().unwrap() = Some(server);
    }

    pub fn does(
        &self,
        mischief: impl Fn(&Asked, Option<(u16, &Value)>) -> Option<Answer> + Send + Sync + 'static,
    ) {
        *self.shared.mischief.lock().unwrap() = Some(Arc::new(mischief));
    }

    pub fn peace(&self) {
        *self.shared.mischief.lock().unwrap() = None;
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// What was asked until now is asked for no more.
    pub fn forget(&self) {
        self.shared.asked.lock().unwrap().clear();
    }

    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Waits until somebody asked like this.
    pub async fn heard(&self, method: &str) {
        let heard = async {
            while !self.asked().iter().any(|asked| asked.method == method) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(PATIENCE, heard).await.expect("it was not asked");
    }
}

async fn serve(mut stream: TcpStream, shared: Arc<Shared>) {
    while let Some(asked) = read(&mut stream).await {
        let answer = answer(&asked, &shared).await;
        match answer {
            Answer::Json(status, body) => {
                let body = body.to_string();
                let head = format!(
                    "HTTP/1.1 {status} x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                if stream.write_all((head + &body).as_bytes()).await.is_err() {
                    return;
                }
            }
            Answer::Raw(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Answer::Endless => {
                let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"success\": true, \"data\": [";
                let _ = stream.write_all(head).await;
                let piece = vec![b' '; 1 << 16];
                while stream.write_all(&piece).await.is_ok() {}
                return;
            }
            Answer::Cut => return,
            Answer::Silence => std::future::pending().await,
        }
    }
}

/// What was asked is noted once all that it does to the server is done.
async fn answer(asked: &Asked, shared: &Shared) -> Answer {
    let mischief = shared.mischief.lock().unwrap().clone();
    let does = |came: Option<(u16, &Value)>| mischief.as_ref().and_then(|mischief| mischief(asked, came));
    let behind = *shared.behind.lock().unwrap();
    let answer = match (does(None), behind) {
        (Some(answer), _) => answer,
        (None, None) => Answer::Cut,
        (None, Some(server)) => {
            let (status, body) = pass_on(asked, server).await;
            does(Some((status, &body))).unwrap_or(Answer::Json(status, body))
        }
    };
    shared.asked.lock().unwrap().push(asked.clone());
    answer
}

async fn pass_on(asked: &Asked, server: SocketAddr) -> (u16, Value) {
    let mut request = Request::new(&asked.method, &asked.path).raw(asked.body.clone());
    for (name, value) in &asked.headers {
        if !["host", "connection", "content-length"].contains(&name.as_str()) {
            request = request.header(name, value);
        }
    }
    let reply = request.send(server).await;
    (reply.status, reply.body)
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut words = text.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let lines = text.lines().filter_map(|line| line.split_once(": "));
    let headers: Vec<_> = lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, length)| length.parse().unwrap());
    while bytes.len() < head + 4 + length {
        stream.read_buf(&mut bytes).await.ok().filter(|read| *read > 0)?;
    }
    Some(Asked { method, path, headers, body: bytes[head + 4..].to_vec() })
}
