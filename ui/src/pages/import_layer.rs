//! The frame of the dialog that imports usage, and what stands in it until the dialog itself is fetched.

use model::Failure;
use yew::prelude::*;

use crate::{
    components::{icon::icon, modal::Modal},
    parts::{self, Part},
    state::{toast::sentence_case, workspace::Action},
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct ImportLayerProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog. Whoever opens `Layer::ImportUsage` has it.
#[component]
pub fn ImportLayer(props: &ImportLayerProps) -> Html {
    let refused = use_state(|| Option::<Failure>::None);
    let redraw = use_force_update();
    let fetch = use_callback((), {
        let (work, refused) = (props.work.clone(), refused.setter());
        move |(), ()| {
            let (refused, redraw) = (refused.clone(), redraw.clone());
            work.run(async move |_| {
                refused.set(Part::Import.fetch().await.err());
                redraw.force_update();
            });
        }
    });
    use_effect_with((), {
        let fetch = fetch.clone();
        move |()| {
            if !Part::Import.is_here() {
                fetch.emit(());
            }
        }
    });
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    html! {
        <Modal class="dialog import" labelled_by="import-usage-title" described_by="import-usage-lede" first="#import-usage-title" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("file") }</span>
                <div><h2 id="import-usage-title" tabindex="-1">{ t!("import-usage") }</h2><p class="t2" id="import-usage-lede">{ t!("import-usage-lede") }</p></div>
            </header>
            if Part::Import.is_here() {
                { parts::import(props.work.clone()) }
            } else {
                { waiting(refused.as_ref(), &fetch, &close) }
            }
        </Modal>
    }
}

fn waiting(refused: Option<&Failure>, fetch: &Callback<()>, close: &Callback<()>) -> Html {
    html! {
        <>
            <div class="dialog-b" aria-busy={refused.is_none().to_string()}>
                if let Some(failure) = refused {
                    <div class="note danger" role="alert">
                        { icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
                        <button type="button" class="btn sm" id="fetch-import" onclick={fetch.reform(|_: MouseEvent| ())}>{ t!("try-again") }</button>
                    </div>
                } else {
                    <p class="t3" role="status"><span class="spin" aria-hidden="true"></span>{ t!("reading-page") }</p>
                }
            </div>
            <footer class="dialog-f">
                <button type="button" class="btn" onclick={close.reform(|_: MouseEvent| ())}>{ t!("cancel") }</button>
            </footer>
        </>
    }
}
