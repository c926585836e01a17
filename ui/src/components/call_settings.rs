//! The drawer's fields of how a configuration is called: patience, limits beyond tokens a day, grade, own prices.

use model::Field;
use yew::prelude::*;

use crate::{
    components::{
        field::{Frame, describing, framed, target, typed},
        provider_form::Parts,
    },
    state::form::{Edit, calls::FIELDS},
    t,
};

/// Whether one of the fields needs a change.
pub fn has_errors(parts: &Parts) -> bool {
    parts.form.errors.iter().any(|error| FIELDS.contains(&error.field))
}

/// The fields, two by two.
pub fn call_settings(parts: &Parts) -> Html {
    let none = || t!("no-limit");
    let one = |field, unit: String, empty: String, hint: String| one(parts, field, unit, empty, hint);
    let plain = |field, unit: String| one(field, unit, none(), String::new());
    let price = |field, hint: String| one(field, t!("usd-per-million"), t!("price-of-catalogue"), hint);
    html! {
        <>
            <div class="form-2">
                { one(Field::Timeout, t!("unit-seconds"), "600".to_owned(), String::new()) }
                { one(Field::Retries, String::new(), "1".to_owned(), String::new()) }
                { plain(Field::RequestsPerMinute, String::new()) }
                { plain(Field::TokensPerMinute, t!("tokens")) }
                { plain(Field::ConcurrentCalls, t!("unit-calls")) }
                { one(Field::Quality, String::new(), t!("not-graded"), t!("quality-hint")) }
                { plain(Field::DailyCostLimit, "USD".to_owned()) }
                { plain(Field::MonthlyCostLimit, "USD".to_owned()) }
            </div>
            <fieldset class="field">
                <legend class="lab"><span>{ t!("own-prices") }</span><span class="opt">{ t!("own-prices-remark") }</span></legend>
                <div class="form-2">
                    { price(Field::InputPrice, String::new()) }
                    { price(Field::OutputPrice, String::new()) }
                    { one(Field::CachedInputPrice, t!("usd-per-million"), t!("price-of-input"), String::new()) }
                </div>
            </fieldset>
        </>
    }
}

fn one(parts: &Parts, field: Field, unit: String, empty: String, hint: String) -> Html {
    let (id, label) = target(field);
    let error = parts.form.error(field);
    let oninput = parts.on_edit.reform(move |event: InputEvent| Edit::Calls(field, typed(&event)));
    let input = html! {
        <div class={classes!("inp-w", (!unit.is_empty()).then_some("sfx"))}>
            <input class="inp num" {id} value={parts.form.calls.get(field).to_owned()} placeholder={empty} inputmode="decimal"
                autocomplete="off" aria-invalid={error.is_some().to_string()} aria-describedby={describing(id)} {oninput} />
            if !unit.is_empty() { <span class="suffix" aria-hidden="true">{ unit }</span> }
        </div>
    };
    framed(Frame { id, label, remark: String::new(), error, hint }, input)
}
