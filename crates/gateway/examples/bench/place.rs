//! Servers of the bench: a listener on loopback that ends with its standard input, and says where it is.

use std::{convert::Infallible, io::Write, net::SocketAddr};

use bytes::Bytes;
use http_body_util::{Either, Full, StreamBody};
use hyper::{
    Request, Response,
    body::{Frame, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// Pieces of a body that comes as it is made.
pub type Pieces = futures::stream::BoxStream<'static, Result<Frame<Bytes>, std::io::Error>>;
/// A body.
pub type Body = Either<Full<Bytes>, StreamBody<Pieces>>;

/// Serves until standard input closes.
pub async fn serve<F>(answer: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static) -> anyhow::Result<()>
where
    F: Future<Output = Result<Response<Body>, anyhow::Error>> + Send + 'static,
{
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    say(listener.local_addr()?)?;
    tokio::select! {
        accepted = accept(listener, answer) => accepted,
        ended = end_of_input() => ended,
    }
}

fn say(address: SocketAddr) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{address}")?;
    Ok(out.flush()?)
}

async fn accept<F>(
    listener: TcpListener,
    answer: impl Fn(Request<Incoming>) -> F + Clone + Send + 'static,
) -> anyhow::Result<()>
where
    F: Future<Output = Result<Response<Body>, anyhow::Error>> + Send + 'static,
{
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answer = answer.clone();
        let service = service_fn(move |request| {
            let reply = answer(request);
            async move { Ok::<_, Infallible>(reply.await.unwrap_or_else(|error| failed(&error))) }
        });
        tokio::spawn(async move {
            // A client that goes away shows in its own figures.
            http1::Builder::new().serve_connection(TokioIo::new(stream), service).await.ok();
        });
    }
}

fn failed(error: &anyhow::Error) -> Response<Body> {
    let mut reply = Response::new(Either::Left(Full::new(error.to_string().into())));
    *reply.status_mut() = hyper::StatusCode::BAD_GATEWAY;
    reply
}

/// On a thread of its own: a runtime would wait for the blocking read when it stops for another reason.
async fn end_of_input() -> anyhow::Result<()> {
    let (ended, wait) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let closed = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        ended.send(closed.is_ok())
    });
    // An error means that the thread is gone, and with it the end that it was waiting for.
    wait.await.ok();
    Ok(())
}
