//! The icon in the desktop's bar, with a lock that is one click away. It comes after the first paint and on a thread of its
//! own, so that no start waits for a bus. Where no bus or no bar shows such icons there is none, and nothing else differs.
//!
//! By D-Bus (StatusNotifierItem, `com.canonical.dbusmenu`) and in Rust: the tray of Tauri loads a library of the system when
//! it is used, and ends the program where that is missing.

use std::{
    sync::{Arc, Once, OnceLock},
    thread,
    time::Duration,
};

use desk::Glance;
use ksni::{
    MenuItem,
    blocking::{Handle, TrayMethods as _},
    menu::{RadioGroup, RadioItem, StandardItem, SubMenu},
};
use model::{
    PicoUsd, ProviderId,
    vault::{DeskEvent, LockReason},
};
use tauri::{AppHandle, Manager as _};
use tokio::{sync::Notify, time::timeout};

use crate::{WindowDesk, window, words};

const LOCK: &str = "Lock";
const SHOW: &str = "Show window";
const QUIT: &str = "Quit";
const DEFAULT: &str = "Default provider";
/// Looks at the vault are so far apart at least; what happens meanwhile is one look.
const REST: Duration = Duration::from_secs(1);

/// How the names of commands begin that change nothing of the vault.
const READS: [&str; 10] = [
    "view_",
    "list_",
    "preview_",
    "judge_",
    "explain_",
    "simulate_",
    "test_draft",
    "stay_awake",
    "page_painted",
    "remember",
];

/// Kept as long as the program runs.
static SHOWN: OnceLock<Handle<Icon>> = OnceLock::new();
static ASKED: Once = Once::new();

/// Something happened that the menu says.
static CHANGED: Notify = Notify::const_new();
/// The vault was locked: nothing of it stays in the menu for the length of a rest.
static LOCKED: Notify = Notify::const_new();

struct Icon {
    app: AppHandle,
    desk: Arc<WindowDesk>,
    /// The open vault; nothing of it is left when it is locked.
    glance: Option<Glance>,
}

/// Shows it, the first time that this is called.
pub(crate) fn show_once(app: &AppHandle, desk: &Arc<WindowDesk>) {
    ASKED.call_once(|| {
        let icon = Icon { app: app.clone(), desk: Arc::clone(desk), glance: None };
        let desk = Arc::clone(desk);
        thread::spawn(move || match icon.spawn() {
            Ok(handle) => {
                let _ = SHOWN.set(handle);
                follow(&desk);
            }
            Err(error) => tracing::info!(%error, "the desktop's bar shows no icon"),
        });
    });
}

/// What the desk tells may be something that the menu says: what today costs, who there is, that the vault is locked. A piece
/// of an answer is none of these, and comes a hundred times in a second.
pub(crate) fn heed(event: &DeskEvent) {
    match event {
        DeskEvent::VaultLocked { .. } => LOCKED.notify_one(),
        DeskEvent::UsageChanged | DeskEvent::DefaultSwitched { .. } => look_soon(),
        DeskEvent::ProviderTested { .. }
        | DeskEvent::AnswerGrew { .. }
        | DeskEvent::AnswerWaits { .. }
        | DeskEvent::AnswerRestarted { .. }
        | DeskEvent::HealthChanged { .. }
        | DeskEvent::Told { .. }
        | DeskEvent::AttemptsFailed { .. }
        | DeskEvent::KeyRotates { .. }
        | DeskEvent::SyncProgress { .. }
        | DeskEvent::LinkCame
        | DeskEvent::Trouble { .. } => {}
    }
}

/// A command has ended: the menu may have to say something else, unless it only read.
pub(crate) fn heed_end(command: &str) {
    if !READS.iter().any(|start| command.starts_with(start)) {
        look_soon();
    }
}

/// Something that the menu says may be otherwise.
fn look_soon() {
    CHANGED.notify_one();
}

/// Keeps the menu in step with the vault, on the icon's own thread. At a lock it waits for nothing.
fn follow(desk: &WindowDesk) {
    loop {
        let glance = tauri::async_runtime::block_on(desk.glance());
        let Some(handle) = SHOWN.get() else { return };
        if handle.update(|icon| icon.glance = glance).is_none() {
            return;
        }
        tauri::async_runtime::block_on(async {
            tokio::select! {
                () = LOCKED.notified() => {}
                // Only a lock ends the rest; further changes are one look after it.
                () = CHANGED.notified() => {
                    let _ = timeout(REST, LOCKED.notified()).await;
                }
            }
        });
    }
}

/// A name in the menu: the desktop reads `_` as the mark of a key.
fn label(name: &str) -> String {
    name.replace('_', "__")
}

/// What today costs. Calls whose price is not known are never counted as nothing.
fn today(glance: &Glance) -> String {
    let (cost, unpriced) = (glance.cost_today, glance.unpriced_today);
    match unpriced {
        0 => format!("Today: {}", cost.display()),
        _ if cost == PicoUsd::default() => format!("Today: cost unknown, {unpriced} unpriced"),
        _ => format!("Today: {} + {unpriced} unpriced", cost.display()),
    }
}

impl Icon {
    fn switch(&self, id: ProviderId) {
        let desk = Arc::clone(&self.desk);
        // A thread that waits, and not a task, as for commands.
        tauri::async_runtime::spawn_blocking(move || {
            if let Err(failure) = tauri::async_runtime::block_on(desk.switch_default(id)) {
                tracing::warn!(reason = failure.message, "the default was not switched");
            }
            look_soon();
        });
    }

    /// What an open vault adds: what today costs, and who is the default.
    fn of_vault(&self, glance: &Glance, say: &impl Fn(&str) -> String) -> Vec<MenuItem<Self>> {
        let today = say(&today(glance));
        let today = StandardItem { label: today, enabled: false, ..StandardItem::default() }.into();
        // Without one that is the default, none is marked.
        let selected = glance.choices.iter().position(|choice| choice.is_default).unwrap_or(usize::MAX);
        let item = |choice: &desk::Choice| RadioItem { label: label(&choice.name), ..RadioItem::default() };
        let ids: Vec<ProviderId> = glance.choices.iter().map(|choice| choice.id).collect();
        let group = RadioGroup {
            selected,
            select: Box::new(move |icon: &mut Self, place| {
                if let Some(id) = ids.get(place) {
                    icon.switch(*id);
                }
            }),
            options: glance.choices.iter().map(item).collect(),
        };
        let choices = SubMenu {
            label: say(DEFAULT),
            enabled: !glance.choices.is_empty(),
            submenu: vec![group.into()],
            ..SubMenu::default()
        };
        vec![today, choices.into(), MenuItem::Separator]
    }

    fn lock(&self) {
        let desk = Arc::clone(&self.desk);
        tauri::async_runtime::spawn(async move { desk.lock(LockReason::Asked).await });
    }

    fn show(&self) {
        window::raise(&self.app);
    }

    /// As the button of the window's frame does.
    fn quit(&self) {
        let closed = self.app.get_webview_window(window::LABEL).map(|window| window.close());
        if let Some(Err(error)) = closed {
            tracing::warn!(%error, "the window could not be closed");
        }
    }
}

impl ksni::Tray for Icon {
    fn id(&self) -> String {
        "signalbox".to_owned()
    }

    fn title(&self) -> String {
        "Signalbox".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let Some(icon) = self.app.default_window_icon() else { return Vec::new() };
        let size = (i32::try_from(icon.width()), i32::try_from(icon.height()));
        let (Ok(width), Ok(height)) = size else { return Vec::new() };
        // Bytes of red, green, blue, alpha become alpha, red, green, blue.
        let data = icon
            .rgba()
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|&[red, green, blue, alpha]| [alpha, red, green, blue]);
        vec![ksni::Icon { width, height, data: data.collect() }]
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.show();
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let book = words::book(&self.app, &self.desk.settings());
        let say = |text: &str| book.as_ref().map_or_else(|| text.to_owned(), |book| book.say(text));
        let item = |label: &str, act: fn(&Self)| {
            let activate = Box::new(move |icon: &mut Self| act(icon));
            StandardItem { label: say(label), activate, ..StandardItem::default() }.into()
        };
        let own = [item(LOCK, Self::lock), item(SHOW, Self::show), item(QUIT, Self::quit)];
        self.glance.iter().flat_map(|glance| self.of_vault(glance, &say)).chain(own).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_calls_without_a_price_does_not_cost_nothing() {
        let of =
            |cost_today, unpriced_today| today(&Glance { cost_today, unpriced_today, ..Glance::default() });
        assert_eq!(of(PicoUsd(0), 0), "Today: $0.00");
        assert_eq!(of(PicoUsd(0), 2), "Today: cost unknown, 2 unpriced");
        assert_eq!(of(PicoUsd(1_500_000_000_000), 2), "Today: $1.50 + 2 unpriced");
    }
}
