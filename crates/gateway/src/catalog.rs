//! Another catalogue of prices: what the log will call it, and who would lose a price by it.

use model::Catalog;
use sha2::{Digest, Sha256};
use store::Provider;

/// Bytes of the digest in a version's name: enough to tell two files of one day apart.
const DIGEST_BYTES: usize = 6;

/// The day, and a digest of what the catalogue says: rows of the log name it, and two files of one day are two catalogues.
pub fn catalog_version(catalog: &Catalog) -> String {
    let says = serde_json::to_vec(catalog).unwrap_or_default();
    let digest = Sha256::digest(says);
    let short = digest[..DIGEST_BYTES].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("{} {short}", catalog.as_of)
}

/// Whether a configuration's calls have a price now, and would have none by another catalogue.
pub fn loses_its_price(provider: &Provider, now: &Catalog, then: &Catalog) -> bool {
    let draft = &provider.draft;
    let known = |catalog: &Catalog| catalog.find(draft.provider_type, &draft.model_name).is_some();
    draft.calls.price.is_none() && known(now) && !known(then)
}
