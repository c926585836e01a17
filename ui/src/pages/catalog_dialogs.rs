//! The questions before another catalogue of prices is in force: one from a file, with all that it changes, or the one
//! that came with the program.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    prices::{CatalogPreview, PriceChange},
    text,
};
use yew::prelude::*;

use crate::{
    components::{
        icon::{icon, tile},
        modal::Modal,
    },
    state::{
        age,
        models::price,
        toast::sentence_case,
        workspace::{Action, CatalogFile},
    },
    t,
    texts::name,
    work::Work,
};

/// Changes that are listed; nobody reads thousands.
const SHOWN: usize = 40;

/// Which question.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Import this file?
    Import(Rc<CatalogFile>),
    /// Back to the catalogue that came with the program?
    Restore,
}

/// The question.
#[derive(Properties, PartialEq)]
pub struct CatalogDialogProps {
    /// Which one.
    pub question: Question,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn CatalogDialog(props: &CatalogDialogProps) -> Html {
    let saving = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onclick = {
        let (work, question) = (props.work.clone(), props.question.clone());
        let (saving, fault) = (saving.setter(), fault.setter());
        move |_: MouseEvent| {
            let (question, saving, fault) = (question.clone(), saving.clone(), fault.clone());
            saving.set(true);
            work.run(async move |work| {
                let done = match &question {
                    Question::Import(file) => work.import_catalog(file).await,
                    Question::Restore => work.restore_catalog().await,
                };
                match done {
                    Ok(()) => {}
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => {
                        saving.set(false);
                        fault.set(Some(failure));
                    }
                }
            });
        }
    };
    let (title, lede, word, body) = match &props.question {
        Question::Import(file) => (
            t!("import-title", day = age::catalog_date(&file.preview.as_of)),
            t!("import-lede", name = name(&file.name), day = age::catalog_date(&file.preview.as_of_now)),
            t!("import-confirm"),
            changes(&file.preview),
        ),
        Question::Restore => {
            (t!("restore-title"), t!("restore-lede"), t!("use-built-in-catalogue"), Html::default())
        }
    };
    let class = classes!("dialog", matches!(props.question, Question::Import(_)).then_some("wide"));
    html! {
        <Modal {class} labelled_by="catalogue-title" described_by="catalogue-lede" first="#cancel-catalogue" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("file") }</span>
                <div><h2 id="catalogue-title">{ title }</h2><p class="t2" id="catalogue-lede">{ lede }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                { body }
                if let Some(fault) = &*fault {
                    <div class="note danger" role="alert">{ icon("alert") }<div><p><b>{ sentence_case(&fault.message) }</b></p><p>{ fault.advice.clone() }</p></div></div>
                }
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-catalogue" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-catalogue" disabled={*saving} aria-busy={saving.to_string()} {onclick}>
                    if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn changes(preview: &CatalogPreview) -> Html {
    let changes = &preview.changes;
    if changes.is_none() {
        return html! { <p class="note" id="catalogue-same">{ icon("info") }<span>{ t!("catalogue-same") }</span></p> };
    }
    let count = |count: usize, word: String| {
        html! { <div><dt>{ word }</dt><dd class="num">{ text::group_digits(count as u128) }</dd></div> }
    };
    html! {
        <>
            <dl class="sums" id="catalogue-sums">
                { count(changes.repriced.len(), t!("models-repriced")) }
                { count(changes.added.len(), t!("models-added")) }
                { count(changes.removed.len(), t!("models-removed")) }
                { count(changes.other, t!("models-otherwise")) }
            </dl>
            if !preview.losing.is_empty() {
                <p class="note warn" id="catalogue-losing">{ icon("alert") }<span>{ t!("catalogue-losing", count = preview.losing.len(), names = few(&preview.losing)) }</span></p>
            }
            if !changes.repriced.is_empty() { { repriced(&changes.repriced) } }
            if !changes.added.is_empty() { <p class="sm"><b>{ t!("models-added") }</b>{ ": " }<span class="mono">{ few(&changes.added) }</span></p> }
            if !changes.removed.is_empty() { <p class="sm"><b>{ t!("models-removed") }</b>{ ": " }<span class="mono">{ few(&changes.removed) }</span></p> }
        </>
    }
}

fn repriced(changes: &[PriceChange]) -> Html {
    let row = |change: &PriceChange| {
        let pair = |(input, output): &(String, String)| format!("{} / {}", price(input), price(output));
        html! {
            <tr>
                <th scope="row"><span class="row">{ tile(change.provider_type, "s") }<span class="mono">{ &change.model_name }</span></span></th>
                <td class="n num">{ pair(&change.before) }</td>
                <td class="n num">{ pair(&change.after) }</td>
            </tr>
        }
    };
    let more = changes.len().saturating_sub(SHOWN);
    html! {
        <div class="scrolls" tabindex="0" role="region" aria-label={t!("models-repriced")}>
            <table class="tbl" id="catalogue-changes">
                <thead><tr><th scope="col">{ t!("field-model") }</th><th scope="col" class="n">{ t!("price-before") }</th><th scope="col" class="n">{ t!("price-after") }</th></tr></thead>
                <tbody>{ for changes.iter().take(SHOWN).map(row) }</tbody>
            </table>
            if more > 0 { <p class="hint">{ t!("and-more", count = more) }</p> }
        </div>
    }
}

/// The first names, and how many more there are.
fn few(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(8).map(|one| name(one)).collect();
    match names.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} {}", shown.join(", "), t!("and-more", count = more)),
    }
}
