//! The root: which screen is shown. What an open vault shows lives below [`workspace`](crate::pages::workspace) and
//! is dropped with it.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::future::TimeoutFuture;
use model::{
    Failure,
    command::{ListProviders, PagePainted, PaintedScreen, ViewApp},
    provider::ProviderList,
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
        workspace::WorkspaceProps,
    },
    parts::{self, Part},
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

/// The list as it was when the vault opened, for the workspace to begin with.
type First = Option<Rc<ProviderList>>;

#[component]
fn App() -> Html {
    let view: UseStateHandle<View> = use_state(|| None);
    let refresh = use_callback((), {
        let setter = view.setter();
        move |(), ()| refresh(setter.clone())
    });
    let first = use_mut_ref(First::default);
    let on_view = use_callback((), {
        let setter = view.setter();
        move |view, ()| setter.set(Some(Ok(view)))
    });
    let on_open = use_callback((), {
        let (setter, first) = (view.setter(), first.clone());
        move |view, ()| enter(view, setter.clone(), first.clone())
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
    draw(&view, &first, &refresh, &on_view, &on_open)
}

/// Shows the open vault together with its list: a workspace that is painted empty first is painted twice.
fn enter(view: AppView, setter: UseStateSetter<View>, first: Rc<RefCell<First>>) {
    spawn_local(async move {
        // If it does not come, the workspace asks again and says why.
        *first.borrow_mut() = shell::call(ListProviders {}).await.ok().map(Rc::new);
        setter.set(Some(with_parts(view).await));
    });
}

fn refresh(setter: UseStateSetter<View>) {
    spawn_local(async move {
        let view = match shell::call(ViewApp {}).await {
            Ok(view) => with_parts(view).await,
            Err(failure) => Err(failure),
        };
        setter.set(Some(view));
    });
}

/// A view once all that it is drawn with is here.
async fn with_parts(view: AppView) -> Result<AppView, Failure> {
    if let VaultState::Unlocked { .. } = view.vault {
        Part::Workspace.fetch().await?;
    }
    Ok(view)
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
        // While the password is typed; if it fails, it is fetched again when the vault opens.
        let _ = Part::Workspace.fetch().await;
    });
}

fn draw(
    view: &View,
    first: &RefCell<First>,
    refresh: &Callback<()>,
    on_view: &Callback<AppView>,
    on_open: &Callback<AppView>,
) -> Html {
    let unusable =
        |fault: &Failure| unusable_page(&UnusableProps { fault: fault.clone(), on_retry: refresh.clone() });
    match view {
        None => Html::default(),
        Some(Err(failure)) => unusable(failure),
        Some(Ok(view)) => match &view.vault {
            VaultState::Absent => html! { <CreateVaultPage view={view.clone()} on_view={on_open} /> },
            VaultState::Locked { .. } => {
                html! { <UnlockPage view={view.clone()} on_view={on_open} {refresh} /> }
            }
            VaultState::Unusable { fault } => unusable(fault),
            VaultState::Unlocked { .. } => {
                let first = first.borrow_mut().take();
                parts::workspace(WorkspaceProps {
                    view: view.clone(),
                    first,
                    on_view: on_view.clone(),
                    on_locked: refresh.clone(),
                })
            }
        },
    }
}
