//! The fields of the drawer, drawn from the form's state.

use std::rc::Rc;

use model::{Catalog, Field, ProviderType, ProviderView, TaskName, provider::ProviderList, text, writing};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, Switch, describing, framed, switch, target, text_input},
        icon::{icon, small_icon, tile},
        model_combobox::ModelCombobox,
        task_routing::{TaskRoutingProps, task_routing},
    },
    state::{
        base_url::asks_about_http,
        form::{Edit, Form},
        list::share,
        models::{capabilities, price, round_count, warning},
        toast::sentence_case,
    },
    t,
};

/// What every part of the form needs.
pub struct Parts<'a> {
    /// The form.
    pub form: &'a Form,
    /// All tasks and providers.
    pub list: &'a Rc<ProviderList>,
    /// The catalogue, once it is there.
    pub catalog: &'a Option<Rc<Catalog>>,
    /// Where the key is typed and read from.
    pub key_field: &'a NodeRef,
    /// Something was typed.
    pub on_edit: &'a Callback<Edit>,
    /// More about the stored key.
    pub on_key: &'a Callback<()>,
    /// The form was made from something older: read it again.
    pub on_reload: &'a Callback<()>,
    /// Add the task that was named.
    pub on_add_task: &'a Callback<()>,
}

/// What stands in the way, on top of the form.
pub fn summary(parts: &Parts) -> Html {
    let form = parts.form;
    if let Some(failure) = &form.failure {
        let conflict = matches!(failure.code, model::FailureCode::Conflict | model::FailureCode::Gone);
        let reload = parts.on_reload.reform(|_: MouseEvent| ());
        return html! {
            <div class="note danger" role="alert" id="form-failure">
                { icon("alert") }
                <div class="grow"><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
                if conflict { <button type="button" class="btn sm" id="reload-provider" onclick={reload}>{ t!("reload") }</button> }
            </div>
        };
    }
    if form.errors.is_empty() {
        return Html::default();
    }
    let link = |(place, error): (usize, &model::FieldError)| {
        let (id, name) = target(error.field);
        let onclick = move |event: MouseEvent| {
            event.prevent_default();
            browser::focus(&format!("#{id}"));
        };
        html! { <>{ if place > 0 { ", " } else { " " } }<a href={format!("#{id}")} {onclick}>{ name }</a></> }
    };
    html! {
        <div class="note danger" role="alert" id="form-errors">
            { icon("alert") }
            <div><p><b>{ t!("fields-need-change", count = form.errors.len()) }</b>{ for form.errors.iter().enumerate().map(link) }{ "." }</p></div>
        </div>
    }
}

/// The four types; fixed once saved.
pub fn types(parts: &Parts) -> Html {
    let fixed = parts.form.provider.is_some();
    let current = parts.form.draft.provider_type;
    let one = |kind: ProviderType| {
        let on = kind == current;
        let onchange = parts.on_edit.reform(move |_: Event| Edit::Type(kind));
        let label =
            if kind == ProviderType::OpenAiCompatible { t!("compatible") } else { kind.label().to_owned() };
        html! {
            <label class={classes!("type", on.then_some("on"), (fixed && !on).then_some("dis"))}>
                <input class="vh" type="radio" name="provider-type" value={kind.as_str()} checked={on} disabled={fixed && !on} {onchange} />
                { tile(kind, "s") }{ label }
            </label>
        }
    };
    html! {
        <fieldset class="field">
            <legend class="lab"><span>{ t!("field-type") }</span>if fixed { <span class="opt">{ t!("type-fixed") }</span> }</legend>
            <div class="types">{ for ProviderType::ALL.map(one) }</div>
        </fieldset>
    }
}

/// Base URL, and the question about plain http when there is one.
pub fn base_url(parts: &Parts) -> Html {
    let form = parts.form;
    let kind = form.draft.provider_type;
    let error = form.error(Field::BaseUrl);
    let is_default = kind.default_base_url() == Some(form.draft.base_url.as_str());
    let remark = if is_default { t!("url-default") } else { String::new() };
    let hint = if kind.default_base_url().is_none() { t!("url-hint-compatible") } else { t!("url-hint") };
    let input = text_input(
        "base-url",
        "inp mono",
        &form.draft.base_url,
        error.is_some(),
        parts.on_edit.reform(Edit::BaseUrl),
    );
    let plain_http = Switch {
        id: "allow-http",
        label: t!("allow-http"),
        hint: t!("allow-http-hint"),
        on: form.draft.allow_insecure_http,
        disabled: false,
    };
    let asks = form.draft.allow_insecure_http || asks_about_http(&form.draft.base_url);
    html! {
        <>
            { framed(Frame { id: "base-url", label: t!("field-base-url"), remark, error, hint }, input) }
            if asks {
                { switch(plain_http, parts.on_edit.reform(Edit::AllowHttp)) }
            }
        </>
    }
}

/// Model and name beside each other, and what the catalogue knows of the model.
pub fn model_and_name(parts: &Parts) -> Html {
    let form = parts.form;
    let (model_error, name_error) = (form.error(Field::ModelName), form.error(Field::DisplayName));
    let combobox = html! {
        <ModelCombobox value={form.draft.model_name.clone()} provider_type={form.draft.provider_type} catalog={parts.catalog.clone()}
            invalid={model_error.is_some()} on_change={parts.on_edit.reform(Edit::Model)} />
    };
    let name = text_input(
        "display-name",
        "inp",
        &form.draft.display_name,
        name_error.is_some(),
        parts.on_edit.reform(Edit::Name),
    );
    let frame = |id, label, error, remark| Frame { id, label, remark, error, hint: String::new() };
    html! {
        <>
            <div class="form-2 wide-list">
                { framed(frame("model-name", t!("field-model"), model_error, String::new()), combobox) }
                { framed(frame("display-name", t!("field-display-name"), name_error, t!("optional")), name) }
            </div>
            { known_model(parts) }
        </>
    }
}

fn known_model(parts: &Parts) -> Html {
    let draft = &parts.form.draft;
    let Some(catalog) = parts.catalog.as_ref().filter(|_| !draft.model_name.trim().is_empty()) else {
        return Html::default();
    };
    let Some(model) = catalog.find(draft.provider_type, draft.model_name.trim()) else {
        return html! { <p class="hint">{ t!("model-unlisted") }</p> };
    };
    let (input, output) = (&model.prices.input_usd_per_mtok, &model.prices.output_usd_per_mtok);
    let prices = t!("prices", input = price(input), output = price(output));
    html! {
        <>
            <div class="under">
                <span class="num">{ prices }</span><span>{ t!("context", tokens = round_count(model.context_window)) }</span>
                { for capabilities(model).into_iter().map(|word| html! { <span>{ small_icon("check") }{ word }</span> }) }
            </div>
            if let Some(warning) = warning(model, &browser::today()) {
                <div class="note warn" id="model-warning">{ icon("alert") }<div><p>{ warning }</p></div></div>
            }
        </>
    }
}

/// Which tasks it serves first.
pub fn tasks(parts: &Parts) -> Html {
    let form = parts.form;
    task_routing(&TaskRoutingProps {
        list: parts.list.clone(),
        own: form.provider.as_ref().map(|provider| provider.id),
        chosen: form.draft.tasks.clone(),
        error: form.error(Field::Tasks).map(str::to_owned),
        new_task: form.new_task.clone(),
        on_new_task: parts.on_edit.reform(Edit::NewTask),
        on_add: parts.on_add_task.clone(),
        on_change: parts.on_edit.reform(|(task, on): (TaskName, bool)| Edit::Task(task, on)),
    })
}

/// Both limits beside each other, with what was used of them.
pub fn limits(parts: &Parts) -> Html {
    let form = parts.form;
    let used = |used: fn(&ProviderView) -> (u64, Option<u64>)| form.provider.as_ref().map(used);
    let today = used(|provider| (provider.usage.tokens_today, provider.daily_token_limit));
    let month = used(|provider| (provider.usage.tokens_this_month, provider.monthly_token_limit));
    let hint = |used: Option<(u64, Option<u64>)>, say: fn(String) -> String| {
        used.map(|(used, limit)| {
            let percent = limit
                .map(|limit| writing::number(&format!("{:.0}%", share(used, limit))))
                .map(|share| format!(", {share}"))
                .unwrap_or_default();
            format!("{}{percent}", say(text::short_count(used)))
        })
        .unwrap_or_default()
    };
    let one = |id, label, field, value: &str, on_edit: Callback<String>, hint| {
        let error = form.error(field);
        let input = html! { <div class="inp-w sfx">{ text_input(id, "inp num", value, error.is_some(), on_edit) }<span class="suffix" aria-hidden="true">{ t!("tokens") }</span></div> };
        framed(Frame { id, label, remark: String::new(), error, hint }, input)
    };
    let this_month = |used: String| t!("used-in-month", used = used, month = browser::month_utc());
    html! {
        <div class="form-2">
            { one("daily-limit", t!("field-daily-limit"), Field::DailyTokenLimit, &form.daily_limit, parts.on_edit.reform(Edit::DailyLimit), hint(today, |used| t!("used-today", used = used))) }
            { one("monthly-limit", t!("field-monthly-limit"), Field::MonthlyTokenLimit, &form.monthly_limit, parts.on_edit.reform(Edit::MonthlyLimit), hint(month, this_month)) }
        </div>
    }
}

/// Notes.
pub fn description(parts: &Parts) -> Html {
    let error = parts.form.error(Field::Description);
    let oninput = parts.on_edit.reform(|event: InputEvent| {
        Edit::Description(
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default(),
        )
    });
    let area = html! {
        <textarea class="ta" id="description" rows="2" dir="auto" aria-invalid={error.is_some().to_string()}
            aria-describedby={describing("description")} value={parts.form.draft.description.clone()} {oninput} />
    };
    framed(
        Frame {
            id: "description",
            label: t!("field-description"),
            remark: t!("optional"),
            error,
            hint: String::new(),
        },
        area,
    )
}

/// On or off, default or not.
pub fn switches(parts: &Parts) -> Html {
    let (form, on_edit) = (parts.form, parts.on_edit);
    let gives_up =
        form.provider.as_ref().is_some_and(|provider| provider.is_default || !provider.tasks.is_empty());
    let active_hint =
        if !form.draft.is_active && gives_up { t!("active-hint-off") } else { t!("active-hint") };
    let one = |id, label, hint, on| Switch { id, label, hint, on, disabled: false };
    let active = one("is-active", t!("active"), active_hint, form.draft.is_active);
    let default = one("is-default", t!("default"), t!("default-hint"), form.draft.is_default);
    html! {
        <div class="stack g3">
            { switch(active, on_edit.reform(Edit::Active)) }
            { switch(default, on_edit.reform(Edit::Default)) }
            if let Some(error) = form.error(Field::IsDefault) {
                <p class="err" role="alert">{ icon("alert") }<span>{ error }</span></p>
            }
        </div>
    }
}

/// Who made it and when, for a saved one.
pub fn history(parts: &Parts) -> Html {
    let Some(provider) = &parts.form.provider else { return Html::default() };
    let created =
        t!("created", day = browser::date_of(provider.created_at), actor = provider.created_by.as_str());
    let updated = t!("updated", age = browser::age_of(provider.updated_at));
    html! { <p class="hint" dir="auto">{ created }{ " " }{ updated }</p> }
}
