//! The clipboard of a test's own screen, as any other program sees it (ICCCM, section 2).

use std::time::{Duration, Instant};

use anyhow::Context as _;
use x11rb::{
    connection::Connection as _,
    protocol::{
        Event,
        xproto::{AtomEnum, ConnectionExt as _, CreateWindowAux, EventMask, WindowClass},
    },
};

/// Longer than any owner takes to answer; only one that never does waits so long.
const PATIENCE: Duration = Duration::from_secs(10);
/// In units of four bytes; more than any key.
const LONGEST: u32 = 1_024;

/// The text on the clipboard; `None` when nobody has put any there.
pub fn text(display: &str) -> anyhow::Result<Option<String>> {
    let (connection, screen) = x11rb::connect(Some(display))?;
    let atom = |name: &str| -> anyhow::Result<u32> {
        Ok(connection.intern_atom(false, name.as_bytes())?.reply()?.atom)
    };
    let (clipboard, utf8, place) = (atom("CLIPBOARD")?, atom("UTF8_STRING")?, atom("SIGNALBOX_TEST")?);
    let (window, root) = (connection.generate_id()?, connection.setup().roots[screen].root);
    let aux = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
    connection.create_window(0, window, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &aux)?;
    connection.convert_selection(window, clipboard, utf8, place, x11rb::CURRENT_TIME)?;
    connection.flush()?;
    let end = Instant::now() + PATIENCE;
    let property = loop {
        match connection.poll_for_event()? {
            Some(Event::SelectionNotify(told)) => break told.property,
            Some(_) => {}
            None if Instant::now() > end => anyhow::bail!("who owns the clipboard does not answer"),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    if property == x11rb::NONE {
        return Ok(None);
    }
    let held = connection.get_property(true, window, property, AtomEnum::ANY, 0, LONGEST)?.reply()?;
    Ok(Some(String::from_utf8(held.value).context("the clipboard holds no text")?))
}
