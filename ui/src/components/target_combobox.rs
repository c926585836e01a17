//! A field that finds a configuration or a task to ask.

use std::rc::Rc;

use model::{gateway::PlaygroundTarget, provider::ProviderList};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::typed,
        icon::{icon, small_icon, tile},
        palette::marked,
    },
    state::playground::choices::{Choice, found},
    t,
};

/// The field.
#[derive(Properties, PartialEq)]
pub struct TargetComboboxProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Everything that can be asked.
    pub list: Rc<ProviderList>,
    /// Someone was chosen.
    pub on_pick: Callback<PlaygroundTarget>,
    /// Nobody was chosen, and the field is to go.
    pub on_close: Callback<()>,
}

/// The field and its list.
#[component]
pub fn TargetCombobox(props: &TargetComboboxProps) -> Html {
    let search = use_state(String::new);
    let at = use_state(|| 0usize);
    let open = use_state(|| true);
    let choices = found(&props.list, &search);
    use_effect_with(props.id.clone(), |id| browser::focus(&format!("#{id}")));
    use_effect_with((*at, props.id.clone()), |(at, id)| browser::reveal(&format!("{id}-{at}")));
    let oninput = {
        let (search, at, open) = (search.clone(), at.clone(), open.clone());
        move |event: InputEvent| {
            search.set(typed(&event));
            at.set(0);
            open.set(true);
        }
    };
    let onkeydown = {
        let targets: Vec<PlaygroundTarget> = choices.iter().map(|choice| choice.target.clone()).collect();
        let (at, open, on_pick, on_close) =
            (at.clone(), open.clone(), props.on_pick.clone(), props.on_close.clone());
        move |event: KeyboardEvent| {
            let count = targets.len().max(1);
            match event.key().as_str() {
                _ if event.ctrl_key() || event.meta_key() => return,
                "ArrowDown" if !*open => open.set(true),
                "ArrowDown" => at.set((*at + 1) % count),
                "ArrowUp" => at.set((*at + count - 1) % count),
                "Enter" => targets.get(*at).into_iter().for_each(|target| on_pick.emit(target.clone())),
                "Escape" => on_close.emit(()),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let onblur = {
        let open = open.clone();
        move |_: FocusEvent| open.set(false)
    };
    let onfocus = {
        let open = open.clone();
        move |_: FocusEvent| open.set(true)
    };
    let list_id = format!("{}-list", props.id);
    let active = (*open && !choices.is_empty()).then(|| format!("{}-{}", props.id, *at));
    let keep_focus = |event: MouseEvent| event.prevent_default();
    let option = |(place, choice): (usize, &Choice)| option(props, choice, place, place == *at, &search);
    html! {
        <div class="combo pick-m grow">
            <div class="inp-w eye">
                <input class="inp" id={props.id.clone()} role="combobox" aria-autocomplete="list" aria-expanded={open.to_string()}
                    aria-controls={open.then(|| list_id.clone())} aria-activedescendant={active} aria-label={t!("choose-target")}
                    placeholder={t!("choose-target-hint")} autocomplete="off" spellcheck="false" dir="auto" value={(*search).clone()}
                    {oninput} {onkeydown} {onblur} {onfocus} />
                <button type="button" class="ib" aria-label={t!("cancel")} title={t!("cancel")} onmousedown={keep_focus}
                    onclick={props.on_close.reform(|_: MouseEvent| ())}>{ icon("x") }</button>
            </div>
            if *open {
                <div class="combo-l" onmousedown={keep_focus}>
                    <ul role="listbox" id={list_id} aria-label={t!("choose-target")} tabindex="-1">{ for choices.iter().enumerate().map(option) }</ul>
                    if choices.is_empty() { <p class="foot" role="status">{ t!("no-target-found") }</p> }
                </div>
            }
        </div>
    }
}

fn option(props: &TargetComboboxProps, choice: &Choice, place: usize, on: bool, search: &str) -> Html {
    let target = choice.target.clone();
    let onclick = props.on_pick.reform(move |_: MouseEvent| target.clone());
    let sign = match (&choice.target, choice.provider_type) {
        (PlaygroundTarget::Provider(_), Some(kind)) => tile(kind, "s"),
        _ => html! { <span class="tile s acc">{ small_icon("route") }</span> },
    };
    html! {
        <li role="option" id={format!("{}-{place}", props.id)} aria-selected={on.to_string()} class={classes!(on.then_some("on"))} {onclick}>
            { sign }<span dir="auto">{ marked(&choice.name, search) }</span><span class="mono">{ marked(&choice.detail, search) }</span>
        </li>
    }
}
