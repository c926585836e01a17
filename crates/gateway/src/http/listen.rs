//! The socket that a server listens on.

use std::{io, net::SocketAddr};

use tokio::net::{TcpListener, TcpSocket};

/// Connections that wait to be accepted. tokio's own 128 are fewer than an application's threads that all begin at once; the system
/// resets the rest, and a call that may have been made looks like one that failed. The system may allow fewer (listen(2), `somaxconn`).
const WAITING: u32 = 4_096;

/// Listens, with room for many that connect at the same time.
///
/// # Errors
/// When the address cannot be had.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // As tokio does by itself: on Windows it would let two programs have one port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(WAITING)
}

#[cfg(test)]
mod tests {
    use std::{net::Ipv4Addr, time::Duration};

    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        time::timeout,
    };

    use super::*;

    /// More than the 128 that would have room otherwise.
    const CLIENTS: usize = 400;

    #[tokio::test]
    async fn hundreds_that_connect_before_the_first_is_accepted_are_all_heard() {
        let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let mut clients = Vec::new();
        for _ in 0..CLIENTS {
            let connected = timeout(Duration::from_secs(60), TcpStream::connect(address)).await;
            let mut client = connected.expect("nobody is turned away").unwrap();
            client.write_all(b"?").await.unwrap();
            clients.push(client);
        }
        for _ in 0..CLIENTS {
            let (mut accepted, _) = listener.accept().await.unwrap();
            assert_eq!(accepted.read_u8().await.unwrap(), b'?');
            accepted.write_all(b"!").await.unwrap();
        }
        for mut client in clients {
            assert_eq!(client.read_u8().await.unwrap(), b'!');
        }
    }
}
