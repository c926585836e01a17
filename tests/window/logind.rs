//! logind on a bus of a test's own, as far as the program knows it: it waits with a sleep for whoever asked it to, and knows
//! one session.

use std::{
    io::{PipeReader, Read as _},
    os::fd::OwnedFd,
    sync::mpsc::{Receiver, Sender, channel},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use zbus::{
    blocking::{Connection, connection::Builder},
    fdo,
    zvariant::{self, OwnedObjectPath},
};

use crate::bus::Bus;

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
/// The session that the program runs in.
pub const OWN: &str = "/org/freedesktop/login1/session/_31";
const PATIENCE: Duration = Duration::from_secs(40);

/// The service.
pub struct Logind {
    connection: Connection,
    asked: Receiver<PipeReader>,
}

/// A sleep that is held back.
pub struct Held(PipeReader);

/// Whoever asks is given the other end.
struct Manager(Sender<PipeReader>);

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Manager {
    fn inhibit(&self, what: &str, _who: &str, _why: &str, mode: &str) -> fdo::Result<zvariant::OwnedFd> {
        if (what, mode) != ("sleep", "delay") {
            return Err(fdo::Error::InvalidArgs(format!("{what} {mode}")));
        }
        let (held, holder) = std::io::pipe().map_err(|error| fdo::Error::IOError(error.to_string()))?;
        let _ = self.0.send(held);
        Ok(OwnedFd::from(holder).into())
    }

    fn get_session(&self, _id: &str) -> fdo::Result<OwnedObjectPath> {
        OwnedObjectPath::try_from(OWN).map_err(|error| fdo::Error::Failed(error.to_string()))
    }
}

impl Logind {
    /// Starts it.
    pub fn start(bus: &Bus) -> anyhow::Result<Self> {
        let (tell, asked) = channel();
        let connection =
            Builder::address(bus.address.as_str())?.name(NAME)?.serve_at(PATH, Manager(tell))?.build()?;
        Ok(Self { connection, asked })
    }

    /// Waits until somebody asked to hold the next sleep back.
    pub fn held(&self) -> anyhow::Result<Held> {
        self.asked.recv_timeout(PATIENCE).map(Held).context("nobody holds the sleep back")
    }

    /// A sleep begins, or is over.
    pub fn sleeps(&self, begins: bool) -> anyhow::Result<()> {
        Ok(self.connection.emit_signal(None::<&str>, PATH, MANAGER, "PrepareForSleep", &(begins,))?)
    }

    /// A session is locked.
    pub fn locks(&self, session: &str) -> anyhow::Result<()> {
        let interface = "org.freedesktop.login1.Session";
        Ok(self.connection.emit_signal(None::<&str>, session, interface, "Lock", &())?)
    }
}

impl Held {
    /// Waits until nobody holds it back any more.
    pub fn until_let_go(mut self) -> anyhow::Result<()> {
        let (tell, told) = channel();
        // On a thread of its own, which nobody waits for if it never ends.
        std::thread::spawn(move || tell.send(self.0.read(&mut [0])));
        let read = told.recv_timeout(PATIENCE).context("the sleep is held back for good")??;
        ensure!(read == 0, "somebody wrote into what holds a sleep back");
        Ok(())
    }
}
