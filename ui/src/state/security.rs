//! What the settings' section of security may open over the page, and its words.

/// What only this section, its dialogs and the recovery page say.
pub const ENGLISH: &str = include_str!("../../locales/security.ftl");

/// A dialog of the section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Another password.
    Password,
    /// A recovery kit.
    Kit,
    /// A new vault key.
    Key,
    /// Configurations for another vault.
    Export,
    /// Configurations from another vault.
    Import,
}
