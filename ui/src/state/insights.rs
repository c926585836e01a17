//! What stands out, in words.

use model::{
    ProviderId,
    insights::{Finding, LOOKED_AT_DAYS, UsedLimit},
    text,
};

use crate::{t, texts::name};

pub mod cheaper;
pub mod compared;
pub mod jumps;
pub mod trial;

/// Where a person changes what stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// In the provider's drawer.
    Provider(ProviderId),
    /// Among the routes.
    Routing,
}

/// A finding as its line shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Name of its kind, in `data-finding`.
    pub kind: &'static str,
    /// Icon.
    pub sign: &'static str,
    /// What stands out.
    pub title: String,
    /// Why, in numbers, and what follows.
    pub detail: String,
    /// Where to change it.
    pub remedy: Remedy,
}

/// A finding in words.
pub fn line(finding: &Finding) -> Line {
    match finding {
        Finding::LimitAlwaysHit { provider, name: of, limit, hit, days } => Line {
            kind: "limit-always-hit",
            sign: "alert",
            title: t!("limit-always-hit", name = name(of)),
            detail: t!("limit-always-hit-detail", limit = allowed(limit), hit = *hit, days = *days),
            remedy: Remedy::Provider(*provider),
        },
        Finding::MonthLimitHit { provider, name: of, limit } => Line {
            kind: "month-limit-hit",
            sign: "alert",
            title: t!("month-limit-hit", name = name(of)),
            detail: month_hit(limit),
            remedy: Remedy::Provider(*provider),
        },
        Finding::NoFallback { task, name: of, .. } => Line {
            kind: "no-fallback",
            sign: "route",
            title: t!("no-fallback", task = task.as_str()),
            detail: t!("no-fallback-detail", name = name(of)),
            remedy: Remedy::Routing,
        },
        Finding::OldKey { provider, name: of, days } => Line {
            kind: "old-key",
            sign: "clock",
            title: t!("old-key", name = name(of), days = *days),
            detail: t!("old-key-detail"),
            remedy: Remedy::Provider(*provider),
        },
        Finding::UnusedKey { provider, name: of } => Line {
            kind: "unused-key",
            sign: "lock",
            title: t!("unused-key", name = name(of)),
            detail: t!("unused-key-detail", days = LOOKED_AT_DAYS),
            remedy: Remedy::Provider(*provider),
        },
        Finding::LimitNeverReached { provider, name: of, limit, days } => Line {
            kind: "limit-never-reached",
            sign: "info",
            title: t!("limit-never-reached", name = name(of)),
            detail: never(limit, *days),
            remedy: Remedy::Provider(*provider),
        },
        Finding::MonthLimitFar { provider, name: of, limit } => Line {
            kind: "month-limit-far",
            sign: "info",
            title: t!("month-limit-far", name = name(of)),
            detail: month_far(limit),
            remedy: Remedy::Provider(*provider),
        },
    }
}

fn never(limit: &UsedLimit, days: u32) -> String {
    let (limit, most) = (allowed(limit), most(limit));
    t!("limit-never-reached-detail", limit = limit, most = most, days = days)
}

fn month_hit(limit: &UsedLimit) -> String {
    t!("month-limit-hit-detail", limit = allowed(limit), most = most(limit), days = LOOKED_AT_DAYS)
}

fn month_far(limit: &UsedLimit) -> String {
    t!("month-limit-far-detail", limit = allowed(limit), most = most(limit), days = LOOKED_AT_DAYS)
}

fn allowed(limit: &UsedLimit) -> String {
    match limit {
        UsedLimit::Tokens { limit, .. } => t!("so-many-tokens", count = text::short_count(*limit)),
        UsedLimit::Cost { limit, .. } => limit.display(),
    }
}

fn most(limit: &UsedLimit) -> String {
    match limit {
        UsedLimit::Tokens { most, .. } => t!("so-many-tokens", count = text::short_count(*most)),
        UsedLimit::Cost { most, .. } => most.display(),
    }
}

#[cfg(test)]
mod tests {
    use model::PicoUsd;

    use super::*;

    #[test]
    fn a_limits_line_says_both_numbers_in_its_own_unit() {
        let (provider, name) = ("00000000-0000-0000-0000-000000000001".parse().unwrap(), "One".to_owned());
        let cost =
            UsedLimit::Cost { limit: PicoUsd(5 * PicoUsd::ONE_USD), most: PicoUsd(PicoUsd::ONE_USD / 4) };
        let detail = line(&Finding::LimitNeverReached { provider, name, limit: cost, days: 20 }).detail;
        assert!(detail.contains("$5.00") && detail.contains("$0.2500") && detail.contains("20"), "{detail}");
    }

    #[test]
    fn a_months_limit_is_said_with_what_thirty_days_used() {
        let (provider, name) = ("00000000-0000-0000-0000-000000000001".parse().unwrap(), "One".to_owned());
        let limit = UsedLimit::Tokens { limit: 2_000_000, most: 1_950_000 };
        let hit = line(&Finding::MonthLimitHit { provider, name: name.clone(), limit });
        assert_eq!(hit.title, "One: the monthly limit is used up");
        assert!(hit.detail.contains("1.95M tokens") && hit.detail.contains("2.00M tokens"), "{}", hit.detail);
        let far = line(&Finding::MonthLimitFar { provider, name, limit });
        assert_ne!((far.kind, far.title), (hit.kind, hit.title));
    }
}
