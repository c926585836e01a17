//! Reading a request's body, counted while it comes.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use tokio::time::timeout;

use super::fault::{Fault, Kind};

/// Longer bodies are refused; Anthropic's own limit.
pub(crate) const MOST_BODY: u64 = 32 << 20;
/// What is read of a refused body, so that the client sees the refusal instead of a reset connection.
const MOST_DRAINED: u64 = 128 << 20;
/// Most bytes that the client's word about the length makes room for.
const ANNOUNCED: usize = 64 << 10;
const PATIENCE: Duration = Duration::from_secs(60);
const DRAIN_PATIENCE: Duration = Duration::from_secs(10);

/// Reads a body. `waits` is whether the client waits for leave to send it (`Expect: 100-continue`).
pub(crate) async fn read(mut body: Incoming, waits: bool) -> Result<Bytes, Fault> {
    // The length that the client announces: only a little is allocated for it.
    if body.size_hint().lower() > MOST_BODY {
        if !waits {
            drain(&mut body).await;
        }
        return Err(too_large());
    }
    match timeout(PATIENCE, collect(&mut body)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => {
            drain(&mut body).await;
            Err(too_large())
        }
        Ok(Err(_)) => Err(Fault::bad("body", "the body broke off", "Send it again.")),
        Err(_) => Err(Fault::bad("body", "the body did not arrive within a minute", "Send it again.")),
    }
}

fn too_large() -> Fault {
    let message = format!("the body is longer than {} MiB", MOST_BODY >> 20);
    Fault::new(Kind::BodyTooLarge, message, "Send less, or smaller pictures.")
}

/// `None` when it is too long.
async fn collect(body: &mut Incoming) -> Result<Option<Bytes>, hyper::Error> {
    let Some(first) = data(body).await? else { return Ok(Some(Bytes::new())) };
    // Most bodies come in one piece, which needs no copy.
    if body.is_end_stream() {
        return Ok(Some(first));
    }
    let mut all = BytesMut::from(first);
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    all.reserve(announced.min(ANNOUNCED));
    while let Some(more) = data(body).await? {
        if all.len() as u64 + more.len() as u64 > MOST_BODY {
            return Ok(None);
        }
        all.extend_from_slice(&more);
    }
    Ok(Some(all.freeze()))
}

async fn data(body: &mut Incoming) -> Result<Option<Bytes>, hyper::Error> {
    loop {
        match body.frame().await.transpose()? {
            None => return Ok(None),
            Some(frame) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

async fn drain(body: &mut Incoming) {
    let all = async {
        let mut left = MOST_DRAINED;
        while let Ok(Some(data)) = data(body).await {
            let Some(less) = left.checked_sub(data.len() as u64) else { return };
            left = less;
        }
    };
    // Whether it came to its end does not matter: the connection is closed after the refusal.
    if timeout(DRAIN_PATIENCE, all).await.is_err() {
        tracing::debug!("a refused body was not read to its end");
    }
}
