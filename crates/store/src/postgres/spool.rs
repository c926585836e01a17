//! Where usage waits while the database is away: a folder of files, one a batch, each whole and on disk before its calls count as
//! taken. It is bounded; when it is full, whoever logs has to wait. Calls are no secrets: names, numbers and times, no content.

mod noted;

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use super::logged::Logged;
use crate::StoreError;
use noted::Noted;

/// Bytes that may wait: some two million calls.
const MOST_BYTES: u64 = 1024 * 1024 * 1024;
/// A file that is larger was not written here.
const MOST_OF_FILE: u64 = 64 * 1024 * 1024;
const ENDING: &str = "calls";

/// The folder.
pub(super) struct Spool {
    folder: PathBuf,
    bytes: AtomicU64,
    files: AtomicU64,
    /// Held by whoever writes or deletes.
    next: Mutex<u64>,
    /// When the database refused usage, unless it took some since.
    refused_at: Mutex<Option<Instant>>,
    noted: Noted,
    /// Whether files of a process that was killed may be there.
    has_left: AtomicBool,
}

impl Spool {
    pub(super) fn open(folder: &Path) -> io::Result<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
        let noted = Noted::of(folder);
        let spool = Self {
            folder: folder.to_owned(),
            bytes: AtomicU64::new(0),
            files: AtomicU64::new(0),
            next: Mutex::new(1),
            refused_at: Mutex::new(None),
            has_left: AtomicBool::new(noted.are_there()?),
            noted,
        };
        let files = spool.list()?;
        let bytes = files.iter().filter_map(|(_, file)| fs::metadata(file).ok()).map(|data| data.len()).sum();
        spool.bytes.store(bytes, Ordering::Relaxed);
        spool.files.store(files.len() as u64, Ordering::Relaxed);
        *spool.held() = files.last().map_or(1, |(number, _)| number + 1);
        Ok(spool)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.load(Ordering::Relaxed) == 0 && !self.has_left.load(Ordering::Relaxed)
    }

    /// Nothing more is put here.
    pub(super) fn close(&self) {
        self.noted.close();
    }

    /// The database refused usage just now.
    pub(super) fn refused(&self) {
        *self.refused_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    /// The database takes usage again.
    pub(super) fn accepted(&self) {
        *self.refused_at.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether the database refused usage so short a time ago.
    pub(super) fn was_used_within(&self, time: Duration) -> bool {
        let refused_at = *self.refused_at.lock().unwrap_or_else(PoisonError::into_inner);
        refused_at.is_some_and(|refused_at| refused_at.elapsed() < time)
    }

    /// Puts a batch on disk.
    pub(super) async fn put(self: &Arc<Self>, calls: Arc<[Logged]>) -> Result<(), StoreError> {
        let spool = Arc::clone(self);
        in_background(move || spool.write(&calls)).await
    }

    /// Whatever waits, longest first.
    pub(super) async fn files(self: &Arc<Self>) -> Result<Vec<PathBuf>, StoreError> {
        let spool = Arc::clone(self);
        let look = move || {
            if spool.has_left.load(Ordering::Relaxed) {
                spool.take_over()?;
                spool.has_left.store(false, Ordering::Relaxed);
            }
            spool.list()
        };
        let files = in_background(look).await?;
        Ok(files.into_iter().map(|(_, file)| file).collect())
    }

    /// The calls of the first of these files, about so many, and of how many files they are.
    pub(super) async fn read(
        self: &Arc<Self>,
        files: &[PathBuf],
        calls: usize,
    ) -> Result<(Vec<Logged>, usize), StoreError> {
        let (spool, files) = (Arc::clone(self), files.to_vec());
        in_background(move || {
            let (mut all, mut read) = (Vec::new(), 0);
            for file in &files {
                all.extend(spool.read_one(file)?);
                read += 1;
                if all.len() >= calls {
                    break;
                }
            }
            Ok((all, read))
        })
        .await
    }

    /// Their calls are in the log.
    pub(super) async fn remove(self: &Arc<Self>, files: &[PathBuf]) -> Result<(), StoreError> {
        let (spool, files) = (Arc::clone(self), files.to_vec());
        in_background(move || {
            let _one = spool.held();
            for file in &files {
                let length = fs::metadata(file).map_or(0, |data| data.len());
                match fs::remove_file(file) {
                    Ok(()) => spool.forget(length),
                    // Another delivery was quicker, or it was put aside.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(())
        })
        .await
    }

    fn held(&self) -> MutexGuard<'_, u64> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, calls: &[Logged]) -> io::Result<()> {
        let text = serde_json::to_vec(calls)?;
        let mut next = self.held();
        if self.bytes.load(Ordering::Relaxed).saturating_add(text.len() as u64) > MOST_BYTES {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let whole = self.folder.join(format!("{:012}.{ENDING}", *next));
        let part = whole.with_extension("part");
        let mut file = File::create(&part)?;
        file.write_all(&text)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&part, &whole)?;
        #[cfg(unix)]
        File::open(&self.folder)?.sync_all()?;
        *next += 1;
        self.bytes.fetch_add(text.len() as u64, Ordering::Relaxed);
        self.files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn read_one(&self, file: &Path) -> io::Result<Vec<Logged>> {
        let length = match fs::metadata(file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            data => data?.len(),
        };
        let text = if length <= MOST_OF_FILE { fs::read(file)? } else { Vec::new() };
        if let Ok(calls) = serde_json::from_slice(&text) {
            return Ok(calls);
        }
        // Somebody changed it. It must not keep back what is good, and is kept for whoever looks into it.
        tracing::error!(file = %file.display(), "a file of waiting usage is damaged, and was put aside");
        let _one = self.held();
        fs::rename(file, file.with_extension("damaged"))?;
        self.forget(length);
        Ok(Vec::new())
    }

    fn forget(&self, length: u64) {
        let less = |count: &AtomicU64, by: u64| {
            let _ =
                count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |all| Some(all.saturating_sub(by)));
        };
        less(&self.bytes, length);
        less(&self.files, 1);
    }

    /// Files by number.
    fn list(&self) -> io::Result<Vec<(u64, PathBuf)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let file = entry?.path();
            let number = file.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok());
            if let Some(number) = number.filter(|_| file.extension().is_some_and(|ending| ending == ENDING)) {
                files.push((number, file));
            }
        }
        files.sort();
        Ok(files)
    }
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Io)?;
    done.map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull => StoreError::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        _ => StoreError::Io,
    })
}
