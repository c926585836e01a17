//! Whatever is typed or sent: a clear message, and nothing lost.

use journeys::{Room, existing};
use model::{FailureCode, Field, ProviderType};
use serde_json::{Value, json};

const SCRIPTS: [&str; 6] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{constructor.constructor('alert(1)')()}}",
    "'; DROP TABLE ai_provider_configs; --",
];

async fn refused_fields(room: &Room, form: &Value, key: Option<&str>) -> Vec<Field> {
    let refused = room.save_new(form, key, true).await.unwrap_err();
    assert_eq!(refused.code, FailureCode::Invalid);
    for error in &refused.fields {
        assert!(error.message.ends_with('.'), "not a sentence: {}", error.message);
    }
    refused.fields.into_iter().map(|error| error.field).collect()
}

#[tokio::test]
async fn each_field_at_fault_is_named_and_nothing_is_saved() {
    let room = Room::open().await;
    let good = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let cases = [
        ("model_name", json!(""), Field::ModelName),
        ("model_name", json!("two words"), Field::ModelName),
        ("model_name", json!("m".repeat(201)), Field::ModelName),
        ("display_name", json!("n".repeat(81)), Field::DisplayName),
        ("display_name", json!("bell\u{7}"), Field::DisplayName),
        ("display_name", json!("abc\u{202e}gpj"), Field::DisplayName),
        ("description", json!("d".repeat(2001)), Field::Description),
        ("base_url", json!("https://user:secret@example.com/v1"), Field::BaseUrl),
        ("base_url", json!("https://example.com/v1?key=1"), Field::BaseUrl),
        ("base_url", json!("ftp://example.com"), Field::BaseUrl),
        ("base_url", json!("http://example.com/v1"), Field::BaseUrl),
        ("base_url", json!("not a url"), Field::BaseUrl),
        ("base_url", json!(format!("https://example.com/{}", "p".repeat(2048))), Field::BaseUrl),
        ("base_url", json!(format!("https://example.com/{}", "é".repeat(2000))), Field::BaseUrl),
        ("tasks", json!(["no_such_task"]), Field::Tasks),
        ("daily_token_limit", json!(0), Field::DailyTokenLimit),
        ("monthly_token_limit", json!(u64::MAX), Field::MonthlyTokenLimit),
    ];
    for (name, value, field) in cases {
        let mut form = good.clone();
        form[name] = value.clone();
        assert_eq!(
            refused_fields(&room, &form, Some("test-openai-key-0001")).await,
            [field],
            "{name} {value}"
        );
    }
    assert!(room.list().await.is_empty());
}

#[tokio::test]
async fn keys_that_no_header_carries_are_refused_without_being_quoted() {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    for key in ["two words", "schlüssel-secret", "line\nbreak", &"k".repeat(5000)] {
        let refused = room.save_new(&form, Some(key), true).await.unwrap_err();
        assert_eq!(refused.fields[0].field, Field::ApiKey);
        let told = refused.fields.iter().map(|error| &error.message).chain([&refused.message]);
        assert!(!told.chain(refused.advice.as_ref()).any(|text| text.contains(key)));
    }
    assert_eq!(refused_fields(&room, &form, None).await, [Field::ApiKey]);
}

#[tokio::test]
async fn several_faults_are_named_at_once_in_the_forms_order() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "");
    form["base_url"] = json!("nonsense");
    form["daily_token_limit"] = json!(0);
    let fields = refused_fields(&room, &form, Some("two words")).await;
    assert_eq!(fields, [Field::ApiKey, Field::BaseUrl, Field::ModelName, Field::DailyTokenLimit]);
}

#[tokio::test]
async fn script_and_right_to_left_text_come_back_as_they_were_typed() {
    let room = Room::open().await;
    for (number, text) in SCRIPTS.into_iter().chain(["مزود الإنتاج", "ספק ראשי"]).enumerate()
    {
        let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
        form["display_name"] = json!(text);
        form["description"] = json!(format!("{text}\nsecond line"));
        let provider = room.add(&form, Some("test-openai-key-0001")).await;
        assert_eq!(provider["display_name"], text);
        assert_eq!(room.list().await.len(), number + 1);
    }
}

#[tokio::test]
async fn a_name_in_use_is_refused_whatever_its_case() {
    let room = Room::open().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["display_name"] = json!("Straße Ä");
    room.add(&form, Some("test-openai-key-0001")).await;
    form["display_name"] = json!("straße ä");
    assert_eq!(refused_fields(&room, &form, Some("test-openai-key-0001")).await, [Field::DisplayName]);
}

#[tokio::test]
async fn a_type_is_fixed_once_saved() {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    let mut other = form.clone();
    other["provider_type"] = json!("claude");
    let request = json!({ "existing": existing(&provider), "draft": other, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1 });
    let saved = room.send("save_provider", request).await.unwrap();
    assert_eq!(saved["saved"]["provider"]["provider_type"], "openai");
}

#[tokio::test]
async fn requests_that_are_not_requests_are_refused_without_being_quoted() {
    let room = Room::open().await;
    let deep = "[".repeat(100_000);
    for bytes in
        [&b""[..], b"{", b"null", b"[]", br#"{"password":"sk-CANARY-1","x":1}"#, b"\xff\xfe", deep.as_bytes()]
    {
        for command in model::COMMAND_NAMES {
            if let Err(failure) = room.desk.dispatch(command, bytes).await {
                assert!(!serde_json::to_string(&failure).unwrap().contains("CANARY"), "{command}");
            }
        }
    }
    assert!(room.desk.dispatch("no_such_command", b"{}").await.is_err());
    // An empty list stands for a request without fields, so the vault was locked on the way; it opens as before.
    room.send("unlock_vault", json!({ "password": journeys::PASSWORD })).await.unwrap();
    assert!(room.list().await.is_empty());
}
