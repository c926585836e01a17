//! Refusals of the engine in the gateway's words.

use model::{
    PicoUsd, Timestamp,
    limits::{LimitKind, LimitState},
    routing::{Explanation, Verdict},
    text::group_digits,
};

use super::{Fault, Kind, instant, now};
use crate::Refused;

/// An SDK that is told to wait longer would wait its own short time instead, and ask again in vain.
const LONGEST_WAIT_MS: u64 = 60_000;

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::UnknownTask { asked, nearest } => unknown("task", &asked, &nearest),
            Refused::UnknownModel { asked, nearest } => unknown("model or configuration", &asked, &nearest),
            Refused::NoRoute(explanation) => no_route(&explanation),
            Refused::Limit { limit, .. } => limited(limit),
            Refused::Failed { error, .. } => error.into(),
            Refused::Unwritten(error) => Self::new(Kind::Storage, error.message, error.advice),
            Refused::Closed => closed(),
        }
    }
}

impl Refused {
    /// What happened, and what to do about it: the two sentences that clients of the gateway read.
    pub fn words(self) -> (String, String) {
        let fault = Fault::from(self);
        (fault.message.into_owned(), fault.advice.into_owned())
    }
}

/// The vault is locked, or the gateway is ending.
pub(crate) fn closed() -> Fault {
    let message = "the gateway serves no calls now, because the vault is locked or being locked";
    Fault::new(Kind::Closed, message, "Unlock the vault in Signalbox and call again.")
}

fn unknown(what: &str, asked: &str, nearest: &[String]) -> Fault {
    // It goes back into an answer, so a megabyte of it would too.
    let asked: String = asked.chars().take(100).collect();
    let advice = match nearest {
        [] => "See GET /v1/models for what there is.".to_owned(),
        names => format!("Did you mean {}?", names.join(", ")),
    };
    let field = Some("model".to_owned());
    Fault { field, ..Fault::new(Kind::UnknownModel, format!("there is no {what} named {asked}"), advice) }
}

/// A limit that leaves no room for the call.
fn limited(limit: LimitState) -> Fault {
    if limit.never_fits() {
        return too_large(limit);
    }
    let wait = limit.resets_at.map(|at| at.since(now()).max(1));
    let again = limit
        .resets_at
        .map_or_else(|| "as soon as another call has ended".to_owned(), |at| format!("at {}", instant(at)));
    let message = format!(
        "the limit {} leaves no room for this call: {} of {} are left, and it starts anew {again}",
        limit.kind.as_str(),
        amount(limit.kind, limit.left()),
        amount(limit.kind, limit.cap),
    );
    let advice = "Wait until then, send less or ask for fewer tokens, or raise the limit in Signalbox.";
    let fault = Fault::new(Kind::LimitReached, message, advice).after(wait.or(Some(1000)));
    Fault { is_final: wait.is_some_and(|ms| ms > LONGEST_WAIT_MS), limit: Some(Box::new(limit)), ..fault }
}

/// Waiting does not help, so nobody is told to wait.
fn too_large(limit: LimitState) -> Fault {
    let (kind, whole) = (limit.kind.as_str(), amount(limit.kind, limit.cap));
    let message = format!("this call alone is larger than the whole limit {kind}, which is {whole}");
    let advice = "Send less, ask for fewer tokens, or raise the limit in Signalbox.";
    let fault = Fault::new(Kind::LimitReached, message, advice);
    Fault { is_final: true, limit: Some(Box::new(limit)), ..fault }
}

fn amount(kind: LimitKind, number: u64) -> String {
    match kind {
        LimitKind::DailyCost | LimitKind::MonthlyCost => PicoUsd(i128::from(number)).display(),
        LimitKind::DailyTokens
        | LimitKind::MonthlyTokens
        | LimitKind::UserDailyTokens
        | LimitKind::UserMonthlyTokens
        | LimitKind::ApplicationDailyTokens
        | LimitKind::ApplicationMonthlyTokens
        | LimitKind::TokensPerMinute => format!("{} tokens", group_digits(number.into())),
        LimitKind::RequestsPerMinute
        | LimitKind::UserRequestsPerMinute
        | LimitKind::ApplicationRequestsPerMinute
        | LimitKind::ConcurrentCalls => format!("{} calls", group_digits(number.into())),
    }
}

/// Nobody can serve the call. The reason that passes by itself first is the one that is told.
fn no_route(explanation: &Explanation) -> Fault {
    let verdicts = || explanation.candidates.iter().map(|one| &one.verdict);
    let limits = verdicts().filter_map(|verdict| match verdict {
        Verdict::LimitReached { limit } => Some(*limit),
        _ => None,
    });
    // That of the calls at once has no time, as any of them may end at once.
    let limit = limits.min_by_key(|limit| (limit.never_fits(), limit.resets_at));
    let until = verdicts().filter_map(|verdict| match verdict {
        Verdict::BreakerOpen { until } => Some((*until, resting())),
        Verdict::CoolingDown { until } => Some((*until, cooling())),
        _ => None,
    });
    match (until.min_by_key(|(until, _)| *until), limit) {
        (Some((until, fault)), _) => waiting(until, fault),
        (None, Some(limit)) => limited(limit),
        (None, None) => unable(explanation),
    }
}

fn waiting(until: Timestamp, fault: Fault) -> Fault {
    let wait = until.since(now()).max(1);
    Fault { is_final: wait > LONGEST_WAIT_MS, ..fault.after(Some(wait)) }
}

fn resting() -> Fault {
    let message = "every configuration that could serve this call has failed lately and is resting";
    Fault::new(Kind::NoRoute, message, "Wait a moment and call again, or add a fallback.")
}

/// The vendor's own limit: as if the vendor were asked, and said so again.
fn cooling() -> Fault {
    let message =
        "every provider that could serve this call has asked to wait, because its rate limit is used up";
    Fault::new(Kind::RateLimit, message, "Wait a moment and call again, or add a fallback.")
}

fn unable(explanation: &Explanation) -> Fault {
    let lacks = |verdict: &Verdict| matches!(verdict, Verdict::CannotServe { .. });
    if explanation.candidates.iter().any(|one| lacks(&one.verdict)) {
        let message = "no model of this route can do what the call asks for";
        return Fault::new(Kind::Unsupported, message, "Leave it out, or add a model that can to the route.");
    }
    let keyless = |verdict: &Verdict| matches!(verdict, Verdict::NoKey | Verdict::KeyRefused);
    if explanation.candidates.iter().any(|one| keyless(&one.verdict)) {
        let message = "no provider that could serve this call has a key that it accepts";
        let advice = "Enter a working key in Signalbox, or test the one that is there.";
        return Fault::new(Kind::Credentials, message, advice);
    }
    let message = "no configuration serves this call";
    let advice = "Switch one on in Signalbox, give it a key, and put it into the task's chain.";
    Fault { is_final: true, ..Fault::new(Kind::NoRoute, message, advice) }
}

#[cfg(test)]
mod tests {
    use model::{
        ProviderId,
        routing::{Candidate, Capability},
    };
    use store::StoreError;
    use uuid::Uuid;

    use super::*;
    use crate::failure;

    fn among(verdicts: &[Verdict]) -> Fault {
        let candidate = |verdict: &Verdict| Candidate {
            provider: ProviderId(Uuid::nil()),
            verdict: verdict.clone(),
            cost_at_most: None,
        };
        let candidates = verdicts.iter().map(candidate).collect();
        Refused::NoRoute(Explanation { rule: None, candidates }).into()
    }

    fn limit(resets_in_ms: i64) -> LimitState {
        let resets_at = Some(Timestamp(now().0 + resets_in_ms));
        LimitState { kind: LimitKind::DailyTokens, cap: 10_000, used: 9_988, resets_at }
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest() {
        let nearest = vec!["gpt-4o".to_owned()];
        let fault = Fault::from(Refused::UnknownModel { asked: "gpt-4p".into(), nearest });
        assert_eq!(fault.kind, Kind::UnknownModel);
        assert_eq!(
            fault.sentences(),
            "There is no model or configuration named gpt-4p. Did you mean gpt-4o?"
        );
        let fault = Fault::from(Refused::UnknownTask { asked: "x".repeat(1_000_000), nearest: Vec::new() });
        assert!(fault.sentences().len() < 300);
    }

    #[test]
    fn a_limit_says_which_how_much_is_left_and_when_it_starts_anew() {
        let far = Fault::from(Refused::Limit { limit: limit(3_600_000), provider: None });
        assert!(
            far.message.contains("daily_tokens")
                && far.message.contains("12 tokens of 10,000 tokens are left")
        );
        assert!(far.is_final && far.retry_after_ms.is_some_and(|ms| ms > 3_500_000));
        let near = Fault::from(Refused::Limit { limit: limit(5_000), provider: None });
        assert!(!near.is_final);
        assert_eq!(near.kind, Kind::LimitReached);
    }

    #[test]
    fn a_call_that_is_larger_than_a_whole_limit_is_not_told_to_wait() {
        let never = LimitState { resets_at: None, ..limit(0) };
        let fault = Fault::from(Refused::Limit { limit: never, provider: None });
        assert_eq!(
            fault.sentences(),
            "This call alone is larger than the whole limit daily_tokens, which is 10,000 tokens. Send less, ask for fewer \
             tokens, or raise the limit in Signalbox."
        );
        assert_eq!((fault.kind, fault.is_final, fault.retry_after_ms), (Kind::LimitReached, true, None));
        // Where another configuration has room later, that is told.
        let reached = |limit| Verdict::LimitReached { limit };
        assert!(among(&[reached(never), reached(limit(1000))]).retry_after_ms.is_some());
        assert!(among(&[reached(never)]).is_final);
    }

    #[test]
    fn what_cannot_be_written_down_is_no_fault_of_a_vendor_and_worth_another_call() {
        for store in [StoreError::Full, StoreError::Protected, StoreError::Away] {
            let fault = Fault::from(Refused::Unwritten(failure::cannot_count(&store)));
            assert_eq!((fault.kind.names().status, fault.kind.names().code), (503, "storage"));
            assert!(!fault.is_final);
            // Clients of a server have no vault, and no disk to make room on.
            let told = fault.clone().of_server();
            assert_eq!(told.message, fault.message);
            assert!(!told.sentences().contains("vault"), "{}", told.sentences());
        }
        let behind = Fault::from(Refused::Unwritten(failure::cannot_log()));
        assert_eq!(behind.kind, Kind::Storage);
        assert!(behind.sentences().contains("the disk that holds the vault"), "{}", behind.sentences());
    }

    #[test]
    fn of_several_reasons_the_one_that_passes_first_is_told() {
        let until = Timestamp(now().0 + 20_000);
        let open = Verdict::BreakerOpen { until };
        let reached = Verdict::LimitReached { limit: limit(1000) };
        let cannot = Verdict::CannotServe { lacks: vec![Capability::Vision] };
        assert!(among(&[reached.clone(), open]).retry_after_ms.is_some_and(|ms| ms > 10_000));
        assert_eq!(among(&[Verdict::SwitchedOff, reached]).kind, Kind::LimitReached);
        assert_eq!(among(&[Verdict::SwitchedOff, cannot]).kind, Kind::Unsupported);
        let soon = Verdict::CoolingDown { until: Timestamp(now().0 + 5_000) };
        let later = Verdict::BreakerOpen { until };
        assert_eq!(among(&[later.clone(), soon]).kind, Kind::RateLimit);
        assert_eq!(among(&[later]).kind, Kind::NoRoute);
        for keyless in [Verdict::NoKey, Verdict::KeyRefused] {
            assert_eq!(among(&[Verdict::SwitchedOff, keyless]).kind, Kind::Credentials);
        }
        let none = among(&[]);
        assert!(none.kind == Kind::NoRoute && none.is_final);
    }
}
