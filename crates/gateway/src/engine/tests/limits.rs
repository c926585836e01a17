//! Limits of configurations and users, from call to disk.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD};
use model::{
    CallAnswer, CallError, ErrorClass, PicoUsd, ProviderDraft, ProviderType,
    call::Part,
    limits::{LimitKind, UserQuota},
    routing::Verdict,
};
use store::Spender;

use super::scripted::*;
use crate::{
    failure::failed,
    order::{Ask, Refused},
    snapshot::made::id,
};

fn limit(end: Result<crate::order::Served, Refused>) -> model::limits::LimitState {
    match end {
        Err(Refused::Limit { limit, .. }) => limit,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_does_not_fit_says_which_limit_how_much_is_left_and_when_it_starts_anew() {
    let house = house(&["gpt-4o-mini"], |_, draft| draft.daily_token_limit = Some(10_000)).await;
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let mut calls = 0;
    let refused = loop {
        match house.gateway.call(for_task()).await {
            Ok(_) => calls += 1,
            Err(refused) => break limit(Err(refused)),
        }
    };
    assert_eq!((calls, refused.kind, refused.used), (4, LimitKind::DailyTokens, 6_000));
    assert_eq!(refused.resets_at, Some(model::Timestamp(NOON.0 + 12 * 3_600_000)));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_larger_than_a_whole_limit_is_told_no_time_and_others_still_pass() {
    let house = house(&["gpt-4o-mini"], |at, draft| {
        draft.daily_token_limit = (at == 0).then_some(10_000);
    });
    let house = house.await;
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let mut large = for_task();
    large.request.max_output_tokens = Some(15_000);
    let refused = limit(house.gateway.call(large).await);
    assert!(refused.never_fits() && refused.used == 0, "{refused:?}");
    assert!(house.gateway.call(for_task()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_reached_leads_to_the_next_of_the_chain() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |at, draft| {
        draft.daily_token_limit = (at == 0).then_some(5_000);
    });
    let house = house.await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(1));
    let served = house.gateway.call(for_task()).await.unwrap();
    assert_eq!(served.provider, id(2));
    assert!(matches!(served.explanation.candidates[0].verdict, Verdict::LimitReached { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_budget_is_held_by_the_most_that_a_call_can_cost() {
    // gpt-4o-mini: 0.15 in, 0.60 out; 4,096 tokens of output are 0.0024576 USD at most.
    let budget = PicoUsd(PicoUsd::ONE_USD / 250);
    let house = house(&["gpt-4o-mini"], |_, draft| draft.calls.daily_cost_limit = Some(budget)).await;
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let (mut cost, mut warned) = (PicoUsd(0), 0);
    let refused = loop {
        match house.gateway.call(for_task()).await {
            Ok(served) => {
                cost = cost.plus(served.cost.unwrap());
                warned =
                    warned.max(served.warnings.iter().filter_map(|one| one.warning()).max().unwrap_or(0));
            }
            Err(refused) => break limit(Err(refused)),
        }
    };
    assert_eq!(refused.kind, LimitKind::DailyCost);
    assert!(cost <= budget && i128::from(refused.used) == cost.0 && cost.0 > 0);
    assert_eq!(warned, 0);
}

#[tokio::test(start_paused = true)]
async fn a_budget_meets_an_unknown_price_by_not_calling() {
    let house = house(&["never-heard-of"], |_, draft| draft.calls.daily_cost_limit = Some(PicoUsd(1))).await;
    let Err(Refused::NoRoute(told)) = house.gateway.call(for_task()).await else { panic!() };
    assert_eq!(told.candidates[0].verdict, Verdict::PriceUnknown);
}

#[tokio::test(start_paused = true)]
async fn failures_that_cost_nothing_free_what_was_reserved_and_others_keep_it() {
    let house = house(&["never-heard-of"], |_, draft| {
        (draft.daily_token_limit, draft.calls.retries) = (Some(9_000), Some(0));
    });
    let house = house.await;
    let cut = CallError { answer_began: true, ..failed(ErrorClass::Protocol) };
    let free = std::iter::repeat_n(Does::Fails(failed(ErrorClass::BadRequest)), 10);
    house.script.does("never-heard-of", free.chain([Does::Fails(cut)]));
    for _ in 0..12 {
        assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    }
    let limit = limit(house.gateway.call(for_task()).await);
    assert!((8_192..=9_000).contains(&limit.used), "{}", limit.used);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_keeps_what_was_reserved_and_one_that_was_never_made_does_not() {
    let house = house(&["never-heard-of"], |_, draft| {
        (draft.daily_token_limit, draft.calls.retries) = (Some(8_000), Some(0));
    });
    let house = house.await;
    let never = std::iter::repeat_n(Does::Fails(failed(ErrorClass::Network)), 4);
    let broke = CallError { may_have_arrived: true, ..failed(ErrorClass::Network) };
    house.script.does("never-heard-of", never.chain([Does::Fails(broke)]));
    for _ in 0..5 {
        assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    }
    tokio::time::advance(Duration::from_secs(60)).await;
    let limit = limit(house.gateway.call(for_task()).await);
    assert!((4_096..4_800).contains(&limit.used), "one call's reservation: {}", limit.used);
}

/// A PDF document of so many pages that all show the same line, in some 70 bytes each.
fn thin_pdf(pages: usize) -> String {
    let content = "BT /F1 12 Tf 72 712 Td (Page) Tj ET";
    let kids: String = (0..pages).map(|page| format!("{} 0 R ", page + 5)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/MediaBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>/Kids[{kids}]/Count {pages}>>"
        ),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    objects.extend((0..pages).map(|_| "<</Type/Page/Parent 2 0 R/Contents 3 0 R>>".to_owned()));
    let (mut pdf, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (place, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", pdf.len()));
        pdf.push_str(&format!("{} 0 obj{object}endobj\n", place + 1));
    }
    let (start, count) = (pdf.len(), objects.len() + 1);
    pdf.push_str(&format!(
        "xref\n0 {count}\n{table}trailer<</Size {count}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    ));
    BASE64_STANDARD.encode(pdf)
}

#[tokio::test(start_paused = true)]
async fn a_document_is_reserved_by_its_pages_however_few_bytes_they_take() {
    let house = house(&["claude-haiku-4-5"], |_, draft| {
        draft.provider_type = ProviderType::Claude;
        draft.base_url = ProviderDraft::new(ProviderType::Claude).base_url;
        draft.daily_token_limit = Some(100_000);
    });
    let house = house.await;
    house.script.does("claude-haiku-4-5", [Does::Answers(hello())]);
    let ask = |pages| {
        let mut order = for_task();
        let data = thin_pdf(pages);
        assert!(data.len() < 40_000, "{}", data.len());
        order.request.messages[0].parts.push(Part::Pdf { name: None, data });
        order.request.max_output_tokens = Some(1_000);
        order
    };
    let refused = limit(house.gateway.call(ask(100)).await);
    assert_eq!((refused.kind, refused.used), (LimitKind::DailyTokens, 0));
    assert_eq!(house.script.asked().len(), 0, "nothing was sent");
    // Nor does a short one take a whole window.
    assert!(house.gateway.call(ask(3)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_letter_of_three_pages_fits_a_small_limit_of_a_model_that_counts_little_for_a_page() {
    let house = house(&["gpt-4o"], |_, draft| draft.daily_token_limit = Some(10_000)).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let ask = |pages| {
        let mut order = for_task();
        order.request.messages[0].parts.push(Part::Pdf { name: None, data: thin_pdf(pages) });
        order.request.max_output_tokens = Some(1_000);
        order
    };
    assert!(house.gateway.call(ask(3)).await.is_ok());
    // Seven pages are 10,115 tokens at most.
    assert_eq!(limit(house.gateway.call(ask(7)).await).kind, LimitKind::DailyTokens);
}

#[tokio::test(start_paused = true)]
async fn a_user_is_held_to_his_quota_whoever_serves_him() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let everyone = UserQuota {
        user: "*".into(),
        daily_tokens: Some(7_000),
        monthly_tokens: None,
        requests_per_minute: Some(3),
    };
    house.store.save_quotas(&[everyone], &act()).await.unwrap();
    house.gateway.reload().await.unwrap();
    for _ in 0..2 {
        house.gateway.call(for_task()).await.unwrap();
    }
    let refused = house.gateway.call(for_task()).await;
    assert!(matches!(&refused, Err(Refused::Limit { provider: None, .. })));
    assert_eq!(limit(refused).kind, LimitKind::UserDailyTokens);
    assert_eq!(limit(house.gateway.call(for_task()).await).kind, LimitKind::UserRequestsPerMinute);
    let mut bob = for_task();
    bob.caller.user = "bob".into();
    assert!(house.gateway.call(bob).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_are_counted_and_let_go() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.concurrent_calls = Some(2)).await;
    house.script.does("gpt-4o", [Does::Late(Duration::from_secs(1), hello())]);
    let ends = futures::future::join_all((0..5).map(|_| house.gateway.call(for_task()))).await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 2);
    let kinds = ends.into_iter().filter(Result::is_err).map(|end| limit(end).kind);
    assert!(kinds.into_iter().all(|kind| kind == LimitKind::ConcurrentCalls));
    assert!(house.gateway.call(for_task()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_crash_frees_nothing_and_a_limit_that_is_raised_counts_what_was_used() {
    let mut house = house(&["never-heard-of"], |_, draft| draft.daily_token_limit = Some(64_000)).await;
    house.script.does("never-heard-of", [Does::Answers(hello())]);
    for _ in 0..10 {
        house.gateway.call(for_task()).await.unwrap();
    }
    house = house.crash().await;
    house.gateway.call(for_task()).await.unwrap();
    let told = house.gateway.explain(&Ask::Task(task()), None, None);
    assert!(told.chosen().is_some());
    let mut more = for_task();
    more.request.max_output_tokens = Some(60_000);
    let limit = limit(house.gateway.call(more).await);
    assert!((16_500..=16_500 + 4_400 + 1_000).contains(&limit.used), "{}", limit.used);
}

/// Of a thousand: most are answered after a while, some fail at no cost, and of some nobody knows what they took.
fn mixed() -> Vec<Does> {
    let answer = CallAnswer { usage: usage(90, 400), ..hello() };
    let step = |place: u64| match place % 10 {
        3 => Does::Fails(failed(ErrorClass::BadRequest)),
        7 if place % 50 == 7 => Does::Fails(failed(ErrorClass::Cancelled)),
        _ => Does::Late(Duration::from_millis(1 + place * 7 % 40), answer.clone()),
    };
    (0..1_000).map(step).collect()
}

/// What the calls that nobody knows about may have taken: tokens of input and of output.
fn unknown(house: &House, model: &str) -> (u64, u64) {
    let asked = house.script.requests(model).into_iter().zip(mixed());
    let output =
        asked.filter(|(_, does)| matches!(does, Does::Fails(error) if error.class == ErrorClass::Cancelled));
    output.fold((0, 0), |sum, (request, _)| (sum.0 + INPUT_BOUND, sum.1 + request.max_output_tokens.unwrap()))
}

/// Of `Hi`: its two bytes, and what vendors put around it.
const INPUT_BOUND: u64 = 98;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_overlapping_calls_overshoot_neither_tokens_nor_cost_nor_quota_and_free_what_they_did_not_use()
 {
    let (tokens, quota) = (200_000, 60_000);
    let budget = PicoUsd(PicoUsd::ONE_USD / 2);
    let house = house(&["gpt-4o-mini", "gpt-4o"], |at, draft| {
        draft.calls.retries = Some(0);
        draft.daily_token_limit = (at == 0).then_some(tokens);
        draft.calls.daily_cost_limit = (at == 1).then_some(budget);
    });
    let house = house.await;
    for model in ["gpt-4o-mini", "gpt-4o"] {
        house.script.does(model, mixed());
    }
    let of_ada = UserQuota {
        user: "ada".into(),
        daily_tokens: Some(quota),
        monthly_tokens: None,
        requests_per_minute: None,
    };
    house.store.save_quotas(&[of_ada], &act()).await.unwrap();
    house.gateway.reload().await.unwrap();
    let by = |user: &str, ask: Ask| {
        let mut order = order(ask);
        order.caller.user = user.into();
        order
    };
    let call = |number: u64| {
        let gateway = house.gateway.clone();
        let order = by(if number.is_multiple_of(2) { "ada" } else { "bob" }, Ask::Task(task()));
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(number % 50 * 20)).await;
            gateway.call(order).await
        })
    };
    let ends = futures::future::join_all((0..1_000).map(call)).await;
    let ends: Vec<_> = ends.into_iter().map(Result::unwrap).collect();
    let refused = |of: fn(LimitKind) -> bool| {
        ends.iter().filter(|end| matches!(end, Err(Refused::Limit { limit, .. }) if of(limit.kind))).count()
    };
    assert!(ends.iter().filter(|end| end.is_ok()).count() > 100);
    assert!(refused(|kind| kind == LimitKind::UserDailyTokens) > 100);
    assert!(refused(|kind| kind == LimitKind::DailyTokens) > 100);

    house.gateway.0.meter.flush().await;
    let spent = async |spender| house.store.spent_since(spender, model::Timestamp(0)).await.unwrap();
    let (first, second) = (spent(Spender::Config(1)).await, spent(Spender::Config(2)).await);
    assert!(first.tokens > tokens / 10 && first.tokens <= tokens, "{first:?}");
    assert!(second.cost.0 > budget.0 / 10 && second.cost <= budget, "{second:?}");
    assert!(spent(Spender::User("ada")).await.tokens <= quota);

    // What counts afterwards is what was used, and what nobody knows of, to the last token.
    let much = async |user: &str, number| {
        let mut order = by(user, Ask::Provider(id(number)));
        order.request.max_output_tokens = Some(100_000);
        limit(house.gateway.call(order).await)
    };
    let (input, output) = unknown(&house, "gpt-4o-mini");
    let left = much("bob", 1).await;
    assert_eq!((left.kind, left.used), (LimitKind::DailyTokens, first.tokens + input + output));
    assert!(left.used <= tokens);
    let (input, output) = unknown(&house, "gpt-4o");
    // 2.50 and 10 dollars per million.
    let unknown_cost = i128::from(input * 2_500_000 + output * 10_000_000);
    let left = much("bob", 2).await;
    assert_eq!((left.kind, i128::from(left.used)), (LimitKind::DailyCost, second.cost.0 + unknown_cost));
    assert!(i128::from(left.used) <= budget.0);
}

#[tokio::test(start_paused = true)]
async fn a_limit_warns_at_80_and_again_at_95_per_cent() {
    let house = house(&["gpt-4o-mini"], |_, draft| draft.daily_token_limit = Some(10_000)).await;
    house.script.does("gpt-4o-mini", [Does::Answers(CallAnswer { usage: usage(1_000, 660), ..hello() })]);
    let mut warned = Vec::new();
    for _ in 0..6 {
        let mut order = for_task();
        order.request.max_output_tokens = Some(700);
        let served = house.gateway.call(order).await.unwrap();
        warned.push(served.warnings.iter().find_map(|one| one.warning()));
    }
    // 1,660 tokens each.
    assert_eq!(warned, [None, None, None, None, Some(80), Some(95)]);
}
