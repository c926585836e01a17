//! Who is inside: calls that run, and the order in which they end when the vault locks.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::timeout;
use tokio_util::{
    sync::CancellationToken,
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// Longest time that running calls have to notice that they are to end.
const NOTICE: Duration = Duration::from_secs(5);

/// The gate.
#[derive(Default)]
pub(crate) struct Gate {
    closed: AtomicBool,
    inside: TaskTracker,
    closing: CancellationToken,
    stop: Arc<CancellationToken>,
}

/// A call that is inside.
pub(crate) struct Visit {
    /// Cancelled when it has to end.
    pub(crate) stop: Arc<CancellationToken>,
    _inside: TaskTrackerToken,
}

impl Gate {
    /// Lets a call in, unless the gate is closed.
    pub(crate) fn enter(&self) -> Option<Visit> {
        // First inside, then the look: a closing gate waits for everyone who may have looked before it closed.
        let inside = self.inside.token();
        if self.closed.load(Ordering::SeqCst) {
            return None;
        }
        Some(Visit { stop: Arc::clone(&self.stop), _inside: inside })
    }

    /// Lets nobody in any more, gives those inside so long to end by themselves, and then makes them.
    pub(crate) async fn close(&self, patience: Duration) {
        self.closed.store(true, Ordering::SeqCst);
        self.closing.cancel();
        self.inside.close();
        if timeout(patience, self.inside.wait()).await.is_ok() {
            return;
        }
        self.stop.cancel();
        if timeout(NOTICE, self.inside.wait()).await.is_err() {
            tracing::error!("a call does not end although the vault is being locked");
        }
    }

    /// Makes those end now who are given time.
    pub(crate) fn hurry(&self) {
        self.stop.cancel();
    }

    /// Comes to its end as soon as the gate closes, for what nobody waits for.
    pub(crate) async fn closing(&self) {
        self.closing.cancelled().await;
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_closing_gate_waits_for_those_inside_and_then_makes_them_end() {
        let gate = Gate::default();
        let visit = gate.enter().unwrap();
        let call = tokio::spawn(async move {
            visit.stop.cancelled().await;
            tokio::time::Instant::now()
        });
        let began = tokio::time::Instant::now();
        gate.close(Duration::from_secs(30)).await;
        assert_eq!(call.await.unwrap() - began, Duration::from_secs(30));
        assert!(gate.enter().is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn those_who_were_given_time_can_be_hurried() {
        let gate = Gate::default();
        let visit = gate.enter().unwrap();
        let call = tokio::spawn(async move {
            let visit = visit;
            visit.stop.cancelled().await;
        });
        let began = tokio::time::Instant::now();
        let hurry = async {
            gate.closing().await;
            gate.hurry();
        };
        tokio::join!(gate.close(Duration::from_secs(30)), hurry);
        call.await.unwrap();
        assert_eq!(tokio::time::Instant::now(), began);
    }
}
