//! Commands while the server runs. The embedded database is one process' alone, so they are not done beside it but by it: the running
//! server listens at a socket in its data folder, which only its own user can reach, and does there what its admin API does. What a
//! command changed holds at once, because the one who serves is the one who changed it (decision 42).

mod console;
mod listen;
mod message;

pub use console::{Console, ConsoleError};
pub(crate) use listen::listen;
pub use message::{Answer, ListedUser, Question};
