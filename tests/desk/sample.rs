//! The vault of invented data that `--demo` opens.

use std::collections::BTreeMap;

use desk::{Desk, Folders, sample::Sample};
use journeys::{FakeHost, now, options};
use model::ProviderType;
use serde_json::{Value, json};
use simulator::Simulator;

#[tokio::test]
async fn the_sample_vault_has_something_on_every_page_and_its_first_task_is_served() {
    let (data, simulator) = (tempfile::tempdir().unwrap(), Simulator::start().await.unwrap());
    let base_urls: BTreeMap<ProviderType, String> =
        ProviderType::ALL.into_iter().map(|kind| (kind, simulator.base_url(kind))).collect();
    let password = Sample { base_urls, bulk: None }.fill(Folders::under(data.path())).await.unwrap();
    let host = FakeHost::new();
    host.set_wall_clock(now());
    let desk = Desk::open(host, Folders::under(data.path()), options()).unwrap();
    let send = async |command: &str, request: Value| -> Value {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await.unwrap();
        serde_json::from_str(&reply).unwrap()
    };
    send("unlock_vault", json!({ "password": password })).await;
    let list = send("list_providers", json!({})).await;
    assert_eq!(list["providers"].as_array().unwrap().len(), 9);
    let used = |provider: &&Value| provider["usage"]["calls_7d"].as_u64().is_some_and(|calls| calls > 0);
    assert_eq!(list["providers"].as_array().unwrap().iter().filter(used).count(), 7);
    let routing = send("view_routing", json!({})).await;
    let modes: Vec<&Value> =
        routing["routes"].as_array().unwrap().iter().map(|route| &route["mode"]).collect();
    assert_eq!(modes, ["chain", "split", "chain", "auto"]);
    assert_eq!(routing["routes"][0]["chain"].as_array().unwrap().len(), 3);
    assert_eq!(send("list_prompts", json!({})).await.as_array().unwrap().len(), 1);
    let health = send("view_health", json!({})).await;
    assert_eq!(health["incidents"][0]["calls_moved"], 23);
    let measured =
        |provider: &&Value| provider["p50_ms"].is_u64() && provider["day"]["good"].as_u64() > Some(1);
    assert!(health["providers"].as_array().unwrap().iter().filter(measured).count() >= 5, "{health}");
    let prompt = send("list_prompts", json!({})).await[0].clone();
    let ask = json!({ "run": 1, "target": { "task": "extraction" }, "request": prompt["request"] });
    let end = send("run_prompt", ask).await;
    assert_eq!(end["answered"]["fallbacks"], json!([]), "{end}");
    // Tasks keep whatever each of them needs: nobody of their chains is turned away for that.
    for task in ["cv_draft", "cover_letter", "validation"] {
        let explain = json!({ "task": task, "request": null, "sticky": null });
        let explanation = send("explain_route", explain).await;
        assert!(explanation["rule"].is_string(), "{task}: {explanation}");
    }
}
