//! The window's page. `state` decides and is tested natively; `shell` is the only file that knows how a command
//! leaves the page; `pages` and `components` draw. Deliberately not here: rules about providers and vaults, which
//! are `model`'s and `desk`'s, and anything that is kept when the page closes.

#[cfg(test)]
mod sources;
pub mod state;
pub mod texts;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
mod asking;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod components;
#[cfg(target_arch = "wasm32")]
mod focus;
#[cfg(target_arch = "wasm32")]
mod pages;
#[cfg(target_arch = "wasm32")]
mod parts;
#[cfg(target_arch = "wasm32")]
mod shell;
#[cfg(target_arch = "wasm32")]
mod words;
#[cfg(target_arch = "wasm32")]
mod work;

#[cfg(target_arch = "wasm32")]
pub use app::start;
