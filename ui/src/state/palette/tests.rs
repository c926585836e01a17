use super::{super::list::tests as sample, *};

fn list() -> ProviderList {
    let claude = sample::provider(1, "Claude Production", ProviderType::Claude);
    let mut off = sample::provider(2, "Claude Opus trial", ProviderType::Claude);
    off.is_active = false;
    sample::list(vec![claude, off, sample::provider(3, "Lab vLLM", ProviderType::OpenAiCompatible)])
}

fn of(search: &str) -> Results {
    Results::of(&list(), search, &[])
}

fn under(results: &Results, heading: Heading) -> Vec<Entry> {
    let section = results.0.iter().find(|section| section.heading == heading);
    section.map(|section| section.entries.clone()).unwrap_or_default()
}

#[test]
fn a_search_finds_providers_and_what_can_be_done_with_them() {
    let results = of("cla prod");
    assert_eq!(results.0[0].heading, Heading::Providers);
    assert_eq!(results.entries().next().unwrap().deed, Deed::Edit(list().providers[0].id));
    assert_eq!(under(&results, Heading::Actions)[0].deed, Deed::Test(list().providers[0].id));
    let to = under(&results, Heading::Places);
    assert_eq!(to[0].deed, Deed::Usage(list().providers[0].id));
}

#[test]
fn an_angle_bracket_leaves_only_actions() {
    let results = of("> claude");
    assert_eq!(under(&results, Heading::Providers), []);
    assert_eq!(under(&results, Heading::Actions)[0].deed, Deed::Add(ProviderType::Claude));
}

#[test]
fn a_page_is_found_by_its_name_and_stands_before_what_only_speaks_of_it() {
    for search in ["go rout", "routing", "gtroutng"] {
        let results = of(search);
        assert_eq!(results.entries().next().unwrap().deed, Deed::Go(Place::Routing), "{search}");
    }
    assert_eq!(of("go rout").len(), 1);
}

#[test]
fn an_empty_search_shows_what_was_chosen_lately_first() {
    let list = list();
    let recent = [Deed::Help, Deed::Test(list.providers[2].id), Deed::Go(Place::Usage)];
    let results = Results::of(&list, "", &recent);
    assert_eq!(results.0[0].heading, Heading::Recent);
    let deeds: Vec<Deed> = results.0[0].entries.iter().map(|entry| entry.deed).collect();
    assert_eq!(deeds, recent);
    assert_eq!(under(&results, Heading::Providers).len(), 3);
    assert_eq!(under(&results, Heading::Places).len(), Place::ALL.len());
    assert!(under(&Results::of(&list, "test", &recent), Heading::Recent).is_empty());
}

#[test]
fn what_was_chosen_lately_and_is_gone_or_done_is_not_offered_again() {
    let mut list = list();
    let (gone, on) = (list.providers[1].id, list.providers[0].id);
    list.providers.remove(1);
    let results = Results::of(&list, "", &[Deed::Test(gone), Deed::SetActive(on, true)]);
    assert!(under(&results, Heading::Recent).is_empty());
}

#[test]
fn an_empty_search_shows_providers_and_general_actions() {
    let results = of("");
    assert_eq!(under(&results, Heading::Providers).len(), 3);
    assert_eq!(under(&results, Heading::Actions)[0].deed, Deed::TestAll);
    assert!(of("zzz qqq").is_empty());
}

#[test]
fn letters_in_their_order_come_after_what_has_the_words_whole() {
    // Whole in two lines, and by its letters in another.
    let mut list = list();
    list.providers.push(sample::provider(4, "Very large LLM", ProviderType::OpenAi));
    let results = Results::of(&list, "vllm", &[]);
    let names: Vec<String> =
        under(&results, Heading::Providers).into_iter().map(|entry| entry.title).collect();
    assert_eq!(names, ["Lab vLLM", "Very large LLM"]);
    let actions = under(&results, Heading::Actions);
    let whole = |entry: &Entry| entry.title.contains("vLLM");
    let last_whole = actions.iter().rposition(whole).unwrap();
    assert!(actions[..=last_whole].iter().all(whole), "{actions:?}");
}

#[test]
fn a_line_that_starts_with_the_word_stands_before_one_that_only_has_it() {
    let mut list = list();
    list.providers.push(sample::provider(4, "Trial", ProviderType::OpenAi));
    let results = Results::of(&list, "trial", &[]);
    let names: Vec<String> =
        under(&results, Heading::Providers).into_iter().map(|entry| entry.title).collect();
    assert_eq!(names, ["Trial", "Claude Opus trial"]);
}

#[test]
fn only_what_is_on_and_not_the_default_can_become_it() {
    let mut list = list();
    list.providers[0].is_default = true;
    let deeds: Vec<Deed> =
        Results::of(&list, "> the default", &[]).entries().map(|entry| entry.deed).collect();
    assert_eq!(deeds, [Deed::MakeDefault(list.providers[2].id)]);
}

#[test]
fn a_task_is_found_with_who_is_first() {
    let mut list = list();
    let task = "cv_draft".parse().unwrap();
    list.tasks = vec![TaskView { name: task, holder: Some(list.providers[0].id) }];
    let tasks = under(&Results::of(&list, "cv_dr", &[]), Heading::Tasks);
    assert_eq!(tasks.len(), 1);
    assert!(tasks[0].detail.contains("Claude Production"));
}

#[test]
fn every_general_action_is_shown_to_who_asks_for_actions_alone() {
    let results = of(">");
    assert_eq!(under(&results, Heading::Actions), general_actions());
    assert_eq!(under(&results, Heading::Places), places());
}

#[test]
fn every_page_dialog_template_and_type_is_found() {
    let all: Vec<Entry> = general_actions().into_iter().chain(places()).collect();
    assert!(Place::ALL.iter().all(|place| all.iter().any(|entry| entry.deed == Deed::Go(*place))));
    assert!(SetUp::ALL.iter().all(|one| all.iter().any(|entry| entry.deed == Deed::SetUp(*one))));
    assert!(ProviderType::ALL.iter().all(|kind| all.iter().any(|entry| entry.deed == Deed::Add(*kind))));
    for entry in &all {
        let found = of(&format!("> {}", entry.title));
        assert!(found.entries().any(|other| other == entry), "{}", entry.title);
    }
}

#[test]
fn every_action_of_one_provider_names_it() {
    let list = list();
    for provider in &list.providers {
        let entries = provider_actions(provider).into_iter().chain([usage_of(provider)]);
        for entry in entries {
            assert_eq!(entry.deed.provider(), Some(provider.id), "{}", entry.title);
        }
    }
}

#[test]
fn each_word_of_a_search_is_marked_where_it_stands() {
    let marked = |text, search| {
        let pieces = marks(text, search).into_iter();
        pieces.filter(|(is, _)| *is).map(|(_, piece)| piece.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(marked("Claude Production", "cla prod"), ["Cla", "Prod"]);
    assert_eq!(marked("Test all", "> test"), ["Test"]);
    assert_eq!(marked("abab", "ab ba"), ["abab"], "what meets is one piece");
    assert_eq!(marked("İstanbul", "st"), Vec::<String>::new(), "lower case has other lengths here");
    assert_eq!(marks("für Übung", "ü").iter().map(|(_, piece)| *piece).collect::<String>(), "für Übung");
    assert_eq!(marks("", "a"), []);
}
