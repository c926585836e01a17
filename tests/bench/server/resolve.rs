//! How long it takes the server's engine from an order to the moment in which its call could be sent, on either database: route, breaker,
//! reservation of all limits, and the key opened. Taken within this process: a clock starts at the order and stops when the key is open.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use figures::{Figures, Goal};
use gateway::{Ask, Caller, Gateway, KeyFault, Keys, Order};
use model::{CallRequest, Catalog, gateway::OnLock};
use providers::{Timeouts, Vendors};
use rig_postgres::Postgres;
use server::Site;
use store::Provider;
use vault::{RootKey, SealedKey};

use crate::place::Place;

const WARM_UP: u64 = 1_000;
const CALLS: u64 = 15_000;

/// When the last key was opened.
type Opened = Arc<Mutex<Option<Instant>>>;

/// Notes the 50th and the 99th percentile by these names.
pub async fn measure(
    postgres: Option<&Postgres>,
    mock: &str,
    names: [&'static str; 2],
    figures: &mut Figures,
) -> anyhow::Result<()> {
    let place = Place::make(postgres, mock).await?;
    let site = Site::open(&place.config()).await?;
    let opened = Opened::default();
    let keys = keys(RootKey::read_file(&place.config().root_key_file())?, Arc::clone(&opened));
    let vendors = Arc::new(Vendors::new(Timeouts::default())?);
    let gateway = Gateway::open(site.store().clone(), vendors, keys, Catalog::bundled()?).await?;
    let mut times = Vec::new();
    for number in 0..WARM_UP + CALLS {
        let order = order()?;
        let began = Instant::now();
        gateway.call(order).await.map_err(|refused| anyhow::anyhow!("refused: {refused:?}"))?;
        let end = held(&opened).take().context("no key was opened")?;
        if number >= WARM_UP {
            times.push(end.duration_since(began));
        }
    }
    gateway.close(OnLock::Finish).await;
    drop(gateway);
    site.close().await;
    let logged = place.logged().await?;
    ensure!(logged == WARM_UP + CALLS, "the log holds {logged} calls");
    times.sort_unstable();
    figures.note(names[0], us(times[times.len() / 2]), "us", Goal::None);
    figures.note(names[1], us(times[times.len() * 99 / 100]), "us", Goal::AtMost(50.0));
    Ok(())
}

/// Opens each key at its use, as the server does.
fn keys(root: RootKey, opened: Opened) -> Keys {
    Arc::new(move |provider: &Provider| {
        let Some(sealed) = &provider.sealed_key else { return Ok(None) };
        let sealed = SealedKey(sealed.clone());
        let key = root.open_key(provider.id.0, &provider.draft.base_url, &sealed);
        *held(&opened) = Some(Instant::now());
        key.map(Some).map_err(|_| KeyFault::Unreadable)
    })
}

fn held(opened: &Opened) -> MutexGuard<'_, Option<Instant>> {
    opened.lock().unwrap_or_else(PoisonError::into_inner)
}

fn order() -> anyhow::Result<Order> {
    let request = CallRequest {
        system: Some("Answer in one short paragraph.".into()),
        max_output_tokens: Some(200),
        ..CallRequest::prompt("What does this posting ask for?")
    };
    let caller = Caller {
        user: "local".into(),
        client: "bench".into(),
        sticky: None,
        request_id: None,
        application: None,
    };
    Ok(Order { ask: Ask::Task("extraction".parse()?), task: None, request, caller })
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
