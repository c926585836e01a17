//! What routing promises, on snapshots from literals and on made-up ones.

use model::{
    CallRequest, ProviderType,
    limits::OwnPrice,
    routing::{AutoBounds, Capability, RouteMode, SimulatedFailure, TaskUnderFailure},
};
use proptest::prelude::*;
use store::Provider;

use super::*;
use crate::{
    load::Bound,
    order::{Ask, Refused},
    snapshot::made::{id, provider, route, snapshot, task},
};

fn ask(snapshot: &Snapshot, ask: &Ask, request: &CallRequest, sticky: &str) -> Plan {
    let load = Load::of(request);
    let question = Question { load: &load, needs: load.needs(false), sticky, now: Timestamp(0), tick: 0 };
    let Ok(whom) = whom(snapshot, ask) else { panic!("unknown") };
    plan(snapshot, &whom, &question)
}

fn by_task(snapshot: &Snapshot) -> Plan {
    ask(snapshot, &Ask::Task(task()), &CallRequest::prompt("Hi"), "")
}

fn ids(snapshot: &Snapshot, plan: &Plan) -> Vec<ProviderId> {
    plan.able.iter().map(|at| snapshot.configs[*at].id()).collect()
}

fn off(provider: Provider) -> Provider {
    let draft = model::ProviderDraft { is_active: false, ..provider.draft };
    Provider { draft, ..provider }
}

fn default(provider: Provider) -> Provider {
    let draft = model::ProviderDraft { is_default: true, ..provider.draft };
    Provider { draft, ..provider }
}

fn priced(number: u128, usd: &str, quality: Option<u8>) -> Provider {
    let mut provider = provider(number, "own-model");
    let usd = usd.to_owned();
    let price = OwnPrice {
        input_usd_per_mtok: usd.clone(),
        output_usd_per_mtok: usd,
        cached_input_usd_per_mtok: None,
    };
    (provider.draft.calls.price, provider.draft.calls.quality) = (Some(price), quality);
    provider
}

#[test]
fn the_first_of_the_chain_that_is_switched_on_serves_and_the_others_follow() {
    let chain = route(RouteMode::Chain, &[(3, 0), (1, 0), (2, 0)]);
    let snapshot = snapshot(
        vec![provider(1, "a"), provider(2, "b"), off(provider(3, "c")), default(provider(4, "d"))],
        vec![chain],
    );
    let plan = by_task(&snapshot);
    assert_eq!((plan.rule, ids(&snapshot, &plan)), (Some(Rule::Chain), vec![id(1), id(2)]));
    assert_eq!(plan.unable, [(2, Verdict::SwitchedOff)]);
}

#[test]
fn the_default_serves_only_where_nobody_of_the_chain_is_switched_on() {
    let chain = || vec![route(RouteMode::Chain, &[(1, 0)])];
    let all_off = snapshot(vec![off(provider(1, "a")), default(provider(2, "b"))], chain());
    let plan = by_task(&all_off);
    assert_eq!((plan.rule, ids(&all_off, &plan)), (Some(Rule::Default), vec![id(2)]));

    let keyless = Provider { sealed_key: None, ..provider(1, "a") };
    let switched_on = snapshot(vec![keyless, default(provider(2, "b"))], chain());
    let plan = by_task(&switched_on);
    assert_eq!((plan.able.as_slice(), plan.unable.as_slice()), (&[][..], &[(0, Verdict::NoKey)][..]));

    let nobody = by_task(&snapshot(vec![off(provider(1, "a")), provider(2, "b")], chain()));
    assert_eq!((nobody.rule, nobody.able.len()), (None, 0));
}

#[test]
fn what_is_known_to_be_missing_is_passed_over_and_what_is_unknown_is_tried() {
    let window = u64::MAX / 2;
    let chain = TaskRoute {
        needs: Needs { context_tokens: Some(window), ..Needs::default() },
        ..route(RouteMode::Chain, &[(1, 0), (2, 0)])
    };
    let snapshot = snapshot(vec![provider(1, "gpt-4o-mini"), provider(2, "never-heard-of")], vec![chain]);
    let plan = by_task(&snapshot);
    assert_eq!(ids(&snapshot, &plan), [id(2)]);
    assert_eq!(plan.unable[0].1, Verdict::CannotServe { lacks: vec![Capability::Context] });
}

#[test]
fn a_real_model_is_found_by_its_exact_name_and_a_configuration_in_any_case() {
    let snapshot =
        snapshot(vec![provider(1, "gpt-4o"), provider(2, "gpt-4o-mini"), provider(3, "gpt-4o")], Vec::new());
    let named = |name: &str| {
        ids(&snapshot, &ask(&snapshot, &Ask::Named(name.into()), &CallRequest::prompt("Hi"), ""))
    };
    assert_eq!(named("gpt-4o"), [id(1), id(3)]);
    assert_eq!(named("provider 002"), [id(2)]);
    let Err(Refused::UnknownModel { nearest, .. }) = whom(&snapshot, &Ask::Named("gpt-4o-min".into())) else {
        panic!()
    };
    assert_eq!(nearest[0], "gpt-4o-mini");
    assert!(
        matches!(whom(&snapshot, &Ask::Named("x".repeat(1_000_000))), Err(Refused::UnknownModel { nearest, .. }) if nearest.is_empty())
    );
}

#[test]
fn a_task_can_be_named_where_a_model_is_expected_and_a_near_one_is_offered() {
    let snapshot = snapshot(vec![provider(1, "a")], vec![route(RouteMode::Chain, &[(1, 0)])]);
    let named = |name: &str| whom(&snapshot, &Ask::Named(name.into()));
    assert!(matches!(named("task:extraction"), Ok(Whom::Route(_))));
    let Err(Refused::UnknownTask { nearest, .. }) = named("task:extracton") else { panic!() };
    assert_eq!(nearest, ["extraction"]);
    let listed: Vec<String> = models(&snapshot, |_| Some(0)).into_iter().map(|model| model.id).collect();
    assert_eq!(listed, ["a", "Provider 001", "task:extraction"]);
}

#[test]
fn auto_takes_the_cheapest_within_the_bounds_and_says_why_not_the_others() {
    let auto = TaskRoute {
        bounds: AutoBounds { max_latency_ms: Some(1_000), min_quality: Some(3) },
        ..route(RouteMode::Auto, &[])
    };
    let providers = vec![
        priced(1, "2", Some(5)),
        priced(2, "1", Some(3)),
        priced(3, "0.1", Some(2)),
        priced(4, "0.1", None),
        priced(5, "0.1", Some(4)),
        off(priced(6, "0.1", Some(5))),
        {
            let mut free = provider(7, "never-heard-of");
            free.draft.calls.quality = Some(5);
            free
        },
    ];
    let snapshot = snapshot(providers, vec![auto]);
    snapshot.configs[4].live.vitals().good(Timestamp(0), Some(3_000));
    let plan = by_task(&snapshot);
    assert_eq!((plan.rule, ids(&snapshot, &plan)), (Some(Rule::Auto), vec![id(2), id(1)]));
    let verdict =
        |at: usize| plan.unable.iter().find(|(other, _)| *other == at).map(|(_, verdict)| verdict.clone());
    assert_eq!(verdict(2), Some(Verdict::BelowQuality { quality: Some(2) }));
    assert_eq!(verdict(3), Some(Verdict::BelowQuality { quality: None }));
    assert!(matches!(verdict(4), Some(Verdict::TooSlow { p95_ms: 2_800..3_200 })));
    assert_eq!((verdict(5), verdict(6)), (Some(Verdict::SwitchedOff), Some(Verdict::PriceUnknown)));
}

#[test]
fn a_failure_on_paper_moves_tasks_as_a_real_one_would() {
    let chain = route(RouteMode::Chain, &[(1, 0), (2, 0), (3, 0)]);
    let mut other = provider(3, "c");
    other.draft.provider_type = ProviderType::Claude;
    let snapshot = snapshot(vec![provider(1, "a"), provider(2, "b"), other], vec![chain.clone()]);
    let load = Load::default();
    let question = Question { load: &load, needs: Needs::default(), sticky: "", now: Timestamp(0), tick: 0 };
    let under =
        |failure| under_failure(&snapshot, id(1), failure, std::slice::from_ref(&chain), &question).remove(0);
    let moved = TaskUnderFailure {
        task: task(),
        now: Some(id(1)),
        then: Some(id(2)),
        after_that: Some(id(3)),
        same_vendor: true,
    };
    assert_eq!(under(SimulatedFailure::Down), moved);
    assert_eq!(under(SimulatedFailure::Slow).then, Some(id(1)));
}

#[test]
fn an_explanation_names_one_chosen_and_everyone_else_with_a_reason() {
    let snapshot = snapshot(
        vec![provider(1, "a"), provider(2, "b"), provider(3, "c")],
        vec![route(RouteMode::Chain, &[(1, 0), (2, 0)])],
    );
    let mut plan = by_task(&snapshot);
    plan.add_others(&snapshot);
    let until = Timestamp(5);
    let told =
        plan.explain(&snapshot, &Load::default(), |at| (at == 0).then_some(Verdict::BreakerOpen { until }));
    let verdicts: Vec<Verdict> = told.candidates.iter().map(|one| one.verdict.clone()).collect();
    assert_eq!(verdicts, [Verdict::BreakerOpen { until }, Verdict::Chosen, Verdict::NotInRoute]);
    assert_eq!((told.rule, told.chosen()), (Some(Rule::Chain), Some(id(2))));
    let nobody = plan.explain(&snapshot, &Load::default(), |_| Some(Verdict::BreakerOpen { until }));
    assert_eq!((nobody.rule, nobody.chosen()), (None, None));
}

fn split(weights: &[u32]) -> Snapshot {
    let members: Vec<(u128, u32)> = (1..).zip(weights.iter().copied()).collect();
    let providers = members.iter().map(|(number, _)| provider(*number, "a")).collect();
    snapshot(providers, vec![route(RouteMode::Split, &members)])
}

fn serves(snapshot: &Snapshot, key: &str) -> ProviderId {
    ids(snapshot, &ask(snapshot, &Ask::Task(task()), &CallRequest::prompt("Hi"), key))[0]
}

#[test]
fn a_split_gives_each_member_its_share() {
    let snapshot = split(&[700, 200, 100]);
    let mut counts = [0_u32; 3];
    for key in 0..20_000 {
        counts[serves(&snapshot, &format!("user {key}")).0.as_u128() as usize - 1] += 1;
    }
    for (count, share) in counts.into_iter().zip([14_000_u32, 4_000, 2_000]) {
        assert!(count.abs_diff(share) < 300, "{counts:?}");
    }
}

#[test]
fn a_key_is_served_alike_by_every_version() {
    let snapshot = split(&[1, 1, 1]);
    let served: Vec<u128> = ["ada", "bob", "eve", "joe", "kim", "lea"]
        .iter()
        .map(|key| serves(&snapshot, key).0.as_u128())
        .collect();
    assert_eq!(served, [3, 2, 3, 2, 2, 1]);
}

proptest! {
    #[test]
    fn a_changed_weight_moves_callers_only_to_or_from_its_member(
        weights in prop::collection::vec(0_u32..1_000, 2..8), which in 0_usize..8, weight in 0_u32..1_000, key in "[a-z]{1,12}",
    ) {
        let which = which % weights.len();
        let mut changed = weights.clone();
        changed[which] = weight;
        prop_assume!(weights.iter().any(|one| *one > 0) && changed.iter().any(|one| *one > 0));
        let (before, after) = (serves(&split(&weights), &key), serves(&split(&changed), &key));
        let member = id(which as u128 + 1);
        prop_assert!(before == after || before == member || after == member);
        prop_assert!(weight <= weights[which] || before == after || after == member);
    }

    #[test]
    fn auto_takes_everyone_who_fits_cheapest_first_and_nobody_else(
        cents in prop::collection::vec(prop::option::of(1_u32..20), 1..8), grades in prop::collection::vec(prop::option::of(1_u8..=5), 8),
        active in prop::collection::vec(any::<bool>(), 8), latencies in prop::collection::vec(prop::option::of(1_u64..4_000), 8),
        floor in prop::option::of(1_u8..=5), most in prop::option::of(1_u64..4_000), window in prop::option::of(1_u64..2_000_000),
    ) {
        let bounds = AutoBounds { max_latency_ms: most, min_quality: floor };
        let needs = Needs { context_tokens: window, ..Needs::default() };
        let auto = TaskRoute { bounds, needs, ..route(RouteMode::Auto, &[]) };
        // Every second model has a window that is known.
        let of = |at: usize| if at.is_multiple_of(2) { "gpt-4o-mini" } else { "never-heard-of" };
        let made = |(at, cents): (usize, &Option<u32>)| {
            let mut provider = priced(at as u128 + 1, "1", grades[at]);
            provider.draft.model_name = of(at).into();
            provider.draft.calls.price.iter_mut().for_each(|price| {
                price.input_usd_per_mtok = format!("0.{:02}", cents.unwrap_or(1));
                price.output_usd_per_mtok = price.input_usd_per_mtok.clone();
            });
            provider.draft.calls.price.take_if(|_| cents.is_none());
            if active[at] { provider } else { off(provider) }
        };
        let providers = cents.iter().enumerate().map(made).collect();
        let snapshot = snapshot(providers, vec![auto]);
        // In the order of their names, which is that of their numbers.
        for (config, latency) in snapshot.configs.iter().zip(&latencies) {
            if let Some(ms) = latency { config.live.vitals().good(Timestamp(0), Some(*ms)); }
        }
        let fits = |at: usize| {
            let config = &snapshot.configs[at];
            let p95 = config.live.p95(Timestamp(0), 0);
            active[at]
                && floor.is_none_or(|floor| grades[at].is_some_and(|grade| grade >= floor))
                && most.is_none_or(|most| p95.is_none_or(|p95| p95 <= most))
                && (cents[at].is_some() || of(at) == "gpt-4o-mini")
                && (of(at) != "gpt-4o-mini" || window.is_none_or(|window| window <= 128_000))
        };
        let plan = by_task(&snapshot);
        let mut able = plan.able.clone();
        able.sort_unstable();
        prop_assert_eq!(able, (0..cents.len()).filter(|at| fits(*at)).collect::<Vec<_>>());
        let load = Load::of(&CallRequest::prompt("Hi"));
        let input = |at: &usize| load.input_bound(&snapshot.configs[*at].bounds);
        let cost = |at: &usize| snapshot.configs[*at].cost_at_most(Bound { input: input(at), output: 4_096 });
        prop_assert!(plan.able.iter().map(cost).is_sorted(), "{:?}", plan.able);
        prop_assert_eq!(plan.able.len() + plan.unable.len(), cents.len());
    }

    #[test]
    fn whoever_may_serve_is_switched_on_able_and_of_the_route(
        active in prop::collection::vec(any::<bool>(), 1..8), keyed in prop::collection::vec(any::<bool>(), 8),
        members in prop::collection::vec(1_u128..9, 0..8), mode in 0..2, default_is in 0_usize..8, key in "[a-z]{0,5}",
    ) {
        let mut providers: Vec<Provider> = (1..).zip(&active).map(|(number, active)| {
            let provider = Provider { sealed_key: keyed[number as usize - 1].then(|| vec![1]), ..provider(number, "a") };
            if *active { provider } else { off(provider) }
        }).collect();
        if let Some(one) = providers.get_mut(default_is).filter(|one| one.draft.is_active) { one.draft.is_default = true; }
        let mut chain: Vec<(u128, u32)> = Vec::new();
        for number in members { if chain.iter().all(|(other, _)| *other != number) { chain.push((number, number as u32)); } }
        let mode = if mode == 0 { RouteMode::Chain } else { RouteMode::Split };
        let snapshot = snapshot(providers, vec![route(mode, &chain)]);
        let plan = ask(&snapshot, &Ask::Task(task()), &CallRequest::prompt("Hi"), &key);
        let in_chain = |at: usize| chain.iter().any(|(number, _)| id(*number) == snapshot.configs[at].id());
        let someone_is_on = (0..snapshot.configs.len()).any(|at| in_chain(at) && snapshot.configs[at].is_active());
        for at in &plan.able {
            let config = &snapshot.configs[*at];
            prop_assert!(config.is_active() && config.can_be_asked());
            prop_assert_eq!(in_chain(*at), someone_is_on);
            prop_assert!(someone_is_on || snapshot.default == Some(*at));
        }
        let mut once = plan.able.clone();
        once.extend(plan.unable.iter().map(|(at, _)| *at));
        let all = once.len();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), all);
        if mode == RouteMode::Chain && someone_is_on {
            let order: Vec<ProviderId> = chain.iter().map(|(number, _)| id(*number)).collect();
            let places: Vec<usize> = ids(&snapshot, &plan).iter().map(|id| order.iter().position(|one| one == id).unwrap()).collect();
            prop_assert!(places.is_sorted());
        }
    }
}
