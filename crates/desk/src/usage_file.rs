//! A file of usage on its way into the database: which configuration its calls go to, and rows as the store keeps them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use import::{Call, CallStatus, Reading, Source, Sum};
use model::{
    PicoUsd, ProviderType, Timestamp,
    import::{
        ImportFormat, ImportMapping, ImportPreview, ImportSource, ImportTarget, ImportedRow, SHOWN_FAULTS,
        SHOWN_ROWS,
    },
};
use store::{CallRow, Provider, ReportedRow, Store, StoreError, UsageStatus};

/// Calls that go to no configuration. No configuration has this number.
const NO_CONFIGURATION: i64 = 0;

/// A file, read, with what its calls go to.
pub(crate) struct UsageFile {
    pub(crate) reading: Reading,
    sources: Vec<ImportSource>,
    targets: Vec<ImportTarget>,
    pub(crate) calls: Vec<CallRow>,
    pub(crate) reported: Vec<ReportedRow>,
}

impl UsageFile {
    pub(crate) fn new(reading: Reading, providers: &[Provider], mapping: &ImportMapping) -> Self {
        let sources = sources(&reading, providers, mapping);
        let mut names = Names::default();
        let client = names.of(&format!("import/{}", reading.format.as_str()));
        let rows = reading.calls.iter().filter_map(|call| {
            let source = sources.get(call.source)?;
            Some(row(call, source, &client, &mut names))
        });
        let calls = rows.collect();
        let vendor = reading.format.reported_by();
        let sums = vendor.iter().flat_map(|vendor| reading.sums.iter().map(|sum| reported(sum, *vendor)));
        let reported = sums.collect();
        Self { targets: providers.iter().map(target).collect(), sources, calls, reported, reading }
    }

    /// What importing it would come to.
    pub(crate) async fn preview(self, store: &Store) -> Result<ImportPreview, StoreError> {
        let sums = store.compare_reported(&self.reported).await?;
        let ids: Vec<&str> = self.calls.iter().map(|call| call.request_id.as_str()).collect();
        let known = store.known_calls(&ids).await?;
        let kept_from = store.log_kept_from().await?;
        let too_old = self.calls.iter().filter(|call| call.created_at < kept_from).count() as u64;
        let is_new =
            |call: &&CallRow| call.created_at >= kept_from && !known.contains(call.request_id.as_str());
        let new: Vec<&CallRow> = self.calls.iter().filter(is_new).collect();
        let cost = new.iter().filter_map(|call| call.cost).fold(sums.cost, PicoUsd::plus);
        let known_and_kept = self.calls.len() as u64 - too_old - new.len() as u64;
        let unpriced = new.iter().filter(|call| call.cost.is_none()).count() as u64;
        let of_sums = self.reported.iter().flat_map(|sum| [sum.from, Timestamp(sum.until.0 - 1)]);
        let instants: Vec<Timestamp> = self.calls.iter().map(|call| call.created_at).chain(of_sums).collect();
        let new = new.len() as u64 + sums.written;
        let reading = &self.reading;
        Ok(ImportPreview {
            format: reading.format,
            columns: reading.columns.clone(),
            fields: reading.fields.clone(),
            missing: reading.missing.clone(),
            targets: self.targets.clone(),
            rows: reading.rows,
            new,
            replaced: sums.replaced,
            known: known_and_kept + sums.known + reading.repeated,
            too_old,
            empty: reading.empty,
            bad: reading.faults.len() as u64,
            cost,
            unpriced,
            rounded: reading.rounded,
            first: instants.iter().min().copied(),
            last: instants.iter().max().copied(),
            sample: self.sample(),
            faults: reading.faults.iter().take(SHOWN_FAULTS).cloned().collect(),
            sources: self.sources,
        })
    }

    fn sample(&self) -> Vec<ImportedRow> {
        let calls = self.reading.calls.iter().zip(&self.calls).map(|(call, row)| ImportedRow {
            line: call.line,
            at: row.created_at,
            provider_type: row.provider_type,
            model: row.model_requested.to_string(),
            task: row.task_type.to_string(),
            user: row.user_id.to_string(),
            input_tokens: row.usage.as_ref().map(model::TokenUsage::total_input),
            output_tokens: row.usage.as_ref().map(|usage| usage.output),
            cost: row.cost,
            status: Some(status(call.status).0.to_owned()),
        });
        let sums = self.reading.sums.iter().zip(&self.reported).map(|(sum, row)| ImportedRow {
            line: sum.line,
            at: row.from,
            provider_type: row.provider_type,
            model: if row.model.is_empty() { row.item.clone() } else { row.model.clone() },
            task: String::new(),
            user: row.account.clone(),
            input_tokens: row.usage.as_ref().map(model::TokenUsage::total_input),
            output_tokens: row.usage.as_ref().map(|usage| usage.output),
            cost: row.cost,
            status: None,
        });
        calls.chain(sums).take(SHOWN_ROWS).collect()
    }
}

fn target(provider: &Provider) -> ImportTarget {
    ImportTarget {
        number: provider.number,
        display_name: provider.draft.display_name.clone(),
        provider_type: provider.draft.provider_type,
    }
}

fn sources(reading: &Reading, providers: &[Provider], mapping: &ImportMapping) -> Vec<ImportSource> {
    let by_number: BTreeMap<i64, &Provider> =
        providers.iter().map(|provider| (provider.number, provider)).collect();
    let of = |source: &Source| {
        let goes_to = match mapping.configurations.get(&source.key) {
            Some(chosen) => *chosen,
            None => likely(source, reading.format, providers),
        };
        let goes_to = goes_to.and_then(|number| by_number.get(&number));
        ImportSource {
            key: source.key.clone(),
            provider: source.provider.clone(),
            configuration: source.configuration,
            model: source.model.clone(),
            // What goes to a configuration is its vendor's.
            provider_type: goes_to.map_or(source.provider_type, |provider| provider.draft.provider_type),
            goes_to: goes_to.map(|provider| provider.number),
            calls: source.calls,
        }
    };
    reading.sources.iter().map(of).collect()
}

/// The configuration of the number that the specification's logs name, else the first of the same vendor and model.
fn likely(source: &Source, format: ImportFormat, providers: &[Provider]) -> Option<i64> {
    let named = source.configuration.filter(|_| format == ImportFormat::UsageLogs);
    let model = source.model.as_deref();
    let model = model.map(|model| model.rsplit_once('/').map_or(model, |(_, name)| name));
    let fits = |provider: &&Provider| match named {
        Some(number) => provider.number == number,
        None => {
            provider.draft.provider_type == source.provider_type
                && model == Some(provider.draft.model_name.as_str())
        }
    };
    providers.iter().find(fits).map(|provider| provider.number)
}

fn row(call: &Call, source: &ImportSource, client: &Arc<str>, names: &mut Names) -> CallRow {
    CallRow {
        request_id: call.request_id.clone(),
        attempt: 1,
        provider_config_id: source.goes_to.unwrap_or(NO_CONFIGURATION),
        provider_type: source.provider_type,
        user_id: names.of(&call.user),
        client: Arc::clone(client),
        task_type: names.of(&call.task),
        model_requested: names.of(source.model.as_deref().unwrap_or_default()),
        model_returned: None,
        usage: call.usage.clone(),
        cost: call.cost,
        priced: None,
        // By prices that are not known here.
        cost_is_estimate: call.cost.is_some(),
        status: status(call.status).1,
        error_class: None,
        http_status: None,
        latency_ms: call.latency_ms,
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: call.at,
    }
}

fn status(status: CallStatus) -> (&'static str, UsageStatus) {
    match status {
        CallStatus::Success => ("success", UsageStatus::Success),
        CallStatus::Error => ("error", UsageStatus::Error),
        CallStatus::Timeout => ("timeout", UsageStatus::Timeout),
    }
}

fn reported(sum: &Sum, provider_type: ProviderType) -> ReportedRow {
    ReportedRow {
        key: sum.key,
        provider_type,
        from: sum.from,
        until: sum.until,
        model: sum.model.clone(),
        account: sum.account.clone(),
        item: sum.item.clone(),
        requests: sum.requests,
        usage: sum.usage.clone(),
        cost: sum.cost,
    }
}

/// Texts that many rows have in common, each kept once.
#[derive(Default)]
struct Names(HashMap<String, Arc<str>>);

impl Names {
    fn of(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        Arc::clone(self.0.entry(name.to_owned()).or_insert_with(|| name.into()))
    }
}
