//! What comes in from outside: `deny.toml` held against the lock file and each package's own word. cargo-deny reads the same
//! file, and the licences' texts besides; but it is a tool that a machine may not have, and these rules always hold.

use std::{collections::BTreeSet, fs, sync::LazyLock};

use cargo_metadata::{Metadata, MetadataCommand, Package};
use serde::{Deserialize, de::DeserializeOwned};
use spdx::{Expression, Licensee, ParseMode};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[derive(Deserialize)]
struct Rules {
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
}

#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    wildcards: String,
    deny: Vec<Ban>,
}

#[derive(Deserialize)]
struct Ban {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    unknown_registry: String,
    unknown_git: String,
    allow_git: Vec<String>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    source: Option<String>,
    checksum: Option<String>,
}

fn text(file: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{file}")).unwrap()
}

fn read<T: DeserializeOwned>(file: &str) -> T {
    toml::from_str(&text(file)).unwrap()
}

/// Everything that any system's build, or a test, is made with, as the lock file has it.
fn supplies() -> &'static Metadata {
    // Cargo reads a thousand manifests for it.
    static SUPPLIES: LazyLock<Metadata> = LazyLock::new(|| {
        let mut command = MetadataCommand::new();
        command.manifest_path(format!("{ROOT}/Cargo.toml")).other_options(["--locked".to_owned()]);
        command.exec().unwrap()
    });
    &SUPPLIES
}

fn is_ours(metadata: &Metadata, package: &Package) -> bool {
    metadata.workspace_members.contains(&package.id)
}

fn foreign(metadata: &Metadata) -> impl Iterator<Item = &Package> {
    metadata.packages.iter().filter(|package| !is_ours(metadata, package))
}

fn licensees(names: &[String]) -> Vec<Licensee> {
    names.iter().map(|name| Licensee::parse(name).unwrap_or_else(|error| panic!("{name}: {error}"))).collect()
}

/// Whether one of the choices that its authors give is allowed altogether. Older packages write a slash for "or".
fn is_satisfied(licence: &str, allowed: &[Licensee]) -> bool {
    let expression = Expression::parse_mode(licence, ParseMode::LAX).unwrap();
    expression.evaluate(|asked| allowed.iter().any(|licensee| licensee.satisfies(asked)))
}

#[test]
fn each_package_has_a_licence_that_is_allowed_or_excepted_by_its_name() {
    let (metadata, rules) = (supplies(), read::<Rules>("deny.toml").licenses);
    let allowed = licensees(&rules.allow);
    let mut refused = Vec::new();
    for package in foreign(metadata) {
        let excepted = rules.exceptions.iter().filter(|one| one.name == package.name.as_str());
        let mut allowed = allowed.clone();
        allowed.extend(excepted.flat_map(|one| licensees(&one.allow)));
        if !package.license.as_deref().is_some_and(|licence| is_satisfied(licence, &allowed)) {
            refused.push((package.name.as_str(), package.license.as_deref()));
        }
    }
    assert!(refused.is_empty(), "neither allowed nor excepted in deny.toml: {refused:?}");
}

#[test]
fn each_exception_is_needed_and_its_licence_has_a_reason_above_it() {
    let (metadata, rules) = (supplies(), read::<Rules>("deny.toml").licenses);
    let allowed = licensees(&rules.allow);
    for Exception { name, allow } in &rules.exceptions {
        let needed = foreign(metadata).any(|package| {
            package.name.as_str() == name
                && package.license.as_deref().is_some_and(|licence| !is_satisfied(licence, &allowed))
        });
        assert!(needed, "{name} needs no exception for {allow:?} any more");
    }
    let text = text("deny.toml");
    let lines = text.lines().skip_while(|line| !line.starts_with("exceptions = [")).skip(1);
    let (mut reason, mut licence, mut seen) = (false, None, 0);
    for line in lines.take_while(|line| *line != "]").map(str::trim) {
        if line.starts_with('#') {
            (reason, licence) = (true, None);
            continue;
        }
        seen += 1;
        let its = line.split_once("allow = ").map(|(_, its)| its);
        assert!(reason && its.is_some(), "no reason stands above {line}");
        assert_eq!(*licence.get_or_insert(its), its, "the reason above {line} is another licence's");
    }
    assert_eq!(seen, rules.exceptions.len(), "each exception has a line of its own");
}

#[test]
fn everything_comes_from_the_registry_with_a_checksum_or_is_ours() {
    let rules = read::<Rules>("deny.toml").sources;
    assert_eq!((rules.unknown_registry.as_str(), rules.unknown_git.as_str()), ("deny", "deny"));
    assert!(rules.allow_git.is_empty(), "{:?}", rules.allow_git);
    let metadata = supplies();
    for package in &metadata.packages {
        let from_registry = package.source.as_ref().is_some_and(|source| source.is_crates_io());
        let ours = package.source.is_none() && is_ours(metadata, package);
        assert!(from_registry || ours, "{} comes from {:?}", package.name, package.source);
    }
    let lock = read::<Lock>("Cargo.lock").package;
    for locked in lock.iter().filter(|locked| locked.source.is_some()) {
        let whole = locked.checksum.as_ref().is_some_and(|sum| sum.len() == 64);
        assert!(whole, "{} {} has no checksum", locked.name, locked.version);
    }
    let locked: BTreeSet<(&str, &str)> =
        lock.iter().map(|locked| (locked.name.as_str(), locked.version.as_str())).collect();
    for package in &metadata.packages {
        let version = package.version.to_string();
        assert!(locked.contains(&(package.name.as_str(), version.as_str())), "{} {version}", package.name);
    }
}

#[test]
fn nothing_that_is_banned_comes_in_and_nobody_asks_for_any_version_at_all() {
    let (metadata, rules) = (supplies(), read::<Rules>("deny.toml").bans);
    for Ban { name, reason } in &rules.deny {
        assert!(!reason.is_empty(), "{name} is banned without a reason");
        assert!(foreign(metadata).all(|package| package.name.as_str() != name), "{name} came in: {reason}");
    }
    assert_eq!(rules.wildcards, "deny");
    for package in metadata.packages.iter().filter(|package| is_ours(metadata, package)) {
        for asked in package.dependencies.iter().filter(|asked| asked.path.is_none()) {
            assert_ne!(asked.req.to_string(), "*", "{} asks for any {}", package.name, asked.name);
        }
    }
}

/// The rules can fail: what each refuses, shown by a licence of its kind.
#[test]
fn a_licence_is_satisfied_by_one_of_its_choices_and_by_nothing_less() {
    let allowed = licensees(&["MIT".into(), "Apache-2.0".into(), "Apache-2.0 WITH LLVM-exception".into()]);
    for good in
        ["MIT", "MIT OR GPL-3.0-only", "GPL-2.0/MIT", "MIT AND Apache-2.0", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(is_satisfied(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0-only", "MIT AND CC0-1.0", "MPL-2.0", "Apache-2.0 WITH GCC-exception-3.1"] {
        assert!(!is_satisfied(bad, &allowed), "{bad}");
    }
}
