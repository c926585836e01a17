//! What can be said about a key without asking anybody, and the guard that keeps it out of reports.

use model::ProviderType;
use reqwest::header::HeaderValue;

/// Characters in a row that two texts must share before one counts as an echo of the other.
const RUN: usize = 4;

/// Why a key cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyFault {
    Empty,
    Blank,
    /// A control or non-ASCII character.
    Unprintable,
}

/// What a key looks like. Shapes change without notice, so they explain a refusal and never cause one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyShape {
    Of(ProviderType),
    /// Google's older key, which Gemini is switching off.
    GoogleStandard,
    /// For the vendor's administration API only.
    Admin(ProviderType),
    /// The token of a Claude subscription, not an API key.
    ClaudeSubscription,
    Unknown,
}

impl KeyShape {
    pub(crate) fn of(key: &str) -> Self {
        // Longer prefixes first: `sk-` is the start of most of them.
        const SHAPES: [(&str, KeyShape); 9] = [
            ("sk-ant-admin", KeyShape::Admin(ProviderType::Claude)),
            ("sk-ant-oat", KeyShape::ClaudeSubscription),
            ("sk-ant-", KeyShape::Of(ProviderType::Claude)),
            ("sk-admin-", KeyShape::Admin(ProviderType::OpenAi)),
            ("sk-proj-", KeyShape::Of(ProviderType::OpenAi)),
            ("sk-svcacct-", KeyShape::Of(ProviderType::OpenAi)),
            ("sk-or-", KeyShape::Of(ProviderType::OpenAiCompatible)),
            ("AIza", KeyShape::GoogleStandard),
            ("AQ.", KeyShape::Of(ProviderType::Gemini)),
        ];
        SHAPES.iter().find(|(prefix, _)| key.starts_with(prefix)).map_or(Self::Unknown, |found| found.1)
    }
}

/// `prefix` and key as a header's value that debug output hides.
pub(crate) fn header_value(prefix: &str, key: &str) -> Result<HeaderValue, KeyFault> {
    check(key)?;
    let mut value = HeaderValue::from_str(&format!("{prefix}{key}")).map_err(|_| KeyFault::Unprintable)?;
    value.set_sensitive(true);
    Ok(value)
}

fn check(key: &str) -> Result<(), KeyFault> {
    match key {
        "" => Err(KeyFault::Empty),
        key if key.contains(char::is_whitespace) => Err(KeyFault::Blank),
        key if !key.bytes().all(|byte| byte.is_ascii_graphic()) => Err(KeyFault::Unprintable),
        _ => Ok(()),
    }
}

/// Keeps a key out of texts that somebody else wrote.
#[derive(Clone, Copy)]
pub(crate) struct Guard<'a>(pub(crate) Option<&'a str>);

impl Guard<'_> {
    /// Whether the text shares a run of characters with the key. OpenAI and others echo parts of a key.
    pub(crate) fn echoes(self, text: &str) -> bool {
        self.shares(text, RUN)
    }

    /// Whether the text shares so much with the key that it is no accident. For what the person entered: names
    /// such as `gemini-2.5-pro` may well share a word with a key.
    pub(crate) fn contains_key(self, text: &str) -> bool {
        self.shares(text, 2 * RUN)
    }

    fn shares(self, text: &str, run: usize) -> bool {
        let key = self.0.unwrap_or_default().as_bytes();
        // Nearly every text has a pair of characters in each run that the key has not, which is quickly seen.
        let mut pairs = [0_u64; 16];
        for pair in key.windows(2) {
            let bit = bit_of(pair);
            pairs[bit / 64] |= 1 << (bit % 64);
        }
        let known = |pair: &[u8]| pairs[bit_of(pair) / 64] & (1 << (bit_of(pair) % 64)) != 0;
        let mut parts = text.as_bytes().windows(run).filter(|part| part.windows(2).all(known));
        parts.any(|part| key.windows(run).any(|other| other == part))
    }
}

/// One of 1,024 places for two characters.
fn bit_of(pair: &[u8]) -> usize {
    pair.iter().fold(0, |bit, byte| bit * 37 + usize::from(*byte)) % 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_no_header_carries_is_named_for_what_is_wrong() {
        assert_eq!(header_value("", ""), Err(KeyFault::Empty));
        assert_eq!(header_value("", "test key"), Err(KeyFault::Blank));
        assert_eq!(header_value("", "test\nkey"), Err(KeyFault::Blank));
        assert_eq!(header_value("", "test\u{7}key"), Err(KeyFault::Unprintable));
        assert_eq!(header_value("", "schlüssel"), Err(KeyFault::Unprintable));
    }

    #[test]
    fn debug_output_of_the_header_hides_the_key() {
        let value = header_value("Bearer ", "test-openai-key-0001").unwrap();
        assert_eq!(value.as_bytes(), b"Bearer test-openai-key-0001");
        assert!(!format!("{value:?}").contains("test"));
    }

    #[test]
    fn the_more_special_shape_wins() {
        assert_eq!(KeyShape::of("sk-ant-admin01-x"), KeyShape::Admin(ProviderType::Claude));
        assert_eq!(KeyShape::of("sk-ant-oat01-x"), KeyShape::ClaudeSubscription);
        assert_eq!(KeyShape::of("sk-ant-api03-x"), KeyShape::Of(ProviderType::Claude));
        assert_eq!(KeyShape::of("AQ.x"), KeyShape::Of(ProviderType::Gemini));
        // Many vendors use a bare `sk-`, so it says nothing.
        assert_eq!(KeyShape::of("sk-1234"), KeyShape::Unknown);
    }

    #[test]
    fn four_characters_in_a_row_are_an_echo_and_three_are_not() {
        let guard = Guard(Some("sk-CANARY-q7Xp2"));
        assert!(guard.echoes("Incorrect API key provided: ****7Xp2"));
        assert!(!guard.echoes("Incorrect API key provided: ****Xp2"));
        assert!(!Guard(None).echoes("anything"));
        assert!(!Guard(Some("abc")).echoes("abc"));
    }

    proptest::proptest! {
        #[test]
        fn an_echo_is_found_wherever_it_stands(key in "[a-f]{0,12}", text in "[a-f]{0,12}") {
            let run = |size: usize| {
                let parts: Vec<&[u8]> = key.as_bytes().windows(size).collect();
                text.as_bytes().windows(size).any(|part| parts.contains(&part))
            };
            proptest::prop_assert_eq!(Guard(Some(&key)).echoes(&text), run(RUN));
            proptest::prop_assert_eq!(Guard(Some(&key)).contains_key(&text), run(2 * RUN));
        }
    }
}
