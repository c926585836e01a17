//! When a vendor wants to be asked again, from wherever it says so.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;

/// No vendor closes for longer; a larger number is a mistake or malice.
const LONGEST: Duration = Duration::from_secs(31 * 24 * 3600);

/// The hint of the headers, else the one of the body (`retryDelay` or words of the message), else none.
pub(crate) fn hint(
    headers: &HeaderMap,
    delay: Option<&str>,
    message: &str,
    now: SystemTime,
) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    text("retry-after-ms")
        .and_then(|ms| seconds(ms).map(|duration| duration / 1000))
        .or_else(|| text("retry-after").and_then(|value| seconds(value).or_else(|| until(value, now))))
        .or_else(|| delay.and_then(go_duration))
        .or_else(|| spoken(message))
        .filter(|wait| *wait <= LONGEST)
}

fn seconds(text: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(text.parse().ok()?).ok()
}

/// RFC 9110, 10.2.3: the hint may be a date. One in the past means now.
fn until(date: &str, now: SystemTime) -> Option<Duration> {
    Some(httpdate::parse_http_date(date).ok()?.duration_since(now).unwrap_or_default())
}

/// `Please try again in 174ms.` (OpenAI), `Please retry in 48.9s.` (Gemini).
fn spoken(message: &str) -> Option<Duration> {
    let rest = ["try again in ", "retry in "].iter().find_map(|words| message.split(words).nth(1))?;
    go_duration(rest.split_whitespace().next()?.trim_end_matches('.'))
}

/// Go's notation: `48s`, `48.9s`, `174ms`, `6m0s`, `10h17m5.7s`.
pub(crate) fn go_duration(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let unit = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, after) = rest.split_at(unit);
        let end = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        total += number.parse::<f64>().ok()? * scale(&after[..end])?;
        rest = &after[end..];
    }
    (!text.is_empty()).then(|| Duration::try_from_secs_f64(total).ok())?
}

fn scale(unit: &str) -> Option<f64> {
    match unit {
        "ms" => Some(0.001),
        "s" => Some(1.0),
        "m" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn of_header(name: &'static str, value: &'static str) -> Option<f64> {
        let headers =
            HeaderMap::from_iter([(HeaderName::from_static(name), HeaderValue::from_static(value))]);
        // 1994-11-06T08:49:00Z, close to the example date of the RFC.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_740);
        hint(&headers, None, "", now).map(|wait| wait.as_secs_f64())
    }

    #[test]
    fn a_header_may_hold_seconds_milliseconds_or_a_date() {
        assert_eq!(of_header("retry-after", "20"), Some(20.0));
        assert_eq!(of_header("retry-after", "1.5"), Some(1.5));
        assert_eq!(of_header("retry-after-ms", "1500"), Some(1.5));
        assert_eq!(of_header("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), Some(37.0));
        assert_eq!(of_header("retry-after", "Sun, 06 Nov 1994 08:40:00 GMT"), Some(0.0));
    }

    #[test]
    fn a_hint_that_makes_no_sense_is_no_hint() {
        for nonsense in ["soon", "-5", "NaN", "inf", "1e300", "99999999999", ""] {
            assert_eq!(of_header("retry-after", nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn a_body_may_hold_it_as_a_field_or_in_words() {
        let none = HeaderMap::new();
        let of =
            |delay, message| hint(&none, delay, message, SystemTime::UNIX_EPOCH).map(|wait| wait.as_millis());
        assert_eq!(of(Some("48s"), ""), Some(48_000));
        assert_eq!(of(Some("10h17m5.7s"), ""), Some(37_025_700));
        assert_eq!(of(None, "Limit 3, Used 3. Please try again in 174ms. Visit us."), Some(174));
        assert_eq!(of(None, "limit: 1\nPlease retry in 48.939935699s."), Some(48_939));
        assert_eq!(of(None, "Please try again in 6m0s."), Some(360_000));
        assert_eq!(of(None, "Please try again in a while."), None);
        assert_eq!(of(None, "Please try again later."), None);
    }

    #[test]
    fn a_header_goes_before_the_body() {
        let headers =
            HeaderMap::from_iter([(HeaderName::from_static("retry-after"), HeaderValue::from_static("2"))]);
        let wait = hint(&headers, Some("48s"), "try again in 9s", SystemTime::UNIX_EPOCH);
        assert_eq!(wait, Some(Duration::from_secs(2)));
    }
}
