//! The vendors, made when somebody first needs them: reading the system's certificates takes longer than opening the
//! window. Gone when the vault locks: an open connection keeps what was last sent by it, and that is an API key.

use std::sync::Arc;

use model::Failure;
use providers::{Timeouts, Vendors};
use tokio::{sync::Mutex, task::spawn_blocking};

use crate::failures;

pub(crate) struct Network {
    timeouts: Timeouts,
    vendors: Mutex<Option<Arc<Vendors>>>,
}

impl Network {
    pub(crate) fn new(timeouts: Timeouts) -> Self {
        Self { timeouts, vendors: Mutex::new(None) }
    }

    pub(crate) async fn vendors(&self) -> Result<Arc<Vendors>, Failure> {
        let mut vendors = self.vendors.lock().await;
        if let Some(vendors) = &*vendors {
            return Ok(Arc::clone(vendors));
        }
        let timeouts = self.timeouts;
        let made = spawn_blocking(move || Vendors::new(timeouts)).await;
        let made =
            made.map_err(|_| failures::broken_off())?.map(Arc::new).map_err(|_| failures::network())?;
        Ok(Arc::clone(vendors.insert(made)))
    }

    /// Closes the connections to vendors that no call is under way on.
    pub(crate) async fn hang_up(&self) {
        *self.vendors.lock().await = None;
    }
}
