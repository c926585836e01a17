//! What Tauri grants the window is exactly the list of commands: nothing of Tauri's own, nothing forgotten.

use std::collections::BTreeSet;

use model::COMMAND_NAMES;
use serde_json::Value;

const CAPABILITIES: &str = include_str!("../../src-tauri/capabilities/main.json");
const CONFIGURATION: &str = include_str!("../../tauri.conf.json");

#[test]
fn the_window_is_granted_every_command_of_the_list_and_nothing_else() {
    let capabilities: Value = serde_json::from_str(CAPABILITIES).unwrap();
    let granted: Vec<&str> =
        capabilities["permissions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let wanted: BTreeSet<String> =
        COMMAND_NAMES.iter().map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert_eq!(granted.len(), wanted.len());
    assert_eq!(granted.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn the_grant_is_for_our_own_window_and_our_own_page() {
    let capabilities: Value = serde_json::from_str(CAPABILITIES).unwrap();
    assert_eq!(capabilities["windows"], serde_json::json!(["main"]));
    assert_eq!(capabilities["local"], true);
    assert!(capabilities.get("remote").is_none());
}

#[test]
fn the_configuration_keeps_its_walls() {
    let security = serde_json::from_str::<Value>(CONFIGURATION).unwrap()["app"]["security"].clone();
    assert_eq!(security["freezePrototype"], true);
    let policy = security["csp"].as_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';")
    );
    for hole in ["unsafe-inline", "'unsafe-eval'", "*", "data:", "https:"] {
        assert!(!policy.contains(hole), "{hole} is in the policy");
    }
}
