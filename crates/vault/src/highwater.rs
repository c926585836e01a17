//! The high-water mark: how far this vault had come when it was last seen on this computer. SQLCipher authenticates
//! pages and not history, so an older copy of a file, or a single older page, passes every check; the mark does not lie
//! in the vault's folder, and so does not go back with it.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{folder::replace, sealed, session::OpenVault};

const FORMAT: u32 = 1;
const INFO: &str = "highwater/v1";
const MAX_BYTES: u64 = 4 * 1024;
/// SQLCipher's, and the bytes at a page's end that are new whenever the page is written: the end of its HMAC.
const PAGE: usize = 4096;
const TAG: usize = 16;
/// Files above this have no digest of their pages in the mark: reading them would make unlocking wait.
const LARGEST: u64 = 256 << 20;

/// How far a vault has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Revision of the database: rises with every entry of the audit log.
    pub revision: i64,
    /// Head of the audit log at that revision.
    pub head: String,
}

/// What shows that a vault is not what was last seen here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Regress {
    /// The whole database is older.
    #[error("this vault is older than it was when it was last used on this computer")]
    Database,
    /// The header is older, whatever the database is.
    #[error("this vault's header is older than it was when it was last used on this computer")]
    Header,
    /// The database has come as far, but is not the file that was closed.
    #[error("the vault's database is not as it was left when it was last closed")]
    Pages,
    /// The mark itself was altered, or is of another key of this vault.
    #[error("the note of how far this vault had come does not fit it")]
    Mark,
}

/// Where the mark is.
#[derive(Clone, Debug)]
pub struct Highwater {
    file: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: u32,
    vault_id: String,
    revision: i64,
    head: String,
    header_seq: u64,
    /// Digest of the pages' tags when the file was closed; `None` while it is open, or where it is too large.
    pages: Option<String>,
}

impl Highwater {
    /// The mark in a state folder.
    pub fn new(state: &Path) -> Self {
        Self { file: state.join("highwater") }
    }

    /// Compares an open vault with the mark. `pages` is the database's digest from before it was opened. Without a mark,
    /// or with one of another vault, there is nothing to compare with.
    ///
    /// # Errors
    /// What shows that something older was put in its place.
    pub fn judge(&self, vault: &OpenVault, now: &Mark, pages: Option<&str>) -> Result<(), Regress> {
        let Some(bytes) = self.read() else { return Ok(()) };
        let said: Stored = sealed::read(&bytes).ok_or(Regress::Mark)?;
        if said.vault_id != vault.vault_id() {
            return Ok(());
        }
        let mark: Stored = sealed::open(&bytes, vault.key(), &vault.id, INFO).ok_or(Regress::Mark)?;
        if vault.header().seq < mark.header_seq {
            return Err(Regress::Header);
        }
        if now.revision < mark.revision || (now.revision == mark.revision && now.head != mark.head) {
            return Err(Regress::Database);
        }
        match (&mark.pages, pages) {
            (Some(then), Some(now)) if then != now => Err(Regress::Pages),
            _ => Ok(()),
        }
    }

    /// How far the vault had come, as the note says; `None` without one that is this vault's.
    pub fn known(&self, vault: &OpenVault) -> Option<Mark> {
        let known: Stored = sealed::open(&self.read()?, vault.key(), &vault.id, INFO)?;
        let is_ours = known.vault_id == vault.vault_id();
        is_ours.then_some(Mark { revision: known.revision, head: known.head })
    }

    /// Writes how far the vault has come. `pages` is the digest of a database that was closed.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, vault: &OpenVault, mark: &Mark, pages: Option<String>) -> io::Result<()> {
        let stored = Stored {
            format: FORMAT,
            vault_id: vault.vault_id().to_owned(),
            revision: mark.revision,
            head: mark.head.clone(),
            header_seq: vault.header().seq,
            pages,
        };
        let sealed = sealed::seal(&stored, vault.key(), &vault.id, INFO)
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
        self.file.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        replace(&self.file, &sealed)
    }

    /// Removes the mark, before the key that seals it changes.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn forget(&self) -> io::Result<()> {
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn read(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(&self.file).ok()?.take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// A digest of a database that nobody has open: SHA-256 over the last 16 bytes of each page, which are the end of the
/// page's HMAC, and so stand for all of it. `None` where the file is too large to be read while a person waits, or cannot be read.
pub fn digest_of_pages(database: &Path) -> Option<String> {
    let mut file = File::open(database).ok()?;
    let length = file.metadata().ok()?.len();
    if length > LARGEST {
        return None;
    }
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut digest = Sha256::new();
    digest.update(length.to_le_bytes());
    let mut piece = vec![0; 256 * PAGE];
    let mut left = length;
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(piece.len()).min(piece.len());
        let part = piece.get_mut(..want)?;
        file.read_exact(part).ok()?;
        for page in part.chunks(PAGE) {
            digest.update(&page[page.len().saturating_sub(TAG)..]);
        }
        left -= want as u64;
    }
    Some(hex::encode(digest.finalize()))
}

#[cfg(test)]
mod tests {
    use model::Secret;

    use super::*;
    use crate::{Cost, NewVault, VaultFolder};

    fn open() -> (tempfile::TempDir, OpenVault, Highwater) {
        let data = tempfile::tempdir().unwrap();
        let password = Secret::new("plover-lantern-orbit-quilt-saddle-vex");
        let new = NewVault::prepare(&VaultFolder::new(data.path()), &password, "admin", Cost::FLOOR);
        let open = new.ok().unwrap().commit().ok().unwrap();
        let highwater = Highwater::new(&data.path().join("state"));
        (data, open, highwater)
    }

    fn mark(revision: i64) -> Mark {
        Mark { revision, head: format!("head {revision}") }
    }

    #[test]
    fn without_a_mark_nothing_is_older() {
        let (_data, open, highwater) = open();
        assert_eq!(highwater.judge(&open, &mark(1), Some("a")), Ok(()));
    }

    #[test]
    fn what_has_come_as_far_or_further_is_as_it_should_be() {
        let (_data, open, highwater) = open();
        highwater.write(&open, &mark(7), None).unwrap();
        assert_eq!(highwater.judge(&open, &mark(7), Some("a")), Ok(()));
        assert_eq!(highwater.judge(&open, &mark(8), Some("a")), Ok(()));
        assert_eq!(highwater.known(&open), Some(mark(7)));
    }

    #[test]
    fn an_older_database_another_history_and_other_pages_are_told_apart() {
        let (_data, open, highwater) = open();
        highwater.write(&open, &mark(7), Some("a".into())).unwrap();
        assert_eq!(highwater.judge(&open, &mark(6), Some("a")), Err(Regress::Database));
        let other = Mark { head: "another".into(), ..mark(7) };
        assert_eq!(highwater.judge(&open, &other, Some("a")), Err(Regress::Database));
        assert_eq!(highwater.judge(&open, &mark(7), Some("b")), Err(Regress::Pages));
    }

    #[test]
    fn an_older_header_is_older_whatever_the_database_is() {
        let (_data, open, highwater) = open();
        open.header().seq = 5;
        highwater.write(&open, &mark(7), None).unwrap();
        open.header().seq = 4;
        assert_eq!(highwater.judge(&open, &mark(9), None), Err(Regress::Header));
    }

    #[test]
    fn a_mark_that_was_altered_does_not_pass() {
        let (data, open, highwater) = open();
        highwater.write(&open, &mark(7), None).unwrap();
        let file = data.path().join("state/highwater");
        let lower = std::fs::read_to_string(&file).unwrap().replace("\"revision\":7", "\"revision\":1");
        std::fs::write(&file, lower).unwrap();
        assert_eq!(highwater.judge(&open, &mark(7), None), Err(Regress::Mark));
        assert_eq!(highwater.known(&open), None);
    }

    #[test]
    fn a_page_that_was_put_back_changes_the_digest() {
        let (data, ..) = open();
        let file = data.path().join("pages");
        let mut pages = vec![1; 5 * PAGE];
        std::fs::write(&file, &pages).unwrap();
        let before = digest_of_pages(&file);
        pages[3 * PAGE - 1] = 2;
        std::fs::write(&file, &pages).unwrap();
        assert!(before.is_some() && digest_of_pages(&file) != before);
    }
}
