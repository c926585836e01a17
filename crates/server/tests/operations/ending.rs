//! Ending while calls are under way.

use std::{io::Read, net::TcpStream, thread, time::Duration};

use server::{Site, config::Config};
use simulator::{Fault, Options, Simulator};

use crate::program::{OPENAI_KEY, PATIENCE, Place, Served, chat, send, wait_for};

async fn slow_vendor(seconds: u64) -> Simulator {
    let slow = Options { slow_delay: Duration::from_secs(seconds), ..Options::default() };
    Simulator::start_with(slow).await.unwrap()
}

/// Makes a call, and comes back when the vendor has it.
fn under_way(simulator: &Simulator, served: &mut Served, token: &str) -> thread::JoinHandle<String> {
    let at = served.told("applications make calls at http://");
    let request = chat(&at, token, false);
    simulator.clear_journal();
    let answered = thread::spawn(move || send(&at, &request));
    wait_for("the vendor is not asked", || simulator.journal().iter().any(|one| one.method == "POST"));
    answered
}

async fn calls_in_the_log(place: &Place) -> u64 {
    let config =
        Config { data_dir: place.data(), root_key: Some(place.path("root.key")), ..Config::default() };
    let site = Site::open(&config).await.unwrap();
    let (calls, _) = site.store().embedded().unwrap().usage_of(1).await.unwrap();
    site.close().await;
    calls
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_under_way_is_answered_and_counted_when_the_program_is_told_to_end() {
    let (place, simulator) = (Place::made(), slow_vendor(2).await);
    let token = place.seeded(&simulator);
    let mut served = place.serve(&[]);
    simulator.set_fault(OPENAI_KEY, Some(Fault::Slow));
    let answered = under_way(&simulator, &mut served, &token);
    let at = served.told("applications make calls at http://");
    served.signal("TERM");
    wait_for("it still listens", || TcpStream::connect(&at).is_err());
    let answer = answered.join().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let (status, _) = served.ended();
    assert!(status.success(), "{}", served.log());
    assert_eq!(calls_in_the_log(&place).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_never_answers_does_not_hold_it_up() {
    let (place, simulator) = (Place::made(), slow_vendor(2).await);
    let token = place.seeded(&simulator);
    let mut served = place.serve(&["--finish-within-s", "1"]);
    simulator.set_fault(OPENAI_KEY, Some(Fault::Stall));
    let answered = under_way(&simulator, &mut served, &token);
    served.signal("TERM");
    let answer = answered.join().unwrap();
    assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("it is ending"), "{answer}");
    let (status, took) = served.ended();
    assert!(status.success() && took < Duration::from_secs(30), "{took:?}: {}", served.log());
    assert_eq!(calls_in_the_log(&place).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_stops_what_is_under_way() {
    let (place, simulator) = (Place::made(), slow_vendor(2).await);
    let token = place.seeded(&simulator);
    let mut served = place.serve(&["--finish-within-s", "3000"]);
    simulator.set_fault(OPENAI_KEY, Some(Fault::Stall));
    let answered = under_way(&simulator, &mut served, &token);
    served.signal("TERM");
    wait_for("the first signal is not heard", || served.log().contains("\"ending"));
    served.signal("TERM");
    assert!(answered.join().unwrap().starts_with("HTTP/1.1 503"));
    assert!(served.ended().0.success(), "{}", served.log());
}

#[test]
fn idle_connections_do_not_hold_it_up() {
    let place = Place::made();
    let mut served = place.serve(&[]);
    let at = served.told("listening on http://");
    let mut idle: Vec<_> = (0..50).map(|_| TcpStream::connect(&at).unwrap()).collect();
    served.signal("TERM");
    let (status, took) = served.ended();
    assert!(status.success() && took < Duration::from_secs(20), "{took:?}");
    for connection in &mut idle {
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        assert_eq!(connection.read(&mut [0; 1]).unwrap_or(0), 0);
    }
}
