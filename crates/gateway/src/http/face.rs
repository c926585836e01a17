//! The face behind a listener of somebody else's, who has the connections, their limits and TLS.

use std::{error::Error, sync::Arc};

use bytes::Bytes;
use http::{Request, Response};
use hyper::body::{Body, Incoming};
use model::{Timestamp, gateway::OnLock};
use tokio::sync::watch;

use super::{
    door::Door,
    serve::{self, Prompts, Shared},
    token::Tokens,
};
use crate::Calls;

/// What a face needs beside the engine.
pub struct FaceSettings {
    /// The tokens that are accepted.
    pub tokens: Tokens,
    /// Where a task's own prompt comes from.
    pub prompts: Prompts,
    /// The clock by which tokens end.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
}

/// The gateway on a network: every request needs a token, and web pages have none.
pub struct Face {
    shared: Shared,
    ending: watch::Sender<Option<OnLock>>,
}

impl Face {
    /// A face of an engine.
    pub fn new(gateway: impl Calls, settings: FaceSettings) -> Self {
        let FaceSettings { tokens, prompts, now } = settings;
        let (ending, asked_to_end) = watch::channel(None);
        let door = Door::Network { now };
        Self {
            shared: Shared { gateway: Box::new(gateway), tokens, prompts, door, ending: asked_to_end },
            ending,
        }
    }

    /// Whether a path is one of the gateway's, where it shares a listener.
    pub fn serves(path: &str) -> bool {
        ["/v1/", "/v1beta/", "/api/v1/tasks/"].iter().any(|prefix| path.starts_with(prefix))
    }

    /// Answers a request, whatever it is.
    pub async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Response<impl Body<Data = Bytes, Error = Box<dyn Error + Send + Sync>> + Send + use<>> {
        serve::answer(&self.shared, request).await
    }

    /// What becomes of the calls that are open.
    pub fn end(&self, on_lock: OnLock) {
        self.ending.send_replace(Some(on_lock));
    }
}
