//! Pieces of pages: properties in, callbacks out. None of them calls the shell; that is what pages and `work` are for.

pub mod bulk_bar;
pub mod delete_dialog;
pub mod empty_list;
pub mod field;
pub mod filter_bar;
pub mod icon;
pub mod key_field;
pub mod list_skeleton;
pub mod menu;
pub mod modal;
pub mod model_combobox;
pub mod new_task;
pub mod palette;
pub mod password_field;
pub mod provider_form;
pub mod provider_row;
pub mod provider_table;
pub mod shortcut_list;
pub mod sidebar;
pub mod strength_meter;
pub mod task_routing;
pub mod test_region;
pub mod toast_stack;
pub mod vault_countdown;
