//! A number as people type it, with what is wrong below it. A number that is wrong is kept in the field and not passed
//! on.

use yew::prelude::*;

use crate::{
    components::{
        field::{described_by, describing, typed},
        help::help,
        icon::icon,
    },
    state::form::limit,
};

/// The field.
#[derive(Properties, PartialEq)]
pub struct NumberFieldProps {
    /// Id of the input.
    pub id: AttrValue,
    /// Label.
    pub label: AttrValue,
    /// The number, if there is one.
    pub value: Option<u64>,
    /// Unit at its end.
    #[prop_or_default]
    pub suffix: AttrValue,
    /// What an empty field means.
    #[prop_or_default]
    pub placeholder: AttrValue,
    /// The smallest and the largest number.
    pub range: (u64, u64),
    /// What to enter instead of one that is outside.
    pub outside: AttrValue,
    /// Another number, or none.
    pub on_change: Callback<Option<u64>>,
}

/// A number field.
#[component]
pub fn NumberField(props: &NumberFieldProps) -> Html {
    let text = use_state(|| shown(props.value));
    let (least, most) = props.range;
    let checked = limit::parse(&text).and_then(|number| match number {
        Some(number) if !(least..=most).contains(&number) => Err(props.outside.to_string()),
        number => Ok(number),
    });
    use_effect_with(props.value, {
        let (text, differs) = (text.clone(), checked.as_ref() != Ok(&props.value));
        move |value| {
            if differs {
                text.set(shown(*value));
            }
        }
    });
    let oninput = {
        let (text, on_change, outside) = (text.clone(), props.on_change.clone(), (least, most));
        move |event: InputEvent| {
            let value = typed(&event);
            if let Ok(number) = limit::parse(&value)
                && number.is_none_or(|number| (outside.0..=outside.1).contains(&number))
            {
                on_change.emit(number);
            }
            text.set(value);
        }
    };
    let error = checked.err();
    html! {
        <div class={classes!("field", error.is_some().then_some("invalid"))}>
            <label for={props.id.clone()}>{ props.label.clone() }</label>
            <div class="inp-w sfx">
                <input class="inp num" id={props.id.clone()} value={(*text).clone()} inputmode="numeric" autocomplete="off"
                    placeholder={props.placeholder.clone()} aria-invalid={error.is_some().to_string()} aria-describedby={describing(&props.id)} {oninput} />
                <span class="suffix" aria-hidden="true">{ props.suffix.clone() }</span>
            </div>
            <div id={described_by(&props.id)}>
                if let Some(error) = error { <p class="err" role="alert">{ icon("alert") }<span>{ error }</span></p> }
            </div>
            { help(&props.id, &props.label) }
        </div>
    }
}

fn shown(value: Option<u64>) -> String {
    value.map(|value| model::text::field_digits(u128::from(value))).unwrap_or_default()
}
