//! A field that finds one of the configurations by name or model.

use std::rc::Rc;

use model::{ProviderId, routing::RouteMember};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::typed,
        icon::{icon, tile},
        palette::marked,
    },
    state::routing::found,
    t,
};

/// The field.
#[derive(Properties, PartialEq)]
pub struct MemberComboboxProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Who can be found.
    pub members: Rc<[RouteMember]>,
    /// Who is chosen already.
    #[prop_or_default]
    pub value: Option<ProviderId>,
    /// Someone was chosen.
    pub on_pick: Callback<ProviderId>,
    /// Escape, with nothing open.
    #[prop_or_default]
    pub on_close: Callback<()>,
}

/// The field and its list.
#[component]
pub fn MemberCombobox(props: &MemberComboboxProps) -> Html {
    // What is typed; `None` while the field only shows who is chosen.
    let search = use_state(|| Option::<String>::None);
    let at = use_state(|| 0usize);
    let chosen = props.members.iter().find(|member| Some(member.id) == props.value);
    let open = search.is_some();
    let words = search.as_deref().unwrap_or_default();
    let matching = found(&props.members, words);
    let ids: Vec<ProviderId> = matching.iter().map(|member| member.id).collect();
    let pick = {
        let (search, on_pick) = (search.clone(), props.on_pick.clone());
        Callback::from(move |id: ProviderId| {
            search.set(None);
            on_pick.emit(id);
        })
    };
    let toggle = {
        let (search, at, id) = (search.clone(), at.clone(), props.id.clone());
        move |_: MouseEvent| {
            at.set(0);
            search.set(if search.is_some() { None } else { Some(String::new()) });
            browser::focus(&format!("#{id}"));
        }
    };
    let oninput = {
        let (search, at) = (search.clone(), at.clone());
        move |event: InputEvent| {
            search.set(Some(typed(&event)));
            at.set(0);
        }
    };
    let onkeydown = {
        let (search, at, pick, on_close, ids) =
            (search.clone(), at.clone(), pick.clone(), props.on_close.clone(), ids.clone());
        move |event: KeyboardEvent| {
            let count = ids.len().max(1);
            match event.key().as_str() {
                "ArrowDown" | "Enter" | " " if !open => search.set(Some(String::new())),
                "ArrowDown" => at.set((*at + 1) % count),
                "ArrowUp" if open => at.set((*at + count - 1) % count),
                "Enter" => ids.get(*at).into_iter().for_each(|id| pick.emit(*id)),
                "Escape" if open => search.set(None),
                "Escape" => on_close.emit(()),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let onblur = {
        let search = search.clone();
        move |_: FocusEvent| search.set(None)
    };
    use_effect_with((*at, props.id.clone()), |(at, id)| browser::reveal(&option_id(id, *at)));
    let shown = search
        .as_deref()
        .map_or_else(|| chosen.map(|member| member.display_name.clone()).unwrap_or_default(), str::to_owned);
    html! {
        <div class="combo pick-m">
            <div class={classes!("inp-w", "eye", chosen.filter(|_| !open).map(|_| "tiled"))}>
                { chosen.filter(|_| !open).map(|member| tile(member.provider_type, "s")).unwrap_or_default() }
                <input class="inp" id={props.id.clone()} role="combobox" aria-autocomplete="list" aria-expanded={open.to_string()}
                    aria-controls={open.then(|| list_id(&props.id))} aria-activedescendant={(open && !ids.is_empty()).then(|| option_id(&props.id, *at))}
                    aria-label={props.label.clone()} placeholder={t!("add-member-hint")} autocomplete="off" spellcheck="false" dir="auto"
                    value={shown} {oninput} {onkeydown} {onblur} onclick={toggle.clone()} />
                <button type="button" class="ib" tabindex="-1" aria-hidden="true" onmousedown={keep_focus} onclick={toggle}>{ icon("down") }</button>
            </div>
            if open { { list(props, &matching, words, *at, &pick) } }
        </div>
    }
}

fn list(
    props: &MemberComboboxProps,
    matching: &[&RouteMember],
    words: &str,
    at: usize,
    pick: &Callback<ProviderId>,
) -> Html {
    let option = |(place, member): (usize, &&RouteMember)| {
        let id = member.id;
        let onclick = pick.reform(move |_: MouseEvent| id);
        let on = place == at;
        html! {
            <li role="option" id={option_id(&props.id, place)} aria-selected={on.to_string()} class={classes!(on.then_some("on"))} {onclick}>
                { tile(member.provider_type, "s") }<span dir="auto">{ marked(&member.display_name, words) }</span>
                <span class="mono">{ marked(&member.model_name, words) }</span>
            </li>
        }
    };
    html! {
        <div class="combo-l" onmousedown={keep_focus}>
            <ul role="listbox" id={list_id(&props.id)} aria-label={props.label.clone()} tabindex="-1">{ for matching.iter().enumerate().map(option) }</ul>
            if matching.is_empty() { <p class="foot" role="status">{ t!("no-member-found") }</p> }
        </div>
    }
}

fn list_id(field: &str) -> String {
    format!("{field}-list")
}

fn option_id(field: &str, place: usize) -> String {
    format!("{field}-{place}")
}

/// A press beside the field leaves the focus in it.
fn keep_focus(event: MouseEvent) {
    event.prevent_default();
}
