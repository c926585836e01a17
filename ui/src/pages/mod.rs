//! One file per page.

pub mod create_vault;
pub mod health;
pub mod playground;
pub mod provider_drawer;
pub mod providers;
pub mod routing;
pub mod row_keys;
pub mod settings;
pub mod unlock;
pub mod unusable;
pub mod workspace;
