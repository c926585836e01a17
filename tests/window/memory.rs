//! The memory of the whole window (the program, the process that draws the page, the one that would fetch for it) while
//! the vault is open, and five seconds after it was locked by its shortcut. No driver: under one the page's process stays.
//! What a person does is done by the X server's own test extension. And what anybody sees of these processes from outside:
//! their arguments, environments and output, their temporary files; and who may look further.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use journeys::{PASSWORD, Room, disguise::found_in, memory::found, share::Suite};
use model::{ProviderType, Secret};
use vault::{OpenVault, VaultFolder};

use crate::{
    marks::Marks,
    screen::Screen,
    stage::{self, Theme},
    x_keys::Keyboard,
};

/// Only a list that never listens is waited for so long.
const PATIENCE: Duration = Duration::from_secs(60);
/// Of nobody else, and never sent but by the test of a key.
const KEY: &str = "test-openai-key-0001-of-the-memory";

#[tokio::test(flavor = "multi_thread")]
async fn five_seconds_after_the_lock_nothing_is_left_in_any_process_of_the_window() -> anyhow::Result<()> {
    let suite = Suite::begin("memory_of_the_window_5_s_after_locking");
    let room = Room::open().await;
    room.save_new(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some(KEY), true)
        .await
        .map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let screen = Screen::start()?;
    let marks = Marks(data.path().join("marks"));
    let mut command = stage::command(&stage::app()?, &screen.display, &folder, Theme::Light);
    command.env("SIGNALBOX_MARKS", &marks.0);
    let outside = Outside::of(data.path(), &mut command)?;
    let mut app = tokio::process::Command::from(command).kill_on_drop(true).spawn()?;
    let id = app.id().context("the program has no number")?;
    marks.of("page_painted", "asked", Some("gate")).await?;

    let keyboard = Keyboard::of(&screen.display)?;
    keyboard.type_in(PASSWORD)?;
    let typed = canaries(&folder)?;
    ensure!(!in_all(id, &typed[..1]).is_empty(), "what was typed was not seen in any process");
    keyboard.enter()?;
    marks.of("page_painted", "asked", Some("providers")).await?;
    // The first row, and the test of its key; pressed again until the list listens, whose keys come after its first picture.
    let end = Instant::now() + PATIENCE;
    while marks.so_far("test_provider", "asked", None).is_none() {
        ensure!(Instant::now() < end, "the list listens to no key");
        keyboard.down()?;
        keyboard.type_in("t")?;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    marks.of("test_provider", "answered", None).await?;
    outside.tells_nothing(id, &typed)?;
    let drawing = web_processes(id);
    ensure!(!drawing.is_empty(), "no process draws the page: {:?}", tree(id));

    keyboard.with_control('l')?;
    marks.of("lock_vault", "answered", None).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let processes = tree(id);
    ensure!(processes.len() >= 3, "the window has only these processes: {processes:?}");
    let drawing_now = web_processes(id);
    ensure!(
        !drawing_now.is_empty() && drawing_now.iter().all(|id| !drawing.contains(id)),
        "the page is drawn by the same process as before: {drawing:?}, {drawing_now:?}"
    );
    let left = in_all(id, &typed);
    let more = serde_json::json!({ "processes": processes.len(), "found": left.len() });
    let gone =
        typed.iter().filter(|(name, _)| !left.iter().any(|place| place.contains(&format!(": {name} at"))));
    suite.survived(typed.len(), gone.count(), more);
    ensure!(left.is_empty(), "left: {left:#?}");
    outside.tells_nothing(id, &typed)?;
    app.kill().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_may_look_into_the_program_and_no_process_of_it_leaves_a_dump() -> anyhow::Result<()> {
    let data = tempfile::tempdir()?;
    let (screen, marks) = (Screen::start()?, Marks(data.path().join("marks")));
    // Without root's powers, as everybody's programs are: root's own may look into anything.
    let mut command = without_powers(&stage::app()?);
    let staged = stage::command(&stage::app()?, &screen.display, data.path(), Theme::Light);
    for (name, value) in staged.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.env("SIGNALBOX_MARKS", &marks.0).stdin(Stdio::null());
    let mut app = tokio::process::Command::from(command).kill_on_drop(true).spawn()?;
    let id = app.id().context("the program has no number")?;
    marks.of("page_painted", "asked", Some("gate")).await?;

    let mut other = without_powers(Path::new("sleep")).arg("600").spawn()?;
    // Until it is the other program, it is setpriv with all of root's powers.
    let end = Instant::now() + PATIENCE;
    while fs::read_to_string(format!("/proc/{}/comm", other.id()))?.trim() != "sleep" {
        ensure!(Instant::now() < end, "the other program does not start");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let seen = ["environ", "maps", "mem"].map(|file| (file, may_look_into(id, file)));
    let control = ["environ", "maps"].map(|file| (file, may_look_into(other.id(), file)));
    other.kill()?;
    other.wait()?;
    for (file, may) in control {
        ensure!(may?, "the looker sees no program's {file}, so that it proves nothing");
    }
    for (file, may) in seen {
        ensure!(!may?, "another program of the same person reads {file} of the program");
    }
    for (id, name) in tree(id) {
        let limits = fs::read_to_string(format!("/proc/{id}/limits"))?;
        let core = limits.lines().find(|line| line.starts_with("Max core file size")).context("no limit")?;
        let limits: Vec<&str> = core.trim_start_matches("Max core file size").split_whitespace().collect();
        ensure!(limits[..2] == ["0", "0"], "{name} may leave a dump: {core}");
    }
    app.kill().await?;
    Ok(())
}

/// The same user, and none of the capabilities by which root is more.
fn without_powers(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.arg("--bounding-set=-all").arg(program);
    command
}

/// Whether somebody with the same user, and without root's powers, may open a file of a process that holds what is in it.
/// Of its memory nothing is read: its first page is nobody's, and opening is what the kernel refuses.
fn may_look_into(id: u32, file: &str) -> anyhow::Result<bool> {
    let mut look = without_powers(Path::new("sh"));
    let opened = look.args(["-c", &format!("exec 3< /proc/{id}/{file}")]).stderr(Stdio::null()).status();
    Ok(opened.context("there is no setpriv")?.success())
}

/// What a process shows to others without being looked into.
struct Outside {
    temporary: PathBuf,
    output: [PathBuf; 2],
}

impl Outside {
    /// Has the program write into files and a temporary folder of the test's own.
    fn of(folder: &Path, command: &mut Command) -> anyhow::Result<Self> {
        let temporary = folder.join("temporary");
        fs::create_dir(&temporary)?;
        let output = ["stdout", "stderr"].map(|name| folder.join(name));
        command.env("TMPDIR", &temporary);
        command.stdout(fs::File::create(&output[0])?).stderr(fs::File::create(&output[1])?);
        Ok(Self { temporary, output })
    }

    /// Arguments and environment of every process, what they wrote, and their temporary files.
    fn tells_nothing(&self, id: u32, canaries: &[journeys::memory::Canary]) -> anyhow::Result<()> {
        let of_processes = tree(id).into_iter().flat_map(|(id, _)| {
            ["cmdline", "environ"].map(|file| PathBuf::from(format!("/proc/{id}/{file}")))
        });
        let own = fs::read(format!("/proc/{id}/environ"))?;
        ensure!(found_in(&own, "SIGNALBOX_MARKS").is_some(), "the environment cannot be read");
        let places = of_processes.chain(self.output.clone()).chain(files(&self.temporary));
        for place in places {
            // A process or a file may be gone by now.
            let Ok(bytes) = fs::read(&place) else { continue };
            for (name, needle) in canaries {
                let plain = memchr::memmem::find(&bytes, needle).is_some();
                let disguised = str::from_utf8(needle).is_ok_and(|text| found_in(&bytes, text).is_some());
                ensure!(!plain && !disguised, "{} tells the {name}", place.display());
            }
        }
        Ok(())
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    // A socket or a pipe holds nothing, and reading it may never end.
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.is_file())
        .collect()
}

/// The processes that draw the page.
fn web_processes(id: u32) -> Vec<u32> {
    // The kernel cuts names to 15 characters.
    tree(id).into_iter().filter(|(_, name)| name == "WebKitWebProces").map(|(id, _)| id).collect()
}

/// The password, the API key, and the database's key.
fn canaries(folder: &Path) -> anyhow::Result<Vec<journeys::memory::Canary>> {
    let open = OpenVault::unlock(&VaultFolder::new(folder), &Secret::new(PASSWORD));
    let open = open.map_err(|error| anyhow::anyhow!("{error}"))?;
    let hex = open.database_key().expose_hex().to_owned();
    let byte = |at: usize| u8::from_str_radix(&hex[at * 2..][..2], 16);
    let raw = (0..32).map(byte).collect::<Result<Vec<u8>, _>>()?;
    Ok(vec![("password", PASSWORD.into()), ("api key", KEY.into()), ("database key", raw)])
}

fn in_all(id: u32, canaries: &[journeys::memory::Canary]) -> Vec<String> {
    let all = tree(id).into_iter().flat_map(|(id, name)| {
        found(id, canaries)
            .into_iter()
            .map(move |(canary, place)| format!("{name} ({id}): {canary} at {place}"))
    });
    all.collect()
}

/// A process and all that it started, with their names.
fn tree(id: u32) -> Vec<(u32, String)> {
    let mut all = vec![id];
    let mut at = 0;
    while let Some(parent) = all.get(at).copied() {
        let tasks = fs::read_dir(format!("/proc/{parent}/task")).into_iter().flatten().flatten();
        let children = tasks.filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
        let children: Vec<u32> = children
            .flat_map(|line| line.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
            .collect();
        all.extend(children);
        at += 1;
    }
    let named = |id: u32| {
        let name = fs::read_to_string(format!("/proc/{id}/comm")).ok()?;
        Some((id, name.trim().to_owned()))
    };
    all.into_iter().filter_map(named).collect()
}
