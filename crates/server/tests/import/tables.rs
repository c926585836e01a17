//! What becomes of configurations, calls and acts.

use std::fs;

use model::{ProviderDraft, ProviderId, ProviderType, Timestamp};
use server::{Counts, ImportRequest, ImportTablesError};
use store::{Act, Change, KeyChange, Source, SourceTable};

use crate::{
    everywhere,
    source::{FOREIGN_TOKEN, GEMINI_KEY, GEMINI_TOKEN, OPENAI_KEY, OPENAI_TOKEN, Tables},
    target::{NOW, Target},
};

everywhere! {
    configurations_come_with_their_keys_and_who_serves_what
    calls_come_with_their_tokens_and_a_price_that_was_not_known_stays_unknown
    acts_come_into_the_chain_and_without_what_may_be_a_secret
    made_again_it_doubles_nothing_and_brings_what_is_new
    a_dry_run_writes_nothing_and_counts_the_same
    rows_that_mean_nothing_are_refused_with_their_reason_and_without_their_values
    what_the_target_has_stays_and_what_is_not_whole_is_off
    a_source_under_the_name_of_another_is_refused
}

fn counts(read: u64, written: u64, known: u64, refused: u64) -> Counts {
    Counts { read, written, known, too_old: 0, refused }
}

async fn configurations_come_with_their_keys_and_who_serves_what(source: &Tables, target: &Target) {
    let report = target.import(source).await;
    assert_eq!(report.configs, counts(2, 2, 0, 0), "{:?}", report.notes);
    // Both say that they are the default there, as the tables allow.
    assert_eq!(report.notes, ["configuration 2: it is not the default: another one is, or it is off"]);
    let providers = target.providers().await;
    let [gemini, openai] = providers.as_slice() else { panic!("{}", providers.len()) };
    assert_eq!(target.key(gemini).as_deref(), Some(GEMINI_KEY));
    assert_eq!(target.key(openai).as_deref(), Some(OPENAI_KEY));
    assert_eq!(gemini.draft.provider_type, ProviderType::Gemini);
    assert_eq!(openai.draft.model_name, "gpt-4o-mini");
    assert_eq!((gemini.draft.is_default, openai.draft.is_default), (true, false));
    let tasks = |of: &ProviderDraft| of.tasks.iter().map(|task| task.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(tasks(&gemini.draft), ["extraction"]);
    assert_eq!(tasks(&openai.draft), ["cv_draft", "cover_letter"]);
    assert_eq!(openai.draft.daily_token_limit, Some(1_000_000));
    // 2024-01-15T10:30:00Z, by whom it was made there.
    assert_eq!(
        (openai.created_at, openai.created_by.as_str()),
        (Timestamp(1_705_314_600_000), "specification:3")
    );
}

async fn calls_come_with_their_tokens_and_a_price_that_was_not_known_stays_unknown(
    source: &Tables,
    target: &Target,
) {
    let report = target.import(source).await;
    assert_eq!(report.usage, counts(4, 4, 0, 0));
    assert_eq!(target.sums().await, (4, 3_500, 0.0009));
    assert_eq!(report.unpriced, 2);
    // The catalogue's price of gpt-4o-mini is what the source reckoned with.
    assert_eq!((report.of_these, report.by_catalog), (report.cost, report.cost));
    assert_eq!((target.tokens_of("7").await, target.tokens_of("8").await), (2_000, 1_500));
    let statistics = target.site.store().provider_statistics(365, NOW).await.unwrap();
    let gemini = statistics.iter().find(|one| one.model_name == "gemini-2.5-flash").unwrap();
    assert_eq!((gemini.total_cost_usd, gemini.unpriced_calls), (None, 2));
    let openai = statistics.iter().find(|one| one.model_name == "gpt-4o-mini").unwrap();
    assert_eq!(openai.success_rate, Some(50.0));
}

async fn acts_come_into_the_chain_and_without_what_may_be_a_secret(source: &Tables, target: &Target) {
    let report = target.import(source).await;
    assert_eq!(report.acts, counts(2, 2, 0, 0));
    let acts = target.acts().await;
    assert_eq!(acts.len(), 2);
    let first: serde_json::Value = serde_json::from_str(&acts[0]).unwrap();
    assert_eq!((&first["source"], &first["row"]), (&"specification".into(), &1.into()));
    assert_eq!(first["entry"]["action"], "create_provider");
    assert_eq!(first["entry"]["details"]["model_name"], "gpt-4o-mini");
    assert!(first["entry"]["ip_address"].as_str().unwrap().starts_with("203.0.113.9"));
    assert!(!acts[0].contains("CANARY"), "{}", acts[0]);
    assert_eq!(target.site.store().verify_audit(Vec::new()).await.unwrap().broken, None);
}

async fn made_again_it_doubles_nothing_and_brings_what_is_new(source: &Tables, target: &Target) {
    target.import(source).await;
    let again = target.import(source).await;
    assert_eq!(
        (again.configs, again.usage, again.acts),
        (counts(2, 0, 2, 0), counts(4, 0, 4, 0), counts(2, 0, 2, 0))
    );
    // Also one with a number below those that were read: PostgreSQL's sequences are given out before they are committed.
    source.config(3, "CLAUDE", OPENAI_TOKEN, "claude-haiku-4-5", false, false).await;
    source
        .calls(
            "(5, 3, 7, 'validation', 10, 5, 15, 0.001, 'success', 1, '2024-01-18 00:00:00'),
        (10, 3, 7, 'validation', 10, 5, 15, 0.001, 'success', 1, '2024-01-18 00:00:01')",
        )
        .await;
    let third = target.import(source).await;
    assert_eq!(
        (third.configs, third.usage, third.acts),
        (counts(3, 1, 2, 0), counts(6, 2, 4, 0), counts(2, 0, 2, 0))
    );
    assert_eq!(target.sums().await, (6, 3_530, 0.0029));
    assert_eq!((target.providers().await.len(), target.acts().await.len()), (3, 2));
}

async fn a_dry_run_writes_nothing_and_counts_the_same(source: &Tables, target: &Target) {
    let dry = || ImportRequest { dry_run: true, ..target.request(source) };
    let told = target.try_import(&dry()).await.unwrap();
    assert_eq!(target.sums().await, (0, 0, 0.0));
    assert_eq!((target.providers().await.len(), target.acts().await.len()), (0, 0));
    assert_eq!(target.site.store().import_progress("specification").await.unwrap(), None);
    assert_eq!(told, target.import(source).await);
    let told = target.try_import(&dry()).await.unwrap();
    assert_eq!(
        (told.configs, told.usage, told.acts),
        (counts(2, 0, 2, 0), counts(4, 0, 4, 0), counts(2, 0, 2, 0))
    );
}

async fn rows_that_mean_nothing_are_refused_with_their_reason_and_without_their_values(
    source: &Tables,
    target: &Target,
) {
    source.config(4, "OPENAI", OPENAI_TOKEN, "sk-CANARY model", false, false).await;
    source
        .calls(
            "(20, 99, 7, 'extraction', 1, 1, 2, 0, 'success', 1, '2024-01-18 00:00:00'),
         (21, 4, 7, 'extraction', 1, 1, 2, 0, 'success', 1, '2024-01-18 00:00:00'),
         (22, 1, 7, 'sk-CANARY task', 1, 1, 2, 0, 'success', 1, '2024-01-18 00:00:00'),
         (23, 1, 7, 'extraction', -1, 1, 2, 0, 'success', 1, '2024-01-18 00:00:00'),
         (24, 1, 7, 'extraction', 1, 1, 2, -0.1, 'success', 1, '2024-01-18 00:00:00'),
         (25, 1, 7, 'extraction', 1, 1, 2, 0, 'sk-CANARY', 1, '2024-01-18 00:00:00'),
         (26, 1, 7, 'extraction', 1, 1, 2, 0, 'success', 1, '2031-01-18 00:00:00'),
         (27, 1, 7, 'extraction', 1, 1, 9, 0, 'success', 1, '2024-01-18 00:00:00')",
        )
        .await;
    let report = target.import(source).await;
    assert_eq!((report.configs, report.usage), (counts(3, 2, 0, 1), counts(12, 5, 0, 7)));
    assert_eq!(report.other_totals, 1);
    let told = fs::read_to_string(report.refused.unwrap()).unwrap();
    let lines: Vec<serde_json::Value> =
        told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of =
        |id: i64| lines.iter().find(|line| line["id"] == id).unwrap()["reason"].as_str().unwrap().to_owned();
    assert_eq!((lines.len(), of(24)), (8, "a cost is below zero".to_owned()));
    assert_eq!(of(20), "its configuration is not in the source, or was refused");
    assert_eq!(of(26), "its created_at is in the future");
    assert!(!told.contains("CANARY"), "{told}");
    let again = target.import(source).await;
    assert_eq!((again.configs, again.usage), (counts(3, 0, 2, 1), counts(12, 0, 5, 7)));
    assert_eq!(fs::read_to_string(again.refused.unwrap()).unwrap(), told);
}

async fn what_the_target_has_stays_and_what_is_not_whole_is_off(source: &Tables, target: &Target) {
    let act = Act { actor: "ada".into(), machine: "m".into(), action: "provider.create", at: NOW };
    let own = ProviderDraft {
        model_name: "m".into(),
        display_name: "model 1".into(),
        is_default: true,
        tasks: vec!["extraction".parse().unwrap()],
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let change = Change { draft: own, key: KeyChange::Keep, test: None };
    target.site.store().insert(ProviderId(uuid::Uuid::from_u128(1)), change, &act).await.unwrap();
    source.config(5, "CLAUDE", FOREIGN_TOKEN, "claude-haiku-4-5", false, false).await;
    source.run("UPDATE ai_provider_configs SET daily_token_limit = 0 WHERE id = 2").await;
    let report = target.import(source).await;
    let providers = target.providers().await;
    let named = |name: &str| &providers.iter().find(|one| one.draft.display_name == name).unwrap().draft;
    assert!(named("model 1").is_default && named("model 1").tasks.len() == 1);
    let first = named("Model 1 (2)");
    assert!(!first.is_default && first.is_active && first.tasks.is_empty());
    // A limit that is none must not become no limit.
    let second = named("Model 2");
    assert!(!second.is_active && second.daily_token_limit.is_none());
    let foreign = providers.iter().find(|one| one.draft.display_name == "Model 5").unwrap();
    assert!(!foreign.draft.is_active && foreign.sealed_key.is_none());
    for words in [
        "its name was taken",
        "not the default",
        "another first one",
        "a limit of 0",
        "its key does not open",
    ] {
        assert!(report.notes.iter().any(|note| note.contains(words)), "{words}: {:?}", report.notes);
    }
    assert_eq!(report.usage, counts(4, 4, 0, 0));
}

async fn a_source_under_the_name_of_another_is_refused(source: &Tables, target: &Target) {
    target.import(source).await;
    let other = Tables::empty(source.postgres.is_some()).await;
    other.config(1, "GEMINI", GEMINI_TOKEN, "gemini-2.5-flash", true, true).await;
    other.run("UPDATE ai_provider_configs SET created_at = '2023-01-01 00:00:00'").await;
    other.calls("(1, 1, 7, 'extraction', 1, 1, 2, 0.5, 'success', 1, '2024-01-18 00:00:00')").await;
    let refused = target.try_import(&target.request(&other)).await;
    assert!(matches!(refused, Err(ImportTablesError::OtherSource(1))));
    let named = ImportRequest { name: "second".into(), ..target.request(&other) };
    let report = target.try_import(&named).await.unwrap();
    assert_eq!(report.usage, counts(1, 1, 0, 0));
    assert_eq!(target.sums().await.0, 5);
    let bad = ImportRequest { name: "Second one".into(), ..target.request(&other) };
    assert!(matches!(target.try_import(&bad).await, Err(ImportTablesError::Name)));
}

#[tokio::test]
async fn the_source_is_read_and_nothing_else() {
    let (source, target) = (Tables::make(false).await, Target::make(false).await);
    let names = || {
        let entries = fs::read_dir(source.folder.path()).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>()
    };
    let before = (fs::read(source.file()).unwrap(), names());
    target.import(&source).await;
    assert_eq!((fs::read(source.file()).unwrap(), names()), before);
    // On PostgreSQL a user who may read and no more is enough.
    let source = Tables::make(true).await;
    source.run(
        "CREATE ROLE reader LOGIN PASSWORD 'of-tests-alone'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader",
    ).await;
    let (_, url) = source.postgres.as_ref().unwrap();
    let url = url.replace("signalbox:", "reader:");
    let mut reader = Source::postgres(&store::DatabaseUrl::new(url), None).await.unwrap();
    assert_eq!(reader.rows(SourceTable::Usage, 0, 10).await.unwrap().len(), 4);
    assert_eq!(reader.name(SourceTable::Acts), Some("admin_action_logs"));
    reader.close().await;
    source.run("DROP OWNED BY reader; DROP ROLE reader").await;
}

#[tokio::test]
async fn a_source_without_the_tables_or_that_is_no_database_says_so() {
    let target = Target::make(false).await;
    let source = Tables::make(false).await;
    let missing = ImportRequest { log: Some("no_such_log".into()), ..target.request(&source) };
    let told = target.try_import(&missing).await.err().unwrap().to_string();
    assert!(told.contains("no table `no_such_log`"), "{told}");
    fs::write(source.folder.path().join("text.db"), "no database").unwrap();
    for (name, words) in [("text.db", "no readable SQLite database"), ("nothing.db", "no file")] {
        let from = server::ImportFrom::Sqlite(source.folder.path().join(name));
        let request = ImportRequest { from, ..target.request(&source) };
        let told = target.try_import(&request).await.err().unwrap().to_string();
        assert!(told.contains(words), "{told}");
    }
}
