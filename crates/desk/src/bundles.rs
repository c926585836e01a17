//! Bundles at the desk: what goes into one, what the last one had, and the key that signs.

mod contents;
mod picture;
mod reach;
mod scope;
mod signing;
mod view;
mod watch;
mod wording;

pub(crate) use contents::{gather, take_away};
pub(crate) use picture::{PictureError, text_of};
pub(crate) use reach::Reached;
pub(crate) use scope::Scope;
pub(crate) use signing::{issuer, make_key, public_keys, sealed_key, signing_key};
pub(crate) use view::{newest, server_file, view};
pub(crate) use watch::Watch as BundleWatch;
