//! Where a remote is: https, or plain http on this computer alone.

use url::{Host, Url};

/// Most characters of an address.
const LIMIT: usize = 2_048;

/// A remote's address, the part before `/api/v1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address(Url);

/// Why an address is refused: a full sentence for its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not a web address.
    #[error("Enter the server's address, for example https://api.example.com.")]
    NoAddress,
    /// Plain http to another computer.
    #[error("Use https://: over http:// to another computer, anyone on the way can read passwords and keys.")]
    Insecure,
    /// A user name, password, query or fragment.
    #[error("Enter the address alone, without a user name, question mark or # in it.")]
    Additions,
}

impl Address {
    /// Checks what was entered.
    ///
    /// # Errors
    /// See [`AddressError`]; nothing of the text is quoted.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.len() > LIMIT || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(AddressError::NoAddress);
        }
        let url = Url::parse(text.trim_end_matches('/')).map_err(|_| AddressError::NoAddress)?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(AddressError::NoAddress);
        }
        let adds = !url.username().is_empty() || url.password().is_some();
        if adds || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Additions);
        }
        let address = Self(url);
        let is_open = address.0.scheme() == "http" && !address.is_loopback();
        if is_open { Err(AddressError::Insecure) } else { Ok(address) }
    }

    /// For people: host, and port where it is not the scheme's own.
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether requests stay on this computer.
    pub(super) fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
    }

    /// The URL of one of the API's paths.
    pub(super) fn at(&self, path: &str) -> Result<Url, url::ParseError> {
        Url::parse(&format!("{}{path}", self.0.as_str().trim_end_matches('/')))
    }

    pub(super) fn url(&self) -> &Url {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_alone() {
        for open in ["http://api.example.com", "http://10.0.0.1:8080", "http://localhost.example.com"] {
            assert_eq!(Address::parse(open), Err(AddressError::Insecure), "{open}");
        }
        for closed in
            ["https://api.example.com/", "http://127.0.0.1:8080", "http://[::1]:1", "http://localhost:3"]
        {
            assert!(Address::parse(closed).is_ok(), "{closed}");
        }
    }

    #[test]
    fn an_address_is_nothing_but_an_address() {
        for bad in ["", "api", "ftp://a.example", "https://", "https://a b.example", "file:///etc/hosts"] {
            assert_eq!(Address::parse(bad), Err(AddressError::NoAddress), "{bad}");
        }
        for more in ["https://me@a.example", "https://a.example?x=1", "https://a.example#x"] {
            assert_eq!(Address::parse(more), Err(AddressError::Additions), "{more}");
        }
    }

    #[test]
    fn a_path_before_the_api_stays() {
        let address = Address::parse("https://a.example:444/app/").unwrap();
        assert_eq!(address.at("/api/v1/x?y=1").unwrap().as_str(), "https://a.example:444/app/api/v1/x?y=1");
        assert_eq!(address.host(), "a.example:444");
    }
}
