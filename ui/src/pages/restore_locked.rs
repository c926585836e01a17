//! Restoring a backup at the lock screen: one of those that lie here, or one elsewhere, with the password that the vault had then. The way back to what
//! was made under an earlier vault key.

use model::{
    Failure, FailureCode, Secret,
    backups::{BackupState, BackupView},
    command::{ListBackupsAtUnlock, RestoreAtUnlock},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        backup_settings::{reason, size},
        icon::{brand_mark, icon},
        password_field::PasswordField,
    },
    pages::change_password::refusal,
    shell, t,
};

/// What stands in the lock screen's place.
#[derive(Properties, PartialEq)]
pub struct RestoreLockedProps {
    /// Back to the password, with what was wrong.
    pub on_back: Callback<Option<Failure>>,
}

/// Which backup is chosen.
#[derive(Clone, PartialEq)]
enum Choice {
    /// One of those here, by its name.
    Here(String),
    /// The one whose path is typed.
    Elsewhere,
}

type Known = Option<Result<Vec<BackupView>, Failure>>;

/// The page.
#[component]
pub fn RestoreLocked(props: &RestoreLockedProps) -> Html {
    let (path, password) = (use_node_ref(), use_node_ref());
    let known = use_state(|| Known::None);
    let choice = use_state(|| Option::<Choice>::None);
    let busy = use_state(|| false);
    let failure = use_state(|| Option::<Failure>::None);
    let read = use_callback((), {
        let known = known.setter();
        move |(), ()| {
            let known = known.clone();
            known.set(None);
            spawn_local(async move { known.set(Some(shell::call(ListBackupsAtUnlock {}).await)) });
        }
    });
    use_effect_with((), {
        let read = read.clone();
        move |()| read.emit(())
    });
    use_effect_with(known.is_some(), |known| {
        if *known {
            browser::focus("#restore-places input");
        }
    });
    let onsubmit = {
        let (path, password, choice) = (path.clone(), password.clone(), choice.clone());
        let (may, on_back) = (!*busy, props.on_back.clone());
        let (busy, failure) = (busy.setter(), failure.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let typed = |field: &NodeRef| field.cast::<HtmlInputElement>().map(|field| field.value());
            let place = match &*choice {
                Some(Choice::Here(name)) => Some(name.clone()),
                Some(Choice::Elsewhere) => typed(&path).map(|path| path.trim().to_owned()),
                None => None,
            };
            let (Some(place), Some(password)) = (place.filter(|_| may), typed(&password)) else { return };
            let request = RestoreAtUnlock { password: Secret::new(password), place };
            let (busy, failure, on_back) = (busy.clone(), failure.clone(), on_back.clone());
            busy.set(true);
            failure.set(None);
            spawn_local(async move {
                match shell::call(request).await {
                    Ok(_) => on_back.emit(None),
                    // Only the lock screen says how long to wait.
                    Err(refused) if refused.code == FailureCode::Wait => on_back.emit(Some(refused)),
                    Err(refused) => {
                        busy.set(false);
                        failure.set(Some(refused));
                    }
                }
            });
        })
    };
    let on_choose = {
        let choice = choice.setter();
        Callback::from(move |chosen| choice.set(Some(chosen)))
    };
    html! {
        <div class="lock"><main class="lock-c wide" id="restore-locked">
            { brand_mark() }
            <h1>{ t!("locked-restore-title") }</h1>
            <p class="lede">{ t!("locked-restore-lede") }</p>
            <form class="form" {onsubmit}>
                <fieldset class="field">
                    <legend class="lab">{ t!("locked-restore-which") }</legend>
                    { places(&known, choice.as_ref(), &on_choose, &read) }
                </fieldset>
                if *choice == Some(Choice::Elsewhere) {
                    <div class="field">
                        <label for="restore-path">{ t!("locked-restore-path") }</label>
                        <input class="inp mono" id="restore-path" ref={path} placeholder="/media/stick/20261123T143200Z-412" autocomplete="off" spellcheck="false" aria-describedby="restore-path-hint" />
                        <p class="hint" id="restore-path-hint">{ t!("locked-restore-path-hint") }</p>
                    </div>
                }
                <div class="field">
                    <label for="restore-password">{ t!("locked-restore-password") }</label>
                    <PasswordField id="restore-password" input={password} autocomplete="current-password" described_by="restore-password-hint" />
                    <p class="hint" id="restore-password-hint">{ t!("locked-restore-password-hint") }</p>
                </div>
                <div id="restore-locked-refused">{ failure.as_ref().map(refusal).unwrap_or_default() }</div>
                <button type="submit" class="btn primary lg block" id="confirm-restore-locked" disabled={choice.is_none() || *busy} aria-busy={busy.to_string()}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("rescue-restore") }</span>
                </button>
                <button type="button" class="btn link" id="restore-back" disabled={*busy} onclick={props.on_back.reform(|_: MouseEvent| None)}>{ t!("locked-restore-back") }</button>
            </form>
        </main></div>
    }
}

/// Those that lie here, newest first, and behind them any other place.
fn places(known: &Known, choice: Option<&Choice>, on_choose: &Callback<Choice>, read: &Callback<()>) -> Html {
    let radio = |chosen: Choice, damaged: bool, label: Html| {
        let (is_it, onchange) = (choice == Some(&chosen), on_choose.reform(move |_: Event| chosen.clone()));
        html! {
            <label><input class="cb r" type="radio" name="restore-place" checked={is_it} disabled={damaged} {onchange} />{ label }</label>
        }
    };
    let line = |one: &BackupView| {
        let damaged = one.state == BackupState::Damaged;
        let why = if damaged { t!("backup-damaged") } else { reason(one.reason) };
        let label = html! { <>{ browser::clock_of(one.made_at) }<span class="how">{ why }</span><span class="num t3">{ size(one.bytes) }</span></> };
        html! { <li key={one.place.clone()} data-backup={one.place.clone()}>{ radio(Choice::Here(one.place.clone()), damaged, label) }</li> }
    };
    let here = match known {
        None => html! { <p class="t3" role="status" aria-busy="true">{ t!("locked-restore-reading") }</p> },
        Some(Err(failure)) => html! {
            <>
                { refusal(failure) }
                <button type="button" class="btn sm" id="restore-list-again" onclick={read.reform(|_: MouseEvent| ())}>{ icon("sync") }<span>{ t!("try-again") }</span></button>
            </>
        },
        Some(Ok(backups)) if backups.is_empty() => {
            html! { <p class="hint">{ t!("locked-restore-none") }</p> }
        }
        Some(Ok(_)) => Html::default(),
    };
    let listed = known.iter().flatten().flatten();
    html! {
        <>
            { here }
            <ul class="scope" id="restore-places">
                { for listed.map(line) }
                <li>{ radio(Choice::Elsewhere, false, html! { <span id="restore-elsewhere">{ t!("locked-restore-elsewhere") }</span> }) }</li>
            </ul>
        </>
    }
}
