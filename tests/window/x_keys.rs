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
const RIGHT: u32 = 0xff53;
const CONTROL: u32 = 0xffe3;
const ALT: u32 = 0xffe9;
const SHIFT: u32 = 0xffe1;
const TAB: u32 = 0xff09;
const ESCAPE: u32 = 0xff1b;
/// Between two keys, as quick fingers have it.
const STROKE: Duration = Duration::from_millis(20);

/// Types into our window.
pub struct Keyboard {
    connection: RustConnection,
    /// The key that makes each symbol, first those without Shift, and whether Shift is held for it.
    keys: Vec<(u32, u8, bool)>,
}

impl Keyboard {
    /// The keyboard of a display, with our window as what it types into.
    pub fn of(display: &str) -> anyhow::Result<Self> {
        let (connection, window) = x_window::found(display)?;
        connection.set_input_focus(InputFocus::PARENT, window, CURRENT_TIME)?.check()?;
        let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
        let map = connection.get_keyboard_mapping(first, last - first + 1)?.reply()?;
        let made = |place: usize| {
            let symbols = map.keysyms.chunks(usize::from(map.keysyms_per_keycode)).zip(first..=last);
            symbols.filter_map(move |(symbols, key)| Some((*symbols.get(place)?, key, place == 1)))
        };
        let keys = made(0).chain(made(1)).collect();
        Ok(Self { connection, keys })
    }

    /// What the keys have, with Shift or without.
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

    /// The arrow to the right.
    pub fn right(&self) -> anyhow::Result<()> {
        self.press(RIGHT)
    }

    /// To the next thing that can be used.
    pub fn tab(&self) -> anyhow::Result<()> {
        self.press(TAB)
    }

    /// Out of what is open.
    pub fn escape(&self) -> anyhow::Result<()> {
        self.press(ESCAPE)
    }

    /// The arrow down while Alt is held.
    pub fn alt_down(&self) -> anyhow::Result<()> {
        self.with(ALT, DOWN)
    }

    /// The key that ends a line while Control is held.
    pub fn control_enter(&self) -> anyhow::Result<()> {
        self.with(CONTROL, RETURN)
    }

    /// A letter while Control is held.
    pub fn with_control(&self, letter: char) -> anyhow::Result<()> {
        self.with(CONTROL, u32::from(letter))
    }

    fn with(&self, held: u32, symbol: u32) -> anyhow::Result<()> {
        self.send(KEY_PRESS_EVENT, held)?;
        self.press(symbol)?;
        self.send(KEY_RELEASE_EVENT, held)
    }

    fn press(&self, symbol: u32) -> anyhow::Result<()> {
        if self.key(symbol)?.1 {
            return self.with(SHIFT, self.unshifted(symbol)?);
        }
        self.send(KEY_PRESS_EVENT, symbol)?;
        self.send(KEY_RELEASE_EVENT, symbol)?;
        thread::sleep(STROKE);
        Ok(())
    }

    /// The symbol that the same key makes without Shift.
    fn unshifted(&self, symbol: u32) -> anyhow::Result<u32> {
        let (key, _) = self.key(symbol)?;
        let own = self.keys.iter().find(|(_, one, shifted)| *one == key && !shifted);
        own.map(|(symbol, ..)| *symbol).context("the key makes nothing without Shift")
    }

    fn key(&self, symbol: u32) -> anyhow::Result<(u8, bool)> {
        let found = self.keys.iter().find(|(one, ..)| *one == symbol);
        found.map(|(_, key, shifted)| (*key, *shifted)).context("no key makes this")
    }

    fn send(&self, kind: u8, symbol: u32) -> anyhow::Result<()> {
        let (key, _) = self.key(symbol)?;
        let root = self.connection.setup().roots.first().context("no screen")?.root;
        self.connection.xtest_fake_input(kind, key, CURRENT_TIME, root, 0, 0, 0)?.check()?;
        Ok(())
    }
}
