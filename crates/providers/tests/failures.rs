//! Calls that fail, at every vendor, whole and streamed: each fault has its class, and no error gives anything of the
//! key away.

mod rig;

use futures::StreamExt;
use model::{CallAnswer, CallError, CallEvent, CallRequest, ErrorClass, ProviderType, call::FinishReason};
use simulator::{Fault, Listener};

use crate::rig::{FACES, Face, Rig};

/// What a fault must come to; `None` is an answer.
fn expected(fault: Fault, face: Face, streams: bool) -> Option<ErrorClass> {
    use ErrorClass::*;
    let is_openai = face.vendor == ProviderType::OpenAi;
    let is_responses = is_openai && face.api.is_none();
    // What the vendor says in the middle of a stream.
    let within = if is_responses || matches!(face.vendor, ProviderType::Claude | ProviderType::Gemini) {
        Overloaded
    } else {
        Server
    };
    let streamed = |class: ErrorClass| streams.then_some(class);
    match fault {
        Fault::BadKey | Fault::Expired | Fault::Leaked => Some(InvalidKey),
        // The scope that is missing is that of listing models.
        Fault::Restricted if is_openai => None,
        Fault::NoPermission | Fault::Restricted => Some(Permission),
        Fault::TooLarge if is_openai => Some(TooLargeForLimit),
        Fault::RateLimit
        | Fault::RateLimitNoHint
        | Fault::RateLimitMs
        | Fault::RateLimitDate
        | Fault::RateLimitOnce
        | Fault::TooLarge => Some(RateLimit),
        Fault::Quota | Fault::SpendLimit => Some(Quota),
        Fault::Overloaded => Some(Overloaded),
        Fault::ServerError | Fault::BadGatewayHtml | Fault::FailOnce | Fault::Flaky => Some(Server),
        Fault::ModelGone => Some(ModelNotFound),
        Fault::EchoKey => Some(BadRequest),
        Fault::Slow | Fault::Stall => Some(Timeout),
        Fault::HangUp => Some(Network),
        Fault::Cut
        | Fault::Garbage
        | Fault::Html
        | Fault::NotFound
        | Fault::Redirect
        | Fault::Huge
        | Fault::GzipBomb
        | Fault::WrongContentType => Some(Protocol),
        Fault::StreamCut | Fault::StreamGarbage | Fault::StreamHalfCharacter | Fault::LongLine => {
            streamed(Protocol)
        }
        Fault::StreamStall | Fault::StreamEndless => streamed(Timeout),
        Fault::StreamError | Fault::RawJsonErrorLine => streamed(within),
        Fault::ResponseFailed if is_responses => Some(Server),
        Fault::ResponseFailed => streamed(within),
        Fault::ContentFilter if face.vendor == ProviderType::Gemini => Some(ContentBlocked),
        Fault::Moved
        | Fault::Downgrade
        | Fault::EmptyList
        | Fault::EndlessPages
        | Fault::NothingLeft
        | Fault::StreamSplit
        | Fault::EmptyAnswer
        | Fault::SchemaBreak
        | Fault::Refusal
        | Fault::ContentFilter
        | Fault::NoUsage => None,
    }
}

#[tokio::test]
async fn every_fault_at_every_vendor_has_its_class_and_keeps_the_key() {
    futures::future::join_all(FACES.map(meet_every_fault)).await;
}

async fn meet_every_fault(face: Face) {
    let (patient, impatient) = (Rig::start().await, Rig::impatient().await);
    // Faults of lists are not met here.
    let of_lists = [Fault::EmptyList, Fault::EndlessPages];
    for fault in Fault::all().filter(|fault| !of_lists.contains(fault)) {
        for streams in [false, true] {
            let class = expected(fault, face, streams);
            let rig = if class == Some(ErrorClass::Timeout) { &impatient } else { &patient };
            rig.simulator.set_fault(rig.key, Some(fault));
            let (began, result) = meet(rig, face, streams).await;
            rig.assert_not_in(&format!("{result:?}"));
            let what = format!("{face:?} {fault} streams {streams}: {result:?}");
            assert_eq!(result.as_ref().err().map(|error| error.class), class, "{what}");
            if let Err(error) = result {
                assert_eq!(error.answer_began, began, "{what}");
                assert_eq!(error.may_have_arrived, fault == Fault::HangUp, "{what}");
                assert!(!error.message.ends_with('.') && error.advice.ends_with('.'), "{what}");
            }
            let journal = rig.simulator.journal();
            assert!(journal.iter().all(|entry| entry.listener != Listener::Elsewhere), "{what}");
            assert!(journal.iter().all(|entry| !entry.key_misplaced), "{what}");
            rig.simulator.clear_journal();
        }
    }
}

async fn meet(rig: &Rig, face: Face, streams: bool) -> (bool, Result<CallAnswer, CallError>) {
    let request = CallRequest::prompt("Why?");
    if !streams {
        return (false, rig.call(face, &request).await);
    }
    let (events, result) = rig.stream(face, &request).await;
    (!events.is_empty(), result)
}

#[tokio::test]
async fn a_call_is_sent_once_whatever_happens() {
    for fault in [Fault::ServerError, Fault::RateLimitMs, Fault::Cut, Fault::HangUp, Fault::StreamCut] {
        let rig = Rig::start().await;
        rig.simulator.set_fault(rig.key, Some(fault));
        for face in FACES {
            rig.stream(face, &CallRequest::prompt("Why?")).await.1.unwrap_err();
        }
        assert_eq!(rig.simulator.journal().len(), FACES.len(), "{fault}");
    }
}

#[tokio::test]
async fn a_stream_without_its_end_fails_though_text_came_and_its_usage_is_told() {
    let rig = Rig::start().await;
    for fault in [Fault::StreamCut, Fault::StreamError] {
        rig.simulator.set_fault(rig.key, Some(fault));
        for face in FACES {
            let (events, result) = rig.stream(face, &CallRequest::prompt("Why?")).await;
            let error = result.unwrap_err();
            assert!(!events.is_empty() && error.answer_began, "{face:?} {error:?}");
            assert_eq!(error.http_status, Some(200), "{face:?}");
            // Claude says its input at once, Gemini counts along, OpenAI tells at the end only.
            match face.vendor {
                ProviderType::Claude | ProviderType::Gemini => {
                    let usage = error.usage.unwrap();
                    assert!(usage.approximate && usage.input == 1 && usage.output == 1, "{face:?} {usage:?}");
                }
                _ => assert_eq!(error.usage, None, "{face:?}"),
            }
        }
    }
}

#[tokio::test]
async fn hints_when_to_come_back_are_read_wherever_they_stand() {
    let rig = Rig::start().await;
    let hint = async |face: Face, fault| {
        rig.simulator.set_fault(rig.key, Some(fault));
        rig.call(face, &CallRequest::prompt("Why?")).await.unwrap_err().retry_after_ms
    };
    assert_eq!(hint(FACES[0], Fault::RateLimit).await, Some(20_000));
    assert_eq!(hint(FACES[1], Fault::RateLimitMs).await, Some(1500));
    assert_eq!(hint(FACES[2], Fault::RateLimit).await, Some(12_000));
    assert!(hint(FACES[3], Fault::RateLimit).await.is_some_and(|wait| wait > 1000));
    assert_eq!(hint(FACES[4], Fault::RateLimitMs).await, Some(1500));
    let by_date = hint(FACES[2], Fault::RateLimitDate).await;
    assert!(by_date.is_some_and(|wait| (15_000..=20_000).contains(&wait)), "{by_date:?}");
    assert_eq!(hint(FACES[0], Fault::RateLimitNoHint).await, None);
    assert_eq!(hint(FACES[0], Fault::Quota).await, None);
}

#[tokio::test]
async fn refusals_and_empty_answers_are_answers() {
    let rig = Rig::start().await;
    for face in FACES {
        rig.simulator.set_fault(rig.key, Some(Fault::Refusal));
        // Others write it as plain text.
        let knows_refusals = face.vendor != ProviderType::OpenAiCompatible;
        for answer in [
            rig.call(face, &CallRequest::prompt("Why?")).await.unwrap(),
            rig.stream(face, &CallRequest::prompt("Why?")).await.1.unwrap(),
        ] {
            assert!(answer.finish == FinishReason::Refused || !knows_refusals, "{face:?} {answer:?}");
        }
        rig.simulator.set_fault(rig.key, Some(Fault::EmptyAnswer));
        let answer = rig.stream(face, &CallRequest::prompt("Why?")).await.1.unwrap();
        assert_eq!((answer.text.as_str(), answer.finish), ("", FinishReason::Stop), "{face:?}");
    }
    rig.simulator.set_fault(rig.key, Some(Fault::ContentFilter));
    for face in [FACES[0], FACES[1], FACES[2]] {
        let answer = rig.call(face, &CallRequest::prompt("Why?")).await.unwrap();
        assert_eq!(answer.finish, FinishReason::Refused, "{face:?}");
    }
    let blocked = rig.call(FACES[3], &CallRequest::prompt("Why?")).await.unwrap_err();
    assert!(blocked.usage.is_some_and(|usage| !usage.approximate && usage.input == 1));
}

#[tokio::test]
async fn a_caller_who_leaves_ends_the_call_and_can_still_count() {
    let rig = Rig::start().await;
    for fault in [Fault::StreamEndless, Fault::StreamStall] {
        rig.simulator.set_fault(rig.key, Some(fault));
        for face in FACES {
            let mut stream = rig.open(face, &CallRequest::prompt("Why?")).await.unwrap();
            assert!(matches!(stream.next().await, Some(Ok(CallEvent::Text(_)))), "{face:?}");
            let usage = stream.usage_so_far();
            if matches!(face.vendor, ProviderType::Claude | ProviderType::Gemini) {
                assert!(usage.is_some_and(|usage| usage.approximate && usage.input == 1), "{face:?}");
            }
            drop(stream);
            while rig.simulator.open_streams() > 0 {
                tokio::task::yield_now().await;
            }
        }
    }
}

#[tokio::test]
async fn nothing_answers_and_that_is_said_without_the_key() {
    let rig = Rig::start().await;
    for face in FACES {
        let closed = providers::BaseUrl::parse("http://127.0.0.1:1", face.vendor, false).unwrap();
        let error = rig
            .with(face, async |target, options| {
                let target = providers::Target { base_url: &closed, ..*target };
                rig.vendors.call(&target, &CallRequest::prompt("Why?"), options).await
            })
            .await
            .unwrap_err();
        assert_eq!((error.class, error.http_status), (ErrorClass::Network, None));
        rig.assert_not_in(&format!("{error:?}"));
    }
}
