//! The real window: the program as people start it, on a screen of its own, driven by WebDriver. What a command
//! does in detail is tested in its room; here is only what needs a window.

// The drivers of other systems' web views are not free to fetch, or do not exist.
#![cfg(target_os = "linux")]

mod away;
mod backups;
mod budgets;
mod bundles;
#[allow(dead_code, reason = "the bench uses none of it")]
mod bus;
mod calls;
#[allow(dead_code, reason = "the server's own tests use the rest")]
#[path = "../server/client.rs"]
mod client;
mod doors;
mod folders;
mod gallery;
mod imports;
mod insights;
mod journey;
mod keyboard;
mod languages;
mod logind;
mod look;
#[allow(dead_code, reason = "the bench uses the rest")]
mod marks;
mod memory;
mod modes;
mod motion;
mod page;
mod pictures;
#[allow(dead_code, reason = "what takes the pictures uses the rest")]
mod pixels;
mod quick_ways;
mod reader;
mod replace_key;
#[path = "../server/room.rs"]
mod room;
mod screen;
mod scripts;
mod security;
mod settings;
mod several;
mod share;
mod stage;
mod step_up;
mod sync;
mod sync_many;
mod tray;
mod try_routes;
mod unusable;
mod usage;
mod walls;
mod x_clipboard;
mod x_keys;
#[allow(dead_code, reason = "the bench uses the rest")]
mod x_window;
