//! The vendor: answers at once, or after a wait that the prompt asks for, whatever it is asked.

use std::{
    sync::{LazyLock, mpsc},
    thread,
    time::{Duration, Instant},
};

use bytes::Bytes;
use futures::StreamExt;
use http_body_util::{BodyExt, Either, Full, StreamBody};
use hyper::{
    Request, Response,
    body::{Frame, Incoming},
    header::{CONTENT_TYPE, HeaderValue},
};
use tokio::{sync::oneshot, time::sleep};

use crate::{
    place::{self, Body},
    shapes,
};

/// What [`shapes::WAIT`] asks for.
const WAIT: Duration = Duration::from_millis(50);
/// Between two pieces of a stream.
const BETWEEN: Duration = Duration::from_millis(1);
/// Longer requests are the long prompt, in which nothing is looked for.
const SHORT: usize = 2_000;

static CHAT: LazyLock<Answers> = LazyLock::new(|| Answers::of(shapes::chat(), shapes::chat_events()));
static RESPONSES: LazyLock<Answers> =
    LazyLock::new(|| Answers::of(shapes::response(), shapes::response_events()));

struct Answers {
    whole: Bytes,
    events: Vec<Bytes>,
}

impl Answers {
    fn of(whole: serde_json::Value, events: Vec<String>) -> Self {
        Self { whole: whole.to_string().into(), events: events.into_iter().map(Bytes::from).collect() }
    }
}

/// Serves on one thread, which is fast enough and leaves the rest to those who are measured.
pub fn run() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(place::serve(answer))
}

async fn answer(request: Request<Incoming>) -> anyhow::Result<Response<Body>> {
    let answers = if request.uri().path().ends_with("/responses") { &*RESPONSES } else { &*CHAT };
    let body = request.into_body().collect().await?.to_bytes();
    let says =
        |text: &str| body.len() < SHORT && std::str::from_utf8(&body).is_ok_and(|body| body.contains(text));
    if says(shapes::WAIT) {
        wait().await?;
    }
    Ok(if says("\"stream\":true") { streamed(answers) } else { whole(answers) })
}

/// As long for everyone, so whoever came first is first. A thread that sleeps is more exact than the runtime's timer,
/// whose whole milliseconds would be larger than what is measured.
async fn wait() -> anyhow::Result<()> {
    static WAITING: LazyLock<mpsc::Sender<(Instant, oneshot::Sender<()>)>> = LazyLock::new(|| {
        let (sender, waiting) = mpsc::channel::<(Instant, oneshot::Sender<()>)>();
        thread::spawn(move || {
            for (until, over) in waiting {
                thread::sleep(until.saturating_duration_since(Instant::now()));
                // Whoever went away waits no more.
                over.send(()).ok();
            }
        });
        sender
    });
    let (over, waited) = oneshot::channel();
    WAITING.send((Instant::now() + WAIT, over))?;
    Ok(waited.await?)
}

fn whole(answers: &Answers) -> Response<Body> {
    let mut reply = Response::new(Either::Left(Full::new(answers.whole.clone())));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    reply
}

fn streamed(answers: &'static Answers) -> Response<Body> {
    let events = futures::stream::iter(answers.events.iter().enumerate()).then(|(at, event)| async move {
        if at > 0 {
            sleep(BETWEEN).await;
        }
        Ok(Frame::data(event.clone()))
    });
    let mut reply = Response::new(Either::Right(StreamBody::new(events.boxed())));
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
    reply
}
