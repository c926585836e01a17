//! One set of rules for both databases: each sentence is tried on an encrypted file and on a PostgreSQL of its own.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

#[path = "../house/mod.rs"]
mod house;

mod access;
mod acts;
mod administration;
mod applications;
mod budgets;
mod bundles;
mod configurations;
mod history;
mod limits;
mod serving;
mod usage;

/// Tries each sentence on both.
macro_rules! on_both {
    ($($sentence:ident)+) => {
        mod embedded {
            $(#[tokio::test]
            async fn $sentence() {
                let house = crate::house::House::embedded().await;
                super::$sentence(&house.database).await;
            })+
        }
        mod postgres {
            $(#[tokio::test]
            async fn $sentence() {
                let house = crate::house::House::postgres().await;
                super::$sentence(&house.database).await;
            })+
        }
    };
}
pub(crate) use on_both;
