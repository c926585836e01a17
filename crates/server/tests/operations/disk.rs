//! A disk that fills up under the running server: what is refused, what goes on, and that nothing that was acknowledged is lost.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use simulator::Simulator;

use crate::{
    issuer::{Application, CONFIGS, ask},
    program::{OPENAI_KEY, Place, Served, chat, get, send, wait_for},
};

/// A small disk in a mount namespace of its own, which a process that waits holds open.
struct SmallDisk {
    holder: Child,
    place: Place,
}

impl SmallDisk {
    /// Needs a mount namespace, which root always may make. `None`: this user may not, which is said on the terminal.
    fn mounted() -> Option<Self> {
        let mut place = Place::new();
        let script = "mount -t tmpfs -o size=16m none \"$1\" && echo mounted && exec cat";
        let mut holder = Command::new("unshare")
            .args(["--mount", "--map-root-user", "sh", "-c", script, "sh"])
            .arg(place.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.trim() != "mounted" {
            let errors = String::from_utf8(holder.wait_with_output().unwrap().stderr).unwrap();
            assert!(errors.starts_with("unshare:") && std::env::var_os("CI").is_none(), "{errors}");
            // Past the test runner, which swallows what a passing test prints.
            if let Ok(mut terminal) = File::options().write(true).open("/dev/tty") {
                let _ = writeln!(terminal, "NOT RUN: full disk, no mount namespace for this user: {errors}");
            }
            return None;
        }
        let target = holder.id().to_string();
        let through = ["nsenter", "--target", &target, "--user", "--mount", "--preserve-credentials"];
        place.through = through.map(str::to_owned).to_vec();
        Some(Self { holder, place })
    }

    /// A file on it, seen from here.
    fn file(&self, name: &str) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
        root.join(self.place.folder.path().strip_prefix("/").unwrap()).join(name)
    }

    /// Leaves so many pages free.
    fn fill(&self, pages: u64) {
        let path = self.file("filler");
        let mut filler = File::create(&path).unwrap();
        while filler.write_all(&[0; 4096]).is_ok() {}
        let full = filler.metadata().unwrap().len();
        filler.set_len(full.saturating_sub(pages * 4096)).unwrap();
    }

    fn empty(&self) {
        fs::remove_file(self.file("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // A test that failed leaves no mount behind: it goes with its last process.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

/// A server on the small disk, with who administers it.
struct OnDisk {
    served: Served,
    at: String,
    figures: String,
}

fn serve(application: &Application<'_>) -> OnDisk {
    let (mut served, at) = application.serve_with(&["--metrics", "127.0.0.1:0"]);
    let figures = served.told("figures are at http://").trim_end_matches("/metrics").to_owned();
    OnDisk { served, at, figures }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_refuses_changes_by_name_loses_nothing_and_all_comes_back_with_the_room() {
    let Some(disk) = SmallDisk::mounted() else { return };
    let simulator = Simulator::start().await.unwrap();
    disk.place.done(&["init"]);
    let token = disk.place.seeded(&simulator);
    let application = Application::over(&disk.place);
    let OnDisk { mut served, at, figures } = serve(&application);
    let admin = application.token(&json!({}));
    let change = |text: &str| {
        let body = json!({ "description": text }).to_string();
        ask(&at, "PUT", &format!("{CONFIGS}/1"), &admin, "", &body)
    };
    let shown = || ask(&at, "GET", &format!("{CONFIGS}/1"), &admin, "", "").1["data"]["description"].clone();
    let call = || send(&at, &chat(&at, &token, false));
    assert_eq!(change("before").0, 200);
    assert!(call().starts_with("HTTP/1.1 200"));
    let (mut calls, mut acknowledged) = (1, vec!["before".to_owned()]);
    // The disk ends a page later each time, so that it is another write of a change that has no room. A page may have room inside for a
    // few more rows.
    for pages in 0..12 {
        disk.fill(pages);
        let told = (0..100).find_map(|number| {
            let text = format!("room for {pages}, {number} {}", "x".repeat(1_900));
            let (status, told) = change(&text);
            if status == 200 {
                acknowledged.push(text);
            }
            assert_eq!(shown(), json!(acknowledged.last().unwrap()), "what is refused is not done");
            (status != 200).then_some((status, told))
        });
        let (status, told) = told.expect("nothing is refused although there is no room");
        let error = &told["error"];
        assert_eq!(
            (status, &error["code"], &error["message"]),
            (503, &json!("storage"), &json!("the disk is full"))
        );
        assert!(error["advice"].as_str().unwrap().contains("Nothing was changed"), "{told}");
    }
    // Calls go on, and so does reading.
    disk.fill(0);
    let more = (0..100).map(|number| format!("more {number}"));
    acknowledged.extend(more.take_while(|text| change(text).0 == 200));
    let is_behind = || get(&figures, "/metrics").contains("signalbox_usage_log_behind 1");
    for _ in 0..300 {
        assert!(call().starts_with("HTTP/1.1 200"));
        calls += 1;
        if is_behind() {
            break;
        }
    }
    wait_for("the figures do not say that the log is behind", is_behind);
    assert!(get(&at, "/healthz").starts_with("HTTP/1.1 200"));
    disk.empty();
    wait_for("it takes no changes again", || change("after").0 == 200);
    acknowledged.push("after".to_owned());
    assert!(acknowledged.len() > 24 && acknowledged.len() < 1_000, "{}", acknowledged.len());
    wait_for("usage does not come to the log", || logged(&at, &admin) == calls);
    served.signal("TERM");
    assert!(served.ended().0.success());
    let OnDisk { mut served, at, .. } = serve(&application);
    let last = ask(&at, "GET", &format!("{CONFIGS}/1"), &admin, "", "").1["data"]["description"].clone();
    assert_eq!((last, logged(&at, &admin)), (json!("after"), calls));
    // Each change that was acknowledged has its entry, and no other has one.
    let log = "/api/v1/super-admin/audit-log?action=provider.update&limit=1000";
    let log = ask(&at, "GET", log, &admin, "", "").1;
    let entries =
        log["data"].as_array().unwrap().iter().rev().map(|entry| entry["after"]["description"].clone());
    assert_eq!(entries.collect::<Vec<Value>>(), acknowledged);
    served.signal("TERM");
    assert!(served.ended().0.success());
    assert!(disk.place.done(&["audit", "verify"]).contains("all as they were written"));
    for secret in [OPENAI_KEY, &token] {
        assert!(!served.log().contains(secret));
    }
}

/// Calls in the usage log.
fn logged(at: &str, admin: &str) -> usize {
    let logs = "/api/v1/super-admin/providers/usage/logs?limit=500";
    ask(at, "GET", logs, admin, "", "").1["data"].as_array().map_or(0, Vec::len)
}
