//! Routes in words: what a task needs, how a member is, and why a decision was made.

use model::{
    Timestamp,
    health::HealthState,
    limits::{LimitKind, LimitState},
    routing::{Candidate, Capability, ChainMember, Needs, RouteMember, RouteMode, Rule, TaskRoute, Verdict},
    text, writing,
};

use crate::{state::models::round_count, t};

/// A capability's name.
pub fn capability(capability: Capability) -> String {
    match capability {
        Capability::Context => t!("capability-context"),
        Capability::Pdf => t!("capability-pdf"),
        Capability::Vision => t!("capability-vision"),
        Capability::JsonSchema => t!("capability-json"),
        Capability::Tools => t!("capability-tools"),
    }
}

/// What a member that lacks a capability cannot do, after "cannot".
pub fn lack(capability: Capability) -> String {
    match capability {
        Capability::Context => t!("lack-context"),
        Capability::Pdf => t!("lack-pdf"),
        Capability::Vision => t!("lack-vision"),
        Capability::JsonSchema => t!("lack-json"),
        Capability::Tools => t!("lack-tools"),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => t!("joined-or", most = most.join(", "), last = last.as_str()),
    }
}

/// `Needs PDF, JSON, 32K`.
pub fn needs(needs: &Needs) -> String {
    let able = Capability::ALL.into_iter().filter(|one| *one != Capability::Context && needs.needs(*one));
    let mut parts: Vec<String> = able.map(capability).collect();
    if parts.is_empty() {
        parts.push(t!("capability-text"));
    }
    parts.extend(needs.context_tokens.map(round_count));
    t!("needs-line", needs = parts.join(", "))
}

/// How a node of a chain stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing to say.
    Well,
    /// It serves, but.
    Warn(String),
    /// It does not serve.
    Unavailable(String),
}

/// How a member of a route that needs this is.
pub fn standing(member: &RouteMember, needs: &Needs) -> Standing {
    let lacks: Vec<String> = needs.lacking(&member.abilities).into_iter().map(lack).collect();
    match member.health {
        _ if !member.is_active => Standing::Unavailable(t!("standing-off")),
        HealthState::Down => Standing::Unavailable(t!("standing-down")),
        _ if !lacks.is_empty() => Standing::Warn(t!("standing-lacks", lacks = joined(&lacks))),
        HealthState::Degraded => Standing::Warn(t!("standing-degraded")),
        HealthState::Up | HealthState::Unknown => Standing::Well,
    }
}

/// A member's share of the calls in a split, in whole per cent from one on.
pub fn share(route: &TaskRoute, member: &ChainMember) -> Option<String> {
    let total: u64 = route.chain.iter().map(|one| u64::from(one.weight)).sum();
    let weight = u64::from(member.weight);
    if route.mode != RouteMode::Split || total == 0 {
        return None;
    }
    match (weight * 100 + total / 2) / total {
        0 | 100 => text::percent(weight, total),
        share => Some(writing::number(&format!("{share}%"))),
    }
}

/// Which rule led to a decision, a full sentence.
pub fn rule(rule: Option<Rule>) -> String {
    match rule {
        Some(Rule::Chain) => t!("rule-chain"),
        Some(Rule::Split) => t!("rule-split"),
        Some(Rule::Auto) => t!("rule-auto"),
        Some(Rule::Default) => t!("rule-default"),
        Some(Rule::Named) => t!("rule-named"),
        None => t!("rule-none"),
    }
}

/// Why a candidate was chosen or not, a full sentence. `clock` writes an instant in the person's zone.
pub fn verdict(candidate: &Candidate, clock: impl Fn(Timestamp) -> String) -> String {
    match &candidate.verdict {
        Verdict::Chosen => t!("verdict-chosen"),
        Verdict::Next => t!("verdict-next"),
        Verdict::SwitchedOff => t!("verdict-off"),
        Verdict::NoKey => t!("verdict-no-key"),
        Verdict::KeyRefused => t!("verdict-key-refused"),
        Verdict::CannotServe { lacks } => {
            let lacks: Vec<String> = lacks.iter().map(|one| lack(*one)).collect();
            t!("verdict-lacks", lacks = joined(&lacks))
        }
        Verdict::BreakerOpen { until } => t!("verdict-breaker", time = clock(*until)),
        Verdict::CoolingDown { until } => t!("verdict-cooling", time = clock(*until)),
        Verdict::LimitReached { limit } => limit_sentence(limit, clock),
        Verdict::TooSlow { p95_ms } => t!("verdict-slow", latency = text::latency(*p95_ms)),
        Verdict::BelowQuality { quality: Some(quality) } => t!("verdict-quality", grade = *quality),
        Verdict::BelowQuality { quality: None } => t!("verdict-ungraded"),
        Verdict::PriceUnknown => t!("verdict-price"),
        Verdict::NotInRoute => t!("verdict-not-in-route"),
    }
}

fn limit_sentence(limit: &LimitState, clock: impl Fn(Timestamp) -> String) -> String {
    let kind = limit.kind.as_str();
    let (left, cap) = left_and_cap(limit);
    match limit.resets_at {
        None if limit.never_fits() => t!("verdict-limit-never", kind = kind, cap = cap),
        Some(at) => t!("verdict-limit-resets", kind = kind, left = left, cap = cap, time = clock(at)),
        None => t!("verdict-limit", kind = kind, left = left, cap = cap),
    }
}

/// What is left of a limit, and all of it, in what it counts.
pub fn left_and_cap(limit: &LimitState) -> (String, String) {
    let amount = |value: u64| match limit.kind {
        LimitKind::DailyCost | LimitKind::MonthlyCost => model::PicoUsd(i128::from(value)).display(),
        _ => text::group_digits(u128::from(value)),
    };
    (amount(limit.left()), amount(limit.cap))
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{route, view},
        *,
    };

    #[test]
    fn needs_read_as_in_the_picture() {
        let some = Needs { pdf: true, json_schema: true, context_tokens: Some(32_000), ..Needs::default() };
        assert_eq!(needs(&some), "Needs PDF, JSON, 32K");
        assert_eq!(needs(&Needs { context_tokens: Some(16_000), ..Needs::default() }), "Needs Text, 16K");
    }

    #[test]
    fn a_member_that_is_off_is_unavailable_whatever_else_it_is() {
        let mut member = view().members[0].clone();
        assert_eq!(standing(&member, &Needs::default()), Standing::Well);
        member.health = HealthState::Degraded;
        assert_eq!(standing(&member, &Needs::default()), Standing::Warn("Degraded now".into()));
        member.is_active = false;
        assert_eq!(standing(&member, &Needs::default()), Standing::Unavailable("Turned off".into()));
    }

    #[test]
    fn shares_are_whole_unless_they_would_say_all_or_nothing() {
        let shares = |weights: [u32; 3]| {
            let mut route = TaskRoute { mode: RouteMode::Split, ..route("extraction", &[1, 2, 3]) };
            route.chain.iter_mut().zip(weights).for_each(|(member, weight)| member.weight = weight);
            route.chain.iter().map(|member| share(&route, member).unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(shares([70, 30, 0]), ["70%", "30%", "0%"]);
        assert_eq!(shares([1, 1, 1]), ["33%", "33%", "33%"]);
        assert_eq!(shares([1000, 1, 0]), ["99.9%", "0.1%", "0%"]);
        assert_eq!(shares([0, 0, 0]), ["", "", ""]);
    }

    #[test]
    fn every_verdict_is_a_sentence_and_a_limit_says_what_is_left_and_when_it_starts_anew() {
        let limit = |resets_at| LimitState {
            kind: LimitKind::DailyTokens,
            cap: 4_000_000,
            used: 3_999_000,
            resets_at,
        };
        let verdicts = [
            Verdict::Chosen,
            Verdict::Next,
            Verdict::SwitchedOff,
            Verdict::NoKey,
            Verdict::KeyRefused,
            Verdict::CannotServe { lacks: vec![Capability::Pdf, Capability::Tools] },
            Verdict::BreakerOpen { until: Timestamp(0) },
            Verdict::CoolingDown { until: Timestamp(0) },
            Verdict::LimitReached { limit: limit(Some(Timestamp(0))) },
            Verdict::LimitReached { limit: limit(None) },
            Verdict::TooSlow { p95_ms: 6_900 },
            Verdict::BelowQuality { quality: Some(2) },
            Verdict::BelowQuality { quality: None },
            Verdict::PriceUnknown,
            Verdict::NotInRoute,
        ];
        let provider = view().members[0].id;
        let sentences = verdicts.map(|verdict| {
            super::verdict(&Candidate { provider, verdict, cost_at_most: None }, |_| "00:00".into())
        });
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{sentences:?}");
        assert_eq!(
            sentences[8],
            "Its daily token limit leaves 1,000 of 4,000,000, too little for the call. It starts anew 00:00."
        );
        assert_eq!(sentences[9], "Its limit of 4,000,000 tokens a day is smaller than this call alone.");
        assert_eq!(sentences[5], "Its model cannot read PDF or call tools.");
    }
}
