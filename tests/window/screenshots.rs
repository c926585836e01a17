//! `cargo xtask screenshots`: the pictures of the guide, and with `--approve` those that the window is held against. It judges
//! nothing: a person looks at what changed before it is committed.

mod gallery;
#[allow(dead_code, reason = "the tests use the rest")]
mod look;
#[allow(dead_code, reason = "the tests use the rest")]
mod page;
#[allow(dead_code, reason = "the tests use the rest")]
mod pixels;
#[allow(dead_code, reason = "the tests use the rest")]
mod screen;
#[allow(dead_code, reason = "the tests use the rest")]
mod stage;
#[allow(dead_code, reason = "the tests use the rest")]
mod x_window;

use std::{env, fs, path::Path};

use anyhow::Context as _;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/pictures");
    fs::create_dir_all(&guide).context("the guide has no place for pictures")?;
    gallery::visit(gallery::USUAL, async |page, name| {
        let picture = gallery::picture(page).await?;
        Ok(fs::write(guide.join(format!("{name}.png")), picture.small_png()?)?)
    })
    .await?;
    if env::args().any(|argument| argument == "--approve") {
        for view in gallery::VIEWS {
            gallery::visit(view, async |page, name| {
                let picture = gallery::comparable(page).await?;
                let file = gallery::approved(name, &view);
                fs::create_dir_all(file.parent().context("no folder")?)?;
                Ok(fs::write(file, picture.reduced(view.edge).png()?)?)
            })
            .await?;
        }
    }
    Ok(())
}
