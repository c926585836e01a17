//! A new recovery kit, shown once: its words, a page to print, and no way on before a person has a copy. The words live
//! in this part of the page alone and are gone with it.

use std::rc::Rc;

use model::{Failure, Secret, command::SaveRecoveryKit, security::NewKit, statistics::Exported};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::{
    browser,
    components::{field::checked, icon::icon},
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

/// The kit.
#[component]
pub fn KitShown(props: &KitShownProps) -> Html {
    let saved = use_state(|| Option::<Result<Exported, Failure>>::None);
    let have = use_state(|| false);
    let onclick = {
        let (kit, saved) = (props.kit.clone(), saved.setter());
        move |_: MouseEvent| {
            let (words, saved) = (Secret::new(kit.words.clone()), saved.clone());
            spawn_local(async move { saved.set(Some(shell::call(SaveRecoveryKit { words }).await)) });
        }
    };
    let onchange = {
        let (on_have, have) = (props.on_have.clone(), have.setter());
        Callback::from(move |event: Event| {
            let is = checked(&event);
            have.set(is);
            on_have.emit(is);
        })
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
            <label class="cbl"><input class="cb" type="checkbox" id="have-kit" checked={*have} {onchange} /><span>{ t!("kit-have") }</span></label>
        </>
    }
}

/// `8E0E-DB7F-40AC`, as on the page to print.
fn short_id(vault_id: &str) -> String {
    let digits: Vec<char> = vault_id.chars().take(12).map(|c| c.to_ascii_uppercase()).collect();
    digits.chunks(4).map(|four| four.iter().collect()).collect::<Vec<String>>().join("-")
}
