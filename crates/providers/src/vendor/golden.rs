//! What vendors say that calls took, against buckets written down by hand and costs computed elsewhere:
//! `tests/golden/make_usage.py` has both, and where they are from.

use std::collections::VecDeque;

use model::{Catalog, PicoUsd, Price, ProviderType, TokenUsage};
use serde::Deserialize;
use serde_json::Value;

use super::{Dialect, Reader, Step};
use crate::{
    call::{Draft, Failure},
    sse::{Decoder, Item},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// Where its numbers were recorded, or what its shape is derived from.
    source: String,
    dialect: String,
    provider_type: ProviderType,
    model: String,
    body: Option<Value>,
    stream: Option<String>,
    /// The class of the failure, where it is one.
    error: Option<String>,
    usage: Option<TokenUsage>,
    pico_usd: Option<PicoUsd>,
}

fn dialect(name: &str) -> Dialect {
    match name {
        "chat" => Dialect::Chat,
        "compatible" => Dialect::CompatibleChat,
        "responses" => Dialect::Responses,
        "claude" => Dialect::Messages,
        "gemini" => Dialect::Generate,
        other => panic!("{other} is no language"),
    }
}

/// Reads a stream as it comes over the network, but at once.
fn read_stream(dialect: Dialect, text: &str, draft: &mut Draft) -> Result<(), Failure> {
    let (mut decoder, mut items) = (Decoder::default(), VecDeque::<Item>::new());
    decoder.feed(text.as_bytes(), &mut items).unwrap();
    decoder.finish(&mut items).unwrap();
    let mut reader = Reader::new(dialect);
    for item in &items {
        if reader.read(item, draft)? == Step::Done {
            return Ok(());
        }
    }
    reader.close(draft)
}

#[test]
fn every_golden_payload_has_its_buckets_and_its_exact_cost() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/golden/usage.json")).unwrap();
    assert!(cases.len() >= 100);
    let recorded = cases.iter().filter(|case| case.name.contains("recorded"));
    assert!(
        recorded.clone().count() > 5
            && recorded.into_iter().all(|case| case.source.starts_with("recorded in "))
    );
    let catalog = Catalog::bundled().unwrap();
    for case in cases {
        let has_source = ["recorded in ", "derived from "].iter().any(|kind| case.source.starts_with(kind));
        assert!(has_source, "{}", case.name);
        let (dialect, mut draft) = (dialect(&case.dialect), Draft::default());
        let result = match (&case.body, &case.stream) {
            (Some(body), None) => {
                let result = dialect.read(body.to_string().as_bytes(), &mut draft);
                draft.ended = true;
                result
            }
            (None, Some(stream)) => read_stream(dialect, stream, &mut draft),
            _ => panic!("{}: either a body or a stream", case.name),
        };
        let class = result.err().map(|failure| failure.class().as_str().to_owned());
        assert_eq!(class, case.error, "{}", case.name);
        let usage = draft.usage_so_far();
        assert_eq!(usage, case.usage, "{}", case.name);
        let model = catalog.find(case.provider_type, &case.model).unwrap();
        let cost = usage.map(|usage| Price::of(model).unwrap().cost(&usage));
        assert_eq!(cost, case.pico_usd, "{}", case.name);
    }
}
