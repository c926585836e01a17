//! A configuration that is wrong, and one that is not.

use std::fs;

use crate::program::Place;

#[test]
fn every_fault_is_told_at_once_with_its_place_and_nothing_is_served() {
    let place = Place::new();
    let file = place.path("server.toml");
    fs::write(&file, "listn = \"127.0.0.1:1\"\n\nmax_connections = \"many\"\nlog = \"loud=very\"\n").unwrap();
    for command in [vec!["config", "check"], vec!["serve"]] {
        let mut refused = place.command();
        refused.arg("--config").arg(&file).args(command).args(["--metrics", "nowhere"]);
        let refused = refused.env("SIGNALBOX_SERVER_GATEWAY", "everywhere").output().unwrap();
        assert!(!refused.status.success());
        let told = String::from_utf8(refused.stderr).unwrap();
        let at = |line: usize| format!("{}:{line}: ", file.display());
        for start in [&at(1), &at(3), &at(4), "SIGNALBOX_SERVER_GATEWAY: `gateway`", "--metrics: `metrics`"] {
            assert!(told.lines().any(|line| line.starts_with(start)), "{start}: {told}");
        }
        assert!(told.contains("did you mean `listen`?"), "{told}");
    }
}

#[test]
fn beyond_this_computer_it_wants_tls_or_a_proxy() {
    let place = Place::new();
    let check = |more: &[&str]| {
        let mut check = place.command();
        let output =
            check.args(["--listen", "0.0.0.0:8640"]).args(more).args(["config", "check"]).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (is_good, told) = check(&[]);
    assert!(!is_good && told.contains("--listen: listening on 0.0.0.0:8640 without TLS"), "{told}");
    assert!(check(&["--trusted-proxies", "10.0.0.2"]).0);
    let (is_good, told) = check(&["--tls-certificate", "/nowhere/a.pem", "--tls-key", "/nowhere/b.pem"]);
    assert!(!is_good && told.contains("--tls-certificate: the certificate's file cannot be read"), "{told}");
    let (is_good, told) = check(&["--tls-certificate", "/nowhere/a.pem"]);
    assert!(!is_good && told.contains("has no key"), "{told}");
}

#[test]
fn the_example_is_right_but_for_the_certificate_that_it_names() {
    let place = Place::new();
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/deploy/server.toml");
    let output = place.command().args(["--config", example, "config", "check"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 2, "{told}");
    assert!(told.contains("the certificate's file cannot be read"), "{told}");
}
