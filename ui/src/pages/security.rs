//! The settings' section of security: what opens the vault, read anew whenever a dialog over it has closed.

use model::{
    Failure, FailureCode,
    command::{SetKeyring, ViewSecurity},
    security::SecurityView,
};
use yew::prelude::*;

use crate::{
    components::{
        empty_list::not_read,
        page_skeleton::{Outline, page_skeleton},
        security_settings::{Lines, security_settings},
    },
    shell,
    state::workspace::{Action, Layer},
    t,
    work::Work,
};

/// The section.
#[derive(Properties, PartialEq)]
pub struct SecuritySectionProps {
    /// Whether something lies over the page.
    pub covered: bool,
    /// A way to ask for things.
    pub work: Work,
}

/// The section.
#[component]
pub fn SecuritySection(props: &SecuritySectionProps) -> Html {
    let view = use_state(|| Option::<Result<SecurityView, Failure>>::None);
    let asking = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let read = use_callback((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |(), ()| {
            let view = view.clone();
            work.run(async move |work| match shell::call(ViewSecurity {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                seen => view.set(Some(seen)),
            });
        }
    });
    use_effect_with(props.covered, {
        let read = read.clone();
        move |covered| {
            if !covered {
                read.emit(());
            }
        }
    });
    let on_open = {
        let work = props.work.clone();
        Callback::from(move |dialog| work.act(Action::Open(Layer::Security(dialog))))
    };
    let on_keyring = {
        let (work, view) = (props.work.clone(), view.setter());
        let (asking, fault) = (asking.setter(), fault.setter());
        Callback::from(move |on| {
            let (view, asking, fault) = (view.clone(), asking.clone(), fault.clone());
            asking.set(true);
            fault.set(None);
            work.run(async move |work| {
                match shell::call(SetKeyring { on }).await {
                    Ok(seen) => view.set(Some(Ok(seen))),
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => fault.set(Some(failure)),
                }
                asking.set(false);
            });
        })
    };
    let body = match &*view {
        None => page_skeleton(t!("reading-security"), Outline::Lines(4)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(view)) => security_settings(Lines {
            view,
            asking: *asking,
            fault: fault.as_ref(),
            on_open: &on_open,
            on_keyring: &on_keyring,
        }),
    };
    html! {
        <section class="set-s" id="security" tabindex="-1"><h2>{ t!("security-section") }</h2>{ body }</section>
    }
}
