//! A call of the engine, and its answer in the shape that was asked for, whole or in pieces.

use bytes::Bytes;
use http::HeaderMap;
use model::{CallAnswer, CallRequest, TaskName, gateway::OnLock};
use tokio::sync::watch;

use super::{
    asked::Asked,
    caller::Identity,
    claude,
    fault::{Fault, Kind, closed},
    gemini::{self, stream::Framing},
    json::Read,
    openai,
    reply::{self, Reply},
    serve::Shared,
    sse::{Encode, Encoded},
    stamp::Stamp,
    tasks::Endpoint,
    told,
};
use crate::{Ask, Order};

const EVENTS: &str = "text/event-stream; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// How an answer is written.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Chat { stream_usage: bool },
    Responses,
    Messages,
    Gemini { framing: Framing, include_thoughts: bool },
    Task(Endpoint),
}

/// A call that is ready to be made.
pub(crate) struct Ready {
    pub(crate) ask: Ask,
    /// A label in the log.
    pub(crate) task: Option<TaskName>,
    /// As the client names it; the answer may name it too.
    pub(crate) model: String,
    pub(crate) call: CallRequest,
    pub(crate) user: Option<String>,
    pub(crate) stream: bool,
    pub(crate) shape: Shape,
    pub(crate) ignored: String,
}

/// Makes a call.
pub(crate) async fn make(shared: &Shared, ready: Ready, mut identity: Identity) -> Result<Reply, Fault> {
    let Ready { ask, task, model, call: mut request, user, stream, shape, ignored } = ready;
    let stamp = Stamp::new(identity.request_id.clone(), model);
    request.degrade |= identity.degrade;
    let task = task.or(identity.task.take());
    let order = Order { ask, task, request, caller: identity.caller(user)? };
    let making = async {
        match stream {
            true => streamed(shared, order, shape, stamp).await,
            false => whole(shared, order, shape, &stamp).await,
        }
    };
    let mut reply = tokio::select! {
        reply = making => reply?,
        () = stopped(shared.ending.clone()) => return Err(closed()),
    };
    told::ignored(reply.headers_mut(), &ignored);
    Ok(reply)
}

/// Has the tokens of a call counted.
pub(crate) async fn count(
    shared: &Shared,
    read: Read<Asked>,
    mut identity: Identity,
) -> Result<Reply, Fault> {
    let Read { request: Asked { model, call: mut request, user, .. }, ignored } = read;
    request.degrade |= identity.degrade;
    let task = identity.task.take();
    let order = Order { ask: Ask::Named(model), task, request, caller: identity.caller(user)? };
    let counted = tokio::select! {
        counted = shared.gateway.count(order) => counted?,
        () = stopped(shared.ending.clone()) => return Err(closed()),
    };
    let mut reply = reply::json(claude::count::body(counted.input_tokens));
    told::counted(reply.headers_mut(), counted);
    told::ignored(reply.headers_mut(), &ignored);
    Ok(reply)
}

/// Comes to its end when open calls have to end.
async fn stopped(mut ending: watch::Receiver<Option<OnLock>>) {
    if ending.wait_for(|how| *how == Some(OnLock::Stop)).await.is_err() {
        // The server is gone without a word, and this connection with it.
        std::future::pending::<()>().await;
    }
}

async fn whole(shared: &Shared, order: Order, shape: Shape, stamp: &Stamp) -> Result<Reply, Fault> {
    let served = match (shared.gateway.call(order).await.map_err(Fault::from), shape) {
        (Err(fault), Shape::Gemini { .. }) if fault.kind == Kind::ContentBlocked => {
            return Ok(reply::json(gemini::answer::blocked(stamp)));
        }
        (served, _) => served?,
    };
    let mut reply = reply::json(written(shape, stamp, &served.answer)?);
    told::whole(reply.headers_mut(), &served);
    Ok(reply)
}

async fn streamed(shared: &Shared, order: Order, shape: Shape, stamp: Stamp) -> Result<Reply, Fault> {
    let served = shared.gateway.stream(order).await?;
    let mut headers = HeaderMap::new();
    told::streamed(&mut headers, &served);
    let (encoder, content_type) = encoder(shape, stamp)?;
    let stopped = Box::pin(stopped(shared.ending.clone()));
    let mut reply = reply::pieces(Encoded::new(served, encoder, stopped), content_type);
    reply.headers_mut().extend(headers);
    Ok(reply)
}

fn written(shape: Shape, stamp: &Stamp, answer: &CallAnswer) -> Result<Bytes, Fault> {
    Ok(match shape {
        Shape::Chat { .. } => openai::chat::answer::body(stamp, answer),
        Shape::Responses => openai::responses::answer::body(stamp, answer),
        Shape::Messages => claude::answer::body(stamp, answer),
        Shape::Gemini { include_thoughts, .. } => gemini::answer::body(stamp, answer, include_thoughts),
        Shape::Task(endpoint) => endpoint.answer(answer)?,
    })
}

fn encoder(shape: Shape, stamp: Stamp) -> Result<(Box<dyn Encode>, &'static str), Fault> {
    Ok(match shape {
        Shape::Chat { stream_usage } => {
            (Box::new(openai::chat::stream::Chunks::new(stamp, stream_usage)), EVENTS)
        }
        Shape::Responses => (Box::new(openai::responses::stream::Events::new(stamp)), EVENTS),
        Shape::Messages => (Box::new(claude::stream::Events::new(stamp)), EVENTS),
        Shape::Gemini { framing, include_thoughts } => {
            let content_type = if framing == Framing::Events { EVENTS } else { JSON };
            (Box::new(gemini::stream::Responses::new(stamp, framing, include_thoughts)), content_type)
        }
        Shape::Task(_) => {
            return Err(Fault::new(Kind::Unsupported, "tasks have no streams", "Ask for a whole answer."));
        }
    })
}
