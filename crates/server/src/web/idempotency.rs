//! `Idempotency-Key`: a POST that is sent again with the same key is answered as before and does nothing again. Answers that did
//! something are kept for a day; a refusal did nothing, so its request may be sent again.

use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};
use store::{Answered, Asker, Idempotent};

use super::{Answer, Refused, Shared, body, refusal};
use crate::access::Caller;

const KEY: &str = "idempotency-key";
/// Says that an answer is one of before.
const REPLAYED: &str = "idempotency-replayed";
/// Most characters of a key.
const MOST: usize = 255;

/// In an answer that holds what is shown once: the body that is kept in its place, and that the same request gets again.
#[derive(Clone)]
pub(crate) struct KeepInstead(pub(crate) Bytes);

/// Answers a request, once for each key.
pub(crate) async fn once(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>().cloned();
    let Some((caller, key)) = caller.zip(request.headers().get(KEY).cloned()) else {
        return next.run(request).await;
    };
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    // A client that leaves comes back with the same key, and what it asked for must then be done or not begun.
    let under_way = app.under_way.clone();
    let answered = under_way.spawn(async move { answer(&app, caller.asker(), &key, request, next).await });
    answered.await.unwrap_or_else(|_| Err(refusal::internal())).unwrap_or_else(IntoResponse::into_response)
}

async fn answer(
    app: &Shared,
    asker: Asker,
    key: &HeaderValue,
    request: Request,
    next: Next,
) -> Answer<Response> {
    let key = key.to_str().ok().filter(|key| (1..=MOST).contains(&key.len())).ok_or_else(|| {
        let advice = "Send 1 to 255 ASCII characters, such as a random UUID.";
        refusal::bad_request("idempotency_key", "the Idempotency-Key cannot be used", advice)
    })?;
    let (head, stream) = request.into_parts();
    let bytes = body::read(&head, stream).await?;
    let digest = Sha256::new()
        .chain_update(head.method.as_str())
        .chain_update(head.uri.path())
        .chain_update([0])
        .chain_update(&bytes)
        .finalize()
        .into();
    match app.store.begin_answer(asker, key, &digest, app.now()).await? {
        Idempotent::New => {}
        Idempotent::Known(answered) => return Ok(again(answered)),
        Idempotent::Running => {
            let advice = "Wait for its answer, or send it again later.";
            let message = "the same request is being answered";
            return Err(Refused::new(StatusCode::CONFLICT, "idempotency_running", message, advice));
        }
        Idempotent::Other => {
            let advice = "Use a new key for each request.";
            let message = "this Idempotency-Key came with another request before";
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(Refused::new(status, "idempotency_key_reused", message, advice));
        }
    }
    let response = next.run(Request::from_parts(head, Body::from(bytes))).await;
    keep(app, asker, key, response).await
}

async fn keep(app: &Shared, asker: Asker, key: &str, response: Response) -> Answer<Response> {
    let (head, stream) = response.into_parts();
    let bytes = axum::body::to_bytes(stream, usize::MAX).await.map_err(|_| refusal::internal())?;
    let etag = head.headers.get(header::ETAG).and_then(|etag| etag.to_str().ok()).map(str::to_owned);
    let answered = head.status.is_success().then(|| Answered {
        status: head.status.as_u16(),
        etag,
        body: String::from_utf8_lossy(head.extensions.get().map_or(&bytes, |KeepInstead(kept)| kept))
            .into_owned(),
    });
    // What was asked for is done, or refused: that it could not be kept changes neither, and "nothing was changed" would be a lie. The
    // key is taken until the store forgets it as one that was cut off.
    if let Err(error) = app.store.keep_answer(asker, key, answered.as_ref()).await {
        tracing::error!(%error, "an answer was given and not kept; sent again with its key, the request is refused for a quarter of an hour");
    }
    Ok(Response::from_parts(head, Body::from(bytes)))
}

fn again(answered: Answered) -> Response {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::OK);
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let mut response = (status, json, answered.body).into_response();
    if let Some(etag) = answered.etag.and_then(|etag| HeaderValue::from_str(&etag).ok()) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
