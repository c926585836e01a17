//! What speaks against a model, from facts alone.

use model::{
    insights::{Risk, Served},
    routing::{Abilities, Capability, Known, TaskRoute},
};

use super::Candidate;

/// Attempts of its own that say how a model does at a task.
const LEAST_OWN: u64 = 30;

/// All that is known against it, what weighs most first.
pub(super) fn risks(
    route: &TaskRoute,
    now: &Candidate<'_>,
    then: &Candidate<'_>,
    used: &Served,
    own: Option<&Served>,
) -> Vec<Risk> {
    let known = [own_calls(used, own), grade(now, then)];
    let mut risks: Vec<Risk> = known.into_iter().flatten().collect();
    risks.extend(capabilities(route, now, then));
    risks.extend(listed(now, then));
    risks
}

fn own_calls(used: &Served, own: Option<&Served>) -> Option<Risk> {
    let (calls, succeeded) = own.map_or((0, 0), |own| (own.calls, own.succeeded));
    if calls < LEAST_OWN {
        return Some(Risk::NoOwnCalls { calls });
    }
    let less =
        u128::from(succeeded) * u128::from(used.calls) < u128::from(used.succeeded) * u128::from(calls);
    less.then_some(Risk::SucceedsLess { calls, succeeded })
}

fn grade(now: &Candidate<'_>, then: &Candidate<'_>) -> Option<Risk> {
    let grade = now.provider.calls.quality?;
    let other = then.provider.calls.quality.filter(|_| then.is_own);
    other.is_none_or(|other| other < grade).then_some(Risk::LowerGrade { now: grade, then: other })
}

fn capabilities(route: &TaskRoute, now: &Candidate<'_>, then: &Candidate<'_>) -> Vec<Risk> {
    let (before, after) = (Abilities::of(now.entry), Abilities::of(then.entry));
    let all = || Capability::ALL.into_iter();
    let unknown =
        |one: &Capability| route.needs.needs(*one) && after.has(*one, &route.needs) == Known::Unknown;
    let needs: Vec<Capability> = all().filter(unknown).collect();
    let lost = |one: &Capability| {
        // A smaller window is told with its numbers.
        *one != Capability::Context
            && !route.needs.needs(*one)
            && before.has(*one, &route.needs) == Known::Yes
            && after.has(*one, &route.needs) == Known::No
    };
    let lacks: Vec<Capability> = all().filter(lost).collect();
    let unknown = (!needs.is_empty()).then_some(Risk::UnknownCapability { needs });
    let lost = (!lacks.is_empty()).then_some(Risk::CannotAsNow { lacks });
    unknown.into_iter().chain(lost).collect()
}

fn listed(now: &Candidate<'_>, then: &Candidate<'_>) -> Vec<Risk> {
    let Some(entry) = then.entry else { return Vec::new() };
    let mut risks = Vec::new();
    let is_other = now.provider.provider_type != then.provider.provider_type;
    if let Some(before) = now.entry {
        let smaller = |now, then| (then < now).then_some((now, then));
        let window = smaller(before.context_window, entry.context_window);
        risks.extend(window.map(|(now, then)| Risk::SmallerWindow { now, then }));
        let answer = smaller(before.max_output_tokens, entry.max_output_tokens);
        risks.extend(answer.map(|(now, then)| Risk::ShorterAnswers { now, then }));
        let half = || {
            let price = |one| model::Price::of(one).ok().map(|price| price.standard.output.0);
            price(entry).zip(price(before)).is_some_and(|(then, now)| then * 2 < now)
        };
        risks.extend((!is_other && half()).then_some(Risk::SmallerTier));
        let sampling = before.capabilities.sampling_params && !entry.capabilities.sampling_params;
        risks.extend(sampling.then_some(Risk::NoSampling));
    }
    risks.extend(is_other.then_some(Risk::OtherVendor));
    risks.extend(
        entry.long_context.as_ref().map(|long| Risk::DearerWhenLong { above: long.above_input_tokens }),
    );
    risks.extend(entry.deprecation_date.clone().map(|on| Risk::ShutsDown { on }));
    risks
}
