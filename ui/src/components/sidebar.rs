//! The sidebar: mark, palette, pages, vault, and who acts. Below 1120 px the style sheet makes it an icon rail.

use model::vault::AppView;
use yew::prelude::*;

use crate::{
    components::{
        icon::{brand_mark, icon, keys},
        vault_countdown::VaultCountdown,
    },
    state::place::{Group, Place},
    t,
};

/// What the sidebar shows.
pub struct SidebarProps {
    /// The open vault.
    pub view: AppView,
    /// The page that is shown.
    pub place: Place,
    /// What stands beside the pages' names.
    pub marks: Vec<(Place, Mark)>,
    /// Show a page.
    pub on_go: Callback<Place>,
    /// Open the palette.
    pub on_palette: Callback<()>,
    /// Show the shortcuts.
    pub on_help: Callback<()>,
    /// Ask for the vault's state.
    pub on_over: Callback<()>,
    /// Lock now.
    pub on_lock: Callback<()>,
}

/// What stands beside a page's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// How many things are there.
    Count(usize),
    /// How many need attention, and what that means in words.
    Attention(usize, String),
}

/// The sidebar.
pub fn sidebar(props: &SidebarProps) -> Html {
    let palette = t!("search-or-run");
    let help = t!("palette-help");
    html! {
        <aside class="side" aria-label={t!("sidebar")}>
            <div class="brand">{ brand_mark() }<span>{ "Signalbox" }</span></div>
            <button type="button" class="side-search" id="open-palette" title={t!("palette-title")}
                onclick={props.on_palette.reform(|_: MouseEvent| ())}>
                { icon("search") }<span>{ palette }</span>{ keys(&["Ctrl", "K"]) }
            </button>
            <nav aria-label={t!("main-navigation")}>
                { for Group::ALL.into_iter().map(|of| group(of, props)) }
            </nav>
            <div class="side-foot">
                <VaultCountdown view={props.view.clone()} on_over={props.on_over.clone()} on_lock={props.on_lock.clone()} />
                <div class="who">
                    <span class="av" aria-hidden="true">{ initials(&props.view.actor) }</span>
                    <span class="who-t"><b dir="auto">{ &props.view.actor }</b><span>{ "super_admin" }</span></span>
                    <button type="button" class="ib push" id="open-help" aria-label={help.clone()} title={help}
                        onclick={props.on_help.reform(|_: MouseEvent| ())}>
                        <kbd aria-hidden="true">{ "?" }</kbd>
                    </button>
                </div>
            </div>
        </aside>
    }
}

fn group(of: Group, props: &SidebarProps) -> Html {
    html! {
        <div class="nav-g">
            <h2>{ of.title() }</h2>
            <ul>{ for of.places().map(|place| link(place, props)) }</ul>
        </div>
    }
}

fn link(place: Place, props: &SidebarProps) -> Html {
    let title = place.title();
    let onclick = props.on_go.reform(move |event: MouseEvent| {
        event.prevent_default();
        place
    });
    let mark = props.marks.iter().find(|(at, _)| *at == place).map(|(_, mark)| mark);
    html! {
        <li>
            <a href={format!("#{}", place.as_str())} data-go={place.as_str()} aria-current={(place == props.place).then_some("page")}
                title={mark.map_or_else(|| title.clone(), |mark| with(&title, mark))} {onclick}>
                { icon(place.icon()) }<span>{ title }</span>{ mark.map(beside).unwrap_or_default() }
            </a>
        </li>
    }
}

/// In the rail a page's name is nowhere else, and neither is what stands beside it.
fn with(title: &str, mark: &Mark) -> String {
    match mark {
        Mark::Count(count) => format!("{title} · {count}"),
        Mark::Attention(_, words) => format!("{title} · {words}"),
    }
}

fn beside(mark: &Mark) -> Html {
    match mark {
        Mark::Count(count) => html! { <span class="nb">{ count.to_string() }</span> },
        Mark::Attention(count, words) => {
            html! { <span class="nb warn" role="img" aria-label={words.clone()} title={words.clone()}>{ count.to_string() }</span> }
        }
    }
}

fn initials(actor: &str) -> String {
    let letters = actor.split_whitespace().filter_map(|word| word.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}
