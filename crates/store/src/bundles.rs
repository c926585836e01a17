//! Bundles: what the desktop made and for whom, and what a server accepted and from whom. Their bytes are opaque here.

mod accepted;
mod apply;
mod made;
mod servers;
mod signing;

#[cfg(feature = "postgres")]
pub(crate) use apply::{empty, no_catalog};

pub use accepted::{AcceptedBundle, TrustedIssuer};
pub use apply::{ApplyError, BundleChange, BundledConfig, CatalogChange};
pub use made::{MadeBundle, NewBundle};
pub use servers::{BundleServer, ToldByServer};
pub use signing::{KeptSigningKey, NewSigningKey};
