//! The program itself: what it is made of and how it is set.

use crate::program::{ProgramFolder, ProgramSettings};

request! {
    /// What the program is made of, how it is set, and where its files are.
    ViewProgram {}
}
request! {
    /// Set the program, in the file beside the vault.
    SetProgram {
        /// All of it.
        settings: ProgramSettings,
    }
}
request! {
    /// Show one of the program's folders in the system's file manager.
    OpenFolder {
        /// Which one.
        folder: ProgramFolder,
    }
}
request! {
    /// The licences of what the program is built from.
    ViewLicences {}
}
