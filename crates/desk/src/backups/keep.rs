//! Which backups are kept: the ten newest, the newest of each of the last seven days that have one, and the newest of
//! each of the last four weeks that have one.

use std::collections::HashSet;

use model::{Timestamp, time::DAY_MS};

const NEWEST: usize = 10;
const DAYS: usize = 7;
const WEEKS: usize = 4;
/// 1 January 1970 was a Thursday; weeks begin on Monday.
const DAYS_TO_MONDAY: i64 = 3;

/// The names of those that may go. Days and weeks are UTC's.
pub(super) fn to_drop(backups: &[(String, Timestamp)]) -> Vec<String> {
    let mut newest_first: Vec<&(String, Timestamp)> = backups.iter().collect();
    newest_first.sort_by(|a, b| (b.1.0, &b.0).cmp(&(a.1.0, &a.0)));
    let mut kept: HashSet<&str> = newest_first.iter().take(NEWEST).map(|one| one.0.as_str()).collect();
    let day = |at: Timestamp| at.0.div_euclid(DAY_MS);
    kept.extend(newest_of_each(&newest_first, DAYS, day));
    kept.extend(newest_of_each(&newest_first, WEEKS, |at| (day(at) + DAYS_TO_MONDAY).div_euclid(7)));
    newest_first.iter().filter(|one| !kept.contains(one.0.as_str())).map(|one| one.0.clone()).collect()
}

fn newest_of_each<'a>(
    newest_first: &[&'a (String, Timestamp)],
    most: usize,
    span: impl Fn(Timestamp) -> i64,
) -> Vec<&'a str> {
    let (mut seen, mut kept) = (HashSet::new(), Vec::new());
    for (name, at) in newest_first {
        if seen.len() < most && seen.insert(span(*at)) {
            kept.push(name.as_str());
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday, 23 November 2026, 14:32 UTC.
    const NOW: i64 = 1_795_444_320_000;

    fn at(days_ago: i64, minutes_ago: i64) -> (String, Timestamp) {
        (format!("{days_ago}-{minutes_ago}"), Timestamp(NOW - days_ago * DAY_MS - minutes_ago * 60_000))
    }

    fn kept(backups: &[(String, Timestamp)]) -> Vec<String> {
        let dropped = to_drop(backups);
        backups.iter().map(|one| one.0.clone()).filter(|name| !dropped.contains(name)).collect()
    }

    #[test]
    fn up_to_ten_are_all_kept_however_old() {
        let backups: Vec<_> = (0..10).map(|year| at(year * 365, 0)).collect();
        assert_eq!(to_drop(&backups), Vec::<String>::new());
    }

    #[test]
    fn twelve_in_one_hour_do_not_push_out_the_days_and_weeks_before() {
        let mut backups: Vec<_> = (0..12).map(|minute| at(0, minute)).collect();
        backups.extend((1..40).map(|day| at(day, 0)));
        let kept = kept(&backups);
        let today: Vec<String> = (0..10).map(|minute| format!("0-{minute}")).collect();
        // Six more days; of the weeks before, 16 to 22 November is among them, and the newest days of 9 and 2 November's.
        let before = ["1-0", "2-0", "3-0", "4-0", "5-0", "6-0", "8-0", "15-0"].map(str::to_owned);
        assert_eq!(kept, [today, before.to_vec()].concat());
    }

    #[test]
    fn one_a_day_for_a_year_leaves_ten_days_and_the_weeks_behind_them() {
        let backups: Vec<_> = (0..365).map(|day| at(day, 0)).collect();
        let days: Vec<String> = (0..10).map(|day| format!("{day}-0")).collect();
        assert_eq!(kept(&backups), [days, vec!["15-0".to_owned()]].concat());
    }
}
