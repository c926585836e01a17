//! Why calls failed, in words. Classes of a later version are shown as the log has them.

use model::ErrorClass;

use crate::t;

/// A class of the log, or the status where it knows none.
pub fn cause(class: &str) -> String {
    match ErrorClass::ALL.into_iter().find(|known| known.as_str() == class) {
        Some(known) => words(known),
        None if class == "error" => t!("cause-unknown"),
        None => class.to_owned(),
    }
}

fn words(class: ErrorClass) -> String {
    match class {
        ErrorClass::InvalidKey => t!("cause-invalid-key"),
        ErrorClass::Permission => t!("cause-permission"),
        ErrorClass::Quota => t!("cause-quota"),
        ErrorClass::RateLimit => t!("cause-rate-limit"),
        ErrorClass::TooLargeForLimit => t!("cause-too-large"),
        ErrorClass::ContextTooLong => t!("cause-context"),
        ErrorClass::ModelNotFound => t!("cause-model"),
        ErrorClass::BadRequest => t!("cause-bad-request"),
        ErrorClass::Unsupported => t!("cause-unsupported"),
        ErrorClass::ContentBlocked => t!("cause-blocked"),
        ErrorClass::Overloaded => t!("cause-overloaded"),
        ErrorClass::Server => t!("cause-server"),
        ErrorClass::Network => t!("cause-network"),
        ErrorClass::Timeout => t!("cause-timeout"),
        ErrorClass::Protocol => t!("cause-protocol"),
        ErrorClass::Quality => t!("cause-quality"),
        ErrorClass::Cancelled => t!("cause-cancelled"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_words_of_its_own() {
        let all: std::collections::BTreeSet<String> =
            ErrorClass::ALL.into_iter().map(|class| cause(class.as_str())).collect();
        assert_eq!(all.len(), ErrorClass::ALL.len());
        assert_eq!((cause("rate_limit").as_str(), cause("error").as_str()), ("Rate limit", "Not recorded"));
        assert_eq!(cause("of_tomorrow"), "of_tomorrow");
    }
}
