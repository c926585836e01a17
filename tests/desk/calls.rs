//! The playground, from the window to the vendors and into the ledger.

use base64::{Engine, prelude::BASE64_STANDARD};
use journeys::{Room, existing};
use model::{FailureCode, ProviderType, vault::DeskEvent};
use serde_json::{Value, json};
use simulator::{Fault, Usage};

/// The text that the page was told, piece by piece, of one run.
fn text(room: &Room, run: u64) -> String {
    let mut whole = String::new();
    for event in room.host.events() {
        match event {
            DeskEvent::AnswerGrew { run: of, text } if of == run => whole.push_str(&text),
            DeskEvent::AnswerRestarted { run: of, .. } if of == run => whole.clear(),
            _ => {}
        }
    }
    whole
}

async fn usage(room: &Room, provider: &Value) -> Value {
    let list = room.list().await;
    list.iter().find(|one| one["id"] == provider["id"]).unwrap()["usage"].clone()
}

#[tokio::test]
async fn a_prompt_is_answered_in_pieces_and_its_call_is_in_the_ledger_with_its_exact_cost() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.simulator.set_usage("openai", Some(Usage { input: 1000, output: 500, ..Usage::default() }));
    let end = room.ask(7, json!({ "provider": openai["id"] })).await.unwrap()["answered"].clone();
    let pieces =
        room.host.events().iter().filter(|event| matches!(event, DeskEvent::AnswerGrew { .. })).count();
    assert!(pieces > 1, "{pieces}");
    assert_eq!(end["answer"]["text"], text(&room, 7));
    // 0.15 and 0.60 dollars per million.
    assert_eq!(end["cost"], "450000000");
    assert_eq!(end["answer"]["usage"]["input"], 1000);
    assert!(end["answer"]["first_token_ms"].is_u64() && end["answer"]["whole_ms"].is_u64());
    assert_eq!((&end["provider"], &end["fallbacks"]), (&openai["id"], &json!([])));
    room.reopen().await;
    let usage = usage(&room, &openai).await;
    assert_eq!((&usage["calls_7d"], &usage["tokens_today"]), (&json!(1), &json!(1500)));
    assert_eq!(usage["cost_today"], "450000000");
}

#[tokio::test]
async fn when_the_first_of_a_chain_fails_the_next_answers_and_the_end_says_why() {
    let (room, [openai, claude, _]) = Room::with_chain().await;
    room.simulator.set_fault("openai", Some(Fault::ServerError));
    let end = room.ask(1, json!({ "task": "extraction" })).await.unwrap()["answered"].clone();
    assert_eq!(end["provider"], claude["id"]);
    assert_eq!(end["fallbacks"][0]["provider"], openai["id"]);
    assert_eq!(end["fallbacks"][0]["error"]["class"], "server");
    assert_eq!(end["answer"]["text"], text(&room, 1));
    let restarted = |event: &DeskEvent| matches!(event, DeskEvent::AnswerRestarted { run: 1, provider } if json!(provider) == claude["id"]);
    assert!(room.host.events().iter().any(restarted));
    room.reopen().await;
    assert_eq!(usage(&room, &openai).await["calls_7d"], 1);
    assert_eq!(usage(&room, &claude).await["calls_7d"], 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_begins_anew_at_the_next_of_the_chain() {
    let (room, [openai, claude, gemini]) = Room::with_chain().await;
    room.simulator.set_fault("openai", Some(Fault::StreamCut));
    room.simulator.set_fault("claude", Some(Fault::StreamError));
    let end = room.ask(1, json!({ "task": "extraction" })).await.unwrap()["answered"].clone();
    assert_eq!(end["provider"], gemini["id"]);
    let failed: Vec<&Value> =
        end["fallbacks"].as_array().unwrap().iter().map(|one| &one["provider"]).collect();
    assert_eq!(failed, [&openai["id"], &claude["id"]]);
    assert_eq!(end["answer"]["text"], text(&room, 1), "what came before is void");
    let chosen = end["explanation"]["candidates"].as_array().unwrap();
    let chosen: Vec<&Value> = chosen
        .iter()
        .filter(|one| one["verdict"]["because"] == "chosen")
        .map(|one| &one["provider"])
        .collect();
    assert_eq!(chosen, [&gemini["id"]]);
}

#[tokio::test]
async fn a_named_provider_is_asked_alone_and_its_failure_is_told() {
    let (room, [openai, ..]) = Room::with_chain().await;
    for (fault, class) in [(Fault::ServerError, "server"), (Fault::StreamCut, "protocol")] {
        room.simulator.set_fault("openai", Some(fault));
        let end = room.ask(1, json!({ "provider": openai["id"] })).await.unwrap();
        assert_eq!(end["failed"]["error"]["class"], class, "{end}");
    }
    let elsewhere = ["/messages", ":streamGenerateContent"];
    let sent = room.simulator.journal();
    assert!(sent.iter().all(|one| !elsewhere.iter().any(|path| one.path_and_query.contains(path))));
}

#[tokio::test]
async fn when_all_fail_the_last_reason_is_told_and_those_before_it() {
    let (room, _) = Room::with_chain().await;
    for vendor in ["openai", "claude", "gemini"] {
        room.simulator.set_fault(vendor, Some(Fault::StreamCut));
    }
    let end = room.ask(1, json!({ "task": "extraction" })).await.unwrap();
    assert_eq!(end["failed"]["fallbacks"].as_array().unwrap().len(), 2, "{end}");
}

#[tokio::test]
async fn four_prompts_at_once_are_told_apart() {
    let (room, chain) = Room::with_chain().await;
    let [openai, claude, gemini] = chain.each_ref().map(|one| json!({ "provider": one["id"] }));
    let ends = tokio::join!(
        room.ask(1, openai),
        room.ask(2, claude),
        room.ask(3, gemini),
        room.ask(4, json!({ "task": "extraction" }))
    );
    for (run, end) in [(1, ends.0), (2, ends.1), (3, ends.2), (4, ends.3)] {
        let end = end.unwrap();
        assert_eq!(end["answered"]["answer"]["text"], text(&room, run));
        assert!(!text(&room, run).is_empty());
    }
}

#[tokio::test]
async fn a_run_that_is_stopped_ends_the_call_at_the_vendor() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.simulator.set_fault("openai", Some(Fault::StreamStall));
    let stop = async {
        room.told(|event| matches!(event, DeskEvent::AnswerGrew { run: 9, .. })).await;
        room.send("cancel_test", json!({ "run": 9 })).await.unwrap();
    };
    let (end, ()) = tokio::join!(room.ask(9, json!({ "provider": openai["id"] })), stop);
    assert_eq!(end.unwrap_err().code, FailureCode::Cancelled);
    while room.simulator.open_streams() > 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_lock_in_the_middle_of_an_answer_ends_it_and_its_usage_is_kept() {
    let (room, [_, claude, _]) = Room::with_chain().await;
    room.simulator.set_fault("claude", Some(Fault::StreamStall));
    let lock = async {
        room.told(|event| matches!(event, DeskEvent::AnswerGrew { .. })).await;
        room.host.pass(std::time::Duration::from_secs(301));
        assert!(room.desk.lock_if_idle().await, "a call does not keep the vault open");
    };
    let (end, ()) = tokio::join!(room.ask(1, json!({ "provider": claude["id"] })), lock);
    assert_eq!(end.unwrap_err().code, FailureCode::Cancelled);
    let locked = room.send("list_providers", json!({})).await.unwrap_err();
    assert_eq!(locked.code, FailureCode::Locked);
    room.send("unlock_vault", json!({ "password": journeys::PASSWORD })).await.unwrap();
    let usage = usage(&room, &claude).await;
    assert_eq!(usage["calls_7d"], 1);
    assert!(usage["tokens_today"].as_u64().unwrap() > 0, "{usage}");
}

#[tokio::test]
async fn a_limit_says_which_and_how_much_is_left() {
    let (room, [openai, ..]) = Room::with_chain().await;
    let mut form = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["daily_token_limit"] = json!(5);
    let edit = json!({
        "existing": existing(&openai), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1,
    });
    room.send("save_provider", edit).await.unwrap();
    let refused = room.ask(1, json!({ "provider": openai["id"] })).await.unwrap_err();
    assert!(refused.message.contains("daily_tokens") && refused.message.contains("5 tokens"), "{refused:?}");
    assert_eq!(
        room.ask(2, json!({ "task": "extraction" })).await.unwrap()["answered"]["fallbacks"],
        json!([])
    );
}

#[tokio::test]
async fn how_a_provider_is_called_is_saved_and_holds_for_the_next_call() {
    let (room, [openai, ..]) = Room::with_chain().await;
    room.simulator.set_usage("openai", Some(Usage { input: 1000, output: 500, ..Usage::default() }));
    let mut form = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    let price =
        json!({ "input_usd_per_mtok": "1", "output_usd_per_mtok": "2", "cached_input_usd_per_mtok": null });
    form["calls"] = json!({ "quality": 4, "timeout_s": 30, "price": price });
    let edit = json!({
        "existing": existing(&openai), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1,
    });
    let saved = room.send("save_provider", edit).await.unwrap()["saved"]["provider"].clone();
    assert_eq!((&saved["calls"]["quality"], &saved["calls"]["price"]), (&json!(4), &price));
    let end = room.ask(1, json!({ "provider": openai["id"] })).await.unwrap();
    assert_eq!(end["answered"]["cost"], "2000000000");
    form["calls"]["quality"] = json!(6);
    let edit = json!({
        "existing": existing(&saved), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1,
    });
    let refused = room.send("save_provider", edit).await.unwrap_err();
    assert_eq!(refused.fields[0].field, model::Field::Quality);
}

#[tokio::test]
async fn a_prompt_is_kept_replaced_and_forgotten() {
    let room = Room::open().await;
    let request = json!({ "messages": [{ "role": "user", "parts": [{ "type": "text", "text": "Hello" }] }] });
    let keep = |name: &str, task: Value| json!({ "name": name, "task": task, "request": request });
    let kept = room.send("save_prompt", keep(" Greeting ", json!("extraction"))).await.unwrap();
    assert_eq!((&kept[0]["name"], &kept[0]["task"]), (&json!("Greeting"), &json!("extraction")));
    let kept = room.send("save_prompt", keep("greeting", Value::Null)).await.unwrap();
    assert_eq!((kept.as_array().unwrap().len(), &kept[0]["task"]), (1, &Value::Null));
    assert_eq!(kept[0]["request"]["messages"], request["messages"]);
    for name in ["", "  ", "bell\u{7}", &"n".repeat(81)] {
        let refused = room.send("save_prompt", keep(name, Value::Null)).await.unwrap_err();
        assert_eq!(refused.code, FailureCode::Invalid, "{name:?}");
    }
    assert!(room.send("save_prompt", keep("Other", json!("no_such_task"))).await.is_err());
    let left = room.send("delete_prompt", json!({ "id": kept[0]["id"] })).await.unwrap();
    assert_eq!(left, json!([]));
    assert_eq!(room.send("list_prompts", json!({})).await.unwrap(), json!([]));
}

/// A catalogue in force that says of `gpt-4o-mini` that it reads no PDF.
async fn blind(room: &Room) {
    let mut file = serde_json::to_value(model::Catalog::bundled().unwrap()).unwrap();
    let models = file["models"].as_array_mut().unwrap();
    let mini = models.iter_mut().find(|model| model["model_name"] == "gpt-4o-mini").unwrap();
    mini["capabilities"]["pdf_input"] = json!(false);
    room.send("import_catalog", json!({ "text": file.to_string() })).await.unwrap();
}

#[tokio::test]
async fn a_model_that_reads_no_pdf_is_sent_its_text_where_that_is_allowed_and_the_answer_says_so() {
    let (room, [openai, ..]) = Room::with_chain().await;
    blind(&room).await;
    let pdf = BASE64_STANDARD.encode(include_bytes!("../fixtures/invoice.pdf"));
    let parts = json!([
        { "type": "text", "text": "When is it due?" }, { "type": "pdf", "name": "invoice.pdf", "data": pdf },
    ]);
    let ask = |degrade: bool| {
        let request = json!({ "messages": [{ "role": "user", "parts": parts }], "degrade": degrade });
        let target = json!({ "provider": openai["id"] });
        room.send("run_prompt", json!({ "run": 1, "target": target, "request": request }))
    };
    let end = ask(true).await.unwrap()["answered"].clone();
    assert_eq!(end["answer"]["degraded"], json!(["pdf_as_text"]), "{end}");
    let asks = |one: &simulator::Recorded| one.path_and_query.ends_with("/responses");
    let sent = room.simulator.journal().into_iter().rev().find(asks).unwrap().body.unwrap().to_string();
    assert!(sent.contains("invoice.pdf") && sent.contains("Invoice 4711, to be paid by Friday"), "{sent}");
    assert!(!sent.contains("application/pdf"), "{sent}");
    let calls = || room.simulator.journal().iter().filter(|one| asks(one)).count();
    let before = calls();
    let refused = ask(false).await;
    assert!(refused.is_err() || refused.unwrap().get("failed").is_some());
    assert_eq!(calls(), before, "nothing was sent");
}

#[tokio::test]
async fn a_local_server_is_sent_the_text_of_a_pdf_where_that_is_allowed() {
    let room = Room::open().await;
    let local = room.add(&room.form(ProviderType::OpenAiCompatible, "qwen3:8b"), None).await;
    let pdf = BASE64_STANDARD.encode(include_bytes!("../fixtures/invoice.pdf"));
    let part = json!({ "type": "pdf", "name": "invoice.pdf", "data": pdf });
    let ask = |degrade: bool| {
        let request = json!({ "messages": [{ "role": "user", "parts": [part] }], "degrade": degrade });
        let target = json!({ "provider": local["id"] });
        room.send("run_prompt", json!({ "run": 1, "target": target, "request": request }))
    };
    let end = ask(true).await.unwrap()["answered"].clone();
    assert_eq!(end["answer"]["degraded"], json!(["pdf_as_text"]), "{end}");
    let asks = |one: &simulator::Recorded| one.path_and_query.ends_with("/chat/completions");
    let sent = room.simulator.journal().into_iter().rev().find(asks).unwrap().body.unwrap().to_string();
    assert!(sent.contains("Invoice 4711, to be paid by Friday") && !sent.contains("file_data"), "{sent}");
    // Nobody said that it reads none, so without leave it is asked as it is, and refuses.
    let refused = ask(false).await.unwrap();
    assert_eq!(refused["failed"]["error"]["class"], "bad_request", "{refused}");
}

/// The simulated vendor asks for 20 s, and a retry would wait for them.
async fn allow_retries(room: &Room, openai: &Value) {
    let mut form = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["tasks"] = json!(["extraction"]);
    form["calls"] = json!({ "retries": 2 });
    let edit = json!({
        "existing": existing(openai), "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1,
    });
    room.send("save_provider", edit).await.unwrap();
}

#[tokio::test]
async fn a_wait_that_the_vendor_asks_for_is_told_and_can_be_stopped() {
    let (room, [openai, ..]) = Room::with_chain().await;
    allow_retries(&room, &openai).await;
    room.simulator.set_fault("openai", Some(Fault::RateLimit));
    let stop = async {
        let waits = |event: &DeskEvent| matches!(event, DeskEvent::AnswerWaits { run: 9, provider, ms: 1_000.., asked: true } if json!(provider) == openai["id"]);
        room.told(waits).await;
        room.send("cancel_test", json!({ "run": 9 })).await.unwrap();
    };
    let (end, ()) = tokio::join!(room.ask(9, json!({ "provider": openai["id"] })), stop);
    assert_eq!(end.unwrap_err().code, FailureCode::Cancelled);
}

#[tokio::test]
async fn a_chain_does_not_wait_for_one_while_another_may_answer() {
    let (room, [openai, claude, _]) = Room::with_chain().await;
    allow_retries(&room, &openai).await;
    room.simulator.set_fault("openai", Some(Fault::RateLimit));
    let end = room.ask(9, json!({ "task": "extraction" })).await.unwrap();
    assert_eq!(end["answered"]["provider"], claude["id"]);
    assert!(!room.host.events().iter().any(|event| matches!(event, DeskEvent::AnswerWaits { .. })));
}
