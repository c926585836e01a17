//! Usage from files: bytes in, rows and faults out. It recognises the form of an export by its columns, reads each cell
//! exactly or not at all, and names each bad row by its line.
//!
//! Deliberately not here: the database, the clock, and which configuration a call goes to.

mod calls;
mod columns;
mod csv_table;
mod fault;
mod faults_file;
mod form;
mod identity;
mod json_parts;
mod json_table;
mod reading;
mod row;
mod sums;
mod value;
mod vendor;

pub use calls::{Call, CallStatus};
pub use fault::{COLUMN_LIMIT, FileError};
pub use faults_file::faults_file;
pub use reading::{Reading, read};
pub use sums::Sum;
pub use vendor::Source;
