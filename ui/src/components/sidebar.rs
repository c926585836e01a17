//! The sidebar: mark, palette, pages, vault, and who acts. Below 1120 px the style sheet makes it an icon rail.

use model::vault::AppView;
use yew::prelude::*;

use crate::{
    components::{
        icon::{brand_mark, icon, keys},
        vault_countdown::VaultCountdown,
    },
    t,
};

/// What the sidebar shows.
pub struct SidebarProps {
    /// The open vault.
    pub view: AppView,
    /// Number of providers, once known.
    pub providers: Option<usize>,
    /// Open the palette.
    pub on_palette: Callback<()>,
    /// Show the shortcuts.
    pub on_help: Callback<()>,
    /// Ask for the vault's state.
    pub on_over: Callback<()>,
    /// Lock now.
    pub on_lock: Callback<()>,
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
                <div class="nav-g">
                    <h2>{ t!("nav-manage") }</h2>
                    <ul><li>
                        <a href="#providers" aria-current="page" title={t!("providers")}>
                            { icon("stack") }<span>{ t!("providers") }</span>
                            <span class="nb">{ props.providers.map(|count| count.to_string()).unwrap_or_default() }</span>
                        </a>
                    </li></ul>
                </div>
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

fn initials(actor: &str) -> String {
    let letters = actor.split_whitespace().filter_map(|word| word.chars().next());
    letters.take(2).flat_map(char::to_uppercase).collect()
}
