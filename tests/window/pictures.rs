//! Each page beside the picture that was approved: both themes, three sizes, three languages. `cargo xtask screenshots --approve`
//! approves how the window looks now.

use std::fs;

use anyhow::ensure;

use crate::{
    gallery::{self, VIEWS, View},
    pixels::Pixels,
};

#[tokio::test(flavor = "multi_thread")]
async fn pages_look_as_approved_in_english_by_day_in_the_smallest_window() -> anyhow::Result<()> {
    as_approved(VIEWS[0]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_look_as_approved_in_german_by_night_in_the_usual_window() -> anyhow::Result<()> {
    as_approved(VIEWS[1]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_look_as_approved_in_chinese_by_day_in_a_large_window() -> anyhow::Result<()> {
    as_approved(VIEWS[2]).await
}

/// All of them are looked at before any is complained of: a change of one style is seen on each.
async fn as_approved(view: View) -> anyhow::Result<()> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    fs::create_dir_all(&folder)?;
    let mut unlike = String::new();
    gallery::visit(view, async |page, name| {
        let picture = gallery::comparable(page).await?;
        let now = picture.reduced(view.edge);
        let judged = Pixels::read(&gallery::approved(name, &view)).and_then(|approved| now.unlike(&approved));
        let told = match judged {
            Ok(None) => return Ok(()),
            Ok(Some(place)) => place.to_string(),
            Err(error) => format!("{error:#}"),
        };
        let file = folder.join(format!("unlike-{name}.{}.png", view.name));
        fs::write(&file, picture.png()?)?;
        unlike.push_str(&format!("  {name}: {told}; it is {}\n", file.display()));
        Ok(())
    })
    .await?;
    ensure!(
        unlike.is_empty(),
        "{view:?} does not look as approved:\n{unlike}Mend it, or look at the pictures and approve them: cargo xtask screenshots --approve"
    );
    Ok(())
}

/// An approved picture of each view, to be altered.
fn some() -> Vec<Pixels> {
    let files = VIEWS.iter().map(|view| gallery::approved("providers", view));
    files.map(|file| Pixels::read(&file).unwrap()).collect()
}

/// The picture with each square made anew from where it is: left edge, upper edge.
fn altered(picture: &Pixels, square: impl Fn(usize, usize) -> [u8; 3]) -> Pixels {
    let places = (0..picture.height).flat_map(|y| (0..picture.width).map(move |x| (x, y)));
    Pixels { rgb: places.flat_map(|(x, y)| square(x, y)).collect(), ..picture.clone() }
}

fn at(picture: &Pixels, x: usize, y: usize) -> [u8; 3] {
    let place = (y * picture.width + x.min(picture.width - 1)) * 3;
    [picture.rgb[place], picture.rgb[place + 1], picture.rgb[place + 2]]
}

#[test]
fn a_picture_is_as_approved_if_everything_is_half_a_pixel_aside_and_a_shade_lighter() {
    for picture in some() {
        let aside = altered(&picture, |x, y| {
            let (here, left) = (at(&picture, x, y), at(&picture, x.saturating_sub(1), y));
            // Half a pixel of the four of a square.
            [0, 1, 2]
                .map(|n| ((u16::from(here[n]) * 7 + u16::from(left[n])) / 8).saturating_add(4).min(255) as u8)
        });
        assert_eq!(aside.unlike(&picture).unwrap(), None);
    }
}

#[test]
fn a_moved_column_is_noticed() {
    for picture in some() {
        let half = picture.width / 2;
        let moved = altered(&picture, |x, y| at(&picture, if x < half { x } else { x - 4 }, y));
        assert!(moved.unlike(&picture).unwrap().is_some());
    }
}

#[test]
fn a_missing_button_is_noticed() {
    for (picture, view) in some().iter().zip(VIEWS) {
        // "Add provider", of which each language has at least so much.
        let (left, right) = (picture.width - 130 / view.edge, picture.width - 30 / view.edge);
        let gone = |x: usize, y: usize| (left..right).contains(&x) && y < 48 / view.edge;
        let ground = at(picture, picture.width / 2, 0);
        let missing = altered(picture, |x, y| if gone(x, y) { ground } else { at(picture, x, y) });
        assert!(missing.unlike(picture).unwrap().is_some());
    }
}

#[test]
fn a_picture_of_another_size_is_never_as_approved() {
    let [small, usual, _] = some().try_into().unwrap();
    assert!(small.unlike(&usual).is_err());
}
