//! Create and edit: the drawer that owns the form. What its buttons do is in `desk`.

mod desk;

use std::rc::Rc;

use model::{Catalog, Field, ProviderType, provider::ProviderList};
use yew::prelude::*;

use self::desk::{Desk, Store};

use crate::{
    browser,
    components::{
        call_settings::{self, call_settings},
        icon::{icon, tile},
        key_field::key_field,
        modal::Modal,
        provider_form::{self, Parts},
        test_region::{TestRegionProps, test_region},
    },
    state::form::{Busy, Form, Test},
    t,
    texts::name,
    work::Work,
};

/// The drawer.
#[derive(Properties, PartialEq)]
pub struct ProviderDrawerProps {
    /// The form as it opens.
    pub opened: Form,
    /// All tasks and providers.
    pub list: Rc<ProviderList>,
    /// The catalogue, once it is there.
    pub catalog: Option<Rc<Catalog>>,
    /// A way to ask for things.
    pub work: Work,
}

/// The drawer.
#[component]
pub fn ProviderDrawer(props: &ProviderDrawerProps) -> Html {
    let form = use_reducer({
        let opened = props.opened.clone();
        move || Store(opened)
    });
    let key_field = use_node_ref();
    let desk = Desk { form: form.clone(), key_field: key_field.clone(), work: props.work.clone() };
    use_effect_with((), {
        let work = props.work.clone();
        move |()| work.catalogue()
    });
    use_effect_with(form.0.errors.clone(), |errors| {
        if !errors.is_empty() {
            scroll_to_top();
        }
    });
    // The button that was pressed is gone then; without a focus inside, the drawer's keys would not reach it.
    use_effect_with(form.0.busy.is_some(), |busy| {
        if !browser::has_focus() {
            browser::focus(if *busy { "#cancel-test" } else { "#test-draft" });
        }
    });
    use_effect_with(form.0.new_task.is_some(), |open| {
        if *open {
            browser::focus("#new-task-name");
        } else if !browser::has_focus() {
            browser::focus("#add-task");
        }
    });
    let on_edit = {
        let form = form.clone();
        Callback::from(move |edit| form.dispatch(edit))
    };
    let parts = Parts {
        form: &form.0,
        list: &props.list,
        catalog: &props.catalog,
        key_field: &key_field,
        on_edit: &on_edit,
        on_key: &desk.callback(Desk::open_key),
        on_reload: &desk.callback(Desk::reload),
        on_add_task: &desk.callback(Desk::add_task),
    };
    let kind = form.0.draft.provider_type;
    let title = match &form.0.provider {
        Some(provider) => t!("edit-title", name = name(&provider.display_name)),
        None => t!("add-provider"),
    };
    let close = desk.callback(Desk::ask_close);
    let close_label = t!("close-esc");
    let first = if props.opened.provider.is_some() {
        "#api-key"
    } else {
        "#provider-form input[name='provider-type']:checked"
    };
    html! {
        <Modal class="drawer" labelled_by="drawer-title" {first} on_close={close.clone()}>
            <form class="drawer-form" id="provider-form" novalidate=true onsubmit={submit(&desk)} onkeydown={save_key(&desk)}>
                <header class="drawer-h">
                    { tile(kind, "") }<h2 id="drawer-title" dir="auto">{ title }</h2><span class="push"></span>
                    <button type="button" class="ib" id="close-drawer" aria-label={close_label.clone()} title={close_label}
                        onclick={close.reform(|_: MouseEvent| ())}>{ icon("x") }</button>
                </header>
                <div class="drawer-b" id="drawer-body">{ body(&parts, &desk) }</div>
                { footer(&desk) }
            </form>
        </Modal>
    }
}

fn body(parts: &Parts, desk: &Desk) -> Html {
    let compatible = parts.form.draft.provider_type == ProviderType::OpenAiCompatible;
    let work = desk.work.clone();
    let (console, copy, cancel) = (work.clone(), work.clone(), work);
    let test = test_region(&TestRegionProps {
        test: parts.form.test.clone(),
        busy: parts.form.busy,
        provider_type: parts.form.draft.provider_type,
        on_test: desk.callback(Desk::test),
        on_cancel: Callback::from(move |run| cancel.cancel(run)),
        on_console: Callback::from(move |kind| console.open_console(kind)),
        on_copy: Callback::from(move |text| copy.copy(text)),
    });
    let url_matters = parts.form.error(Field::BaseUrl).is_some() || parts.form.draft.allow_insecure_http;
    let open = (!compatible && url_matters) || call_settings::has_errors(parts);
    html! {
        <div class="form">
            { provider_form::summary(parts) }
            { provider_form::types(parts) }
            if compatible { { provider_form::base_url(parts) } }
            { key_field(parts) }
            { provider_form::model_and_name(parts) }
            { test }
            { provider_form::tasks(parts) }
            { provider_form::limits(parts) }
            { provider_form::description(parts) }
            { provider_form::switches(parts) }
            <details class="advanced" id="advanced" {open}>
                <summary class="form-sec">{ icon("right") }{ t!("advanced") }</summary>
                <div class="form">
                    if !compatible { { provider_form::base_url(parts) } }
                    { call_settings(parts) }
                </div>
            </details>
            { provider_form::history(parts) }
        </div>
    }
}

fn footer(desk: &Desk) -> Html {
    let form = &desk.form.0;
    let button = |id: &'static str, class: &'static str, label: String, verb: fn(&Desk)| {
        let onclick = desk.callback(verb).reform(|_: MouseEvent| ());
        html! { <button type="button" {class} {id} {onclick}><span>{ label }</span></button> }
    };
    if form.asks_discard {
        return html! {
            <footer class="drawer-f">
                <b role="alert">{ t!("discard-question", count = form.changes()) }</b><span class="push"></span>
                { button("keep-editing", "btn", t!("keep-editing"), Desk::keep_editing) }
                { button("discard", "btn danger", t!("discard"), Desk::close) }
            </footer>
        };
    }
    let saving = matches!(form.busy, Some(Busy::Saving(_)));
    let save = if form.provider.is_some() { t!("save") } else { t!("add-provider") };
    html! {
        <footer class="drawer-f">
            if form.provider.is_some() && !form.asks_anyway {
                <button type="button" class="btn ghost danger-o" id="delete-from-drawer" onclick={desk.callback(Desk::delete).reform(|_: MouseEvent| ())}>
                    { icon("trash") }<span>{ t!("delete") }</span>
                </button>
            }
            <span class="foot-note t3 sm" role="status">{ remark(form) }</span><span class="push"></span>
            { button("cancel-drawer", "btn", t!("cancel"), Desk::ask_close) }
            if form.asks_anyway { { button("save-anyway", "btn", t!("save-anyway"), Desk::save_anyway) } }
            <button type="submit" class="btn primary" id="save-provider" disabled={form.busy.is_some()} aria-busy={saving.to_string()}>
                if saving { <span class="spin" aria-hidden="true"></span> }<span>{ save }</span>
            </button>
        </footer>
    }
}

fn remark(form: &Form) -> String {
    let offline = matches!(&form.test, Test::Of(report, _) if report.outcome.is_offline());
    match (form.asks_anyway, form.changes()) {
        (true, _) if offline => t!("anyway-offline"),
        (true, _) => t!("anyway-off"),
        (false, 0) if form.provider.is_some() => t!("no-changes"),
        (false, _) if form.provider.is_none() => t!("tested-before-saving"),
        (false, count) => t!("unsaved-changes", count = count),
    }
}

fn submit(desk: &Desk) -> Callback<SubmitEvent> {
    desk.callback(Desk::save).reform(|event: SubmitEvent| event.prevent_default())
}

fn save_key(desk: &Desk) -> Callback<KeyboardEvent> {
    let desk = desk.clone();
    Callback::from(move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("s") {
            event.prevent_default();
            event.stop_propagation();
            desk.save();
        }
    })
}

fn scroll_to_top() {
    if let Some(body) = browser::document().and_then(|document| document.get_element_by_id("drawer-body")) {
        body.set_scroll_top(0);
    }
}
