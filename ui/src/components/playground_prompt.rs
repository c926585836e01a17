//! What the playground asks: kept prompts, task, attachments, the question, instructions and schema, and the button.

use std::rc::Rc;

use model::provider::ProviderList;
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    components::{
        field::{described_by, typed},
        file_field::on_files,
        help::help,
        icon::{icon, small_icon},
        menu::Item,
        menu_button::MenuButton,
    },
    state::playground::{
        Playground,
        prompt::{At, Attached, Edit, PDF, PICTURES},
    },
    t,
};

/// What can be asked for here, beside changing a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Change a field.
    Edit(Edit),
    /// Read files and put them with the prompt.
    Attach(Vec<File>),
    /// Ask every column.
    RunAll,
    /// Stop every run.
    StopAll,
    /// Put a kept prompt into the fields.
    Open(i64),
    /// Keep the prompt under a name.
    Save,
    /// Forget a kept prompt.
    Delete(i64),
    /// Try against another task, or none.
    Task(Option<model::TaskName>),
}

/// The panel.
#[derive(Properties, PartialEq)]
pub struct PlaygroundPromptProps {
    /// The page.
    pub state: Rc<Playground>,
    /// For the tasks.
    pub list: Rc<ProviderList>,
    /// What the run will take, a line.
    pub estimate: AttrValue,
    /// Something is asked for.
    pub on_deed: Callback<Deed>,
}

/// The panel.
#[component]
pub fn PlaygroundPrompt(props: &PlaygroundPromptProps) -> Html {
    let (state, prompt, on_deed) = (&props.state, &props.state.prompt, &props.on_deed);
    let more = {
        let now = prompt.more;
        on_deed.reform(move |_: MouseEvent| Deed::Edit(Edit::More(!now)))
    };
    let invalid = |at| prompt.fault(at).is_some();
    let (class, placeholder) = ("ta", String::new());
    let system =
        Area { id: "system", class, value: &prompt.system, invalid: false, placeholder, edit: Edit::System };
    let placeholder = r#"{ "type": "object" }"#.to_owned();
    let schema = Area {
        id: "schema",
        class: "ta mono",
        value: &prompt.schema,
        invalid: invalid(At::Schema),
        placeholder,
        edit: Edit::Schema,
    };
    let placeholder = t!("prompt-hint");
    let question = Area {
        id: "prompt",
        class,
        value: &prompt.text,
        invalid: invalid(At::Text),
        placeholder,
        edit: Edit::Text,
    };
    html! {
        <section class="pg-in" aria-label={t!("prompt")}>
            <div class="stack">
                <div class="row pg-bar">
                    { prompts(props) }
                    { tasks(props) }
                    { attach(on_deed) }
                    <button type="button" class="btn ghost" id="more" title={t!("prompt-more-hint")} aria-expanded={prompt.more.to_string()} aria-controls="more-fields" onclick={more}>
                        { icon("sliders") }<span>{ t!("prompt-more") }</span>
                    </button>
                    <span class="push t3 sm num" id="estimate" title={props.estimate.clone()}>{ props.estimate.clone() }</span>
                </div>
                if prompt.more {
                    <div class="form-2" id="more-fields">{ labelled(t!("system-prompt"), system, on_deed) }{ labelled(t!("answer-schema"), schema, on_deed) }</div>
                }
                <div class={classes!("field", question.invalid.then_some("invalid"))}>
                    <label class="vh" for="prompt">{ t!("prompt") }</label>{ area(question, on_deed) }
                </div>
                if !prompt.attached.is_empty() {
                    <ul class="pg-files" aria-label={t!("attachments")}>{ for prompt.attached.iter().enumerate().map(|one| attached(one, on_deed)) }</ul>
                }
                <div id={described_by("prompt")}>
                    if let Some(fault) = &prompt.fault { <p class="err" role="alert">{ icon("alert") }<span>{ &fault.message }</span></p> }
                </div>
            </div>
            <div class="stack pg-set">
                { number("temperature", t!("temperature"), t!("temperature-default"), &prompt.temperature, prompt.fault(At::Temperature).is_some(), on_deed, Edit::Temperature) }
                { number("max-output", t!("max-output"), String::new(), &prompt.max_output, prompt.fault(At::MaxOutput).is_some(), on_deed, Edit::MaxOutput) }
                { run_buttons(state, on_deed) }
            </div>
        </section>
    }
}

fn run_buttons(state: &Playground, on_deed: &Callback<Deed>) -> Html {
    html! {
        <div class="row pg-run">
            <button type="button" class="btn primary grow" id="run-all" title="Ctrl Enter" disabled={state.ready().is_empty()}
                onclick={on_deed.reform(|_: MouseEvent| Deed::RunAll)}>{ icon("play") }<span>{ t!("run-all") }</span></button>
            if state.is_running() {
                <button type="button" class="btn grow" id="stop-all" onclick={on_deed.reform(|_: MouseEvent| Deed::StopAll)}>
                    { icon("stop") }<span>{ t!("stop-all") }</span>
                </button>
            }
        </div>
    }
}

fn labelled(label: String, of: Area, on_deed: &Callback<Deed>) -> Html {
    let class = classes!("field", of.invalid.then_some("invalid"));
    html! { <div {class}><label for={of.id}>{ label }</label>{ area(of, on_deed) }</div> }
}

/// A field of several lines.
struct Area<'a> {
    id: &'static str,
    class: &'static str,
    value: &'a Rc<str>,
    invalid: bool,
    placeholder: String,
    edit: fn(String) -> Edit,
}

fn area(area: Area, on_deed: &Callback<Deed>) -> Html {
    let Area { id, class, value, invalid, placeholder, edit } = area;
    let oninput = on_deed.reform(move |event: InputEvent| {
        let area = event.target_dyn_into::<HtmlTextAreaElement>();
        Deed::Edit(edit(area.map(|area| area.value()).unwrap_or_default()))
    });
    html! {
        <textarea {id} {class} rows="3" {placeholder} dir="auto" spellcheck="false" aria-invalid={invalid.to_string()}
            aria-describedby={described_by("prompt")} value={AttrValue::Rc(Rc::clone(value))} {oninput} />
    }
}

fn number(
    id: &'static str,
    label: String,
    placeholder: String,
    value: &str,
    invalid: bool,
    on_deed: &Callback<Deed>,
    edit: fn(String) -> Edit,
) -> Html {
    let oninput = on_deed.reform(move |event: InputEvent| Deed::Edit(edit(typed(&event))));
    html! {
        <div class={classes!("row", "between", invalid.then_some("invalid"))}>
            <label class="t3 sm" for={id}>{ label.clone() }</label>
            <input class="inp num w96" {id} {placeholder} value={value.to_owned()} inputmode="decimal" autocomplete="off"
                aria-invalid={invalid.to_string()} aria-describedby={format!("{} {id}-help", described_by("prompt"))} {oninput} />
            { help(id, &label) }
        </div>
    }
}

fn prompts(props: &PlaygroundPromptProps) -> Html {
    let state = &props.state;
    let opened = state.opened();
    let one = |prompt: &model::gateway::SavedPrompt| Item {
        checked: Some(Some(prompt.id) == opened.map(|opened| opened.id)),
        ..Item::new(prompt.id.to_string(), prompt.name.clone(), "file")
    };
    let mut items: Vec<Item> = state.saved.iter().map(one).collect();
    items.push(Item::new("save", t!("save-prompt"), "plus"));
    if let Some(opened) = opened {
        let label = t!("delete-prompt", name = crate::texts::name(&opened.name));
        items.push(Item { danger: true, ..Item::new("delete", label, "trash") });
    }
    let on_choose = {
        let id = opened.map(|opened| opened.id);
        props.on_deed.reform(move |action: AttrValue| match (action.as_str(), id) {
            ("delete", Some(id)) => Deed::Delete(id),
            (number, _) => number.parse().map_or(Deed::Save, Deed::Open),
        })
    };
    let face = opened.map_or_else(|| t!("saved-prompts"), |opened| opened.name.clone());
    html! { <MenuButton id="saved-prompts" label={t!("saved-prompts")} face={AttrValue::from(face)} sign="file" {items} {on_choose} /> }
}

fn tasks(props: &PlaygroundPromptProps) -> Html {
    let current = props.state.task.as_ref();
    let choice = |action: String, label: String, checked| Item {
        checked: Some(checked),
        ..Item::new(action, label, "")
    };
    let named = props
        .list
        .tasks
        .iter()
        .map(|task| choice(task.name.to_string(), task.name.to_string(), Some(&task.name) == current));
    // No task can be called `-`, see the rules of task names.
    let items = [choice("-".to_owned(), t!("no-task"), current.is_none())]
        .into_iter()
        .chain(named)
        .collect::<Vec<_>>();
    let on_choose = props.on_deed.reform(|action: AttrValue| Deed::Task(action.parse().ok()));
    let face = current.map_or_else(|| t!("no-task"), |task| task.to_string());
    html! { <MenuButton id="task" label={t!("playground-task")} face={AttrValue::from(face)} sign="route" {items} {on_choose} /> }
}

fn attach(on_deed: &Callback<Deed>) -> Html {
    let onchange = on_files(&on_deed.reform(Deed::Attach));
    let kinds = PICTURES.iter().copied().chain([PDF]).collect::<Vec<_>>().join(",");
    html! {
        <label class="btn ghost file" title={t!("attach-hint")}>
            <input class="vh" type="file" id="attach" accept={kinds} multiple=true aria-describedby={described_by("prompt")} {onchange} />
            { icon("plus") }<span>{ t!("attach") }</span>
        </label>
    }
}

fn attached((place, one): (usize, &Rc<Attached>), on_deed: &Callback<Deed>) -> Html {
    let label = t!("detach", name = crate::texts::name(&one.name));
    let onclick = on_deed.reform(move |_: MouseEvent| Deed::Edit(Edit::Detach(place)));
    let size = t!("kilobytes", count = one.bytes.div_ceil(1_000));
    html! {
        <li key={place}>
            { small_icon("file") }<span dir="auto">{ &one.name }</span><span class="t3 num">{ size }</span>
            <button type="button" class="ib" aria-label={label.clone()} title={label} {onclick}>{ icon("x") }</button>
        </li>
    }
}
