//! A second instance on the same data folder shows the first one's window instead of its own.
//!
//! Who may own the folder is decided by the vault's file lock; this is only the bell on the owner's door. It is a
//! local socket (a named pipe on Windows) named after the folder, because a session bus is not always there.

use std::{
    io::{self, Read as _, Write as _},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name, Stream, prelude::*};
use sha2::{Digest as _, Sha256};

const BELL: &[u8; 6] = b"raise\n";
/// The owner takes the lock a moment before it can hear the bell.
const PATIENCE: Duration = Duration::from_secs(3);

/// Asks the instance that owns `folder` to show its window. Whether it was heard.
pub(crate) fn raise_the_other(folder: &Path) -> bool {
    let end = Instant::now() + PATIENCE;
    loop {
        match ring(folder) {
            Ok(()) => return true,
            Err(_) if Instant::now() < end => thread::sleep(Duration::from_millis(50)),
            Err(error) => {
                tracing::warn!(%error, "the other instance does not answer");
                return false;
            }
        }
    }
}

/// Calls `raise` whenever another instance rings. Without the bell the program is still whole, so failure is logged.
pub(crate) fn listen(folder: &Path, raise: impl Fn() + Send + 'static) {
    let listener = name_of(folder).and_then(|name| ListenerOptions::new().name(name).create_sync());
    match listener {
        Ok(listener) => {
            thread::spawn(move || listener.incoming().flatten().filter_map(heard).for_each(|()| raise()));
        }
        Err(error) => tracing::warn!(%error, "other instances cannot raise this window"),
    }
}

fn ring(folder: &Path) -> io::Result<()> {
    Stream::connect(name_of(folder)?)?.write_all(BELL)
}

fn heard(mut stream: Stream) -> Option<()> {
    // A caller that connects and says nothing must not keep the next one waiting for ever.
    stream.set_recv_timeout(Some(Duration::from_secs(1))).ok()?;
    let mut word = [0; BELL.len()];
    stream.read_exact(&mut word).ok()?;
    (&word == BELL).then_some(())
}

// A digest, because names are short, may hold no separators, and should not tell other users the folder's name.
fn name_of(folder: &Path) -> io::Result<Name<'static>> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("signalbox-{hex}.sock").to_ns_name::<GenericNamespaced>()
}
