//! Ten thousand clients that wait in the middle of a stream: each has its first piece, and gets the rest when all are there. Where
//! the system gives a process too few sockets (each client takes two of the server's), several servers on one PostgreSQL share them,
//! as they do in production.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use bytes::Bytes;
use figures::{Figures, Goal};
use http_body_util::{BodyExt as _, Full};
use hyper::{Request, StatusCode, body::Incoming, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use rig_postgres::Postgres;
use tokio::{
    net::TcpStream,
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    bound, check,
    child::Running,
    open_files,
    place::{Place, Served},
    shapes,
};

/// Sockets of a server that are not its clients' or vendors'.
const OTHERS: u64 = 400;
/// Clients that come at once.
const AT_ONCE: usize = 64;
/// How long they wait in silence once all are there. A vendor's silence of two minutes ends a call.
const SILENCE: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_secs(90);

pub async fn measure(postgres: &Postgres, figures: &mut Figures) -> anyhow::Result<()> {
    let wanted: u64 = bound("STREAMS", 10_000);
    let each = (open_files().saturating_sub(OTHERS) / 2).min(wanted).max(1);
    let servers = wanted.div_ceil(each);
    let mut hold = Running::start(&std::env::current_exe()?, &["hold"], "")?;
    let on = (servers > 1).then_some(postgres);
    let place = Place::make(on, &hold.first_line).await?;
    let served = (0..usize::try_from(servers)?).map(|number| place.serve(number));
    let served = served.collect::<anyhow::Result<Vec<Served>>>()?;
    let memory =
        |served: &[Served]| served.iter().map(|one| one.memory("VmRSS:")).sum::<anyhow::Result<f64>>();
    let before = memory(&served)?;
    let (held, began) = (Arc::new(AtomicU64::new(0)), Instant::now());
    let addresses: Vec<String> = served.iter().map(|one| one.address.clone()).collect();
    let clients = come(&addresses, &place.token, wanted, &held);
    tokio::pin!(clients);
    let all_there = async {
        while held.load(Ordering::Relaxed) < wanted && began.elapsed() < PATIENCE {
            sleep(Duration::from_millis(20)).await;
        }
        sleep(SILENCE).await;
    };
    tokio::select! {
        ended = &mut clients => anyhow::bail!("streams ended before they were told to: {ended:?}"),
        () = all_there => {}
    }
    figures.note("idle_streams_held", held.load(Ordering::Relaxed) as f64, "", Goal::AtLeast(10_000.0));
    figures.note("idle_streams_servers", servers as f64, "", Goal::None);
    let kib = 1024.0 * (memory(&served)? - before) / held.load(Ordering::Relaxed) as f64;
    figures.note("idle_stream_memory", kib, "KiB", Goal::None);
    hold.tell(b"\n")?;
    let ended = timeout(PATIENCE, clients).await.context("streams do not end")??;
    for one in served {
        one.end()?;
    }
    let logged = place.logged().await?;
    ensure!(logged == ended, "{ended} streams ended well, and the log holds {logged}");
    Ok(())
}

/// All clients, a few at a time; how many streams ended as they should.
async fn come(addresses: &[String], token: &str, wanted: u64, held: &Arc<AtomicU64>) -> anyhow::Result<u64> {
    let (door, mut clients) = (Arc::new(Semaphore::new(AT_ONCE)), JoinSet::new());
    for number in 0..wanted {
        let address = addresses[usize::try_from(number)? % addresses.len()].clone();
        let (door, token, held) = (Arc::clone(&door), format!("Bearer {token}"), Arc::clone(held));
        clients.spawn(async move {
            let coming = door.acquire_owned().await?;
            let (body, mut stream) = first_piece(&address, &token).await?;
            held.fetch_add(1, Ordering::Relaxed);
            drop(coming);
            rest(body, &mut stream).await
        });
    }
    let mut ended = 0;
    while let Some(one) = clients.join_next().await {
        one??;
        ended += 1;
    }
    Ok(ended)
}

async fn first_piece(address: &str, token: &str) -> anyhow::Result<(Incoming, check::Stream)> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move {
        // What went wrong shows in the call that it went wrong in.
        connection.await.ok();
    });
    let body = shapes::request("What does this posting ask for?", true).to_string();
    let request = Request::post("/v1/chat/completions")
        .header(header::HOST, address)
        .header(header::AUTHORIZATION, token)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from(body)))?;
    let response = sender.send_request(request).await?;
    ensure!(response.status() == StatusCode::OK, "status {}", response.status());
    let (mut body, mut heard) = (response.into_body(), check::Stream::default());
    loop {
        let frame = body.frame().await.context("a stream ended at once")??;
        let Ok(bytes) = frame.into_data() else { continue };
        if heard.hear(&bytes)? {
            return Ok((body, heard));
        }
    }
}

async fn rest(mut body: Incoming, heard: &mut check::Stream) -> anyhow::Result<()> {
    while let Some(frame) = body.frame().await {
        if let Ok(bytes) = frame?.into_data() {
            heard.hear(&bytes)?;
        }
    }
    heard.end()
}
