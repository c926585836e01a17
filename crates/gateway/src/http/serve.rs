//! From a request to its answer: the door, the route, the body, and what it asks for. The call itself is in `call`.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, header::EXPECT};
use hyper::body::Incoming;
use model::{TaskName, gateway::OnLock};
use tokio::sync::watch;

use super::{
    asked::Asked,
    body,
    call::{self, Ready, Shape},
    caller::{self, Identity, RequestId},
    claude,
    door::{self, Door},
    fault::{Face, Fault, Kind},
    gemini::{self, stream::Framing},
    json::Read,
    listing, openai,
    reply::{self, Reply},
    route::{self, Route},
    tasks::Endpoint,
    token::Tokens,
};
use crate::{Ask, Calls};

/// A task's own prompt, if it has one.
pub type Prompts = Arc<dyn Fn(&TaskName) -> Option<String> + Send + Sync>;

/// What all connections share.
pub(crate) struct Shared {
    pub(crate) gateway: Box<dyn Calls>,
    pub(crate) tokens: Tokens,
    pub(crate) prompts: Prompts,
    pub(crate) door: Door,
    /// What becomes of open calls, once the server is to end.
    pub(crate) ending: watch::Receiver<Option<OnLock>>,
}

/// Answers a request, whatever it is.
pub(crate) async fn answer(shared: &Shared, request: Request<Incoming>) -> Reply {
    let face = route::face(request.uri(), request.headers());
    // Rows of the log are known by it: no client chooses it, or a call that is paid for could hide behind another.
    let known = request.extensions().get::<RequestId>();
    let request_id = known.map_or_else(caller::new_request_id, |RequestId(id)| id.clone());
    let served = serve(shared, request, face, &request_id).await;
    let mut reply = served.unwrap_or_else(|fault| {
        let fault = if shared.door.is_network() { fault.of_server() } else { fault };
        reply::refusal(&fault, face, &request_id)
    });
    reply::identify(&mut reply, face, &request_id);
    reply
}

async fn serve(
    shared: &Shared,
    request: Request<Incoming>,
    face: Face,
    request_id: &str,
) -> Result<Reply, Fault> {
    let (head, incoming) = request.into_parts();
    shared.door.check(&head.uri, &head.headers)?;
    let route = route::find(&head.method, &head.uri);
    if matches!(route, Ok(Route::Health)) {
        return Ok(reply::json(Bytes::from_static(b"{\"status\":\"ok\"}")));
    }
    let grant = shared.door.token(&head.headers, &shared.tokens)?;
    let route = match route? {
        Route::Models => return Ok(listing::all(&*shared.gateway, &grant, face)),
        Route::Model(id) => return listing::one(&*shared.gateway, &grant, face, &id),
        route => route,
    };
    door::is_json(&head.headers)?;
    let identity = Identity::of(&head.headers, request_id.to_owned(), grant.application.clone())?;
    let body = body::read(incoming, head.headers.contains_key(EXPECT)).await?;
    if route == Route::CountTokens {
        let read = claude::read_count(&body)?;
        drop(body);
        grant.require(&Ask::Named(read.request.model.clone()), identity.task.as_ref())?;
        return call::count(shared, read, identity).await;
    }
    let ready = ready(shared, route, &body)?;
    drop(body);
    grant.require(&ready.ask, identity.task.as_ref())?;
    call::make(shared, ready, identity).await
}

fn ready(shared: &Shared, route: Route, body: &[u8]) -> Result<Ready, Fault> {
    match route {
        Route::Chat => {
            let read = openai::chat::read(body)?;
            let stream_usage = read.request.stream_usage;
            Ok(named(read, Shape::Chat { stream_usage }))
        }
        Route::Responses => Ok(named(openai::responses::read(body)?, Shape::Responses)),
        Route::Messages => Ok(named(claude::read(body)?, Shape::Messages)),
        Route::Generate { model, framing } => {
            let Read { request, ignored } = gemini::read(body, model, framing.is_some())?;
            let framing = framing.unwrap_or(Framing::Array);
            let shape = Shape::Gemini { framing, include_thoughts: request.include_thoughts };
            Ok(named(Read { request: request.asked, ignored }, shape))
        }
        Route::Task(endpoint) => task(shared, endpoint, body),
        // Answered before this.
        Route::Health | Route::Models | Route::Model(_) | Route::CountTokens => {
            Err(Fault::new(Kind::UnknownPath, "there is nothing to post here", "Use GET."))
        }
    }
}

fn named(read: Read<Asked>, shape: Shape) -> Ready {
    let Asked { model, call, stream, user, .. } = read.request;
    Ready {
        ask: Ask::Named(model.clone()),
        task: None,
        model,
        call,
        user,
        stream,
        shape,
        ignored: read.ignored,
    }
}

fn task(shared: &Shared, endpoint: Endpoint, body: &[u8]) -> Result<Ready, Fault> {
    let read = endpoint.read(body)?;
    let unknown = |_| Fault::new(Kind::UnknownPath, "there is no such task", "Use one of the four.");
    let name: TaskName = endpoint.name().parse().map_err(unknown)?;
    Ok(Ready {
        ask: Ask::Task(name.clone()),
        model: format!("task:{name}"),
        call: endpoint.call(read.request.parts, (shared.prompts)(&name)),
        task: Some(name),
        user: read.request.user,
        stream: false,
        shape: Shape::Task(endpoint),
        ignored: read.ignored,
    })
}
