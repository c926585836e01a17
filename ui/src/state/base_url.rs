//! When the form has to ask about plain http. Only the question is decided here; the desk judges the URL.

/// Whether a base URL is plain http to a host other than this computer.
pub fn asks_about_http(base_url: &str) -> bool {
    let text = base_url.trim();
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    scheme.eq_ignore_ascii_case("http") && !is_loopback(host(rest))
}

/// Whether a base URL leads to this computer or its own network, where another computer finds somebody else or nobody.
pub fn is_private(base_url: &str) -> bool {
    let Some((_, rest)) = base_url.trim().split_once("://") else { return false };
    let host = host(rest).trim_end_matches('.').to_ascii_lowercase();
    if let Ok(v4) = host.parse::<std::net::Ipv4Addr>() {
        return v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified();
    }
    if let Ok(v6) = host.parse::<std::net::Ipv6Addr>() {
        let first = v6.segments()[0];
        // Unique local (RFC 4193) and link local addresses.
        return v6.is_loopback()
            || v6.is_unspecified()
            || first & 0xfe00 == 0xfc00
            || first & 0xffc0 == 0xfe80;
    }
    let of_network = [".local", ".lan", ".internal", ".home.arpa"];
    is_loopback(&host) || !host.contains('.') || of_network.iter().any(|end| host.ends_with(end))
}

fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let address = authority.rsplit('@').next().unwrap_or_default();
    match address.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => address.split(':').next().unwrap_or_default(),
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let v4 = host.parse::<std::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback());
    let v6 = host.parse::<std::net::Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    host == "localhost" || host.ends_with(".localhost") || v4 || v6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_and_https_need_no_question() {
        for url in [
            "https://lab.example",
            "http://localhost:11434/v1",
            "http://127.0.0.8",
            "HTTP://[::1]:80/v1",
            "",
            "http",
        ] {
            assert!(!asks_about_http(url), "{url}");
        }
    }

    #[test]
    fn what_no_other_computer_reaches_is_told_from_the_world() {
        for near in [
            "http://localhost:11434/v1",
            "http://10.0.0.4:8000",
            "https://192.168.1.7",
            "http://[fd00::1]:80",
            "http://[fe80::1]",
            "https://nas",
            "https://lab.local/v1",
        ] {
            assert!(is_private(near), "{near}");
        }
        for far in ["https://api.openai.com/v1", "https://203.0.113.9", "https://[2001:db8::1]/", "", "x"] {
            assert!(!is_private(far), "{far}");
        }
    }

    #[test]
    fn another_host_is_asked_about_however_it_is_dressed() {
        for url in [
            "http://lab.example/v1",
            "http://10.0.0.4:8000",
            "HTTP://localhost@lab.example",
            "http://127.0.0.1.example",
        ] {
            assert!(asks_about_http(url), "{url}");
        }
    }
}
