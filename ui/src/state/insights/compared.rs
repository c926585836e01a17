//! What a split has shown, in words.

use model::{
    PicoUsd,
    insights::{Against, Arm, Judgement},
    text::{group_digits, points, rate},
};

use crate::{t, texts::name};

/// What can be said of one against the present one.
pub fn verdict(against: &Against) -> String {
    let name = name(&against.arm.name);
    match against.judgement {
        Judgement::TooFew { calls, needed } => t!(
            "split-too-few",
            name = name,
            calls = group_digits(u128::from(calls)),
            needed = group_digits(u128::from(needed))
        ),
        Judgement::Worse => t!("split-worse", name = name),
        Judgement::CheaperNotWorse => t!("split-cheaper", name = name),
        Judgement::NotCheaper => t!("split-not-cheaper", name = name),
        Judgement::NotWorse => t!("split-not-worse", name = name),
        Judgement::Unclear => t!("split-unclear", name = name),
    }
}

/// Icon and class of a judgement; the words say the same.
pub fn sign(judgement: Judgement) -> (&'static str, &'static str) {
    match judgement {
        Judgement::TooFew { .. } | Judgement::Unclear => ("clock", "ic"),
        Judgement::Worse => ("xc", "ic danger-t"),
        Judgement::CheaperNotWorse => ("okc", "ic ok-t"),
        Judgement::NotCheaper | Judgement::NotWorse => ("info", "ic"),
    }
}

/// Name of a judgement, in `data-judgement`.
pub fn kind(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::TooFew { .. } => "too-few",
        Judgement::Worse => "worse",
        Judgement::CheaperNotWorse => "cheaper",
        Judgement::NotCheaper => "not-cheaper",
        Judgement::NotWorse => "not-worse",
        Judgement::Unclear => "unclear",
    }
}

/// Both differences with their intervals, as far as they are known.
pub fn intervals(against: &Against) -> String {
    let point = |hundredths: i64| points(hundredths as f64 / 100.0);
    let success = against
        .success
        .map(|of| t!("split-success", seen = point(of.seen), low = point(of.low), high = point(of.high)));
    let cost = against.cost.map(|of| {
        let (seen, low, high) = (signed(of.seen), signed(of.low), signed(of.high));
        t!("split-cost", seen = seen, low = low, high = high)
    });
    let parts: Vec<String> = success.into_iter().chain(cost).collect();
    if parts.is_empty() { t!("split-nothing-known") } else { parts.join(" ") }
}

/// Its share of successes.
pub fn success(arm: &Arm) -> Option<String> {
    rate(arm.succeeded, arm.calls)
}

fn signed(amount: PicoUsd) -> String {
    match amount.0 {
        0 => amount.display(),
        1.. => format!("+{}", amount.display()),
        _ => format!("−{}", PicoUsd(amount.0.saturating_neg()).display()),
    }
}

#[cfg(test)]
mod tests {
    use model::{ProviderType, insights::Difference};

    use super::*;

    fn against(judgement: Judgement) -> Against {
        let arm = Arm {
            provider: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
            name: "One".into(),
            provider_type: ProviderType::Claude,
            model: "m".into(),
            share: 10,
            calls: 600,
            succeeded: 594,
            cost_per_success: None,
            p50_ms: None,
            p95_ms: None,
        };
        let cost = |low, seen, high| {
            Some(Difference { low: PicoUsd(low), seen: PicoUsd(seen), high: PicoUsd(high) })
        };
        let milli = PicoUsd::ONE_USD / 1_000;
        Against {
            arm,
            success: Some(Difference { low: -150, seen: -12, high: 80 }),
            cost: cost(-3 * milli, -2 * milli, -milli),
            judgement,
        }
    }

    #[test]
    fn a_verdict_is_said_with_how_many_calls_are_missing() {
        let said = verdict(&against(Judgement::TooFew { calls: 41, needed: 216 }));
        assert_eq!(said, "One: not enough calls yet (41 of about 216)");
        assert_eq!(verdict(&against(Judgement::CheaperNotWorse)), "One: cheaper and not worse");
    }

    #[test]
    fn differences_are_said_with_their_intervals_and_signs() {
        let said = intervals(&against(Judgement::Unclear));
        assert!(said.contains("−0.12 pp") && said.contains("−1.50 pp to +0.80 pp"), "{said}");
        assert!(said.contains("−$0.002000") && said.contains("−$0.003000 to −$0.001000"), "{said}");
        let none = Against { success: None, cost: None, ..against(Judgement::Unclear) };
        assert_eq!(intervals(&none), t!("split-nothing-known"));
    }
}
