//! The root: which screen is shown. What an open vault shows lives below [`Workspace`](crate::pages::workspace) and
//! is dropped with it.

use gloo_timers::future::TimeoutFuture;
use model::{
    Failure,
    command::{PagePainted, PaintedScreen, ViewApp},
    vault::{AppView, DeskEvent, VaultState},
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    pages::{
        create_vault::CreateVaultPage,
        unlock::UnlockPage,
        unusable::{UnusableProps, unusable_page},
        workspace::Workspace,
    },
    shell,
};

/// Draws the page into its place in `index.html`.
pub fn start() {
    let place = browser::document().and_then(|document| document.get_element_by_id("page"));
    if let Some(place) = place {
        yew::Renderer::<App>::with_root(place).render();
    }
}

type View = Option<Result<AppView, Failure>>;

#[component]
fn App() -> Html {
    let view: UseStateHandle<View> = use_state(|| None);
    let refresh = use_callback((), {
        let setter = view.setter();
        move |(), ()| refresh(setter.clone())
    });
    let on_view = use_callback((), {
        let setter = view.setter();
        move |view, ()| setter.set(Some(Ok(view)))
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
    let screen = screen_of(&view);
    use_effect_with(screen, |screen| announce(*screen));
    draw(&view, &refresh, &on_view)
}

fn refresh(setter: UseStateSetter<View>) {
    spawn_local(async move {
        setter.set(Some(shell::call(ViewApp {}).await));
    });
}

/// The name of the screen in `data-screen`; `None` while nothing is known, and for what the workspace announces.
fn screen_of(view: &View) -> Option<&'static str> {
    match view.as_ref()? {
        Ok(AppView { vault: VaultState::Absent, .. }) => Some("create"),
        Ok(AppView { vault: VaultState::Locked { .. }, .. }) => Some("unlock"),
        Ok(AppView { vault: VaultState::Unlocked { .. }, .. }) => None,
        Ok(AppView { vault: VaultState::Unusable { .. }, .. }) | Err(_) => Some("unusable"),
    }
}

fn announce(screen: Option<&'static str>) {
    let Some(screen) = screen else { return };
    browser::set_title("Signalbox");
    browser::set_screen(screen, true);
    spawn_local(async move {
        browser::painted().await;
        // After the paint: what is timed must not wait for the timing.
        TimeoutFuture::new(0).await;
        let _ = shell::call(PagePainted { screen: PaintedScreen::Gate }).await;
    });
}

fn draw(view: &View, refresh: &Callback<()>, on_view: &Callback<AppView>) -> Html {
    let unusable =
        |fault: &Failure| unusable_page(&UnusableProps { fault: fault.clone(), on_retry: refresh.clone() });
    match view {
        None => Html::default(),
        Some(Err(failure)) => unusable(failure),
        Some(Ok(view)) => match &view.vault {
            VaultState::Absent => html! { <CreateVaultPage view={view.clone()} {on_view} /> },
            VaultState::Locked { .. } => html! { <UnlockPage view={view.clone()} {on_view} {refresh} /> },
            VaultState::Unusable { fault } => unusable(fault),
            VaultState::Unlocked { .. } => {
                html! { <Workspace view={view.clone()} {on_view} on_locked={refresh} /> }
            }
        },
    }
}
