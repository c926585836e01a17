//! The desk, from its commands down to the disk: one program, a module for each thing that people do.

mod advice;
mod backups;
mod bad_input;
mod budgets;
mod bundles;
mod calls;
mod disk;
mod exports;
mod face;
mod gate;
mod history;
mod imports;
mod insights;
mod journey;
mod jumps;
mod keys;
mod limits;
mod links;
mod older;
mod prices;
mod program;
mod remembered;
mod routes;
mod sample;
#[cfg(target_os = "linux")]
mod secret_service;
mod set_up;
mod share;
mod step_up;
mod unlocking;
mod usage;
mod warnings;
