//! Runs side by side: what comes is put where it belongs, and ends as it should.

use model::{
    CallAnswer, CallError, Catalog, ErrorClass, FailureCode, PicoUsd, ProviderType, TokenUsage,
    call::{Degradation, FinishReason, Part},
    gateway::{Answered, Fallback},
    limits::{LimitKind, LimitState, OwnPrice},
    routing::{Explanation, RouteMode},
};

use super::{
    super::{list::tests as sample, routing::tests as routes},
    prompt::{At, Attached},
    *,
};

fn id(number: u8) -> ProviderId {
    routes::id(number)
}

/// Claude Production, Claude Haiku and a lab's own server, the first one leading `cover_letter`.
fn list() -> ProviderList {
    let mut providers = vec![
        sample::provider(1, "Claude Production", ProviderType::Claude),
        sample::provider(2, "Claude Haiku", ProviderType::Claude),
        sample::provider(3, "Lab vLLM", ProviderType::OpenAiCompatible),
    ];
    (providers[0].model_name, providers[1].model_name) =
        ("claude-opus-5-5".into(), "claude-haiku-5-5".into());
    providers[1].is_default = true;
    let tasks = vec![model::TaskView { name: routes::task("cover_letter"), holder: Some(id(1)) }];
    ProviderList { tasks, ..sample::list(providers) }
}

fn playground(edits: impl IntoIterator<Item = Edit>) -> Playground {
    let mut playground = Playground::default();
    let prompt = Edit::Prompt(prompt::Edit::Text("Write a cover letter.".into()));
    [Edit::Arrive(Rc::new(list())), prompt].into_iter().chain(edits).for_each(|edit| playground.apply(edit));
    playground
}

fn grew(run: u64, text: &str, at: f64) -> Edit {
    Edit::Heard(vec![(Heard::Grew(run, text.into()), at)])
}

fn error(message: &str) -> CallError {
    CallError {
        class: ErrorClass::Overloaded,
        message: message.into(),
        advice: "Try again later.".into(),
        http_status: Some(529),
        retry_after_ms: None,
        request_id: None,
        usage: None,
        answer_began: false,
        may_have_arrived: false,
    }
}

fn answered(provider: u8, text: &str, cost: Option<i128>, whole_ms: u64) -> PlaygroundEnd {
    PlaygroundEnd::Answered(Box::new(Answered {
        answer: CallAnswer {
            text: text.into(),
            usage: Some(TokenUsage { input: 2_612, output: 208, ..TokenUsage::default() }),
            first_token_ms: Some(whole_ms / 4),
            whole_ms,
            ..CallAnswer::default()
        },
        provider: id(provider),
        cost: cost.map(PicoUsd),
        fallbacks: Vec::new(),
        explanation: Explanation { rule: None, candidates: Vec::new() },
        warnings: Vec::new(),
    }))
}

fn text(playground: &Playground, place: usize) -> String {
    playground.columns[place].answer.text()
}

#[test]
fn the_default_and_the_next_are_laid_out_once() {
    let mut state = playground([]);
    let asked: Vec<_> = state.columns.iter().filter_map(|column| column.provider()).collect();
    assert_eq!(asked, [id(2), id(1), id(3)]);
    (1..=3).for_each(|key| state.apply(Edit::Remove(key)));
    state.apply(Edit::Arrive(Rc::new(list())));
    assert!(state.columns.is_empty());
}

#[test]
fn words_go_to_the_run_they_belong_to_and_late_ones_nowhere() {
    let mut state = playground([Edit::Began(1, 11, 0.0), Edit::Began(2, 12, 0.0)]);
    state.apply(Edit::Heard(vec![
        (Heard::Grew(11, "Dear ".into()), 400.0),
        (Heard::Grew(12, "Hello".into()), 410.0),
        (Heard::Grew(11, "manager".into()), 420.0),
        (Heard::Grew(99, "nobody".into()), 430.0),
    ]));
    assert_eq!((text(&state, 0), text(&state, 1)), ("Dear manager".into(), "Hello".into()));
    let figures = state.columns[0].figures(900.0).unwrap();
    assert_eq!((figures.first_ms, figures.whole_ms, figures.cost), (Some(400), Some(900), None));
    state.apply(Edit::Ended(11, Ok(answered(1, "Dear manager, yes.", None, 3_020))));
    state.apply(grew(11, " too late", 3_100.0));
    assert_eq!(text(&state, 0), "Dear manager, yes.");
    assert_eq!(state.runs(), [12]);
}

#[test]
fn a_fallback_voids_what_came_and_names_who_answers() {
    let edits =
        [Edit::Target(1, PlaygroundTarget::Task(routes::task("cover_letter"))), Edit::Began(1, 11, 0.0)];
    let mut state = playground(edits);
    state.apply(grew(11, "Half a sent", 300.0));
    state.apply(Edit::Heard(vec![
        (Heard::Restarted(11, id(2)), 500.0),
        (Heard::Grew(11, "Whole.".into()), 700.0),
    ]));
    assert_eq!((text(&state, 0), state.columns[0].provider()), ("Whole.".into(), Some(id(2))));
    let PlaygroundEnd::Answered(mut end) = answered(2, "Whole.", None, 900) else { panic!("an answer") };
    end.fallbacks = vec![Fallback { provider: id(1), error: error("no capacity just now") }];
    state.apply(Edit::Ended(11, Ok(PlaygroundEnd::Answered(end))));
    let notes = words::notes(&state.columns[0], |id| routes::after([]).name(id));
    assert_eq!(notes.len(), 1);
    assert!(notes[0].text.starts_with("No capacity just now. "), "{}", notes[0].text);
    assert_eq!(notes[0].detail, "HTTP 529");
}

#[test]
fn a_limit_that_is_nearly_used_is_told_beside_the_answer() {
    let PlaygroundEnd::Answered(mut end) = answered(2, "Dear", None, 900) else { panic!() };
    let limit = |kind, used| LimitState { kind, cap: 10_000, used, resets_at: None };
    end.warnings = vec![limit(LimitKind::DailyTokens, 8_100), limit(LimitKind::UserDailyTokens, 9_700)];
    let state = playground([Edit::Began(1, 11, 0.0), Edit::Ended(11, Ok(PlaygroundEnd::Answered(end)))]);
    let notes = words::notes(&state.columns[0], |id| routes::after([]).name(id));
    let told: Vec<_> = notes.iter().map(|note| (note.tone, note.title.as_str())).collect();
    assert_eq!(
        told,
        [
            (words::Tone::Warn, "The provider's daily token limit is used to 80%: 1,900 of 10,000 left."),
            (words::Tone::Warn, "The user's daily quota is used to 95%: 300 of 10,000 left."),
        ]
    );
}

#[test]
fn a_stopped_run_keeps_what_came_and_blames_nobody() {
    let cancelled = CallError { class: ErrorClass::Cancelled, ..error("cancelled") };
    let failed = PlaygroundEnd::Failed { error: cancelled, fallbacks: Vec::new() };
    let refused = Failure::new(FailureCode::Cancelled, "cancelled", "Start again.");
    for end in [Ok(failed), Err(refused)] {
        let state = playground([Edit::Began(1, 11, 0.0), grew(11, "Dear", 1.0), Edit::Ended(11, end)]);
        assert_eq!(state.columns[0].run, column::Run::Stopped);
        assert_eq!(text(&state, 0), "Dear");
    }
}

#[test]
fn a_column_that_runs_is_neither_removed_nor_asked_twice() {
    let target = PlaygroundTarget::Provider(id(3));
    let state = playground([Edit::Began(1, 11, 0.0), Edit::Remove(1), Edit::Target(1, target)]);
    assert_eq!(state.column(1).unwrap().provider(), Some(id(2)));
    assert_eq!(state.ready().len(), 2);
    let many = playground([Edit::Add, Edit::Add, Edit::Add]);
    assert_eq!((many.columns.len(), many.has_room()), (COLUMN_LIMIT, false));
    assert_eq!(many.ready().len(), 3);
}

#[test]
fn the_lowest_is_marked_only_among_answers_that_differ() {
    let state = playground([
        Edit::Began(1, 11, 0.0),
        Edit::Began(2, 12, 0.0),
        Edit::Ended(11, Ok(answered(2, "a", Some(3_432_000_000), 1_380))),
        Edit::Ended(12, Ok(answered(1, "b", None, 3_020))),
    ]);
    let marks = column::lowest(&state.columns);
    assert!(!marks[0].cost, "nothing to compare it with");
    assert_eq!((marks[0].first, marks[0].whole), (true, true));
    assert_eq!(marks[1..], [column::Lowest::default(); 2]);
}

#[test]
fn a_request_has_what_was_typed_and_the_first_fault_is_named() {
    let mut prompt = playground([]).prompt;
    prompt.apply(prompt::Edit::Temperature("0,4".into()));
    prompt.apply(prompt::Edit::MaxOutput("600".into()));
    prompt.apply(prompt::Edit::Schema(r#"{"type":"object"}"#.into()));
    let request = prompt.request().unwrap();
    assert_eq!((request.temperature, request.max_output_tokens), (Some(0.4), Some(600)));
    assert!(request.schema.is_some() && request.degrade);
    assert_eq!(Prompt::of(&request).request(), Ok(request));
    let faults = [
        (prompt::Edit::Text("  ".into()), At::Text),
        (prompt::Edit::Schema("{".into()), At::Schema),
        (prompt::Edit::Schema("[]".into()), At::Schema),
        (prompt::Edit::Temperature("2.5".into()), At::Temperature),
        (prompt::Edit::Temperature("NaN".into()), At::Temperature),
        (prompt::Edit::MaxOutput("0".into()), At::MaxOutput),
        (prompt::Edit::MaxOutput(String::new()), At::MaxOutput),
    ];
    for (edit, at) in faults {
        let mut wrong = prompt.clone();
        wrong.apply(edit);
        assert_eq!(wrong.request().unwrap_err().at, at);
    }
}

#[test]
fn attachments_are_of_a_kind_that_is_sent_and_have_a_limit_together() {
    let png = prompt::attachment("cv.png", 9, "data:image/png;base64,iVBORw0K").unwrap();
    assert!(
        matches!(&png.part, Part::Image { media_type, data } if media_type == "image/png" && data == "iVBORw0K")
    );
    assert!(prompt::attachment("cv.docx", 9, "data:application/msword;base64,AA==").is_err());
    let large = Attached { bytes: prompt::ATTACHED_LIMIT, ..png.clone() };
    let mut prompt = Prompt::default();
    prompt.apply(prompt::Edit::Attach(png));
    prompt.apply(prompt::Edit::Attach(large));
    assert_eq!(prompt.attached.len(), 1);
    assert!(prompt.fault(At::Attached).is_some());
    assert!(prompt.request().is_ok());
}

#[test]
fn an_estimate_adds_known_prices_only_and_says_what_is_missing() {
    let catalog = Catalog::bundled().unwrap();
    let of = |state: &Playground, list: &ProviderList| {
        estimate::estimate(&state.prompt, &state.columns, list, Some(&catalog))
    };
    let mut state = playground([Edit::Prompt(prompt::Edit::MaxOutput("600".into()))]);
    let found = of(&state, &list()).unwrap();
    // 21 bytes are 6 tokens: at 4 and 20 dollars per million, and at 0.1 and 0.5.
    assert_eq!((found.tokens, found.unpriced), (6, 1));
    assert_eq!(found.cost, Some(PicoUsd(6 * 4_000_000 + 600 * 20_000_000 + 6 * 100_000 + 600 * 500_000)));
    assert!(found.sentence().contains('$'));
    let mut own = list();
    own.providers[2].calls.price = Some(OwnPrice {
        input_usd_per_mtok: "0".into(),
        output_usd_per_mtok: "0".into(),
        cached_input_usd_per_mtok: None,
    });
    assert_eq!(of(&state, &own).unwrap().unpriced, 0);
    state.apply(Edit::Remove(1));
    state.apply(Edit::Remove(2));
    let unknown = of(&state, &list()).unwrap();
    assert_eq!(unknown.cost, None);
    assert!(!unknown.sentence().contains('$'));
    state.apply(Edit::Prompt(prompt::Edit::Text(String::new())));
    assert_eq!(of(&state, &list()), None);
}

#[test]
fn a_task_is_estimated_by_who_leads_it_or_else_by_the_default() {
    let asked = |task: &str, list: &ProviderList| {
        estimate::first_asked(&PlaygroundTarget::Task(routes::task(task)), list).map(|one| one.id)
    };
    let mut list = list();
    assert_eq!(asked("cover_letter", &list), Some(id(1)));
    assert_eq!(asked("validation", &list), Some(id(2)));
    list.providers[0].is_active = false;
    assert_eq!(asked("cover_letter", &list), Some(id(2)));
}

#[test]
fn making_a_route_puts_it_first_and_leaves_the_others_in_their_order() {
    let mut view = routes::view();
    let led = route::led_by(&view, &routes::task("extraction"), id(3)).unwrap();
    let chain: Vec<_> = led.route.chain.iter().map(|member| member.provider).collect();
    assert_eq!((chain, led.was), (vec![id(3), id(1), id(2)], Some(id(1))));
    assert_eq!(led.before, view.routes[0]);
    assert!(!led.is_so_already());
    assert!(route::led_by(&view, &routes::task("extraction"), id(1)).unwrap().is_so_already());
    view.routes[0].mode = RouteMode::Auto;
    let auto = route::led_by(&view, &routes::task("extraction"), id(1)).unwrap();
    assert_eq!((auto.route.mode, auto.is_so_already()), (RouteMode::Chain, false));
    assert_eq!(route::led_by(&view, &routes::task("gone"), id(1)), None);
}

#[test]
fn the_tokens_of_an_answer_are_guessed_only_while_it_grows() {
    let mut state = playground([Edit::Began(1, 11, 0.0)]);
    assert_eq!(state.columns[0].output_so_far(), None);
    state.apply(grew(11, "Dear hiring manager,", 1.0));
    state.apply(grew(11, "\n\nMy work", 2.0));
    assert_eq!(state.columns[0].output_so_far(), Some(7));
    state.apply(Edit::Ended(11, Ok(answered(1, "Dear hiring manager,", None, 900))));
    assert_eq!(state.columns[0].output_so_far(), None);
}

#[test]
fn an_answer_says_what_it_did_without_and_why_it_ended() {
    let PlaygroundEnd::Answered(mut end) = answered(2, "a", None, 900) else { panic!("an answer") };
    (end.answer.finish, end.answer.degraded) = (FinishReason::Length, vec![Degradation::TemperatureDropped]);
    let state = playground([Edit::Began(1, 11, 0.0), Edit::Ended(11, Ok(PlaygroundEnd::Answered(end)))]);
    let tones: Vec<_> =
        words::notes(&state.columns[0], |_| String::new()).iter().map(|note| note.tone).collect();
    assert_eq!(tones, [words::Tone::Plain, words::Tone::Warn]);
    assert!(words::said(&state.columns[0], "Claude Haiku").contains("Claude Haiku"));
}

#[test]
fn a_kept_prompt_comes_back_whole() {
    let mut state = playground([Edit::Task(Some(routes::task("cover_letter")))]);
    let request = state.prompt.request().unwrap();
    let kept = SavedPrompt {
        id: 7,
        name: "Letter".into(),
        task: state.task.clone(),
        request,
        updated_at: model::Timestamp(0),
    };
    state.apply(Edit::Prompt(prompt::Edit::Text("Something else.".into())));
    state.apply(Edit::Task(None));
    state.apply(Edit::Saved(vec![kept]));
    state.apply(Edit::Open(7));
    assert_eq!(&*state.prompt.text, "Write a cover letter.");
    assert_eq!(state.task, Some(routes::task("cover_letter")));
    assert_eq!(state.opened().unwrap().name, "Letter");
}

#[test]
fn a_pause_is_shown_until_something_comes_and_is_said_once() {
    let waits = |at| Edit::Heard(vec![(Heard::Waits(7, id(1), 12_000, true), at)]);
    let asked = || playground([Edit::Began(1, 7, 100.0), waits(200.0)]);
    let pause = |playground: &Playground| playground.columns[0].running().and_then(|running| running.pause);
    let shown = asked();
    assert_eq!(pause(&shown).map(|pause| (pause.asked, pause.until)), Some((true, 12_200.0)));
    assert!(shown.said.contains("12 s"), "{}", shown.said);
    let mut grown = asked();
    grown.apply(grew(7, "Dear", 12_300.0));
    assert_eq!(pause(&grown), None);
    let mut moved = asked();
    moved.apply(Edit::Heard(vec![(Heard::Restarted(7, id(2)), 300.0)]));
    assert_eq!(pause(&moved), None);
    let mut other = playground([Edit::Began(1, 8, 100.0), waits(200.0)]);
    assert_eq!((pause(&other), other.said.as_str()), (None, ""), "a run that is not here is not told of");
    other.apply(Edit::Ended(8, Ok(answered(1, "Hi", None, 4))));
    assert!(other.columns[0].running().is_none());
}
