//! How long the vault stays open, kept so by real activity, and the button that locks it now.

use gloo_timers::callback::Interval;
use model::vault::{AppView, VaultState};
use yew::prelude::*;

use crate::{browser, components::icon::icon, state::age, t};

/// How often it is looked; what is shown changes less often, and only then is anything drawn.
const TICK_MS: u32 = 1_000;

/// The vault as it is known.
#[derive(Properties, PartialEq)]
pub struct VaultCountdownProps {
    /// Unlocked, with the time left; locked while this is drawn beneath the lock screen.
    pub view: AppView,
    /// The time is over by our count; only the shell knows.
    pub on_over: Callback<()>,
    /// Lock now.
    pub on_lock: Callback<()>,
}

/// The state of the vault.
#[component]
pub fn VaultCountdown(props: &VaultCountdownProps) -> Html {
    let open_ms = match props.view.vault {
        VaultState::Unlocked { locks_in_ms } => Some(locks_in_ms),
        _ => None,
    };
    let total_ms = open_ms.unwrap_or(0);
    let left_ms = use_state_eq(|| age::in_steps(total_ms));
    use_effect_with(props.view.clone(), {
        let (left_ms, on_over) = (left_ms.clone(), props.on_over.clone());
        move |_| {
            let end = browser::steady_ms() + total_ms as f64;
            left_ms.set(age::in_steps(total_ms));
            let tick = move || {
                let left = (end - browser::steady_ms()).max(0.0) as u64;
                left_ms.set(age::in_steps(left));
                if left == 0 {
                    on_over.emit(());
                }
            };
            let clock = open_ms.map(|_| Interval::new(TICK_MS, tick));
            move || drop(clock)
        }
    });
    let label = t!("lock-now");
    html! {
        <div class="vault-state">
            { icon("unlock") }
            <span>{ t!("unlocked-locks-in") }{ " " }<b class="num">{ age::left(*left_ms) }</b></span>
            <button type="button" class="ib" id="lock-now" aria-label={label.clone()} title={label}
                onclick={props.on_lock.reform(|_: MouseEvent| ())}>
                { icon("lock") }
            </button>
        </div>
    }
}
