//! `cargo xtask screenshots`: pictures of the real window, of a demo vault whose clock stands, so that only what was changed in the
//! program changes in them.

use clap::Args;

use crate::{
    page,
    process::{self, cargo},
    setup,
    steps::step,
    test,
    workspace::{self, Profile},
};

/// Options of `cargo xtask screenshots`.
#[derive(Args)]
pub(crate) struct Screenshots {
    /// Approve how the window looks now: the pictures that `cargo xtask test` holds it against are taken anew as well
    #[arg(long)]
    approve: bool,
}

/// Takes them.
///
/// # Errors
/// Something does not build, or a page is not shown.
pub(crate) fn take(options: &Screenshots) -> anyhow::Result<()> {
    let tools = setup::for_window_tests()?;
    anyhow::ensure!(tools.is_some(), "this system's web view has no WebDriver; take pictures on Linux");
    page::build()?;
    step("app", || crate::run::build(&["signalbox"], Profile::Debug))?;
    let arguments = ["run", "--quiet", "--package", "journeys", "--example", "screenshots", "--"];
    let mut pictures = cargo(arguments.into_iter().chain(options.approve.then_some("--approve")));
    test::tell_tools(&mut pictures, tools.as_ref())?;
    step("pictures", || process::run(pictures))?;
    println!("\nThe guide's pictures are in {}.", workspace::root().join("docs/guide/pictures").display());
    Ok(())
}
