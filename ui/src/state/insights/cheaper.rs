//! Cheaper models, in words.

use model::{
    insights::{Cheaper, Risk, Suggestion, Trial},
    routing::Capability,
    text::{group_digits, rate, short_count},
};

use crate::{state::age::catalog_date, t, texts::name};

/// What a task would have cost: "extraction: claude-haiku-4-5 instead of claude-opus-5-5".
pub fn title(suggestion: &Suggestion, cheaper: &Cheaper) -> String {
    t!("cheaper-title", task = suggestion.task.as_str(), now = &*suggestion.model, then = &*cheaper.model)
}

/// What that is reckoned from.
pub fn basis(suggestion: &Suggestion, cheaper: &Cheaper) -> String {
    t!(
        "cheaper-basis",
        name = name(&suggestion.name),
        calls = group_digits(u128::from(suggestion.calls)),
        input = short_count(suggestion.input_tokens),
        output = short_count(suggestion.output_tokens),
        now = suggestion.cost.display(),
        then = cheaper.cost.display()
    )
}

/// What speaks against it; what is not known is said with it.
pub fn against(cheaper: &Cheaper) -> String {
    if cheaper.risks.is_empty() {
        return t!("cheaper-no-risk");
    }
    let risks: Vec<String> = cheaper.risks.iter().map(risk).collect();
    t!("cheaper-risks", risks = risks.join("; "))
}

/// What can be done to try it, on its button.
pub fn trial(trial: &Trial) -> String {
    match trial {
        Trial::Split { .. } => t!("cheaper-try"),
        Trial::SwitchOn { .. } => t!("cheaper-switch-on"),
        Trial::Duplicate { .. } => t!("cheaper-duplicate"),
    }
}

/// What to do first, where it cannot be tried at once.
pub fn first(trial: &Trial) -> Option<String> {
    match trial {
        Trial::Split { .. } => None,
        Trial::SwitchOn { name: of, .. } => Some(t!("cheaper-first-switch-on", name = name(of))),
        Trial::Duplicate { name: of, .. } => Some(t!("cheaper-first-duplicate", name = name(of))),
    }
}

fn risk(risk: &Risk) -> String {
    match risk {
        Risk::UnknownCapability { needs } => t!("risk-unknown", what = capabilities(needs)),
        Risk::CannotAsNow { lacks } => t!("risk-cannot", what = capabilities(lacks)),
        Risk::SmallerWindow { now, then } => {
            t!("risk-window", now = short_count(*now), then = short_count(*then))
        }
        Risk::ShorterAnswers { now, then } => {
            t!("risk-answers", now = short_count(*now), then = short_count(*then))
        }
        Risk::SucceedsLess { calls, succeeded } => t!(
            "risk-succeeds-less",
            rate = rate(*succeeded, *calls).unwrap_or_default(),
            calls = group_digits(u128::from(*calls))
        ),
        Risk::NoOwnCalls { calls: 0 } => t!("risk-no-calls"),
        Risk::NoOwnCalls { calls } => t!("risk-few-calls", count = *calls),
        Risk::LowerGrade { now, then: Some(then) } => t!("risk-grade", now = *now, then = *then),
        Risk::LowerGrade { now, then: None } => t!("risk-no-grade", now = *now),
        Risk::SmallerTier => t!("risk-tier"),
        Risk::OtherVendor => t!("risk-vendor"),
        Risk::ShutsDown { on } => t!("risk-shutdown", day = catalog_date(on)),
        Risk::NoSampling => t!("risk-sampling"),
        Risk::DearerWhenLong { above } => t!("risk-long", above = short_count(*above)),
    }
}

fn capabilities(all: &[Capability]) -> String {
    let word = |one: &Capability| match one {
        Capability::Context => t!("can-context"),
        Capability::Pdf => t!("can-pdf"),
        Capability::Vision => t!("can-vision"),
        Capability::JsonSchema => t!("can-json-schema"),
        Capability::Tools => t!("can-tools"),
    };
    all.iter().map(word).collect::<Vec<String>>().join(", ")
}

#[cfg(test)]
mod tests {
    use model::{PicoUsd, ProviderType};

    use super::*;

    #[test]
    fn every_risk_is_said_and_none_in_the_catalogues_own_key() {
        let risks = vec![
            Risk::NoOwnCalls { calls: 0 },
            Risk::NoOwnCalls { calls: 7 },
            Risk::SucceedsLess { calls: 1_000, succeeded: 900 },
            Risk::LowerGrade { now: 4, then: None },
            Risk::LowerGrade { now: 4, then: Some(3) },
            Risk::UnknownCapability { needs: vec![Capability::Vision, Capability::Pdf] },
            Risk::CannotAsNow { lacks: Capability::ALL.to_vec() },
            Risk::SmallerWindow { now: 200_000, then: 128_000 },
            Risk::ShorterAnswers { now: 64_000, then: 8_000 },
            Risk::SmallerTier,
            Risk::OtherVendor,
            Risk::NoSampling,
            Risk::DearerWhenLong { above: 200_000 },
            Risk::ShutsDown { on: "2027-06-01".into() },
        ];
        let trial = Trial::Duplicate {
            provider: "00000000-0000-0000-0000-000000000001".parse().unwrap(),
            name: "One".into(),
        };
        let cheaper = Cheaper {
            provider_type: ProviderType::Claude,
            model: "m".into(),
            cost: PicoUsd(0),
            trial,
            risks,
        };
        let said = against(&cheaper);
        assert!(!said.contains("risk-") && !said.contains("can-"), "{said}");
        assert!(said.contains("90.00%") && said.contains("128K") && said.contains("1 Jun 2027"), "{said}");
        assert_eq!(against(&Cheaper { risks: vec![], ..cheaper }), t!("cheaper-no-risk"));
    }
}
