//! The catalogue of models and prices over HTTP.

use std::time::Duration;

use model::{Catalog, ProviderType::OpenAi};
use serde_json::{Value, json};

use crate::{
    client::Request,
    room::{Room, Session},
};

const CATALOG: &str = "/api/v1/super-admin/catalog";

/// The bundled one with another day, another price and one model less.
fn other() -> Value {
    let mut catalog = serde_json::to_value(Catalog::bundled().unwrap()).unwrap();
    catalog["as_of"] = json!("2026-11-20");
    let models = catalog["models"].as_array_mut().unwrap();
    let find =
        |models: &[Value], name: &str| models.iter().position(|model| model["model_name"] == name).unwrap();
    let mini = find(models, "gpt-4o-mini");
    models[mini]["input_usd_per_mtok"] = json!("0.30");
    let gone = find(models, "gpt-4o");
    models.remove(gone);
    catalog
}

async fn with_two() -> (Room, Session) {
    let (room, _, session) = Room::open().await;
    for model in ["gpt-4o-mini", "gpt-4o"] {
        let body = room.create_body(OpenAi, model, "test-openai-key-0001");
        room.create(&session, &body).await.data();
    }
    (room, session)
}

#[tokio::test]
async fn the_catalogue_that_came_with_the_program_is_in_force_first() {
    let (room, _, session) = Room::open().await;
    let bundled = Catalog::bundled().unwrap();
    assert_eq!(
        room.get(&session, CATALOG).await.data(),
        &json!({
            "version": format!("bundled {}", bundled.as_of), "as_of": bundled.as_of, "models": bundled.models.len(),
            "imported_at": null,
        })
    );
    let one =
        room.get(&session, &format!("{CATALOG}/models?provider_type=openai&model_name=gpt-4o-mini")).await;
    assert_eq!(one.data().as_array().unwrap().len(), 1);
    assert_eq!(
        (&one.data()[0]["input_usd_per_mtok"], &one.data()[0]["capabilities"]["vision"]),
        (&json!("0.15"), &json!(true))
    );
    let mut names = Vec::new();
    let mut path = format!("{CATALOG}/models?limit=30");
    loop {
        let page = room.get(&session, &path).await;
        names.extend(page.data().as_array().unwrap().iter().map(|model| model["model_name"].clone()));
        let Some(link) = page.header("link") else { break };
        path = link.trim_start_matches('<').split_once('>').unwrap().0.to_owned();
    }
    let all: Vec<Value> = bundled.models.iter().map(|model| json!(model.model_name)).collect();
    assert_eq!(names, all);
    for wrong in ["?limit=0", "?provider_type=nobody", "?after=-1", "?name=x"] {
        assert_eq!(room.get(&session, &format!("{CATALOG}/models{wrong}")).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn another_one_is_looked_at_put_in_force_and_taken_back() {
    let (room, session) = with_two().await;
    let preview = room.ask(&session, "POST", &format!("{CATALOG}/preview"), Some(&other())).await;
    let version = preview.data()["version"].as_str().unwrap().to_owned();
    assert!(version.starts_with("2026-11-20 "), "{version}");
    let mini = Catalog::bundled().unwrap().find(OpenAi, "gpt-4o-mini").unwrap().prices.clone();
    assert_eq!(
        preview.data(),
        &json!({
            "version": version, "as_of": "2026-11-20", "as_of_now": Catalog::bundled().unwrap().as_of,
            "models": other()["models"].as_array().unwrap().len(), "added": [], "removed": ["gpt-4o"],
            "repriced": [{
                "provider_type": "openai", "model_name": "gpt-4o-mini", "input_before": mini.input_usd_per_mtok,
                "output_before": mini.output_usd_per_mtok, "input_after": "0.30",
                "output_after": mini.output_usd_per_mtok,
            }],
            "otherwise_changed": 0, "losing_their_price": [2],
        })
    );
    assert_eq!(room.get(&session, CATALOG).await.data()["imported_at"], Value::Null);
    let imported = room.ask(&session, "PUT", CATALOG, Some(&other())).await;
    assert_eq!(
        (&imported.data()["version"], &imported.data()["imported_at"]),
        (&json!(version), &json!("2026-11-25T12:00:30Z"))
    );
    let price =
        async |id: u8| room.get(&session, &format!("/api/v1/super-admin/providers/configs/{id}/price")).await;
    assert_eq!(price(1).await.data()["input_usd_per_mtok"], "0.30");
    assert_eq!(price(2).await.data()["source"], "unknown");
    let back = room.ask(&session, "DELETE", CATALOG, None).await;
    assert_eq!(back.data()["imported_at"], Value::Null);
    assert_eq!(price(2).await.data()["source"], "catalog");
    let log = room.get(&session, "/api/v1/super-admin/audit-log?text=catalogue").await;
    let actions: Vec<&Value> = log.data().as_array().unwrap().iter().map(|entry| &entry["action"]).collect();
    assert_eq!(actions, ["catalogue.restore", "catalogue.import"]);
}

#[tokio::test]
async fn of_two_who_import_at_once_the_one_who_did_not_see_the_other_is_told() {
    let (room, session) = with_two().await;
    let tag = room.get(&session, CATALOG).await.header("etag").unwrap().to_owned();
    let mut another = other();
    another["as_of"] = json!("2026-11-21");
    let imported = room.ask_if(&session, "PUT", (CATALOG, &tag), Some(&other())).await;
    let version = imported.data()["version"].clone();
    let now = imported.header("etag").unwrap();
    assert_ne!(now, tag);
    for (method, body) in [("PUT", Some(&another)), ("DELETE", None)] {
        let late = room.ask_if(&session, method, (CATALOG, &tag), body).await;
        assert_eq!((late.status, late.code(), late.header("etag")), (412, "revision_changed", Some(now)));
        assert_eq!(format!("\"{}\"", late.body["error"]["current_revision"]), now);
    }
    assert_eq!(room.get(&session, CATALOG).await.data()["version"], version);
    let back = room.ask_if(&session, "DELETE", (CATALOG, now), None).await;
    assert_eq!(back.header("etag"), Some(tag.as_str()), "the bundled one again");
}

#[tokio::test]
async fn what_is_no_catalogue_is_refused_with_its_place() {
    let (room, _, session) = Room::open().await;
    let mut price = other();
    price["models"][0]["output_usd_per_mtok"] = json!("free");
    let mut twice = other();
    twice["models"][0] = twice["models"][1].clone();
    let mut day = other();
    day["as_of"] = json!("today");
    for (body, words) in
        [(price, "price"), (twice, "twice"), (day, "day"), (json!({}), "line 1"), (json!([]), "line 1")]
    {
        for (method, path) in [("PUT", CATALOG.to_owned()), ("POST", format!("{CATALOG}/preview"))] {
            let reply = room.ask(&session, method, &path, Some(&body)).await;
            assert_eq!((reply.status, reply.code()), (422, "not_a_catalog"), "{method} {words}");
            assert!(reply.body["error"]["message"].as_str().unwrap().contains(words), "{}", reply.text);
        }
    }
    let put = |body: &[u8], kind: &str| {
        let request = Request::new("PUT", CATALOG).bearer(&session.access).header("content-type", kind);
        room.send(request.raw(body.to_vec()))
    };
    assert_eq!(put(b"{", "application/json").await.code(), "not_json");
    assert_eq!(put(b"\xff\xfe", "application/json").await.code(), "not_json");
    assert_eq!(put(b"{}", "text/plain").await.code(), "unsupported_media_type");
    assert_eq!(put(&vec![b' '; 1024 * 1024 + 1], "application/json").await.code(), "body_too_large");
}

#[tokio::test]
async fn prices_are_changed_with_a_fresh_second_factor_alone() {
    let (room, _, session) = Room::open().await;
    room.pass(Duration::from_secs(301));
    let refresh =
        Request::new("POST", "/api/v1/auth/refresh").json(&json!({ "refresh_token": session.refresh }));
    let session = Session::of(&room.send(refresh).await);
    let repricing = "/api/v1/super-admin/providers/usage/repricing";
    let for_real = json!({ "dry_run": false });
    for (method, path, body) in
        [("PUT", CATALOG, Some(other())), ("DELETE", CATALOG, None), ("POST", repricing, Some(for_real))]
    {
        let reply = room.ask(&session, method, path, body.as_ref()).await;
        assert_eq!((reply.status, reply.code()), (403, "mfa_required"), "{method} {path}");
    }
    let look = room.ask(&session, "POST", &format!("{CATALOG}/preview"), Some(&other())).await;
    assert_eq!(look.status, 200);
}
