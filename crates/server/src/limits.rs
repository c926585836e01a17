//! How much may be used: of a configuration, at which price it is counted, and by each user of the gateway.

pub(crate) mod config;
pub(crate) mod price;
pub(crate) mod quota;
pub(crate) mod zone;

use model::{Field, FieldError, remote::FieldAtFault};

use crate::web::{Refused, refusal};

/// Faults of a configuration by the names that these requests have.
fn invalid(faults: Vec<FieldError>) -> Refused {
    let named = |fault: &FieldError| match fault.field {
        Field::Timeout => Some("timeout_s"),
        Field::DailyCostLimit => Some("daily_cost_limit_usd"),
        Field::MonthlyCostLimit => Some("monthly_cost_limit_usd"),
        Field::InputPrice => Some("input_usd_per_mtok"),
        Field::OutputPrice => Some("output_usd_per_mtok"),
        Field::CachedInputPrice => Some("cached_input_usd_per_mtok"),
        _ => None,
    };
    if faults.iter().all(|fault| named(fault).is_none()) {
        return refusal::invalid(faults);
    }
    let text = |fault: &FieldError| {
        let other = || serde_json::to_value(fault.field).ok()?.as_str().map(str::to_owned);
        named(fault).map(str::to_owned).or_else(other).unwrap_or_default()
    };
    let faults =
        faults.iter().map(|fault| FieldAtFault { field: text(fault), message: fault.message.clone() });
    refusal::invalid_fields(faults.collect())
}
