//! Bundles at the desk: what goes into one, what the last one had, and the key that signs.

mod contents;
mod scope;
mod signing;
mod view;

pub(crate) use contents::gather;
pub(crate) use scope::Scope;
pub(crate) use signing::{make_key, public_keys, sealed_key, signing_key};
pub(crate) use view::{newest, server_file, view};
