//! The usage log in the settings: how long calls are kept as it is typed, and what a check of the sums found, in words.

use model::{
    Timestamp,
    statistics::{Difference, RebuildReport, Retention, VerifyReport},
    text,
};

use crate::{t, texts::name};

/// What can be done with the log's sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// Compare them with the calls.
    Verify,
    /// Make them anew from the calls.
    Rebuild,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Whether the sums are what the calls add up to.
    pub sound: bool,
    /// What happened.
    pub title: String,
    /// How much was read, or the first difference and what to do.
    pub detail: String,
}

/// How long calls are kept, as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Only for some days; else for good.
    pub limited: bool,
    /// How many.
    pub days: String,
}

impl Outcome {
    /// What comparing found; `clock` reads an instant in the person's zone.
    pub fn verified(report: &VerifyReport, clock: impl Fn(Timestamp) -> String) -> Self {
        match &report.first_difference {
            None => {
                Self { sound: true, title: t!("usage-sums-right"), detail: read(report.rows, report.cells) }
            }
            Some(difference) => Self {
                sound: false,
                title: t!("usage-sums-wrong"),
                detail: format!("{} {}", words(difference, &clock(difference.at)), t!("usage-sums-advice")),
            },
        }
    }

    /// What was made anew.
    pub fn rebuilt(report: &RebuildReport) -> Self {
        Self { sound: true, title: t!("usage-sums-rebuilt"), detail: read(report.rows, report.cells) }
    }
}

fn read(rows: u64, sums: u64) -> String {
    let grouped = |count: u64| text::group_digits(count.into());
    t!("usage-sums-read", calls = grouped(rows), sums = grouped(sums))
}

fn words(of: &Difference, time: &str) -> String {
    let task = if of.task.is_empty() { t!("usage-sum-no-task") } else { name(&of.task) };
    let user = match of.user.as_deref() {
        None => t!("usage-sum-all-users"),
        Some(user) => name(user),
    };
    t!(
        "usage-sum-differs",
        sum = of.sum.as_str(),
        time = time,
        number = of.provider_config_id,
        task = task,
        user = user,
        status = of.status.as_str(),
        rows = of.rows_say.as_str(),
        sums = of.sums_say.as_str()
    )
}

impl Typed {
    /// As it is in force.
    pub fn of(retention: Retention) -> Self {
        Self { limited: retention.days.is_some(), days: retention.days.unwrap_or(365).to_string() }
    }

    /// What it says.
    ///
    /// # Errors
    /// What to enter instead.
    pub fn read(&self) -> Result<Retention, String> {
        if !self.limited {
            return Ok(Retention { days: None });
        }
        let kept = Retention::LEAST_DAYS..=Retention::MOST_DAYS;
        let days = self.days.trim().replace(',', "").parse().ok().filter(|days| kept.contains(days));
        let (least, most) = (Retention::LEAST_DAYS, text::group_digits(Retention::MOST_DAYS.into()));
        days.map(|days| Retention { days: Some(days) })
            .ok_or_else(|| t!("retention-outside", least = least, most = most))
    }
}

/// How long calls are kept.
pub fn kept(retention: Retention) -> String {
    match retention.days {
        None => t!("retention-all"),
        Some(days) => t!("retention-some", count = days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_with_both_sums_and_what_to_do() {
        let difference = Difference {
            at: Timestamp(7),
            of_a_day: false,
            provider_config_id: 4,
            task: String::new(),
            user: Some("u-1".to_owned()),
            status: "success".to_owned(),
            sum: "calls".to_owned(),
            rows_say: "12".to_owned(),
            sums_say: "13".to_owned(),
        };
        let report = VerifyReport { rows: 1_200, cells: 40, first_difference: Some(difference) };
        let outcome = Outcome::verified(&report, |at| format!("at {}", at.0));
        assert!(!outcome.sound);
        for part in ["calls", "at 7", "u-1", "12", "13", "Rebuild"] {
            assert!(outcome.detail.contains(part), "{}", outcome.detail);
        }
        let sound = Outcome::verified(&VerifyReport { first_difference: None, ..report }, |_| String::new());
        assert!(sound.sound && sound.detail.contains("1,200"), "{}", sound.detail);
    }

    #[test]
    fn days_that_would_take_calls_from_a_months_limits_are_refused() {
        let typed = |days: &str| Typed { limited: true, days: days.to_owned() }.read();
        assert_eq!(typed("32"), Ok(Retention { days: Some(32) }));
        assert_eq!(typed(" 1,000 "), Ok(Retention { days: Some(1_000) }));
        for wrong in ["", "31", "0", "-40", "soon", "36526", "40.5"] {
            assert!(typed(wrong).is_err_and(|error| error.contains("32")), "{wrong}");
        }
    }

    #[test]
    fn what_is_in_force_is_what_the_form_says_at_first() {
        for days in [None, Some(90)] {
            assert_eq!(Typed::of(Retention { days }).read(), Ok(Retention { days }));
        }
        assert_eq!(kept(Retention { days: Some(90) }), "Calls of the last 90 days are kept.");
    }
}
