//! Base URLs as a person enters them, checked so that a key never leaves in the clear by oversight.

use model::{ProviderType, draft::BASE_URL_LIMIT, text::group_digits};
use url::{Host, Url};

/// Where a provider is served: `https`, or `http` where that is allowed; no credentials, query or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    /// Without a trailing slash.
    text: String,
}

/// Why a base URL is refused: a full sentence for its field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Nothing entered where there is no default.
    #[error("Enter the server's address, for example http://localhost:11434/v1 for Ollama.")]
    Missing,
    /// More characters than the field holds.
    #[error("Shorten the address to {} characters.", group_digits(BASE_URL_LIMIT as u128))]
    TooLong,
    /// A blank or control character.
    #[error("Remove the blank or invisible character from the address.")]
    Invisible,
    /// Another scheme than http and https, or none.
    #[error("Start the address with https://, or with http:// for a server on this computer.")]
    Scheme,
    /// No host, or one that cannot be.
    #[error("Enter an address with a valid host name, for example https://gateway.example.com/v1.")]
    Host,
    /// A user name or password before the host.
    #[error("Remove the user name and password from the address; the key has its own field.")]
    Credentials,
    /// A query.
    #[error("Remove the part of the address from the question mark on.")]
    Query,
    /// A fragment.
    #[error("Remove the part of the address from the # on.")]
    Fragment,
    /// Plain http to another computer.
    #[error(
        "Use https://: over http:// to another computer, anyone on the way can read the key. You can allow it for this provider."
    )]
    Insecure,
}

impl BaseUrl {
    /// Checks and normalises what was entered; an empty text means the vendor's own address.
    ///
    /// # Errors
    /// See [`BaseUrlError`]; nothing of the text is quoted.
    pub fn parse(
        text: &str,
        provider_type: ProviderType,
        allow_insecure_http: bool,
    ) -> Result<Self, BaseUrlError> {
        let text = match text.trim() {
            "" => provider_type.default_base_url().ok_or(BaseUrlError::Missing)?,
            entered => entered,
        };
        let url = parse_http(text)?;
        refuse_additions(&url)?;
        if url.scheme() == "http" && !is_loopback(&url) && !allow_insecure_http {
            return Err(BaseUrlError::Insecure);
        }
        let text = url.as_str().trim_end_matches('/').to_owned();
        // Escaping makes a letter up to twelve characters long, and it is this form that is kept.
        if text.len() > BASE_URL_LIMIT {
            return Err(BaseUrlError::TooLong);
        }
        let url = Url::parse(&text).map_err(|_| BaseUrlError::Host)?;
        Ok(Self { url, text })
    }

    /// The address without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and, where it is not the scheme's own, port: for people.
    pub(crate) fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// The last segment of the path, empty when there is none.
    pub(crate) fn last_segment(&self) -> &str {
        self.url.path().rsplit('/').next().unwrap_or_default()
    }

    /// A URL below this one. Each segment is escaped, slashes in it included.
    pub(crate) fn below(&self, segments: &[&str]) -> Url {
        let mut url = self.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

fn parse_http(text: &str) -> Result<Url, BaseUrlError> {
    if text.chars().count() > BASE_URL_LIMIT {
        return Err(BaseUrlError::TooLong);
    }
    // The parser would drop tabs and line breaks silently and escape the rest.
    if model::text::check(text, BASE_URL_LIMIT, false).is_err() || text.contains(char::is_whitespace) {
        return Err(BaseUrlError::Invisible);
    }
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
        Ok(_) | Err(url::ParseError::RelativeUrlWithoutBase) => Err(BaseUrlError::Scheme),
        Err(_) => Err(BaseUrlError::Host),
    }
}

fn refuse_additions(url: &Url) -> Result<(), BaseUrlError> {
    if !url.username().is_empty() || url.password().is_some() {
        return Err(BaseUrlError::Credentials);
    }
    if url.query().is_some() {
        return Err(BaseUrlError::Query);
    }
    if url.fragment().is_some() { Err(BaseUrlError::Fragment) } else { Ok(()) }
}

/// Whether requests to this URL stay on this computer.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compatible(text: &str) -> Result<String, BaseUrlError> {
        BaseUrl::parse(text, ProviderType::OpenAiCompatible, false).map(|url| url.text)
    }

    #[test]
    fn an_empty_text_means_the_vendors_own_address() {
        for kind in [ProviderType::Gemini, ProviderType::OpenAi, ProviderType::Claude] {
            assert_eq!(BaseUrl::parse("  ", kind, false).unwrap().as_str(), kind.default_base_url().unwrap());
        }
        assert_eq!(compatible(""), Err(BaseUrlError::Missing));
    }

    #[test]
    fn a_trailing_slash_and_a_default_port_are_dropped() {
        assert_eq!(compatible(" https://Example.com:443/v1// ").unwrap(), "https://example.com/v1");
        assert_eq!(compatible("http://localhost:11434/").unwrap(), "http://localhost:11434");
    }

    #[test]
    fn http_is_for_this_computer_unless_it_is_allowed() {
        for good in
            ["http://localhost:1/v1", "http://127.0.0.1:8080", "http://127.9.9.9", "http://[::1]:80/v1"]
        {
            assert!(compatible(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.com/v1",
            "http://192.168.1.9:11434",
            "http://localhost.example.com",
            "http://[::ffff:8.8.8.8]",
            "http://0.0.0.0:11434",
        ] {
            assert_eq!(compatible(bad), Err(BaseUrlError::Insecure), "{bad}");
            assert!(BaseUrl::parse(bad, ProviderType::OpenAiCompatible, true).is_ok(), "{bad}");
        }
    }

    #[test]
    fn what_does_not_belong_into_a_base_url_is_refused_by_name() {
        let cases = [
            ("ftp://example.com", BaseUrlError::Scheme),
            ("file:///etc/passwd", BaseUrlError::Scheme),
            ("api.openai.com/v1", BaseUrlError::Scheme),
            ("localhost:11434/v1", BaseUrlError::Scheme),
            ("javascript:alert(1)", BaseUrlError::Scheme),
            ("https://", BaseUrlError::Host),
            ("https://exa mple.com", BaseUrlError::Invisible),
            ("https://example.com/\u{202E}1v", BaseUrlError::Invisible),
            ("https://exam\nple.com", BaseUrlError::Invisible),
            ("https://[::1", BaseUrlError::Host),
            ("https://example.com:99999", BaseUrlError::Host),
            ("https://user:pass@example.com", BaseUrlError::Credentials),
            ("https://user@example.com", BaseUrlError::Credentials),
            ("https://example.com/v1?key=1", BaseUrlError::Query),
            ("https://example.com/v1#models", BaseUrlError::Fragment),
        ];
        for (text, error) in cases {
            assert_eq!(compatible(text), Err(error), "{text}");
        }
        assert_eq!(
            compatible(&format!("https://example.com/{}", "v".repeat(BASE_URL_LIMIT))),
            Err(BaseUrlError::TooLong)
        );
    }

    #[test]
    fn a_slash_in_a_models_name_stays_one_segment() {
        let base = BaseUrl::parse("https://example.com/v1", ProviderType::OpenAiCompatible, false).unwrap();
        assert_eq!(base.below(&["models", "a/b?c"]).as_str(), "https://example.com/v1/models/a%2Fb%3Fc");
        assert_eq!((base.host().as_str(), base.last_segment()), ("example.com", "v1"));
    }
}
