//! How far a run is, told to the page after each step; and the remote as a run sees it, which counts its steps.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use model::vault::DeskEvent;
use sync::{Client, Creating, Remote, RemoteError, Seen, There, Updating};
use uuid::Uuid;

use crate::Host;

pub(crate) struct Progress {
    pub(super) host: Arc<dyn Host>,
    pub(super) remote: Uuid,
    pub(super) of: u32,
    pub(super) done: AtomicU32,
}

impl Progress {
    pub(super) fn add(&self, steps: u32) {
        let done = (self.done.fetch_add(steps, Ordering::Relaxed) + steps).min(self.of);
        self.host.emit(DeskEvent::SyncProgress { remote: self.remote, done, of: self.of });
    }
}

pub(super) struct Watched {
    pub(super) client: Arc<Client>,
    pub(super) progress: Arc<Progress>,
}

impl Watched {
    fn done<T>(&self, answer: Result<T, RemoteError>) -> Result<T, RemoteError> {
        if answer.is_ok() {
            self.progress.add(1);
        }
        answer
    }
}

impl Remote for Watched {
    async fn list(&self) -> Result<There, RemoteError> {
        self.client.list().await
    }

    async fn get(&self, number: i64) -> Result<Seen, RemoteError> {
        self.client.get(number).await
    }

    async fn create(&self, creating: Creating<'_>) -> Result<Seen, RemoteError> {
        self.done(self.client.create(creating).await)
    }

    async fn update(&self, number: i64, updating: Updating<'_>) -> Result<Seen, RemoteError> {
        self.done(self.client.update(number, updating).await)
    }

    async fn delete(&self, number: i64, if_match: Option<i64>) -> Result<(), RemoteError> {
        self.done(self.client.delete(number, if_match).await)
    }
}
