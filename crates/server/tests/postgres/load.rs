//! Three programs under load: one limit over all of them, one of them killed, and a budget that is reached.

use std::{
    collections::HashSet,
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{scope, sleep},
    time::{Duration, Instant},
};

use crate::{
    cluster::{Cluster, Heard, SERVERS, Served, at_once, wait_for},
    done, get,
};

/// What a killed server has to have answered, so that the test says something.
pub const ENOUGH: usize = 20;

#[test]
fn a_thousand_callers_at_three_programs_never_overshoot_one_limit() {
    const CAP: u64 = 6_000;
    let cluster = Cluster::made();
    cluster.by_hand(&format!("UPDATE ai_provider_configs SET daily_token_limit = {CAP}"));
    let servers: Vec<Served> = (0..SERVERS).map(|number| cluster.serve(number)).collect();
    let mut statuses = at_once(1_000, |caller| {
        let address = &servers[caller % SERVERS].address;
        // Until it is refused, but no longer than all of it would take if nothing were.
        let calls = (0..5).map(|_| cluster.call(address).expect("a call is not answered").status);
        let mut answered: Vec<u16> = Vec::new();
        for status in calls {
            answered.push(status);
            if status != 200 {
                break;
            }
        }
        answered
    });
    // What the thousand had reserved and did not take serves whoever comes afterwards.
    for served in &servers {
        loop {
            let status = cluster.call(&served.address).expect("a call is not answered").status;
            statuses.push(status);
            if status == 429 {
                break;
            }
        }
    }
    servers.into_iter().for_each(Served::end);
    // 503 is told where a block is not granted in time, which a busy computer may take too long for.
    assert!(statuses.iter().all(|status| [200, 429, 503].contains(status)), "{statuses:?}");
    let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
    let (good, refused) = (count(200), count(429));
    assert!(refused > 0, "{good} good, {refused} refused");
    let rows: usize = cluster.by_hand("SELECT count(*) FROM ai_provider_usage_logs").parse().unwrap();
    assert_eq!((rows, cluster.vendor_had()), (good, good), "clients, vendor and log count the same");
    // By the day, as the limit is.
    let tokens = "SELECT max(tokens) FROM (SELECT sum(total_tokens) AS tokens FROM ai_provider_usage_logs
                  GROUP BY created_at / 86400000) of_days";
    let tokens: u64 = cluster.by_hand(tokens).parse().unwrap();
    assert!(tokens <= CAP, "{tokens} of {CAP}");
    // The rest are pieces of blocks, each smaller than a call may need.
    assert!(
        tokens > CAP * 3 / 4,
        "{tokens} of {CAP} for {good} calls: it is refused long before it is used up"
    );
    let granted: u64 = cluster.by_hand("SELECT max(granted) FROM usage_leases").parse().unwrap();
    assert!((tokens..=CAP).contains(&granted), "{granted} granted for {tokens} of {CAP}");
}

/// What clients heard, by the number of the server.
#[derive(Default)]
pub struct Load {
    pub heard: Mutex<Vec<(usize, Heard)>>,
    pub stopped: AtomicBool,
    addresses: Mutex<Vec<String>>,
}

impl Load {
    pub fn at(servers: &[Served]) -> Self {
        let addresses = servers.iter().map(|served| served.address.clone()).collect();
        Self { addresses: Mutex::new(addresses), ..Self::default() }
    }

    /// A client of a server.
    pub fn go_on(&self, cluster: &Cluster, number: usize) {
        while !self.stopped.load(Ordering::SeqCst) {
            let address = self.addresses.lock().unwrap()[number].clone();
            match cluster.call(&address) {
                Some(heard) => self.heard.lock().unwrap().push((number, heard)),
                // It is dead.
                None => sleep(Duration::from_millis(20)),
            }
        }
    }

    /// Calls that a server answered well since a moment.
    pub fn count(&self, number: usize, from: Instant) -> usize {
        let is_in = |heard: &Heard| heard.status == 200 && heard.at > from;
        self.heard.lock().unwrap().iter().filter(|(of, heard)| *of == number && is_in(heard)).count()
    }

    /// Kills the first server when it has answered enough since. Its clients ask on, so that it dies between their answers. Says what it
    /// left behind of calls that may not be in the log.
    fn kill_first(&self, cluster: &Cluster, served: Served, since: Instant) -> Vec<PathBuf> {
        wait_for("the first server does not answer", || self.count(0, since) >= ENOUGH);
        served.kill();
        let left = cluster.noted(0);
        assert!(!left.is_empty(), "a server puts down what it answers");
        left
    }

    fn back(&self, cluster: &Cluster) -> Served {
        let (served, back) = (cluster.serve(0), Instant::now());
        self.addresses.lock().unwrap()[0].clone_from(&served.address);
        wait_for("it does not answer again", || self.count(0, back) >= ENOUGH);
        served
    }
}

#[test]
fn a_program_that_is_killed_under_load_loses_no_call_that_it_answered_and_none_is_counted_twice() {
    let cluster = Cluster::made();
    let mut servers: Vec<Served> = (0..SERVERS).map(|number| cluster.serve(number)).collect();
    let load = Load::at(&servers);
    scope(|clients| {
        for client in 0..4 * SERVERS {
            let (load, cluster) = (&load, &cluster);
            clients.spawn(move || load.go_on(cluster, client % SERVERS));
        }
        // Whatever fails here, the clients end.
        let stop = Stop(&load.stopped);
        let mut left = load.kill_first(&cluster, servers.remove(0), Instant::now());
        let served = load.back(&cluster);
        // And once more while the database is away: what it had by then waits on its disk.
        cluster.postgres.kill();
        left.extend(load.kill_first(&cluster, served, Instant::now()));
        assert!(cluster.data(0).join("waiting-usage").read_dir().unwrap().next().is_some());
        cluster.postgres.restart();
        servers.push(load.back(&cluster));
        wait_for("nobody takes over what a killed server left", || left.iter().all(|file| !file.exists()));
        drop(stop);
    });
    // What waits is brought to the log by each while it runs.
    wait_for("usage still waits", || (0..SERVERS).all(|number| cluster.waiting(number) == 0));
    servers.into_iter().for_each(Served::end);
    let rows = cluster.by_hand("SELECT request_id FROM ai_provider_usage_logs");
    let (rows, ids): (Vec<&str>, HashSet<&str>) = (rows.lines().collect(), rows.lines().collect());
    assert_eq!(rows.len(), ids.len(), "a call is in the log twice");
    assert!(rows.len() <= cluster.vendor_had(), "a call is in the log that the vendor never had");
    for (number, heard) in load.heard.into_inner().unwrap() {
        assert_eq!(heard.status, 200, "server {number}");
        assert!(ids.contains(&*heard.id), "server {number}: a call that was answered is not in the log");
    }
    let verified = done(&cluster.data(0), &cluster.url, &["usage", "verify"]);
    assert!(verified.contains(&format!("{} calls, ", rows.len())), "{verified}");
    assert!(verified.contains("all as the calls add up"), "{verified}");
}

/// Stops the clients.
pub struct Stop<'a>(pub &'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn sums_are_verified_and_made_anew_at_the_console_beside_servers_that_run() {
    let cluster = Cluster::made();
    let served = cluster.serve(0);
    for _ in 0..3 {
        assert_eq!(cluster.call(&served.address).unwrap().status, 200);
    }
    wait_for("usage is not in the log", || {
        cluster.by_hand("SELECT coalesce(sum(calls), 0) FROM usage_days") == "3"
    });
    let usage = |command: &str| crate::run(&cluster.data(1), &cluster.url, &["usage", command]);
    let said = |output: &std::process::Output| crate::text(&output.stdout);
    let verified = usage("verify");
    assert!(verified.status.success() && said(&verified).contains("3 calls, "), "{}", said(&verified));
    cluster.by_hand("UPDATE ai_provider_usage_logs SET output_tokens = output_tokens + 1 WHERE id = 1");
    let changed = usage("verify");
    assert_eq!(changed.status.code(), Some(2), "{}", said(&changed));
    assert!(said(&changed).contains("the first that differs"), "{}", said(&changed));
    assert!(said(&usage("rebuild")).contains("3 calls, "));
    assert!(usage("verify").status.success());
    assert_eq!(cluster.call(&served.address).unwrap().status, 200);
    served.end();
    assert!(said(&usage("verify")).contains("4 calls, "));
}

#[test]
fn a_budget_that_is_reached_stands_in_the_figures_and_once_in_the_log() {
    let cluster = Cluster::made();
    let served = cluster.serve(0);
    assert_eq!(cluster.call(&served.address).unwrap().status, 200);
    served.end();
    let spent = "SELECT sum(cost_pico_usd) FROM ai_provider_usage_logs";
    let spent: u64 = cluster.by_hand(spent).parse().unwrap();
    for (scope, key, amount) in [("whole", "", spent * 100 / 85), ("task", "extraction", spent * 10)] {
        cluster.by_hand(&format!(
            "INSERT INTO budgets (revision, scope, scope_key, period, amount_pico_usd, created_at, updated_at)
             VALUES (1, '{scope}', '{key}', 'month', {amount}, 0, 0)"
        ));
    }
    let served = cluster.serve(0);
    let figure = |budget: u8| {
        let figures = get(&served.figures, "/metrics");
        let start = format!("signalbox_budget_spent_ratio{{budget=\"{budget}\"}} ");
        figures.lines().find_map(|line| line.strip_prefix(&start)?.parse::<f64>().ok())
    };
    wait_for("no budget is in the figures", || figure(1).is_some() && figure(2).is_some());
    assert!((0.85..0.86).contains(&figure(1).unwrap()), "{:?}", figure(1));
    assert!((0.09..0.11).contains(&figure(2).unwrap()), "{:?}", figure(2));
    served.end();
    let log = cluster.log(0);
    let told: Vec<&str> = log.lines().filter(|line| line.contains("so much of a budget is spent")).collect();
    assert_eq!(told.len(), 1, "{log}");
    assert!(told[0].contains("\"budget\":1") && told[0].contains("\"percent\":80"), "{}", told[0]);
    assert!(!told[0].contains("extraction"));
}
