//! Ways in at a server, from the desk: a token of the host application, at one that has the specification's endpoints and no others; and
//! the second factor, shown again when a run needs it.

use std::time::Duration;

use model::FailureCode;
use serde_json::{Value, json};

use crate::{
    desk_sync::{Desk, KEY, agreed, there},
    stranger::{Stranger, TOKEN},
};

/// A desk with one provider, and a remote that is logged in at by a token. Nobody is there yet.
async fn with_token(address: &str, token: &str) -> Desk {
    let room = journeys::Room::open().await;
    let remote = json!({ "id": null, "name": "The application", "address": address, "pin": null, "way": "token",
        "user_name": "", "secret": token, "forget_secret": false });
    let saved = room.send("save_remote", remote).await.unwrap();
    Desk { remote: saved["id"].clone(), room }
}

async fn connect(desk: &Desk, secret: Value) -> Result<Value, model::Failure> {
    desk.room.send("connect_remote", json!({ "id": desk.remote, "secret": secret, "code": null })).await
}

#[tokio::test]
async fn by_a_token_of_the_application_a_server_of_the_specification_alone_is_synchronised_with() {
    let application = Stranger::open().await;
    let theirs = json!({ "provider_type": "claude", "model_name": "claude-opus-5-5", "api_key": "test-claude-key-0001",
        "display_name": "Theirs", "daily_token_limit": 2_000 });
    application.table.create(&theirs);
    let desk = with_token(&application.door.url(), TOKEN).await;
    let remote = connect(&desk, Value::Null).await.unwrap();
    // It does not tell who that is.
    assert_eq!(remote["session"], json!({ "user_name": "", "role": "" }));
    let form = desk.room.form(model::ProviderType::OpenAi, "gpt-4o-mini");
    let ours = desk.room.add(&form, Some(KEY)).await;
    let look = desk.look().await;
    let kind = |name: &Value| {
        let all = look["differences"].as_array().unwrap();
        all.iter().find(|one| one["name"] == *name).unwrap()["kind"].clone()
    };
    assert_eq!(kind(&json!("Theirs")), json!("new_there"));
    assert_eq!(kind(&ours["display_name"]), json!("new_here"));
    desk.choose_key(&ours).await;
    let done = desk.run("both").await;
    assert_eq!((&done["up"], &done["down"]), (&json!(1), &json!(1)));
    assert_eq!(done["view"]["state"]["ready"]["differences"], json!([]));
    let rows = application.table.rows();
    assert_eq!((rows.len(), &rows[1]["display_name"]), (2, &ours["display_name"]));
    assert_eq!(application.table.keys(), ["test-claude-key-0001", KEY]);
    let list = desk.room.list().await;
    let came = list.iter().find(|one| one["display_name"] == "Theirs").unwrap();
    assert_eq!((&came["has_key"], &came["daily_token_limit"]), (&json!(false), &json!(2_000)));
    changes_meet(&desk, &application).await;
    // The token went with every request, the key with the one that was to have it.
    let asked = application.door.asked();
    assert!(asked.iter().all(|asked| asked.tells(TOKEN) && !asked.path.contains(TOKEN)));
    assert_eq!(asked.iter().filter(|asked| asked.tells(KEY)).count(), 1);
}

/// Both sides change the same provider, in different fields and then in the same one.
async fn changes_meet(desk: &Desk, application: &Stranger) {
    let ours = desk.room.list().await[0].clone();
    let rows = application.table.rows();
    let row = rows.iter().find(|row| row["display_name"] == ours["display_name"]).unwrap();
    let number = row["id"].as_u64().unwrap();
    desk.edit("description", json!("from here")).await;
    application.table.update(number, &json!({ "daily_token_limit": 9_000 })).unwrap();
    assert_eq!(desk.look().await["differences"][0]["kind"], json!("changed_both"));
    desk.run("both").await;
    let row = |field: &str| {
        let rows = application.table.rows();
        rows.iter().find(|row| row["id"] == number).unwrap()[field].clone()
    };
    assert_eq!((row("description"), row("daily_token_limit")), (json!("from here"), json!(9_000)));
    assert_eq!(desk.room.list().await[0]["daily_token_limit"], json!(9_000));
    desk.edit("description", json!("ours")).await;
    application.table.update(number, &json!({ "description": "theirs" })).unwrap();
    let look = desk.look().await;
    assert_eq!((&look["differences"][0]["kind"], &look["up"]), (&json!("conflict"), &json!(0)));
    desk.run("both").await;
    assert_eq!(row("description"), json!("theirs"));
    assert_eq!(desk.room.list().await[0]["description"], json!("ours"));
}

#[tokio::test]
async fn a_token_that_the_application_does_not_know_is_said_to_be_refused_and_nobody_is_in() {
    let application = Stranger::open().await;
    let desk = with_token(&application.door.url(), "another token").await;
    let refused = connect(&desk, Value::Null).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::WrongPassword);
    assert!(!format!("{refused:?}").contains("another token"));
    let view = desk.room.send("look_at_remote", json!({ "id": desk.remote, "accept": null })).await.unwrap();
    assert_eq!(view["state"], json!("logged_out"));
    // The right one, typed in its place, is good at once, and is not what is kept.
    assert!(connect(&desk, json!(TOKEN)).await.unwrap()["session"].is_object());
    assert_eq!(desk.look().await["differences"], json!([]));
    assert_eq!(connect(&desk, Value::Null).await.unwrap_err().code, FailureCode::WrongPassword);
}

#[tokio::test]
async fn a_run_that_needs_the_second_factor_asks_for_it_and_goes_on_where_it_was() {
    let (desk, _, server, admin, _) = agreed().await;
    desk.edit("daily_token_limit", json!(1_000)).await;
    desk.run("both").await;
    // A higher limit asks for it, and by then it is not fresh any more.
    desk.edit("daily_token_limit", json!(5_000)).await;
    server.pass(Duration::from_secs(6 * 60));
    let look = desk.look().await;
    let order =
        json!({ "id": desk.remote, "look": look["look"], "direction": "both", "only": null, "run": 1 });
    let done = desk.room.send("run_sync", order).await.unwrap();
    assert!(done["stopped"]["message"].as_str().unwrap().contains("second factor"), "{done}");
    // The page shows the field for the code, and not the differences that cannot go.
    assert_eq!((&done["view"]["state"], &done["up"]), (&json!("second_factor"), &json!(0)));
    let prove = |code: String| json!({ "id": desk.remote, "code": code });
    let wrong = desk.room.send("prove_at_remote", prove(admin.wrong_code(server.now()))).await.unwrap_err();
    assert_eq!(wrong.code, FailureCode::WrongPassword);
    server.pass(Duration::from_secs(30));
    desk.room.send("prove_at_remote", prove(admin.code(server.now()))).await.unwrap();
    assert_eq!(desk.run("both").await["up"], json!(1));
    server.pass(Duration::from_secs(30));
    let session = server.log_in(&admin).await;
    assert_eq!(there(&server, &session).await[0]["daily_token_limit"], json!(5_000));
}
