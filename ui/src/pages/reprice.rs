//! The question before the history is priced anew: which days, how many rows, and the sum before and after.

use model::{
    Failure, FailureCode,
    command::{PreviewRepricing, RepriceHistory},
    prices::Repricing,
    text,
};
use yew::prelude::*;

use crate::{
    components::{
        icon::icon,
        modal::Modal,
        segmented::{Segmented, segmented},
    },
    shell,
    state::{
        toast::{Toast, sentence_case},
        workspace::Action,
    },
    t,
    work::Work,
};

/// What the page offers; the command takes any number of days.
const MONTH: Option<u32> = Some(30);
const QUARTER: Option<u32> = Some(90);

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RepriceDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

/// What is known of the days that are chosen.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Asking,
    Refused(Failure),
    Comes(Repricing),
}

/// The dialog.
#[component]
pub fn RepriceDialog(props: &RepriceDialogProps) -> Html {
    let days = use_state(|| MONTH);
    let known = use_state(|| Known::Asking);
    let saving = use_state(|| false);
    // Only the answer about the days that are chosen counts.
    let latest = use_mut_ref(|| MONTH);
    use_effect_with(*days, {
        let (work, known, latest) = (props.work.clone(), known.setter(), latest.clone());
        move |days| {
            let days = *days;
            *latest.borrow_mut() = days;
            known.set(Known::Asking);
            work.run(async move |work| {
                let reply = shell::call(PreviewRepricing { days }).await;
                if *latest.borrow() != days {
                    return;
                }
                match reply {
                    Ok(comes) => known.set(Known::Comes(comes)),
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => known.set(Known::Refused(failure)),
                }
            });
        }
    });
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let changed = match &*known {
        Known::Comes(comes) => comes.changed,
        Known::Asking | Known::Refused(_) => 0,
    };
    let ready = changed > 0 && !*saving;
    let onclick = {
        let (work, days) = (props.work.clone(), *days);
        let (known, saving) = (known.setter(), saving.setter());
        move |_: MouseEvent| {
            if ready {
                saving.set(true);
                reprice(&work, days, known.clone(), saving.clone());
            }
        }
    };
    let choice = segmented(Segmented {
        id: "reprice-days".into(),
        label: t!("reprice-days"),
        controls: None,
        options: vec![
            (MONTH, t!("days", count = 30)),
            (QUARTER, t!("days", count = 90)),
            (None, t!("all-days")),
        ],
        value: Some(*days),
        on_choose: {
            let days = days.setter();
            Callback::from(move |chosen| days.set(chosen))
        },
    });
    html! {
        <Modal class="dialog" labelled_by="reprice-title" described_by="reprice-lede" first="#cancel-reprice" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("sync") }</span>
                <div><h2 id="reprice-title">{ t!("reprice-title") }</h2><p class="t2" id="reprice-lede">{ t!("reprice-lede") }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                <div class="field"><span class="lab">{ t!("reprice-days") }</span>{ choice }</div>
                <div role="status" id="reprice-comes" aria-busy={(*known == Known::Asking).to_string()}>{ outcome(&known) }</div>
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-reprice" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-reprice" disabled={!ready} aria-busy={saving.to_string()} {onclick}>
                    if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("reprice-confirm", count = changed, shown = grouped(changed)) }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn reprice(work: &Work, days: Option<u32>, known: UseStateSetter<Known>, saving: UseStateSetter<bool>) {
    work.run(async move |work| match shell::call(RepriceHistory { days }).await {
        Ok(done) => {
            let title = t!("repriced", count = done.changed, shown = grouped(done.changed));
            let sums = t!("repriced-sums", before = done.before.display(), after = done.after.display());
            work.act(Action::Close);
            work.act(Action::Say(Toast::success(title, sums)));
            // The list sums the log up.
            work.list();
        }
        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
        Err(failure) => {
            saving.set(false);
            known.set(Known::Refused(failure));
        }
    });
}

fn outcome(known: &Known) -> Html {
    let comes = match known {
        Known::Asking => return html! { <p class="t3">{ t!("reprice-asking") }</p> },
        Known::Refused(failure) => {
            return html! {
                <div class="note danger" role="alert">{ icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div></div>
            };
        }
        Known::Comes(comes) => comes,
    };
    let line =
        |word: String, value: String| html! { <div><dt>{ word }</dt><dd class="num">{ value }</dd></div> };
    html! {
        <>
            <dl class="sums">
                { line(t!("rows-looked-at"), grouped(comes.rows)) }
                { line(t!("rows-changed"), grouped(comes.changed)) }
                { line(t!("sum-before"), comes.before.display()) }
                { line(t!("sum-after"), comes.after.display()) }
            </dl>
            if comes.left > 0 { <p class="hint">{ t!("rows-left", count = comes.left, shown = grouped(comes.left)) }</p> }
            if comes.changed == 0 { <p class="hint">{ t!("reprice-nothing") }</p> }
        </>
    }
}

fn grouped(number: u64) -> String {
    text::group_digits(u128::from(number))
}
