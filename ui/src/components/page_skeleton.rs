//! A page's cards while they are read, in their own geometry. The style sheet shows them only when reading takes longer
//! than a person notices.

use yew::prelude::*;

/// Cards of rows: for each card, how many; `said` is what is spoken.
pub fn page_skeleton(said: String, cards: &[usize]) -> Html {
    let card = |rows: &usize| {
        html! {
            <div class="card">
                <div class="card-h line"><span class="sk w20"></span></div>
                { for (0..*rows).map(|_| row()) }
            </div>
        }
    };
    html! {
        <div aria-busy="true" role="status" id="page-loading">
            <span class="vh">{ said }</span>
            <div class="late stack g4" aria-hidden="true">{ for cards.iter().map(card) }</div>
        </div>
    }
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
