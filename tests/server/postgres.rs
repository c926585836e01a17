//! The same journeys over a PostgreSQL of their own: `room` knows by this program's name.

#![cfg(unix)]

include!("journeys.rs");

mod cut;
mod several;
mod troubles;
