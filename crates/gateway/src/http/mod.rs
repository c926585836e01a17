//! The gateway's HTTP face: OpenAI's, Anthropic's and Gemini's shapes, so that their own SDKs work with another base
//! URL, and the task endpoints. Loopback only. Deliberately not here: which provider serves a call, what it costs and
//! what limits it; that is the engine's business, and this room only translates.

mod asked;
mod body;
mod call;
mod caller;
mod claude;
mod door;
mod fault;
mod gemini;
mod json;
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

pub use serve::Prompts;
pub use server::{Server, ServerSettings, StartError};
pub use token::{TokenDigest, Tokens};
