//! How long to wait before the same provider is asked again: full jitter, so that callers who failed together do not
//! come back together, and never before the vendor's own hint.

use std::time::Duration;

use model::CallError;

/// The first wait is at most this.
const FIRST_MS: u64 = 500;
/// No wait of ours is longer.
const LONGEST_MS: u64 = 8_000;
/// A vendor that asks for a longer wait is left for the next provider.
pub(crate) const PATIENCE_MS: u64 = 60_000;

/// The wait before a further try, after `failures` of them; `None` when another try is not worth it. `chance` is
/// between 0 and 1.
pub(crate) fn wait(error: &CallError, failures: u32, chance: f64) -> Option<Duration> {
    if !error.class.may_retry() || error.answer_began {
        return None;
    }
    let hint = error.retry_after_ms.unwrap_or(0);
    if hint > PATIENCE_MS {
        return None;
    }
    let most = FIRST_MS.saturating_mul(1 << failures.saturating_sub(1).min(20)).min(LONGEST_MS);
    let jittered = Duration::from_millis(most).mul_f64(chance.clamp(0.0, 1.0));
    Some(jittered.max(Duration::from_millis(hint)))
}

#[cfg(test)]
mod tests {
    use model::ErrorClass;
    use proptest::prelude::*;

    use super::*;
    use crate::failure::failed;

    #[test]
    fn only_what_may_pass_by_itself_is_tried_again() {
        for class in ErrorClass::ALL {
            assert_eq!(wait(&failed(class), 1, 0.5).is_some(), class.may_retry(), "{class}");
        }
        let began = CallError { answer_began: true, ..failed(ErrorClass::Server) };
        assert_eq!(wait(&began, 1, 0.5), None);
    }

    #[test]
    fn a_hint_of_more_than_a_minute_is_not_waited_for() {
        let hinted = |ms| CallError { retry_after_ms: Some(ms), ..failed(ErrorClass::RateLimit) };
        assert_eq!(wait(&hinted(60_000), 1, 0.1), Some(Duration::from_secs(60)));
        assert_eq!(wait(&hinted(60_001), 1, 0.1), None);
    }

    proptest! {
        #[test]
        fn a_wait_is_never_shorter_than_the_hint_nor_longer_than_both_bounds(failures in 1_u32..60, chance in 0.0..1.0, hint in 0_u64..60_000) {
            let error = CallError { retry_after_ms: Some(hint), ..failed(ErrorClass::Overloaded) };
            let wait = wait(&error, failures, chance).unwrap();
            prop_assert!(wait >= Duration::from_millis(hint) && wait <= Duration::from_millis(hint.max(LONGEST_MS)));
        }
    }
}
