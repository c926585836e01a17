//! A network between a server and its database, which can be cut as networks are: nobody is told. What is sent while it is cut is
//! taken and never arrives, and connections that were open then stay dead when it is whole again, as behind a firewall that has
//! forgotten them. The database goes on with what it heard before.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use crate::Postgres;

/// Bytes that travel at once.
const PIECE: usize = 64 * 1024;

/// A way to a PostgreSQL.
pub struct Wire {
    address: SocketAddr,
    target: SocketAddr,
    net: Arc<Mutex<Net>>,
}

#[derive(Default)]
struct Net {
    is_cut: bool,
    /// It is cut behind these bytes.
    trap: Option<Vec<u8>>,
    lines: Vec<Weak<Line>>,
}

/// One connection.
struct Line {
    is_dead: AtomicBool,
    client: TcpStream,
    server: TcpStream,
}

impl Wire {
    /// A network that is whole, until this process ends.
    pub fn to(postgres: &Postgres) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, target) = (listener.local_addr().unwrap(), postgres.address());
        let net = Arc::<Mutex<Net>>::default();
        let lines = Arc::clone(&net);
        thread::spawn(move || {
            for client in listener.incoming().filter_map(Result::ok) {
                // While the database is down nobody is there, and that is told.
                if let Ok(server) = TcpStream::connect(target) {
                    begin(&lines, client, server);
                }
            }
        });
        Self { address, target, net }
    }

    /// The address of a database by this way.
    pub fn url(&self, direct: &str) -> String {
        direct.replace(&self.target.to_string(), &self.address.to_string())
    }

    /// Cuts it.
    pub fn swallow(&self) {
        held(&self.net).cut();
    }

    /// Cuts it when one side has sent this: it arrives, and its answer does not.
    pub fn swallow_behind(&self, sent: &[u8]) {
        held(&self.net).trap = Some(sent.to_vec());
    }

    /// Whether it is cut.
    pub fn is_cut(&self) -> bool {
        held(&self.net).is_cut
    }

    /// Makes it whole, for connections to come.
    pub fn heal(&self) {
        let mut net = held(&self.net);
        net.is_cut = false;
        net.trap = None;
    }
}

impl Net {
    fn cut(&mut self) {
        self.is_cut = true;
        for line in self.lines.drain(..).filter_map(|line| line.upgrade()) {
            line.is_dead.store(true, Ordering::SeqCst);
        }
    }

    /// Cuts it if these bytes hold what it waits for; how many of them may be the beginning of that.
    fn heard(&mut self, sent: &[u8]) -> usize {
        let Some(trap) = &self.trap else { return 0 };
        let may_begin = trap.len() - 1;
        if sent.windows(trap.len()).any(|piece| piece == trap) {
            self.trap = None;
            self.cut();
        }
        may_begin
    }
}

fn held(net: &Mutex<Net>) -> MutexGuard<'_, Net> {
    net.lock().unwrap_or_else(PoisonError::into_inner)
}

fn begin(net: &Arc<Mutex<Net>>, client: TcpStream, server: TcpStream) {
    let (from_client, from_server) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    let line = {
        let mut net = held(net);
        let line = Arc::new(Line { is_dead: AtomicBool::new(net.is_cut), client, server });
        if !net.is_cut {
            net.lines.push(Arc::downgrade(&line));
        }
        line
    };
    let (back, net) = (Arc::clone(&line), Arc::clone(net));
    thread::spawn(move || {
        let mut tail = Vec::new();
        line.carry(from_client, &line.server, |sent| {
            // What is waited for may come in two pieces.
            tail.extend_from_slice(sent);
            let kept = held(&net).heard(&tail);
            tail.drain(..tail.len().saturating_sub(kept));
        });
    });
    thread::spawn(move || back.carry(from_server, &back.client, |_| {}));
}

impl Line {
    /// Until one side ends, which the other hears unless it is cut.
    fn carry(&self, mut from: TcpStream, mut to: &TcpStream, mut passing: impl FnMut(&[u8])) {
        let mut piece = vec![0; PIECE];
        loop {
            let read = from.read(&mut piece).unwrap_or(0);
            let was_dead = self.is_dead.load(Ordering::SeqCst);
            if read == 0 {
                if !was_dead {
                    // The other may have ended it already.
                    let _ = to.shutdown(Shutdown::Both);
                }
                return;
            }
            if was_dead {
                continue;
            }
            passing(&piece[..read]);
            if to.write_all(&piece[..read]).is_err() {
                let _ = from.shutdown(Shutdown::Both);
                return;
            }
        }
    }
}
