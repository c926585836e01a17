//! What is in the app and in its page, as CycloneDX 1.5.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::{process, workspace};

/// How a list is called until it is where it belongs.
const LIST: &str = "signalbox-materials";
/// Each with the folder of its manifest, and with its target where that is not this computer.
const SHIPPED: [(&str, &str, Option<&str>); 2] =
    [("signalbox", "", None), ("signalbox-page", "ui", Some("wasm32-unknown-unknown"))];
/// What cargo knows as a tool of a build alone, though its sources are linked in: the package, and whose build links it.
const LINKED: (&str, &str) = ("openssl-src", "openssl-sys");

/// Writes both lists, dated by the commit.
///
/// # Errors
/// A list cannot be made or written.
pub(super) fn write(program: &Path, commit_time: &str) -> anyhow::Result<()> {
    let written = SHIPPED.iter().try_for_each(|(name, folder, target)| {
        let folder = workspace::root().join(folder);
        let mut list = process::command(program, ["cyclonedx", "--format", "json", "--spec-version", "1.5"]);
        list.args(["--no-build-deps", "--override-filename", LIST]);
        list.arg("--manifest-path").arg(folder.join("Cargo.toml")).env("SOURCE_DATE_EPOCH", commit_time);
        list.args(target.iter().flat_map(|target| ["--target", target]));
        process::run(list)?;
        let file = folder.join(format!("{LIST}.json"));
        let list = fs::read_to_string(&file).with_context(|| format!("{} was not made", file.display()))?;
        let to = workspace::made(&format!("bundle/{name}.cdx.json"));
        fs::write(&to, finished(&list, &metadata(&[])?)?)?;
        println!("{}", to.display());
        Ok(())
    });
    // It lies beside the manifest of every member of the workspace.
    for list in made()? {
        fs::remove_file(&list).with_context(|| format!("{} cannot be deleted", list.display()))?;
    }
    written
}

/// With what is linked in besides, and without the folder of this checkout.
fn finished(list: &str, metadata: &Value) -> anyhow::Result<String> {
    const OURS: &str = "path+file:///";
    let root = workspace::root().display().to_string().replace('\\', "/");
    let list = list.replace(&format!("{OURS}{}", root.trim_start_matches('/')), OURS);
    let list = list.replace(&format!("{OURS}/"), OURS);
    let mut list: Value = serde_json::from_str(&list).context("the list of materials is not JSON")?;
    add_linked(&mut list, metadata)?;
    Ok(serde_json::to_string_pretty(&list)?)
}

fn add_linked(list: &mut Value, metadata: &Value) -> anyhow::Result<()> {
    let (name, by) = LINKED;
    let by = format!("#{by}@");
    let is_by = |one: &Value| one["ref"].as_str().is_some_and(|id| id.contains(&by));
    let Some(links) =
        list["dependencies"].as_array_mut().and_then(|all| all.iter_mut().find(|one| is_by(one)))
    else {
        return Ok(());
    };
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.find(|one| one["name"] == name).with_context(|| format!("there is no {name}"))?;
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    if let Some(links) = links["dependsOn"].as_array_mut() {
        links.push(text("id").into());
    }
    let component = json!({
        "type": "library",
        "bom-ref": text("id"),
        "name": name,
        "version": text("version"),
        "description": text("description"),
        "scope": "required",
        "licenses": [{ "expression": text("license").replace('/', " OR ") }],
        "purl": format!("pkg:cargo/{name}@{}", text("version").replace('+', "%2B")),
    });
    let parts = [("components", component), ("dependencies", json!({ "ref": text("id"), "dependsOn": [] }))];
    for (name, part) in parts {
        list[name].as_array_mut().with_context(|| format!("the list has no {name}"))?.push(part);
    }
    Ok(())
}

fn metadata(options: &[&str]) -> anyhow::Result<Value> {
    let call = ["metadata", "--format-version", "1"].iter().chain(options);
    serde_json::from_str(&process::output(process::cargo(call))?).context("cargo metadata is not JSON")
}

fn made() -> anyhow::Result<Vec<PathBuf>> {
    let metadata = metadata(&["--no-deps"])?;
    let manifests = metadata["packages"].as_array().into_iter().flatten();
    let beside = manifests.filter_map(|package| package["manifest_path"].as_str());
    Ok(beside
        .map(|manifest| PathBuf::from(manifest).with_file_name(format!("{LIST}.json")))
        .filter(|list| list.is_file())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openssl_is_listed_and_the_checkouts_folder_is_not() {
        let (root, index) = (workspace::root().display().to_string(), "registry+https://index");
        let links = json!({ "ref": format!("{index}#openssl-sys@0.9.1"), "dependsOn": [] });
        let desk = format!("path+file://{root}/crates/desk#0.1.0");
        let list = json!({ "components": [{ "bom-ref": desk }], "dependencies": [links] });
        let id = format!("{index}#openssl-src@300.6.1+3.6.3");
        let package = json!({ "name": "openssl-src", "version": "300.6.1+3.6.3", "id": id, "license": "MIT/Apache-2.0" });
        let list = finished(&list.to_string(), &json!({ "packages": [package] })).unwrap();
        assert!(!list.contains(&root), "{list}");
        let list: Value = serde_json::from_str(&list).unwrap();
        assert_eq!(list["components"][0]["bom-ref"], "path+file:///crates/desk#0.1.0");
        assert_eq!(list["components"][1]["purl"], "pkg:cargo/openssl-src@300.6.1%2B3.6.3");
        assert_eq!(list["components"][1]["licenses"][0]["expression"], "MIT OR Apache-2.0");
        assert_eq!(list["dependencies"][0]["dependsOn"], json!([id]));
    }

    #[test]
    fn a_list_in_which_nobody_links_it_stays_as_it_is() {
        let list = json!({ "components": [], "dependencies": [] });
        let read: Value = serde_json::from_str(&finished(&list.to_string(), &json!({})).unwrap()).unwrap();
        assert_eq!(read, list);
    }
}
