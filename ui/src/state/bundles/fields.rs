//! What of a configuration a bundle changes, in words: what it was and what it will be.

use model::{PicoUsd, bundles::BundleField, limits::LimitKind, text};

use crate::{t, texts::name};

/// A changed field as a line.
pub fn line(field: &BundleField) -> String {
    match field {
        BundleField::Name { before, after } => changed(t!("bundle-field-name"), name(before), name(after)),
        BundleField::Model { before, after } => changed(t!("bundle-field-model"), name(before), name(after)),
        BundleField::BaseUrl { before, after } => changed(t!("bundle-field-url"), name(before), name(after)),
        BundleField::Key => t!("bundle-field-key"),
        BundleField::Active(true) => t!("bundle-field-on"),
        BundleField::Active(false) => t!("bundle-field-off"),
        BundleField::Limit { kind, before, after } => {
            let cap = |cap: u64| text::group_digits(cap.into());
            limit(*kind, before.map(cap), after.map(cap))
        }
        BundleField::CostLimit { kind, before, after } => {
            limit(*kind, before.map(PicoUsd::display), after.map(PicoUsd::display))
        }
        BundleField::Prices => t!("bundle-field-prices"),
        BundleField::Settings => t!("bundle-field-settings"),
    }
}

fn limit(kind: LimitKind, before: Option<String>, after: Option<String>) -> String {
    let cap = |cap: Option<String>| cap.unwrap_or_else(|| t!("bundle-field-no-limit"));
    changed(t!("bundle-field-limit", kind = kind.as_str()), cap(before), cap(after))
}

fn changed(field: String, before: String, after: String) -> String {
    t!("bundle-field-changed", field = field, before = before, after = after)
}
