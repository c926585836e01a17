//! What goes wrong between here and the vendor: names, ports, TLS, proxies, redirects.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

mod rig;

use std::{
    net::TcpListener,
    process::Command,
    time::{Duration, Instant},
};

use model::{ProviderType, TestOutcome, TestReport};
use providers::{BaseUrl, Target, Timeouts, Vendors};
use simulator::{Certificate, Fault, Listener, Options, Simulator};

use crate::rig::{Rig, model_of};

/// Set for the child that plays the program under test in an environment of its own.
const CHILD: &str = "SIGNALBOX_TEST_CHILD_BASE_URL";
/// What the child is to be told.
const SAID: &str = "SIGNALBOX_TEST_CHILD_IS_TOLD";

async fn compatible(rig: &Rig, base_url: &str) -> TestReport {
    rig.test_at(ProviderType::OpenAiCompatible, base_url, "qwen3:8b").await
}

#[tokio::test]
async fn a_certificate_that_nobody_signed_is_refused_before_the_key_is_sent() {
    let rig = Rig::start().await;
    for vendor in ProviderType::ALL {
        let report = rig.test_at(vendor, &rig.simulator.tls_base_url(vendor), model_of(vendor)).await;
        assert_eq!(report.outcome, TestOutcome::TlsFailed, "{report:?}");
        assert!(report.message.contains("not signed by anyone whom this computer trusts"), "{report:?}");
        rig.assert_keeps_the_key(&report);
    }
    assert_eq!(rig.simulator.journal(), []);
}

#[tokio::test]
async fn tls_to_a_port_that_speaks_plain_http_says_so() {
    let rig = Rig::start().await;
    let report =
        compatible(&rig, &rig.simulator.base_url(ProviderType::OpenAiCompatible).replace("http:", "https:"))
            .await;
    assert_eq!(report.outcome, TestOutcome::TlsFailed);
    assert!(report.message.contains("does not speak TLS"), "{report:?}");
}

#[tokio::test]
async fn a_closed_port_is_no_connection() {
    let rig = Rig::start().await;
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let report = compatible(&rig, &format!("http://{free}/v1")).await;
    assert_eq!(report.outcome, TestOutcome::NoConnection);
    assert_eq!(report.message, format!("Nothing accepts connections at {free}."));
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_in_time() {
    let rig = Rig::impatient().await;
    // The kernel accepts into the backlog; nobody ever reads.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let started = Instant::now();
    let report = compatible(&rig, &format!("http://{}/v1", silent.local_addr().unwrap())).await;
    assert_eq!(report.outcome, TestOutcome::TimedOut);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn what_does_not_speak_http_is_a_wrong_base_url() {
    use std::io::{Read, Write};
    let rig = Rig::start().await;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // After the question: what comes earlier may be lost together with the connection.
        assert!(stream.read(&mut [0; 1024]).unwrap() > 0);
        stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n").unwrap();
        // Read to the end, so that no reset overtakes the greeting.
        std::io::copy(&mut stream, &mut std::io::sink()).ok();
    });
    let report = compatible(&rig, &format!("http://{address}")).await;
    assert_eq!(report.outcome, TestOutcome::WrongBaseUrl, "{report:?}");
    drop(rig);
    server.join().unwrap();
}

#[tokio::test]
async fn a_redirect_to_another_host_is_reported_and_never_carries_the_key() {
    let rig = Rig::start().await;
    for vendor in ProviderType::ALL {
        rig.simulator.set_fault(rig.key, Some(Fault::Redirect));
        let report = rig.test(vendor).await;
        assert_eq!(report.outcome, TestOutcome::Redirected);
        assert!(report.message.contains("The key was not sent there."), "{report:?}");
    }
    let journal = rig.simulator.journal();
    assert_eq!(journal.len(), 4);
    assert!(journal.iter().all(|entry| entry.listener == Listener::Plain), "{journal:?}");
}

#[tokio::test]
async fn a_redirect_within_the_same_host_is_followed_with_the_key() {
    let rig = Rig::start().await;
    rig.simulator.set_fault(rig.key, Some(Fault::Moved));
    let report = rig.test(ProviderType::OpenAi).await;
    assert_eq!(report.outcome, TestOutcome::Works);
    let journal = rig.simulator.journal();
    assert_eq!(journal.len(), 2);
    assert!(journal.iter().all(|entry| entry.credential.as_deref() == Some("canary")), "{journal:?}");
}

/// Of a host that is trusted, on the way to which the answer may have been altered.
#[tokio::test]
async fn a_redirect_from_https_to_http_of_the_same_host_is_refused_and_never_carries_the_key() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::Redirected, "{report:?}");
        assert!(report.message.contains("The key was not sent there."), "{report:?}");
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    simulator.set_fault("compatible", Some(Fault::Downgrade));
    let file = std::env::temp_dir().join(format!("signalbox-test-{}-downgrade.pem", std::process::id()));
    std::fs::write(&file, simulator.certificate_pem()).unwrap();
    let path = file.to_str().unwrap().to_owned();
    let base_url = simulator.tls_base_url(ProviderType::OpenAiCompatible);
    let this = "a_redirect_from_https_to_http_of_the_same_host_is_refused_and_never_carries_the_key";
    run_blocking(move || in_child(this, &base_url, &[("SSL_CERT_FILE", &path)])).await;
    std::fs::remove_file(&file).unwrap();
    // The one question over TLS, and nobody followed.
    let journal = simulator.journal();
    assert_eq!(journal.len(), 1, "{journal:?}");
    assert_eq!(journal[0].listener, Listener::Tls);
}

#[tokio::test]
async fn a_forgotten_version_in_the_base_url_is_suggested() {
    let rig = Rig::start().await;
    let base_url = rig.simulator.base_url(ProviderType::OpenAiCompatible);
    let report = compatible(&rig, base_url.strip_suffix("/v1").unwrap()).await;
    assert_eq!(report.outcome, TestOutcome::WrongBaseUrl);
    assert!(report.advice.contains(&format!("try {base_url}.")), "{report:?}");
}

#[tokio::test]
async fn another_vendors_api_is_recognised() {
    let rig = Rig::start().await;
    for (asked, found) in [
        (ProviderType::OpenAi, ProviderType::Gemini),
        (ProviderType::Claude, ProviderType::OpenAi),
        (ProviderType::Gemini, ProviderType::OpenAi),
    ] {
        let base_url = rig.simulator.base_url(found);
        let report = rig.test_at(asked, &base_url, model_of(asked)).await;
        assert_eq!(report.outcome, TestOutcome::WrongBaseUrl, "{report:?}");
        assert!(report.advice.contains(&format!("type {}", found.label())), "{report:?}");
    }
}

#[tokio::test]
async fn dropping_the_test_closes_its_connection() {
    let simulator = Simulator::start().await.unwrap();
    let vendors = Vendors::new(Timeouts::default()).unwrap();
    let base_url =
        BaseUrl::parse(&simulator.base_url(ProviderType::OpenAi), ProviderType::OpenAi, false).unwrap();
    let target = Target {
        provider_type: ProviderType::OpenAi,
        base_url: &base_url,
        api_key: Some("test-openai-stall-0001"),
        model_name: "o3",
    };
    let cancelled = tokio::time::timeout(Duration::from_millis(300), vendors.test_credentials(&target)).await;
    assert!(cancelled.is_err());
    assert_eq!(simulator.journal().len(), 1);
}

/// The environment belongs to the whole process, so each of these runs this very test again in a child.
fn in_child(test: &str, base_url: &str, variables: &[(&str, &str)]) {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args([test, "--exact", "--nocapture", "--test-threads=1"]).env(CHILD, base_url);
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        child.env_remove(name).env_remove(name.to_uppercase());
    }
    let output = child.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.contains("1 passed"), "the child did not run {test}: {output}");
}

/// In the child: one test against the base URL of its environment.
async fn child_report() -> Option<TestReport> {
    let base_url = std::env::var(CHILD).ok()?;
    let rig = Rig::start().await;
    Some(compatible(&rig, &base_url).await)
}

#[tokio::test]
async fn a_name_without_address_is_told_from_a_closed_port() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::NameNotResolved, "{report:?}");
        assert!(report.message.contains("signalbox-test.invalid"), "{report:?}");
        return;
    }
    let this = "a_name_without_address_is_told_from_a_closed_port";
    for base_url in ["http://signalbox-test.invalid/v1", "https://signalbox-test.invalid/v1"] {
        in_child(this, base_url, &[]);
    }
}

#[tokio::test]
async fn the_environments_proxy_is_used_for_other_hosts() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::Works, "{report:?}");
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    let proxy = format!("http://{}", simulator.address());
    let this = "the_environments_proxy_is_used_for_other_hosts";
    run_blocking(move || in_child(this, "http://vendor.invalid/compatible/v1", &[("http_proxy", &proxy)]))
        .await;
    let journal = simulator.journal();
    // Twice: with the key, and to see whether the list is there for anyone.
    assert_eq!(journal.len(), 2);
    assert!(journal.iter().all(|entry| entry.host == "vendor.invalid"), "{journal:?}");
}

#[tokio::test]
async fn the_environments_proxy_is_not_used_for_this_computer() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::Works, "{report:?}");
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    let proxy = Simulator::start().await.unwrap();
    let base_url = simulator.base_url(ProviderType::OpenAiCompatible);
    let proxy_url = format!("http://{}", proxy.address());
    let this = "the_environments_proxy_is_not_used_for_this_computer";
    run_blocking(move || in_child(this, &base_url, &[("http_proxy", &proxy_url)])).await;
    assert_eq!((simulator.journal().len(), proxy.journal().len()), (2, 0));
}

#[tokio::test]
async fn a_certificate_of_the_systems_own_authorities_is_accepted() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::Works, "{report:?}");
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    let file = std::env::temp_dir().join(format!("signalbox-test-{}.pem", std::process::id()));
    std::fs::write(&file, simulator.certificate_pem()).unwrap();
    let base_url = simulator.tls_base_url(ProviderType::OpenAiCompatible);
    let this = "a_certificate_of_the_systems_own_authorities_is_accepted";
    let path = file.to_str().unwrap().to_owned();
    run_blocking(move || in_child(this, &base_url, &[("SSL_CERT_FILE", &path)])).await;
    std::fs::remove_file(&file).unwrap();
    assert_eq!(simulator.journal()[0].listener, Listener::Tls);
}

/// Both are signed by somebody whom this computer trusts.
#[tokio::test]
async fn certificates_past_their_date_and_of_other_hosts_are_refused_before_the_key_is_sent() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::TlsFailed, "{report:?}");
        let said = std::env::var(SAID).unwrap();
        assert!(report.message.contains(&said), "{said}: {report:?}");
        return;
    }
    for (certificate, said) in
        [(Certificate::Expired, "past its date"), (Certificate::OfAnotherHost, "belongs to another host")]
    {
        let simulator = Simulator::start_with(Options { certificate, ..Options::default() }).await.unwrap();
        let file =
            std::env::temp_dir().join(format!("signalbox-test-{}-{certificate:?}.pem", std::process::id()));
        std::fs::write(&file, simulator.certificate_pem()).unwrap();
        let path = file.to_str().unwrap().to_owned();
        let base_url = simulator.tls_base_url(ProviderType::OpenAiCompatible);
        let this = "certificates_past_their_date_and_of_other_hosts_are_refused_before_the_key_is_sent";
        run_blocking(move || in_child(this, &base_url, &[("SSL_CERT_FILE", &path), (SAID, said)])).await;
        std::fs::remove_file(&file).unwrap();
        assert_eq!(simulator.journal(), [], "{certificate:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_body_without_end_does_not_fill_the_memory() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::NotUnderstood, "{report:?}");
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(kib < 96 * 1024, "{kib} KiB at the peak");
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    for fault in [Fault::Huge, Fault::GzipBomb] {
        simulator.set_fault("compatible", Some(fault));
        let base_url = simulator.base_url(ProviderType::OpenAiCompatible);
        run_blocking(move || in_child("a_body_without_end_does_not_fill_the_memory", &base_url, &[])).await;
    }
}

#[tokio::test]
async fn a_proxy_that_opens_no_tunnel_is_no_connection() {
    if let Some(report) = child_report().await {
        assert_eq!(report.outcome, TestOutcome::NoConnection, "{report:?}");
        assert!(report.advice.contains("HTTPS_PROXY"), "{report:?}");
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    let proxy = format!("http://{}", simulator.address());
    let this = "a_proxy_that_opens_no_tunnel_is_no_connection";
    run_blocking(move || in_child(this, "https://vendor.invalid/v1", &[("https_proxy", &proxy)])).await;
    let journal = simulator.journal();
    assert_eq!((journal.len(), journal[0].method.as_str()), (1, "CONNECT"));
    assert!(!journal[0].header_names.contains(&"authorization".to_owned()), "{journal:?}");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_computer_without_certificates_says_so_and_still_reaches_its_own_servers() {
    if let Ok(base_url) = std::env::var(CHILD) {
        let rig = Rig::start().await;
        let report = compatible(&rig, &base_url).await;
        assert_eq!(report.outcome, TestOutcome::TlsFailed);
        assert!(report.message.contains("has no certificates"), "{report:?}");
        assert_eq!(rig.test(ProviderType::OpenAi).await.outcome, TestOutcome::Works);
        return;
    }
    let simulator = Simulator::start().await.unwrap();
    let base_url = simulator.tls_base_url(ProviderType::OpenAiCompatible);
    let nothing = [("SSL_CERT_FILE", "/nonexistent/file.pem"), ("SSL_CERT_DIR", "/nonexistent")];
    let this = "a_computer_without_certificates_says_so_and_still_reaches_its_own_servers";
    run_blocking(move || in_child(this, &base_url, &nothing)).await;
}

/// Keeps this runtime, and with it the simulator, going while a child runs.
async fn run_blocking(run: impl FnOnce() + Send + 'static) {
    tokio::task::spawn_blocking(run).await.unwrap();
}
