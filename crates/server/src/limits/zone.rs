//! Whose days limits are counted by: what the server's configuration says, kept where the engine reads it.

use gateway::LimitSettings;
use store::{Act, StoreError};

use crate::app::{App, machine};

/// Counts limits by the days of this zone. What was used of the day that runs by then stays counted.
pub(crate) async fn count_by(app: &App, zone: &str) -> Result<(), StoreError> {
    // The configuration was refused if no such zone is known.
    let settings = LimitSettings::by(Some(zone.to_owned())).unwrap_or_default();
    if app.store.setting::<LimitSettings>(LimitSettings::NAME).await? == settings {
        return Ok(());
    }
    let machine = machine().into();
    let act = Act { actor: "configuration".to_owned(), machine, action: "limits.set_zone", at: app.now() };
    app.store.set_setting(LimitSettings::NAME, &settings, &act).await?;
    app.reload().await;
    Ok(())
}
