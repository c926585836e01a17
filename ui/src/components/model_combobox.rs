//! The model field: free text with the catalogue's models below it. What is typed is what is used.

use std::rc::Rc;

use model::{Catalog, CatalogModel, ProviderType};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{describing, typed},
        icon::icon,
        palette::marked,
    },
    state::{
        age,
        models::{capabilities, price, round_count, suggestions},
    },
    t,
};

/// The field.
#[derive(Properties, PartialEq)]
pub struct ModelComboboxProps {
    /// What is typed.
    pub value: AttrValue,
    /// Whose models to suggest; a compatible endpoint has none that we know.
    pub provider_type: ProviderType,
    /// The catalogue, once it is there.
    pub catalog: Option<Rc<Catalog>>,
    /// Whether it needs a change.
    pub invalid: bool,
    /// Something was typed or picked.
    pub on_change: Callback<String>,
}

/// The field and its list.
#[component]
pub fn ModelCombobox(props: &ModelComboboxProps) -> Html {
    let open = use_state(|| false);
    let at = use_state(|| Option::<usize>::None);
    // Opened by its button, the list shows every model, not only those like the one that is chosen already.
    let all = use_state(|| false);
    let search = if *all { AttrValue::default() } else { props.value.clone() };
    let found = props
        .catalog
        .as_ref()
        .map(|catalog| suggestions(catalog, props.provider_type, &search))
        .unwrap_or_default();
    let names: Rc<[String]> = found.iter().map(|model| model.model_name.clone()).collect();
    // A name that is typed out needs no list, which would only cover what comes next.
    let complete = found.first().is_some_and(|model| model.model_name == *search);
    let shown = *open && !found.is_empty() && !complete;
    let pick = {
        let (open, on_change) = (open.clone(), props.on_change.clone());
        Callback::from(move |name: String| {
            open.set(false);
            on_change.emit(name);
            browser::focus("#model-name");
        })
    };
    let oninput = {
        let (open, at, all, on_change) = (open.clone(), at.clone(), all.clone(), props.on_change.clone());
        move |event: InputEvent| {
            open.set(true);
            at.set(None);
            all.set(false);
            on_change.emit(typed(&event));
        }
    };
    let onkeydown = {
        let (open, at, all, pick) = (open.clone(), at.clone(), all.clone(), pick.clone());
        move |event: KeyboardEvent| {
            let count = names.len();
            let step = |by: usize| at.map_or(if by == 1 { 0 } else { count - 1 }, |at| (at + by) % count);
            match event.key().as_str() {
                "ArrowDown" if !shown => {
                    all.set(true);
                    open.set(true);
                }
                "ArrowDown" if count > 0 => at.set(Some(step(1))),
                "ArrowUp" if shown && count > 0 => at.set(Some(step(count - 1))),
                "Enter" if shown && at.is_some() => {
                    pick.emit(at.and_then(|at| names.get(at).cloned()).unwrap_or_default())
                }
                "Escape" if shown => open.set(false),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        }
    };
    let onclick = {
        let (open, all, at) = (open.clone(), all.clone(), at.clone());
        move |_: MouseEvent| {
            all.set(true);
            at.set(None);
            open.set(!*open);
            browser::focus("#model-name");
        }
    };
    let onblur = {
        let open = open.clone();
        move |_: FocusEvent| open.set(false)
    };
    use_effect_with(*at, |at| {
        if let Some(at) = at {
            browser::reveal(&format!("model-{at}"));
        }
    });
    let has_list = props.provider_type != ProviderType::OpenAiCompatible;
    let keep_focus = |event: MouseEvent| event.prevent_default();
    html! {
        <div class="combo">
            <div class="inp-w eye">
                <input class="inp mono" id="model-name" role="combobox" aria-autocomplete="list" aria-expanded={shown.to_string()}
                    aria-controls={shown.then_some("model-list")} aria-activedescendant={at.filter(|_| shown).map(|at| format!("model-{at}"))}
                    aria-invalid={props.invalid.to_string()} aria-describedby={describing("model-name")} autocomplete="off"
                    spellcheck="false" autocapitalize="off" value={props.value.clone()} {oninput} {onkeydown} {onblur} />
                if has_list {
                    <button type="button" class="ib" tabindex="-1" aria-label={t!("show-models")} title={t!("show-models")}
                        onmousedown={keep_focus} {onclick}>{ icon("down") }</button>
                }
            </div>
            if shown { { list(&found, *at, &search, props.catalog.as_deref(), &pick) } }
        </div>
    }
}

fn list(
    found: &[&CatalogModel],
    at: Option<usize>,
    search: &str,
    catalog: Option<&Catalog>,
    pick: &Callback<String>,
) -> Html {
    let known = catalog.map_or(0, |catalog| catalog.models.len());
    let day = catalog.map(|catalog| age::catalog_date(&catalog.as_of)).unwrap_or_default();
    let option =
        |(place, model): (usize, &&CatalogModel)| option(model, place, at == Some(place), search, pick);
    let keep_focus = |event: MouseEvent| event.prevent_default();
    html! {
        <div class="combo-l" onmousedown={keep_focus}>
            <div class="head" aria-hidden="true">
                <span>{ t!("field-model") }</span><span class="r">{ t!("price-head") }</span>
                <span class="r">{ t!("context-head") }</span><span class="r">{ t!("capabilities-head") }</span>
            </div>
            <ul role="listbox" id="model-list" aria-label={t!("models")} tabindex="-1">{ for found.iter().enumerate().map(option) }</ul>
            <p class="foot">{ t!("models-foot", shown = found.len(), known = known, day = day) }</p>
        </div>
    }
}

fn option(model: &CatalogModel, place: usize, chosen: bool, search: &str, pick: &Callback<String>) -> Html {
    let name = model.model_name.clone();
    let onclick = pick.reform(move |_: MouseEvent| name.clone());
    let able = model.capabilities;
    let signs = [(able.vision, "eye"), (able.pdf_input, "file"), (able.tools, "bolt")];
    let leaving = model.deprecation_date.is_some() || model.closed_to_new_keys;
    html! {
        <li role="option" id={format!("model-{place}")} aria-selected={chosen.to_string()} class={classes!(chosen.then_some("on"))} {onclick}>
            <span class="mono">{ marked(&model.model_name, search) }if leaving { <span class="leaving">{ t!("model-leaving") }</span> }</span>
            <span class="r">{ format!("{} / {}", price(&model.prices.input_usd_per_mtok), price(&model.prices.output_usd_per_mtok)) }</span>
            <span class="r">{ round_count(model.context_window) }</span>
            <span class="caps"><span class="vh">{ capabilities(model).join(", ") }</span>
                { for signs.iter().filter(|(has, _)| *has).map(|(_, sign)| icon(sign)) }</span>
        </li>
    }
}
