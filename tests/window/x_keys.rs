//! A keyboard, by the X server's own extension for tests: what is typed reaches the window as from a person.

use std::{thread, time::Duration};

use anyhow::Context as _;
use x11rb::{
    CURRENT_TIME,
    connection::Connection as _,
    protocol::{
        xproto::{ConnectionExt as _, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT},
        xtest::ConnectionExt as _,
    },
    rust_connection::RustConnection,
};

use crate::x_window;

const RETURN: u32 = 0xff0d;
const DOWN: u32 = 0xff54;
const CONTROL: u32 = 0xffe3;
/// Between two keys, as quick fingers have it.
const STROKE: Duration = Duration::from_millis(20);

/// Types into our window.
pub struct Keyboard {
    connection: RustConnection,
    /// The key that makes each symbol, of those without Shift.
    keys: Vec<(u32, u8)>,
}

impl Keyboard {
    /// The keyboard of a display, with our window as what it types into.
    pub fn of(display: &str) -> anyhow::Result<Self> {
        let (connection, window) = x_window::found(display)?;
        connection.set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)?.check()?;
        let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
        let map = connection.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let symbols = map.keysyms.chunks(usize::from(map.keysyms_per_keycode));
        let keys =
            symbols.zip(first..=last).filter_map(|(symbols, key)| Some((*symbols.first()?, key))).collect();
        Ok(Self { connection, keys })
    }

    /// Small letters, digits and dashes.
    pub fn type_in(&self, text: &str) -> anyhow::Result<()> {
        text.chars().try_for_each(|letter| self.press(u32::from(letter)))
    }

    /// The key that ends a line.
    pub fn enter(&self) -> anyhow::Result<()> {
        self.press(RETURN)
    }

    /// The arrow down.
    pub fn down(&self) -> anyhow::Result<()> {
        self.press(DOWN)
    }

    /// A letter while Control is held.
    pub fn with_control(&self, letter: char) -> anyhow::Result<()> {
        self.send(KEY_PRESS_EVENT, CONTROL)?;
        self.press(u32::from(letter))?;
        self.send(KEY_RELEASE_EVENT, CONTROL)
    }

    fn press(&self, symbol: u32) -> anyhow::Result<()> {
        self.send(KEY_PRESS_EVENT, symbol)?;
        self.send(KEY_RELEASE_EVENT, symbol)?;
        thread::sleep(STROKE);
        Ok(())
    }

    fn send(&self, kind: u8, symbol: u32) -> anyhow::Result<()> {
        let key = self.keys.iter().find(|(one, _)| *one == symbol).context("no key makes this")?.1;
        let root = self.connection.setup().roots.first().context("no screen")?.root;
        self.connection.xtest_fake_input(kind, key, CURRENT_TIME, root, 0, 0, 0)?.check()?;
        Ok(())
    }
}
