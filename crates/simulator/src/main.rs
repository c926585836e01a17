//! `signalbox-simulator`: the simulator as a program of its own. No logic here.

use std::{io::Write, process::ExitCode, time::Duration};

use clap::Parser;
use model::ProviderType;
use simulator::{Fault, Options, Simulator};

/// The APIs of Gemini, OpenAI, Claude and an OpenAI-compatible server on 127.0.0.1, with faults on demand.
///
/// Prints one line of JSON with the base URLs, then serves until Ctrl-C.
#[derive(Parser)]
#[command(version, after_long_help = after_help(), after_help = "More with --help: keys, faults, control calls.")]
struct Arguments {
    /// Port to listen on; 0 takes any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Most models on one page of a list
    #[arg(long, default_value_t = 7, value_name = "N")]
    page_cap: usize,
    /// Seconds that the fault `slow` waits
    #[arg(long, default_value_t = 30, value_name = "S")]
    slow: u64,
    /// Milliseconds before the first piece of an answer
    #[arg(long, default_value_t = 0, value_name = "MS")]
    first_token: u64,
    /// Milliseconds before each further piece of a stream
    #[arg(long, default_value_t = 0, value_name = "MS")]
    chunk_delay: u64,
    /// Pieces of a streamed answer; 0 makes one of each word
    #[arg(long, default_value_t = 0, value_name = "N")]
    chunks: usize,
    /// Keep no journal of requests
    #[arg(long)]
    no_journal: bool,
    /// Pack no answers, whatever a client accepts
    #[arg(long)]
    no_gzip: bool,
    /// Stop when standard input closes, so that it ends together with the program that started it
    #[arg(long)]
    stop_with_stdin: bool,
}

fn after_help() -> String {
    format!(
        "KEYS\n  \
         test-VENDOR-key-0001     works; VENDOR is gemini, openai, claude or compatible\n  \
         test-VENDOR-FAULT-0001   fails with that fault\n  \
         sk-CANARY-...            works at every vendor\n  \
         anything else            is refused as the vendor refuses a bad key; compatible also takes no key at all\n\n\
         PROMPTS\n  \
         ... in 200 words ...     an answer of so many words\n  \
         ... call the tool ...    calls the first tool on offer, or the one that the prompt names\n  \
         ... call all tools ...   calls each tool on offer\n\n\
         FAULTS\n{}\n\
         CONTROL\n  \
         POST /control/faults     {{\"key\": \"KEY or VENDOR\", \"fault\": \"FAULT\"}}; fault null lifts it\n  \
         POST /control/usage      {{\"key\": \"KEY or VENDOR\", \"usage\": {{\"input\": 9, \"cached\": 0, \"cache_write\": 0,\n  \
         \x20                        \"cache_write_1h\": 0, \"output\": 9, \"thinking\": 0}}}}; usage null goes back to the rule\n  \
         POST /control/answer     {{\"key\": \"KEY or VENDOR\", \"text\": \"TEXT\"}}; text null goes back to the rule\n  \
         GET /control/journal     every request so far, without keys; DELETE forgets them",
        Fault::help()
    )
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let options = Options {
        port: arguments.port,
        page_cap: arguments.page_cap,
        slow_delay: Duration::from_secs(arguments.slow),
        first_token_delay: Duration::from_millis(arguments.first_token),
        chunk_delay: Duration::from_millis(arguments.chunk_delay),
        chunks: arguments.chunks,
        journal: !arguments.no_journal,
        gzip: !arguments.no_gzip,
        ..Options::default()
    };
    let simulator = Simulator::start_with(options).await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", addresses(&simulator))?;
    out.flush()?;
    tokio::select! {
        stopped = tokio::signal::ctrl_c() => stopped?,
        () = end_of_stdin(), if arguments.stop_with_stdin => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn addresses(simulator: &Simulator) -> serde_json::Value {
    let each = |url: fn(&Simulator, ProviderType) -> String| -> serde_json::Map<String, serde_json::Value> {
        ProviderType::ALL
            .into_iter()
            .map(|kind| (kind.as_str().to_owned(), url(simulator, kind).into()))
            .collect()
    };
    serde_json::json!({
        "base_urls": each(Simulator::base_url),
        "tls_base_urls": each(Simulator::tls_base_url),
        "control": format!("http://{}/control", simulator.address()),
    })
}

/// On a thread of its own: a runtime would wait for the blocking read when it stops for another reason.
async fn end_of_stdin() {
    let (ended, wait) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let closed = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        ended.send(closed.is_ok())
    });
    // An error means that the thread is gone, and with it the end that it was waiting for.
    wait.await.ok();
}
