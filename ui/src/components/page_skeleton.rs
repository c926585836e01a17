//! A page's cards while they are read, in their own geometry. The style sheet shows them only when reading takes longer
//! than a person notices.

use yew::prelude::*;

use crate::state::place::Place;

/// A page's cards: how many rows each has.
#[derive(Clone, Copy, Debug)]
pub struct Outline {
    /// One below the other.
    pub cards: &'static [usize],
    /// Beside them, where the page has two columns.
    pub side: Option<usize>,
}

impl Outline {
    /// That of a page.
    pub fn of(place: Place) -> Self {
        match place {
            Place::Routing => Self { cards: &[4, 3], side: Some(3) },
            Place::Health => Self { cards: &[6, 2], side: None },
            Place::Providers | Place::Playground | Place::Settings => Self { cards: &[4], side: None },
        }
    }
}

/// The outline; `said` is what is spoken.
pub fn page_skeleton(said: String, outline: Outline) -> Html {
    let card = |rows: &usize| {
        html! {
            <div class="card">
                <div class="card-h line"><span class="sk w20"></span></div>
                { for (0..*rows).map(|_| row()) }
            </div>
        }
    };
    let cards = html! { <div class="stack g4">{ for outline.cards.iter().map(card) }</div> };
    let shown = match outline.side {
        Some(rows) => {
            html! { <div class="routing">{ cards }<div class="card card-b stack g4">{ for (0..rows).map(|_| lines()) }</div></div> }
        }
        None => cards,
    };
    html! {
        <div aria-busy="true" role="status" id="page-loading">
            <span class="vh">{ said }</span>
            <div class="late" aria-hidden="true">{ shown }</div>
        </div>
    }
}

fn lines() -> Html {
    html! { <div><span class="sk w80"></span><span class="sk w60 mt"></span></div> }
}

fn row() -> Html {
    html! {
        <div class="sk-row">
            <span class="sk tile-s"></span>
            <span class="sk-name"><span class="sk w80"></span><span class="sk w60 mt"></span></span>
            <span class="sk"></span><span class="sk"></span><span class="sk"></span><span class="sk"></span>
        </div>
    }
}
