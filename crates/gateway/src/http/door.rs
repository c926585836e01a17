//! What has to be right before a body is read: a name that is ours, no web page, a token.

use std::sync::Arc;

use http::{
    HeaderMap, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, ORIGIN},
};

use model::Timestamp;

use super::{
    fault::{Fault, Kind},
    grant::Grant,
    token::Tokens,
};

static KEY_HEADERS: [HeaderName; 2] =
    [HeaderName::from_static("x-api-key"), HeaderName::from_static("x-goog-api-key")];

/// Where the face is met, and so what has to be right about a request beside its token.
#[derive(Clone)]
pub(crate) enum Door {
    /// On this computer, at this port.
    Local { port: u16 },
    /// On a network, under whatever name it has there.
    Network { now: Arc<dyn Fn() -> Timestamp + Send + Sync> },
}

impl Door {
    pub(crate) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Fault> {
        match self {
            Self::Local { port } => local(uri, headers, *port),
            Self::Network { .. } => network(headers),
        }
    }

    /// Whether who calls is told by the token and no word of the client's is taken for it.
    pub(crate) fn is_network(&self) -> bool {
        matches!(self, Self::Network { .. })
    }

    /// Looks for the token where each SDK puts its key.
    pub(crate) fn token(&self, headers: &HeaderMap, tokens: &Tokens) -> Result<Arc<Grant>, Fault> {
        let now = match self {
            Self::Local { .. } => None,
            Self::Network { now } => Some(now()),
        };
        let advice = match self {
            Self::Local { .. } => {
                "Use the gateway's token as the API key; a new one can be made in Signalbox's settings."
            }
            Self::Network { .. } => {
                "Use a token of this server as the API key; whoever administrates it can make a new one."
            }
        };
        token(headers, tokens, now).map_err(|message| Fault::new(Kind::Unauthorized, message, advice))
    }
}

/// Refuses web pages, whose scripts send `Origin`. A name of its own that a page has point here gains it nothing, because
/// no browser adds a token by itself; so any name will do, but one and no more (RFC 9112, section 3.2).
fn network(headers: &HeaderMap) -> Result<(), Fault> {
    if headers.get_all(HOST).iter().count() != 1 {
        let message = "the request does not name one host";
        return Err(Fault::new(Kind::BadRequest, message, "Send one Host header."));
    }
    no_page(headers)
}

fn no_page(headers: &HeaderMap) -> Result<(), Fault> {
    if headers.contains_key(ORIGIN) {
        let message = "web pages may not use this gateway";
        return Err(Fault::new(Kind::Forbidden, message, "Call it from a program."));
    }
    Ok(())
}

/// Refuses what a browser would send for a web page. A page that has its own name point to 127.0.0.1 (DNS rebinding)
/// still sends that name as `Host`; any other page sends `Origin`.
fn local(uri: &Uri, headers: &HeaderMap, port: u16) -> Result<(), Fault> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let named = host.is_some_and(|host| is_ours(host, port)) && hosts.next().is_none();
    if !named || uri.authority().is_some_and(|authority| !is_ours(authority.as_str(), port)) {
        let message = "the request names another host than this computer";
        return Err(Fault::new(Kind::Forbidden, message, format!("Use http://127.0.0.1:{port}.")));
    }
    no_page(headers)
}

fn is_ours(authority: &str, port: u16) -> bool {
    let (host, given) = match authority.rsplit_once(':') {
        // The colons of a bare IPv6 address are not a port's.
        Some((host, given)) if !given.ends_with(']') => (host, given.parse().ok()),
        _ => (authority, Some(80)),
    };
    given == Some(port)
        && ["127.0.0.1", "localhost", "[::1]"].iter().any(|one| host.eq_ignore_ascii_case(one))
}

/// What the request's token is for, if one of those it holds is good now.
fn token(headers: &HeaderMap, tokens: &Tokens, now: Option<Timestamp>) -> Result<Arc<Grant>, &'static str> {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(&AUTHORIZATION).and_then(bearer);
    let keys = KEY_HEADERS.iter().filter_map(text);
    let mut given = bearer.into_iter().chain(keys).peekable();
    if given.peek().is_none() {
        return Err("there is no token in the request");
    }
    let grant = given.find_map(|token| tokens.find(token)).ok_or("the gateway does not know this token")?;
    // One without a clock has tokens without an end.
    let is_over = grant.expires_at.zip(now).is_some_and(|(end, now)| now >= end);
    if is_over { Err("this token has expired") } else { Ok(grant) }
}

fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Refuses bodies that are not said to be JSON: those are the ones that a web form can send.
pub(crate) fn is_json(headers: &HeaderMap) -> Result<(), Fault> {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim();
    match essence.eq_ignore_ascii_case("application/json") {
        true => Ok(()),
        false => Err(Fault::new(
            Kind::ContentType,
            "the body is not said to be JSON",
            "Send the header content-type: application/json.",
        )),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::http::token::TokenDigest;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    fn admits(pairs: &[(&'static str, &'static str)]) -> bool {
        local(&Uri::from_static("/v1/models"), &headers(pairs), 8377).is_ok()
    }

    #[test]
    fn only_loopback_names_with_our_port_pass() {
        for host in ["127.0.0.1:8377", "localhost:8377", "LOCALHOST:8377", "[::1]:8377"] {
            assert!(admits(&[("host", host)]), "{host}");
        }
        for host in [
            "evil.example:8377",
            "127.0.0.1",
            "127.0.0.1:80",
            "localhost:8377.evil.example",
            "",
            "[::1]",
            "127.0.0.1:8377:8377",
        ] {
            assert!(!admits(&[("host", host)]), "{host}");
        }
        assert!(!admits(&[]));
        let absolute = Uri::from_static("http://evil.example:8377/v1/models");
        assert!(local(&absolute, &headers(&[("host", "localhost:8377")]), 8377).is_err());
    }

    #[test]
    fn a_second_host_is_refused() {
        let mut two = headers(&[("host", "localhost:8377")]);
        two.append(HOST, HeaderValue::from_static("evil.example"));
        assert!(local(&Uri::from_static("/"), &two, 8377).is_err());
    }

    #[test]
    fn a_page_is_refused_even_from_this_computer() {
        for origin in ["https://evil.example", "http://127.0.0.1:8377", "null"] {
            assert!(!admits(&[("host", "localhost:8377"), ("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn the_token_is_found_in_each_sdks_header() {
        let tokens = Tokens::new([TokenDigest::of("sbx_1")]);
        for pair in [
            ("authorization", "Bearer sbx_1"),
            ("authorization", "bearer sbx_1"),
            ("x-api-key", "sbx_1"),
            ("x-goog-api-key", "sbx_1"),
        ] {
            assert!(token(&headers(&[pair]), &tokens, None).is_ok(), "{pair:?}");
        }
        for pair in [
            ("authorization", "Basic sbx_1"),
            ("authorization", "sbx_1"),
            ("x-api-key", "sbx_2"),
            ("cookie", "sbx_1"),
        ] {
            assert!(token(&headers(&[pair]), &tokens, None).is_err(), "{pair:?}");
        }
    }

    #[test]
    fn a_token_is_void_from_its_end_on() {
        let tokens = Tokens::default();
        let grant = Grant { expires_at: Some(Timestamp(10)), ..Grant::default() };
        tokens.replace_granted([(TokenDigest::of("sbx_1"), grant)]);
        let at = |now| token(&headers(&[("x-api-key", "sbx_1")]), &tokens, Some(Timestamp(now))).is_ok();
        assert!(at(9) && !at(10) && !at(11));
    }

    #[test]
    fn on_a_network_any_one_name_will_do_and_no_page() {
        for host in ["gateway.example", "10.0.0.7:8640", "[2001:db8::1]"] {
            assert!(network(&headers(&[("host", host)])).is_ok(), "{host}");
        }
        assert_eq!(network(&headers(&[])).unwrap_err().kind, Kind::BadRequest);
        let page = headers(&[("host", "gateway.example"), ("origin", "https://gateway.example")]);
        assert_eq!(network(&page).unwrap_err().kind, Kind::Forbidden);
    }

    #[test]
    fn forms_are_no_json() {
        assert!(is_json(&headers(&[("content-type", "application/json; charset=utf-8")])).is_ok());
        for value in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""] {
            assert!(is_json(&headers(&[("content-type", value)])).is_err(), "{value}");
        }
    }
}
