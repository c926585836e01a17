//! Files of usage, as the window asks for them: what is in them is what the window shows, and they replace nothing.

use journeys::{Room, now};
use model::{Timestamp, vault::DeskEvent};
use serde_json::{Value, json};

/// Calls of three kinds: two of one task, one of none.
async fn with_calls() -> Room {
    let (room, _) = Room::with_chain().await;
    for (run, target) in [json!({ "task": "extraction" }), json!({ "task": "extraction" })].iter().enumerate()
    {
        room.ask(run as u64, target.clone()).await.unwrap();
    }
    room.told(|event| matches!(event, DeskEvent::UsageChanged)).await;
    room.reopen().await;
    room.host.set_wall_clock(now());
    room
}

fn day(at: Timestamp) -> String {
    let days = at.0.div_euclid(86_400_000) + 719_468;
    // Civil from days (Howard Hinnant), for years after 2000.
    let (era, doe) = (days / 146_097, days % 146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (d, m) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    format!("{:04}-{m:02}-{d:02}", yoe + era * 400 + i64::from(m <= 2))
}

fn query() -> Value {
    json!({ "first_day": day(now().plus_days(-1)), "last_day": day(now().plus_days(1)), "zone": "UTC", "grouping": "task" })
}

fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut table = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn figures_and_calls_are_written_as_the_window_shows_them() {
    let room = with_calls().await;
    let view = room.send("view_usage", json!({ "query": query() })).await.unwrap();
    let send = async |command: &str, request: Value| room.send(command, request).await.unwrap();
    let table = send("export_usage", json!({ "query": query(), "format": "csv" })).await;
    let table = rows(&room.downloaded(table["name"].as_str().unwrap()));
    assert_eq!((table.len(), table[0][3].as_str(), table[1][1].as_str()), (2, "calls", "extraction"));
    assert_eq!(table[1][3], view["now"]["calls"].to_string());
    let file = send("export_usage", json!({ "query": query(), "format": "json" })).await;
    let file: Value = serde_json::from_slice(&room.downloaded(file["name"].as_str().unwrap())).unwrap();
    assert_eq!((&file["usage"], &file["query"]["grouping"]), (&view, &json!("task")));

    let filter = json!({ "usage": { "tasks": ["extraction"] } });
    let page = send("view_calls", json!({ "filter": filter, "after": null, "limit": 500 })).await;
    let calls = send("export_calls", json!({ "filter": filter, "format": "csv" })).await;
    assert_eq!(
        (&calls["name"], &calls["rows"], &calls["cut"]),
        (&json!("calls.csv"), &json!(2), &json!(false))
    );
    let table = rows(&room.downloaded("calls.csv"));
    let column = table[0].iter().position(|name| name == "request_id").unwrap();
    let ids: Vec<&str> = table[1..].iter().map(|row| row[column].as_str()).collect();
    let shown: Vec<&str> =
        page["calls"].as_array().unwrap().iter().map(|call| call["request_id"].as_str().unwrap()).collect();
    assert_eq!(ids, shown);
    send("export_calls", json!({ "filter": filter, "format": "json" })).await;
    let file: Value = serde_json::from_slice(&room.downloaded("calls.json")).unwrap();
    assert_eq!(file["calls"], page["calls"]);
    let again = send("export_calls", json!({ "filter": {}, "format": "json" })).await;
    assert_eq!(again["name"], "calls (2).json");
}

#[tokio::test]
async fn a_chart_is_written_as_lines_and_as_pixels_and_nothing_else_is() {
    let room = Room::open().await;
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="20" height="10" fill="#123456"/></svg>"##;
    let send = async |name: &str, svg: &str, format: &str| {
        room.send("export_chart", json!({ "name": name, "svg": svg, "format": format })).await
    };
    assert_eq!(send("cost", svg, "svg").await.unwrap()["name"], "cost.svg");
    assert_eq!(room.downloaded("cost.svg"), svg.as_bytes());
    send("cost", svg, "png").await.unwrap();
    let picture = room.downloaded("cost.png");
    let mut pixels = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    let mut bytes = vec![0; pixels.output_buffer_size().unwrap()];
    let info = pixels.next_frame(&mut bytes).unwrap();
    assert_eq!((info.width, info.height, &bytes[..3]), (40, 20, &[0x12, 0x34, 0x56][..]));
    for (name, svg) in [
        ("../cost", svg),
        ("", svg),
        ("Cost", svg),
        ("cost", "<html/>"),
        ("cost", r#"<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"><script>1</script></svg>"#),
    ] {
        for format in ["svg", "png"] {
            let failure = send(name, svg, format).await.unwrap_err();
            assert!(failure.advice.is_some(), "{name}");
        }
    }
}

#[tokio::test]
async fn a_report_names_who_was_called_and_loads_nothing() {
    let room = with_calls().await;
    let mut query = query();
    query["grouping"] = json!("provider");
    let report = room
        .send("export_report", json!({ "query": query, "compared": null, "format": "html" }))
        .await
        .unwrap();
    let page = String::from_utf8(room.downloaded(report["name"].as_str().unwrap())).unwrap();
    assert!(page.contains("OpenAI one") && page.contains("<svg") && page.contains("default-src 'none'"));
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("test-openai-key"));
}

#[tokio::test]
async fn a_report_on_paper_is_one_sheet_whose_words_can_be_found() {
    let room = with_calls().await;
    let mut query = query();
    query["grouping"] = json!("provider");
    let asked = json!({ "query": query, "compared": null, "format": "pdf" });
    let report = room.send("export_report", asked).await.unwrap();
    let name = report["name"].as_str().unwrap();
    assert!(name.ends_with(".pdf"));
    let sheet = lopdf::Document::load_mem(&room.downloaded(name)).unwrap();
    assert_eq!(sheet.get_pages().len(), 1);
    // Letter by letter, because each has its place.
    let text: String = sheet.extract_text(&[1]).unwrap().split_whitespace().collect();
    assert!(text.contains("OpenAIone") && text.contains("Costbyvendor"), "{text}");
    assert!(!text.contains("test-openai-key"));
}

#[tokio::test]
async fn a_report_speaks_as_the_window_does() {
    let room = with_calls().await;
    let mut query = query();
    query["grouping"] = json!("provider");
    let mut asked = json!({ "query": query, "compared": null, "format": "html", "language": "de" });
    let report = room.send("export_report", asked.clone()).await.unwrap();
    let page = String::from_utf8(room.downloaded(report["name"].as_str().unwrap())).unwrap();
    assert!(page.contains("<html lang=\"de\">") && page.contains("Kosten nach Hersteller"), "{page}");
    asked["format"] = json!("pdf");
    let report = room.send("export_report", asked).await.unwrap();
    let sheet = lopdf::Document::load_mem(&room.downloaded(report["name"].as_str().unwrap())).unwrap();
    let text: String = sheet.extract_text(&[1]).unwrap().split_whitespace().collect();
    assert!(text.contains("KostennachHersteller") && text.contains("OpenAIone"), "{text}");
}

#[tokio::test]
async fn nothing_is_written_while_the_vault_is_locked() {
    let room = with_calls().await;
    room.send("lock_vault", json!({})).await.unwrap();
    for (command, request) in [
        ("export_usage", json!({ "query": query(), "format": "csv" })),
        ("export_calls", json!({ "filter": {}, "format": "csv" })),
        ("export_report", json!({ "query": query(), "compared": null, "format": "html" })),
        ("export_chart", json!({ "name": "cost", "svg": "<svg/>", "format": "svg" })),
    ] {
        assert_eq!(room.send(command, request).await.unwrap_err().code, model::FailureCode::Locked);
    }
}
