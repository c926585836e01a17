//! What a vendor's headers say is left of its own limits. Gemini says nothing; anyone may leave anything out, and what
//! cannot be read is left out here.

use std::time::{Duration, SystemTime};

use model::{ProviderType, Timestamp};
use reqwest::header::{HeaderMap, HeaderName};

use crate::retry_after;

/// The limits of one answer's headers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VendorLimits {
    /// Requests.
    pub requests: Option<Allowance>,
    /// Tokens of all kinds.
    pub tokens: Option<Allowance>,
    /// Tokens of the input alone (Claude).
    pub input_tokens: Option<Allowance>,
    /// Tokens of the output alone (Claude).
    pub output_tokens: Option<Allowance>,
}

/// One limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowance {
    /// All of it.
    pub limit: Option<u64>,
    /// What is left.
    pub remaining: Option<u64>,
    /// When all of it is there again.
    pub resets_at: Option<Timestamp>,
}

/// The headers of one allowance, made once: they are looked for in every answer.
struct Names {
    limit: HeaderName,
    remaining: HeaderName,
    reset: HeaderName,
}

macro_rules! claude {
    ($kind:literal) => {
        Names {
            limit: HeaderName::from_static(concat!("anthropic-ratelimit-", $kind, "-limit")),
            remaining: HeaderName::from_static(concat!("anthropic-ratelimit-", $kind, "-remaining")),
            reset: HeaderName::from_static(concat!("anthropic-ratelimit-", $kind, "-reset")),
        }
    };
}

macro_rules! openai {
    ($kind:literal) => {
        Names {
            limit: HeaderName::from_static(concat!("x-ratelimit-limit-", $kind)),
            remaining: HeaderName::from_static(concat!("x-ratelimit-remaining-", $kind)),
            reset: HeaderName::from_static(concat!("x-ratelimit-reset-", $kind)),
        }
    };
}

static CLAUDE: [Names; 4] =
    [claude!("requests"), claude!("tokens"), claude!("input-tokens"), claude!("output-tokens")];
static OPENAI: [Names; 2] = [openai!("requests"), openai!("tokens")];

impl VendorLimits {
    /// What the headers of an answer that came at `now` say; `None` when they say nothing.
    pub(crate) fn read(provider_type: ProviderType, headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        let limits = if provider_type == ProviderType::Claude {
            let [requests, tokens, input_tokens, output_tokens] =
                CLAUDE.each_ref().map(|names| allowance(headers, names, moment));
            Self { requests, tokens, input_tokens, output_tokens }
        } else {
            let [requests, tokens] =
                OPENAI.each_ref().map(|names| allowance(headers, names, |text| after(text, now)));
            Self { requests, tokens, ..Self::default() }
        };
        (limits != Self::default()).then_some(limits)
    }
}

fn allowance(
    headers: &HeaderMap,
    names: &Names,
    reset: impl Fn(&str) -> Option<Timestamp>,
) -> Option<Allowance> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let number = |name| text(name).and_then(|text| text.parse().ok());
    let allowance = Allowance {
        limit: number(&names.limit),
        remaining: number(&names.remaining),
        resets_at: text(&names.reset).and_then(reset),
    };
    (allowance != Allowance::default()).then_some(allowance)
}

/// Claude names the moment (RFC 3339).
fn moment(text: &str) -> Option<Timestamp> {
    let moment: jiff::Timestamp = text.parse().ok()?;
    Some(Timestamp(moment.as_millisecond()))
}

/// OpenAI names the time from now on, in Go's notation.
fn after(text: &str, now: SystemTime) -> Option<Timestamp> {
    let wait = retry_after::go_duration(text).filter(|wait| *wait < Duration::from_secs(366 * 24 * 3600))?;
    let since_1970 = (now + wait).duration_since(SystemTime::UNIX_EPOCH).ok()?;
    i64::try_from(since_1970.as_millis()).ok().map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::Answer;

    fn read(provider_type: ProviderType, headers: &[(&'static str, &'static str)]) -> Option<VendorLimits> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1000);
        VendorLimits::read(provider_type, &Answer::literal(200, headers, "").headers, now)
    }

    #[test]
    fn openais_resets_are_times_from_now_on() {
        let limits = read(
            ProviderType::OpenAi,
            &[
                ("x-ratelimit-limit-requests", "5000"),
                ("x-ratelimit-remaining-requests", "4999"),
                ("x-ratelimit-reset-requests", "12ms"),
                ("x-ratelimit-remaining-tokens", "7"),
                ("x-ratelimit-reset-tokens", "1h2m3s"),
            ],
        );
        let requests =
            Allowance { limit: Some(5000), remaining: Some(4999), resets_at: Some(Timestamp(1_000_012)) };
        let tokens = Allowance { limit: None, remaining: Some(7), resets_at: Some(Timestamp(4_723_000)) };
        assert_eq!(
            limits,
            Some(VendorLimits { requests: Some(requests), tokens: Some(tokens), ..VendorLimits::default() })
        );
    }

    #[test]
    fn claudes_resets_are_moments() {
        let limits = read(
            ProviderType::Claude,
            &[
                ("anthropic-ratelimit-input-tokens-remaining", "0"),
                ("anthropic-ratelimit-input-tokens-reset", "1970-01-01T00:20:00Z"),
            ],
        );
        let input = Allowance { remaining: Some(0), resets_at: Some(Timestamp(1_200_000)), limit: None };
        assert_eq!(limits, Some(VendorLimits { input_tokens: Some(input), ..VendorLimits::default() }));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        for odd in ["", "soon", "-1", "1e9", "99999999999999999999", "NaNs", "9999999999999h"] {
            assert_eq!(
                read(
                    ProviderType::OpenAi,
                    &[("x-ratelimit-remaining-requests", odd), ("x-ratelimit-reset-requests", odd)]
                ),
                None,
                "{odd}"
            );
        }
        assert_eq!(read(ProviderType::Claude, &[("anthropic-ratelimit-tokens-reset", "yesterday")]), None);
        assert_eq!(read(ProviderType::Gemini, &[]), None);
    }
}
