//! What comes with the program for whoever operates it: the unit is one that systemd understands, and what is written of the container
//! is a configuration that the server starts with.

use std::fs;

use rcgen::{CertificateParams, KeyPair};

use crate::program::Place;

const CONTAINER: &str = include_str!("../../deploy/Containerfile");
const GUIDE: &str = include_str!("../../../../docs/guide/server.md");

/// Variables that the container is run with, by name.
fn variables(text: &str) -> Vec<(String, String)> {
    let given = text.split_whitespace().filter_map(|word| word.split_once('='));
    let ours = given.filter(|(name, _)| name.starts_with("SIGNALBOX_SERVER_"));
    ours.map(|(name, value)| (name.to_owned(), value.trim_matches('`').to_owned())).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn the_unit_is_one_that_systemd_understands() {
    const UNIT: &str = include_str!("../../deploy/signalbox-server.service");
    const INSTALLED: &str = "/usr/local/bin/signalbox-server";
    let place = Place::new();
    let verify = |unit: &str| {
        let file = place.path("signalbox-server.service");
        fs::write(&file, unit.replace(INSTALLED, env!("CARGO_BIN_EXE_signalbox-server"))).unwrap();
        let output = std::process::Command::new("systemd-analyze")
            .args(["verify", "--man=no"])
            .arg(&file)
            .output()
            .ok()?;
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        // Of units that it knows beside ours it may tell as well.
        Some(told.lines().filter(|line| line.contains("signalbox")).collect::<Vec<_>>().join("\n"))
    };
    assert_eq!(UNIT.matches(INSTALLED).count(), 2);
    let Some(told) = verify(UNIT) else {
        assert!(std::env::var_os("CI").is_none(), "systemd-analyze is missing");
        // Past the test runner, which swallows what a passing test prints.
        if let Ok(mut terminal) = fs::File::options().write(true).open("/dev/tty") {
            use std::io::Write as _;
            let _ =
                writeln!(terminal, "NOT RUN: the unit is not verified, because there is no systemd-analyze");
        }
        return;
    };
    assert_eq!(told, "");
    let wrong = verify(&UNIT.replace("ProtectClock=", "ProtectClok=")).unwrap();
    assert!(wrong.contains("ProtectClok"), "it finds nothing: {wrong}");
}

#[test]
fn the_container_is_run_with_a_configuration_that_the_server_starts_with() {
    let (header, image) = CONTAINER.split_once("\nFROM ").unwrap();
    let given = variables(header);
    let names: Vec<&str> =
        given.iter().map(|(name, _)| name.strip_prefix("SIGNALBOX_SERVER_").unwrap()).collect();
    assert_eq!(names, ["LISTEN", "TLS_CERTIFICATE", "TLS_KEY", "TRUSTED_PROXIES"]);
    assert_eq!(variables(GUIDE), given[..3], "the guide says the same");
    let place = Place::new();
    let key = KeyPair::generate().unwrap();
    let certificate =
        CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    for (name, pem) in [("fullchain.pem", certificate.pem()), ("privkey.pem", key.serialize_pem())] {
        fs::write(place.path(name), pem).unwrap();
    }
    let check = |given: &[(String, String)]| {
        let mut command = place.command();
        for (name, value) in given {
            let file = place.path(value.rsplit('/').next().unwrap());
            let value = if name.contains("_TLS_") { file.to_str().unwrap() } else { value };
            command.env(name, value);
        }
        command.args(["config", "check"]).output().unwrap().status.success()
    };
    assert!(check(&given[..3]), "with a certificate");
    let proxy = ("SIGNALBOX_SERVER_TRUSTED_PROXIES".to_owned(), "10.88.0.1".to_owned());
    assert!(check(&[given[0].clone(), proxy]), "behind a proxy");
    assert!(!check(&given[..1]), "with neither it would speak to everyone without TLS");
    // What the image itself sets: the key, which is given as a secret of this name and to this user.
    let set = variables(image);
    let (name, file) = &set[0];
    assert_eq!((set.len(), name.as_str()), (1, "SIGNALBOX_SERVER_ROOT_KEY"));
    let secret = file.rsplit('/').next().unwrap();
    let (_, user) = image.split_once("USER ").unwrap();
    let user = user.split(':').next().unwrap();
    assert_eq!(header.matches(&format!("--secret {secret},uid={user},mode=0400")).count(), 2);
    assert!(header.contains("signalbox-server init\n"), "the database is made by it");
    assert!(image.contains(" ca-certificates "), "no vendor is reached without");
}
