//! A system that was never used: the smallest that its packages make, of the release and from the sources of the one that
//! we run on.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};

use crate::{process, workspace};

/// Where something may bear the package's name without being the package's: its person's folder, what apt and dpkg
/// write down about what they did, and the package that it was installed from.
pub(super) const NOT_THE_PACKAGES: [&str; 4] = ["/home/", "/var/log/", "/var/cache/apt/", DELIVERED];

const DELIVERED: &str = "/root/";
const PERSON: &str = "tester";
/// What the checks ask, which is no part of the package: of a desktop, which has them.
const ASKED: [&str; 2] = ["desktop-file-utils", "libglib2.0-bin"];
/// What the driver tells the program through its environment, and the screen. All else that is set here is not set there.
const TOLD: [&str; 4] = ["DISPLAY", "GTK_THEME", "TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER"];
/// The mounts of a running system. They are in a name space of the one call, and end with it: nothing is left mounted, however
/// we end.
const ENTER: &str =
    r#"mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" && exec chroot "$@""#;

/// Its folder is deleted when dropped.
pub(super) struct System {
    root: PathBuf,
}

impl System {
    /// Makes one with a person in it.
    pub(super) fn fresh() -> anyhow::Result<Self> {
        let root = workspace::made("package");
        delete(&root)?;
        fs::create_dir_all(&root).with_context(|| format!("{} cannot be made", root.display()))?;
        let system = Self { root };
        let sources = sources()?;
        let (mirror, release) = sources
            .first()
            .map(|(mirror, release, _)| (mirror, release))
            .context("apt names no source of this release here, so there is nothing to make a system from")?;
        let words =
            ["--variant=minbase".as_ref(), release.as_ref(), system.root.as_os_str(), mirror.as_ref()];
        process::run(process::command("debootstrap", words))?;
        let lines = sources
            .iter()
            .map(|(mirror, release, component)| format!("deb {mirror} {release} {component}\n"));
        fs::write(system.path("/etc/apt/sources.list"), lines.collect::<String>())?;
        system.apt(&["update"])?;
        system.apt(&[&["install"], ASKED.as_slice()].concat())?;
        system.said(&["useradd", "--create-home", PERSON])?;
        Ok(system)
    }

    /// Installs a package file with what it depends on, and with nothing that it only recommends: a desktop has that, or has
    /// not.
    pub(super) fn install(&self, package: &Path) -> anyhow::Result<()> {
        let name = package.file_name().context("a package has no name")?.to_string_lossy().into_owned();
        let delivered = format!("{DELIVERED}{name}");
        fs::copy(package, self.path(&delivered)).context("the package cannot be copied")?;
        self.apt(&["install", &delivered])
    }

    /// A file of it, as it is called from outside.
    pub(super) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside.trim_start_matches('/'))
    }

    /// Whether something is there that is no folder: those are shared by packages. A link that leads nowhere is something.
    pub(super) fn is_file(&self, inside: &str) -> bool {
        fs::symlink_metadata(self.path(inside)).is_ok_and(|data| !data.is_dir())
    }

    pub(super) fn apt(&self, words: &[&str]) -> anyhow::Result<()> {
        let always = ["apt-get", "--yes", "--quiet=2", "--no-install-recommends"];
        process::run(self.call("root", &[always.as_slice(), words].concat()))
    }

    /// What a program in it says when root asks.
    pub(super) fn said(&self, words: &[&str]) -> anyhow::Result<String> {
        process::output(self.call("root", words))
    }

    /// What a program in it says to the person.
    pub(super) fn as_person(&self, words: &[&str]) -> anyhow::Result<String> {
        process::output(self.call(PERSON, words))
    }

    /// Names and sums of all that programs keep for the person.
    pub(super) fn persons_files(&self) -> anyhow::Result<String> {
        let kept = format!("{}/.local/share", home(PERSON));
        let files = self.said(&["find", &kept, "-type", "f", "-exec", "sha256sum", "{}", "+"])?;
        let mut files: Vec<&str> = files.lines().collect();
        files.sort_unstable();
        Ok(files.join("\n"))
    }

    /// A program here that is the one in there, started by the person.
    pub(super) fn program(&self, inside: &str) -> anyhow::Result<PathBuf> {
        let words = self.words(PERSON, &[inside]).into_iter().map(|word| quoted(&word));
        let mut words: Vec<String> = words.collect();
        let told = TOLD.iter().map(|name| format!("{name}=\"${name}\""));
        let place = words.len() - 1;
        words.splice(place..place, told);
        let file = workspace::made("package.sh");
        fs::write(&file, format!("#!/bin/sh\nexec {} \"$@\"\n", words.join(" ")))?;
        process::run(process::command("chmod", ["755".as_ref(), file.as_os_str()]))?;
        Ok(file)
    }

    /// Waits until a program of it has ended: whoever closed its window did not wait for that.
    pub(super) fn ended(&self, inside: &str) -> anyhow::Result<()> {
        let (file, end) = (self.path(inside), Instant::now() + Duration::from_secs(60));
        loop {
            let all = ["-L", "/proc", "-maxdepth", "2", "-name", "exe", "-samefile"].map(AsRef::as_ref);
            // Processes end while it looks, which it calls a failure.
            let mut find = process::command("find", all.into_iter().chain([file.as_os_str()]));
            if find.stderr(Stdio::null()).output().context("find cannot be started")?.stdout.is_empty() {
                return Ok(());
            }
            ensure!(Instant::now() < end, "{inside} does not end");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn call(&self, who: &str, words: &[&str]) -> Command {
        let words = self.words(who, words);
        let (program, arguments) = words.split_first().map_or(("", [].as_slice()), |(one, rest)| (one, rest));
        process::command(program, arguments)
    }

    /// What has to be called here for a call in there.
    fn words(&self, who: &str, words: &[&str]) -> Vec<String> {
        let root = self.root.display().to_string();
        let (user, home) = (format!("--userspec={who}:{who}"), format!("HOME={}", home(who)));
        let enter = ["unshare", "--mount", "sh", "-c", ENTER, &root, &user, &root];
        let clean = ["env", "-i", &home, "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"];
        let words = enter.iter().chain(&clean).chain(&["DEBIAN_FRONTEND=noninteractive"]).chain(words);
        words.map(|word| (*word).to_owned()).collect()
    }
}

impl Drop for System {
    fn drop(&mut self) {
        if let Err(error) = delete(&self.root) {
            println!("{} cannot be deleted: {error:#}", self.root.display());
        }
    }
}

fn home(who: &str) -> String {
    if who == "root" { "/root".to_owned() } else { format!("/home/{who}") }
}

/// Never into another file system: one that was broken off may have left a mount.
fn delete(root: &Path) -> anyhow::Result<()> {
    let words = ["-r".as_ref(), "-f".as_ref(), "--one-file-system".as_ref(), root.as_os_str()];
    process::run(process::command("rm", words))?;
    ensure!(!root.exists(), "something else is mounted in it");
    Ok(())
}

/// Mirror, release and component of what apt reads here, the release itself before its updates.
fn sources() -> anyhow::Result<Vec<(String, String, String)>> {
    let os = fs::read_to_string("/etc/os-release").context("this system does not say which it is")?;
    let release = os.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let release = release.context("this system's release has no name")?.trim_matches('"');
    let format = "$(REPO_URI) $(RELEASE) $(COMPONENT)";
    let words = ["indextargets", "--format", format, "Created-By: Packages"];
    let mut sources = of_release(release, &process::output(process::command("apt-get", words))?);
    for (mirror, ..) in &mut sources {
        if let Some(list) = mirror.strip_prefix("mirror+file:") {
            let list = fs::read_to_string(list).context("apt's list of mirrors cannot be read")?;
            *mirror = list.split_whitespace().next().context("apt's list of mirrors is empty")?.to_owned();
        }
    }
    Ok(sources)
}

fn of_release(release: &str, targets: &str) -> Vec<(String, String, String)> {
    let is_ours =
        |name: &str| name.strip_prefix(release).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let mut sources: Vec<_> = targets
        .lines()
        .filter_map(|line| match line.split(' ').collect::<Vec<_>>()[..] {
            [mirror, name, component] if is_ours(name) => Some((mirror, name, component)),
            _ => None,
        })
        .map(|(mirror, name, component)| (mirror.to_owned(), name.to_owned(), component.to_owned()))
        .collect();
    sources.sort_by_key(|(_, name, _)| name.len());
    sources.dedup();
    sources
}

/// As one word of a shell.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_itself_comes_first_and_other_peoples_sources_are_not_asked() {
        let targets = "http://m/security/ apple-security main\nhttp://m/ apple main\nhttp://m/ apple main\n\
                       http://other/ tools main\nhttp://m/ applesauce main\n";
        let sources = of_release("apple", targets);
        let names: Vec<&str> = sources.iter().map(|(_, name, _)| name.as_str()).collect();
        assert_eq!(names, ["apple", "apple-security"]);
    }

    #[test]
    fn a_word_stays_one_for_the_shell() {
        let said =
            process::output(process::command("sh", ["-c", &format!("printf %s {}", quoted("a'b $c\"d"))]));
        assert_eq!(said.unwrap(), "a'b $c\"d");
    }
}
