//! The root: which screen is shown. What an open vault shows lives below [`workspace`](crate::pages::workspace) and
//! is dropped with it.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use model::{
    Failure,
    command::{Opened, PagePainted, PaintedScreen, ViewApp},
    program::Language,
    provider::ProviderList,
    remembered::Remembered,
    vault::{AppView, DeskEvent, VaultState},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser, focus,
    pages::{
        create_vault::CreateVaultProps,
        unlock::UnlockPage,
        unusable::{UnusableProps, unusable_page},
        workspace::WorkspaceProps,
    },
    parts::{self, Part},
    shell, texts, words,
};

/// Draws the page into its place in `index.html`, once the words for it are here.
pub fn start() {
    spawn_local(async {
        words::begin().await;
        focus::watch();
        let place = browser::document().and_then(|document| document.get_element_by_id("page"));
        if let Some(place) = place {
            yew::Renderer::<App>::with_root(place).render();
        }
    });
}

/// What is known of the vault, and what is drawn of it.
#[derive(Default)]
struct Screen {
    view: Option<Result<AppView, Failure>>,
    /// How often a vault was left. The workspace of another visit is another one: nothing of it stays in the page.
    visit: u32,
    /// Whether the workspace is drawn beneath the lock screen.
    prepared: bool,
    /// What it is drawn in.
    language: Language,
}

enum Seen {
    View(Result<AppView, Failure>),
    /// The lock screen is painted, and what comes after it is here.
    Prepared,
    /// Another language is spoken.
    Spoken,
}

impl Reducible for Screen {
    type Action = Seen;

    fn reduce(self: Rc<Self>, seen: Seen) -> Rc<Self> {
        let view = match seen {
            Seen::Prepared => {
                return Rc::new(Self {
                    view: self.view.clone(),
                    visit: self.visit,
                    prepared: true,
                    language: self.language,
                });
            }
            Seen::Spoken => {
                return Rc::new(Self {
                    view: self.view.clone(),
                    visit: self.visit,
                    prepared: self.prepared,
                    language: texts::spoken(),
                });
            }
            Seen::View(view) => view,
        };
        let left = is_open(&self.view) && !matches!(&view, Ok(view) if view.is_open());
        Rc::new(Self {
            visit: self.visit + u32::from(left),
            prepared: self.prepared && !left,
            view: Some(view),
            language: self.language,
        })
    }
}

/// The list as it was when the vault opened and how it was looked at before, for the workspace to begin with.
#[derive(Default)]
struct First {
    list: Option<Rc<ProviderList>>,
    remembered: Rc<Remembered>,
}

#[component]
fn App() -> Html {
    let screen = use_reducer(|| Screen { language: texts::spoken(), ..Screen::default() });
    let refresh = use_callback((), {
        let screen = screen.dispatcher();
        move |(), ()| refresh(screen.clone())
    });
    let first = use_mut_ref(First::default);
    let on_view = use_callback((), {
        let screen = screen.dispatcher();
        move |view, ()| screen.dispatch(Seen::View(Ok(view)))
    });
    let on_open = use_callback((), {
        let (screen, first) = (screen.dispatcher(), first.clone());
        move |opened, ()| enter(opened, screen.clone(), first.clone())
    });
    use_effect_with((), {
        let screen = screen.dispatcher();
        move |()| words::drawn_by(Callback::from(move |()| screen.dispatch(Seen::Spoken)))
    });
    use_effect_with((), {
        let refresh = refresh.clone();
        move |()| {
            refresh.emit(());
            let listener = shell::on_event(move |event| {
                if let DeskEvent::VaultLocked { .. } = event {
                    refresh.emit(());
                }
            });
            move || drop(listener)
        }
    });
    use_effect_with(name_of(&screen.view), {
        let screen = screen.dispatcher();
        move |name| announce(*name, screen)
    });
    draw(&screen, &first, &refresh, &on_view, &on_open)
}

/// Shows the open vault together with its list: a workspace that is painted empty first is painted twice.
fn enter(opened: Opened, screen: UseReducerDispatcher<Screen>, first: Rc<RefCell<First>>) {
    spawn_local(async move {
        let (list, remembered) = (opened.list.map(Rc::new), Rc::new(opened.remembered));
        *first.borrow_mut() = First { list, remembered };
        screen.dispatch(Seen::View(with_parts(opened.view).await));
    });
}

fn refresh(screen: UseReducerDispatcher<Screen>) {
    spawn_local(async move {
        let view = match shell::call(ViewApp {}).await {
            Ok(view) => with_parts(view).await,
            Err(failure) => Err(failure),
        };
        screen.dispatch(Seen::View(view));
    });
}

/// A view once all that it is drawn with is here.
async fn with_parts(view: AppView) -> Result<AppView, Failure> {
    match view.vault {
        VaultState::Absent => Part::Layers.fetch().await?,
        VaultState::Unlocked { .. } => Part::Workspace.fetch().await?,
        VaultState::Locked { .. } | VaultState::Unusable { .. } => {}
    }
    Ok(view)
}

fn is_open(view: &Option<Result<AppView, Failure>>) -> bool {
    matches!(view, Some(Ok(view)) if view.is_open())
}

/// The name of the screen in `data-screen`; `None` while nothing is known, and for what the workspace announces.
fn name_of(view: &Option<Result<AppView, Failure>>) -> Option<&'static str> {
    match view.as_ref()? {
        Ok(AppView { vault: VaultState::Absent, .. }) => Some("create"),
        Ok(AppView { vault: VaultState::Locked { .. }, .. }) => Some("unlock"),
        Ok(AppView { vault: VaultState::Unlocked { .. }, .. }) => None,
        Ok(AppView { vault: VaultState::Unusable { .. }, .. }) | Err(_) => Some("unusable"),
    }
}

fn announce(name: Option<&'static str>, screen: UseReducerDispatcher<Screen>) {
    let Some(name) = name else { return };
    browser::set_title("Signalbox");
    browser::set_screen(name, true);
    spawn_local(async move {
        browser::painted().await;
        // After the paint: what is timed must not wait for the timing.
        TimeoutFuture::new(0).await;
        let _ = shell::call(PagePainted { screen: PaintedScreen::Gate }).await;
        // While the password is typed; if it fails, it is fetched again when the vault opens.
        if Part::Workspace.fetch().await.is_ok() {
            screen.dispatch(Seen::Prepared);
        }
    });
}

fn draw(
    screen: &Screen,
    first: &RefCell<First>,
    refresh: &Callback<()>,
    on_view: &Callback<AppView>,
    on_open: &Callback<Opened>,
) -> Html {
    let unusable =
        |fault: &Failure| unusable_page(&UnusableProps { fault: fault.clone(), on_retry: refresh.clone() });
    let view = match &screen.view {
        None => return Html::default(),
        Some(Err(failure)) => return unusable(failure),
        Some(Ok(view)) => view,
    };
    match &view.vault {
        VaultState::Absent => {
            parts::create_vault(CreateVaultProps { view: view.clone(), on_open: on_open.clone() })
        }
        VaultState::Unusable { fault } => unusable(fault),
        VaultState::Locked { .. } | VaultState::Unlocked { .. } => {
            let shown = view.is_open() || screen.prepared;
            let workspace = || {
                let (list, remembered) = {
                    let mut first = first.borrow_mut();
                    (first.list.take(), first.remembered.clone())
                };
                parts::workspace(WorkspaceProps {
                    visit: screen.visit,
                    language: screen.language,
                    view: view.clone(),
                    first: list,
                    remembered,
                    on_view: on_view.clone(),
                    on_locked: refresh.clone(),
                })
            };
            html! {
                <>
                    if shown { { workspace() } }
                    if !view.is_open() { <UnlockPage view={view.clone()} {on_open} {refresh} /> }
                </>
            }
        }
    }
}
