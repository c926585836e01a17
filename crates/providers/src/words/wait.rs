//! Waiting times, for people.

use std::time::Duration;

/// Rounded up: a client that comes a moment too early is turned away again.
pub(crate) fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// `48 s`, `6 min`, `10 h 18 min`, `3 days`, each rounded up.
pub(super) fn spoken(wait: Duration) -> String {
    let seconds = whole_seconds(wait);
    let minutes = seconds.div_ceil(60);
    match seconds {
        0..=90 => format!("{seconds} s"),
        91..=5_400 => format!("{minutes} min"),
        5_401..=172_800 if minutes.is_multiple_of(60) => format!("{} h", minutes / 60),
        5_401..=172_800 => format!("{} h {} min", minutes / 60, minutes % 60),
        _ => format!("{} days", seconds.div_ceil(86_400)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_rounded_up_to_what_people_say() {
        let cases = [
            (0, "0 s"),
            (174, "1 s"),
            (48_940, "49 s"),
            (360_000, "6 min"),
            (37_025_700, "10 h 18 min"),
            (7_200_000, "2 h"),
        ];
        for (ms, words) in cases {
            assert_eq!(spoken(Duration::from_millis(ms)), words);
        }
        assert_eq!(spoken(Duration::from_secs(259_200)), "3 days");
    }
}
