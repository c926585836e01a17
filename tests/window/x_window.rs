//! Our window as the X server has it: found by its title, closed as its frame's button does, and its picture as a person
//! sees it: WebDriver's own pictures are drawn anew for it, and would hide a window that is not painted.

use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, ensure};
use x11rb::{
    connection::Connection,
    protocol::xproto::{
        AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask, GetImageReply,
        ImageFormat, ImageOrder, MapState, Window,
    },
    rust_connection::RustConnection,
};

use crate::pixels::Pixels;

const TITLE: &[u8] = b"Signalbox";

/// Asks the window to close.
pub fn close(display: &str) -> anyhow::Result<()> {
    let (connection, window) = found(display)?;
    let protocols = connection.intern_atom(false, b"WM_PROTOCOLS")?.reply()?.atom;
    let delete = connection.intern_atom(false, b"WM_DELETE_WINDOW")?.reply()?.atom;
    let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
    // Checked, because the server forgets what it has not read when a client goes away.
    Ok(connection.send_event(false, window, EventMask::NO_EVENT, message)?.check()?)
}

/// Where the window is, and how large: x, y, width, height.
pub fn place(display: &str) -> anyhow::Result<(i16, i16, u16, u16)> {
    let (connection, window) = found(display)?;
    let place = connection.get_geometry(window)?.reply()?;
    Ok((place.x, place.y, place.width, place.height))
}

/// Puts the window somewhere, as a window manager does.
pub fn put(display: &str, (x, y, width, height): (i16, i16, u16, u16)) -> anyhow::Result<()> {
    let (connection, window) = found(display)?;
    let place = ConfigureWindowAux::new().x(i32::from(x)).y(i32::from(y));
    let place = place.width(u32::from(width)).height(u32::from(height));
    Ok(connection.configure_window(window, &place)?.check()?)
}

/// How long the screen has to hold still. On a busy machine it shows what was drawn later than the page can know.
const STILL: Duration = Duration::from_millis(150);
/// Looks at a screen that never does, because something turns on it.
const LOOKS: usize = 10;

/// What the window shows once it holds still.
pub fn picture(display: &str) -> anyhow::Result<Pixels> {
    let (connection, window) = found(display)?;
    let size = connection.get_geometry(window)?.reply()?;
    let look = || -> anyhow::Result<GetImageReply> {
        let ask =
            connection.get_image(ImageFormat::Z_PIXMAP, window, 0, 0, size.width, size.height, u32::MAX)?;
        Ok(ask.reply()?)
    };
    let mut image = look()?;
    for _ in 1..LOOKS {
        std::thread::sleep(STILL);
        let before = std::mem::replace(&mut image, look()?);
        if before.data == image.data {
            break;
        }
    }
    let little = connection.setup().image_byte_order == ImageOrder::LSB_FIRST;
    let pixels = image.data.as_chunks::<4>().0;
    ensure!(image.depth == 24 && little && image.data.len() == pixels.len() * 4, "an unknown kind of screen");
    // Blue, green, red, and a byte that means nothing.
    let rgb: Vec<u8> = pixels.iter().flat_map(|&[blue, green, red, _]| [red, green, blue]).collect();
    Ok(Pixels { width: size.width.into(), height: size.height.into(), rgb })
}

/// Waits until the window's upper left corner has this colour, or has it no more.
pub fn corner(display: &str, colour: [u8; 3], has: bool) -> anyhow::Result<()> {
    let (connection, window) = found(display)?;
    let end = Instant::now() + Duration::from_secs(40);
    loop {
        let corner = connection.get_image(ImageFormat::Z_PIXMAP, window, 2, 2, 1, 1, u32::MAX)?.reply()?;
        let shown = corner.data.first_chunk().map(|&[blue, green, red]| [red, green, blue]);
        if (shown == Some(colour)) == has {
            return Ok(());
        }
        ensure!(Instant::now() < end, "the window does not show what its page has drawn");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until the window's picture changes along one column, and returns that instant. Nothing of the lock screen but its
/// ground is there, so that neither its caret nor its button is taken for the list.
pub fn column_changes(display: &str, patience: Duration) -> anyhow::Result<SystemTime> {
    let (connection, window) = found(display)?;
    let size = connection.get_geometry(window)?.reply()?;
    let (column, height) = (i16::try_from(size.width / 4)?, size.height / 2);
    let look = || -> anyhow::Result<Vec<u8>> {
        let ask = connection.get_image(ImageFormat::Z_PIXMAP, window, column, 0, 1, height, u32::MAX)?;
        Ok(ask.reply()?.data)
    };
    let (before, end) = (look()?, Instant::now() + patience);
    while look()? == before {
        ensure!(Instant::now() < end, "the window's picture stays as it is");
        std::thread::sleep(Duration::from_millis(4));
    }
    Ok(SystemTime::now())
}

/// There is no window manager here that would list windows; a visible child of the root with our title is ours.
pub fn found(display: &str) -> anyhow::Result<(RustConnection, Window)> {
    let (connection, number) = x11rb::connect(Some(display))?;
    let root = connection.setup().roots.get(number).context("the display has no screen")?.root;
    let end = Instant::now() + Duration::from_secs(40);
    loop {
        let children = connection.query_tree(root)?.reply()?.children;
        for window in children {
            if is_ours(&connection, window)? {
                return Ok((connection, window));
            }
        }
        ensure!(Instant::now() < end, "the window does not appear");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn is_ours(connection: &impl Connection, window: Window) -> anyhow::Result<bool> {
    let name = connection.get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 64)?.reply();
    let state = connection.get_window_attributes(window)?.reply();
    let visible = state.is_ok_and(|state| state.map_state == MapState::VIEWABLE);
    Ok(visible && name.is_ok_and(|name| name.value == TITLE))
}
