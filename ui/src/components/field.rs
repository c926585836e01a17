//! A labelled field: label, a remark beside it, the input, and below it what is wrong or what helps.

use model::Field;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{help, icon::icon},
    state::{heard::heard, help::id_of},
    t,
};

/// How a field is framed.
pub struct Frame<'a> {
    /// Id of the input.
    pub id: &'static str,
    /// Label.
    pub label: String,
    /// A remark at the label's end.
    pub remark: String,
    /// What needs a change, a full sentence.
    pub error: Option<&'a str>,
    /// What helps, when nothing is wrong.
    pub hint: String,
}

/// The frame around an input.
pub fn framed(frame: Frame, input: Html) -> Html {
    let help = help::help(frame.id, &frame.label);
    html! {
        <div class={classes!("field", frame.error.is_some().then_some("invalid"))}>
            <label for={frame.id}>
                { frame.label }
                if !frame.remark.is_empty() { <span class="opt">{ frame.remark }</span> }
            </label>
            { input }
            <div id={described_by(frame.id)}>{ below(frame.error, &frame.hint) }</div>
            { help }
        </div>
    }
}

fn below(error: Option<&str>, hint: &str) -> Html {
    match error {
        Some(error) => {
            html! { <p class="err" role="alert">{ icon("alert") }<span>{ heard(error) }</span></p> }
        }
        None if hint.is_empty() => Html::default(),
        None => html! { <p class="hint">{ hint }</p> },
    }
}

/// Ids of all that describes a field: what is wrong or what helps, and the help behind its sign.
pub fn describing(id: &str) -> String {
    let note = described_by(id);
    id_of(id).map_or(note.clone(), |help| format!("{note} {help}"))
}

/// Id of what stands below a field.
pub fn described_by(id: &str) -> String {
    format!("{id}-note")
}

/// A field of one line.
pub fn text_input(
    id: &'static str,
    class: &'static str,
    value: &str,
    invalid: bool,
    oninput: Callback<String>,
) -> Html {
    let oninput = oninput.reform(|event: InputEvent| typed(&event));
    html! {
        <input class={class} {id} value={value.to_owned()} autocomplete="off" spellcheck="false" dir="auto"
            aria-invalid={invalid.to_string()} aria-describedby={describing(id)} {oninput} />
    }
}

/// A check box with what it means.
pub struct Switch {
    /// Id of the input.
    pub id: &'static str,
    /// Label.
    pub label: String,
    /// What follows from it.
    pub hint: String,
    /// Whether it is on.
    pub on: bool,
    /// Whether it cannot be changed just now.
    pub disabled: bool,
}

/// A check box with what it means below its label.
pub fn switch(switch: Switch, on_change: Callback<bool>) -> Html {
    let Switch { id, label, hint, on, disabled } = switch;
    let onchange = on_change.reform(|event: Event| checked(&event));
    html! {
        <label class={classes!("cbl", disabled.then_some("dis"))}><input class="cb" type="checkbox" {id} checked={on} {disabled} {onchange} />
            <span>{ label }<br /><span class="sm t3">{ hint }</span></span></label>
    }
}

/// What a field holds after typing.
pub fn typed(event: &InputEvent) -> String {
    use yew::TargetCast;
    event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// What was typed into a field that nothing but its own element holds.
pub fn value_of(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
}

/// The same without what stands around it: secrets keep that.
pub fn trimmed_value_of(field: &NodeRef) -> String {
    value_of(field).trim().to_owned()
}

/// Whether a checkbox is on after a click.
pub fn checked(event: &Event) -> bool {
    use yew::TargetCast;
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}

/// Id of the input that a field's errors point to, and the field's name in a sentence.
pub fn target(field: Field) -> (&'static str, String) {
    match field {
        Field::Password => ("create-password", t!("vault-password")),
        Field::ApiKey => ("api-key", t!("field-api-key")),
        Field::BaseUrl => ("base-url", t!("field-base-url")),
        Field::ModelName => ("model-name", t!("field-model")),
        Field::DisplayName => ("display-name", t!("field-display-name")),
        Field::Description => ("description", t!("field-description")),
        Field::DailyTokenLimit => ("daily-limit", t!("field-daily-limit")),
        Field::MonthlyTokenLimit => ("monthly-limit", t!("field-monthly-limit")),
        Field::Tasks => ("task-0", t!("field-tasks")),
        Field::IsDefault => ("is-default", t!("field-default")),
        Field::Timeout => ("call-timeout", t!("field-timeout")),
        Field::Retries => ("call-retries", t!("field-retries")),
        Field::RequestsPerMinute => ("requests-per-minute", t!("field-requests-per-minute")),
        Field::TokensPerMinute => ("tokens-per-minute", t!("field-tokens-per-minute")),
        Field::ConcurrentCalls => ("concurrent-calls", t!("field-concurrent-calls")),
        Field::DailyCostLimit => ("daily-cost", t!("field-daily-cost")),
        Field::MonthlyCostLimit => ("monthly-cost", t!("field-monthly-cost")),
        Field::Quality => ("quality", t!("field-quality")),
        Field::InputPrice => ("input-price", t!("field-input-price")),
        Field::OutputPrice => ("output-price", t!("field-output-price")),
        Field::CachedInputPrice => ("cached-price", t!("field-cached-price")),
        Field::BudgetScope => ("budget-who", t!("field-budget-kind")),
        Field::BudgetAmount => ("budget-amount", t!("field-budget-amount")),
        Field::QuotaUser => ("quota-user", t!("field-quota-user")),
    }
}
