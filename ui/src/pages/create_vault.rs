//! First run: one password, judged while it is typed, and what cannot be recovered said plainly.

use gloo_timers::callback::Timeout;
use model::{
    Failure, Secret,
    command::{CreateVault, JudgePassword, Opened, SuggestPassword},
    vault::AppView,
};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        field::value_of,
        icon::{brand_mark, icon},
        password_field::PasswordField,
        strength_meter::strength_meter,
    },
    pages::first_kit::FirstKit,
    shell,
    state::{password::NewPassword, toast::sentence_case},
    t,
};

/// Long enough not to ask for every letter, short enough to seem immediate.
const JUDGE_AFTER_MS: u32 = 150;

/// The program as it is known.
#[derive(Properties, PartialEq)]
pub struct CreateVaultProps {
    /// Without a vault.
    pub view: AppView,
    /// The vault is made and open.
    pub on_open: Callback<Opened>,
}

/// The first-run page.
#[component]
pub fn CreateVaultPage(props: &CreateVaultProps) -> Html {
    let (first, second) = (use_node_ref(), use_node_ref());
    let entry = use_state(NewPassword::default);
    let failure = use_state(|| Option::<Failure>::None);
    let busy = use_state(|| false);
    let words = use_state(|| Option::<String>::None);
    let made = use_state(|| Option::<Opened>::None);
    let oninput = use_entry(&first, &second, &entry, &failure);
    let onsubmit = {
        let (first, second, failure, busy) = (first.clone(), second.clone(), failure.clone(), busy.clone());
        let (ready, made) = (entry.is_ready(), made.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if ready && !*busy {
                create([&first, &second], busy.clone(), failure.clone(), made.clone());
            }
        })
    };
    let differs = entry.differs();
    if let Some(opened) = &*made {
        let (opened, on_open) = (opened.clone(), props.on_open.clone());
        return html! { <div class="gate">{ steps() }<main class="gate-r"><FirstKit {opened} {on_open} /></main></div> };
    }
    html! {
        <div class="gate">
            { steps() }
            <main class="gate-r">
                <div class="gate-c">
                    <h1>{ t!("create-title") }</h1>
                    <p>{ t!("create-lede") }</p>
                    <form class="form" {onsubmit}>
                        <div class="field">
                            <label for="create-password">{ t!("vault-password") }</label>
                            <PasswordField id="create-password" input={first} autocomplete="new-password"
                                described_by="password-judgement" focused={true} oninput={oninput.reform(|()| true)} />
                            { strength_meter(&entry) }
                            { suggestion(&words) }
                        </div>
                        <div class={classes!("field", differs.then_some("invalid"))}>
                            <label for="repeat-password">{ t!("repeat-password") }</label>
                            <PasswordField id="repeat-password" input={second} autocomplete="new-password" invalid={differs}
                                described_by="repeat-error" oninput={oninput.reform(|()| false)} />
                            <div id="repeat-error" role="status">
                                if differs { <p class="err">{ icon("alert") }<span>{ t!("passwords-differ") }</span></p> }
                            </div>
                        </div>
                        { location(&props.view.data_folder) }
                        { failure.as_ref().map(refusal).unwrap_or_default() }
                        <div class="note warn">
                            { icon("alert") }<div><p><b>{ t!("create-no-recovery") }</b>{ " " }{ t!("create-forgotten") }</p></div>
                        </div>
                        <div class="row between">
                            <span class="push"></span>
                            <button type="submit" id="create-vault" disabled={!entry.is_ready()} aria-busy={busy.to_string()}
                                class={classes!("btn", "lg", entry.is_ready().then_some("primary"))}>
                                if *busy { <span class="spin" aria-hidden="true"></span> }
                                <span>{ if *busy { t!("creating-vault") } else { t!("create-vault") } }</span>
                            </button>
                        </div>
                    </form>
                </div>
            </main>
        </div>
    }
}

/// What to do when either entry changes; the flag says whether it was the first.
#[hook]
pub fn use_entry(
    first: &NodeRef,
    second: &NodeRef,
    entry: &UseStateHandle<NewPassword>,
    failure: &UseStateHandle<Option<Failure>>,
) -> Callback<bool> {
    let pending = use_mut_ref(|| Option::<Timeout>::None);
    let latest = use_mut_ref(|| 0u32);
    let (first, second, entry, failure) = (first.clone(), second.clone(), entry.clone(), failure.clone());
    Callback::from(move |first_changed: bool| {
        let typed = value_of(&first);
        failure.set(None);
        entry.set(entry.entered(&typed, &value_of(&second), first_changed));
        if !first_changed {
            return;
        }
        *latest.borrow_mut() += 1;
        let (turn, latest, first, entry) = (*latest.borrow(), latest.clone(), first.clone(), entry.clone());
        let judge = move || {
            spawn_local(async move {
                let password = Secret::new(value_of(&first));
                let judged = shell::call(JudgePassword { password }).await;
                // An answer about an earlier entry comes too late.
                if let (Ok(judgement), true) = (judged, *latest.borrow() == turn) {
                    entry.set(NewPassword { judgement: Some(judgement), ..(*entry).clone() });
                }
            });
        };
        *pending.borrow_mut() = (!typed.is_empty()).then(|| Timeout::new(JUDGE_AFTER_MS, judge));
    })
}

fn create(
    fields: [&NodeRef; 2],
    busy: UseStateHandle<bool>,
    failure: UseStateHandle<Option<Failure>>,
    made: UseStateSetter<Option<Opened>>,
) {
    let fields = fields.map(|field| field.cast::<HtmlInputElement>());
    let password = Secret::new(fields[0].as_ref().map(HtmlInputElement::value).unwrap_or_default());
    busy.set(true);
    spawn_local(async move {
        match shell::call(CreateVault { password }).await {
            Ok(opened) => {
                fields.iter().flatten().for_each(|field| field.set_value(""));
                made.set(Some(opened));
            }
            Err(refused) => {
                busy.set(false);
                failure.set(Some(refused));
            }
        }
    });
}

fn steps() -> Html {
    let step = |number: u8, title: String, text: String| {
        html! {
            <li aria-current={(number == 1).then_some("step")}>
                <span class="dot" aria-hidden="true">{ number }</span>
                <div><b>{ title }</b><p>{ text }</p></div>
            </li>
        }
    };
    html! {
        <aside class="gate-l" aria-label={t!("set-up")}>
            <div class="brand">{ brand_mark() }<span>{ "Signalbox" }</span></div>
            <ol class="steps">
                { step(1, t!("step-password"), t!("step-password-text")) }
                { step(2, t!("step-provider"), t!("step-provider-text")) }
            </ol>
            <p class="gate-foot">{ t!("vault-is-a-file") }</p>
        </aside>
    }
}

/// Six words for those who would rather not think.
pub fn suggestion(words: &UseStateHandle<Option<String>>) -> Html {
    let onclick = {
        let words = words.clone();
        move |_: MouseEvent| {
            let words = words.clone();
            spawn_local(async move {
                if let Ok(suggested) = shell::call(SuggestPassword {}).await {
                    words.set(Some(suggested.words));
                }
            });
        }
    };
    let label = if words.is_some() { t!("suggest-other") } else { t!("suggest-words") };
    html! {
        <div class="suggest" role="status">
            <button type="button" class="btn link sm" id="suggest-password" {onclick}>{ label }</button>
            if let Some(words) = &**words {
                <code class="pick-all" id="suggested-words">{ words }</code>
                <p class="hint">{ t!("suggest-hint") }</p>
            }
        </div>
    }
}

fn location(data_folder: &str) -> Html {
    html! {
        <div class="field">
            <label for="vault-location">{ t!("vault-location") }</label>
            <input class="inp mono" id="vault-location" readonly=true value={data_folder.to_owned()} aria-describedby="location-hint" />
            <p class="hint" id="location-hint">{ t!("location-hint") }</p>
        </div>
    }
}

fn refusal(failure: &Failure) -> Html {
    html! {
        <div class="note danger" role="alert" id="create-error">
            { icon("alert") }
            <div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
        </div>
    }
}
