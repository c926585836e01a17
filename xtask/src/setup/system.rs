//! System packages: installed on Debian and its kin, named on every other system.

use std::fs;

use anyhow::{bail, ensure};

use crate::process;

/// A reason to install something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Compiler,
    Perl,
    WebView,
    Screen,
    Npm,
    Keyring,
    Postgres,
    FreshSystem,
}

impl Need {
    fn reason(self) -> &'static str {
        match self {
            Self::Compiler => "compiles C and links every program",
            Self::Perl => "configures the OpenSSL under the encrypted database",
            Self::WebView => "draws the window",
            Self::Screen => "tests the window without a screen",
            Self::Npm => "fetches axe-core, which checks accessibility, and Tauri's bundler",
            Self::Keyring => "is the system keyring that the tests ask",
            Self::Postgres => "is the server's other database, which the tests start",
            Self::FreshSystem => "makes the fresh system that our package is installed in",
        }
    }
}

/// How a family of systems calls its packages.
struct Family {
    /// `ID` or `ID_LIKE` of its os-release file.
    ids: &'static [&'static str],
    /// Asks for one package; appended: its name.
    query: &'static [&'static str],
    /// What a person types; appended: the names.
    install: &'static str,
    packages: fn(Need) -> &'static [&'static str],
}

const DEBIAN: Family = Family {
    ids: &["debian", "ubuntu"],
    query: &["dpkg-query", "--show", "--showformat=${db:Status-Abbrev}"],
    install: "apt-get install --yes --no-install-recommends",
    packages: |need| match need {
        Need::Compiler => &["build-essential", "pkg-config"],
        Need::Perl => &["perl"],
        Need::WebView => &["libwebkit2gtk-4.1-dev"],
        Need::Screen => &[
            "xvfb",
            "webkit2gtk-driver",
            "libgl1-mesa-dri",
            "fonts-dejavu-core",
            // Chinese in four megabytes; the page brings the letters of the other languages.
            "fonts-droid-fallback",
            // The bus on which a screen reader is told of the window.
            "at-spi2-core",
        ],
        Need::Npm => &["npm"],
        Need::Keyring => &["gnome-keyring", "dbus-daemon"],
        Need::Postgres => &["postgresql"],
        Need::FreshSystem => &["debootstrap"],
    },
};
const FEDORA: Family = Family {
    ids: &["fedora", "rhel"],
    query: &["rpm", "--query"],
    install: "dnf install",
    packages: |need| match need {
        Need::Compiler => &["gcc", "gcc-c++", "make", "pkgconf-pkg-config"],
        Need::Perl => &["perl"],
        Need::WebView => &["webkit2gtk4.1-devel"],
        Need::Screen => {
            &["xorg-x11-server-Xvfb", "webkit2gtk4.1", "webkitgtk6.0", "dejavu-sans-fonts", "at-spi2-core"]
        }
        Need::Npm => &["nodejs-npm"],
        Need::Keyring => &["gnome-keyring", "dbus-daemon"],
        Need::Postgres => &["postgresql-server"],
        Need::FreshSystem => &["debootstrap"],
    },
};
const ARCH: Family = Family {
    ids: &["arch"],
    query: &["pacman", "--query"],
    install: "pacman -S --needed",
    packages: |need| match need {
        Need::Compiler => &["gcc", "make", "pkgconf"],
        Need::Perl => &["perl"],
        Need::WebView => &["webkit2gtk-4.1"],
        Need::Screen => &["xorg-server-xvfb", "ttf-dejavu", "at-spi2-core"],
        Need::Npm => &["npm"],
        Need::Keyring => &["gnome-keyring", "dbus"],
        Need::Postgres => &["postgresql"],
        Need::FreshSystem => &["debootstrap"],
    },
};

/// Installs what is missing, or says exactly what a person has to install.
///
/// # Errors
/// Something is missing that we cannot or may not install.
pub(crate) fn install(needs: &[Need]) -> anyhow::Result<()> {
    if cfg!(target_os = "macos") {
        ensure!(
            process::succeeds("xcode-select", &["--print-path"]),
            "install Apple's tools: `xcode-select --install`"
        );
        return Ok(());
    }
    if cfg!(windows) {
        ensure!(
            process::succeeds("perl", &["-v"]),
            "install Visual Studio Build Tools (Desktop development with C++), the WebView2 runtime, \
             Strawberry Perl and NASM"
        );
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let Some(family) = [DEBIAN, FEDORA, ARCH].into_iter().find(|family| family.is(&release)) else {
        println!(
            "This system is unknown here; WebKitGTK 4.1 with headers, a C compiler, pkg-config and perl are needed."
        );
        return Ok(());
    };
    let missing = family.missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    println!("These system packages are missing:");
    for (package, need) in &missing {
        println!("  {package:<24} {}", need.reason());
    }
    let names: Vec<&str> = missing.iter().map(|(package, _)| *package).collect();
    family.install(&names)
}

/// Says what to do where a system within this one cannot be made.
///
/// # Errors
/// This is not Debian or its kin, or we are not root.
pub(crate) fn may_make_systems() -> anyhow::Result<()> {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    ensure!(DEBIAN.is(&release), "a .deb is tested on Debian and its kin");
    ensure!(
        is_root()?,
        "only root can make a system within this one: sudo env \"PATH=$PATH\" \"HOME=$HOME\" cargo xtask test package"
    );
    Ok(())
}

fn is_root() -> anyhow::Result<bool> {
    Ok(process::output(process::command("id", ["-u"]))?.trim() == "0")
}

impl Family {
    fn is(&self, os_release: &str) -> bool {
        let ids =
            os_release.lines().filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")));
        ids.flat_map(|ids| ids.trim_matches('"').split_whitespace()).any(|id| self.ids.contains(&id))
    }

    fn missing(&self, needs: &[Need]) -> Vec<(&'static str, Need)> {
        let wanted =
            needs.iter().filter(|need| **need != Need::Npm || !process::succeeds("npm", &["--version"]));
        let packages = wanted.flat_map(|need| (self.packages)(*need).iter().map(|package| (*package, *need)));
        packages.filter(|(package, _)| !self.has(package)).collect()
    }

    fn has(&self, package: &str) -> bool {
        let Some((program, arguments)) = self.query.split_first() else { return false };
        let arguments = arguments.iter().copied().chain([package]);
        let answer = process::command(program, arguments).stderr(std::process::Stdio::null()).output();
        // A removed package whose settings are left still has a status; `ii` is wanted and installed.
        answer.is_ok_and(|answer| {
            answer.status.success() && (program != &"dpkg-query" || answer.stdout.starts_with(b"ii"))
        })
    }

    fn install(&self, names: &[&str]) -> anyhow::Result<()> {
        let by_hand = format!("{} {}", self.install, names.join(" "));
        if self.ids != DEBIAN.ids {
            bail!("install them and start again: sudo {by_hand}");
        }
        let root = is_root()?;
        if !root && !process::succeeds("sudo", &["--version"]) {
            bail!("there is no sudo here; as root: {by_hand}");
        }
        println!("Installing them now{}.", if root { "" } else { "; sudo may ask for your password" });
        // A stale or partly unreachable index need not matter; if it does, the installation says what is wrong.
        if process::run(apt(root, "apt-get update")).is_err() {
            println!("The package index could not be refreshed; going on with the one that is there.");
        }
        process::run(apt(root, &by_hand))
    }
}

fn apt(root: bool, line: &str) -> std::process::Command {
    let sudo: &[&str] = if root { &[] } else { &["sudo"] };
    let words = sudo.iter().copied().chain(["env", "DEBIAN_FRONTEND=noninteractive"]).chain(line.split(' '));
    let mut words = words.collect::<Vec<_>>().into_iter();
    process::command(words.next().unwrap_or("env"), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_its_id_or_by_what_it_is_like() {
        assert!(DEBIAN.is("NAME=x\nID=debian\n"));
        assert!(DEBIAN.is("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(FEDORA.is("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n"));
        assert!(!ARCH.is("ID=debian\nVERSION_ID=\"arch\"\n"));
    }

    #[test]
    fn a_package_that_does_not_exist_is_missing() {
        assert!(!DEBIAN.has("signalbox-no-such-package"));
    }
}
