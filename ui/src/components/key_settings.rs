//! The settings' lines about keys that age: when they are old, for how long one that was replaced is kept, and the clipboard.

use model::{
    Failure, FailureCode,
    command::{SetKeySettings, ViewKeySettings},
    keys::KeySettings,
};
use yew::prelude::*;

use crate::{
    components::{
        empty_list::not_read,
        field::typed,
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
        setting_line::{setting_line, toggle},
    },
    shell,
    state::{
        keys::Typed,
        toast::{Toast, sentence_case},
        workspace::Action,
    },
    t,
    work::Work,
};

/// The section.
#[derive(Properties, PartialEq)]
pub struct KeySectionProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The section.
#[component]
pub fn KeySection(props: &KeySectionProps) -> Html {
    let in_force = use_state(|| Option::<Result<KeySettings, Failure>>::None);
    let now = use_state(|| Option::<Typed>::None);
    let fault = use_state(|| Option::<Failure>::None);
    let read = use_callback((), {
        let (work, in_force) = (props.work.clone(), in_force.setter());
        move |(), ()| {
            let in_force = in_force.clone();
            work.run(async move |work| match shell::call(ViewKeySettings {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                seen => in_force.set(Some(seen)),
            });
        }
    });
    use_effect_with((), {
        let read = read.clone();
        move |()| read.emit(())
    });
    let body = match &*in_force {
        None => page_skeleton(t!("reading-key-settings"), Outline::Lines(3)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(settings)) => {
            let shown = (*now).clone().unwrap_or_else(|| Typed::of(settings));
            let on_edit = {
                let now = now.setter();
                Callback::from(move |typed| now.set(Some(typed)))
            };
            let wanted = shown.read();
            let on_save = {
                let (work, in_force, now, fault) =
                    (props.work.clone(), in_force.setter(), now.setter(), fault.setter());
                Callback::from(move |()| {
                    let Some(settings) = wanted else { return };
                    let (in_force, now, fault) = (in_force.clone(), now.clone(), fault.clone());
                    work.run(async move |work| match shell::call(SetKeySettings { settings }).await {
                        Ok(set) => {
                            in_force.set(Some(Ok(set)));
                            now.set(None);
                            fault.set(None);
                            work.act(Action::Say(Toast::success(t!("key-settings-saved"), String::new())));
                        }
                        Err(failure) if failure.code == FailureCode::Cancelled => {}
                        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                        Err(failure) => fault.set(Some(failure)),
                    });
                })
            };
            html! {
                <>
                    { for fault.as_ref().map(refused) }
                    { lines(settings, &shown, &on_edit, &on_save) }
                </>
            }
        }
    };
    html! { <section class="set-s" id="keys" tabindex="-1"><h2>{ t!("keys-section") }</h2>{ body }</section> }
}

fn refused(failure: &Failure) -> Html {
    html! {
        <div class="note danger" role="alert" id="keys-refused">
            { icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
        </div>
    }
}

fn lines(in_force: &KeySettings, shown: &Typed, on_edit: &Callback<Typed>, on_save: &Callback<()>) -> Html {
    let line = |title, text: String, control| setting_line(title, html! { { text } }, control);
    let number = |id: &'static str, label: String, value: &str, edit: fn(&mut Typed, String)| {
        let oninput = {
            let (on_edit, shown) = (on_edit.clone(), shown.clone());
            move |event: InputEvent| {
                let mut edited = shown.clone();
                edit(&mut edited, typed(&event));
                on_edit.emit(edited);
            }
        };
        html! { <input class="inp num w96" {id} aria-label={label} inputmode="numeric" autocomplete="off" value={value.to_owned()} {oninput} /> }
    };
    let reminds = {
        let (on_edit, shown) = (on_edit.clone(), shown.clone());
        Callback::from(move |reminds| on_edit.emit(Typed { reminds, ..shown.clone() }))
    };
    let remind = html! {
        <span class="row">
            if shown.reminds {
                { number("key-remind-days", t!("keys-remind-days"), &shown.remind_days, |typed, text| typed.remind_days = text) }
            }
            { toggle("key-reminds", t!("keys-remind"), shown.reminds, false, &reminds) }
        </span>
    };
    let keep = number("key-keep-days", t!("keys-keep-days"), &shown.keep_days, |typed, text| {
        typed.keep_days = text;
    });
    let clipboard = number("key-clipboard-s", t!("keys-clipboard-s"), &shown.clipboard_s, |typed, text| {
        typed.clipboard_s = text;
    });
    let wanted = shown.read();
    html! {
        <div class="card" id="keys-card">
            { line(t!("keys-remind"), t!("keys-remind-text"), remind) }
            { line(t!("keys-keep"), t!("keys-keep-text"), keep) }
            { line(t!("keys-clipboard"), t!("keys-clipboard-text"), clipboard) }
            if *shown != Typed::of(in_force) {
                <div class="si"><span></span>
                    <button type="button" class="btn primary sm" id="save-key-settings" disabled={wanted.is_none()}
                        onclick={on_save.reform(|_: MouseEvent| ())}><span>{ t!("key-settings-save") }</span></button>
                </div>
            }
        </div>
    }
}
