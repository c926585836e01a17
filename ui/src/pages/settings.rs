//! The page "Settings".

use yew::prelude::*;

use crate::{
    browser,
    state::{place::Place, workspace::Workspace},
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct SettingsPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn SettingsPage(_: &SettingsPageProps) -> Html {
    use_effect_with((), |()| browser::set_screen(Place::Settings.as_str(), true));
    html! {
        <main class="main" id="main">
            <header class="top"><div class="top-t"><h1 tabindex="-1">{ Place::Settings.title() }</h1></div></header>
            <div class="content"></div>
        </main>
    }
}
