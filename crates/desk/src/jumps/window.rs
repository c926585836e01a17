//! What came in the last minutes, of the whole account and of each configuration, and who caused it most.

use std::collections::BTreeMap;

use gateway::{Heard, Lately};
use insights::{Scope, WINDOWS_S};
use model::{
    Timestamp,
    insights::{Cause, Causes, Measure},
};

/// Sums of each of [`WINDOWS_S`] by configuration; `None` is the whole account.
pub(super) struct Windows(BTreeMap<Option<i64>, [Heard; WINDOWS_S.len()]>);

impl Windows {
    pub(super) fn of(lately: &Lately, now: Timestamp) -> Self {
        let mut sums = BTreeMap::<Option<i64>, [Heard; WINDOWS_S.len()]>::new();
        lately.before(now, i64::from(WINDOWS_S[2]), |age, who, heard| {
            for config in [None, Some(who.config)] {
                let windows = sums.entry(config).or_default().iter_mut().zip(WINDOWS_S);
                for (sum, _) in windows.filter(|(_, seconds)| age <= i64::from(*seconds)) {
                    sum.calls += heard.calls;
                    sum.cost = sum.cost.saturating_add(heard.cost);
                }
            }
        });
        Self(sums)
    }

    pub(super) fn seen(&self, scope: Scope) -> [f64; WINDOWS_S.len()] {
        let sums = self.0.get(&scope.config).copied().unwrap_or_default();
        sums.map(|heard| of(heard, scope.measure) as f64)
    }
}

/// Who has the largest part of the last seconds. `name` knows providers.
pub(super) fn causes(
    lately: &Lately,
    now: Timestamp,
    seconds: u32,
    scope: Scope,
    name: impl Fn(i64) -> String,
) -> Causes {
    let (mut configs, mut tasks, mut users) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    lately.before(now, i64::from(seconds), |_, who, heard| {
        if scope.config.is_none_or(|config| config == who.config) {
            let more = of(heard, scope.measure);
            *configs.entry(who.config).or_insert(0) += more;
            *tasks.entry(who.task.to_string()).or_insert(0) += more;
            *users.entry(who.user.to_string()).or_insert(0) += more;
        }
    });
    let configs = configs.into_iter().map(|(config, sum)| (name(config), sum)).collect();
    Causes {
        provider: largest(configs).filter(|_| scope.config.is_none()),
        task: largest(tasks),
        user: largest(users),
    }
}

fn largest(parts: BTreeMap<String, u64>) -> Option<Cause> {
    let whole: u128 = parts.values().map(|part| u128::from(*part)).sum();
    let (name, part) = parts.into_iter().max_by_key(|(_, part)| *part)?;
    let percent = (u128::from(part) * 100).checked_div(whole)?;
    Some(Cause { name, percent: u8::try_from(percent).unwrap_or(100) })
}

fn of(heard: Heard, measure: Measure) -> u64 {
    match measure {
        Measure::Calls => heard.calls,
        Measure::Cost => heard.cost,
    }
}
