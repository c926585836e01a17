//! The lock screen: password, what went wrong, and how long to wait.

use gloo_timers::callback::Interval;
use model::{
    Failure, FailureCode, Secret,
    command::{Opened, UnlockVault},
    vault::{AppView, LockReason, VaultState},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::{brand_mark, icon, small_icon},
        password_field::PasswordField,
    },
    pages::rescue::RescueProps,
    parts::{self, OtherWay, Part, RescueDoor, Way},
    shell,
    state::{age, toast::in_a_line},
    t,
};

/// The vault as it is known.
#[derive(Properties, PartialEq)]
pub struct UnlockProps {
    /// Locked, with its failed attempts and wait.
    pub view: AppView,
    /// The vault is open.
    pub on_open: Callback<Opened>,
    /// Ask for the state again.
    pub refresh: Callback<()>,
}

/// The lock screen.
#[component]
pub fn UnlockPage(props: &UnlockProps) -> Html {
    let field = use_node_ref();
    let failure = use_state(|| Option::<Failure>::None);
    let busy = use_state(|| false);
    let other = use_state(|| Option::<Way>::None);
    let wait_ms = use_wait(&props.view);
    let accept_older = use_mut_ref(|| false);
    let onsubmit = {
        let accept_older = accept_older.clone();
        let (field, failure, busy) = (field.clone(), failure.clone(), busy.clone());
        let (on_open, refresh) = (props.on_open.clone(), props.refresh.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *busy || wait_ms > 0 {
                return;
            }
            let Some(input) = field.cast::<HtmlInputElement>() else { return };
            let attempt =
                UnlockVault { password: Secret::new(input.value()), accept_older: accept_older.take() };
            send(attempt, input, (busy.setter(), failure.setter()), (on_open.clone(), refresh.clone()));
        })
    };
    if let Some(way) = *other {
        let (other, failure, refresh) = (other.setter(), failure.setter(), props.refresh.clone());
        let on_back = Callback::from(move |refused| {
            other.set(None);
            failure.set(refused);
            refresh.emit(());
        });
        return parts::other_way(OtherWay { way, on_open: props.on_open.clone(), on_back });
    }
    let wrong = failure.as_ref().is_some_and(|failure| failure.code != FailureCode::Wait);
    let on_other = fetching(other.setter(), failure.setter());
    let is = |code| failure.as_ref().is_some_and(|failure| failure.code == code);
    let rescue = RescueProps {
        input: Some(field.clone()),
        on_done: {
            let (failure, refresh) = (failure.setter(), props.refresh.clone());
            Callback::from(move |()| {
                failure.set(None);
                refresh.emit(());
            })
        },
    };
    html! {
        <div class="lock">
            <main class="lock-c">
                { brand_mark() }
                <h1>{ t!("unlock-title") }</h1>
                <p class="lede">{ reason(&props.view) }</p>
                <form class="form" {onsubmit}>
                    <div class={classes!("field", wrong.then_some("invalid"))}>
                        <label for="unlock-password"><span class="vh">{ t!("vault-password") }</span></label>
                        <PasswordField id="unlock-password" input={field} placeholder={t!("vault-password")}
                            autocomplete="current-password" invalid={wrong} described_by="unlock-error" focused={true} />
                        { failure.as_ref().filter(|_| wrong).map(error).unwrap_or_default() }
                    </div>
                    { attempts(&props.view, wait_ms) }
                    { sample_hint(&props.view) }
                    { unlock_button(*busy, wait_ms) }
                    if is(FailureCode::Older) {
                        <button type="submit" class="btn lg block" id="open-older" onclick={move |_: MouseEvent| *accept_older.borrow_mut() = true}><span>{ t!("open-older") }</span></button>
                    }
                    { other_ways(&props.view, &on_other) }
                </form>
                if is(FailureCode::Unusable) || is(FailureCode::Older) { <RescueDoor ..rescue /> }
            </main>
            <footer class="lock-foot">
                <span>{ t!("version", version = props.view.version.as_str()) }</span>
                <span class="row">{ small_icon("shield") }{ t!("keys-leave-memory") }</span>
            </footer>
        </div>
    }
}

fn send(
    attempt: UnlockVault,
    input: HtmlInputElement,
    (busy, failure): (UseStateSetter<bool>, UseStateSetter<Option<Failure>>),
    (on_open, refresh): (Callback<Opened>, Callback<()>),
) {
    busy.set(true);
    spawn_local(async move {
        match shell::call(attempt).await {
            Ok(opened) => {
                input.set_value("");
                on_open.emit(opened);
            }
            Err(refused) => {
                busy.set(false);
                input.select();
                failure.set(Some(refused));
                refresh.emit(());
            }
        }
    });
}

/// Shows another way in once its part of the page is here.
fn fetching(other: UseStateSetter<Option<Way>>, failure: UseStateSetter<Option<Failure>>) -> Callback<Way> {
    Callback::from(move |way| {
        let (other, failure) = (other.clone(), failure.clone());
        spawn_local(async move {
            match Part::Layers.fetch().await {
                Ok(()) => other.set(Some(way)),
                Err(unread) => failure.set(Some(unread)),
            }
        });
    })
}

/// Keyring and recovery kit, as far as they open this vault, and a backup in its place.
fn other_ways(view: &AppView, on_other: &Callback<Way>) -> Html {
    let VaultState::Locked { kit, keyring, .. } = view.vault else { return Html::default() };
    let way = |way: Way| on_other.reform(move |_: MouseEvent| way);
    html! {
        <>
            if keyring {
                <button type="button" class="btn lg block" id="unlock-with-keyring" onclick={way(Way::Keyring)}>{ icon("shield") }<span>{ t!("unlock-with-keyring") }</span></button>
            }
            <div class="lock-more">
                if kit { <button type="button" class="btn link" id="use-kit" onclick={way(Way::Kit)}>{ t!("use-kit") }</button> }
                <button type="button" class="btn link" id="use-backup" onclick={way(Way::Backup)}>{ t!("use-backup") }</button>
            </div>
        </>
    }
}

/// Milliseconds until the next attempt is heard, counted down from what the shell said.
#[hook]
fn use_wait(view: &AppView) -> u64 {
    let wait_ms = match view.vault {
        VaultState::Locked { wait_ms, .. } => wait_ms,
        _ => 0,
    };
    let end = use_memo(view.clone(), |_| browser::steady_ms() + wait_ms as f64);
    let left = use_state(|| wait_ms);
    use_effect_with(view.clone(), {
        let left = left.clone();
        move |_| {
            left.set(wait_ms);
            let end = *end;
            let ticks = (wait_ms > 0)
                .then(|| Interval::new(200, move || left.set((end - browser::steady_ms()).max(0.0) as u64)));
            move || drop(ticks)
        }
    });
    // The state is one frame behind a new view; a wait must not flash as over in between.
    if wait_ms == 0 { 0 } else { (*left).min(wait_ms) }
}

fn reason(view: &AppView) -> String {
    let VaultState::Locked { reason, .. } = &view.vault else { return String::new() };
    match reason {
        Some(LockReason::Idle) => t!("locked-idle", minutes = view.idle_lock_s / 60),
        Some(LockReason::Asked) => t!("locked-asked"),
        Some(LockReason::Closed) => t!("locked-closed"),
        Some(LockReason::Away) => t!("locked-away"),
        Some(LockReason::Restored) => t!("locked-restored"),
        None => view.data_folder.clone(),
    }
}

fn error(failure: &Failure) -> Html {
    html! {
        <p class="err" role="alert">
            { icon("alert") }
            <span id="unlock-error">{ in_a_line(failure) }</span>
        </p>
    }
}

fn attempts(view: &AppView, wait_ms: u64) -> Html {
    let VaultState::Locked { failed_attempts, .. } = view.vault else { return Html::default() };
    if failed_attempts == 0 || wait_ms == 0 {
        return Html::default();
    }
    html! {
        <div class="note warn" id="unlock-wait">
            { icon("clock") }
            <div>
                <p>
                    <b>{ t!("failed-attempts", count = failed_attempts) }</b>{ " " }
                    { t!("next-try") }{ " " }<b class="num">{ age::countdown(wait_ms) }</b>{ ". " }
                    { t!("wait-grows") }
                </p>
            </div>
        </div>
    }
}

fn sample_hint(view: &AppView) -> Html {
    let Some(password) = &view.sample_password else { return Html::default() };
    html! {
        <div class="note">
            { icon("info") }
            <div><p><b>{ t!("sample-vault") }</b>{ " " }{ t!("sample-password") }{ " " }<code class="pick-all">{ password }</code></p></div>
        </div>
    }
}

fn unlock_button(busy: bool, wait_ms: u64) -> Html {
    let label = match wait_ms {
        0 => t!("unlock"),
        _ => t!("unlock-in", seconds = wait_ms.div_ceil(1000)),
    };
    let waits = wait_ms > 0;
    let look = if waits { "btn lg block" } else { "btn primary lg block" };
    html! {
        <button type="submit" class={look} id="unlock" disabled={waits} aria-busy={busy.to_string()}>
            if busy { <span class="spin late" aria-hidden="true"></span> }
            <span>{ label }</span>
        </button>
    }
}
