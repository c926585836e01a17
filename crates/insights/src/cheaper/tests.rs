use model::{
    ProviderId, ProviderType, Timestamp,
    insights::Risk,
    limits::CallSettings,
    provider::RecentUsage,
    routing::{AutoBounds, Capability, ChainMember, Needs},
};
use uuid::Uuid;

use super::*;

fn provider(number: i64, provider_type: ProviderType, model: &str) -> ProviderView {
    ProviderView {
        id: ProviderId(Uuid::from_u128(number as u128)),
        number,
        revision: 1,
        provider_type,
        base_url: String::new(),
        allow_insecure_http: false,
        model_name: model.into(),
        display_name: format!("p{number}"),
        description: String::new(),
        is_active: true,
        is_default: false,
        tasks: vec![],
        daily_token_limit: None,
        monthly_token_limit: None,
        calls: CallSettings::default(),
        key_last_four: None,
        has_key: true,
        key_changed_at: None,
        last_test: None,
        created_by: String::new(),
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
        usage: RecentUsage::default(),
    }
}

fn route(chain: &[&ProviderView]) -> TaskRoute {
    TaskRoute {
        task: "extraction".parse().unwrap(),
        mode: RouteMode::Chain,
        chain: chain.iter().map(|member| ChainMember { provider: member.id, weight: 0 }).collect(),
        needs: Needs::default(),
        bounds: AutoBounds::default(),
    }
}

/// A model of 200,000 tokens that can do all, at so many dollars for a million tokens of input and of output.
fn model(provider_type: &str, name: &str, (input, output): (&str, &str)) -> String {
    format!(
        r#"{{"provider_type": "{provider_type}", "model_name": "{name}", "display_name": "{name}",
             "input_usd_per_mtok": "{input}", "output_usd_per_mtok": "{output}", "cached_input_usd_per_mtok": "0.01",
             "context_window": 200000, "max_output_tokens": 64000,
             "capabilities": {{"vision": true, "tools": true, "json_schema": true, "pdf_input": true, "sampling_params": true}}}}"#
    )
}

fn catalog(models: &[String]) -> Catalog {
    serde_json::from_str(&format!(r#"{{"as_of": "2026-11-23", "models": [{}]}}"#, models.join(","))).unwrap()
}

fn usual() -> Catalog {
    catalog(&[
        model("claude", "large", ("4", "20")),
        model("claude", "small", ("1", "5")),
        model("openai", "other", ("2", "10")),
        model("gemini", "nobodys", ("0.1", "0.1")),
    ])
}

/// A million tokens of input and half a million of output: 14 dollars at the large one's price.
fn used(number: i64, model: &str) -> Served {
    Served {
        task: "extraction".into(),
        number,
        model: model.into(),
        calls: 1_000,
        succeeded: 990,
        input_tokens: 1_000_000,
        output_tokens: 500_000,
        cost: PicoUsd(14 * PicoUsd::ONE_USD),
        ..Served::default()
    }
}

fn found(
    providers: &[ProviderView],
    route: TaskRoute,
    catalog: &Catalog,
    served: &[Served],
) -> Vec<Suggestion> {
    cheaper(Facts { providers, routes: &[route], catalog, served, fit_until: "2027-02-21" })
}

fn names(suggestions: &[Suggestion]) -> Vec<&str> {
    suggestions.iter().flat_map(|one| &one.cheaper).map(|cheaper| cheaper.model.as_str()).collect()
}

#[test]
fn the_saving_is_the_difference_of_what_was_paid_and_the_same_tokens_at_another_price_to_the_last_unit() {
    let holder = provider(1, ProviderType::Claude, "large");
    let mut used = used(1, "large");
    (used.input_tokens, used.output_tokens) = (1_000_003, 500_001);
    let all = found(std::slice::from_ref(&holder), route(&[&holder]), &usual(), &[used]);
    let [suggestion] = &all[..] else { panic!("{all:?}") };
    let [small] = &suggestion.cheaper[..] else { panic!("{all:?}") };
    assert_eq!(
        (small.model.as_str(), small.cost),
        ("small", PicoUsd(1_000_003_000_000 + 500_001 * 5_000_000))
    );
    assert_eq!(suggestion.saved(small), PicoUsd(14_000_000_000_000 - small.cost.0));
    assert!(matches!(&small.trial, Trial::Duplicate { provider, .. } if *provider == holder.id));
}

#[test]
fn the_best_that_can_be_tried_at_once_of_the_same_vendor_and_of_another_are_shown() {
    let holder = provider(1, ProviderType::Claude, "large");
    let ready = provider(2, ProviderType::OpenAi, "other");
    let off = ProviderView { is_active: false, ..provider(3, ProviderType::Claude, "small") };
    let all = found(&[holder.clone(), ready, off], route(&[&holder]), &usual(), &[used(1, "large")]);
    assert_eq!(names(&all), ["small", "other"], "the cheapest first, and none of a vendor without a key");
    assert!(matches!(all[0].cheaper[0].trial, Trial::SwitchOn { .. }));
    assert!(matches!(all[0].cheaper[1].trial, Trial::Split { .. }));
}

#[test]
fn little_usage_little_saving_unknown_cost_and_other_modes_suggest_nothing() {
    let holder = provider(1, ProviderType::Claude, "large");
    let of =
        |route: TaskRoute, used: Served| found(std::slice::from_ref(&holder), route, &usual(), &[used]).len();
    let usual_route = || route(&[&holder]);
    assert_eq!(of(usual_route(), used(1, "large")), 1);
    assert_eq!(of(usual_route(), Served { succeeded: 99, ..used(1, "large") }), 0);
    assert_eq!(of(usual_route(), Served { succeeded_unpriced: 1, ..used(1, "large") }), 0);
    assert_eq!(of(usual_route(), used(1, "before")), 0, "of a model that it had before");
    // 3.50 dollars at the small one's price.
    let paid = |cents: i128| Served { cost: PicoUsd(cents * PicoUsd::ONE_USD / 100), ..used(1, "large") };
    assert_eq!((of(usual_route(), paid(449)), of(usual_route(), paid(450))), (0, 1), "less than a dollar");
    for mode in [RouteMode::Split, RouteMode::Auto] {
        assert_eq!(of(TaskRoute { mode, ..usual_route() }, used(1, "large")), 0);
    }
    assert_eq!(
        of(
            TaskRoute {
                bounds: AutoBounds { min_quality: Some(3), ..AutoBounds::default() },
                ..usual_route()
            },
            used(1, "large")
        ),
        0
    );
}

#[test]
fn what_a_task_needs_is_met_or_said_to_be_unknown() {
    let holder = provider(1, ProviderType::Claude, "large");
    let local = ProviderView { has_key: false, ..provider(2, ProviderType::OpenAiCompatible, "llama") };
    let priced = model::limits::OwnPrice {
        input_usd_per_mtok: "0.1".into(),
        output_usd_per_mtok: "0.1".into(),
        cached_input_usd_per_mtok: None,
    };
    let local =
        ProviderView { calls: CallSettings { price: Some(priced), ..CallSettings::default() }, ..local };
    let blind = model("claude", "small", ("1", "5")).replace(r#""vision": true"#, r#""vision": false"#);
    let catalog = catalog(&[model("claude", "large", ("4", "20")), blind]);
    let needs = Needs { vision: true, ..Needs::default() };
    let route = TaskRoute { needs, ..route(&[&holder]) };
    let all = found(&[holder.clone(), local], route.clone(), &catalog, &[used(1, "large")]);
    assert_eq!(names(&all), ["llama"], "the other is known not to see");
    let risks = &all[0].cheaper[0].risks;
    assert!(risks.contains(&Risk::UnknownCapability { needs: vec![Capability::Vision] }), "{risks:?}");
    let all = found(&[holder], TaskRoute { needs: Needs::default(), ..route }, &catalog, &[used(1, "large")]);
    let risks = &all[0].cheaper[0].risks;
    assert!(risks.contains(&Risk::CannotAsNow { lacks: vec![Capability::Vision] }), "{risks:?}");
}

#[test]
fn what_speaks_against_a_model_are_facts_of_the_catalogue_and_of_its_own_calls() {
    let graded = |grade| CallSettings { quality: grade, ..CallSettings::default() };
    let holder = ProviderView { calls: graded(Some(4)), ..provider(1, ProviderType::Claude, "large") };
    let other = ProviderView { calls: graded(Some(3)), ..provider(2, ProviderType::OpenAi, "other") };
    let short = model("openai", "other", ("2", "10")).replace("64000", "8000").replace("200000", "100000");
    let long = r#""long_context": {"above_input_tokens": 50000, "input_usd_per_mtok": "9", "output_usd_per_mtok": "9"}, "deprecation_date": "2027-06-01", "context_window""#;
    let short = short
        .replace(r#""context_window""#, long)
        .replace(r#""sampling_params": true"#, r#""sampling_params": false"#);
    let catalog = catalog(&[model("claude", "large", ("4", "20")), short]);
    let own = Served { calls: 100, succeeded: 90, ..used(2, "other") };
    let all = found(&[holder.clone(), other.clone()], route(&[&holder]), &catalog, &[used(1, "large"), own]);
    assert_eq!(
        all[0].cheaper[0].risks,
        [
            Risk::SucceedsLess { calls: 100, succeeded: 90 },
            Risk::LowerGrade { now: 4, then: Some(3) },
            Risk::SmallerWindow { now: 200_000, then: 100_000 },
            Risk::ShorterAnswers { now: 64_000, then: 8_000 },
            Risk::NoSampling,
            Risk::OtherVendor,
            Risk::DearerWhenLong { above: 50_000 },
            Risk::ShutsDown { on: "2027-06-01".into() },
        ]
    );
    let few = found(&[holder.clone(), other.clone()], route(&[&holder]), &catalog, &[used(1, "large")]);
    assert_eq!(few[0].cheaper[0].risks[0], Risk::NoOwnCalls { calls: 0 });
    let soon = Facts {
        providers: &[holder.clone(), other],
        routes: &[route(&[&holder])],
        catalog: &catalog,
        served: &[used(1, "large")],
        fit_until: "2027-06-01",
    };
    assert_eq!(cheaper(soon), [], "it is shut down too soon");
}
