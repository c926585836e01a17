//! The lines of the settings about prices: the catalogue in force, another one from a file, the history.

use model::{Failure, prices::CatalogView};
use web_sys::File;
use yew::prelude::*;

use crate::{
    browser,
    components::{file_field::on_file, icon::icon, setting_line::setting_line},
    state::{age, toast::sentence_case},
    t,
};

/// What can be asked for here.
pub enum Deed {
    /// Look at a file.
    File(File),
    /// The catalogue that came with the program again.
    Restore,
    /// The history by the prices in force.
    Reprice,
}

/// The lines. `fault` is why the last file was none.
pub fn price_settings(
    view: &CatalogView,
    reading: bool,
    fault: Option<&Failure>,
    on_deed: &Callback<Deed>,
) -> Html {
    let button = |id: &'static str, word: String, deed: fn() -> Deed| {
        let onclick = on_deed.reform(move |_: MouseEvent| deed());
        html! { <button type="button" class="btn sm" {id} {onclick}><span>{ word }</span></button> }
    };
    let restore =
        view.imported_at.map(|_| button("restore-catalogue", t!("use-built-in-catalogue"), || Deed::Restore));
    let file = html! { <span class="row">{ for restore }{ choose(reading, on_deed) }</span> };
    let reprice = button("reprice", t!("reprice"), || Deed::Reprice);
    html! {
        <>
            if let Some(fault) = fault {
                <div class="note danger" role="alert" id="catalogue-refused">
                    { icon("alert") }<div><p><b>{ sentence_case(&fault.message) }</b></p><p>{ fault.advice.clone() }</p></div>
                </div>
            }
            <div class="card" id="prices-card" aria-busy={reading.to_string()}>
                { setting_line(t!("price-catalogue"), html! { { whence(view) } }, file) }
                { setting_line(t!("reprice-history"), html! { { t!("reprice-history-text") } }, reprice) }
                { setting_line(t!("own-prices"), html! { { t!("own-prices-text") } }, Html::default()) }
            </div>
        </>
    }
}

fn whence(view: &CatalogView) -> String {
    let day = age::catalog_date(&view.as_of);
    match view.imported_at {
        Some(at) => {
            t!("catalogue-imported", day = day, models = view.models, time = browser::clock_within(at))
        }
        None => t!("catalogue-built-in", day = day, models = view.models),
    }
}

fn choose(reading: bool, on_deed: &Callback<Deed>) -> Html {
    let onchange = on_file(&on_deed.reform(Deed::File));
    html! {
        <label class="btn sm file">
            <input class="vh" type="file" id="catalogue-file" accept="application/json,.json" disabled={reading} {onchange} />
            <span>{ t!("import-catalogue") }</span>
        </label>
    }
}
