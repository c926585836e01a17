//! Traffic that is far from the account's own habit: each hour of the week has its median over the weeks before, and the
//! spread of all hours around their medians (median and MAD) says what is usual. A last minute of three times as many calls
//! is noticed when it ends, if a minute has enough calls to tell; else by the last five or fifteen minutes.

const HOURS: usize = 168;
const WEEK_S: f64 = 604_800.0;
const HOUR_S: f64 = 3_600.0;
/// From a median of distances to a normal's standard deviation.
const MAD: f64 = 1.4826;
/// Times that are looked at, in seconds.
pub const WINDOWS_S: [u32; 3] = [60, 300, 900];
/// So many times the usual is a jump. Below three, because a jump to three times is sometimes seen as less.
const JUMP: f64 = 2.2;
/// And so many standard deviations, or a night's five calls in place of two would be one.
const FAR: f64 = 6.0;
/// Weeks that a habit needs.
const LEAST_WEEKS: usize = 3;

/// What is usual in each hour of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct Habit {
    /// Calls of each hour of the week, from Monday 00:00.
    usual: Vec<f64>,
    /// Standard deviation of an hour as a part of what is usual, beyond what chance makes of few calls.
    spread: f64,
}

/// Far more than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// In how many seconds.
    pub window_s: u32,
    /// Calls that are usual in them.
    pub usual: f64,
    /// Calls that there were.
    pub seen: u64,
}

impl Habit {
    /// From whole hours in order, the first of them being this hour of the week (Monday 00:00 is 0). `None` with fewer than
    /// three weeks: nothing is usual yet.
    pub fn of(first: usize, hours: &[u64]) -> Option<Self> {
        if hours.len() < LEAST_WEEKS * HOURS {
            return None;
        }
        let mut by_hour = vec![Vec::new(); HOURS];
        for (place, calls) in hours.iter().enumerate() {
            by_hour[(first + place) % HOURS].push(*calls as f64);
        }
        let usual: Vec<f64> = by_hour.iter_mut().map(|calls| median(calls)).collect();
        let mut apart: Vec<f64> = Vec::new();
        for (calls, usual) in by_hour.iter().zip(&usual).filter(|(_, usual)| **usual > 0.0) {
            apart.extend(calls.iter().map(|calls| (calls - usual).powi(2) / (usual * usual) - 1.0 / usual));
        }
        // The median of squares is the square of the median distance.
        let spread = MAD * median(&mut apart).max(0.0).sqrt();
        Some(Self { usual, spread })
    }

    /// The widest of what is far more than usual, from the calls of the last [`WINDOWS_S`], at so many seconds behind
    /// Monday 00:00.
    pub fn jump(&self, at_s: f64, seen: [u64; WINDOWS_S.len()]) -> Option<Jump> {
        let each = WINDOWS_S.into_iter().zip(seen).rev();
        let jumps = each.filter_map(|(window_s, seen)| {
            let usual = self.calls(at_s - f64::from(window_s), at_s);
            // At least one, where nothing is ever called: the first call of a night is no jump.
            let usual_at_least = usual.max(1.0);
            let deviation = (usual_at_least + (self.spread * usual_at_least).powi(2)).sqrt();
            let far = usual_at_least + FAR * deviation;
            let is_jump = seen as f64 >= far.max(JUMP * usual_at_least);
            is_jump.then_some(Jump { window_s, usual, seen })
        });
        jumps.into_iter().next()
    }

    /// Calls that are usual between two seconds of the week, at most. From the middle of an hour to the middle of the next,
    /// what is usual goes evenly from one to the other, or at once where an hour begins, as offices do: both are usual.
    fn calls(&self, from_s: f64, to_s: f64) -> f64 {
        let of = |hour: f64| self.usual.get(hour as usize % HOURS).copied().unwrap_or(0.0);
        let hour = |at_s: f64| (at_s.rem_euclid(WEEK_S) / HOUR_S).floor();
        let middle = ((from_s + to_s) / 2.0 - HOUR_S / 2.0).rem_euclid(WEEK_S) / HOUR_S;
        let even = of(middle.floor()) * (1.0 - middle.fract()) + of(middle.floor() + 1.0) * middle.fract();
        // The last second is in the hour that ends with it.
        let at_once = of(hour(from_s)).max(of(hour(to_s - 1.0)));
        even.max(at_once) * (to_s - from_s) / HOUR_S
    }
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    match (numbers.get(numbers.len() / 2), numbers.len() % 2) {
        (None, _) => 0.0,
        (Some(upper), 1) => *upper,
        (Some(upper), _) => (numbers[numbers.len() / 2 - 1] + upper) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dice::Dice;

    const MINUTES: usize = 60;
    const WEEK: usize = HOURS * MINUTES;

    /// Calls a minute: office hours on five days, a tenth of it by night and at weekends.
    fn rate(minute: usize) -> f64 {
        let (hour, day) = (minute / MINUTES % 24, minute / (24 * MINUTES) % 7);
        let by_day = match hour {
            8..18 => 1.0,
            7 | 18 => 0.5,
            _ => 0.1,
        };
        if day < 5 { by_day } else { 0.1 }
    }

    /// Each hour is a fifth more or less than usual, and each minute as chance has it.
    fn traffic(busy: f64, weeks: usize, dice: &mut Dice) -> Vec<u64> {
        let mut level = 1.0;
        (0..weeks * WEEK)
            .map(|minute| {
                if minute % MINUTES == 0 {
                    level = (0.2 * dice.normal()).exp();
                }
                dice.poisson(busy * rate(minute) * level)
            })
            .collect()
    }

    fn hours(minutes: &[u64]) -> Vec<u64> {
        minutes.chunks(MINUTES).map(|hour| hour.iter().sum()).collect()
    }

    fn last(minutes: &[u64], end: usize) -> [u64; 3] {
        WINDOWS_S.map(|window| minutes[end.saturating_sub(window as usize / 60)..end].iter().sum())
    }

    /// Minutes at which something is told; within an hour it is told once.
    fn told(habit: &Habit, minutes: &[u64]) -> Vec<usize> {
        let mut told: Vec<usize> = Vec::new();
        for end in 15..=minutes.len() {
            let quiet = told.last().is_none_or(|last| end >= last + MINUTES);
            if quiet && habit.jump((end % WEEK) as f64 * 60.0, last(minutes, end)).is_some() {
                told.push(end);
            }
        }
        told
    }

    #[test]
    fn ninety_days_of_normal_traffic_tell_at_most_one_false_alert_a_week() {
        for (seed, busy) in [(1, 600.0), (2, 60.0), (3, 6.0), (4, 0.6)] {
            let mut dice = Dice::of(seed);
            let (before, now) = (traffic(busy, 8, &mut dice), traffic(busy, 13, &mut dice));
            let habit = Habit::of(0, &hours(&before)).unwrap();
            let count = told(&habit, &now).len();
            assert!(count <= 13, "{busy} a minute: {count} in 13 weeks");
        }
    }

    #[test]
    fn three_times_as_many_calls_are_told_within_the_minute() {
        let mut dice = Dice::of(5);
        let habit = Habit::of(0, &hours(&traffic(60.0, 8, &mut dice))).unwrap();
        let mut noticed = 0;
        for _ in 0..500 {
            // Some minute of a working day.
            let day = dice.below(5);
            let minute = (day * 24 + 9 + dice.below(8)) * MINUTES + dice.below(60);
            let usual = |dice: &mut Dice| dice.poisson(60.0 * rate(minute));
            let mut minutes: Vec<u64> = (0..14).map(|_| usual(&mut dice)).collect();
            minutes.push(dice.poisson(180.0 * rate(minute)));
            let at = (minute + 1) as f64 * 60.0;
            noticed += u32::from(habit.jump(at, last(&minutes, 15)).is_some());
        }
        assert!(noticed >= 475, "{noticed} of 500");
    }

    #[test]
    fn where_few_calls_are_made_a_jump_is_told_by_the_last_quarter_of_an_hour() {
        let mut dice = Dice::of(6);
        let habit = Habit::of(0, &hours(&traffic(2.0, 8, &mut dice))).unwrap();
        let noon = (12 * MINUTES * 60) as f64;
        assert_eq!(habit.jump(noon, [3, 14, 40]), None);
        let jump = habit.jump(noon, [9, 40, 110]).unwrap();
        assert_eq!((jump.window_s, jump.seen), (900, 110));
        assert!((25.0..36.0).contains(&jump.usual), "{jump:?}");
    }

    #[test]
    fn less_than_three_weeks_are_no_habit_and_the_first_call_of_a_night_is_no_jump() {
        assert_eq!(Habit::of(0, &[5; 3 * HOURS - 1]), None);
        let habit = Habit::of(0, &[0; 3 * HOURS]).unwrap();
        assert_eq!(habit.jump(0.0, [1, 1, 1]), None);
        assert_eq!(habit.jump(0.0, [40, 40, 40]).map(|jump| jump.seen), Some(40));
    }

    #[test]
    fn hours_that_begin_within_a_week_are_counted_to_their_own() {
        let mut hours = vec![0; 4 * HOURS];
        // The first hour is Tuesday 00:00, so each Monday 10:00 is this one.
        (0..4).for_each(|week| hours[week * HOURS + HOURS - 24 + 10] = 3_600);
        let habit = Habit::of(24, &hours).unwrap();
        let at = |hour: f64| habit.calls(hour * HOUR_S, hour * HOUR_S + 60.0);
        assert_eq!((at(10.0), at(10.5), at(8.0), at(12.0)), (60.0, 60.0, 0.0, 0.0));
        assert!((1.0..59.0).contains(&at(9.75)) && (1.0..59.0).contains(&at(11.25)));
    }
}
