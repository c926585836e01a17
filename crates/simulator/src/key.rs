//! Which keys are good here. No key of a real vendor is.

use crate::{Fault, vendor::Vendor};

/// Prefix of the keys that tests plant to search for leaks; good at every vendor.
const CANARY: &str = "sk-CANARY-";

/// What the simulator makes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Good,
    /// A test key that chooses a fault by its name.
    Fails(Fault),
    /// Everything else, also a test key of another vendor.
    Unknown,
}

impl Verdict {
    pub(crate) fn of(vendor: Vendor, key: &str) -> Self {
        if key.starts_with(CANARY) {
            return Self::Good;
        }
        match middle(vendor, key) {
            Some("key") => Self::Good,
            Some(fault) => fault.parse().map_or(Self::Unknown, Self::Fails),
            None => Self::Unknown,
        }
    }
}

/// How a key is written in the journal: test keys by their name, all others by what kind they are.
pub(crate) fn marker(key: &str) -> String {
    if key.starts_with(CANARY) {
        "canary".to_owned()
    } else if key.starts_with("test-") {
        key.to_owned()
    } else {
        format!("unknown key of {} characters", key.chars().count())
    }
}

/// `rate-limit` of `test-openai-rate-limit-0001`.
fn middle(vendor: Vendor, key: &str) -> Option<&str> {
    let (middle, number) =
        key.strip_prefix("test-")?.strip_prefix(vendor.word())?.strip_prefix('-')?.rsplit_once('-')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(middle)
}

#[cfg(test)]
mod tests {
    use model::ProviderType;

    use super::*;

    #[test]
    fn a_test_key_is_good_at_its_own_vendor_and_names_its_fault() {
        let openai = Vendor(ProviderType::OpenAi);
        assert_eq!(Verdict::of(openai, "test-openai-key-0001"), Verdict::Good);
        assert_eq!(Verdict::of(openai, "test-openai-rate-limit-0007"), Verdict::Fails(Fault::RateLimit));
        assert_eq!(Verdict::of(openai, "sk-CANARY-1"), Verdict::Good);
        for unknown in [
            "test-claude-key-0001",
            "test-openai-key",
            "test-openai-key-x1",
            "test-openai-typo-0001",
            "sk-1",
            "",
        ] {
            assert_eq!(Verdict::of(openai, unknown), Verdict::Unknown, "{unknown}");
        }
    }

    #[test]
    fn the_journal_names_test_keys_only() {
        assert_eq!(marker("test-openai-key-0001"), "test-openai-key-0001");
        assert_eq!(marker("sk-CANARY-q7"), "canary");
        assert_eq!(marker("sk-proj-abc"), "unknown key of 11 characters");
    }
}
