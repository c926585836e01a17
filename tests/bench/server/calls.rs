//! The gateway's figures on both databases in the same rounds, beside a direct connection to the same mock and the bare pass-through
//! of the gateway's own bench: the machine's mood of a moment falls on all of them alike.

use std::time::Duration;

use anyhow::ensure;
use figures::{Figures, Goal, median};
use rig_postgres::Postgres;
use tokio::time::sleep;

use crate::{
    bound,
    child::Running,
    client::Way,
    load::{self, Measured},
    place::{self, Place, Served},
    resolve, shapes,
};

/// Calls a second of the open loop, and for how long: as in the gateway's own bench, whose four seconds of a round are five of this one.
const RATE: u32 = 2_000;
const OPEN: f64 = 1.25;
/// Calls a second at which processor time is compared, as in the gateway's own bench.
const SAME_RATE: u32 = 10_000;
/// After load, what was queued is still written; it is part of the load's cost.
const SETTLE: Duration = Duration::from_millis(400);
const PROMPT: &str = "What does this posting ask for?";
/// As in the gateway's own bench: some twenty thousand characters behind the question.
const LONG: (&str, usize) = ("Seven years of PostgreSQL and \"one\" compiled language. ", 360);

/// One way to the mock.
#[derive(Clone, Copy)]
enum Target {
    Direct,
    Pass,
    Embedded,
    Postgres,
}

const TARGETS: [Target; 4] = [Target::Direct, Target::Pass, Target::Embedded, Target::Postgres];

/// Names of figures of the two databases, and of the pass-through.
type Names = [&'static str; 3];

/// How calls come.
#[derive(Clone, Copy)]
enum Load {
    /// On 64 connections, each as soon as the one before is answered.
    AllThatGoes,
    /// At [`SAME_RATE`].
    AtOneRate,
}

struct Stage {
    ways: [Way; 4],
    pass: Running,
    servers: [Served; 2],
    seconds: f64,
}

/// What the pass-through and the two servers did under load: calls a second, and seconds of processor time of a thousand.
struct Full {
    rates: [f64; 3],
    costs: [f64; 3],
}

pub async fn measure(postgres: &Postgres, figures: &mut Figures) -> anyhow::Result<()> {
    let bench = place::beside()?.join("bench");
    ensure!(bench.exists(), "build the gateway's bench first: cargo xtask bench server does");
    let mock = Running::start(&bench, &["mock"], "")?;
    let pass = Running::start(&bench, &["pass", &mock.first_line], "")?;
    for (on, names) in [
        (None, ["resolve_p50_embedded", "resolve_p99_embedded"]),
        (Some(postgres), ["resolve_p50_postgres", "resolve_p99_postgres"]),
    ] {
        resolve::measure(on, &mock.first_line, names, figures).await?;
    }
    let places =
        [Place::make(None, &mock.first_line).await?, Place::make(Some(postgres), &mock.first_line).await?];
    let servers = [places[0].serve(0)?, places[1].serve(0)?];
    let ways = [
        Way::new(&mock.first_line, "none"),
        Way::new(&pass.first_line, "none"),
        servers[0].way(&places[0]),
        servers[1].way(&places[1]),
    ];
    let made = [ways[2].clone(), ways[3].clone()];
    servers.iter().try_for_each(Served::forget_peak)?;
    let stage = Stage { ways, pass, servers, seconds: bound("SECONDS", 4.0) };
    stage.rounds(figures).await?;
    for (server, name) in stage.servers.iter().zip(["peak_rss_embedded", "peak_rss_postgres"]) {
        figures.note(name, server.memory("VmHWM:")?, "MiB", Goal::AtMost(60.0));
    }
    let [embedded, shared] = stage.servers;
    embedded.end()?;
    shared.end()?;
    for (place, way) in places.iter().zip(&made) {
        let (logged, made) = (place.logged().await?, way.answered());
        ensure!(logged == made, "{made} calls were answered, and the log holds {logged}");
    }
    Ok(())
}

impl Stage {
    async fn rounds(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let one = self.compare(PROMPT, false, 1, 4, 0.2).await?;
        added(
            figures,
            &one,
            0.5,
            ["added_p50_c1_embedded", "added_p50_c1_postgres", "added_p50_c1_pass"],
            Goal::AtMost(0.25),
        );
        added(
            figures,
            &one,
            0.99,
            ["added_p99_c1_embedded", "added_p99_c1_postgres", "added_p99_c1_pass"],
            Goal::AtMost(1.0),
        );
        let waiting = format!("{PROMPT} {}", shapes::WAIT);
        let many = self.compare(&waiting, false, 16, 2, 1.0).await?;
        added(
            figures,
            &many,
            0.5,
            ["added_p50_c16_embedded", "added_p50_c16_postgres", "added_p50_c16_pass"],
            Goal::AtMost(0.7),
        );
        added(
            figures,
            &many,
            0.99,
            ["added_p99_c16_embedded", "added_p99_c16_postgres", "added_p99_c16_pass"],
            Goal::AtMost(2.0),
        );
        let first = self.compare(PROMPT, true, 1, 2, 1.0).await?;
        let names = ["first_token_p50_embedded", "first_token_p50_postgres", "first_token_p50_pass"];
        added(figures, &first, 0.5, names, Goal::AtMost(0.45));
        let names = ["first_token_p99_embedded", "first_token_p99_postgres", "first_token_p99_pass"];
        added(figures, &first, 0.99, names, Goal::AtMost(1.2));
        self.open(figures).await?;
        self.at_one_rate(figures).await?;
        self.full(figures).await
    }

    /// The same load on each target.
    async fn compare(
        &self,
        prompt: &str,
        stream: bool,
        connections: usize,
        rounds: usize,
        part: f64,
    ) -> anyhow::Result<[Measured; 4]> {
        let none = Measured::none;
        let mut compared = [none()?, none()?, none()?, none()?];
        for _ in 0..rounds {
            for target in TARGETS {
                let call = self.ways[target as usize].call(prompt, stream);
                let time = Duration::from_secs_f64(self.seconds * part);
                compared[target as usize].add(&load::closed(&call, connections, time).await?)?;
            }
        }
        Ok(compared)
    }

    /// Calls at a fixed rate, whether or not those before are answered.
    async fn open(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let none = Measured::none;
        let mut compared = [none()?, none()?, none()?, none()?];
        // Whole seconds are counted.
        let time = Duration::from_secs_f64((self.seconds * OPEN).max(1.0));
        for target in TARGETS {
            let call = self.ways[target as usize].call(PROMPT, false);
            compared[target as usize] = load::open(&call, RATE, time).await?;
        }
        let names =
            ["open_2000_added_p50_embedded", "open_2000_added_p50_postgres", "open_2000_added_p50_pass"];
        added(figures, &compared, 0.5, names, Goal::None);
        let names =
            ["open_2000_added_p99_embedded", "open_2000_added_p99_postgres", "open_2000_added_p99_pass"];
        added(figures, &compared, 0.99, names, Goal::None);
        Ok(())
    }

    /// What a call takes of the processor where all have as many.
    async fn at_one_rate(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let Full { costs: [pass, embedded, shared], .. } = self.loaded(PROMPT, 3, Load::AtOneRate).await?;
        figures.note("cpu_per_1000_at_10000_embedded", embedded, "s", Goal::AtMost(0.14));
        figures.note("cpu_per_1000_at_10000_postgres", shared, "s", Goal::AtMost(0.14));
        figures.note("cpu_per_1000_at_10000_pass", pass, "s", Goal::None);
        figures.note("cpu_over_pass_at_10000_embedded", embedded / pass, "x", Goal::AtMost(1.7));
        figures.note("cpu_over_pass_at_10000_postgres", shared / pass, "x", Goal::AtMost(1.7));
        Ok(())
    }

    /// All that the machine can do, with a short prompt and with a long one.
    async fn full(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let Full { rates: [pass, embedded, shared], costs } =
            self.loaded(PROMPT, 3, Load::AllThatGoes).await?;
        figures.note("requests_per_second_embedded", embedded, "1/s", Goal::AtLeast(10_000.0));
        figures.note("requests_per_second_postgres", shared, "1/s", Goal::AtLeast(10_000.0));
        figures.note("requests_per_second_pass", pass, "1/s", Goal::None);
        figures.note("share_of_pass_embedded", 100.0 * embedded / pass, "%", Goal::AtLeast(60.0));
        figures.note("share_of_pass_postgres", 100.0 * shared / pass, "%", Goal::AtLeast(60.0));
        let [pass, embedded, shared] = costs;
        figures.note("cpu_per_1000_embedded", embedded, "s", Goal::AtMost(0.14));
        figures.note("cpu_per_1000_postgres", shared, "s", Goal::AtMost(0.14));
        figures.note("cpu_per_1000_pass", pass, "s", Goal::None);
        figures.note("cpu_over_pass_c64_embedded", embedded / pass, "x", Goal::None);
        figures.note("cpu_over_pass_c64_postgres", shared / pass, "x", Goal::None);
        let long = format!("{PROMPT} {}", LONG.0.repeat(LONG.1));
        let Full { rates: [_, of_embedded, of_shared], costs: [pass, embedded, shared] } =
            self.loaded(&long, 2, Load::AllThatGoes).await?;
        figures.note("cpu_per_1000_20kb_embedded", embedded, "s", Goal::AtMost(0.18));
        figures.note("cpu_per_1000_20kb_postgres", shared, "s", Goal::AtMost(0.18));
        figures.note("cpu_per_1000_20kb_pass", pass, "s", Goal::None);
        figures.note("requests_per_second_20kb_embedded", of_embedded, "1/s", Goal::None);
        figures.note("requests_per_second_20kb_postgres", of_shared, "1/s", Goal::None);
        Ok(())
    }

    /// Medians of some rounds.
    async fn loaded(&self, prompt: &str, rounds: usize, load: Load) -> anyhow::Result<Full> {
        let (mut rates, mut costs): ([Vec<f64>; 3], [Vec<f64>; 3]) = Default::default();
        for _ in 0..rounds {
            for (place, target) in [Target::Pass, Target::Embedded, Target::Postgres].into_iter().enumerate()
            {
                let way = &self.ways[target as usize];
                let (before, answered) = (self.cpu(target)?, way.answered());
                let call = way.call(prompt, false);
                let measured = match load {
                    Load::AllThatGoes => {
                        load::closed(&call, 64, Duration::from_secs_f64(self.seconds)).await?
                    }
                    // Whole seconds are counted.
                    Load::AtOneRate => {
                        load::open(&call, SAME_RATE, Duration::from_secs_f64(self.seconds.max(1.0))).await?
                    }
                };
                sleep(SETTLE).await;
                let spent = self.cpu(target)? - before;
                rates[place].push(measured.rate());
                costs[place].push(1_000.0 * spent / (way.answered() - answered) as f64);
            }
        }
        Ok(Full { rates: rates.map(median), costs: costs.map(median) })
    }

    /// Seconds of processor time of whoever stands before the mock.
    fn cpu(&self, target: Target) -> anyhow::Result<f64> {
        match target {
            Target::Direct => Ok(0.0),
            Target::Pass => self.pass.cpu(),
            Target::Embedded => self.servers[0].cpu(),
            Target::Postgres => self.servers[1].cpu(),
        }
    }
}

/// What each way adds to the direct one.
fn added(figures: &mut Figures, compared: &[Measured; 4], quantile: f64, names: Names, goal: Goal) {
    let of = |target: Target| {
        compared[target as usize].ms(quantile) - compared[Target::Direct as usize].ms(quantile)
    };
    figures.note(names[0], of(Target::Embedded), "ms", goal);
    figures.note(names[1], of(Target::Postgres), "ms", goal);
    figures.note(names[2], of(Target::Pass), "ms", Goal::None);
}
