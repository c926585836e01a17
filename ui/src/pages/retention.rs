//! The question how long calls stay in the log, with what another answer deletes at once.

use model::{
    Failure, FailureCode,
    command::{SetRetention, ViewCalls, ViewRetention},
    statistics::{CallFilter, Retention},
    text,
    time::DAY_MS,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, framed, text_input},
        icon::icon,
        modal::Modal,
        segmented::{Segmented, segmented},
    },
    pages::change_password::refusal,
    shell,
    state::{
        toast::Toast,
        usage_log::{Typed, kept},
        workspace::Action,
    },
    t,
    work::Work,
};

/// Calls that are counted before they are deleted; beyond, it is said that there are more.
const COUNTED: u32 = 500;

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RetentionDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

/// What is known of the calls that are too old.
#[derive(Clone, Debug, PartialEq)]
enum Known {
    Asking,
    Refused(Failure),
    /// So many, and whether there are more.
    Older(usize, bool),
}

/// The dialog.
#[component]
pub fn RetentionDialog(props: &RetentionDialogProps) -> Html {
    let typed = use_state(|| Option::<Typed>::None);
    let known = use_state(|| Known::Asking);
    let saving = use_state(|| false);
    use_effect_with((), {
        let (work, typed, known) = (props.work.clone(), typed.setter(), known.setter());
        move |()| {
            work.run(async move |work| match shell::call(ViewRetention {}).await {
                Ok(retention) => typed.set(Some(Typed::of(retention))),
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => known.set(Known::Refused(failure)),
            });
        }
    });
    let chosen = typed.as_ref().map(Typed::read);
    let asked = chosen.as_ref().and_then(|chosen| chosen.as_ref().ok()).copied();
    use_older(asked, &props.work, known.setter());
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let deletes = matches!(*known, Known::Older(1.., _));
    let ready = matches!(*known, Known::Older(..)) && asked.is_some() && !*saving;
    let onclick = {
        let (work, known, saving) = (props.work.clone(), known.setter(), saving.setter());
        move |_: MouseEvent| {
            if let Some(retention) = asked.filter(|_| ready) {
                saving.set(true);
                set(&work, retention, known.clone(), saving.clone());
            }
        }
    };
    let confirm = if deletes { t!("retention-delete") } else { t!("retention-confirm") };
    html! {
        <Modal class="dialog" labelled_by="retention-title" described_by="retention-lede" first="#cancel-retention" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("list") }</span>
                <div><h2 id="retention-title">{ t!("retention-title") }</h2><p class="t2" id="retention-lede">{ t!("retention-lede") }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                { for typed.as_ref().map(|now| choice(now, &typed)) }
                <div role="status" id="retention-comes" aria-busy={(*known == Known::Asking).to_string()}>{ outcome(&known, asked) }</div>
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-retention" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class={classes!("btn", if deletes { "danger" } else { "primary" })} id="confirm-retention" disabled={!ready} aria-busy={saving.to_string()} {onclick}>
                    if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ confirm }</span>
                </button>
            </footer>
        </Modal>
    }
}

/// Counts the calls that would be deleted. Only the answer about the days that are chosen counts.
#[hook]
fn use_older(asked: Option<Retention>, work: &Work, known: UseStateSetter<Known>) {
    let latest = use_mut_ref(|| Option::<Retention>::None);
    let work = work.clone();
    use_effect_with(asked, move |asked| {
        *latest.borrow_mut() = *asked;
        let Some(retention) = *asked else { return };
        let Some(days) = retention.days else { return known.set(Known::Older(0, false)) };
        known.set(Known::Asking);
        let to = model::Timestamp(browser::now().0 - i64::from(days) * DAY_MS);
        let filter = CallFilter { to: Some(to), ..CallFilter::default() };
        work.run(async move |work| {
            let page = shell::call(ViewCalls { filter, after: None, limit: COUNTED }).await;
            if *latest.borrow() != Some(retention) {
                return;
            }
            match page {
                Ok(page) => known.set(Known::Older(page.calls.len(), page.next.is_some())),
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => known.set(Known::Refused(failure)),
            }
        });
    });
}

fn set(work: &Work, retention: Retention, known: UseStateSetter<Known>, saving: UseStateSetter<bool>) {
    work.run(async move |work| {
        let done = shell::call(SetRetention { retention }).await;
        saving.set(false);
        match done {
            Ok(retention) => {
                work.act(Action::Close);
                work.act(Action::Say(Toast::success(t!("retention-set"), kept(retention))));
            }
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            // Who was asked for a proof and has none just now is back at the question.
            Err(failure) if failure.code == FailureCode::Cancelled => {}
            Err(failure) => known.set(Known::Refused(failure)),
        }
    });
}

fn choice(now: &Typed, typed: &UseStateHandle<Option<Typed>>) -> Html {
    let change = |change: fn(Typed, String) -> Typed| {
        let (now, typed) = (now.clone(), typed.setter());
        Callback::from(move |text: String| typed.set(Some(change(now.clone(), text))))
    };
    let kind = segmented(Segmented {
        id: "retention-kind".into(),
        label: t!("retention"),
        controls: None,
        options: vec![(false, t!("retention-everything")), (true, t!("retention-days"))],
        value: Some(now.limited),
        on_choose: {
            let (now, typed) = (now.clone(), typed.setter());
            Callback::from(move |limited| typed.set(Some(Typed { limited, ..now.clone() })))
        },
    });
    let error = now.read().err();
    let frame = Frame {
        id: "retention-days",
        label: t!("retention-days-field"),
        remark: String::new(),
        error: error.as_deref(),
        hint: String::new(),
    };
    let on_days = change(|now, days| Typed { days, ..now });
    html! {
        <>
            <div class="field"><span class="lab">{ t!("retention") }</span>{ kind }</div>
            if now.limited { { framed(frame, text_input("retention-days", "inp num", &now.days, error.is_some(), on_days)) } }
        </>
    }
}

fn outcome(known: &Known, asked: Option<Retention>) -> Html {
    let days = asked.and_then(|retention| retention.days);
    match (known, days) {
        (Known::Refused(failure), _) => refusal(failure),
        // Below the field it says what is wrong.
        _ if asked.is_none() => Html::default(),
        (Known::Asking, _) => html! { <p class="t3">{ t!("retention-asking") }</p> },
        (Known::Older(..), None) => html! { <p class="hint">{ t!("retention-nothing") }</p> },
        (Known::Older(0, _), Some(_)) => html! { <p class="hint">{ t!("retention-none-older") }</p> },
        (Known::Older(count, more), Some(days)) => {
            let shown = text::group_digits(*count as u128);
            let line = match more {
                true => t!("retention-deletes-more", shown = shown, days = days),
                false => t!("retention-deletes", count = *count, shown = shown, days = days),
            };
            html! { <div class="note warn">{ icon("alert") }<div><p>{ line }</p></div></div> }
        }
    }
}
