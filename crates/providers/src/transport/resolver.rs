//! Name resolution by the system, with an error of our own type: the client's cannot be told from others but by
//! its text.

use std::{error::Error, io, net::SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The host that has no address: the vendor's, or a proxy's.
#[derive(Debug, thiserror::Error)]
#[error("the name {host} has no address")]
pub(super) struct NameNotResolved {
    pub(super) host: String,
    source: io::Error,
}

pub(super) struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            let addresses = look_up(&host).await;
            addresses
                .map_err(|source| Box::new(NameNotResolved { host, source }) as Box<dyn Error + Send + Sync>)
        })
    }
}

async fn look_up(host: &str) -> io::Result<Addrs> {
    // The port is a placeholder; the client puts its own in.
    let found: Vec<SocketAddr> = tokio::net::lookup_host((host, 0)).await?.collect();
    // Plain http is allowed to `localhost`, so that name must not lead anywhere else.
    let usable: Vec<SocketAddr> =
        found.into_iter().filter(|address| host != "localhost" || address.ip().is_loopback()).collect();
    if usable.is_empty() { Err(io::ErrorKind::NotFound.into()) } else { Ok(Box::new(usable.into_iter())) }
}
