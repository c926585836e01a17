//! The buttons that have the system's file manager show a folder: each shows its own, and where there is no file manager the
//! page says what to do.

use std::{
    env,
    ffi::OsString,
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::ensure;
use journeys::{PASSWORD, Room};

use crate::{
    settings,
    stage::{Stage, Theme},
};

/// Programs by which desktops open things; each is tried where the one before fails.
const WAYS: [&str; 6] = ["xdg-open", "gio", "gnome-open", "kde-open6", "kde-open5", "kde-open"];

/// A desktop whose ways to open something are ours, before those that this computer may have.
struct Desktop {
    programs: PathBuf,
    shown: PathBuf,
}

impl Desktop {
    fn new(folder: &Path) -> anyhow::Result<Self> {
        let (programs, shown) = (folder.join("programs"), folder.join("shown"));
        fs::create_dir(&programs)?;
        fs::write(&shown, "")?;
        Ok(Self { programs, shown })
    }

    fn path(&self) -> OsString {
        let mut path = self.programs.clone().into_os_string();
        path.push(":");
        path.push(env::var_os("PATH").unwrap_or_default());
        path
    }

    fn answers(&self, script: &str) -> anyhow::Result<()> {
        for name in WAYS {
            let program = self.programs.join(name);
            fs::write(&program, format!("#!/bin/sh\n{script}\n"))?;
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        }
        Ok(())
    }

    /// Waits until this folder is the last that was shown.
    async fn shows(&self, folder: &Path) -> anyhow::Result<()> {
        let end = Instant::now() + Duration::from_secs(20);
        loop {
            let shown = fs::read_to_string(&self.shown)?;
            if shown.lines().last() == folder.to_str() {
                return Ok(());
            }
            ensure!(Instant::now() < end, "{} is not shown: {shown}", folder.display());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_folder_is_shown_by_its_button_and_where_nothing_can_show_it_the_page_says_so()
-> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let aside = tempfile::tempdir()?;
    let desktop = Desktop::new(aside.path())?;
    desktop.answers(&format!(
        "for last; do :; done; printf '%s\\n' \"$last\" >> '{}'",
        desktop.shown.display()
    ))?;
    let path = desktop.path();
    let stage = Stage::open_with(&folder, Theme::Light, &[("PATH", Path::new(&path))]).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    settings::open(page).await?;
    for (button, shown) in [
        ("#open-data", folder.clone()),
        ("#open-logs", folder.join("logs")),
        ("#open-backups", folder.join("backups")),
    ] {
        page.click(button).await?;
        desktop.shows(&shown).await?;
        ensure!(shown.is_dir(), "{} is not there", shown.display());
    }
    desktop.answers("exit 3")?;
    page.click("#open-data").await?;
    page.until("return document.body.textContent.includes('No file manager could be started')").await?;
    page.until("return document.body.textContent.includes('Copy the path')").await?;
    stage.close().await
}
