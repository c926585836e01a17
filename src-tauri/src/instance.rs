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

use desk::StartError;
use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name, Stream, prelude::*};
use model::link::LINK_LIMIT;
use sha2::{Digest as _, Sha256};

const BELL: &[u8; 6] = b"raise\n";
/// Before a link: its length follows in four bytes, the highest first, and then the link.
const LINK: &[u8; 6] = b"link:\n";
const RAISED: &[u8; 7] = b"raised\n";
/// The owner takes the lock a moment before it can hear the bell, and gives it back a moment after it stops answering.
const PATIENCE: Duration = Duration::from_secs(8);
const AGAIN: Duration = Duration::from_millis(50);
/// For one word from the other side.
const ANSWER: Duration = Duration::from_secs(2);

/// Longest link that is passed on: one byte more than is read, so that one that is too long is refused as such.
const LONGEST: usize = LINK_LIMIT + 1;

/// What became of a second instance.
pub(crate) enum Entry<T> {
    /// The folder was free, or became so: this is now the owner.
    Own(T),
    /// The owner says that its window is in front.
    Raised,
}

/// Takes the folder with `open`, or has its owner show its window. An owner that is just closing does neither, so that
/// a person who closes the window and opens it again at once gets a window.
///
/// # Errors
/// Those of `open`. [`StartError::InUse`] only when the owner does not answer for all the time.
pub(crate) fn enter<T>(
    folder: &Path,
    link: Option<&str>,
    open: impl Fn() -> Result<T, StartError>,
) -> Result<Entry<T>, StartError> {
    let end = Instant::now() + PATIENCE;
    loop {
        match open() {
            Ok(owned) => return Ok(Entry::Own(owned)),
            Err(StartError::InUse) => match ring(folder, link) {
                Ok(()) => return Ok(Entry::Raised),
                Err(_) if Instant::now() < end => thread::sleep(AGAIN),
                Err(error) => {
                    tracing::warn!(%error, "the other instance does not answer");
                    return Err(StartError::InUse);
                }
            },
            Err(error) => return Err(error),
        }
    }
}

/// Calls `raise` whenever another instance rings, and tells it when the window is in front; `take_in` gets the link that it
/// was started with. Whoever rings may be any program of this computer, and a link from it is as good as from anybody.
/// Without the bell the program is still whole, so failure is logged.
pub(crate) fn listen(
    folder: &Path,
    raise: impl Fn() -> bool + Send + 'static,
    take_in: impl Fn(&str) + Send + 'static,
) {
    let listener = name_of(folder).and_then(|name| ListenerOptions::new().name(name).create_sync());
    match listener {
        Ok(listener) => {
            thread::spawn(move || {
                listener.incoming().flatten().for_each(|stream| answer(stream, &raise, &take_in))
            });
        }
        Err(error) => tracing::warn!(%error, "other instances cannot raise this window"),
    }
}

/// Rings, and waits for the word that the window is in front: a bell that only lies in a dying process's queue was not
/// heard.
fn ring(folder: &Path, link: Option<&str>) -> io::Result<()> {
    let mut stream = Stream::connect(name_of(folder)?)?;
    be_patient_for(&stream, ANSWER)?;
    stream.write_all(&rung(link))?;
    let mut word = [0; RAISED.len()];
    stream.read_exact(&mut word)?;
    if &word == RAISED { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// What is said to the owner. A link that is too long is cut where it can only be refused.
fn rung(link: Option<&str>) -> Vec<u8> {
    let Some(link) = link else { return BELL.to_vec() };
    let bytes = link.floor_char_boundary(LONGEST);
    let bytes = &link.as_bytes()[..bytes];
    let length = u32::try_from(bytes.len()).unwrap_or(0).to_be_bytes();
    [LINK.as_slice(), &length, bytes].concat()
}

fn answer(mut stream: Stream, raise: &impl Fn() -> bool, take_in: &impl Fn(&str)) {
    let heard = heard(&mut stream).filter(|_| raise());
    let raised = heard.map(|link| {
        link.iter().for_each(|link| take_in(link));
        stream.write_all(RAISED)
    });
    if let Some(Err(error)) = raised {
        tracing::debug!(%error, "the other instance went away");
    }
}

/// Whether somebody rang, and with which link.
fn heard(stream: &mut Stream) -> Option<Option<String>> {
    // A caller that connects and says nothing must not keep the next one waiting for ever.
    be_patient_for(stream, ANSWER).ok()?;
    let mut word = [0; BELL.len()];
    stream.read_exact(&mut word).ok()?;
    if &word != LINK {
        return (&word == BELL).then_some(None);
    }
    let mut length = [0; 4];
    stream.read_exact(&mut length).ok()?;
    let length = usize::try_from(u32::from_be_bytes(length)).ok().filter(|length| *length <= LONGEST)?;
    let mut link = vec![0; length];
    stream.read_exact(&mut link).ok()?;
    String::from_utf8(link).ok().map(Some)
}

/// Windows' pipes know no time-out; there the other side's end ends the wait.
fn be_patient_for(stream: &Stream, time: Duration) -> io::Result<()> {
    match stream.set_recv_timeout(Some(time)) {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        result => result,
    }
}

// A digest, because names are short, may hold no separators, and should not tell other users the folder's name.
fn name_of(folder: &Path) -> io::Result<Name<'static>> {
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("signalbox-{hex}.sock").to_ns_name::<GenericNamespaced>()
}
