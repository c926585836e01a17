//! The usage log priced anew by the prices in force.

use std::{collections::HashMap, ops::Range, sync::Arc};

use model::{Timestamp, prices::Repricing};
use store::{Act, Billed, Priced, StoreError};
use tokio::time::timeout;

use super::{FLUSH, Gateway};
use crate::snapshot::Snapshot;

impl Gateway {
    /// Prices the rows of a time anew; without an act it only says what that would come to. What limits counted until
    /// now stays counted.
    ///
    /// # Errors
    /// Those of the store; nothing is then changed.
    pub async fn reprice(&self, time: Range<Timestamp>, act: Option<&Act>) -> Result<Repricing, StoreError> {
        let engine = &self.0;
        // Calls that have just ended belong to the history as well.
        timeout(FLUSH, engine.meter.flush()).await.ok();
        let snapshot = engine.snapshot();
        let by_number =
            snapshot.configs.iter().enumerate().map(|(at, config)| (config.number(), at)).collect();
        let price_for = |billed: Billed<'_>| price(&snapshot, &by_number, billed);
        match act {
            Some(act) => engine.store.reprice(price_for, time, act).await,
            None => engine.store.try_repricing(price_for, time).await,
        }
    }
}

/// A person's own price holds for the model that it was entered for; what the configuration asked before has the
/// catalogue's.
fn price(snapshot: &Snapshot, by_number: &HashMap<i64, usize>, billed: Billed<'_>) -> Option<Arc<Priced>> {
    let config = by_number.get(&billed.provider_config_id).map(|at| &snapshot.configs[*at]);
    let own = config
        .filter(|config| {
            (config.provider_type(), config.model_name()) == (billed.provider_type, billed.model_name)
        })
        .and_then(|config| config.priced.as_ref())
        .filter(|priced| priced.version == Priced::OWN);
    let listed = || snapshot.prices.of_call(billed.provider_type, billed.model_name, billed.returned);
    own.or_else(listed).cloned()
}

#[cfg(test)]
mod tests {
    use model::{ProviderType, limits::OwnPrice};

    use super::*;
    use crate::snapshot::made;

    #[test]
    fn a_row_has_its_configurations_own_price_only_for_the_model_it_was_entered_for() {
        let mut provider = made::provider(7, "gpt-4o-mini");
        provider.draft.calls.price = Some(OwnPrice {
            input_usd_per_mtok: "9".into(),
            output_usd_per_mtok: "9".into(),
            cached_input_usd_per_mtok: None,
        });
        let snapshot = made::snapshot(vec![provider], Vec::new());
        let by_number = HashMap::from([(7, 0)]);
        let version = |number, model_name| {
            let billed = Billed {
                provider_config_id: number,
                provider_type: ProviderType::OpenAi,
                model_name,
                returned: None,
            };
            price(&snapshot, &by_number, billed).map(|priced| priced.version.clone())
        };
        assert_eq!(version(7, "gpt-4o-mini").as_deref(), Some(Priced::OWN));
        assert!(version(7, "gpt-4o").is_some_and(|version| version.starts_with("bundled ")));
        assert!(version(8, "gpt-4o-mini").is_some_and(|version| version.starts_with("bundled ")));
        assert_eq!(version(7, "unheard-of"), None);
    }
}
