//! From which address a request comes. `X-Forwarded-For` is believed of trusted proxies alone, and of these only the last entry that
//! none of them wrote about another of them.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::{extract::Request, http::HeaderMap};

/// The other end of a connection, as the listener notes it.
#[derive(Clone, Copy)]
pub(crate) struct Connected(pub(crate) SocketAddr);

/// Whose request this is.
pub(crate) fn of(request: &Request, trusted: &[IpAddr]) -> IpAddr {
    let connected = request.extensions().get::<Connected>();
    let peer =
        connected.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |connected| connected.0.ip().to_canonical());
    forwarded(peer, request.headers(), trusted)
}

fn forwarded(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let hops = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = hops.flat_map(|list| list.split(',')).map(str::trim).collect();
    let mut nearest = peer;
    for hop in hops.into_iter().rev() {
        if !trusted.contains(&nearest) {
            break;
        }
        match hop.parse::<IpAddr>() {
            Ok(address) => nearest = address.to_canonical(),
            Err(_) => break,
        }
    }
    nearest
}

/// What is counted as one: an IPv4 address, or an IPv6 network of 64 bits, of which one customer has all addresses.
pub(crate) fn scope(peer: IpAddr) -> String {
    match peer {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(peer: &str, header: &str, trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", header.parse().unwrap());
        let trusted: Vec<IpAddr> = trusted.iter().map(|address| address.parse().unwrap()).collect();
        forwarded(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn a_header_is_believed_of_trusted_proxies_alone() {
        assert_eq!(from("203.0.113.9", "198.51.100.1", &[]), "203.0.113.9");
        assert_eq!(from("10.0.0.1", "198.51.100.1", &["10.0.0.1"]), "198.51.100.1");
        // What a client wrote itself stands before what the proxy added.
        assert_eq!(from("10.0.0.1", "192.0.2.7, 198.51.100.1", &["10.0.0.1"]), "198.51.100.1");
        assert_eq!(from("10.0.0.1", "198.51.100.1, 10.0.0.2", &["10.0.0.1", "10.0.0.2"]), "198.51.100.1");
        assert_eq!(from("10.0.0.1", "nonsense", &["10.0.0.1"]), "10.0.0.1");
    }

    #[test]
    fn an_ipv6_customer_is_one_however_many_addresses_there_are() {
        assert_eq!(
            scope("2001:db8:1:2:3::4".parse().unwrap()),
            scope("2001:db8:1:2:ffff::1".parse().unwrap())
        );
        assert_ne!(scope("2001:db8:1:2::1".parse().unwrap()), scope("2001:db8:1:3::1".parse().unwrap()));
    }
}
