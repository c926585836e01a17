//! Jumps of usage, in words.

use model::{
    PicoUsd, Timestamp,
    insights::{Cause, Causes, JumpView, Jumps, Measure, Watching},
    text::{field_digits, group_digits},
    writing,
};

use crate::{state::age::Moment, t, texts::name};

const HOURS_OF_DAY: u8 = 24;
const HOUR_MS: i64 = 60 * 60 * 1_000;

/// What jumped and how far: "Claude Production: 3.4 times as many calls as usual".
pub fn title(jump: &JumpView) -> String {
    let whose = match (jump.config, &jump.name) {
        (None, _) => t!("jump-of-all"),
        (Some(_), Some(of)) => name(of),
        (Some(_), None) => t!("jump-of-deleted"),
    };
    let tenths = jump.tenths();
    let times = writing::number(&format!("{}.{}", field_digits(u128::from(tenths / 10)), tenths % 10));
    match jump.measure {
        Measure::Calls => t!("jump-calls", whose = whose, times = times),
        Measure::Cost => t!("jump-cost", whose = whose, times = times),
    }
}

/// Both numbers and the hour whose habit it is: "204 in 1 minute, 60 are usual on Tuesday at 14:00."
pub fn numbers(jump: &JumpView) -> String {
    let sum = |sum: u64| match jump.measure {
        Measure::Calls => group_digits(u128::from(sum)),
        Measure::Cost => PicoUsd(sum.into()).display(),
    };
    let hour = format!("{:02}:00", jump.hour_of_week % HOURS_OF_DAY);
    let (seen, usual, day) = (sum(jump.seen), sum(jump.usual), day(jump.hour_of_week / HOURS_OF_DAY));
    t!("jump-numbers", seen = seen, minutes = jump.window_s / 60, usual = usual, day = day, hour = hour)
}

/// Who causes most of it; nothing where nobody is named.
pub fn causes(causes: &Causes) -> Option<String> {
    let named = |cause: &Option<Cause>| cause.clone().filter(|cause| !cause.name.is_empty());
    let provider = named(&causes.provider)
        .map(|cause| t!("cause-provider", name = name(&cause.name), percent = cause.percent));
    let task =
        named(&causes.task).map(|cause| t!("cause-task", name = name(&cause.name), percent = cause.percent));
    let user =
        named(&causes.user).map(|cause| t!("cause-user", name = name(&cause.name), percent = cause.percent));
    let parts: Vec<String> = [provider, task, user].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| t!("jump-causes", who = parts.join(", ")))
}

/// The usage page's address of its calls: those of its hour where it is over within it, and of its provider. `read` is the
/// clock of the zone by whose days usage is counted.
pub fn calls_address(jump: &JumpView, read: impl Fn(Timestamp) -> Moment) -> String {
    let (began, last) = (read(jump.began_at), read(jump.ended_at.unwrap_or(jump.told_at)));
    let day = |of: &Moment| format!("{:04}-{:02}-{:02}", of.year, of.month, of.day);
    let mut address = format!("days={}..{}&calls=all", day(&began), day(&last));
    if (day(&began), began.hour) == (day(&last), last.hour) {
        // Hours are counted from midnight, which is another number where clocks were set that day.
        let back = read(Timestamp(jump.began_at.0 - i64::from(began.hour) * HOUR_MS));
        let number =
            if back.day == began.day { began.hour + back.hour } else { began.hour.saturating_sub(1) };
        address.push_str(&format!("&of-hour={number}"));
    }
    if let Some(number) = jump.config {
        address.push_str(&format!("&of-provider={number}"));
    }
    address
}

/// Whether jumps are looked for, and why not.
pub fn watching(jumps: &Jumps) -> String {
    match jumps.watching {
        Watching::Reading => t!("jumps-reading"),
        Watching::TooEarly { days, needed } => t!("jumps-too-early", days = days, weeks = needed / 7),
        Watching::Now { weeks } => t!("jumps-watched", weeks = weeks),
    }
}

fn day(of_week: u8) -> String {
    match of_week {
        0 => t!("monday"),
        1 => t!("tuesday"),
        2 => t!("wednesday"),
        3 => t!("thursday"),
        4 => t!("friday"),
        5 => t!("saturday"),
        _ => t!("sunday"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jump() -> JumpView {
        let cause = |name: &str, percent| Some(Cause { name: name.into(), percent });
        JumpView {
            id: 1,
            config: None,
            name: None,
            measure: Measure::Calls,
            began_at: Timestamp(0),
            told_at: Timestamp(60_000),
            ended_at: None,
            window_s: 60,
            usual: 60,
            seen: 204,
            hour_of_week: 38,
            causes: Causes { provider: cause("Claude", 90), task: cause("", 100), user: cause("u-1", 55) },
            is_seen: false,
        }
    }

    #[test]
    fn a_jump_says_how_many_times_what_is_usual_at_which_hour_and_who_causes_it() {
        assert_eq!(title(&jump()), "All usage: 3.4 times as many calls as usual");
        assert_eq!(numbers(&jump()), "204 in 1 minute, 60 are usual on Tuesday at 14:00.");
        let who = causes(&jump().causes).unwrap();
        assert!(who.contains("Claude (90%)") && who.contains("u-1 (55%)") && !who.contains("task"), "{who}");
        assert_eq!(causes(&Causes::default()), None);
    }

    /// A clock that is set forward by an hour at two, on a day that begins at the instant 0.
    fn clock(at: Timestamp) -> Moment {
        let set = if at.0 >= 2 * HOUR_MS { 1 } else { 0 };
        let hours = at.0.div_euclid(HOUR_MS) + set;
        let (day, hour) = (25 + hours.div_euclid(24), hours.rem_euclid(24));
        let part = |number: i64| u32::try_from(number).unwrap();
        Moment { at, year: 2026, month: 10, day: part(day), hour: part(hour), minute: 0 }
    }

    #[test]
    fn a_jump_leads_to_the_calls_of_its_hour_and_of_its_provider() {
        assert_eq!(calls_address(&jump(), clock), "days=2026-10-25..2026-10-25&calls=all&of-hour=0");
        // At ten by the clock nine hours are gone, and the jump is the whole day's where it goes on.
        let later =
            JumpView { began_at: Timestamp(9 * HOUR_MS), told_at: Timestamp(9 * HOUR_MS + 60_000), ..jump() };
        let of_one = JumpView { config: Some(3), ..later.clone() };
        assert!(calls_address(&of_one, clock).ends_with("&calls=all&of-hour=9&of-provider=3"));
        let over = JumpView { ended_at: Some(Timestamp(24 * HOUR_MS)), ..later };
        assert_eq!(calls_address(&over, clock), "days=2026-10-25..2026-10-26&calls=all");
    }

    #[test]
    fn money_is_money_and_a_provider_that_is_gone_is_said_to_be() {
        let jump = JumpView {
            config: Some(3),
            measure: Measure::Cost,
            usual: 1_000_000_000_000,
            seen: 3_500_000_000_000,
            window_s: 900,
            ..jump()
        };
        assert!(title(&jump).ends_with("3.5 times the usual cost"), "{}", title(&jump));
        assert_eq!(numbers(&jump), "$3.50 in 15 minutes, $1.00 are usual on Tuesday at 14:00.");
    }

    #[test]
    fn too_little_history_says_how_much_is_needed() {
        let early = Jumps { watching: Watching::TooEarly { days: 3, needed: 28 }, ..Jumps::default() };
        let said = watching(&early);
        assert!(said.contains("4 weeks") && said.contains('3'), "{said}");
    }
}
