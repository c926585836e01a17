//! Clients that are many: as many as may be are held and served, and whoever comes then waits at the door. The program is one of its own
//! here, because each side needs a file for each connection.

use std::{
    env,
    io::{ErrorKind, Read, Write},
    net::TcpStream,
};

use rustix::process::{Resource, getrlimit, setrlimit};
use simulator::Simulator;

use crate::program::{PATIENCE, Place, chat, get, wait_for};

/// Files that are no connections, and connections that are not held.
const OTHERS: usize = 50;
/// So many of those that are held are asked in the end.
const ASKED: usize = 50;
const PROBE: &[u8] = b"HEAD /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";

fn many() -> usize {
    if env::var_os("SIGNALBOX_FULL").is_some() { 10_000 } else { 500 }
}

/// Lets this process have so many files; the server lets itself.
fn allow(files: usize) {
    let (mut limit, files) = (getrlimit(Resource::Nofile), u64::try_from(files).unwrap());
    let has_room = limit.maximum.is_none_or(|most| most >= files);
    assert!(has_room, "this takes {files} open files, and `ulimit -Hn` allows fewer: {:?}", limit.maximum);
    limit.current = limit.current.map(|now| now.max(files));
    setrlimit(Resource::Nofile, limit).unwrap();
}

/// Connections that a server has open, the one that asks among them.
fn open(figures: &str) -> usize {
    let text = get(figures.strip_suffix("/metrics").unwrap(), "/metrics");
    let line = text.lines().find_map(|line| line.strip_prefix("signalbox_connections "));
    line.unwrap_or_else(|| panic!("{text}")).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_connections_are_held_and_served_and_the_next_is_answered() {
    let many = many();
    // Those of the other tests of this process come on top.
    allow(many + 20 * OTHERS);
    let (place, simulator) = (Place::made(), Simulator::start().await.unwrap());
    let token = place.seeded(&simulator);
    let most = (many + OTHERS).to_string();
    let mut served = place.serve(&["--max-connections", &most, "--metrics", "127.0.0.1:0"]);
    let at = served.told("applications make calls at http://");
    let figures = served.told("figures are at http://");
    // All but the last byte: the server has each of them in hand, and waits a minute for what is missing.
    let request = chat(&at, &token, false);
    let (most_of_it, last) = request.split_at(request.len() - 1);
    let mut held: Vec<TcpStream> = (0..many)
        .map(|_| {
            let mut connection = TcpStream::connect(&at).unwrap();
            connection.set_read_timeout(Some(PATIENCE)).unwrap();
            connection.write_all(most_of_it.as_bytes()).unwrap();
            connection
        })
        .collect();
    wait_for("not all are accepted", || open(&figures) > many);
    let next = get(&at, "/healthz");
    assert!(next.starts_with("HTTP/1.1 200"), "{next}");
    for connection in held.iter_mut().step_by(many / ASKED) {
        connection.write_all(last.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let journal = simulator.journal();
    let had = journal.iter().filter(|one| one.method == "POST").count();
    assert_eq!(had, ASKED, "those that were not said whole are no calls");
    drop(held);
    wait_for("connections that ended are not given up", || open(&figures) < OTHERS);
}

/// Asks, and reads the whole answer, which is a head alone; the connection stays.
fn ask(connection: &mut TcpStream) {
    connection.write_all(PROBE).unwrap();
    answered(connection);
}

fn answered(connection: &mut TcpStream) {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        connection.read_exact(&mut byte).unwrap();
        answer.push(byte[0]);
    }
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}

#[test]
fn one_more_than_may_be_waits_until_another_leaves() {
    let place = Place::made();
    let mut served = place.serve(&["--max-connections", "5"]);
    let at = served.told("listening on http://");
    let connect = || {
        let connection = TcpStream::connect(&at).unwrap();
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        connection
    };
    let mut five: Vec<TcpStream> = (0..5).map(|_| connect()).collect();
    five.iter_mut().for_each(ask);
    let mut sixth = connect();
    sixth.write_all(PROBE).unwrap();
    // They are served meanwhile, and later than it asked.
    five.iter_mut().for_each(ask);
    sixth.set_nonblocking(true).unwrap();
    let nothing = sixth.peek(&mut [0]).expect_err("more are served than may be");
    assert_eq!(nothing.kind(), ErrorKind::WouldBlock);
    sixth.set_nonblocking(false).unwrap();
    drop(five.pop());
    answered(&mut sixth);
    five.iter_mut().for_each(ask);
}
