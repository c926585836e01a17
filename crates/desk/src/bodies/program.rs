//! The program itself: what it is made of, how it is set, and where its files are.

use model::{
    Failure, FailureCode,
    command::{OpenFolder, SetProgram, ViewLicences, ViewProgram},
    program::{Licences, LogView, ProgramFolder, ProgramPart, ProgramView},
};

use crate::{Desk, Host, dispatch::Body, failures, logging};

impl Body for ViewProgram {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProgramView, Failure> {
        program_view(desk).await
    }
}

impl Body for SetProgram {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<ProgramView, Failure> {
        desk.session()?;
        desk.program.set(self.settings)?;
        program_view(desk).await
    }
}

impl Body for OpenFolder {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        desk.session()?;
        let folder = match self.folder {
            ProgramFolder::Data => desk.folder.data().to_owned(),
            ProgramFolder::Logs => desk.logs.clone(),
            ProgramFolder::Backups => desk.folder.backups(),
        };
        // The one that was never written to yet: an empty folder says more than an error.
        std::fs::create_dir_all(&folder).map_err(|error| failures::io(&error))?;
        desk.host.open_folder(&folder).map_err(|_| {
            Failure::new(
                FailureCode::Other,
                "no file manager could be started",
                "Copy the path, and open it in a program of your own.",
            )
        })
    }
}

impl Body for ViewLicences {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Licences, Failure> {
        desk.session()?;
        Ok(desk.host.made().licences)
    }
}

async fn program_view<H: Host>(desk: &Desk<H>) -> Result<ProgramView, Failure> {
    let session = desk.session()?;
    let (sqlcipher, sqlite) = session.store.versions().await.map_err(failures::store)?;
    let part = |name: &str, version: &str| ProgramPart { name: name.to_owned(), version: version.to_owned() };
    let mut parts = vec![
        part("Signalbox", env!("CARGO_PKG_VERSION")),
        part("SQLCipher", &sqlcipher),
        part("SQLite", &sqlite),
    ];
    parts.extend(desk.host.made().parts);
    Ok(ProgramView {
        settings: desk.program.settings(),
        fault: desk.program.fault(),
        data_folder: desk.folder.data().display().to_string(),
        data_folder_named: std::env::var_os("SIGNALBOX_DATA_DIR").is_some_and(|value| !value.is_empty()),
        log: LogView {
            folder: desk.logs.display().to_string(),
            bytes: logging::bytes(&desk.logs),
            days: u32::try_from(logging::FILES).unwrap_or(u32::MAX),
            named: desk.program.named_levels(),
        },
        parts,
    })
}
