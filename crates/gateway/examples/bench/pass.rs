//! The practical limit: a proxy of the gateway's own HTTP libraries that hands bytes through and does nothing else.

use futures::TryStreamExt;
use http_body_util::{BodyExt, Either, StreamBody};
use hyper::{
    Request, Response,
    body::{Frame, Incoming},
    header::{AUTHORIZATION, CONTENT_TYPE},
};

use crate::place::{self, Body};

/// Serves with as many threads as the gateway has.
pub fn run(upstream: &str) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        // The client wants to know how to encrypt, also where nothing is encrypted.
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = reqwest::Client::builder().tcp_nodelay(true).no_proxy().build()?;
        let upstream = format!("http://{upstream}");
        place::serve(move |request| {
            let (client, upstream) = (client.clone(), upstream.clone());
            async move { handed_through(&client, &upstream, request).await }
        })
        .await
    })
}

async fn handed_through(
    client: &reqwest::Client,
    upstream: &str,
    request: Request<Incoming>,
) -> anyhow::Result<Response<Body>> {
    let (head, body) = request.into_parts();
    let mut sent = client.post(format!("{upstream}{}", head.uri.path()));
    for name in [AUTHORIZATION, CONTENT_TYPE] {
        if let Some(value) = head.headers.get(&name) {
            sent = sent.header(name, value);
        }
    }
    let response = sent.body(body.collect().await?.to_bytes()).send().await?;
    let mut reply = Response::builder().status(response.status());
    if let Some(kind) = response.headers().get(CONTENT_TYPE) {
        reply = reply.header(CONTENT_TYPE, kind);
    }
    let pieces = response.bytes_stream().map_ok(Frame::data).map_err(std::io::Error::other);
    Ok(reply.body(Either::Right(StreamBody::new(Box::pin(pieces) as place::Pieces)))?)
}
