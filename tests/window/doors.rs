//! How the program is entered a second time, and how it is left.

use std::{path::Path, process::Command, time::Duration};

use anyhow::{Context as _, ensure};
use rustix::process::{Pid, Signal, kill_process};

use crate::{
    marks::Marks,
    screen::Screen,
    stage::{self, Stage, Theme},
    x_window,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_raises_the_first_window_and_says_so() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let stage = Stage::open(folder.path(), Theme::Light).await?;
    stage.page().screen("create").await?;
    let second = tokio::task::spawn_blocking({
        let mut second = stage::command(&stage::app()?, &stage.display, folder.path(), Theme::Light);
        move || second.output()
    });
    let second = second.await??;
    ensure!(second.status.success(), "the second instance ended with {}", second.status);
    let said = String::from_utf8(second.stderr)?;
    ensure!(said.contains("already open"), "the second instance said: {said}");
    stage.page().screen("create").await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_started_at_once_one_opens_and_the_others_say_so() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let screen = Screen::start()?;
    let mut running = Vec::new();
    for _ in 0..20 {
        running.push(started(&screen, folder.path())?);
    }
    let others = tokio::time::timeout(Duration::from_secs(60), all_but_one_end(running));
    let (owner, others) = others.await.context("more than one instance runs on")??;
    ensure!(others.iter().all(|status| status.success()), "an instance failed: {others:?}");
    leave(&screen, folder.path(), owner).await
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_window_ends_the_program_well() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let screen = Screen::start()?;
    let app = started(&screen, folder.path())?;
    leave(&screen, folder.path(), app).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_closed_and_opened_again_at_once_is_there() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let screen = Screen::start()?;
    let mut first = started(&screen, folder.path())?;
    marks_of(folder.path()).of("page_painted", "asked", Some("gate")).await?;
    let display = screen.display.clone();
    tokio::task::spawn_blocking(move || x_window::close(&display)).await??;
    std::fs::remove_file(marks_of(folder.path()).0)?;
    let second = started(&screen, folder.path())?;
    let status = tokio::time::timeout(Duration::from_secs(20), first.wait()).await;
    ensure!(status.context("the first window stays")??.success(), "the first window ended badly");
    leave(&screen, folder.path(), second).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_that_dies_without_an_answer_leaves_its_folder_to_the_next() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let screen = Screen::start()?;
    let mut first = started(&screen, folder.path())?;
    marks_of(folder.path()).of("page_painted", "asked", Some("gate")).await?;
    let owner =
        first.id().and_then(|id| Pid::from_raw(id.cast_signed())).context("the first instance is gone")?;
    // Its bell can be rung, but nobody is there to hear it, as in a process that is just ending.
    kill_process(owner, Signal::STOP)?;
    std::fs::remove_file(marks_of(folder.path()).0)?;
    let mut second = started(&screen, folder.path())?;
    let ended = tokio::time::timeout(Duration::from_millis(1_500), second.wait()).await;
    ensure!(ended.is_err(), "the second instance took silence for an answer: {ended:?}");
    first.kill().await?;
    leave(&screen, folder.path(), second).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_opens_where_it_was_and_on_a_screen_that_is_there() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let screen = Screen::start()?;
    let put = (40, 30, 1100, 700);
    let first = started(&screen, folder.path())?;
    marks_of(folder.path()).of("page_painted", "asked", Some("gate")).await?;
    on(&screen, move |display| x_window::put(display, put)).await?;
    let seen = on(&screen, settled).await?;
    ensure!(seen == put, "it was put to {put:?} and is at {seen:?}");
    leave(&screen, folder.path(), first).await?;

    std::fs::remove_file(marks_of(folder.path()).0)?;
    let second = started(&screen, folder.path())?;
    marks_of(folder.path()).of("page_painted", "asked", Some("gate")).await?;
    let again = on(&screen, settled).await?;
    ensure!(again == put, "it was at {put:?} and is at {again:?}");
    leave(&screen, folder.path(), second).await?;

    // Of a screen that is gone.
    let state = folder.path().join("state/window.json");
    std::fs::write(&state, r#"{"at":[5000.0,5000.0],"size":[1100.0,700.0],"maximised":false}"#)?;
    std::fs::remove_file(marks_of(folder.path()).0)?;
    let third = started(&screen, folder.path())?;
    marks_of(folder.path()).of("page_painted", "asked", Some("gate")).await?;
    let (x, y, ..) = on(&screen, settled).await?;
    ensure!((0..1400).contains(&x) && (0..1000).contains(&y), "nobody sees it at {x}, {y}");
    leave(&screen, folder.path(), third).await
}

async fn on<T: Send + 'static>(
    screen: &Screen,
    ask: impl FnOnce(&str) -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    let display = screen.display.clone();
    tokio::task::spawn_blocking(move || ask(&display)).await?
}

/// The window's place once it stays: the toolkit answers a move with one of its own.
fn settled(display: &str) -> anyhow::Result<(i16, i16, u16, u16)> {
    let mut place = x_window::place(display)?;
    loop {
        std::thread::sleep(Duration::from_millis(300));
        let before = std::mem::replace(&mut place, x_window::place(display)?);
        if before == place {
            return Ok(place);
        }
    }
}

#[test]
fn without_a_display_the_program_says_what_it_needs() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    // A display that no server has: numbers end at 65535 - 6000, as each stands for a port.
    let output = stage::command(&stage::app()?, ":59535", folder.path(), Theme::Light).output()?;
    let said = String::from_utf8(output.stderr)?;
    ensure!(output.status.code() == Some(1), "it ended with {}: {said}", output.status);
    ensure!(said.contains("could not start") && said.contains("desktop session"), "it said: {said}");
    ensure!(!said.contains("panicked"), "it panicked: {said}");
    Ok(())
}

fn started(screen: &Screen, data_dir: &Path) -> anyhow::Result<tokio::process::Child> {
    let mut command: Command = stage::command(&stage::app()?, &screen.display, data_dir, Theme::Light);
    command.env("SIGNALBOX_MARKS", marks_of(data_dir).0);
    let mut command = tokio::process::Command::from(command);
    Ok(command.kill_on_drop(true).spawn()?)
}

async fn all_but_one_end(
    mut running: Vec<tokio::process::Child>,
) -> anyhow::Result<(tokio::process::Child, Vec<std::process::ExitStatus>)> {
    let mut ended = Vec::new();
    loop {
        let mut at = 0;
        while at < running.len() {
            match running[at].try_wait()? {
                Some(status) => {
                    ended.push(status);
                    running.swap_remove(at);
                }
                None => at += 1,
            }
        }
        if running.len() == 1 {
            return Ok((running.remove(0), ended));
        }
        ensure!(!running.is_empty(), "no instance runs on: {ended:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn marks_of(data_dir: &Path) -> Marks {
    Marks(data_dir.join("marks"))
}

/// Closes the window as its frame's button does, and expects the program to end well.
async fn leave(screen: &Screen, data_dir: &Path, mut app: tokio::process::Child) -> anyhow::Result<()> {
    // Nobody closes a window before there is anything in it.
    marks_of(data_dir).of("page_painted", "asked", Some("gate")).await?;
    let display = screen.display.clone();
    tokio::task::spawn_blocking(move || x_window::close(&display)).await??;
    let status = tokio::time::timeout(Duration::from_secs(20), app.wait()).await;
    let status = status.context("the program runs on without its window")??;
    ensure!(status.success(), "the program ended with {status}");
    Ok(())
}
