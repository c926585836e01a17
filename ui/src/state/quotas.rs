//! What users may use, on the page: the form of one quota, and how each reads.

use model::{
    Field, FieldError,
    limits::UserQuota,
    quotas::{LimitsView, QuotaView},
    text,
    text::field_digits,
};

use super::{form::limit, toast::Step};
use crate::{t, texts::name};

/// A quota as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuotaForm {
    /// The revision of the one that is changed; `None` makes a new one.
    pub seen: Option<i64>,
    /// The one that is changed.
    pub was: Option<UserQuota>,
    /// Whose.
    pub user: String,
    /// Tokens a day as typed.
    pub daily: String,
    /// Tokens a month as typed.
    pub monthly: String,
    /// Requests a minute as typed.
    pub requests: String,
    /// What needs a change.
    pub errors: Vec<FieldError>,
}

impl QuotaForm {
    /// The form of a quota that is kept.
    pub fn edit(kept: &QuotaView) -> Self {
        let digits =
            |number: Option<u64>| number.map(|number| field_digits(u128::from(number))).unwrap_or_default();
        let quota = &kept.quota;
        Self {
            seen: Some(kept.revision),
            was: Some(kept.quota.clone()),
            user: quota.user.clone(),
            daily: digits(quota.daily_tokens),
            monthly: digits(quota.monthly_tokens),
            requests: digits(quota.requests_per_minute.map(u64::from)),
            errors: Vec::new(),
        }
    }

    /// What it says.
    ///
    /// # Errors
    /// Every field that needs a change.
    pub fn quota(&self) -> Result<UserQuota, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut read = |field: Field, typed: &str| {
            limit::parse(typed).unwrap_or_else(|message| {
                errors.push(FieldError { field, message });
                None
            })
        };
        let daily_tokens = read(Field::DailyTokenLimit, &self.daily);
        let monthly_tokens = read(Field::MonthlyTokenLimit, &self.monthly);
        let requests = read(Field::RequestsPerMinute, &self.requests);
        if !errors.is_empty() {
            return Err(errors);
        }
        // More than fits is more than may be, which is said below the field.
        let requests_per_minute = requests.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        let user = self.user.trim().to_owned();
        let quota = UserQuota { user, daily_tokens, monthly_tokens, requests_per_minute };
        let faults = quota.faults();
        if faults.is_empty() { Ok(quota) } else { Err(faults) }
    }

    /// What is wrong with a field.
    pub fn error(&self, field: Field) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }
}

/// The step back from a change of a user's quota, as the limits have it by now.
pub fn change_of(user: String, was: Option<UserQuota>, limits: &LimitsView) -> Step {
    let left = limits.quotas.iter().find(|kept| kept.quota.user == user).map(|kept| kept.revision);
    Step::Quota { user, left, was }
}

/// Whose quota it is.
pub fn whose(user: &str) -> String {
    if user == UserQuota::EVERYONE { t!("quota-everyone") } else { name(user) }
}

/// A limit, or that there is none.
pub fn amount(limit: Option<u64>) -> String {
    limit.map_or_else(|| t!("quota-no-limit"), |limit| text::group_digits(u128::from(limit)))
}

#[cfg(test)]
mod tests {
    use model::Timestamp;

    use super::*;

    fn form(user: &str, daily: &str, requests: &str) -> QuotaForm {
        let (user, daily, requests) = (user.to_owned(), daily.to_owned(), requests.to_owned());
        QuotaForm { user, daily, requests, ..QuotaForm::default() }
    }

    #[test]
    fn a_quota_is_read_as_people_type_numbers_and_written_as_they_read_them() {
        let quota = form(" ann ", "1,000,000", "60").quota().unwrap();
        assert_eq!((quota.user.as_str(), quota.daily_tokens), ("ann", Some(1_000_000)));
        let again = QuotaForm::edit(&QuotaView { quota: quota.clone(), revision: 7 });
        assert_eq!((again.seen, again.quota()), (Some(7), Ok(quota)));
    }

    #[test]
    fn each_field_says_what_it_lacks() {
        let fields = |form: QuotaForm| {
            let errors = form.quota().unwrap_err();
            errors.into_iter().map(|error| error.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(form("", "5", "")), [Field::QuotaUser]);
        assert_eq!(fields(form("ann", "many", "-1")), [Field::DailyTokenLimit, Field::RequestsPerMinute]);
        assert_eq!(fields(form("ann", "", "")), [Field::DailyTokenLimit]);
        assert_eq!(fields(form("ann", "", "99999999999")), [Field::RequestsPerMinute]);
    }

    #[test]
    fn the_way_back_names_the_quota_before_and_the_revision_that_the_change_left() {
        let quota = form("ann", "5", "").quota().unwrap();
        let limits = |quotas: Vec<QuotaView>| LimitsView { zone: None, day_ends: Timestamp(0), quotas };
        let kept = limits(vec![QuotaView { quota: quota.clone(), revision: 9 }]);
        let step = |left, was| Step::Quota { user: "ann".into(), left, was };
        assert_eq!(change_of("ann".into(), None, &kept), step(Some(9), None), "made");
        let was = Some(quota);
        assert_eq!(change_of("ann".into(), was.clone(), &kept), step(Some(9), was.clone()), "changed");
        assert_eq!(change_of("ann".into(), was.clone(), &limits(vec![])), step(None, was), "deleted");
    }

    #[test]
    fn everyone_and_no_limit_are_said_in_words() {
        assert_eq!((whose("*"), whose("ann")), ("Everyone else".to_owned(), "ann".to_owned()));
        assert_eq!((amount(None), amount(Some(5_000))), ("No limit".to_owned(), "5,000".to_owned()));
    }
}
