//! The computer goes to sleep, or its screen is locked: the vault locks. On Linux that is told by logind over the system
//! bus (`org.freedesktop.login1`), and by desktops' own screen savers over the session bus. Where there is no bus, the
//! idle time alone locks.

use std::sync::Arc;

use gtk::{
    gio::{BusType, Cancellable, DBusConnection, DBusSignalFlags, bus_get},
    glib::Variant,
};
use model::vault::LockReason;

use crate::WindowDesk;

/// Interface, signal, and whether its argument must be true: the signals of going to sleep and of a locked screen.
const SYSTEM: [(&str, &str, bool); 2] = [
    ("org.freedesktop.login1.Manager", "PrepareForSleep", true),
    ("org.freedesktop.login1.Session", "Lock", false),
];
const SESSION: [(&str, &str, bool); 2] = [
    ("org.freedesktop.ScreenSaver", "ActiveChanged", true),
    ("org.gnome.ScreenSaver", "ActiveChanged", true),
];

/// Locks from now on. Buses answer and signals arrive on the window toolkit's own loop, so nobody waits for a bus.
pub(crate) fn watch(desk: &Arc<WindowDesk>) {
    for (bus, signals) in [(BusType::System, SYSTEM), (BusType::Session, SESSION)] {
        let desk = Arc::clone(desk);
        bus_get(bus, Cancellable::NONE, move |bus| match bus {
            Ok(bus) => signals.into_iter().for_each(|signal| listen(&bus, signal, &desk)),
            Err(error) => {
                tracing::info!(domain = %error.domain().as_str(), "a bus does not tell when the computer sleeps");
            }
        });
    }
}

fn listen(bus: &DBusConnection, (interface, signal, if_true): (&str, &str, bool), desk: &Arc<WindowDesk>) {
    // Nobody else has the system's bus: without this it would be left as soon as this returns.
    let (desk, kept) = (Arc::clone(desk), bus.clone());
    bus.signal_subscribe(
        None,
        Some(interface),
        Some(signal),
        None,
        None,
        DBusSignalFlags::NONE,
        move |_, _, _, _, _, arguments| {
            let _ = &kept;
            if !if_true || says_true(arguments) {
                let desk = Arc::clone(&desk);
                tauri::async_runtime::spawn(async move { desk.lock(LockReason::Away).await });
            }
        },
    );
}

fn says_true(arguments: &Variant) -> bool {
    arguments.n_children() > 0 && arguments.child_value(0).get::<bool>() == Some(true)
}
