//! Health and incidents over HTTP.

use model::{ProviderId, ProviderType::OpenAi, health::HealthState};
use serde_json::{Value, json};
use simulator::Fault;
use store::NewIncident;

use crate::room::{Room, Session};

const HEALTH: &str = "/api/v1/super-admin/providers/health";
const INCIDENTS: &str = "/api/v1/super-admin/providers/incidents";
const KEY: &str = "test-openai-key-0001";

async fn with_one() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    let mut body = room.create_body(OpenAi, "gpt-4o-mini", KEY);
    body["default_for_extraction"] = json!(true);
    room.create(&session, &body).await.data();
    (room, session)
}

#[tokio::test]
async fn a_configuration_is_unknown_until_it_is_asked_and_then_up_or_not() {
    let (room, session) = with_one().await;
    let before = room.get(&session, HEALTH).await;
    let one = &before.data()["configs"][0];
    assert_eq!(
        one,
        &json!({
            "config_id": 1, "provider_type": "openai", "display_name": "OpenAI gpt-4o-mini",
            "model_name": "gpt-4o-mini", "is_active": true, "state": "unknown", "reason": one["reason"],
            "breaker": "closed", "breaker_until": null, "last_hour": { "good": 0, "bad": 0 },
            "last_day": { "good": 0, "bad": 0 }, "half_hours": vec![json!({ "good": 0, "bad": 0 }); 48],
            "p50_ms": null, "p95_ms": null, "tasks": [{ "task": "extraction", "place": 1 }], "checked_at": null,
        })
    );
    let checked = room.ask(&session, "POST", &format!("{HEALTH}/check"), None).await;
    let one = &checked.data()["configs"][0];
    assert_eq!((&one["state"], &one["last_hour"]), (&json!("up"), &json!({ "good": 1, "bad": 0 })));
    assert!(one["checked_at"].is_string() && checked.data()["probe_every_s"].as_u64() > Some(0));
    room.simulator.set_fault(KEY, Some(Fault::BadKey));
    let checked = room.ask(&session, "POST", &format!("{HEALTH}/check"), None).await;
    let one = &checked.data()["configs"][0];
    assert_eq!((&one["last_hour"]["bad"], one["reason"] == ""), (&json!(1), false), "{}", checked.text);
    assert!(!checked.text.contains(KEY));
}

#[tokio::test]
async fn incidents_are_listed_filtered_and_paged() {
    let (mut room, session) = with_one().await;
    let uuid = room.get(&session, "/api/v1/super-admin/providers/configs/1").await.data()["uuid"].clone();
    let of: ProviderId = uuid.as_str().unwrap().parse().unwrap();
    let gone: ProviderId = "019abcde-0000-7000-8000-00000000000a".parse().unwrap();
    let now = room.now();
    room.at_console(async |site, _| {
        for (provider, state, days, ended) in [
            (of, HealthState::Down, -20, -19),
            (of, HealthState::Degraded, -3, -2),
            (gone, HealthState::Down, -2, -1),
        ] {
            let incident = NewIncident {
                provider,
                display_name: "Then".into(),
                state,
                started_at: now.plus_days(days),
                cause: "It did not answer.".into(),
            };
            let id = site.store().open_incident(&incident).await.unwrap();
            site.store().add_moved_calls(id, 5).await.unwrap();
            site.store().close_incident(id, now.plus_days(ended)).await.unwrap();
        }
    })
    .await;
    let week = room.get(&session, INCIDENTS).await;
    assert_eq!(
        week.data(),
        &json!([
            {
                "id": 3, "config_id": null, "config_uuid": gone.to_string(), "display_name": "Then", "state": "down",
                "started_at": "2026-11-23T12:00:30Z", "ended_at": "2026-11-24T12:00:30Z",
                "cause": "It did not answer.", "calls_moved": 5,
            },
            {
                "id": 2, "config_id": 1, "config_uuid": uuid, "display_name": "Then", "state": "degraded",
                "started_at": "2026-11-22T12:00:30Z", "ended_at": "2026-11-23T12:00:30Z",
                "cause": "It did not answer.", "calls_moved": 5,
            },
        ])
    );
    let ids = async |query: &str| {
        let page = room.get(&session, &format!("{INCIDENTS}{query}")).await;
        let ids: Vec<Value> = page.data().as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
        (ids, page.header("link").map(str::to_owned))
    };
    assert_eq!(ids("?days=30").await.0, [3, 2, 1]);
    assert_eq!(ids("?days=30&config_id=1").await.0, [2, 1]);
    assert_eq!(ids("?is_open=false").await.0, [3, 2]);
    assert_eq!(ids("?is_open=true").await.0, Vec::<Value>::new());
    let (first, link) = ids("?days=30&limit=2").await;
    let next = link.unwrap().split_once("incidents").unwrap().1.split_once('>').unwrap().0.to_owned();
    assert_eq!((first, ids(&next).await), (vec![json!(3), json!(2)], (vec![json!(1)], None)));
    for wrong in ["?days=0", "?days=367", "?limit=0", "?open=true", "?is_open=x"] {
        assert_eq!(room.get(&session, &format!("{INCIDENTS}{wrong}")).await.status, 422, "{wrong}");
    }
}
