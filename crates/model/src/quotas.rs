//! Limits beside those of each configuration: what each user may use, and by which days all of them are counted.

use serde::{Deserialize, Serialize};

use crate::{
    Field, FieldError, Timestamp,
    draft::TOKEN_LIMIT_MAX,
    limits::{REQUESTS_LIMIT, UserQuota},
    text,
};

/// Longest id of a user, in characters.
pub const USER_LIMIT: usize = 200;

/// Those limits as the settings show them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitsView {
    /// A name of the IANA time zone database by whose days limits are counted; `None` is UTC.
    pub zone: Option<String>,
    /// When the limits of this day start anew.
    pub day_ends: Timestamp,
    /// What users may use, by name.
    pub quotas: Vec<QuotaView>,
}

/// A quota with its revision, which rises with each change of any quota.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotaView {
    /// What the user may use.
    pub quota: UserQuota,
    /// Its revision.
    pub revision: i64,
}

impl UserQuota {
    /// The name that holds for everyone without an own quota.
    pub const EVERYONE: &str = "*";

    /// What is wrong with it.
    pub fn faults(&self) -> Vec<FieldError> {
        let name = text::check(&self.user, USER_LIMIT, false);
        let named = !self.user.is_empty() && name.is_ok_and(|kept| kept == self.user);
        let of_name = || format!("Enter 1 to {USER_LIMIT} characters, or * for everyone.");
        let outside = |most: u64| move |given: u64| !(1..=most).contains(&given);
        let of = |most: u64, given: Option<u64>| {
            given.filter(|given| outside(most)(*given)).map(|_| {
                let most = text::field_digits(u128::from(most));
                format!("Enter 1 to {most}, or leave empty.")
            })
        };
        let requests = self.requests_per_minute.map(u64::from);
        let none = self.daily_tokens.is_none() && self.monthly_tokens.is_none() && requests.is_none();
        let of_none = || "Enter at least one limit, or delete the quota.".to_owned();
        let faults = [
            (Field::QuotaUser, (!named).then(of_name)),
            (Field::DailyTokenLimit, of(TOKEN_LIMIT_MAX, self.daily_tokens).or_else(|| none.then(of_none))),
            (Field::MonthlyTokenLimit, of(TOKEN_LIMIT_MAX, self.monthly_tokens)),
            (Field::RequestsPerMinute, of(u64::from(REQUESTS_LIMIT), requests)),
        ];
        let faulty =
            |(field, message): (Field, Option<String>)| Some(FieldError { field, message: message? });
        faults.into_iter().filter_map(faulty).collect()
    }

    /// Whether the other lets more through in anything: a limit that is higher, or gone.
    pub fn is_eased_by(&self, then: &Self) -> bool {
        let eased = |was: Option<u64>, is: Option<u64>| was.is_some_and(|was| is.is_none_or(|is| is > was));
        eased(self.daily_tokens, then.daily_tokens)
            || eased(self.monthly_tokens, then.monthly_tokens)
            || eased(self.requests_per_minute.map(u64::from), then.requests_per_minute.map(u64::from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quota(user: &str, daily_tokens: Option<u64>, requests_per_minute: Option<u32>) -> UserQuota {
        UserQuota { user: user.into(), daily_tokens, monthly_tokens: None, requests_per_minute }
    }

    #[test]
    fn each_field_says_what_to_enter_and_a_quota_of_nothing_is_none() {
        let fields = |quota: UserQuota| quota.faults().into_iter().map(|one| one.field).collect::<Vec<_>>();
        assert_eq!(fields(quota("ann", Some(1), None)), []);
        assert_eq!(fields(quota("*", None, Some(1))), []);
        for name in ["", " ann", "a\u{202e}b", &"a".repeat(USER_LIMIT + 1)] {
            assert_eq!(fields(quota(name, Some(1), None)), [Field::QuotaUser], "{name:?}");
        }
        assert_eq!(
            fields(quota("ann", Some(0), Some(0))),
            [Field::DailyTokenLimit, Field::RequestsPerMinute]
        );
        assert_eq!(fields(quota("ann", None, None)), [Field::DailyTokenLimit]);
    }

    #[test]
    fn more_and_no_limit_ease_a_quota_and_less_and_a_first_limit_do_not() {
        let was = quota("u", Some(5), None);
        assert!(was.is_eased_by(&quota("u", Some(6), None)) && was.is_eased_by(&quota("u", None, Some(1))));
        assert!(!was.is_eased_by(&quota("u", Some(4), Some(1))) && !was.is_eased_by(&was));
    }
}
