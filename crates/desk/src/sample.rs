//! A vault of invented data, for trying Signalbox without a key and for benches. It is marked as such for good, and
//! its password is written beside it, because it guards nothing.

mod providers;
mod routes;
mod usage;

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use model::{
    ProviderType, Secret, Timestamp,
    command::CreateVault,
    gateway::OnLock,
    vault::{DeskEvent, LockReason, Notice},
};
use serde::{Deserialize, Serialize};
use vault::Cost;

use crate::{Desk, Folders, Host, LinkError, Options, dispatch::Body};

const FILE: &str = "sample.json";
/// Long enough for our own rules, and plainly not anyone's.
const PASSWORD: &str = "sample-data-only-lantern-harbour-quilt";

/// What to fill a sample vault with.
pub struct Sample {
    /// Base URL of a simulator for each type.
    pub base_urls: BTreeMap<ProviderType, String>,
    /// This many providers, without calls unless they are asked for, in place of the usual nine with 90 days of calls.
    pub bulk: Option<usize>,
}

#[derive(Serialize, Deserialize)]
struct Marker {
    password: String,
}

/// The password of a sample vault; `None` for any other vault.
pub(crate) fn password_of(data: &Path) -> Option<String> {
    let marker: Marker = serde_json::from_slice(&fs::read(data.join(FILE)).ok()?).ok()?;
    Some(marker.password)
}

impl Sample {
    /// Makes the vault in an empty data folder and returns its password.
    ///
    /// # Errors
    /// When there is a vault already, or anything on the way fails.
    pub async fn fill(&self, folders: Folders) -> anyhow::Result<&'static str> {
        let calls = if self.bulk.is_some() { 0 } else { usage::CALLS };
        self.fill_with(folders, calls).await
    }

    /// The same with about so many calls. Filling millions takes minutes.
    ///
    /// # Errors
    /// As [`Sample::fill`].
    pub async fn fill_with(&self, folders: Folders, calls: u64) -> anyhow::Result<&'static str> {
        self.fill_by(NoWindow::new(None), folders, calls).await
    }

    /// The same as if it were a certain moment, so that each vault is like the one before.
    ///
    /// # Errors
    /// As [`Sample::fill`].
    pub async fn fill_at(
        &self,
        moment: Timestamp,
        folders: Folders,
        calls: u64,
    ) -> anyhow::Result<&'static str> {
        self.fill_by(NoWindow::new(Some(moment)), folders, calls).await
    }

    async fn fill_by(&self, host: NoWindow, folders: Folders, calls: u64) -> anyhow::Result<&'static str> {
        let data = folders.vault.clone();
        // The password is known to everyone, so that deriving its key slowly protects nothing; a bench wants a person's vault.
        let cost = self.bulk.is_none().then_some(Cost::FLOOR);
        let options = Options { kdf_cost: cost, ..Options::default() };
        let stands = host.still.is_some();
        let desk = Desk::open(host, folders, options)?;
        let create = CreateVault { password: Secret::new(PASSWORD) };
        create.perform(&desk).await.map_err(|failure| anyhow::anyhow!("{}", failure.message))?;
        let session = desk.session().map_err(|failure| anyhow::anyhow!("{}", failure.message))?;
        session.store.mark_as_sample().await?;
        if stands {
            // It goes by the computer's clock, and would throw the sample's last day away as an old one.
            let engine = session.engine().await.map_err(|failure| anyhow::anyhow!("{}", failure.message))?;
            engine.close(OnLock::Stop).await;
        }
        match self.bulk {
            Some(count) => {
                providers::insert_bulk(&desk, &session, count).await?;
                if calls > 0 {
                    let filled = session.store.list(desk.host.now()).await?.providers;
                    usage::log_ninety_days(&desk, &session, &filled, calls).await?;
                }
            }
            None => {
                let filled = providers::insert_nine(&desk, &session, &self.base_urls).await?;
                routes::arrange(&desk, &session, &filled).await?;
                usage::log_ninety_days(&desk, &session, &filled, calls).await?;
            }
        }
        drop(session);
        desk.lock(LockReason::Asked).await;
        fs::write(data.join(FILE), serde_json::to_vec(&Marker { password: PASSWORD.to_owned() })?)?;
        Ok(PASSWORD)
    }
}

/// A host without a window, for filling.
struct NoWindow {
    started: std::time::Instant,
    /// Where the wall's clock stands; the computer's own where it goes.
    still: Option<Timestamp>,
}

impl NoWindow {
    fn new(still: Option<Timestamp>) -> Self {
        Self { started: std::time::Instant::now(), still }
    }
}

impl Host for NoWindow {
    fn open_folder(&self, _folder: &std::path::Path) -> Result<(), LinkError> {
        Err(LinkError)
    }

    fn emit(&self, _event: DeskEvent) {}

    fn notify(&self, _notice: &Notice) {}

    fn open_link(&self, _url: &str) -> Result<(), LinkError> {
        Err(LinkError)
    }

    fn now(&self) -> Timestamp {
        if let Some(still) = self.still {
            return still;
        }
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn uptime(&self) -> Duration {
        self.started.elapsed()
    }
}
