//! Calls of models over real sockets, at every vendor, whole and streamed.

mod rig;

use model::{
    CallEvent, CallRequest, ErrorClass, TokenUsage,
    call::{AnswerSchema, Degradation, Effort, FinishReason, Message, Part, Role, Tool, ToolChoice},
};
use providers::{CallOptions, OpenAiApi};
use serde_json::{Value, json};
use simulator::{Fault, Usage};

use crate::rig::{FACES, Face, Rig, drain};

const SAID: &str = "You asked “Why?”. This answer is simulated: it is made of your question alone.";

/// Tokens by the simulator's rule: a quarter of the bytes.
fn tokens(text: &str) -> u64 {
    text.len().div_ceil(4) as u64
}

fn bodies(rig: &Rig) -> Vec<Value> {
    rig.simulator.journal().into_iter().filter_map(|entry| entry.body).collect()
}

#[tokio::test]
async fn a_question_is_answered_whole_and_its_usage_is_exact() {
    let rig = Rig::start().await;
    for face in FACES {
        let answer = rig.call(face, &CallRequest::prompt("Why?")).await.unwrap();
        assert_eq!((answer.text.as_str(), answer.finish), (SAID, FinishReason::Stop), "{face:?}");
        let usage = answer.usage.unwrap();
        let expected = TokenUsage {
            input: 1,
            output: tokens(SAID),
            service_tier: usage.service_tier.clone(),
            ..TokenUsage::default()
        };
        assert_eq!(usage, expected, "{face:?}");
        assert!(answer.model.unwrap().starts_with(face.model) && answer.request_id.is_some(), "{face:?}");
        assert!(answer.first_token_ms.is_none() && answer.degraded.is_empty(), "{face:?}");
    }
    let journal = rig.simulator.journal();
    assert!(journal.iter().all(|entry| !entry.key_misplaced && entry.method == "POST"));
    let bound = |body: &Value| {
        let config = &body["generationConfig"];
        ["max_output_tokens", "max_completion_tokens", "max_tokens"].iter().any(|name| body[*name].is_u64())
            || config["maxOutputTokens"].is_u64()
    };
    assert!(bodies(&rig).iter().all(bound), "a bound is always sent");
    assert_eq!(bodies(&rig)[0]["store"], false);
}

#[tokio::test]
async fn claude_counts_what_a_call_would_take_and_everyone_else_is_not_asked() {
    let rig = Rig::start().await;
    let request =
        CallRequest { temperature: Some(1.0), stop: vec!["END".into()], ..CallRequest::prompt("Why?") };
    for face in FACES {
        let count =
            rig.with(face, async |target, options| rig.vendors.count_tokens(target, &request, options).await);
        match (count.await, face.vendor) {
            (Ok(tokens), model::ProviderType::Claude) => assert_eq!(tokens, 1),
            (Err(error), _) => {
                assert_eq!(error.class, ErrorClass::Unsupported, "{face:?}: {}", error.message)
            }
            (Ok(_), _) => panic!("{face:?} counted"),
        }
    }
    assert_eq!(rig.simulator.journal().len(), 1);
}

#[tokio::test]
async fn a_streamed_answer_is_the_sum_of_its_pieces_and_the_same_as_the_whole_one() {
    let rig = Rig::start().await;
    for face in FACES {
        for fault in [None, Some(Fault::StreamSplit)] {
            rig.simulator.set_fault(rig.key, fault);
            let request = CallRequest::prompt("Why?");
            let whole = rig.call(face, &request).await.unwrap();
            let (events, answer) = rig.stream(face, &request).await;
            let answer = answer.unwrap();
            let said: String = events
                .iter()
                .map(|event| match event {
                    CallEvent::Text(piece) => piece.as_str(),
                    other => panic!("{other:?}"),
                })
                .collect();
            assert!(events.len() > 3 && said == SAID, "{face:?} {events:?}");
            assert_eq!(
                (&answer.text, answer.finish, &answer.model),
                (&whole.text, whole.finish, &whole.model)
            );
            assert_eq!(answer.usage, whole.usage, "{face:?}");
            assert!(answer.first_token_ms.is_some() && answer.request_id.is_some(), "{face:?}");
        }
    }
}

#[tokio::test]
async fn every_bucket_of_the_usage_arrives_whole_and_streamed() {
    let rig = Rig::start().await;
    let set =
        Usage { input: 6, cached: 20_443, cache_write: 574, cache_write_1h: 10, output: 400, thinking: 77 };
    rig.simulator.set_usage(rig.key, Some(set));
    for face in &FACES[..4] {
        let whole = rig.call(*face, &CallRequest::prompt("Why?")).await.unwrap().usage.unwrap();
        let streamed = rig.stream(*face, &CallRequest::prompt("Why?")).await.1.unwrap().usage.unwrap();
        assert_eq!(whole, streamed, "{face:?}");
        assert_eq!((whole.cache_read, whole.output, whole.reasoning), (20_443, 477, 77), "{face:?}");
        assert_eq!((whole.total_input(), whole.approximate), (21_033, false), "{face:?}");
        let claude = face.model.starts_with("claude");
        assert_eq!(whole.cache_write_1h, if claude { 10 } else { 0 }, "{face:?}");
    }
}

fn clock() -> Tool {
    Tool {
        name: "clock".into(),
        description: "The time.".into(),
        parameters: json!({"type": "object", "properties": {"zone": {"type": "string"}}}),
    }
}

#[tokio::test]
async fn a_function_is_called_and_its_result_played_back() {
    let rig = Rig::start().await;
    for face in FACES {
        let mut request =
            CallRequest { tools: vec![clock(), clock()], ..CallRequest::prompt("Please call the tool") };
        request.tools[1].name = "weather".into();
        let whole = rig.call(face, &request).await.unwrap();
        let (events, streamed) = rig.stream(face, &request).await;
        let streamed = streamed.unwrap();
        for answer in [&whole, &streamed] {
            assert_eq!((answer.finish, answer.tool_calls.len()), (FinishReason::ToolCalls, 1), "{face:?}");
            assert_eq!(answer.tool_calls[0].name, "clock");
            assert_eq!(answer.tool_calls[0].arguments, r#"{"zone":"zone"}"#, "{face:?}");
        }
        let pieces: String = events
            .iter()
            .filter_map(|event| match event {
                CallEvent::ToolArguments { index: 0, json } => Some(json.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(pieces, streamed.tool_calls[0].arguments, "{face:?}");
        let id = streamed.tool_calls[0].id.clone();
        let mut parts = streamed.thinking.clone();
        parts.push(Part::ToolCall(streamed.tool_calls[0].clone()));
        request.messages.push(Message { role: Role::Assistant, parts });
        let result = Part::ToolResult { id, content: "12:00".into(), is_error: false };
        request.messages.push(Message { role: Role::User, parts: vec![result] });
        let answer = rig.call(face, &request).await.unwrap();
        assert!(answer.text.contains("12:00"), "{face:?} {}", answer.text);
    }
}

#[tokio::test]
async fn a_function_that_has_to_be_called_is_called() {
    let rig = Rig::start().await;
    for face in FACES {
        for choice in [ToolChoice::Required, ToolChoice::Named("clock".into())] {
            let tools = vec![clock()];
            let request = CallRequest { tools, tool_choice: choice, ..CallRequest::prompt("Why?") };
            assert_eq!(rig.call(face, &request).await.unwrap().tool_calls.len(), 1, "{face:?}");
        }
        let tools = vec![clock()];
        let never = ToolChoice::None;
        let request = CallRequest { tools, tool_choice: never, ..CallRequest::prompt("call the tool") };
        assert!(rig.call(face, &request).await.unwrap().tool_calls.is_empty(), "{face:?}");
    }
}

#[tokio::test]
async fn a_schema_is_sent_so_that_its_vendor_takes_it() {
    let rig = Rig::start().await;
    let open =
        json!({"type": "object", "properties": {"city": {"type": "string"}, "size": {"type": "integer"}}});
    let mut strict = open.clone();
    strict["required"] = json!(["city", "size"]);
    strict["additionalProperties"] = json!(false);
    for face in FACES {
        for schema in [&open, &strict] {
            let schema = Some(AnswerSchema { name: "town".into(), schema: schema.clone() });
            let request = CallRequest { schema, ..CallRequest::prompt("Why?") };
            let answer = rig.call(face, &request).await.unwrap();
            let value: Value = serde_json::from_str(&answer.text).unwrap();
            assert_eq!(value, json!({"city": "city", "size": 1}), "{face:?}");
        }
    }
}

#[tokio::test]
async fn a_schema_by_instruction_is_checked_here() {
    let rig = Rig::start().await;
    let schema = json!({"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}});
    let schema = Some(AnswerSchema { name: "town".into(), schema });
    let request = CallRequest { schema, degrade: true, ..CallRequest::prompt("Why?") };
    let face = FACES[1];
    let degraded = async |streams: bool| {
        rig.with(face, async |target, options| {
            let mut old = options.model.unwrap().clone();
            old.capabilities.json_schema = false;
            let options = CallOptions { model: Some(&old), ..*options };
            if streams {
                drain(rig.vendors.stream(target, &request, &options).await.unwrap()).await.1
            } else {
                rig.vendors.call(target, &request, &options).await.map(|called| called.answer)
            }
        })
        .await
    };
    for streams in [false, true] {
        let error = degraded(streams).await.unwrap_err();
        assert_eq!((error.class, error.answer_began), (ErrorClass::Quality, streams));
        assert!(error.usage.is_some_and(|usage| !usage.approximate && usage.output == tokens(SAID)));
        rig.simulator.set_answer(rig.key, Some("```json\n{\"city\": \"Ulm\"}\n```"));
        let answer = degraded(streams).await.unwrap();
        assert_eq!(answer.text, "{\"city\": \"Ulm\"}");
        assert_eq!(answer.degraded, [Degradation::SchemaByInstruction]);
        rig.simulator.set_answer(rig.key, None);
    }
    let sent = bodies(&rig);
    let system = sent[0]["messages"][0]["content"].as_str().unwrap();
    assert!(system.contains(r#""required":["city"]"#) && sent[0].get("response_format").is_none());
}

#[tokio::test]
async fn media_efforts_and_bounds_are_taken_by_every_vendor() {
    let rig = Rig::start().await;
    for face in FACES {
        let image = || Part::Image { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() };
        // Compatible servers take no files.
        let other = match face.vendor {
            model::ProviderType::OpenAiCompatible => image(),
            _ => Part::Pdf { name: Some("a.pdf".into()), data: "JVBERi0xLjQK".into() },
        };
        let parts = vec![Part::Text { text: "Why?".into() }, image(), other];
        for effort in [None, Some(Effort::None), Some(Effort::Low), Some(Effort::Max)] {
            let request = CallRequest {
                system: Some("Be brief.".into()),
                messages: vec![Message { role: Role::User, parts: parts.clone() }],
                max_output_tokens: Some(200),
                effort,
                ..CallRequest::default()
            };
            let answer = rig.call(face, &request).await.unwrap();
            assert!(answer.usage.unwrap().input > 500, "{face:?}: two media of 258 tokens each");
        }
    }
}

#[tokio::test]
async fn older_models_are_told_how_long_to_think_by_a_budget() {
    let rig = Rig::start().await;
    let face = |vendor, model| Face { vendor, model, api: None };
    for face in [
        face(model::ProviderType::Claude, "claude-haiku-4-5"),
        face(model::ProviderType::Claude, "claude-opus-4-5"),
        face(model::ProviderType::Claude, "claude-sonnet-4-6"),
        face(model::ProviderType::Gemini, "gemini-2.5-pro"),
        face(model::ProviderType::Gemini, "gemini-2.5-flash"),
        face(model::ProviderType::Gemini, "gemini-3.1-pro-preview"),
        face(model::ProviderType::OpenAi, "gpt-5-pro"),
        face(model::ProviderType::OpenAi, "gpt-6.2-sol"),
        face(model::ProviderType::OpenAi, "o3"),
    ] {
        for effort in [Effort::None, Effort::Minimal, Effort::Medium, Effort::Xhigh] {
            let request = CallRequest { effort: Some(effort), ..CallRequest::prompt("Why?") };
            let answer = rig.call(face, &request).await.unwrap();
            let thought = answer.usage.unwrap().reasoning;
            assert!(effort < Effort::Medium || thought > 0, "{face:?} {effort:?}");
        }
    }
}

#[tokio::test]
async fn thinking_is_kept_for_the_next_turn() {
    let rig = Rig::start().await;
    for (face, begins) in [(FACES[0], "openai:rs_"), (FACES[2], "Eo0B")] {
        let request = CallRequest {
            effort: Some(Effort::High),
            tools: vec![clock()],
            ..CallRequest::prompt("Please call the tool")
        };
        let whole = rig.call(face, &request).await.unwrap();
        let streamed = rig.stream(face, &request).await.1.unwrap();
        for answer in [whole, streamed] {
            let Some(Part::Thinking { signature, .. }) = answer.thinking.first() else { panic!("{face:?}") };
            assert!(signature.starts_with(begins), "{face:?} {signature}");
        }
    }
}

#[tokio::test]
async fn texts_at_which_to_end_work_where_there_are_any() {
    let rig = Rig::start().await;
    let request = CallRequest { stop: vec!["simulated".into()], ..CallRequest::prompt("Why?") };
    let chat_by_itself = Face { api: None, ..FACES[1] };
    for face in [chat_by_itself, FACES[1], FACES[2], FACES[3], FACES[4]] {
        let answer = rig.call(face, &request).await.unwrap();
        assert_eq!(answer.text, "You asked “Why?”. This answer is ", "{face:?}");
        assert_eq!(answer.finish, FinishReason::Stop);
    }
    assert_eq!(rig.call(FACES[0], &request).await.unwrap_err().class, ErrorClass::Unsupported);
    let request = CallRequest { degrade: true, ..request };
    let answer = rig.call(FACES[0], &request).await.unwrap();
    assert_eq!((answer.text.as_str(), answer.degraded), (SAID, vec![Degradation::StopDropped]));
}

#[tokio::test]
async fn an_answer_that_meets_its_bound_says_so() {
    let rig = Rig::start().await;
    for face in FACES {
        let request = CallRequest { max_output_tokens: Some(16), ..CallRequest::prompt("Why?") };
        let answer = rig.call(face, &request).await.unwrap();
        assert_eq!(answer.finish, FinishReason::Length, "{face:?}");
        assert_eq!(rig.stream(face, &request).await.1.unwrap().finish, FinishReason::Length, "{face:?}");
    }
}

#[tokio::test]
async fn what_is_refused_here_is_not_sent() {
    let rig = Rig::start().await;
    let warm = CallRequest { temperature: Some(0.5), ..CallRequest::prompt("Why?") };
    let error = rig.call(FACES[0], &warm).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::Unsupported);
    assert_eq!(error.message, "gpt-6-luna has a temperature of its own and takes no other");
    assert!(rig.simulator.journal().is_empty());
    let chat_only = Face { model: "o3-pro", api: Some(OpenAiApi::Chat), ..FACES[1] };
    let error = rig.call(chat_only, &CallRequest::prompt("Why?")).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::Unsupported);
    let dropped = rig.call(FACES[0], &CallRequest { degrade: true, ..warm }).await.unwrap();
    assert_eq!(dropped.degraded, [Degradation::TemperatureDropped]);
}

#[tokio::test]
async fn what_is_left_of_the_vendors_limits_is_read_from_its_headers() {
    let rig = Rig::start().await;
    rig.simulator.set_fault(rig.key, Some(Fault::NothingLeft));
    for face in FACES {
        let request = CallRequest::prompt("Why?");
        let called =
            rig.with(face, async |target, options| rig.vendors.call(target, &request, options).await).await;
        let whole = called.unwrap().limits;
        let stream = rig.open(face, &request).await.unwrap();
        let limits = [whole, stream.limits().copied()];
        for limits in limits {
            let remaining = limits.and_then(|limits| limits.requests).and_then(|requests| requests.remaining);
            let says = matches!(face.vendor, model::ProviderType::OpenAi | model::ProviderType::Claude);
            assert_eq!(remaining, says.then_some(0), "{face:?}");
        }
    }
}

/// The gateway holds both across tasks.
#[test]
fn calls_and_streams_may_move_between_threads() {
    fn moves<T: Send>(_: impl Fn() -> T) {}
    fn lives<T: Send + Unpin + 'static>() {}
    fn any<T>() -> T {
        unreachable!("only its type is looked at")
    }
    moves(|| {
        let (vendors, target, request): (&providers::Vendors, &providers::Target<'_>, &CallRequest) = any();
        let options: &CallOptions<'_> = any();
        (vendors.call(target, request, options), vendors.stream(target, request, options))
    });
    lives::<providers::CallStream>();
}
