//! The house's arrows: which room may depend on which, and which crate is seen by one room alone.

mod supplies;

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// A room may use what stands here and nothing else of ours. Tests and xtask may use anything.
const ARROWS: [(&str, &[&str]); 19] = [
    ("model", &[]),
    // For benches, so no room of the product may use it.
    ("figures", &[]),
    // A PostgreSQL for tests.
    ("rig-postgres", &[]),
    ("charts", &["model"]),
    ("ui", &["charts", "model"]),
    ("vault", &["model"]),
    ("store", &["model"]),
    // Invented traffic: for the demo of desk, for benches and tests.
    ("sample", &["model", "store"]),
    ("import", &["model"]),
    ("share", &["model"]),
    // Through which it sees age.
    ("bundle", &["model", "share"]),
    ("sync", &["model"]),
    ("providers", &["model"]),
    ("simulator", &["model"]),
    ("insights", &["model"]),
    ("gateway", &["model", "providers", "store"]),
    (
        "desk",
        &[
            "bundle",
            "charts",
            "gateway",
            "import",
            "insights",
            "model",
            "providers",
            "sample",
            "share",
            "store",
            "sync",
            "vault",
        ],
    ),
    ("signalbox", &["desk", "model"]),
    ("server", &["bundle", "gateway", "insights", "model", "providers", "store", "vault"]),
];

/// Crates that one room alone may see, or each that stands here.
const KEPT: [(&str, &str); 18] = [
    ("tauri", "signalbox"),
    ("gtk", "signalbox"),
    ("sqlx", "store"),
    ("sqlx-core", "store"),
    ("libsqlite3-sys", "store"),
    ("keyring-core", "vault"),
    ("zbus-secret-service-keyring-store", "vault"),
    ("age", "share"),
    ("argon2", "vault"),
    ("fernet", "vault"),
    ("reqwest", "providers"),
    ("reqwest", "sync"),
    // For traces.
    ("reqwest", "server"),
    ("jsonwebtoken", "server"),
    ("yew", "ui"),
    ("plotters", "charts"),
    ("plotters-backend", "charts"),
    ("resvg", "charts"),
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap()
}

fn is_for_tests(package: &Package) -> bool {
    ["journeys", "xtask"].contains(&package.name.as_str())
}

fn dependencies(package: &Package) -> BTreeSet<&str> {
    let lasting =
        package.dependencies.iter().filter(|dependency| dependency.kind != DependencyKind::Development);
    lasting.map(|dependency| dependency.name.as_str()).collect()
}

#[test]
fn no_room_depends_on_one_that_it_must_not_know() {
    let metadata = metadata();
    let rooms: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.into_iter().collect();
    for package in metadata.packages.iter().filter(|package| !is_for_tests(package)) {
        let allowed =
            allowed.get(package.name.as_str()).unwrap_or_else(|| panic!("{} has no arrows", package.name));
        for used in dependencies(package).intersection(&rooms) {
            assert!(allowed.contains(used), "{} must not depend on {used}", package.name);
        }
    }
}

#[test]
fn each_kept_crate_is_seen_by_its_room_alone() {
    for package in metadata().packages.iter().filter(|package| !is_for_tests(package)) {
        for (kept, _) in KEPT {
            let seen = dependencies(package).contains(kept);
            let may = KEPT.contains(&(kept, package.name.as_str()));
            assert!(!seen || may, "{} must not depend on {kept}", package.name);
        }
    }
}
