use model::{
    PicoUsd, ProviderType,
    bundles::{BundleField, SigningKeyView},
    limits::LimitKind,
};

use super::*;
use crate::state::list::tests as sample;

const NOW: Timestamp = Timestamp(1_795_444_320_000);

fn bundle(serial: u64, server: &str, hours: i64) -> BundleView {
    BundleView {
        serial,
        server_id: server.into(),
        server_name: format!("api-{server}-1"),
        kid: "sb-2026-1".into(),
        made_at: Timestamp(NOW.0 - 10 * DAY_MS),
        expires_at: Timestamp(NOW.0 + hours * HOUR_MS),
        fingerprint: "9F2C 61A8 04DE B713".into(),
        configurations: 2,
        routes: 1,
        again: None,
        replaced_by: None,
        is_kept: true,
        at_server: None,
    }
}

fn view(bundles: Vec<BundleView>) -> BundlesView {
    let known = |id: &str| BundleServerView {
        id: id.into(),
        name: format!("api-{id}-1"),
        fingerprint: "5A0E 77C2 1BD4 E096".into(),
        added_at: NOW,
        chosen: Vec::new(),
        reached_at: None,
        told: None,
    };
    let key = SigningKeyView {
        kid: "sb-2026-1".into(),
        made_at: NOW,
        fingerprint: "44B1".into(),
        public: "{}".into(),
    };
    BundlesView { key: Some(key), servers: vec![known("eu"), known("us")], bundles }
}

fn replaced(serial: u64, by: u64) -> BundleView {
    BundleView { replaced_by: Some(by), is_kept: false, ..bundle(serial, "eu", 100) }
}

#[test]
fn a_bundle_is_valid_for_days_then_for_hours_and_then_no_more() {
    let of = |hours| Standing::of(&bundle(1, "eu", hours), &view(Vec::new()), NOW);
    assert_eq!([of(7 * 24), of(49), of(48)], [Standing::Valid(7), Standing::Valid(2), Standing::Soon(48)]);
    assert_eq!([of(0), of(-1)], [Standing::Expired, Standing::Expired]);
    let minutes = BundleView { expires_at: Timestamp(NOW.0 + 60_000), ..bundle(1, "eu", 0) };
    assert_eq!(Standing::of(&minutes, &view(Vec::new()), NOW), Standing::Soon(1));
}

#[test]
fn a_bundle_for_a_day_is_not_warned_of_when_it_was_just_made() {
    let of = |age| {
        let made_at = Timestamp(NOW.0 - age * HOUR_MS);
        let one = BundleView { made_at, ..bundle(1, "eu", 24 - age) };
        Standing::of(&one, &view(Vec::new()), NOW)
    };
    assert_eq!(
        [of(0), of(11), of(12)],
        [Standing::ValidHours(24), Standing::ValidHours(13), Standing::Soon(12)]
    );
    let fresh = BundleView { made_at: NOW, ..bundle(1, "eu", 24) };
    assert!(runs_out(&view(vec![fresh]), NOW).is_none());
}

#[test]
fn one_that_was_replaced_says_by_which_and_whether_that_took_everything_away() {
    let all = view(vec![bundle(41, "eu", 100), replaced(38, 41)]);
    assert_eq!(Standing::of(&all.bundles[1], &all, NOW), Standing::Replaced(41));
    let nothing = BundleView { configurations: 0, routes: 0, ..bundle(41, "eu", 100) };
    let all = view(vec![nothing.clone(), replaced(38, 41)]);
    assert_eq!(Standing::of(&all.bundles[1], &all, NOW), Standing::Revoked(nothing.made_at));
    assert_eq!(contents(&nothing), "Takes everything away");
    assert_eq!(contents(&bundle(1, "eu", 1)), "2 providers, 1 route");
    assert_eq!(contents(&BundleView { again: Some(38), ..nothing }), "Goes back to 38");
}

#[test]
fn what_runs_out_first_is_warned_of_unless_nobody_serves_by_it() {
    let gone = BundleView { server_id: "forgotten".into(), ..bundle(9, "us", 1) };
    let nothing = BundleView { configurations: 0, ..bundle(8, "us", 1) };
    let all = view(vec![gone, nothing, bundle(7, "eu", 30), bundle(6, "us", 20), bundle(5, "us", 300)]);
    let (due, standing) = runs_out(&all, NOW).unwrap();
    assert_eq!((due.serial, standing), (6, Standing::Soon(20)));
    assert!(runs_out(&view(vec![bundle(7, "eu", 49)]), NOW).is_none());
}

#[test]
fn a_server_can_go_back_to_what_it_still_has_and_does_not_serve_by() {
    let all = view(vec![bundle(41, "eu", 100), bundle(40, "us", 100), replaced(38, 41), replaced(37, 38)]);
    let can: Vec<u64> =
        all.bundles.iter().filter(|one| can_go_back(&all, one)).map(|one| one.serial).collect();
    assert_eq!(can, [38]);
    let back = BundleView { again: Some(38), configurations: 0, ..bundle(42, "eu", 100) };
    let all = view(vec![back, replaced(41, 42), replaced(38, 41), replaced(37, 38)]);
    let can: Vec<u64> =
        all.bundles.iter().filter(|one| can_go_back(&all, one)).map(|one| one.serial).collect();
    assert_eq!(can, [41]);
}

#[test]
fn a_search_finds_serials_and_servers() {
    let all = view(vec![bundle(41, "eu", 1), bundle(40, "us", 1)]);
    let serials = |search| found(&all, search).iter().map(|one| one.serial).collect::<Vec<_>>();
    assert_eq!((serials(" EU"), serials("4"), serials("moon")), (vec![41], vec![41, 40], vec![]));
}

#[test]
fn a_change_says_what_and_how() {
    let route = BundleChange::Route {
        task: "extraction".parse().unwrap(),
        before: vec!["A".into()],
        after: vec!["B".into(), "A".into()],
    };
    let (kind, _, what, how) = change(&route);
    assert_eq!(
        (kind, what.as_str(), how.as_str()),
        ("route", "extraction", "A before, B \u{2192} A from now on")
    );
    let nobody = BundleChange::Default { before: Some("A".into()), after: None };
    assert_eq!(change(&nobody).3, "A before, nobody from now on");
}

#[test]
fn a_changed_provider_says_each_field_with_what_it_was_and_what_it_will_be() {
    let fields = vec![
        BundleField::Model { before: "gpt-4o".into(), after: "gpt-4o-mini".into() },
        BundleField::Key,
        BundleField::Active(false),
        BundleField::Limit { kind: LimitKind::DailyTokens, before: Some(1_000_000), after: None },
        BundleField::CostLimit {
            kind: LimitKind::MonthlyCost,
            before: None,
            after: Some(PicoUsd(25 * PicoUsd::ONE_USD)),
        },
        BundleField::Prices,
    ];
    let changed = BundleChange::Changed { name: "A".into(), provider_type: ProviderType::OpenAi, fields };
    let (kind, _, what, how) = change(&changed);
    assert_eq!((kind, what.as_str()), ("changed", "A"));
    let expected = [
        "model: gpt-4o \u{2192} gpt-4o-mini",
        "another key",
        "switched off",
        "tokens a day: 1,000,000 \u{2192} no limit",
        "cost a month: no limit \u{2192} $25.00",
        "other prices of its own",
    ];
    assert_eq!(how.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn the_dialog_begins_where_something_is_to_be_chosen() {
    let begins = |dialog| {
        let draft = Draft::new(&dialog);
        (draft.step, draft.order().is_some())
    };
    assert_eq!(begins(Dialog::Export(None)), (Step::Server, false));
    assert_eq!(begins(Dialog::Export(Some("eu".into()))), (Step::Scope, true));
    assert_eq!(begins(Dialog::Revoke("eu".into())), (Step::Review, true));
    let back = Draft::new(&Dialog::Back(38, "eu".into())).order().unwrap();
    assert_eq!((back.again, back.providers.len(), back.days), (Some(38), 0, 7));
}

#[test]
fn two_choices_in_one_turn_are_both_made() {
    let mut draft = Draft::new(&Dialog::Export(Some("eu".into())));
    let id = |number| sample::provider(number, "A", ProviderType::OpenAi).id;
    let task: model::TaskName = "extraction".parse().unwrap();
    for choice in [
        Choice::Provider(id(1), true),
        Choice::Provider(id(2), true),
        Choice::Route(task.clone(), false),
        Choice::Prompts(false),
        Choice::Provider(id(1), false),
    ] {
        draft.choose(choice);
    }
    let order = draft.order().unwrap();
    assert_eq!((order.providers, order.without_tasks), (vec![id(2)], vec![task]));
    assert_eq!((order.with_prompts, order.with_prices), (false, true));
}
