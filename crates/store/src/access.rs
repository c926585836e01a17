//! Who may use a server: users, their sessions, the limits on guessing, and answers kept for requests that are sent again.
//! Passwords come hashed, tokens as digests, and the second factor's secret sealed.

pub(crate) mod applications;
pub(crate) mod attempts;
mod idempotent;
pub(crate) mod lists;
pub(crate) mod people;
mod recovery;
pub(crate) mod sessions;
pub(crate) mod users;

pub use applications::{ApplicationToken, NewApplicationToken};
pub use attempts::Waits;
pub use idempotent::{Answered, Asker, Idempotent};
pub use lists::ListedSession;
pub use people::{Person, PersonChange};
pub use sessions::{NewSession, Refreshed, Session};
pub use users::{Invitation, Login, Role, TakeUpError, User, UserError};
