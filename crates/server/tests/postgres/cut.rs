//! Three programs under load, one of which loses its network to the database while the others keep theirs: it goes on by what it knows,
//! and what clients, vendor and log count is the same when the network is whole again.

use std::{collections::HashSet, thread::scope, time::Instant};

use rig_postgres::Wire;

use crate::{
    cluster::{Cluster, SERVERS, Served, wait_for},
    get,
    load::{ENOUGH, Load, Stop},
};

/// Nobody can tell a server that its network is cut: it says so when it has found out.
fn is_ready(served: &Served) -> bool {
    get(&served.address, "/readyz").starts_with("HTTP/1.1 200")
}

#[test]
fn a_program_whose_network_to_the_database_is_cut_goes_on_and_each_call_counts_once() {
    let cluster = Cluster::made();
    let wire = Wire::to(&cluster.postgres);
    let mut servers = vec![cluster.serve_by(0, &wire.url(&cluster.url))];
    servers.extend((1..SERVERS).map(|number| cluster.serve(number)));
    let load = Load::at(&servers);
    scope(|clients| {
        for client in 0..4 * SERVERS {
            let (load, cluster) = (&load, &cluster);
            clients.spawn(move || load.go_on(cluster, client % SERVERS));
        }
        // Whatever fails here, the clients end.
        let stop = Stop(&load.stopped);
        let all_answer = |since: Instant| {
            wait_for("a server does not answer", || {
                (0..SERVERS).all(|number| load.count(number, since) >= ENOUGH)
            });
        };
        all_answer(Instant::now());
        for _ in 0..2 {
            wire.swallow();
            all_answer(Instant::now());
            wait_for("usage does not go to the disk", || cluster.waiting(0) > 0);
            assert!(!is_ready(&servers[0]) && servers[1..].iter().all(is_ready));
            all_answer(Instant::now());
            wire.heal();
            wait_for("it does not find back to the database", || is_ready(&servers[0]));
            wait_for("usage still waits", || cluster.waiting(0) == 0);
            all_answer(Instant::now());
        }
        drop(stop);
    });
    servers.into_iter().for_each(Served::end);
    // A batch that was on its way over a connection of before the cut is given up at the end, and lies on disk for the next start.
    let again = cluster.serve(0);
    wait_for("what waited on disk does not come to the log", || cluster.waiting(0) == 0);
    again.end();
    let heard = load.heard.into_inner().unwrap();
    assert!(heard.iter().all(|(_, heard)| heard.status == 200), "no limit was in the way");
    let rows = cluster.by_hand("SELECT request_id FROM ai_provider_usage_logs");
    let (rows, logged): (Vec<&str>, HashSet<&str>) = (rows.lines().collect(), rows.lines().collect());
    let called: HashSet<&str> = heard.iter().map(|(_, heard)| &*heard.id).collect();
    let lost: Vec<_> = called.difference(&logged).collect();
    let strangers: Vec<_> = logged.difference(&called).collect();
    assert!(lost.is_empty() && strangers.is_empty(), "not in the log: {lost:?}; in it alone: {strangers:?}");
    assert_eq!((rows.len(), cluster.vendor_had()), (heard.len(), heard.len()), "each of them once");
    let counted = cluster.by_hand("SELECT sum(calls) FROM usage_days");
    assert_eq!(counted, heard.len().to_string(), "and once in the sums");
}
