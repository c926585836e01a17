//! Opens a database with the key on its standard input and makes calls through an engine, several at once, saying of each that
//! was answered how many tokens it took, until somebody kills it or the daily limit of the configuration leaves no room for
//! another: then it says `full`. Beside them it has the usage log written time and again, and says `kept` with the tokens of
//! the calls that were in it by then.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use gateway::{Ask, Caller, Gateway, KeyFault, Order, Refused};
use model::{CallRequest, Catalog, ProviderId, Secret};
use providers::{Timeouts, Vendors};

/// A reload waits for the log, but not for ever: after that long it is not known to be written.
const SURELY_WRITTEN: Duration = Duration::from_secs(1);
/// Tokens of the calls that were answered.
static ANSWERED: AtomicU64 = AtomicU64::new(0);

const API_KEY: &str = "test-openai-key-0001";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let [file, vault_id, id] = std::array::from_fn(|_| arguments.next().unwrap());
    let [at_once, words, output] =
        std::array::from_fn(|_| arguments.next().unwrap().parse::<usize>().unwrap());
    let keys = std::io::read_to_string(std::io::stdin()).unwrap();
    let store = Arc::new(journeys::open_with(&keys, &file, &vault_id).await);
    let vendors = Arc::new(Vendors::new(Timeouts::default()).unwrap());
    let opened = |_: &store::Provider| Ok::<_, KeyFault>(Some(Secret::new(API_KEY)));
    let gateway = Gateway::open(store, vendors, Arc::new(opened), Catalog::bundled().unwrap()).await.unwrap();
    let id: ProviderId = id.parse().unwrap();
    let mut request = CallRequest::prompt("word ".repeat(words));
    request.max_output_tokens = Some(output as u64);
    tokio::spawn(keep(gateway.clone()));
    let callers = (0..at_once).map(|_| tokio::spawn(calls(gateway.clone(), id, request.clone())));
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap();
    }
    println!("full");
}

/// One call after the other, until the limit refuses one.
async fn calls(gateway: Gateway, id: ProviderId, request: CallRequest) {
    loop {
        let caller = Caller {
            user: "ada".into(),
            client: "tests".into(),
            sticky: None,
            request_id: None,
            application: None,
        };
        let order = Order { ask: Ask::Provider(id), task: None, request: request.clone(), caller };
        match gateway.call(order).await {
            Ok(served) => {
                let tokens = served.answer.usage.unwrap().total();
                println!("{tokens}");
                ANSWERED.fetch_add(tokens, Ordering::SeqCst);
            }
            Err(Refused::Limit { .. }) => return,
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// What is answered before the log is written is in it afterwards, whatever happens then.
async fn keep(gateway: Gateway) {
    loop {
        let (answered, began) = (ANSWERED.load(Ordering::SeqCst), Instant::now());
        gateway.reload().await.unwrap();
        if answered > 0 && began.elapsed() < SURELY_WRITTEN {
            println!("kept {answered}");
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
