// In both programs; a line here is a journey over either database.
mod access;
mod bad_input;
mod canary;
mod client;
mod life;
mod matrix;
mod room;
mod specification;
mod stolen;
