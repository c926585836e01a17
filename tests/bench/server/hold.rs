//! A vendor that begins to stream and then says nothing until it is told to: a part of the bench in a process of its own, because
//! sockets are counted for each.

use std::{
    convert::Infallible,
    io::{Read as _, Write as _},
};

use bytes::Bytes;
use futures::{StreamExt as _, stream};
use http_body_util::{BodyExt as _, StreamBody};
use hyper::{
    Request, Response,
    body::{Frame, Incoming},
    header::CONTENT_TYPE,
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpSocket},
    sync::watch,
};

use crate::shapes;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 4_096;

/// Says where it is, holds every stream until a byte comes in, then lets them end, and ends with its input.
pub async fn run() -> anyhow::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let listener = socket.listen(BACKLOG)?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", listener.local_addr()?)?;
    out.flush()?;
    let (let_go, told) = watch::channel(false);
    let (ended, wait) = tokio::sync::oneshot::channel();
    // On a thread of its own: a runtime would wait for the blocking read when it stops for another reason.
    std::thread::spawn(move || {
        let mut byte = [0];
        if std::io::stdin().read(&mut byte).is_ok_and(|read| read == 1) {
            let_go.send_replace(true);
            std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).ok();
        }
        ended.send(()).ok();
    });
    tokio::select! {
        accepted = accept(listener, told) => accepted?,
        _ = wait => {}
    }
    writeln!(out, "done")?;
    Ok(out.flush()?)
}

async fn accept(listener: TcpListener, told: watch::Receiver<bool>) -> anyhow::Result<()> {
    loop {
        let (connection, _) = listener.accept().await?;
        let told = told.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let told = told.clone();
            async move {
                request.into_body().collect().await.ok();
                let events = held(told).map(|event| Ok::<_, Infallible>(Frame::data(event)));
                let mut reply = Response::new(StreamBody::new(events.boxed()));
                let kind = hyper::header::HeaderValue::from_static("text/event-stream; charset=utf-8");
                reply.headers_mut().insert(CONTENT_TYPE, kind);
                Ok::<_, Infallible>(reply)
            }
        });
        tokio::spawn(async move {
            // A client that goes away shows in its own figures.
            http1::Builder::new().serve_connection(TokioIo::new(connection), service).await.ok();
        });
    }
}

/// The first piece at once, the others when they may come.
fn held(told: watch::Receiver<bool>) -> impl futures::Stream<Item = Bytes> {
    let mut events = shapes::response_events().into_iter();
    let first = events.next().unwrap_or_default();
    let rest: String = events.collect();
    let rest = stream::once(async move {
        let mut told = told;
        told.wait_for(|may| *may).await.ok();
        Bytes::from(rest)
    });
    stream::once(async move { Bytes::from(first) }).chain(rest)
}
