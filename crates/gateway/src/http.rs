//! The gateway's HTTP face: OpenAI's, Anthropic's and Gemini's shapes, so that their own SDKs work with another base
//! URL, and the task endpoints. On 127.0.0.1 by itself (`Server`), or behind a listener of somebody else's (`Face`). Deliberately not here: which provider serves a call, what it costs and
//! what limits it; that is the engine's business, and this room only translates.

mod asked;
mod body;
mod call;
mod caller;
mod claude;
pub mod described;
mod door;
mod face;
mod fault;
mod gemini;
mod grant;
mod json;
mod listen;
mod listing;
mod openai;
mod reply;
mod route;
mod serve;
mod server;
mod sse;
mod stamp;
pub mod tasks;
mod token;
mod told;

pub use caller::RequestId;
pub use face::{Face, FaceSettings};
pub use grant::{Grant, Scope};
pub use listen::listen;
pub use serve::Prompts;
pub use server::{Server, ServerSettings, StartError};
pub use token::{TokenDigest, Tokens};
