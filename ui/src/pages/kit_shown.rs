//! A new recovery kit, shown once: its words, a page to print, and no way on before a person has shown to have a copy by
//! two of its words. The words live in this part of the page alone and are gone with it.

use std::rc::Rc;

use model::{
    Failure, Secret,
    command::{CheckRecoveryKit, SaveRecoveryKit},
    security::NewKit,
    statistics::Exported,
};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    components::{field::value_of, icon::icon},
    pages::change_password::refusal,
    shell, t,
};

/// The kit.
#[derive(Properties)]
pub struct KitShownProps {
    /// Its words.
    pub kit: Rc<NewKit>,
    /// Whether a person has a copy.
    pub on_have: Callback<bool>,
}

impl PartialEq for KitShownProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.kit, &other.kit)
    }
}

/// Where a person is with it.
#[derive(Clone, Copy, PartialEq)]
enum Stage {
    /// The words are shown.
    Shown,
    /// They are hidden, and two of them are asked for.
    Asked,
    /// The two were right.
    Checked,
}

/// The kit.
#[component]
pub fn KitShown(props: &KitShownProps) -> Html {
    let stage = use_state(|| Stage::Shown);
    let to = {
        let stage = stage.setter();
        Callback::from(move |to| stage.set(to))
    };
    match *stage {
        Stage::Shown => html! { <Words kit={props.kit.clone()} on_next={to.reform(|()| Stage::Asked)} /> },
        Stage::Asked => {
            let on_right = {
                let (to, on_have) = (to.clone(), props.on_have.clone());
                Callback::from(move |()| {
                    to.emit(Stage::Checked);
                    on_have.emit(true);
                })
            };
            html! { <Asked asked={props.kit.asked} {on_right} on_back={to.reform(|()| Stage::Shown)} /> }
        }
        Stage::Checked => html! {
            <div class="note" role="status" id="kit-checked">{ icon("okc") }<div><p>{ t!("kit-checked") }</p></div></div>
        },
    }
}

#[derive(Properties)]
struct WordsProps {
    kit: Rc<NewKit>,
    on_next: Callback<()>,
}

impl PartialEq for WordsProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.kit, &other.kit)
    }
}

#[component]
fn Words(props: &WordsProps) -> Html {
    let saved = use_state(|| Option::<Result<Exported, Failure>>::None);
    let onclick = {
        let (kit, saved) = (props.kit.clone(), saved.setter());
        move |_: MouseEvent| {
            let (words, saved) = (Secret::new(kit.words.clone()), saved.clone());
            spawn_local(async move { saved.set(Some(shell::call(SaveRecoveryKit { words }).await)) });
        }
    };
    let about =
        t!("kit-vault", id = short_id(&props.kit.vault_id), when = browser::date_of(props.kit.made_at));
    let outcome = match &*saved {
        None => Html::default(),
        Some(Ok(file)) => {
            html! { <p class="hint" id="kit-saved">{ t!("kit-saved", name = file.name.clone()) }</p> }
        }
        Some(Err(failure)) => refusal(failure),
    };
    html! {
        <>
            <div class="kit">
                <ol class="kit-w" aria-label={t!("kit-words")}>{ for props.kit.words.split(' ').map(|word| html! { <li>{ word.to_owned() }</li> }) }</ol>
                <div class="kit-f">
                    <span class="t3">{ about }</span>
                    <button type="button" class="btn sm" id="save-kit" {onclick}>{ icon("file") }<span>{ t!("kit-save") }</span></button>
                </div>
            </div>
            <div role="status">{ outcome }</div>
            <div class="note warn">{ icon("alert") }<div><p><b>{ t!("kit-keep") }</b>{ " " }{ t!("kit-keep-text") }</p></div></div>
            <div><button type="button" class="btn" id="kit-check" onclick={props.on_next.reform(|_: MouseEvent| ())}><span>{ t!("kit-check") }</span></button></div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AskedProps {
    asked: [usize; 2],
    on_right: Callback<()>,
    on_back: Callback<()>,
}

/// Two words of the copy; whether they are right is decided in the shell.
#[component]
fn Asked(props: &AskedProps) -> Html {
    let fields = [use_node_ref(), use_node_ref()];
    let failure = use_state(|| Option::<Failure>::None);
    // At once: a focus that comes some frames later takes the keys from whoever types already.
    use_effect_with((), |()| browser::focus("#kit-word-1"));
    let onsubmit = {
        let (fields, failure, on_right) = (fields.clone(), failure.setter(), props.on_right.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let words = fields.each_ref().map(|field| Secret::new(value_of(field)));
            let (failure, on_right) = (failure.clone(), on_right.clone());
            spawn_local(async move {
                match shell::call(CheckRecoveryKit { words }).await {
                    Ok(()) => on_right.emit(()),
                    Err(refused) => failure.set(Some(refused)),
                }
            });
        }
    };
    let field = |(at, input): (usize, &NodeRef)| {
        let id = format!("kit-word-{}", at + 1);
        html! {
            <div class="field">
                <label for={id.clone()}>{ t!("kit-word", place = props.asked[at]) }</label>
                <input class="inp mono" {id} ref={input.clone()} autocomplete="off" autocapitalize="off" spellcheck="false" />
            </div>
        }
    };
    html! {
        <form class="form" id="kit-asked" {onsubmit}>
            <p class="t2">{ t!("kit-check-lede") }</p>
            <div class="kit-ask">{ for fields.iter().enumerate().map(field) }</div>
            <div id="kit-refused">{ failure.as_ref().map(refusal).unwrap_or_default() }</div>
            <div class="row">
                <button type="submit" class="btn" id="kit-confirm"><span>{ t!("kit-confirm") }</span></button>
                <button type="button" class="btn link" id="kit-again" onclick={props.on_back.reform(|_: MouseEvent| ())}>{ t!("kit-again") }</button>
            </div>
        </form>
    }
}

/// `8E0E-DB7F-40AC`, as on the page to print.
fn short_id(vault_id: &str) -> String {
    let digits: Vec<char> = vault_id.chars().take(12).map(|c| c.to_ascii_uppercase()).collect();
    digits.chunks(4).map(|four| four.iter().collect()).collect::<Vec<String>>().join("-")
}
