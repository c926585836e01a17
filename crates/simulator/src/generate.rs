//! What every vendor's generation has in common behind its wire format: a request read, an answer made up from it by
//! rule, numbers of tokens, and a stream with its pace and its faults.
//!
//! Deliberately not here: any vendor's field names, and anything of chance. The same call has the same answer.

mod answer;
mod asked;
mod instance;
mod media;
mod pieces;
mod stream;
mod tokens;
mod usage;

pub use self::usage::Usage;
pub(crate) use self::{
    answer::{Answer, Finish, ToolCall, compose},
    asked::{Asked, Choice, Tool},
    media::{MediaFault, check as check_media, check_loosely as check_media_loosely, data_url},
    pieces::pieces,
    stream::{Frame, Script, body},
};
