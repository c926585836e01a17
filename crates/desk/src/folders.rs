//! Where things live on this computer.

use std::path::{Path, PathBuf};

use directories::{ProjectDirs, UserDirs};

/// The folders of one installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The data folder; the vault is in its subfolder `vault`.
    pub vault: PathBuf,
    /// The program's own state: counts and marks, nothing of a person's.
    pub state: PathBuf,
    /// Log files.
    pub logs: PathBuf,
    /// Where files are put that a person asked for.
    pub downloads: PathBuf,
}

/// Why the program cannot start. `Display` is for people.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Another process holds the data folder.
    #[error(
        "Signalbox is already running with this data folder. Go to its window, or set SIGNALBOX_DATA_DIR to another folder."
    )]
    InUse,
    /// The platform names no home.
    #[error(
        "This computer names no folder for application data. Set SIGNALBOX_DATA_DIR to a folder of your own."
    )]
    NoFolder,
    /// The folder is not writable.
    #[error(
        "The data folder cannot be written ({0}). Check its permissions, or set SIGNALBOX_DATA_DIR to another one."
    )]
    Unwritable(std::io::ErrorKind),
    /// The bundled catalogue does not read, which a test excludes.
    #[error("This build of Signalbox is broken. Install it again.")]
    Catalog(#[from] serde_json::Error),
}

impl Folders {
    /// `SIGNALBOX_DATA_DIR` when it is set, else the platform's place for application data.
    ///
    /// # Errors
    /// [`StartError::NoFolder`] where there is neither.
    pub fn from_environment() -> Result<Self, StartError> {
        let folders = match std::env::var_os("SIGNALBOX_DATA_DIR").filter(|value| !value.is_empty()) {
            Some(data) => Self::under(data),
            None => {
                let project =
                    ProjectDirs::from("dev", "Signalbox", "Signalbox").ok_or(StartError::NoFolder)?;
                Self::under(project.data_local_dir())
            }
        };
        Ok(Self { downloads: downloads().unwrap_or(folders.downloads), ..folders })
    }

    /// All folders under one data folder.
    pub fn under(data: impl Into<PathBuf>) -> Self {
        let data = data.into();
        Self {
            state: data.join("state"),
            logs: data.join("logs"),
            downloads: data.join("downloads"),
            vault: data,
        }
    }
}

/// The platform's folder, or what it is called where the platform does not say.
fn downloads() -> Option<PathBuf> {
    let user = UserDirs::new()?;
    Some(user.download_dir().map_or_else(|| user.home_dir().join("Downloads"), Path::to_owned))
}
