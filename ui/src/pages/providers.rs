//! The list of providers: header, filters, table, bulk actions, and what stands in place of the table.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use model::{ProviderId, ProviderType, provider::ProviderList, set_up::SetUp};
use web_sys::Element;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        bulk_bar::{BulkBarProps, bulk_bar},
        default_switch::default_switch,
        empty_list::{Way, no_match, not_read, nothing_yet},
        filter_bar::{FilterBarProps, filter_bar},
        icon::icon,
        list_skeleton::list_skeleton,
        menu::Item,
        menu_button::MenuButton,
        provider_row::RowDeed,
        provider_table::{ProviderTableProps, provider_table},
        row_drag::{Held, RowDrag},
    },
    state::{
        layout::Layout,
        list::{Totals, totals},
        security::Dialog,
        set_up,
        workspace::{Action, Batch, Layer, Load, Workspace},
    },
    t,
    work::Work,
};

/// Ages are shown in minutes.
const AGES_EVERY_MS: u32 = 30_000;
/// Scrolling is followed in steps, well inside what is drawn beyond the view.
const SCROLL_STEP: u32 = 130;
/// What is drawn beyond the view at either end, so that scrolling shows no gap before the next frame.
const MARGIN: u32 = 260 + SCROLL_STEP;

/// The open vault's list.
#[derive(Properties, PartialEq)]
pub struct ProvidersPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn ProvidersPage(props: &ProvidersPageProps) -> Html {
    let (state, work) = (&props.state, &props.work);
    let content = use_node_ref();
    let tick = use_ticks(state.open);
    let (scrolled, height) = use_view(&content);
    // At first only what is in view, because a person waits for it.
    let margin = if state.painted { MARGIN } else { 0 };
    let on_change = {
        let work = work.clone();
        Callback::from(move |action| work.act(action))
    };
    // The same one for ever: a row whose properties are as they were is not drawn again.
    let on_deed = use_callback((), {
        let work = work.clone();
        move |(id, deed), ()| obey(id, deed, &work)
    });
    let held = use_mut_ref(|| Option::<Held>::None);
    let totals = use_memo(state.list.clone(), |list| match list {
        Load::Ready(list) => totals(list),
        Load::Waiting | Load::Failed(_) => Totals::default(),
    });
    let groups = use_memo((state.list.clone(), state.query.clone()), |(list, query)| match list {
        Load::Ready(list) => query.groups(list),
        Load::Waiting | Load::Failed(_) => Vec::new(),
    });
    let layout = use_memo((groups.clone(), browser::is_compact()), |(groups, low)| Layout::new(groups, *low));
    let body = match &state.list {
        Load::Waiting => list_skeleton(),
        Load::Failed(failure) => not_read(failure, &retry(work)),
        Load::Ready(list) if list.providers.is_empty() => {
            nothing_yet(&on_change.reform(|way: Way| Action::Open(layer_of(way))))
        }
        Load::Ready(list) => {
            let shown = layout.rows().count();
            let table = provider_table(&ProviderTableProps {
                list: list.clone(),
                groups: groups.clone(),
                layout: layout.clone(),
                known: state.lines.clone(),
                window: layout.window(scrolled, height, margin),
                sort: state.query.sort,
                selected: state.selected.clone(),
                focused: state.focused,
                testing: state.testing.clone(),
                tick,
                on_change: on_change.clone(),
                on_deed: on_deed.clone(),
                drag: RowDrag { held: held.clone(), on_deed: on_deed.clone() },
            });
            let filters = filter_bar(&FilterBarProps {
                list: list.clone(),
                query: state.query.clone(),
                totals: *totals,
                shown,
                on_change: on_change.clone(),
            });
            html! {
                <>
                    { filters }
                    if shown > 0 { { table } } else { { no_match(&on_change.reform(|()| Action::ClearQuery)) } }
                    if !state.selected.is_empty() { { bulk(state, work) } }
                </>
            }
        }
    };
    // A place that scrolls is a layer of its own, which takes longer to its first paint.
    let still = (!state.painted).then_some("still");
    let room = classes!("content", "tight", still, (!state.selected.is_empty()).then_some("above-bulk"));
    html! {
        <main class="main" id="main">
            { header(state, work, &totals) }
            <div class={room} ref={content}>{ body }</div>
        </main>
    }
}

/// How far the content is scrolled, in steps, and how high its view is.
#[hook]
fn use_view(content: &NodeRef) -> (u32, u32) {
    let view = use_state_eq(|| (0u32, 800u32));
    let look = {
        let (content, view) = (content.clone(), view.clone());
        move || {
            if let Some(content) = content.cast::<Element>() {
                let px = |value: i32| u32::try_from(value).unwrap_or(0);
                view.set((px(content.scroll_top()) / SCROLL_STEP * SCROLL_STEP, px(content.client_height())));
            }
        }
    };
    use_effect_with((), move |()| {
        look();
        // Scrolling does not bubble; on the way down it passes the window.
        let (scrolled, resized) = (look.clone(), look);
        let listeners = [
            browser::on_window("scroll", move |_| scrolled()),
            browser::on_window("resize", move |_| resized()),
        ];
        move || drop(listeners)
    });
    *view
}

/// Rises every half minute while the vault is open.
#[hook]
fn use_ticks(open: bool) -> u32 {
    let ticks = use_state(|| 0u32);
    use_effect_with(open, {
        let ticks = ticks.clone();
        move |open| {
            let clock = open.then(|| Interval::new(AGES_EVERY_MS, move || ticks.set(ticks.wrapping_add(1))));
            move || drop(clock)
        }
    });
    *ticks
}

fn retry(work: &Work) -> Callback<()> {
    let work = work.clone();
    Callback::from(move |()| {
        work.act(Action::Waiting);
        work.list();
    })
}

fn obey(id: ProviderId, deed: RowDeed, work: &Work) {
    let Some(provider) = work.provider(id) else { return };
    match deed {
        RowDeed::Toggle => work.act(Action::Toggle(id)),
        RowDeed::Focus => work.act(Action::Focus(id)),
        RowDeed::Test => work.test(id),
        RowDeed::Edit => work.act(Action::Open(Layer::Edit(Box::new(provider)))),
        RowDeed::Stats => work.show_usage(id),
        RowDeed::Duplicate => work.duplicate(id),
        RowDeed::SetActive(active) => work.set_active(&provider, active),
        RowDeed::MakeDefault => work.make_default(&provider),
        RowDeed::Delete => work.ask_deletion(id),
        RowDeed::Move(to) => work.move_provider(id, to),
    }
}

fn bulk(state: &Workspace, work: &Work) -> Html {
    let ids: Vec<ProviderId> = state.selected.clone();
    let (test, switch, clear) = (work.clone(), work.clone(), work.clone());
    let (export, delete) = (work.clone(), work.clone());
    let (tested, switched) = (ids.clone(), ids.clone());
    let deleted: Rc<[ProviderId]> = ids.clone().into();
    bulk_bar(&BulkBarProps {
        count: ids.len(),
        on_test: Callback::from(move |()| test.test_many(tested.clone())),
        on_active: Callback::from(move |active| switch.set_many_active(switched.clone(), active)),
        on_export: Callback::from(move |()| export.act(Action::Open(Layer::Security(Dialog::Export)))),
        on_delete: Callback::from(move |()| delete.act(Action::Open(Layer::DeleteMany(deleted.clone())))),
        on_clear: Callback::from(move |()| clear.act(Action::ClearSelection)),
    })
}

fn header(state: &Workspace, work: &Work, totals: &Totals) -> Html {
    let add = {
        let work = work.clone();
        move |_: MouseEvent| work.act(Action::Open(Layer::Add(ProviderType::Gemini)))
    };
    let context = match (&state.list, totals.providers) {
        (Load::Waiting | Load::Failed(_), _) => String::new(),
        (Load::Ready(_), 0) => t!("none-configured"),
        (Load::Ready(_), count) => t!("configured", count = count, active = totals.active),
    };
    let sample = state.providers().is_some_and(|list| list.sample);
    html! {
        <header class="top">
            <div class="top-t">
                <h1 tabindex="-1">{ t!("providers") }</h1><p>{ context }</p>
                if sample { <span class="badge warn" id="sample-data" title={t!("sample-data-title")}>{ icon("info") }{ t!("sample-data") }</span> }
            </div>
            <div class="top-a">
                { state.batch.map(|batch| progress(batch, work)).unwrap_or_default() }
                if let Some(list) = state.providers().filter(|_| totals.active > 1) { { default_of(list, work) } }
                if totals.providers > 0 { { test_all(state, work, totals) } }
                if totals.providers > 0 { { more_ways(work) } }
                <button type="button" class="btn primary" id="add-provider" onclick={add}>{ icon("plus") }<span>{ t!("add-provider") }</span></button>
            </div>
        </header>
    }
}

fn layer_of(way: Way) -> Layer {
    match way {
        Way::First => Layer::FirstProvider,
        Way::SetUp(set_up) => Layer::SetUp(set_up),
        Way::Add(kind) => Layer::Add(kind),
    }
}

fn default_of(list: &Rc<ProviderList>, work: &Work) -> Html {
    let work = work.clone();
    default_switch(
        list,
        &Callback::from(move |id: ProviderId| {
            if let Some(provider) = work.provider(id) {
                work.make_default(&provider);
            }
        }),
    )
}

/// Everything beside the form of a type: by a key alone, and from an example.
fn more_ways(work: &Work) -> Html {
    let first = (Way::First, Item::new("first", t!("add-first"), "lock"));
    let examples =
        SetUp::ALL.map(|one| (Way::SetUp(one), Item::new(one.as_str(), set_up::title(one), "stack")));
    let ways: Vec<(Way, Item)> = std::iter::once(first).chain(examples).collect();
    let items: Vec<Item> = ways.iter().map(|(_, item)| item.clone()).collect();
    let on_choose = {
        let work = work.clone();
        Callback::from(move |action: AttrValue| {
            if let Some((way, _)) = ways.iter().find(|(_, item)| item.action == action) {
                work.act(Action::Open(layer_of(*way)));
            }
        })
    };
    html! { <MenuButton id="add-more" label={t!("add-more")} {items} {on_choose} /> }
}

fn progress(batch: Batch, work: &Work) -> Html {
    let stop = {
        let work = work.clone();
        move |_: MouseEvent| work.stop_tests()
    };
    html! {
        <>
            <span class="t3 sm num" role="status">{ t!("batch-progress", done = batch.done, total = batch.total) }</span>
            <button type="button" class="btn ghost" id="stop-tests" disabled={batch.stopping} onclick={stop}>{ icon("stop") }<span>{ t!("stop") }</span></button>
        </>
    }
}

fn test_all(state: &Workspace, work: &Work, totals: &Totals) -> Html {
    let list: Option<Rc<ProviderList>> = state.providers().cloned();
    let work = work.clone();
    let onclick = move |_: MouseEvent| {
        let providers = list.iter().flat_map(|list| &list.providers);
        work.test_many(providers.filter(|provider| provider.is_active).map(|provider| provider.id).collect());
    };
    let busy = state.batch.is_some();
    html! {
        <button type="button" class="btn" id="test-all" disabled={busy || totals.active == 0} aria-busy={busy.to_string()} {onclick}>
            if busy { <span class="spin" aria-hidden="true"></span> } else { { icon("bolt") } }<span>{ t!("test-all") }</span>
        </button>
    }
}
