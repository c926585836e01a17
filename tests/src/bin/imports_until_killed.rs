//! Opens a database with the key on its standard input and imports one file of usage after the other, saying so after each
//! that was acknowledged, until somebody kills it. Each has as many calls as its second argument says, and a sum.

use std::io::Write;

use model::{PicoUsd, ProviderType, Timestamp, TokenUsage};
use store::{Act, CallRow, ReportedRow, UsageImport, UsageStatus};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let [file, vault_id, calls, from] = std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let (calls, from): (i64, i64) = (calls.parse().unwrap(), from.parse().unwrap());
    let keys = std::io::read_to_string(std::io::stdin()).unwrap();
    let store = journeys::open_with(&keys, &file, &vault_id).await;
    let mut out = std::io::stdout().lock();
    for number in from.. {
        let rows: Vec<CallRow> = (0..calls).map(|part| call(number, part)).collect();
        let reported = [sum(number)];
        let import = UsageImport {
            source: "usage_logs",
            digest: [1; 32],
            calls: &rows,
            reported: &reported,
            left_out: 0,
        };
        let act =
            Act { actor: "a".into(), machine: "m".into(), action: "usage.import", at: Timestamp(number) };
        store.import_usage(import, &act).await.unwrap();
        writeln!(out, "{}", number + 1).unwrap();
        out.flush().unwrap();
    }
}

fn call(number: i64, part: i64) -> CallRow {
    CallRow {
        request_id: format!("{number}-{part}"),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: format!("u-{}", part % 5).into(),
        client: "import/usage_logs".into(),
        task_type: "extraction".into(),
        model_requested: "m".into(),
        model_returned: None,
        usage: Some(TokenUsage { input: 1_000, output: 50, ..TokenUsage::default() }),
        cost: (part % 3 > 0).then_some(PicoUsd(450_000_000)),
        priced: None,
        cost_is_estimate: false,
        status: UsageStatus::Success,
        error_class: None,
        http_status: None,
        latency_ms: u64::try_from(part % 900).unwrap(),
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: Timestamp(1_795_444_320_000 + part * 3_600_000),
    }
}

fn sum(number: i64) -> ReportedRow {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&number.to_le_bytes());
    ReportedRow {
        key,
        provider_type: ProviderType::Claude,
        from: Timestamp(1_795_392_000_000),
        until: Timestamp(1_795_478_400_000),
        model: "m".into(),
        account: String::new(),
        item: String::new(),
        requests: Some(1),
        usage: None,
        cost: Some(PicoUsd(1)),
    }
}
