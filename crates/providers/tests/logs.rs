//! Nothing of a key reaches the log, not even at its finest level and from the libraries underneath.

mod rig;

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use model::{CallRequest, ProviderType};
use simulator::Fault;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::rig::{FACES, Rig, model_of};

/// What a person says, and what the simulator repeats in its answers.
const PROMPT: &str = "a private matter of mine";

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::ErrorKind::Other)?.write(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_at_its_finest_holds_no_part_of_a_key() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_ansi(false)
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .init();
    let rig = Rig::start().await;
    for vendor in ProviderType::ALL {
        for fault in
            [None, Some(Fault::BadKey), Some(Fault::Cut), Some(Fault::Redirect), Some(Fault::EchoKey)]
        {
            rig.simulator.set_fault(rig.key, fault);
            rig.test(vendor).await;
        }
        rig.test_at(vendor, &rig.simulator.tls_base_url(vendor), model_of(vendor)).await;
    }
    for face in FACES {
        for fault in [None, Some(Fault::BadKey), Some(Fault::StreamCut), Some(Fault::EchoKey)] {
            rig.simulator.set_fault(rig.key, fault);
            // Failures are wanted here as well as answers: only the log is looked at.
            let _ = rig.call(face, &CallRequest::prompt(PROMPT)).await;
            let _ = rig.stream(face, &CallRequest::prompt(PROMPT)).await;
        }
    }
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("credential test") && text.contains("TRACE hyper_util"), "{text}");
    assert!(text.contains("rustls"), "{text}");
    assert!(!text.contains(rig.key), "{text}");
    rig.assert_not_in(&text);
    assert!(!text.contains(PROMPT), "nothing that is said is logged");
}
