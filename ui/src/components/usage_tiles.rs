//! The tiles of the usage page.

use yew::prelude::*;

use crate::{
    components::icon::icon,
    state::usage::tiles::{Delta, Tile},
    t,
};

/// Draws the tiles.
pub fn usage_tiles(tiles: &[Tile]) -> Html {
    html! { <dl class="kpis" id="usage-tiles">{ for tiles.iter().map(tile) }</dl> }
}

/// Their outline, while figures are read.
pub fn tiles_skeleton() -> Html {
    let one =
        |_| html! { <div class="kpi"><span class="sk w60"></span><span class="sk w80 mt"></span></div> };
    html! { <div class="kpis late" aria-hidden="true">{ for (0..6).map(one) }</div> }
}

fn tile(tile: &Tile) -> Html {
    let value = match &tile.value {
        Some(value) => html! { { value } },
        None => {
            html! { <><span aria-hidden="true">{ t!("no-figure") }</span><span class="vh">{ t!("no-data") }</span></> }
        }
    };
    let was = tile.was.clone().map(|was| html! { <span>{ t!("was", value = was) }</span> });
    html! {
        <div class="kpi" data-tile={tile.id}>
            <dt>{ &tile.label }</dt>
            <dd>
                <div class="kpi-v num">{ value }</div>
                <div class="kpi-d">
                    { for tile.delta.iter().map(delta) }
                    { for tile.note.iter().map(|note| html! { <span class="warn-t">{ note }</span> }) }
                    { was }
                    { for tile.aside.iter().map(|aside| html! { <span class="num">{ aside }</span> }) }
                </div>
            </dd>
        </div>
    }
}

fn delta(delta: &Delta) -> Html {
    let tone = match delta.good {
        Some(true) => "good",
        Some(false) => "bad",
        None => "flat",
    };
    html! { <span class={classes!("delta", tone)}>{ arrow(delta.up) }{ &delta.words }</span> }
}

/// An arrow beside a change.
pub fn arrow(up: Option<bool>) -> Html {
    match up {
        Some(true) => icon("rise"),
        Some(false) => icon("fall"),
        None => Html::default(),
    }
}
