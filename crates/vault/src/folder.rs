//! A vault's place on disk: which files it has, who holds it, and how a file is replaced so that a power cut leaves
//! the old one or the new one.
//!
//! ```text
//! DATA/vault.lock             held by the one process that may open the vault
//! DATA/vault/header.a, .b     two copies of the header
//! DATA/vault/vault.1.db       the encrypted database of epoch 1
//! DATA/vault.creating/        a vault that is not finished; removed when the next one is made
//! DATA/vault.restoring/       a vault that is about to take the place of another one; finished or removed at the next start
//! DATA/vault.replaced/        the vault whose place was taken; removed when the other one is in it
//! DATA/backups/               backups, each a folder of its own
//! ```

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::header::{Copy, Header, HeaderError, MAX_BYTES};

/// Held while a header is compared and replaced.
static WRITING: Mutex<()> = Mutex::new(());
const COPIES: [&str; 2] = ["header.a", "header.b"];
const REPLACED: &str = "vault.replaced";

/// The folder that holds a vault, and the one place where its files are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultFolder {
    data: PathBuf,
}

/// Whether there is a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Nothing yet.
    Absent,
    /// A vault with a readable header.
    Present,
}

/// The lock on a data folder, released when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "held, not read")] File);

/// Why the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it.
    #[error("another Signalbox is using this data folder")]
    InUse,
    /// The folder cannot be made or written.
    #[error("the data folder cannot be written")]
    Io(#[from] io::Error),
}

impl VaultFolder {
    /// The vault in a data folder, which need not exist yet.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self { data: data.into() }
    }

    /// The data folder, for people.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Takes the data folder for this process.
    ///
    /// # Errors
    /// [`LockError::InUse`] at once when another process has it.
    pub fn lock(&self) -> Result<FolderLock, LockError> {
        // A folder that was there before is somebody's, with permissions of their choice.
        if !self.data.exists() {
            fs::create_dir_all(&self.data)?;
            keep_private(&self.data)?;
        }
        let file =
            OpenOptions::new().write(true).create(true).truncate(false).open(self.data.join("vault.lock"))?;
        match file.try_lock() {
            Ok(()) => {
                self.finish_restoring()?;
                Ok(FolderLock(file))
            }
            Err(TryLockError::WouldBlock) => Err(LockError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Whether there is a vault, and a header to open it with.
    ///
    /// # Errors
    /// When there is one whose header cannot be used.
    pub fn presence(&self) -> Result<Presence, HeaderError> {
        if !self.vault().exists() {
            Ok(Presence::Absent)
        } else {
            self.read_copies().map(|_| Presence::Present)
        }
    }

    /// The vault's identity, 32 hex digits, as its newest header says without being opened.
    pub fn vault_id(&self) -> Option<String> {
        Some(self.read_copies().ok()?.first()?.header.vault_id.clone())
    }

    pub(crate) fn vault(&self) -> PathBuf {
        self.data.join("vault")
    }

    pub(crate) fn staging(&self) -> PathBuf {
        self.data.join("vault.creating")
    }

    pub(crate) fn database(folder: &Path, epoch: u32) -> PathBuf {
        folder.join(format!("vault.{epoch}.db"))
    }

    /// The readable copies, the newest first.
    pub(crate) fn read_copies(&self) -> Result<Vec<Copy>, HeaderError> {
        let read = COPIES
            .map(|name| read_bounded(&self.vault().join(name)).and_then(|bytes| Header::decode(&bytes)));
        let any = |error| read.iter().any(|copy| copy.as_ref().is_err_and(|found| *found == error));
        if any(HeaderError::TooNew) {
            return Err(HeaderError::TooNew);
        }
        let unreadable = any(HeaderError::Unreadable);
        let mut copies: Vec<Copy> = read.into_iter().flatten().collect();
        copies.sort_by_key(|copy| std::cmp::Reverse(copy.header.seq));
        match copies.is_empty() {
            false => Ok(copies),
            true if unreadable => Err(HeaderError::Unreadable),
            true => Err(HeaderError::Damaged),
        }
    }

    /// Whether both copies are on disk with exactly these bytes.
    pub(crate) fn copies_are(&self, bytes: &[u8]) -> bool {
        COPIES.iter().all(|name| fs::read(self.vault().join(name)).is_ok_and(|copy| copy == bytes))
    }

    /// Writes both copies, one after the other, so that one whole copy is there at any time.
    pub(crate) fn write_copies(folder: &Path, bytes: &[u8]) -> io::Result<()> {
        COPIES.iter().try_for_each(|name| replace(&folder.join(name), bytes))
    }

    /// Puts a header in force in place of the one that is: its first copy in place is what counts. An error means that
    /// the old one still is; a second copy that could not be written is mended at the next unlock.
    ///
    /// # Errors
    /// Those of the file system, and when another header is in force than the caller knows: a vault that was opened
    /// before the key was replaced must not put its old key back.
    pub(crate) fn put_in_force(&self, known: &Header, bytes: &[u8]) -> io::Result<()> {
        let _alone = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        let current = self.read_copies().map_err(io::Error::other)?;
        if current.first().is_none_or(|copy| copy.header != *known) {
            return Err(io::Error::other("the vault's header was changed in the meantime"));
        }
        let written = Self::write_copies(&self.vault(), bytes);
        let is_there = |name| fs::read(self.vault().join(name)).is_ok_and(|copy| copy == bytes);
        match written {
            Err(error) if COPIES.iter().any(is_there) => {
                tracing::warn!(%error, "one copy of the new header could not be written");
                Ok(())
            }
            written => written,
        }
    }

    /// An empty staging folder; what an interrupted creation left there is removed, since nothing was promised of it.
    pub(crate) fn make_staging(&self) -> io::Result<PathBuf> {
        let staging = self.staging();
        match fs::remove_dir_all(&staging) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&staging)?,
        }
        keep_private(&staging)?;
        Ok(staging)
    }

    /// The database that the newest header names, if there is a header.
    pub fn active_database(&self) -> Option<PathBuf> {
        let copies = self.read_copies().ok()?;
        Some(Self::database(&self.vault(), copies.first()?.header.active_epoch))
    }

    /// Where backups are, unless a person names another place.
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// An empty folder for the files that will take the vault's place.
    pub(crate) fn make_restoring(&self) -> io::Result<PathBuf> {
        let staging = self.restoring();
        remove(&staging)?;
        fs::create_dir_all(&staging)?;
        keep_private(&staging)?;
        Ok(staging)
    }

    /// Throws away what was about to take the vault's place.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn forget_restoring(&self) -> io::Result<()> {
        remove(&self.restoring())
    }

    /// Puts the staged files in the vault's place, which nobody may have open. What was there is kept under `kept`, or
    /// removed. Two renames: if the first alone is done, the next start does the second.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn commit_restoring(&self, kept: Option<&str>) -> io::Result<()> {
        let aside = self.data.join(kept.unwrap_or(REPLACED));
        if kept.is_none() {
            remove(&aside)?;
        }
        sync_folder(&self.restoring())?;
        if self.vault().exists() {
            fs::rename(self.vault(), &aside)?;
        }
        fs::rename(self.restoring(), self.vault())?;
        sync_folder(&self.data)?;
        if kept.is_none() { remove(&aside) } else { Ok(()) }
    }

    /// After a crash: the files that were to take the vault's place do so if it is empty already, else they go.
    fn finish_restoring(&self) -> io::Result<()> {
        if self.restoring().exists() && !self.vault().exists() {
            fs::rename(self.restoring(), self.vault())?;
            sync_folder(&self.data)?;
        }
        self.forget_restoring()?;
        if self.vault().exists() { remove(&self.data.join(REPLACED)) } else { Ok(()) }
    }

    fn restoring(&self) -> PathBuf {
        self.data.join("vault.restoring")
    }

    /// Turns the finished staging folder into the vault, in one step.
    pub(crate) fn commit_staging(&self) -> io::Result<()> {
        sync_folder(&self.staging())?;
        fs::rename(self.staging(), self.vault())?;
        sync_folder(&self.data)
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Replaces a file's content: a temporary file beside it, flushed to the disk, renamed over it, the folder flushed.
///
/// # Errors
/// Those of the file system; the old content is then still there.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_added_extension("new");
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&temporary, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

fn read_bounded(path: &Path) -> Result<Vec<u8>, HeaderError> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => HeaderError::Damaged,
        _ => HeaderError::Unreadable,
    })?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|_| HeaderError::Unreadable)?;
    Ok(bytes)
}

/// Flushes a finished file to the disk.
pub(crate) fn sync_file(file: &Path) -> io::Result<()> {
    // Windows flushes only what is open for writing.
    OpenOptions::new().write(true).open(file)?.sync_all()
}

#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

// Windows cannot flush a folder, and flushes the rename with the file.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
pub(crate) fn keep_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let owned_only = fs::Permissions::from_mode(0o700);
    match fs::set_permissions(folder, owned_only) {
        // A folder of someone else's that we may only use: the vault is encrypted all the same.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        result => result,
    }
}

#[cfg(not(unix))]
pub(crate) fn keep_private(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_holder_at_a_time_and_dropping_frees_the_folder() {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path().join("with blanks и юникод"));
        let held = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(LockError::InUse)));
        drop(held);
        assert!(folder.lock().is_ok());
    }

    #[test]
    fn a_vault_folder_without_a_readable_header_is_damaged_not_absent() {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        assert_eq!(folder.presence(), Ok(Presence::Absent));
        fs::create_dir(folder.vault()).unwrap();
        assert_eq!(folder.presence(), Err(HeaderError::Damaged));
        for name in COPIES {
            fs::write(folder.vault().join(name), b"").unwrap();
        }
        assert_eq!(folder.presence(), Err(HeaderError::Damaged));
    }

    #[test]
    fn a_restore_that_broke_off_between_its_two_renames_is_finished_at_the_next_start() {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        fs::create_dir(data.path().join(REPLACED)).unwrap();
        fs::write(folder.make_restoring().unwrap().join("new"), b"").unwrap();
        let _lock = folder.lock().unwrap();
        assert!(folder.vault().join("new").exists());
        assert!(!folder.restoring().exists() && !data.path().join(REPLACED).exists());
    }

    #[test]
    fn a_restore_that_broke_off_before_its_renames_leaves_the_vault_as_it_was() {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        fs::create_dir(folder.vault()).unwrap();
        fs::write(folder.vault().join("old"), b"").unwrap();
        fs::write(folder.make_restoring().unwrap().join("new"), b"").unwrap();
        let _lock = folder.lock().unwrap();
        assert!(folder.vault().join("old").exists() && !folder.restoring().exists());
    }

    #[test]
    fn a_header_of_gigabytes_is_refused_without_being_read() {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        fs::create_dir(folder.vault()).unwrap();
        for name in COPIES {
            // Sparse: 10 GiB on paper, nothing on disk.
            File::create(folder.vault().join(name)).unwrap().set_len(10 << 30).unwrap();
        }
        assert_eq!(folder.presence(), Err(HeaderError::Damaged));
    }
}
