//! How every configuration is, from its calls and from probes.

use model::{
    Failure,
    command::{CheckHealth, ViewHealth},
    health::HealthView,
};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

/// Incidents are shown for so many days.
const INCIDENT_DAYS: i64 = 7;

impl Body for ViewHealth {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<HealthView, Failure> {
        view(&*desk.session()?).await
    }
}

impl Body for CheckHealth {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<HealthView, Failure> {
        let session = desk.session()?;
        let engine = session.engine().await?;
        let probed = async {
            engine.probe_all().await;
            Ok(())
        };
        session.until_closed(probed).await?;
        view(&session).await
    }
}

async fn view(session: &Session) -> Result<HealthView, Failure> {
    let health = session.engine().await?.health();
    let from = session.host.now().plus_days(-INCIDENT_DAYS);
    let incidents = session.store.incidents_since(from).await.map_err(failures::store)?;
    Ok(HealthView { incidents, ..health })
}
