//! One task: its chain as nodes that are moved by pointer or keyboard, and what is open below it. Deliberately not
//! here: the pointer, see `node_drag`.

use std::rc::Rc;

use model::{
    ProviderId, TaskName,
    routing::{ChainMember, RouteMode, TaskRoute},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::{classed, icon, small_icon, tile},
        member_combobox::MemberCombobox,
        node_drag::{NodeDrag, place_of},
        route_explanation::route_explanation,
        route_settings::route_settings,
    },
    state::routing::{
        Edit, Panel, Routing,
        words::{self, Standing},
    },
    t,
};

/// One task.
#[derive(Properties, PartialEq)]
pub struct RouteChainProps {
    /// The page.
    pub routing: Rc<Routing>,
    /// Its task.
    pub task: TaskName,
    /// The page changes.
    pub on_edit: Callback<Edit>,
    /// Why this provider.
    pub on_explain: Callback<TaskName>,
    /// Other instructions, or the built-in ones again.
    pub on_prompt: Callback<(TaskName, Option<String>)>,
}

/// One task.
#[component]
pub fn RouteChain(props: &RouteChainProps) -> Html {
    let focused = use_state(|| 0usize);
    let drag = NodeDrag {
        press: use_mut_ref(|| None),
        list: use_node_ref(),
        task: props.task.clone(),
        on_edit: props.on_edit.clone(),
    };
    let lifted = props.routing.lifted_in(&props.task);
    // A node that moved in the document has lost the focus on the way.
    use_effect_with((lifted, props.task.clone()), |(lifted, task)| {
        if let Some(at) = lifted {
            browser::focus(&node_selector(task, *at));
        }
    });
    let Some(route) = props.routing.route(&props.task) else { return Html::default() };
    let last = route.chain.len().saturating_sub(1);
    let reachable = lifted.unwrap_or(*focused).min(last);
    let onkeydown = keys(props, lifted, reachable, last, focused.setter());
    let onfocusin = {
        let focused = focused.clone();
        move |event: FocusEvent| {
            if let Some(at) = event.target_dyn_into::<Element>().and_then(|target| place_of(&target)) {
                focused.set(at);
            }
        }
    };
    let list = drag.list.clone();
    let (down, moved, up, lost) = (drag.clone(), drag.clone(), drag.clone(), drag);
    let nodes = route.chain.iter().enumerate().flat_map(|(at, member)| {
        let arrow = (at > 0 && route.mode == RouteMode::Chain).then(|| {
            html! { <li class="arrow" key={format!("arrow-{at}")} role="presentation" aria-hidden="true">{ small_icon("arrow") }</li> }
        });
        arrow.into_iter().chain([node(props, route, at, member, reachable, lifted)])
    });
    let changed = !props.routing.view.routes.contains(route);
    html! {
        <div class="chain" data-task={props.task.to_string()}>
            { head(props, route, changed) }
            if route.chain.is_empty() {
                <p class="sm t3">{ t!("chain-empty") }</p>
            } else {
                <ul class={classes!("links", (route.mode == RouteMode::Auto).then_some("idle"))} aria-label={t!("chain-of", task = props.task.as_str())}
                    ref={list} {onkeydown} {onfocusin} onpointerdown={move |event: PointerEvent| down.down(&event)}
                    onpointermove={move |event: PointerEvent| moved.moved(&event)} onpointerup={move |_: PointerEvent| up.up()}
                    onpointercancel={move |_: PointerEvent| lost.lost()}>
                    { for nodes }
                </ul>
            }
            if route.mode == RouteMode::Auto { <p class="sm t3">{ t!("chain-idle") }</p> }
            if let Some(refusal) = props.routing.refusal(&props.task) {
                <p class="err" role="alert">{ icon("alert") }<span>{ &refusal.message }</span></p>
            }
            { panel(props, route, changed) }
        </div>
    }
}

fn head(props: &RouteChainProps, route: &TaskRoute, changed: bool) -> Html {
    let task = props.task.as_str();
    let open = props.routing.open.as_ref().filter(|(open, _)| *open == props.task).map(|(_, panel)| panel);
    let toggle = |panel: Panel, is: bool| {
        let task = props.task.clone();
        props.on_edit.reform(move |_: MouseEvent| Edit::Open((!is).then(|| (task.clone(), panel.clone()))))
    };
    let (adds, sets, explains) = (
        matches!(open, Some(Panel::Add)),
        matches!(open, Some(Panel::Settings)),
        matches!(open, Some(Panel::Explanation(_))),
    );
    let explain = if explains {
        toggle(Panel::Explanation(None), true)
    } else {
        let task = props.task.clone();
        props.on_explain.reform(move |_: MouseEvent| task.clone())
    };
    let add = {
        let (toggle, field) = (toggle(Panel::Add, adds), format!("#{}", adding_id(&props.task)));
        Callback::from(move |event: MouseEvent| {
            toggle.emit(event);
            if !adds {
                focus_later(field.clone());
            }
        })
    };
    let mode = match route.mode {
        RouteMode::Chain => None,
        RouteMode::Split => Some(t!("mode-split")),
        RouteMode::Auto => Some(t!("mode-auto")),
    };
    let button = |action: &'static str,
                  sign: &'static str,
                  label: String,
                  on: bool,
                  onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class={classes!("ib", on.then_some("on"))} data-action={action} aria-expanded={on.to_string()}
                aria-label={label.clone()} title={label} {onclick}>{ icon(sign) }</button>
        }
    };
    html! {
        <div class="chain-t">
            <h3>{ task }</h3><p>{ words::needs(&route.needs) }</p>
            if let Some(mode) = mode { <span class="badge acc">{ mode }</span> }
            if changed { <span class="dot" role="img" aria-label={t!("unsaved-changes", count = 1)} title={t!("unsaved-changes", count = 1)}></span> }
            <span class="push"></span>
            { button("add", "plus", t!("add-to", task = task), adds, add) }
            { button("explain", "info", t!("explain-route", task = task), explains, explain) }
            { button("settings", "sliders", t!("route-settings", task = task), sets, toggle(Panel::Settings, sets)) }
        </div>
    }
}

fn node(
    props: &RouteChainProps,
    route: &TaskRoute,
    at: usize,
    chained: &ChainMember,
    reachable: usize,
    lifted: Option<usize>,
) -> Html {
    let Some(member) = props.routing.member(chained.provider) else { return Html::default() };
    let (tone, note) = match words::standing(member, &route.needs) {
        Standing::Well => (None, None),
        Standing::Warn(note) => (Some("warnn"), Some(("alert", "ic s warn-t", note))),
        Standing::Unavailable(note) => (Some("bad"), Some(("xc", "ic s danger-t", note))),
    };
    let name = crate::texts::name(&member.display_name);
    let (place, count, model) = (at + 1, route.chain.len(), member.model_name.as_str());
    let mut label = t!("node-label", name = name.as_str(), model = model, place = place, count = count);
    if let Some((.., note)) = &note {
        label = t!("node-noted", label = label, note = note.as_str());
    }
    let remove = {
        let (task, provider) = (props.task.clone(), member.id);
        props.on_edit.reform(move |_: MouseEvent| Edit::Remove(task.clone(), provider))
    };
    html! {
        <li class={classes!("node", tone, (lifted == Some(at)).then_some("drag"))} key={member.id.to_string()} data-at={at.to_string()}
            data-provider-id={member.id.to_string()} tabindex={if reachable == at { "0" } else { "-1" }} aria-label={label}
            aria-describedby="node-help" data-region={(reachable == at).then_some("chain")}>
            { icon("drag") }{ tile(member.provider_type, "s") }
            <div class="pn-t"><b dir="auto">{ &member.display_name }</b><span class="mono">{ model }</span></div>
            if let Some(share) = words::share(route, chained) { <span class="num share">{ share }</span> }
            if let Some((sign, class, note)) = note { <span class="push" title={note}>{ classed(sign, class) }</span> }
            <button type="button" class="ib node-x" tabindex="-1" title={t!("remove-from", name = name.as_str(), task = props.task.as_str())}
                aria-label={t!("remove-from", name = name.as_str(), task = props.task.as_str())} onclick={remove}>{ icon("x") }</button>
        </li>
    }
}

fn panel(props: &RouteChainProps, route: &TaskRoute, changed: bool) -> Html {
    let Some((_, panel)) = props.routing.open.as_ref().filter(|(open, _)| *open == props.task) else {
        return Html::default();
    };
    let close = {
        let (on_edit, button) =
            (props.on_edit.clone(), format!("[data-task='{}'] [data-action='add']", props.task));
        Callback::from(move |()| {
            on_edit.emit(Edit::Open(None));
            browser::focus(&button);
        })
    };
    match panel {
        Panel::Add => adding(props, close),
        Panel::Settings => route_settings(&props.routing, route, &props.on_edit, &props.on_prompt),
        Panel::Explanation(explanation) => route_explanation(&props.routing, explanation.as_deref(), changed),
    }
}

fn adding(props: &RouteChainProps, on_close: Callback<()>) -> Html {
    let members: Rc<[_]> = props.routing.addable(&props.task).into();
    if members.is_empty() {
        return html! { <p class="sm t3" role="status">{ t!("no-member-left") }</p> };
    }
    let on_pick = {
        let (task, on_edit) = (props.task.clone(), props.on_edit.clone());
        Callback::from(move |id: ProviderId| {
            on_edit.emit(Edit::Add(task.clone(), id));
            on_edit.emit(Edit::Open(None));
            focus_later(format!("[data-task='{task}'] [data-provider-id='{id}']"));
        })
    };
    html! {
        <div class="chain-x add">
            <MemberCombobox id={adding_id(&props.task)} label={t!("add-to", task = props.task.as_str())} {members} {on_pick} on_close={on_close.clone()} />
            <button type="button" class="btn ghost sm" onclick={on_close.reform(|_: MouseEvent| ())}>{ t!("cancel") }</button>
        </div>
    }
}

fn adding_id(task: &TaskName) -> String {
    format!("add-to-{task}")
}

fn keys(
    props: &RouteChainProps,
    lifted: Option<usize>,
    at: usize,
    last: usize,
    focused: UseStateSetter<usize>,
) -> Callback<KeyboardEvent> {
    let (on_edit, task) = (props.on_edit.clone(), props.task.clone());
    let chain: Vec<ProviderId> = props
        .routing
        .route(&task)
        .into_iter()
        .flat_map(|route| &route.chain)
        .map(|one| one.provider)
        .collect();
    Callback::from(move |event: KeyboardEvent| {
        let on_node =
            event.target_dyn_into::<Element>().is_some_and(|target| target.has_attribute("data-at"));
        if !on_node || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let go = |to: usize| {
            if lifted.is_some() {
                on_edit.emit(Edit::Move(to));
            } else {
                focused.set(to);
                browser::focus(&node_selector(&task, to));
            }
        };
        match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => go(at.saturating_sub(1)),
            "ArrowRight" | "ArrowDown" => go((at + 1).min(last)),
            "Home" => go(0),
            "End" => go(last),
            " " | "Enter" if lifted.is_some() => on_edit.emit(Edit::Drop),
            " " => on_edit.emit(Edit::Lift(task.clone(), at)),
            "Escape" if lifted.is_some() => {
                on_edit.emit(Edit::PutBack);
                focus_later(
                    chain
                        .get(at)
                        .map(|id| format!("[data-task='{task}'] [data-provider-id='{id}']"))
                        .unwrap_or_default(),
                );
            }
            "Tab" if lifted.is_some() => return on_edit.emit(Edit::Drop),
            "Delete" | "Backspace" if lifted.is_none() => {
                let Some(id) = chain.get(at) else { return };
                on_edit.emit(Edit::Remove(task.clone(), *id));
                let rest = if chain.len() > 1 { ".node[tabindex='0']" } else { "[data-action='add']" };
                focus_later(format!("[data-task='{task}'] {rest}"));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

fn focus_later(selector: String) {
    spawn_local(async move {
        browser::painted().await;
        browser::focus(&selector);
    });
}

fn node_selector(task: &TaskName, at: usize) -> String {
    format!("[data-task='{task}'] [data-at='{at}']")
}
