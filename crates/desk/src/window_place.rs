//! Where the window was when it was closed, and where it can be shown again: a screen may be gone since. Nothing of a
//! person's is in it, so it lies with the program's own state and is there before a vault is open.

use std::{fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::{Desk, Host};

const FILE: &str = "window.json";
/// Larger is none of ours.
const LARGEST: u64 = 4 * 1024;
/// Below the window does not work, and beyond no screen is.
const SIZES: [(f64, f64); 2] = [(960.0, 16_384.0), (640.0, 16_384.0)];
/// So much of the window's upper edge has to be on a screen, or nobody can take hold of it.
const GRIP: (f64, f64) = (120.0, 24.0);

/// The window, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowPlace {
    /// Left upper corner; without one the system chooses.
    pub at: Option<(f64, f64)>,
    /// Width and height of what it shows.
    pub size: (f64, f64),
    /// Whether it fills the screen; the size is then that from before.
    pub maximised: bool,
}

/// A screen, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Left upper corner.
    pub at: (f64, f64),
    /// Width and height.
    pub size: (f64, f64),
}

impl WindowPlace {
    /// The place as it can be shown: no larger than the largest screen, and without a corner where nobody could take hold of
    /// it. Where no screen is known it stays as it is.
    pub fn on(self, screens: &[Screen]) -> Self {
        let widest = screens.iter().map(|screen| screen.size.0).fold(f64::NAN, f64::max);
        let highest = screens.iter().map(|screen| screen.size.1).fold(f64::NAN, f64::max);
        let within = |value: f64, (least, most): (f64, f64), screen: f64| {
            // Smaller screens than the window's least size get that all the same.
            value.clamp(least, most).min(if screen.is_nan() { most } else { screen.max(least) })
        };
        let size = (within(self.size.0, SIZES[0], widest), within(self.size.1, SIZES[1], highest));
        let at =
            self.at.filter(|at| screens.is_empty() || screens.iter().any(|screen| holds(screen, *at, size)));
        Self { at, size, ..self }
    }

    fn is_sane(&self) -> bool {
        let numbers =
            [self.size.0, self.size.1].into_iter().chain(self.at.into_iter().flat_map(|(x, y)| [x, y]));
        numbers.into_iter().all(|number| number.is_finite() && number.abs() < 1e6)
    }
}

/// Whether enough of a window's upper edge is on a screen.
fn holds(screen: &Screen, (x, y): (f64, f64), (width, _): (f64, f64)) -> bool {
    let (left, right) = (x.max(screen.at.0), (x + width).min(screen.at.0 + screen.size.0));
    right - left >= GRIP.0 && y >= screen.at.1 - 1.0 && y + GRIP.1 <= screen.at.1 + screen.size.1
}

impl<H: Host> Desk<H> {
    /// Where the window was, if that is known and still reads.
    pub fn window_place(&self) -> Option<WindowPlace> {
        read(&self.state)
    }

    /// Keeps where the window is. That it could not be kept costs nobody anything but a click.
    pub fn keep_window_place(&self, place: WindowPlace) {
        if let Err(error) = write(&self.state, &place) {
            tracing::warn!(error = %error.kind(), "the window's place could not be kept");
        }
    }
}

fn read(folder: &Path) -> Option<WindowPlace> {
    let file = folder.join(FILE);
    if fs::metadata(&file).ok()?.len() > LARGEST {
        return None;
    }
    let place: WindowPlace = serde_json::from_slice(&fs::read(&file).ok()?).ok()?;
    place.is_sane().then_some(place)
}

/// One rename, so that a start never reads half of it.
fn write(folder: &Path, place: &WindowPlace) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let new = folder.join("window.json.new");
    fs::write(&new, serde_json::to_vec(place)?)?;
    fs::rename(new, folder.join(FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Screen = Screen { at: (0.0, 0.0), size: (1920.0, 1080.0) };

    fn at(x: f64, y: f64) -> WindowPlace {
        WindowPlace { at: Some((x, y)), size: (1280.0, 832.0), maximised: false }
    }

    #[test]
    fn a_window_that_can_be_taken_hold_of_stays_where_it_was() {
        let left = Screen { at: (-1600.0, 0.0), size: (1600.0, 900.0) };
        for place in [at(100.0, 50.0), at(-1000.0, 0.0), at(-1100.0, 100.0), at(1800.0, 1000.0)] {
            assert_eq!(place.on(&[ONE, left]), place, "{place:?}");
        }
        assert_eq!(at(9_000.0, 0.0).on(&[]), at(9_000.0, 0.0), "no screen is known");
    }

    #[test]
    fn a_window_on_a_screen_that_is_gone_is_placed_by_the_system() {
        for place in
            [at(-1500.0, 100.0), at(2000.0, 100.0), at(100.0, -40.0), at(100.0, 1070.0), at(1850.0, 0.0)]
        {
            let corrected = place.on(&[ONE]);
            assert_eq!((corrected.at, corrected.size), (None, place.size), "{place:?}");
        }
    }

    #[test]
    fn a_window_is_never_larger_than_the_largest_screen_nor_smaller_than_it_works() {
        let large = WindowPlace { size: (5_000.0, 10.0), ..at(0.0, 0.0) };
        assert_eq!(large.on(&[ONE]).size, (1920.0, 640.0));
        let tiny = Screen { at: (0.0, 0.0), size: (800.0, 600.0) };
        assert_eq!(large.on(&[tiny]).size, (960.0, 640.0));
    }

    #[test]
    fn it_is_found_again_and_what_does_not_read_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), None);
        let place = WindowPlace { maximised: true, ..at(12.0, 34.5) };
        write(folder.path(), &place).unwrap();
        assert_eq!(read(folder.path()), Some(place));
        let hostile =
            ["", "{}", r#"{"at":null,"size":[1e300,5],"maximised":false}"#, "[1,2", &"9".repeat(5_000)];
        for text in hostile {
            fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(read(folder.path()), None, "{text:.40}");
        }
    }
}
