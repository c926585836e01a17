//! Coming from the specification's existing tables: out of SQLite and PostgreSQL, into either database, killed and made again.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod killed;
mod source;
mod tables;
mod target;

/// Tries each sentence from both kinds of source into both kinds of target.
macro_rules! everywhere {
    ($($sentence:ident)+) => {
        everywhere!(@ sqlite_to_embedded, false, false, $($sentence)+);
        everywhere!(@ sqlite_to_postgres, false, true, $($sentence)+);
        everywhere!(@ postgres_to_embedded, true, false, $($sentence)+);
        everywhere!(@ postgres_to_postgres, true, true, $($sentence)+);
    };
    (@ $name:ident, $from:literal, $to:literal, $($sentence:ident)+) => {
        mod $name {
            $(#[tokio::test]
            async fn $sentence() {
                let source = crate::source::Tables::make($from).await;
                let target = crate::target::Target::make($to).await;
                super::$sentence(&source, &target).await;
            })+
        }
    };
}
pub(crate) use everywhere;
