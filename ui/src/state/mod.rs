//! What the page knows and how it changes. No DOM, no shell, no clock: instants come in as arguments.

pub mod age;
pub mod base_url;
pub mod budgets;
pub mod form;
pub mod gateway_settings;
pub mod health;
pub mod import;
pub mod insights;
pub mod keys;
pub mod layout;
pub mod list;
pub mod listed;
pub mod models;
pub mod new_task;
pub mod palette;
pub mod password;
pub mod place;
pub mod playground;
pub mod prepared;
pub mod routing;
pub mod security;
pub mod sharing;
pub mod shortcut;
pub mod toast;
pub mod usage;
pub mod workspace;
