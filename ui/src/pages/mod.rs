//! One file per page.

pub mod budget_dialog;
pub mod budgets;
pub mod catalog_dialogs;
pub mod create_vault;
pub mod gateway_token;
pub mod health;
pub mod import_usage;
pub mod insights;
pub mod layers;
pub mod make_route;
pub mod playground;
pub mod provider_drawer;
pub mod providers;
pub mod reprice;
pub mod routed;
pub mod routing;
pub mod row_keys;
pub mod save_prompt;
pub mod settings;
pub mod try_split;
pub mod unlock;
pub mod unusable;
pub mod usage;
pub mod workspace;
