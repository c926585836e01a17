//! The computer goes to sleep, or its screen is locked: the vault locks. On Linux that is told by logind over the system
//! bus (`org.freedesktop.login1`), and by desktops' own screen savers over the session bus. logind waits with the sleep until
//! the vault is locked, five seconds at most as it comes. Where there is no bus, the idle time alone locks.

use std::{cell::RefCell, future::Future, rc::Rc, sync::Arc};

use gtk::{
    gio::{
        BusType, Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags, UnixFDList, bus_get, prelude::*,
    },
    glib::{MainContext, Variant, VariantTy},
};
use model::vault::LockReason;

use crate::WindowDesk;

const LOGIND: &str = "org.freedesktop.login1";
const LOGIND_PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
/// Interfaces of screen savers that say `ActiveChanged`: KDE's, which others have, too, and those of desktops with their own.
const SCREEN_SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];

/// What keeps the computer awake for the moment that a lock takes: a file, and whoever closes it lets it sleep.
type Held = Rc<RefCell<Option<UnixFDList>>>;

/// Locks from now on. Buses answer and signals arrive on the window toolkit's own loop, so nobody waits for a bus.
pub(crate) fn watch(desk: &Arc<WindowDesk>) {
    on(BusType::System, desk, |bus, desk| {
        watch_sleep(bus, desk);
        watch_session(bus, desk);
    });
    on(BusType::Session, desk, |bus, desk| {
        for interface in SCREEN_SAVERS {
            let desk = Arc::clone(desk);
            listen(bus, Signal { interface, ..Signal::of("ActiveChanged") }, move |arguments| {
                if says_true(arguments) {
                    lock(&desk);
                }
            });
        }
    });
}

fn on(bus: BusType, desk: &Arc<WindowDesk>, watch: fn(&DBusConnection, &Arc<WindowDesk>)) {
    let desk = Arc::clone(desk);
    bus_get(bus, Cancellable::NONE, move |bus| match bus {
        Ok(bus) => watch(&bus, &desk),
        Err(error) => {
            tracing::info!(domain = %error.domain().as_str(), "a bus does not tell when the computer sleeps");
        }
    });
}

/// Before it sleeps, the vault locks and lets it; when it is awake again, the next sleep waits, too.
fn watch_sleep(bus: &DBusConnection, desk: &Arc<WindowDesk>) {
    let held = Held::default();
    hold_back(bus, &held);
    let (desk, again) = (Arc::clone(desk), bus.clone());
    listen(bus, Signal { interface: MANAGER, ..Signal::of_logind("PrepareForSleep") }, move |arguments| {
        if !says_true(arguments) {
            return hold_back(&again, &held);
        }
        // Taken out here: what is held for the next sleep is not let go by a lock that this one cut in two.
        let (held, desk) = (held.take(), Arc::clone(&desk));
        let locked = tauri::async_runtime::spawn(async move { desk.lock_before_sleep().await });
        then(locked, move || drop(held));
    });
}

/// Asks logind to wait with a sleep. It does not matter whether it can: the vault locks in any case.
fn hold_back(bus: &DBusConnection, held: &Held) {
    let held = Rc::clone(held);
    let asked = ("sleep", "Signalbox", "The vault locks first", "delay").to_variant();
    bus.call_with_unix_fd_list(
        Some(LOGIND),
        LOGIND_PATH,
        MANAGER,
        "Inhibit",
        Some(&asked),
        VariantTy::new("(h)").ok(),
        DBusCallFlags::NONE,
        -1,
        UnixFDList::NONE,
        Cancellable::NONE,
        move |answer| match answer {
            Ok((_, files)) => *held.borrow_mut() = Some(files),
            Err(error) => {
                tracing::info!(domain = %error.domain().as_str(), "sleep does not wait for the vault to lock");
            }
        },
    );
}

/// Locks with our own session: others of this computer are somebody else's. Where logind does not know ours, with each of them.
fn watch_session(bus: &DBusConnection, desk: &Arc<WindowDesk>) {
    let id = std::env::var("XDG_SESSION_ID").unwrap_or_else(|_| "auto".to_owned());
    let (desk, kept) = (Arc::clone(desk), bus.clone());
    bus.call(
        Some(LOGIND),
        LOGIND_PATH,
        MANAGER,
        "GetSession",
        Some(&(id,).to_variant()),
        VariantTy::new("(o)").ok(),
        DBusCallFlags::NONE,
        -1,
        Cancellable::NONE,
        move |answer| {
            let path = answer.ok().and_then(|answer| answer.child_value(0).str().map(str::to_owned));
            let signal = Signal {
                interface: "org.freedesktop.login1.Session",
                path: path.as_deref(),
                ..Signal::of_logind("Lock")
            };
            listen(&kept, signal, move |_| lock(&desk));
        },
    );
}

/// A signal as a bus tells it, from anybody and about anything unless it is said.
#[derive(Default)]
struct Signal<'a> {
    sender: Option<&'a str>,
    interface: &'a str,
    name: &'a str,
    path: Option<&'a str>,
}

impl<'a> Signal<'a> {
    fn of(name: &'a str) -> Self {
        Self { name, ..Self::default() }
    }

    /// From logind alone: on the system's bus everybody may send one.
    fn of_logind(name: &'a str) -> Self {
        Self { sender: Some(LOGIND), ..Self::of(name) }
    }
}

fn listen(bus: &DBusConnection, signal: Signal<'_>, heard: impl Fn(&Variant) + 'static) {
    // Nobody else has the system's bus: without this it would be left as soon as this returns.
    let kept = bus.clone();
    bus.signal_subscribe(
        signal.sender,
        Some(signal.interface),
        Some(signal.name),
        signal.path,
        None,
        DBusSignalFlags::NONE,
        move |_, _, _, _, _, arguments| {
            let _ = &kept;
            heard(arguments);
        },
    );
}

fn lock(desk: &Arc<WindowDesk>) {
    let desk = Arc::clone(desk);
    tauri::async_runtime::spawn(async move { desk.lock(LockReason::Away).await });
}

/// Does something on the window toolkit's loop, to which files of a bus belong, once something else is done.
fn then(done: impl Future + 'static, act: impl FnOnce() + 'static) {
    MainContext::default().spawn_local(async move {
        done.await;
        act();
    });
}

fn says_true(arguments: &Variant) -> bool {
    arguments.n_children() > 0 && arguments.child_value(0).get::<bool>() == Some(true)
}
