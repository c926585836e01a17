//! What is usual in each hour of the week, and what is far more than that. The median of each hour over the weeks before is
//! what is usual; how far hours lie from their medians (median of squared distances) says by how much usual hours differ.
//! Every five seconds the last one, five and fifteen minutes are held against it. What was tried is in decision 21.

use crate::median;

const HOURS: usize = 168;
const WEEK_S: f64 = 604_800.0;
const HOUR_S: f64 = 3_600.0;
/// From a median of squared distances to a normal's variance: one over the median of chi squared with one degree of freedom.
const MEDIAN_TO_VARIANCE: f64 = 2.198;
/// What a median of several varies by, as a part of what one of them does (π/2, in the long run).
const MEDIAN_OF_SEVERAL: f64 = std::f64::consts::FRAC_PI_2;
/// Times that are looked at, in seconds.
pub const WINDOWS_S: [u32; 3] = [60, 300, 900];
/// So many times the usual is a jump. Below three, because a jump to three times is sometimes seen as less.
const JUMP: f64 = 2.2;
/// And so many standard deviations of the whole account. Fewer weeks know less, see [`Habit::of`].
const FAR: f64 = 4.05;
/// Of one configuration, because there are several of them: all together shall tell one false alarm a week at most.
const FAR_OF_ONE: f64 = 4.65;
/// Hours differ by this part at least, even if the weeks before did not.
const LEAST_SPREAD: f64 = 0.1;
/// Whole weeks that a habit needs.
pub const WEEKS_NEEDED: u32 = 4;
/// Hours in these weeks: one of them may be that in which clocks are set forward.
const LEAST_HOURS: usize = WEEKS_NEEDED as usize * HOURS - 1;
/// The third cumulant of what each call adds, in units: calls differ in cost far more to the right than to the left.
const SKEW_OF_COST: f64 = 2.0;
/// A unit of cost is so many times what makes costs vary as counts do, since their tail is longer than a sample shows.
const CAUTION: f64 = 3.0;

/// An hour that is over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hour {
    /// Which one of the week where the account is at home; Monday 00:00 is 0.
    pub of_week: u8,
    /// Calls, or what they cost.
    pub sum: f64,
}

/// Whose habit it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Of the whole account.
    Account,
    /// Of one configuration among others.
    One,
}

/// What is usual in each hour of the week.
#[derive(Clone, Debug, PartialEq)]
pub struct Habit {
    /// Each hour of the week, in units.
    usual: Vec<f64>,
    /// Standard deviation of an hour as a part of what is usual, beyond what chance makes of few calls.
    spread: f64,
    /// What varies as a count does: one call, or so much money.
    unit: f64,
    skew: f64,
    far: f64,
    weeks: f64,
}

/// Far more than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jump {
    /// In how many seconds.
    pub window_s: u32,
    /// What is usual in them.
    pub usual: f64,
    /// What there was.
    pub seen: f64,
}

impl Habit {
    /// Of calls. `None` with fewer than four weeks: nothing is usual yet.
    pub fn of_calls(hours: &[Hour], whose: Whose) -> Option<Self> {
        Self::of(hours, whose, 1.0, 0.0)
    }

    /// Of cost. `single` are costs of some calls of late; they say how much calls differ. `None` with fewer than four weeks,
    /// or when nothing costs anything.
    pub fn of_cost(hours: &[Hour], whose: Whose, single: &[f64]) -> Option<Self> {
        let (sum, squares) =
            single.iter().fold((0.0, 0.0), |(sum, squares), cost| (sum + cost, squares + cost * cost));
        let unit = CAUTION * squares / sum;
        unit.is_normal().then(|| Self::of(hours, whose, unit, SKEW_OF_COST)).flatten()
    }

    fn of(hours: &[Hour], whose: Whose, unit: f64, skew: f64) -> Option<Self> {
        if hours.len() < LEAST_HOURS {
            return None;
        }
        let mut by_hour = vec![Vec::new(); HOURS];
        for hour in hours {
            by_hour[usize::from(hour.of_week) % HOURS].push(hour.sum / unit);
        }
        let usual: Vec<f64> = by_hour.iter_mut().map(|sums| median(sums)).collect();
        let weeks = (hours.len() as f64 / HOURS as f64).round().max(2.0);
        let far = match whose {
            Whose::Account => FAR,
            Whose::One => FAR_OF_ONE,
        };
        let spread = spread(&by_hour, &usual, weeks);
        // As Student's factors do, a spread that few weeks tell is trusted less.
        Some(Self { usual, spread, unit, skew, far: far * (1.0 + 1.0 / weeks), weeks })
    }

    /// The widest of what is far more than usual, from what there was in the last [`WINDOWS_S`], at so many seconds behind
    /// Monday 00:00.
    pub fn jump(&self, at_s: f64, seen: [f64; WINDOWS_S.len()]) -> Option<Jump> {
        let each = WINDOWS_S.into_iter().zip(seen).rev();
        let jumps = each.filter_map(|(window_s, seen)| {
            // Most looks end here.
            if seen < JUMP * self.unit {
                return None;
            }
            let usual = self.sum(at_s - f64::from(window_s), at_s);
            let is_jump = seen / self.unit >= self.threshold(usual, f64::from(window_s));
            is_jump.then_some(Jump { window_s, usual: usual * self.unit, seen })
        });
        jumps.into_iter().next()
    }

    /// From where on a window's sum is a jump, in units: standard deviations of what chance makes of few, of what hours
    /// differ by, and of what is not known of the median; and the first term of Cornish and Fisher's series for the skew,
    /// or few calls would be told far too often.
    fn threshold(&self, usual: f64, window_s: f64) -> f64 {
        // At least one, where nothing is ever called: the first call of a night is no jump.
        let usual = usual.max(1.0);
        let (hour, spread) = (usual * HOUR_S / window_s, self.spread * self.spread);
        let of_median =
            MEDIAN_OF_SEVERAL / self.weeks * (hour + spread * hour * hour) * (window_s / HOUR_S).powi(2);
        let variance = usual + spread * usual * usual + of_median;
        let third =
            usual * (1.0 + self.skew) + 3.0 * spread * usual * usual + 3.0 * (spread * usual).powi(2) * usual;
        let far = usual + self.far * variance.sqrt() + (self.far * self.far - 1.0) / 6.0 * third / variance;
        far.max(JUMP * usual)
    }

    /// What is usual between two seconds of the week, at most, in units. From the middle of an hour to the middle of the
    /// next, it goes evenly from one to the other, or at once where an hour begins, as offices do: both are usual.
    fn sum(&self, from_s: f64, to_s: f64) -> f64 {
        let of = |hour: f64| self.usual.get(hour as usize % HOURS).copied().unwrap_or(0.0);
        let hour = |at_s: f64| (at_s.rem_euclid(WEEK_S) / HOUR_S).floor();
        let middle = ((from_s + to_s) / 2.0 - HOUR_S / 2.0).rem_euclid(WEEK_S) / HOUR_S;
        let even = of(middle.floor()) * (1.0 - middle.fract()) + of(middle.floor() + 1.0) * middle.fract();
        // The last second is in the hour that ends with it.
        let at_once = of(hour(from_s)).max(of(hour(to_s - 1.0)));
        even.max(at_once) * (to_s - from_s) / HOUR_S
    }
}

/// By the busier half of the hours: in the others chance hides it.
fn spread(by_hour: &[Vec<f64>], usual: &[f64], weeks: f64) -> f64 {
    let mut busy: Vec<f64> = usual.iter().copied().filter(|usual| *usual > 0.0).collect();
    let middle = median(&mut busy);
    let mut apart: Vec<f64> = Vec::new();
    for (sums, usual) in by_hour.iter().zip(usual).filter(|(_, usual)| **usual > 0.0 && **usual >= middle) {
        // The median was made of these themselves, which lie nearer to it than others will.
        let variance =
            |sum: &f64| ((sum - usual) / usual).powi(2) * MEDIAN_TO_VARIANCE * weeks / (weeks - 1.0);
        apart.extend(sums.iter().map(|sum| variance(sum) - 1.0 / usual));
    }
    median(&mut apart).max(0.0).sqrt().max(LEAST_SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(sums: impl IntoIterator<Item = f64>) -> Vec<Hour> {
        let hour = |(at, sum)| Hour { of_week: u8::try_from(at % HOURS).unwrap(), sum };
        sums.into_iter().enumerate().map(hour).collect()
    }

    #[test]
    fn less_than_four_weeks_are_no_habit_and_the_first_call_of_a_night_is_no_jump() {
        let of = |count| Habit::of_calls(&hours(vec![0.0; count]), Whose::Account);
        assert_eq!(of(LEAST_HOURS - 1), None);
        let habit = of(LEAST_HOURS).unwrap();
        assert_eq!(habit.jump(0.0, [1.0, 1.0, 1.0]), None);
        assert_eq!(habit.jump(0.0, [40.0, 40.0, 40.0]).map(|jump| jump.seen), Some(40.0));
    }

    #[test]
    fn hours_are_counted_to_their_own_of_the_week_whatever_the_order() {
        let mut week = vec![0.0; HOURS];
        week[10] = 3_600.0;
        let habit = Habit::of_calls(&hours(week.repeat(4)), Whose::Account).unwrap();
        let at = |hour: f64| habit.sum(hour * HOUR_S, hour * HOUR_S + 60.0);
        assert_eq!((at(10.0), at(10.5), at(8.0), at(12.0)), (60.0, 60.0, 0.0, 0.0));
        assert!((1.0..59.0).contains(&at(9.75)) && (1.0..59.0).contains(&at(11.25)));
    }

    #[test]
    fn where_few_calls_are_made_a_jump_is_told_by_the_last_quarter_of_an_hour() {
        let habit = Habit::of_calls(&hours(vec![120.0; 8 * HOURS]), Whose::Account).unwrap();
        let noon = 12.0 * HOUR_S;
        assert_eq!(habit.jump(noon, [3.0, 14.0, 40.0]), None);
        let jump = habit.jump(noon, [9.0, 30.0, 90.0]).unwrap();
        assert_eq!((jump.window_s, jump.seen, jump.usual), (900, 90.0, 30.0));
    }

    #[test]
    fn nothing_that_costs_nothing_has_a_habit_of_cost() {
        let free = hours(vec![0.0; 8 * HOURS]);
        assert_eq!(Habit::of_cost(&free, Whose::Account, &[]), None);
        assert_eq!(Habit::of_cost(&free, Whose::Account, &[0.0, 0.0]), None);
        assert!(Habit::of_cost(&free, Whose::Account, &[2.0]).is_some());
    }
}
