//! A page's cards while they are read, in their own geometry. The style sheet shows them only when reading takes longer
//! than a person notices.

use yew::prelude::*;

use crate::{components::list_skeleton::row_skeleton, state::place::Place};

/// A page's cards.
#[derive(Clone, Copy, Debug)]
pub enum Outline {
    /// Tables: how many rows each has.
    Tables {
        /// One below the other.
        cards: &'static [usize],
        /// Beside them, where the page has two columns.
        side: Option<usize>,
    },
    /// One card of settings, with so many lines.
    Lines(usize),
    /// The settings with the list of their sections.
    Sections(&'static [usize]),
}

impl Outline {
    /// That of a page.
    pub fn of(place: Place) -> Self {
        match place {
            Place::Routing => Self::Tables { cards: &[4, 3], side: Some(3) },
            Place::Health => Self::Tables { cards: &[6, 2], side: None },
            Place::History => Self::Tables { cards: &[8], side: None },
            Place::Sync => Self::Tables { cards: &[1, 5], side: None },
            Place::Insights => Self::Tables { cards: &[5], side: None },
            Place::Bundles => Self::Tables { cards: &[6], side: Some(4) },
            Place::Budgets => Self::Tables { cards: &[3, 2], side: None },
            Place::Providers | Place::Playground | Place::Usage => Self::Tables { cards: &[4], side: None },
            Place::Settings => Self::Sections(&[5, 3]),
        }
    }
}

/// The outline; `said` is what is spoken.
pub fn page_skeleton(said: String, outline: Outline) -> Html {
    let shown = match outline {
        Outline::Tables { cards, side } => tables(cards, side),
        Outline::Lines(lines) => settings_card(lines),
        Outline::Sections(cards) => html! {
            <div class="set">
                <div class="stack g4">{ for cards.iter().map(|_| html! { <span class="sk w60"></span> }) }</div>
                <div class="stack g4">{ for cards.iter().map(|lines| settings_card(*lines)) }</div>
            </div>
        },
    };
    html! {
        <div aria-busy="true" role="status">
            <span class="vh">{ said }</span>
            <div class="late" aria-hidden="true">{ shown }</div>
        </div>
    }
}

fn tables(cards: &[usize], side: Option<usize>) -> Html {
    let card = |rows: &usize| {
        html! {
            <div class="card">
                <div class="card-h line"><span class="sk w20"></span></div>
                { for (0..*rows).map(|_| row_skeleton()) }
            </div>
        }
    };
    let cards = html! { <div class="stack g4">{ for cards.iter().map(card) }</div> };
    match side {
        Some(rows) => {
            html! { <div class="routing">{ cards }<div class="card card-b stack g4">{ for (0..rows).map(|_| lines()) }</div></div> }
        }
        None => cards,
    }
}

fn settings_card(lines: usize) -> Html {
    let line = || {
        html! { <div class="si"><div><span class="sk w20"></span><span class="sk w60 mt"></span></div><span class="sk sk-ctl"></span></div> }
    };
    html! { <div class="card">{ for (0..lines).map(|_| line()) }</div> }
}

fn lines() -> Html {
    html! { <div><span class="sk w80"></span><span class="sk w60 mt"></span></div> }
}
