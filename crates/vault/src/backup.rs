//! A backup's files and its seal. `NAME/header`, `NAME/vault.db` and `NAME/manifest.json`, the last with a MAC under
//! "backup/v1". Deliberately not here: how the database is copied and checked, and which backups are kept.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use model::{Secret, Timestamp, backups::BackupReason};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    folder::{VaultFolder, keep_private, replace, sync_folder},
    header::{Header, HeaderError, MAX_BYTES},
    sealed,
    session::{OpenVault, UnlockError, open_password_slot},
};

const FORMAT: u32 = 1;
const INFO: &str = "backup/v1";
const HEADER: &str = "header";
const DATABASE: &str = "vault.db";
const MANIFEST: &str = "manifest.json";
/// The name of a backup that is on its way out.
const REMOVING: &str = "removing";

/// Why a backup cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// There is nothing at this place that was ever a backup.
    #[error("there is no backup at this place")]
    Absent,
    /// Files are missing, cut or altered.
    #[error("this backup is damaged")]
    Damaged,
    /// A later version of Signalbox made it.
    #[error("a newer version of Signalbox made this backup")]
    TooNew,
    /// It is of another vault.
    #[error("this backup is of another vault")]
    OtherVault,
    /// It was made under another key of this vault, or altered by someone without a key: the two look the same.
    #[error("this backup was made before the vault's key was changed")]
    OtherKey,
}

/// What a backup says about itself. Nothing in it is secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: u32,
    /// 32 hex digits.
    pub vault_id: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Why.
    pub reason: BackupReason,
    /// Revision of the database: rises with every entry of the audit log.
    pub revision: i64,
    /// Head of the audit log at that revision.
    pub head: String,
    /// Epoch of the database.
    pub epoch: u32,
    /// SHA-256 of the header's file, hex.
    header_sha256: String,
    /// Size of the database's file.
    pub database_bytes: u64,
    /// SHA-256 of the database's file, hex.
    database_sha256: String,
    /// When the copy was opened and read whole.
    pub verified_at: Timestamp,
}

/// What is known of a finished copy.
pub struct Copied {
    /// When it was made.
    pub made_at: Timestamp,
    /// Why.
    pub reason: BackupReason,
    /// Revision of the database.
    pub revision: i64,
    /// Head of the audit log at that revision.
    pub head: String,
    /// When the copy was opened and read whole.
    pub verified_at: Timestamp,
}

/// The files of one backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFolder(PathBuf);

impl BackupFolder {
    /// The backup at a path, which need not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where its database is.
    pub fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    /// An empty folder to make a backup in, with what an interrupted one left there removed.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn prepare(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => fs::create_dir_all(&self.0)?,
        }
        keep_private(&self.0)
    }

    /// Gives the finished backup its name, in one step.
    ///
    /// # Errors
    /// Those of the file system; the backup is then where it was.
    pub fn rename(self, to: &Path) -> io::Result<Self> {
        sync_folder(&self.0)?;
        fs::rename(&self.0, to)?;
        to.parent().map_or(Ok(()), sync_folder)?;
        Ok(Self(to.to_owned()))
    }

    /// Removes it. It loses its name first, so that a crash leaves no half of a backup.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn remove(&self) -> io::Result<()> {
        let nameless = Self(self.0.with_file_name(REMOVING));
        nameless.prepare()?;
        fs::remove_dir(&nameless.0)?;
        fs::rename(&self.0, &nameless.0)?;
        fs::remove_dir_all(&nameless.0)
    }

    /// What it says about itself. Its seal is not checked, its files' presence and sizes are.
    ///
    /// # Errors
    /// See [`BackupError`].
    pub fn read(&self) -> Result<Manifest, BackupError> {
        sealed::read(&self.manifest()?).ok_or(BackupError::Damaged).and_then(|manifest| self.sized(manifest))
    }

    /// Whether the files are the ones that the manifest was written for: both digests. Reads the whole database.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] when they are not, or cannot be read.
    pub fn compare_files(&self, manifest: &Manifest) -> Result<(), BackupError> {
        let of = |name| digest_of(&self.0.join(name)).map_err(|_| BackupError::Damaged);
        if of(HEADER)? == manifest.header_sha256 && of(DATABASE)? == manifest.database_sha256 {
            Ok(())
        } else {
            Err(BackupError::Damaged)
        }
    }

    fn manifest(&self) -> Result<Vec<u8>, BackupError> {
        if !self.0.is_dir() {
            return Err(BackupError::Absent);
        }
        let bytes = read_small(&self.0.join(MANIFEST)).map_err(|_| BackupError::Damaged)?;
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let version: Version = serde_json::from_slice(&bytes).map_err(|_| BackupError::Damaged)?;
        if version.format > FORMAT { Err(BackupError::TooNew) } else { Ok(bytes) }
    }

    fn sized(&self, manifest: Manifest) -> Result<Manifest, BackupError> {
        let size = fs::metadata(self.database()).map_err(|_| BackupError::Damaged)?.len();
        let whole = size == manifest.database_bytes && self.0.join(HEADER).is_file();
        if whole { Ok(manifest) } else { Err(BackupError::Damaged) }
    }

    fn header(&self) -> Result<Vec<u8>, BackupError> {
        read_small(&self.0.join(HEADER)).map_err(|_| BackupError::Damaged)
    }
}

impl OpenVault {
    /// Writes the header and, last, the sealed manifest beside a database that was copied and checked. Reads the copy once.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn seal_backup(&self, backup: &BackupFolder, copied: Copied) -> io::Result<Manifest> {
        let broken = |_| io::Error::from(io::ErrorKind::InvalidData);
        let header = self.header().encode(self.key()).map_err(broken)?;
        replace(&backup.0.join(HEADER), &header)?;
        let manifest = Manifest {
            format: FORMAT,
            vault_id: self.vault_id().to_owned(),
            made_at: copied.made_at,
            reason: copied.reason,
            revision: copied.revision,
            head: copied.head,
            epoch: self.epoch(),
            header_sha256: hex::encode(Sha256::digest(&header)),
            database_bytes: fs::metadata(backup.database())?.len(),
            database_sha256: digest_of(&backup.database())?,
            verified_at: copied.verified_at,
        };
        let sealed = sealed::seal(&manifest, self.key(), &self.id, INFO)
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
        replace(&backup.0.join(MANIFEST), &sealed)?;
        Ok(manifest)
    }

    /// What a backup of this vault says about itself, under its seal.
    ///
    /// # Errors
    /// See [`BackupError`].
    pub fn open_manifest(&self, backup: &BackupFolder) -> Result<Manifest, BackupError> {
        let bytes = backup.manifest()?;
        let said: Manifest = sealed::read(&bytes).ok_or(BackupError::Damaged)?;
        if said.vault_id != self.vault_id() {
            return Err(BackupError::OtherVault);
        }
        let manifest = sealed::open(&bytes, self.key(), &self.id, INFO);
        backup.sized(manifest.ok_or(BackupError::OtherKey)?)
    }

    /// Opens a backup by the header that lies in it and the password of then. Takes about a second.
    ///
    /// # Errors
    /// See [`UnlockError`].
    pub fn unlock_backup(
        folder: &VaultFolder,
        backup: &BackupFolder,
        password: &Secret,
    ) -> Result<Self, UnlockError> {
        let bytes = backup.header().map_err(|_| HeaderError::Damaged)?;
        let copy = Header::decode(&bytes)?;
        let key = open_password_slot(&copy.header, password)?;
        if !copy.is_authentic(&key) {
            return Err(HeaderError::Damaged.into());
        }
        Ok(Self::assemble(folder, copy.header, key)?)
    }

    /// Puts a backup's database and a header into the folder that will take the vault's place, and says where the
    /// database is. The header is this vault's own: its password goes on.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn stage_backup(&self, backup: &BackupFolder) -> io::Result<PathBuf> {
        let staging = self.folder.make_restoring()?;
        let header =
            self.header().encode(self.key()).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        VaultFolder::write_copies(&staging, &header)?;
        let database = VaultFolder::database(&staging, self.epoch());
        fs::copy(backup.database(), &database)?;
        // A backup may lie on a medium that cannot be written, and its copy must be.
        allow_writing(&database)?;
        File::options().write(true).open(&database)?.sync_all()?;
        sync_folder(&staging)?;
        Ok(database)
    }
}

fn allow_writing(file: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(file)?.permissions();
    if permissions.readonly() {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            permissions.set_mode(0o600);
        }
        #[cfg(not(unix))]
        permissions.set_readonly(false);
        fs::set_permissions(file, permissions)?;
    }
    Ok(())
}

fn read_small(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES { Err(io::ErrorKind::InvalidData.into()) } else { Ok(bytes) }
}

fn digest_of(file: &Path) -> io::Result<String> {
    let mut file = File::open(file)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex::encode(digest.finalize())),
            read => digest.update(&piece[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cost, NewVault};

    const PASSWORD: &str = "plover-lantern-orbit-quilt-saddle-vex";

    fn backed_up() -> (tempfile::TempDir, OpenVault, BackupFolder) {
        let data = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(data.path());
        let new = NewVault::prepare(&folder, &Secret::new(PASSWORD), "admin", Cost::FLOOR).ok().unwrap();
        let open = new.commit().ok().unwrap();
        let backup = BackupFolder::new(data.path().join("backups/one"));
        backup.prepare().unwrap();
        fs::write(backup.database(), vec![7; 3 * 4096]).unwrap();
        let at = Timestamp(1_795_444_320_000);
        let reason = BackupReason::Manual;
        let copied = Copied { made_at: at, reason, revision: 9, head: "9".into(), verified_at: at };
        open.seal_backup(&backup, copied).unwrap();
        (data, open, backup)
    }

    #[test]
    fn a_backup_says_what_it_is_under_its_seal() {
        let (_data, open, backup) = backed_up();
        let manifest = open.open_manifest(&backup).unwrap();
        assert_eq!((manifest.revision, manifest.database_bytes), (9, 3 * 4096));
        assert_eq!(backup.compare_files(&manifest), Ok(()));
        assert_eq!(backup.read().as_ref(), Ok(&manifest));
    }

    #[test]
    fn every_bit_of_a_manifest_counts() {
        let (_data, open, backup) = backed_up();
        let file = backup.path().join(MANIFEST);
        let whole = fs::read(&file).unwrap();
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            fs::write(&file, flipped).unwrap();
            assert!(open.open_manifest(&backup).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn a_cut_or_altered_database_is_named_damaged() {
        let (_data, open, backup) = backed_up();
        let manifest = open.open_manifest(&backup).unwrap();
        let mut bytes = fs::read(backup.database()).unwrap();
        bytes[5000] ^= 1;
        fs::write(backup.database(), &bytes).unwrap();
        assert_eq!(backup.compare_files(&manifest), Err(BackupError::Damaged));
        fs::write(backup.database(), &bytes[..4096]).unwrap();
        assert_eq!(open.open_manifest(&backup), Err(BackupError::Damaged));
        assert_eq!(backup.read(), Err(BackupError::Damaged));
    }

    #[test]
    fn a_backup_of_another_vault_is_told_from_damage() {
        let (_data, _, backup) = backed_up();
        let (_other, open, _) = backed_up();
        assert_eq!(open.open_manifest(&backup), Err(BackupError::OtherVault));
    }

    #[test]
    fn a_backup_opens_by_its_own_header_and_no_other_password() {
        let (data, open, backup) = backed_up();
        let folder = VaultFolder::new(data.path());
        let opened = OpenVault::unlock_backup(&folder, &backup, &Secret::new(PASSWORD)).ok().unwrap();
        assert_eq!(opened.database_key().expose_hex(), open.database_key().expose_hex());
        let wrong = OpenVault::unlock_backup(&folder, &backup, &Secret::new("not this one at all"));
        assert!(matches!(wrong.err(), Some(UnlockError::WrongPassword)));
    }

    #[test]
    fn what_is_no_folder_is_no_backup() {
        let (data, open, _) = backed_up();
        let absent = BackupFolder::new(data.path().join("backups/none"));
        assert_eq!(open.open_manifest(&absent), Err(BackupError::Absent));
    }
}
