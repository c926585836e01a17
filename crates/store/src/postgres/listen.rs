//! Word of changes that any server made, by LISTEN and NOTIFY. Triggers speak, so a change by hand is heard, too.

use std::{sync::Arc, time::Duration};

use sqlx::postgres::PgListener;
use tokio::time::{sleep, timeout};

use super::{PgStore, connections::Connections};
use crate::StoreError;

const CHANNEL: &str = "signalbox_changed";
/// What comes within this belongs to one change, or is as good as one.
const TOGETHER: Duration = Duration::from_millis(20);
/// Silence of so long may be a network that was cut, which no end of a connection notices.
const SILENCE: Duration = Duration::from_secs(30);
/// Until the database is asked again, when it is away.
const PAUSE: Duration = Duration::from_millis(500);

/// An ear for changes, which outlives broken connections.
pub struct Changes {
    listener: Option<PgListener>,
    connections: Arc<Connections>,
}

impl PgStore {
    /// Begins to listen.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changes(&self) -> Result<Changes, StoreError> {
        let connections = Arc::clone(&self.connections);
        Ok(Changes { listener: Some(listen(&connections).await?), connections })
    }
}

impl Changes {
    /// Waits until something changed, or may have: nobody can say what was missed while the connection was broken.
    pub async fn next(&mut self) {
        loop {
            let Some(listener) = &mut self.listener else {
                sleep(PAUSE).await;
                self.listener = listen(&self.connections).await.ok();
                if self.listener.is_some() {
                    return;
                }
                continue;
            };
            match timeout(SILENCE, listener.try_recv()).await {
                Ok(Ok(Some(_))) => {
                    while let Ok(Ok(Some(_))) = timeout(TOGETHER, listener.try_recv()).await {}
                    return;
                }
                Ok(Ok(None) | Err(_)) | Err(_) => self.listener = None,
            }
        }
    }
}

/// Over a connection of its own, which no pool hands to anybody else.
async fn listen(connections: &Connections) -> Result<PgListener, StoreError> {
    let asked = async {
        let mut listener = PgListener::connect_with(&connections.pool()).await?;
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        Ok::<_, StoreError>(listener)
    };
    connections.in_time(asked).await
}
