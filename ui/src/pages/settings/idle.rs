//! When the vault locks by itself.

use model::{
    command::{SetIdleLock, ViewApp},
    vault::AppView,
};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{components::setting_line::setting_line, shell, t, work::Work};

const MINUTES: [u64; 7] = [1, 2, 5, 10, 15, 30, 60];

/// The line.
#[derive(Properties, PartialEq)]
pub struct IdleLockProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The line.
#[component]
pub fn IdleLock(props: &IdleLockProps) -> Html {
    let view = use_state(|| Option::<AppView>::None);
    use_effect_with((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |()| {
            work.run(async move |work| match shell::call(ViewApp {}).await {
                Ok(seen) => view.set(Some(seen)),
                Err(failure) => work.refused(&failure),
            });
        }
    });
    let onchange = {
        let (work, view) = (props.work.clone(), view.clone());
        Callback::from(move |event: Event| {
            let select = event.target_dyn_into::<HtmlSelectElement>();
            let chosen = select.as_ref().and_then(|select| select.value().parse().ok());
            let (Some(select), Some(minutes), view) = (select, chosen, view.clone()) else { return };
            work.run(async move |work| match shell::call(SetIdleLock { minutes }).await {
                Ok(seen) => view.set(Some(seen)),
                Err(failure) => {
                    let before = view.as_ref().map_or(0, |view| view.idle_lock_s / 60);
                    select.set_value(&before.to_string());
                    work.refused(&failure);
                }
            });
        })
    };
    let now = view.as_ref().map(|view| view.idle_lock_s / 60);
    let others = now.filter(|now| !MINUTES.contains(now));
    let option = |minutes: u64| {
        html! { <option value={minutes.to_string()} selected={now == Some(minutes)}>{ t!("idle-minutes", count = minutes) }</option> }
    };
    let select = html! {
        <select class="inp w-auto" id="idle-lock" aria-label={t!("idle-lock")} disabled={now.is_none()} {onchange}>
            { for MINUTES.into_iter().chain(others).map(option) }
        </select>
    };
    html! { <div class="card" id="idle-card">{ setting_line(t!("idle-lock"), html! { { t!("idle-lock-text") } }, select) }</div> }
}
