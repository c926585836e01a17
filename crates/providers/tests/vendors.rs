//! The contract with every vendor, over real sockets: each way to fail has its outcome, and no report gives
//! anything of the key away.

mod rig;

use model::{ProviderType, TestOutcome};
use providers::{BaseUrl, Target};
use simulator::Fault;

use crate::rig::{CANARY, Rig, model_of};

/// What a fault must be reported as, wherever it can occur.
fn expected(fault: Fault, vendor: ProviderType) -> TestOutcome {
    match fault {
        Fault::BadKey | Fault::Expired | Fault::Leaked => TestOutcome::KeyRefused,
        Fault::Restricted if vendor == ProviderType::OpenAi => TestOutcome::WorksRestricted,
        Fault::NoPermission | Fault::Restricted => TestOutcome::NoPermission,
        Fault::RateLimit | Fault::RateLimitNoHint => TestOutcome::RateLimited,
        Fault::Quota => TestOutcome::QuotaExhausted,
        Fault::Overloaded => TestOutcome::Overloaded,
        Fault::ServerError | Fault::BadGatewayHtml => TestOutcome::VendorFailed,
        Fault::Slow | Fault::Stall => TestOutcome::TimedOut,
        Fault::HangUp => TestOutcome::NoConnection,
        Fault::Cut | Fault::Garbage | Fault::Huge | Fault::GzipBomb => TestOutcome::NotUnderstood,
        Fault::Html | Fault::NotFound => TestOutcome::WrongBaseUrl,
        Fault::Redirect => TestOutcome::Redirected,
        Fault::EmptyList | Fault::EchoKey => TestOutcome::ModelNotFound,
        // The model is on one of the first pages, or all are on the only one.
        Fault::Moved | Fault::Downgrade | Fault::EndlessPages => TestOutcome::Works,
        // Only calls meet the others: a list is answered well.
        _ => TestOutcome::Works,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_at_every_vendor_has_its_outcome_and_keeps_the_key() {
    let visits = ProviderType::ALL.map(|vendor| tokio::spawn(meet_every_fault(vendor)));
    for visit in visits {
        visit.await.unwrap();
    }
}

async fn meet_every_fault(vendor: ProviderType) {
    let (patient, impatient) = (Rig::start().await, Rig::impatient().await);
    for fault in Fault::all() {
        let outcome = expected(fault, vendor);
        let rig = if outcome == TestOutcome::TimedOut { &impatient } else { &patient };
        rig.simulator.set_fault(rig.key, Some(fault));
        let report = rig.test(vendor).await;
        assert_eq!(report.outcome, outcome, "{vendor:?} {fault}: {report:?}");
        rig.assert_keeps_the_key(&report);
        assert!(rig.simulator.journal().iter().all(|entry| !entry.key_misplaced), "{vendor:?} {fault}");
    }
}

#[tokio::test]
async fn a_good_key_works_at_every_vendor_and_all_pages_are_counted() {
    let rig = Rig::start().await;
    for (vendor, visible) in [
        (ProviderType::Gemini, 11),
        (ProviderType::OpenAi, 54),
        (ProviderType::Claude, 14),
        (ProviderType::OpenAiCompatible, 7),
    ] {
        let report = rig.test(vendor).await;
        assert_eq!(report.outcome, TestOutcome::Works, "{report:?}");
        assert_eq!((report.models_visible, report.http_status), (Some(visible), Some(200)), "{vendor:?}");
    }
    let pages = |path: &str| {
        rig.simulator.journal().iter().filter(|entry| entry.path_and_query.starts_with(path)).count()
    };
    assert_eq!(pages("/gemini/v1beta/models?"), 2);
    assert_eq!(pages("/claude/v1/models?"), 2);
    assert_eq!(pages("/openai/v1/models"), 1);
}

#[tokio::test]
async fn only_the_headers_that_the_vendor_wants_are_sent() {
    let rig = Rig::start().await;
    for vendor in ProviderType::ALL {
        rig.test(vendor).await;
    }
    let journal = rig.simulator.journal();
    let (with_key, without): (Vec<_>, Vec<_>) =
        journal.into_iter().partition(|entry| entry.credential.is_some());
    // One more question to the compatible server: whether its list is there for anyone.
    assert!(without.len() == 1 && without[0].path_and_query == "/compatible/v1/models");
    for entry in with_key {
        assert_eq!((entry.credential.as_deref(), entry.key_misplaced), (Some("canary"), false), "{entry:?}");
        let mut names = entry.header_names;
        names.retain(|name| !["accept", "accept-encoding", "host", "user-agent"].contains(&name.as_str()));
        let allowed: &[&str] = match entry.path_and_query.split('/').nth(1) {
            Some("gemini") => &["x-goog-api-key"],
            Some("claude") => &["anthropic-version", "x-api-key"],
            _ => &["authorization"],
        };
        assert_eq!(names, allowed, "{}", entry.path_and_query);
    }
}

#[tokio::test]
async fn an_unknown_model_comes_with_the_nearest_names() {
    let rig = Rig::start().await;
    for (vendor, wrong, nearest) in [
        (ProviderType::Gemini, "gemini-3.8-flush", "gemini-3.8-flash"),
        (ProviderType::OpenAi, "gpt-4o-minni", "gpt-4o-mini"),
        (ProviderType::Claude, "claude-sonet-5-5", "claude-sonnet-5-5"),
        (ProviderType::OpenAiCompatible, "qwen3:8", "qwen3:8b"),
    ] {
        let report = rig.test_model(vendor, wrong).await;
        assert_eq!(report.outcome, TestOutcome::ModelNotFound, "{report:?}");
        assert_eq!(report.nearest_models[0], nearest);
        assert!(report.nearest_models.len() <= 3);
        assert!(report.message.contains(wrong) && report.advice.contains(nearest), "{report:?}");
    }
}

#[tokio::test]
async fn a_model_that_cannot_generate_text_is_not_found_fit() {
    let rig = Rig::start().await;
    let report = rig.test_model(ProviderType::Gemini, "gemini-embedding-001").await;
    assert_eq!(report.outcome, TestOutcome::ModelNotFound);
    assert!(report.message.contains("does not generate text"), "{report:?}");
}

#[tokio::test]
async fn names_that_a_vendor_resolves_work_though_they_are_not_listed() {
    let rig = Rig::start().await;
    for (vendor, name) in [
        (ProviderType::Claude, "claude-haiku-4-5"),
        (ProviderType::Gemini, "models/gemini-3.8-flash"),
        (ProviderType::OpenAiCompatible, "llama3.2"),
    ] {
        let report = rig.test_model(vendor, name).await;
        assert_eq!(report.outcome, TestOutcome::Works, "{name}: {report:?}");
    }
}

#[tokio::test]
async fn a_model_that_is_closed_to_new_keys_works_with_a_warning() {
    let rig = Rig::start().await;
    let report = rig.test_model(ProviderType::Gemini, "gemini-2.5-flash").await;
    assert_eq!(report.outcome, TestOutcome::Works);
    assert!(report.message.contains("made recently") && report.message.contains("2026-12-01"), "{report:?}");
}

#[tokio::test]
async fn a_compatible_server_may_be_used_without_a_key_and_others_may_not() {
    let mut rig = Rig::start().await;
    rig.key = "";
    for vendor in ProviderType::ALL {
        let report = rig.test(vendor).await;
        let expected = if vendor.needs_key() { TestOutcome::KeyMalformed } else { TestOutcome::Works };
        assert_eq!(report.outcome, expected, "{vendor:?}");
    }
    let journal = rig.simulator.journal();
    assert_eq!(journal.len(), 1, "a key that cannot be sent is not sent");
    assert_eq!(journal[0].credential, None);
}

#[tokio::test]
async fn a_list_that_is_there_for_anyone_is_no_proof_of_the_key() {
    let rig = Rig::start().await;
    let report = rig.test(ProviderType::OpenAiCompatible).await;
    assert!(report.advice.contains("without a key, too"), "{report:?}");
    rig.simulator.set_fault("compatible", Some(Fault::BadKey));
    assert_eq!(rig.test(ProviderType::OpenAiCompatible).await.outcome, TestOutcome::KeyRefused);
}

#[tokio::test]
async fn models_can_be_listed_by_themselves() {
    let rig = Rig::start().await;
    let base_url = rig.simulator.base_url(ProviderType::Claude);
    let base_url = BaseUrl::parse(&base_url, ProviderType::Claude, false).unwrap();
    let mut target = Target {
        provider_type: ProviderType::Claude,
        base_url: &base_url,
        api_key: Some(CANARY),
        model_name: "",
    };
    let names = rig.vendors.list_models(&target).await.unwrap();
    assert_eq!((names.len(), names[0].as_str()), (14, "claude-fable-5"));
    target.api_key = Some("test-claude-bad-key-0001");
    let report = rig.vendors.list_models(&target).await.unwrap_err();
    assert_eq!(report.outcome, TestOutcome::KeyRefused);
}

#[tokio::test]
async fn a_key_that_no_header_carries_is_reported_without_sending_anything() {
    let mut rig = Rig::start().await;
    for key in ["q7Xp zR4w", "q7Xp\r\nx-evil: zR4w", "q7Xp\u{0}zR4w", "q7Xpé zR4w"] {
        rig.key = key;
        for vendor in ProviderType::ALL {
            let report = rig.test(vendor).await;
            assert_eq!(report.outcome, TestOutcome::KeyMalformed);
            assert_eq!((report.latency_ms, report.http_status), (0, None));
            rig.assert_keeps_the_key(&report);
        }
    }
    assert_eq!(rig.simulator.journal(), []);
}

#[tokio::test]
async fn the_vendors_hint_when_to_come_back_is_reported() {
    for (vendor, seconds) in [
        (ProviderType::Gemini, 48),
        (ProviderType::OpenAi, 20),
        (ProviderType::Claude, 12),
        (ProviderType::OpenAiCompatible, 2),
    ] {
        let rig = Rig::start().await;
        rig.simulator.set_fault(rig.key, Some(Fault::RateLimit));
        let report = rig.test(vendor).await;
        assert_eq!(report.retry_after_s, Some(seconds));
        assert!(report.advice.contains(&format!("Wait {seconds} s")), "{report:?}");
        rig.simulator.set_fault(rig.key, Some(Fault::RateLimitNoHint));
        assert_eq!(rig.test(vendor).await.retry_after_s, None);
    }
}

#[tokio::test]
async fn a_list_without_end_is_given_up() {
    let rig = Rig::start().await;
    for vendor in [ProviderType::Gemini, ProviderType::Claude] {
        rig.simulator.set_fault(rig.key, Some(Fault::EndlessPages));
        let report = rig.test_model(vendor, "no-such-model").await;
        assert_eq!(report.outcome, TestOutcome::NotUnderstood, "{report:?}");
        assert!(rig.simulator.journal().len() <= 60);
        rig.simulator.clear_journal();
    }
}

#[tokio::test]
async fn a_refusal_names_the_vendor_the_status_and_where_keys_are_made() {
    let mut rig = Rig::start().await;
    rig.key = "test-openai-bad-key-0001";
    let report = rig.test(ProviderType::OpenAi).await;
    assert_eq!(report.message, "OpenAI does not accept this key (HTTP 401).");
    assert!(report.advice.contains("https://platform.openai.com/api-keys"));
    assert_eq!(report.request_id.as_deref(), Some("req_5d0c8f2e7b9a4c61"));
    assert!(report.tested_at.0 > 1_700_000_000_000);
}

#[tokio::test]
async fn a_key_of_another_vendor_is_recognised_by_its_shape_only_after_it_was_refused() {
    let mut rig = Rig::start().await;
    rig.key = "sk-ant-api03-q7XpzR4w";
    let report = rig.test(ProviderType::OpenAi).await;
    assert_eq!(report.outcome, TestOutcome::KeyRefused);
    assert!(report.advice.contains("another vendor: Claude"), "{report:?}");
    assert_eq!(model_of(ProviderType::OpenAi), "gpt-4o-mini");
    assert_eq!(rig.simulator.journal().len(), 1);
}
