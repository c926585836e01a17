//! Bodies that are too long.

use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    client::{TOKEN, read},
    house::friendly,
};

fn head(at: std::net::SocketAddr, framing: &str) -> String {
    format!(
        "POST /v1/messages HTTP/1.1\r\nhost: {at}\r\nx-api-key: {TOKEN}\r\ncontent-type: application/json\r\n{framing}\r\n\r\n"
    )
}

#[tokio::test]
async fn fifty_megabytes_are_refused_by_their_length_and_the_refusal_arrives() {
    let house = friendly().await;
    let at = house.server.address();
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(head(at, "content-length: 52428800").as_bytes()).await.unwrap();
    let piece = vec![b' '; 1 << 20];
    for _ in 0..50 {
        stream.write_all(&piece).await.unwrap();
    }
    let reply = read(&mut stream).await;
    assert_eq!((reply.status, reply.json()["error"]["type"].as_str()), (413, Some("request_too_large")));
}

#[tokio::test]
async fn a_body_without_a_length_is_counted_while_it_comes() {
    let house = friendly().await;
    let at = house.server.address();
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(head(at, "transfer-encoding: chunked").as_bytes()).await.unwrap();
    let piece = [b"100000\r\n".as_slice(), &vec![b' '; 1 << 20], b"\r\n"].concat();
    for _ in 0..40 {
        stream.write_all(&piece).await.unwrap();
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    assert_eq!(read(&mut stream).await.status, 413);
}

#[tokio::test]
async fn a_client_that_waits_for_leave_is_refused_before_it_sends() {
    let house = friendly().await;
    let at = house.server.address();
    let mut stream = TcpStream::connect(at).await.unwrap();
    let framing = "content-length: 52428800\r\nexpect: 100-continue";
    stream.write_all(head(at, framing).as_bytes()).await.unwrap();
    assert_eq!(read(&mut stream).await.status, 413);
}

#[tokio::test]
async fn a_body_that_breaks_off_reaches_nobody() {
    let mut house = friendly().await;
    let at = house.server.address();
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(head(at, "content-length: 100").as_bytes()).await.unwrap();
    stream.write_all(b"{\"model\":").await.unwrap();
    drop(stream);
    let reply = crate::client::send(at, "GET", "/health", &[], "").await;
    assert_eq!(reply.status, 200);
    assert!(house.asked.try_recv().is_err());
}
