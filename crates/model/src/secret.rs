//! A secret on its way in: typed on the page, used once by a command's body, wiped when dropped.
//!
//! It derives nothing. It has no `Debug`, no `Display` and no `Clone`, and outside the page it cannot be
//! serialised, so a reply, a log line or an error that holds one does not compile:
//!
//! ```compile_fail
//! #[derive(serde::Serialize)]
//! struct Reply { key: model::Secret }
//! ```
//!
//! ```compile_fail
//! fn log(key: &model::Secret) { println!("{key:?}"); }
//! ```

use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

/// Text that must not be shown: an API key or a master password. Its memory is overwritten on drop.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over the text; the caller's own copies are the caller's to wipe.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text itself. Name the place where you call this in a review: each one is a place to leak from.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

// Only the page sends a secret, because it was typed there; it never receives one.
#[cfg(target_arch = "wasm32")]
impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
