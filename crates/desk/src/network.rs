//! The vendors, made when somebody first needs them: reading the system's certificates takes longer than opening the
//! window. Kept when the vault locks, because nothing of it is in there.

use std::sync::Arc;

use model::Failure;
use providers::{Timeouts, Vendors};
use tokio::{sync::OnceCell, task::spawn_blocking};

use crate::failures;

pub(crate) struct Network {
    timeouts: Timeouts,
    vendors: OnceCell<Arc<Vendors>>,
}

impl Network {
    pub(crate) fn new(timeouts: Timeouts) -> Self {
        Self { timeouts, vendors: OnceCell::new() }
    }

    pub(crate) async fn vendors(&self) -> Result<&Arc<Vendors>, Failure> {
        let timeouts = self.timeouts;
        self.vendors
            .get_or_try_init(|| async move {
                let made = spawn_blocking(move || Vendors::new(timeouts)).await;
                made.map_err(|_| failures::broken_off())?.map(Arc::new).map_err(failures::network)
            })
            .await
    }
}
