//! The usage log, off the way of calls: rows go into a bounded queue and from there to disk in batches. Room for a row is
//! taken before its call is made, so that a full queue makes callers wait and the end of a call, which may be where nothing
//! can wait, always finds its place. A store that fails is asked again: no row is dropped.

use std::{
    future::Future,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use store::{CallRow, Database, StoreError};
use tokio::{
    sync::{Notify, mpsc, oneshot, watch},
    task::JoinHandle,
    time::{Instant, sleep, timeout, timeout_at},
};

use crate::{lately::Lately, live::held};

/// Rows that may wait, those of calls that run among them: ten thousand streams at once, and room for what has just ended.
pub(crate) const QUEUE: usize = 16_384;
/// Rows of one transaction.
const BATCH: usize = 2_048;
/// Longest time that a row waits for others. Each batch has the price of a commit, whatever is in it.
const PATIENCE: Duration = Duration::from_millis(100);
/// The first pause after a failure of the store; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(100);
/// The longest one.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

enum Note {
    /// With the place where it is noted until it is logged.
    Row(Box<CallRow>, Option<u64>),
    Flush(oneshot::Sender<()>),
}

/// Room for one row, until it is handed in or turns out to be none.
pub(crate) struct Room(mpsc::OwnedPermit<Note>);

/// Where rows are handed in.
pub(crate) struct Meter {
    store: Database,
    sender: mpsc::Sender<Note>,
    /// Someone waits for what was handed in.
    hurry: Arc<Notify>,
    trouble: Arc<Mutex<Option<String>>>,
    written: watch::Sender<()>,
    lately: Arc<Lately>,
    writer: Mutex<Option<JoinHandle<()>>>,
    watcher: OnceLock<Watcher>,
}

/// Hears of every row as it is handed in.
type Watcher = Box<dyn Fn(&CallRow) + Send + Sync>;

struct Writer {
    store: Database,
    hurry: Arc<Notify>,
    trouble: Arc<Mutex<Option<String>>>,
    written: watch::Sender<()>,
    lately: Arc<Lately>,
}

impl Meter {
    /// Starts writing.
    pub(crate) fn start(store: Database) -> Self {
        let (this, writing) = Self::of(store, QUEUE);
        *held(&this.writer) = Some(tokio::spawn(writing));
        this
    }

    /// One that writes as long as the future is waited for.
    fn of(store: Database, queue: usize) -> (Self, impl Future<Output = ()> + Send + use<>) {
        let (sender, receiver) = mpsc::channel(queue);
        let trouble = Arc::<Mutex<Option<String>>>::default();
        let hurry = Arc::<Notify>::default();
        let written = watch::Sender::new(());
        let lately = Arc::<Lately>::default();
        let writer = Writer {
            store: store.clone(),
            hurry: Arc::clone(&hurry),
            trouble: Arc::clone(&trouble),
            written: written.clone(),
            lately: Arc::clone(&lately),
        };
        let (idle, watcher) = (Mutex::new(None), OnceLock::new());
        let this = Self { store, sender, hurry, trouble, written, lately, writer: idle, watcher };
        (this, writer.run(receiver))
    }

    /// Has every row told as it is handed in. The first watcher stays.
    pub(crate) fn watch(&self, watcher: Watcher) {
        if self.watcher.set(watcher).is_err() {
            tracing::error!("calls are watched twice");
        }
    }

    fn tell(&self, row: &CallRow) {
        if let Some(watcher) = self.watcher.get() {
            watcher(row);
        }
    }

    /// Room for a row of a call that is to be made; waits while the queue is full. `None` once the log is closed.
    pub(crate) async fn room(&self) -> Option<Room> {
        self.sender.clone().reserve_owned().await.ok().map(Room)
    }

    /// Hands in a row. It does not wait.
    pub(crate) fn log(&self, room: Room, row: CallRow) {
        self.tell(&row);
        // Before the answer goes out: whoever has it finds its call in the log, whatever becomes of this process.
        let noted = self.store.note_call(&row);
        // It takes what is sent even when nobody reads it any more.
        if room.0.send(Note::Row(Box::new(row), noted)).is_closed() {
            tracing::error!("a call ended after the usage log was closed, so it is not in it");
        }
    }

    /// Waits until everything that was handed in is on disk.
    pub(crate) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.sender.send(Note::Flush(done)).await.is_ok() {
            self.hurry.notify_one();
            written.await.ok();
        }
    }

    /// Why rows are not on disk yet, if they should be.
    pub(crate) fn trouble(&self) -> Option<String> {
        held(&self.trouble).clone()
    }

    /// Wakes when rows were written, once for all that were written since the last look. It ends with the meter.
    pub(crate) fn written(&self) -> watch::Receiver<()> {
        self.written.subscribe()
    }

    /// What was written of the last quarter of an hour.
    pub(crate) fn lately(&self) -> Arc<Lately> {
        Arc::clone(&self.lately)
    }

    /// Writes everything that was handed in and ends. What cannot be written until `deadline` is given up, loudly.
    pub(crate) async fn close(&self, deadline: Instant) {
        if timeout_at(deadline, self.flush()).await.is_err() {
            tracing::error!(
                "the usage log could not be written before the vault was locked; its last rows are lost"
            );
        }
        self.abandon().await;
    }

    /// Ends the writer, which holds the store that the vault wants to close.
    pub(crate) async fn abandon(&self) {
        let writer = held(&self.writer).take();
        if let Some(writer) = writer {
            writer.abort();
            writer.await.ok();
        }
    }
}

impl Writer {
    async fn run(self, mut receiver: mpsc::Receiver<Note>) {
        let (mut rows, mut noted, mut flushed) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(first) = receiver.recv().await {
            if receiver.len() < BATCH {
                // Not at the queue, where each further row would wake this task for itself alone.
                timeout(PATIENCE, self.hurry.notified()).await.ok();
            }
            let mut next = Some(first);
            while let Some(note) = next {
                match note {
                    Note::Row(row, place) => {
                        rows.push(*row);
                        noted.extend(place);
                    }
                    Note::Flush(done) => flushed.push(done),
                }
                next = if rows.len() < BATCH { receiver.try_recv().ok() } else { None };
            }
            self.write(&rows).await;
            self.store.forget_noted(&noted);
            rows.clear();
            noted.clear();
            flushed.drain(..).for_each(|done| done.send(()).unwrap_or_default());
        }
    }

    /// Asks until it is written.
    async fn write(&self, rows: &[CallRow]) {
        let mut pause = PAUSE;
        while let Err(error) = self.try_write(rows).await {
            tracing::warn!(%error, rows = rows.len(), "the usage log could not be written, and is tried again");
            *held(&self.trouble) = Some(error.to_string());
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
        *held(&self.trouble) = None;
    }

    async fn try_write(&self, rows: &[CallRow]) -> Result<(), StoreError> {
        if !rows.is_empty() {
            self.store.log_calls(rows).await?;
            self.lately.note(rows);
            self.written.send_replace(());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;
    use model::{ProviderType, Timestamp};
    use store::{Spender, Store, UsageStatus};
    use tokio::task::unconstrained;

    use super::*;

    const KEY_HEX: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    fn row(number: usize) -> CallRow {
        CallRow {
            request_id: format!("r{number}"),
            attempt: 1,
            provider_config_id: 1,
            provider_type: ProviderType::OpenAi,
            user_id: "u".into(),
            client: "".into(),
            task_type: "extraction".into(),
            model_requested: "m".into(),
            model_returned: None,
            usage: None,
            cost: None,
            priced: None,
            cost_is_estimate: false,
            status: UsageStatus::Success,
            error_class: None,
            http_status: None,
            latency_ms: 1,
            first_token_ms: None,
            vendor_request_id: None,
            rule: None,
            fallback_from: None,
            created_at: Timestamp(1),
        }
    }

    #[tokio::test]
    async fn while_nothing_is_written_callers_wait_for_room_and_then_every_row_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("vault.1.db");
        Store::create(&file, KEY_HEX, "vault").await.unwrap();
        let store = Arc::new(Store::open(&file, KEY_HEX, "vault", &[7; 32]).await.unwrap());
        let (meter, writing) = Meter::of(Arc::clone(&store).into(), 4);
        for number in 0..4 {
            meter.log(meter.room().await.unwrap(), row(number));
        }
        let callers = (4..100).map(|number| {
            let meter = &meter;
            async move { meter.log(meter.room().await.unwrap(), row(number)) }
        });
        let mut callers = std::pin::pin!(futures::future::join_all(callers));
        assert!(unconstrained(callers.as_mut()).now_or_never().is_none());
        assert!(unconstrained(meter.room()).now_or_never().is_none());
        let writer = tokio::spawn(writing);
        callers.await;
        meter.flush().await;
        assert_eq!(store.spent_since(Spender::Config(1), Timestamp(0)).await.unwrap().calls, 100);
        writer.abort();
    }
}
