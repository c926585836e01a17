//! How a task's chain changes when a first place is taken, given up or given back. Pure: rows are `routes`' business.
//! The rules are written down in docs/decisions/0008-first-places-and-chains.md.

use model::{
    ProviderId,
    routing::{CHAIN_LIMIT, ChainMember},
};

/// Who holds the first place.
pub(crate) fn first(chain: &[ChainMember]) -> Option<ProviderId> {
    chain.first().map(|member| member.provider)
}

/// The chain with this one in front and the others moved down. One that is in it already keeps the share that it has.
/// What no longer fits falls off the end.
pub(crate) fn with_first(chain: &[ChainMember], newcomer: ChainMember) -> Vec<ChainMember> {
    let id = newcomer.provider;
    let member = chain.iter().find(|member| member.provider == id).copied().unwrap_or(newcomer);
    std::iter::once(member).chain(without(chain, id)).take(CHAIN_LIMIT).collect()
}

/// One that a form put in front. It has no share, so that a form moves no call of a running split.
pub(crate) fn newcomer(provider: ProviderId) -> ChainMember {
    ChainMember { provider, weight: 0 }
}

/// The chain without this one; those behind it move up.
pub(crate) fn without(chain: &[ChainMember], id: ProviderId) -> Vec<ChainMember> {
    chain.iter().filter(|member| member.provider != id).copied().collect()
}

/// The chain after a step of `id` is taken back: `before` and `left` are what the step found and left. Whole when
/// nobody touched it since; else only the first place, and that only where nobody has taken it since.
pub(crate) fn taken_back(
    before: &[ChainMember],
    left: &[ChainMember],
    now: &[ChainMember],
    id: ProviderId,
) -> Vec<ChainMember> {
    let was_in = before.iter().any(|member| member.provider == id);
    // When the step had made the record, it is out of all chains again by now.
    if now == left || (!was_in && now == without(left, id)) {
        return before.to_vec();
    }
    let untouched = first(now).is_none_or(|holder| Some(holder) == first(left) || holder == id);
    if first(before) == first(left) || !untouched {
        return now.to_vec();
    }
    let rest = if was_in { now.to_vec() } else { without(now, id) };
    before.first().map_or(rest.clone(), |holder| with_first(&rest, *holder))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> ProviderId {
        ProviderId(Uuid::from_u128(number))
    }

    /// Each with a weight of ten times its number.
    fn chain(numbers: &[u128]) -> Vec<ChainMember> {
        numbers
            .iter()
            .map(|&number| ChainMember { provider: id(number), weight: 10 * number as u32 })
            .collect()
    }

    fn numbers(chain: &[ChainMember]) -> Vec<u128> {
        chain.iter().map(|member| member.provider.0.as_u128()).collect()
    }

    #[test]
    fn a_newcomer_moves_the_others_down_and_gets_no_share() {
        let taken = with_first(&chain(&[1, 2]), newcomer(id(3)));
        assert_eq!(numbers(&taken), [3, 1, 2]);
        assert_eq!(taken.iter().map(|member| member.weight).collect::<Vec<_>>(), [0, 10, 20]);
    }

    #[test]
    fn a_fallback_that_becomes_first_keeps_its_share() {
        assert_eq!(with_first(&chain(&[1, 2, 3]), newcomer(id(3))), chain(&[3, 1, 2]));
    }

    #[test]
    fn the_last_of_a_full_chain_falls_off() {
        let full: Vec<u128> = (1..=CHAIN_LIMIT as u128).collect();
        let taken = with_first(&chain(&full), newcomer(id(99)));
        assert_eq!((taken.len(), taken.last()), (CHAIN_LIMIT, chain(&full[..CHAIN_LIMIT - 1]).last()));
    }

    #[test]
    fn an_untouched_chain_comes_back_whole() {
        let before = chain(&[1, 2, 3]);
        for left in [chain(&[2, 1, 3]), chain(&[1, 3]), chain(&[])] {
            assert_eq!(taken_back(&before, &left, &left, id(2)), before);
        }
        assert_eq!(taken_back(&chain(&[1]), &chain(&[9, 1]), &chain(&[1]), id(9)), chain(&[1]));
    }

    #[test]
    fn a_chain_that_was_changed_since_gives_back_its_first_place_alone() {
        // 3 took the place of 1, and then somebody put 4 behind.
        let now = chain(&[3, 1, 2, 4]);
        assert_eq!(
            numbers(&taken_back(&chain(&[1, 2]), &chain(&[3, 1, 2]), &now, id(3))),
            [1, 2, 4],
            "and 3, which the step had brought, goes"
        );
        assert_eq!(
            numbers(&taken_back(&chain(&[1, 2, 3]), &chain(&[3, 1, 2]), &now, id(3))),
            [1, 3, 2, 4],
            "or stays, if it was there before"
        );
    }

    #[test]
    fn a_deleted_record_gets_its_share_back_with_its_first_place() {
        let back = taken_back(&chain(&[3, 1]), &chain(&[1]), &chain(&[1, 4]), id(3));
        assert_eq!(back, chain(&[3, 1, 4]));
    }

    #[test]
    fn a_first_place_that_somebody_took_since_stays_theirs() {
        let now = chain(&[4, 3, 1]);
        assert_eq!(taken_back(&chain(&[1]), &chain(&[3, 1]), &now, id(3)), now);
    }

    #[test]
    fn a_step_that_moved_no_first_place_moves_none_back() {
        let now = chain(&[2, 1]);
        assert_eq!(taken_back(&chain(&[1]), &chain(&[1]), &now, id(1)), now);
    }
}
