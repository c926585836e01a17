//! When the form has to ask about plain http. Only the question is decided here; the desk judges the URL.

/// Whether a base URL is plain http to a host other than this computer.
pub fn asks_about_http(base_url: &str) -> bool {
    let text = base_url.trim();
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    scheme.eq_ignore_ascii_case("http") && !is_loopback(host(rest))
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
