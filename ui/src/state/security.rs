//! What the settings' section of security may open over the page, and its words.

/// What only this section, its dialogs and the recovery page say.
pub const ENGLISH: &str = include_str!("../../locales/en/security.ftl");

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
    /// A connection to a server; `None` makes a new one.
    Remote(Option<model::sync::RemoteId>),
    /// The login at a server.
    RemoteLogin(model::sync::RemoteId),
    /// The question before a server is forgotten.
    ForgetRemote(model::sync::RemoteId),
    /// A provider that goes on from this server to another one.
    Promote(model::sync::RemoteId),
    /// A key that goes to a server.
    SendKey(model::sync::RemoteId),
}
