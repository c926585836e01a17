//! A stream: its frames with their pace, and what can go wrong in the middle of it.

use std::{convert::Infallible, io, time::Duration};

use axum::body::{Body, Bytes};
use futures::{Stream, StreamExt, stream};

use crate::{Fault, Options, world::OpenStream};

/// What is written in one go.
pub(crate) struct Frame {
    bytes: Bytes,
    /// Part of the answer, which takes its time; all others go with their neighbour.
    is_delta: bool,
}

impl Frame {
    pub(crate) fn delta(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), is_delta: true }
    }

    pub(crate) fn other(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), is_delta: false }
    }
}

/// A whole stream, and how its vendor breaks one off.
pub(crate) struct Script {
    pub(crate) frames: Vec<Frame>,
    /// The vendor's error after status 200, with which the stream ends.
    pub(crate) error: Bytes,
    /// The vendor's error as lines that are no event; where it has none, the same as `error`.
    pub(crate) raw_error: Bytes,
}

const GARBAGE: &[u8] = b"data: {\"id\":\"\xff\xfe\",\"choices\":[{]]]\n\n";

enum End {
    Close,
    Silence,
    Reset,
    Repeat(Bytes),
}

/// The stream as a body. `open` is held for as long as it runs.
pub(crate) fn body(script: Script, fault: Option<Fault>, options: &Options, open: OpenStream) -> Body {
    let (frames, end) = broken(script, fault);
    let (first, each) = (options.first_token_delay, options.chunk_delay);
    let mut begun = false;
    let timed = frames.into_iter().map(move |frame| {
        let wait = match (frame.is_delta, begun) {
            (false, _) => Duration::ZERO,
            (true, false) => first,
            (true, true) => each,
        };
        begun |= frame.is_delta;
        (wait, frame.bytes)
    });
    let paced = first + each > Duration::ZERO;
    let start: stream::BoxStream<'static, Bytes> = match (fault, paced) {
        (Some(Fault::StreamSplit), _) => byte_by_byte(timed.map(|(_, bytes)| bytes)).boxed(),
        (_, false) => stream::iter(timed.map(|(_, bytes)| bytes)).boxed(),
        (_, true) => stream::iter(timed).then(async |(wait, bytes)| after(wait, bytes).await).boxed(),
    };
    let whole = start.map(Ok).chain(ending(end, each));
    Body::from_stream(whole.inspect(move |_| open.is_held()))
}

async fn after(wait: Duration, bytes: Bytes) -> Bytes {
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    bytes
}

/// Yields after every byte, which makes the server write it out, in the middle of a character too.
fn byte_by_byte(frames: impl Iterator<Item = Bytes> + Send + 'static) -> impl Stream<Item = Bytes> + Send {
    let bytes = frames.flat_map(|frame| (0..frame.len()).map(move |place| frame.slice(place..=place)));
    stream::iter(bytes).then(async |byte| {
        tokio::task::yield_now().await;
        byte
    })
}

fn ending(end: End, each: Duration) -> stream::BoxStream<'static, io::Result<Bytes>> {
    match end {
        End::Close => stream::empty().boxed(),
        End::Silence => stream::pending().boxed(),
        // What hyper gets together with an error is not sent, so what came before has to be on its way.
        End::Reset => stream::once(async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            Err(io::ErrorKind::ConnectionReset.into())
        })
        .boxed(),
        End::Repeat(bytes) => stream::repeat(bytes)
            .then(move |bytes| after(each, bytes))
            .map(|bytes| Ok::<_, Infallible>(bytes).map_err(|never| match never {}))
            .boxed(),
    }
}

fn broken(script: Script, fault: Option<Fault>) -> (Vec<Frame>, End) {
    let Script { mut frames, error, raw_error } = script;
    let middle = middle(&frames);
    match fault {
        Some(Fault::StreamCut) => {
            frames.truncate(middle);
            (frames, End::Close)
        }
        Some(Fault::Cut) => {
            frames.truncate(middle);
            (frames, End::Reset)
        }
        Some(Fault::StreamStall) => {
            frames.truncate(middle);
            (frames, End::Silence)
        }
        Some(Fault::StreamEndless) => {
            frames.truncate(middle);
            let again = frames.last().map_or_else(Bytes::new, |frame| frame.bytes.clone());
            (frames, End::Repeat(again))
        }
        Some(Fault::StreamError | Fault::ResponseFailed) => {
            frames.truncate(middle);
            frames.push(Frame::delta(error));
            (frames, End::Close)
        }
        Some(Fault::RawJsonErrorLine) => {
            frames.truncate(middle);
            frames.push(Frame::delta(raw_error));
            (frames, End::Close)
        }
        Some(Fault::StreamGarbage) => {
            frames.insert(middle, Frame::delta(GARBAGE));
            (frames, End::Close)
        }
        Some(Fault::StreamHalfCharacter) => {
            if let Some((frame, halved)) =
                frames.iter_mut().find_map(|frame| halved(&frame.bytes).map(|halved| (frame, halved)))
            {
                frame.bytes = halved;
            }
            (frames, End::Close)
        }
        _ => (frames, End::Close),
    }
}

/// Without the second byte of its first character of several.
fn halved(bytes: &Bytes) -> Option<Bytes> {
    let lead = bytes.iter().position(|byte| *byte >= 0xC0)?;
    Some([&bytes[..=lead], &bytes[lead + 2..]].concat().into())
}

/// Behind the delta in the middle: something was said, and something is missing. Before all of it, where one frame is
/// everything.
fn middle(frames: &[Frame]) -> usize {
    let deltas: Vec<usize> =
        frames.iter().enumerate().filter(|(_, frame)| frame.is_delta).map(|(place, _)| place).collect();
    deltas
        .get(deltas.len().saturating_sub(1) / 2)
        .map_or(0, |place| place + 1)
        .min(frames.len().saturating_sub(1))
}
