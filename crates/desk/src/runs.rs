//! Credential tests and playground calls that are running, each under a number of the page's choice, so that one can be
//! stopped.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::Failure;
use tokio_util::sync::CancellationToken;

use crate::failures;

pub(crate) struct Runs {
    closing: CancellationToken,
    running: Mutex<HashMap<u64, CancellationToken>>,
}

impl Runs {
    pub(crate) fn new(closing: CancellationToken) -> Self {
        Self { closing, running: Mutex::default() }
    }

    /// Runs a test until it ends, is stopped, or the vault closes. Stopping drops it, which ends its request.
    pub(crate) async fn run<T>(
        &self,
        number: u64,
        test: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let stop = self.closing.child_token();
        self.running().insert(number, stop.clone());
        let result = tokio::select! {
            // A test that ended in the same moment has ended.
            biased;
            ended = test => ended,
            () = stop.cancelled() => Err(failures::cancelled()),
        };
        self.running().remove(&number);
        result
    }

    pub(crate) fn stop(&self, number: u64) {
        if let Some(stop) = self.running().remove(&number) {
            stop.cancel();
        }
    }

    fn running(&self) -> MutexGuard<'_, HashMap<u64, CancellationToken>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
