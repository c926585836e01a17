//! What can be said of the open vault in a line or two: for the icon in the desktop's bar.

use model::{PicoUsd, ProviderId};

use crate::{Desk, Host};

/// The open vault at a glance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// What can be the default: everything that is on, in the list's order.
    pub choices: Vec<Choice>,
    /// Cost of today's calls, as far as it is known, of all that the list has.
    pub cost_today: PicoUsd,
    /// How many of today's calls are missing in it, since their price is not known.
    pub unpriced_today: u64,
}

/// A configuration that can be the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Which one.
    pub id: ProviderId,
    /// Its name.
    pub name: String,
    /// Whether it is the default.
    pub is_default: bool,
}

impl<H: Host> Desk<H> {
    /// The open vault at a glance; `None` while none is open. Looking is not acting: the vault stays open no longer for it.
    pub async fn glance(&self) -> Option<Glance> {
        let session = self.session().ok()?;
        let list = self.list(&session).await.ok()?;
        let cost = |sum: PicoUsd, cost: PicoUsd| sum.plus(cost);
        let cost_today = list.providers.iter().map(|one| one.usage.cost_today).fold(PicoUsd::default(), cost);
        let unpriced = list.providers.iter().map(|one| one.usage.unpriced_today);
        let unpriced_today = unpriced.fold(0, u64::saturating_add);
        let active = list.providers.into_iter().filter(|one| one.is_active);
        let choices =
            active.map(|one| Choice { id: one.id, name: one.display_name, is_default: one.is_default });
        Some(Glance { choices: choices.collect(), cost_today, unpriced_today })
    }
}
