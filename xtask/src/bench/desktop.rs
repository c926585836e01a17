//! The window's bench: it needs the app, its filler and the blank window that its start is compared with.

use crate::{
    page,
    process::{self, cargo},
    release, setup,
    steps::step,
    workspace::{self, Profile},
};

pub(super) fn measure() -> anyhow::Result<()> {
    let tools = setup::for_window_tests()?;
    let tools =
        tools.ok_or_else(|| anyhow::anyhow!("this system's web view has no WebDriver; measure on Linux"))?;
    page::build()?;
    let programs = ["--bin", "signalbox", "--bin", "signalbox-demo", "--example", "blank_window"];
    step("release build", || {
        let packages = ["--package", "signalbox", "--package", "desk"];
        process::run(release::build(Profile::Desktop, packages.into_iter().chain(programs))?)
    })?;
    let app = workspace::program("signalbox", Profile::Desktop)?;
    let mut bench = cargo(["run", "--quiet", "--package", "journeys", "--example", "bench_desktop"]);
    bench.env("SIGNALBOX_BENCH_BLANK", app.with_file_name("examples").join("blank_window"));
    bench.env("SIGNALBOX_BENCH_FILLER", workspace::program("signalbox-demo", Profile::Desktop)?);
    bench.env("SIGNALBOX_TEST_APP", app).env("SIGNALBOX_TEST_DRIVER", tools.driver);
    step("measurements", || process::run(bench))
}
