//! Opens a database with the key on its standard input and changes one record again and again, saying so after each
//! change that was acknowledged, until somebody kills it. With a number at its end it writes batches of calls from that number on
//! instead, as large as the gateway's writer makes them.

use std::io::Write;

use model::{PicoUsd, ProviderDraft, ProviderId, ProviderType, Timestamp, TokenUsage, command::Existing};
use store::{Act, CallRow, Change, KeyChange, NewKey, Store, UsageStatus};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let [file, vault_id, id] = std::array::from_fn(|_| arguments.next().unwrap());
    let keys = std::io::read_to_string(std::io::stdin()).unwrap();
    let id: ProviderId = id.parse().unwrap();
    let store = journeys::open_with(&keys, &file, &vault_id).await;
    let mut out = std::io::stdout().lock();
    if let Some(from) = arguments.next() {
        return ingest(&store, &mut out, from.parse().unwrap()).await;
    }
    loop {
        let provider = store.provider(id).await.unwrap();
        let next = provider.revision + 1;
        // Long texts of changing length, so that a change spans pages, grows the file and shrinks it again.
        let length = usize::try_from(next * 7919 % 1900).unwrap();
        let draft = ProviderDraft { description: format!("{next} {}", "x".repeat(length)), ..provider.draft };
        let key = NewKey { sealed: vec![1; 100 + length], last_four: None, entered_at: Timestamp(next) };
        let change = Change { draft, key: KeyChange::Replace(key), test: None };
        let act =
            Act { actor: "a".into(), machine: "m".into(), action: "provider.update", at: Timestamp(next) };
        store.update(Existing { id, revision: provider.revision }, change, &act).await.unwrap();
        store.log_calls(&calls(next, 2)).await.unwrap();
        writeln!(out, "{next} of {}", ProviderType::OpenAi.as_str()).unwrap();
        out.flush().unwrap();
    }
}

/// The most calls of one transaction of the gateway's writer.
const BATCH: i64 = 2_048;

async fn ingest(store: &Store, out: &mut impl Write, from: i64) {
    for number in from.. {
        store.log_calls(&calls(number, BATCH)).await.unwrap();
        writeln!(out, "{} of {}", number + 1, ProviderType::OpenAi.as_str()).unwrap();
        out.flush().unwrap();
    }
}

/// Calls that are hours apart, so that each batch touches several sums.
fn calls(number: i64, count: i64) -> Vec<CallRow> {
    let call = |part: i64| CallRow {
        request_id: format!("{number}-{part}"),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: format!("u-{}", number % 5).into(),
        client: "tests".into(),
        task_type: "extraction".into(),
        model_requested: "m".into(),
        model_returned: None,
        usage: Some(TokenUsage { input: 1_000, output: 50, ..TokenUsage::default() }),
        cost: (number % 3 > 0).then_some(PicoUsd(450_000_000)),
        priced: None,
        cost_is_estimate: false,
        status: UsageStatus::Success,
        error_class: None,
        http_status: None,
        latency_ms: u64::try_from(number % 900).unwrap(),
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: Timestamp(1_795_444_320_000 + part % 40 * 9_000_000 + part),
    };
    (0..count).map(call).collect()
}
