//! Weighted splits that are sticky for a key, by weighted rendezvous hashing: each member draws a number from the key
//! and itself, stretched by its weight, and the greatest serves. A changed weight moves callers only to or from the
//! member whose weight it is.

use std::hash::Hasher;

use model::routing::TaskRoute;
use siphasher::sip::SipHasher13;

use crate::snapshot::Snapshot;

/// Puts the member that serves this key before the others, who stay in the chain's order.
pub(super) fn first(snapshot: &Snapshot, route: &TaskRoute, key: &str, able: &mut [usize]) {
    let weight = |at: usize| {
        let id = snapshot.configs[at].id();
        route.chain.iter().find(|member| member.provider == id).map_or(0, |member| member.weight)
    };
    let score =
        |at: usize| score(weight(at), route.task.as_str(), key, snapshot.configs[at].id().0.as_bytes());
    let best = (0..able.len())
        .filter(|place| weight(able[*place]) > 0)
        .max_by(|one, other| score(able[*one]).total_cmp(&score(able[*other])));
    if let Some(best) = best {
        able[..=best].rotate_right(1);
    }
}

/// The draw of one member: the greatest of several is this member's with a probability of its share of the weights.
fn score(weight: u32, task: &str, key: &str, member: &[u8]) -> f64 {
    // SipHash with a fixed key is the same in every version of Rust and on every machine.
    let mut hasher = SipHasher13::new_with_keys(0x7369_676e_616c, 0x0062_6f78);
    for part in [task.as_bytes(), key.as_bytes(), member] {
        hasher.write_u64(part.len() as u64);
        hasher.write(part);
    }
    // 53 bits make a fraction between 0 and 1, neither of them included.
    let fraction = ((hasher.finish() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
    -f64::from(weight) / fraction.ln()
}
