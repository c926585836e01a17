//! What somebody else holds: a session by hand that is in the middle of a transaction.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, Stdio},
};

use crate::Postgres;

/// A transaction that is open until this is dropped, and is undone then.
pub struct Held(Child);

impl Postgres {
    /// Begins a transaction by hand, does something in it, and leaves it there.
    pub fn hold(&self, url: &str, sql: &str) -> Held {
        let mut psql = self.by_psql();
        let mut child = psql.arg(url).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let typed = format!("BEGIN;\n{sql};\n\\echo held\n");
        child.stdin.as_mut().unwrap().write_all(typed.as_bytes()).unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let is_held = lines.map_while(Result::ok).any(|line| line == "held");
        assert!(is_held, "{sql}: it was not done");
        Held(child)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // At the end of what is typed the session ends.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}
