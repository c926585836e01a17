//! The gateway's HTTP face: OpenAI's, Anthropic's and Gemini's shapes, so that their own SDKs work with another base
//! URL, and the task endpoints. Loopback only. Deliberately not here: which provider serves a call, what it costs and
//! what limits it; that is the engine's business, and this room only translates.

mod asked;
mod claude;
mod fault;
mod gemini;
mod json;
mod openai;
mod sse;
mod stamp;
