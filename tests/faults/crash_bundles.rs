//! kill -9 while a server puts bundles in force: its serial, its configurations, its route and its log of acts are of one bundle.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use bundle::SigningKey;
use journeys::share::{Dice, Suite, trials};
use serde_json::json;
use server::{Options, Site, bundle::Trusted, config::Config};

const ISSUER: &str = "signalbox/0123456789abcdef0123456789abcdef";

fn start(data: &Path, key: &SigningKey) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_applies-until-killed"))
        .arg(data)
        .arg(ISSUER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(key.text().expose().as_bytes()).unwrap();
    child
}

/// Lets it put bundles in force for a while, kills it, and returns the last serial that it acknowledged.
fn kill_after(mut child: Child, pause: Duration) -> u64 {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    // The moment of death is the point of the trial, so this wait is for nothing that could be observed.
    std::thread::sleep(pause);
    child.kill().unwrap();
    child.wait().unwrap();
    let last = lines.map_while(Result::ok).last().unwrap_or(first);
    last.split(' ').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_bundle_whose_acceptance_was_killed_is_in_force_with_its_serial_or_neither_is() {
    let suite = Suite::begin("kill_9_while_applying_bundles");
    let kills = trials(40, 200);
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data_dir: folder.path().join("data"), ..Config::default() };
    let key = SigningKey::make(ISSUER, "sb-2026-1").unwrap();
    let file = folder.path().join("key.json");
    std::fs::write(&file, key.public().file()).unwrap();
    let site = Site::make(&config).await.unwrap();
    let print = key.public().fingerprint().to_string();
    let trusted = server::bundle::trust(&site, &file, Some(&print), &Options::default().now).await.unwrap();
    assert!(matches!(trusted, Trusted::Key { .. }));
    site.close().await;
    let mut dice = Dice(3036);
    let (mut accepted, mut ahead) = (0, 0);
    for trial in 0..kills {
        let told = kill_after(start(&config.data_dir, &key), Duration::from_micros(dice.below(60_000)));
        let site = Site::open(&config).await.unwrap();
        let (_, all) = server::bundle::show(&site).await.unwrap();
        let serial = u64::try_from(all[0].serial).unwrap();
        // One more may be there than was acknowledged: it was on disk when the process died before saying so.
        assert!((told..=told + 1).contains(&serial), "trial {trial}: {serial} where {told} was acknowledged");
        ahead += u64::from(serial == told + 1);
        assert!(told > accepted, "trial {trial}: {told} was acknowledged after {accepted}");
        accepted = serial;
        let numbers: [u8; 2] = if serial.is_multiple_of(2) { [1, 2] } else { [2, 3] };
        let store = site.store().embedded().unwrap();
        let serving = store.serving().await.unwrap();
        let mut names: Vec<String> =
            serving.providers.into_iter().map(|one| one.draft.display_name).collect();
        names.sort();
        assert_eq!(names, numbers.map(|number| format!("Number {serial} of {number}")), "trial {trial}");
        let route = serving.routes.iter().find(|route| route.task.as_str() == "extraction").unwrap();
        let chain = route.chain.iter().map(|member| member.provider.0.as_u128()).collect::<Vec<_>>();
        assert_eq!(chain, numbers.map(u128::from), "trial {trial}");
        let entry = store.audit_entries(1).await.unwrap().remove(0);
        assert_eq!(entry.action, "bundle.apply", "trial {trial}");
        store.check().await.unwrap();
        assert_eq!(site.store().verify_audit(Vec::new()).await.unwrap().broken, None, "trial {trial}");
        site.close().await;
    }
    assert!(accepted > u64::try_from(kills).unwrap(), "fewer bundles than kills: nothing was interrupted");
    suite.survived(kills, kills, json!({ "bundles": accepted, "on_disk_unsaid": ahead }));
}
