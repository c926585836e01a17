//! An example set-up: which one, what it would make, the keys that it takes, and making it in one step.

use std::rc::Rc;

use model::{
    Failure, FailureCode, ProviderType,
    command::{ApplySetUp, PreviewSetUp},
    set_up::{SetUp, SetUpDone, SetUpKey, SetUpPreview, SetUpRefusal, SetUpReply},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::icon,
        modal::Modal,
        segmented::{Segmented, segmented},
        set_up_keys::{Fields, KeysProps, set_up_keys},
        set_up_preview::set_up_preview,
    },
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{
        set_up::{can_wait, lede, title, without_key},
        toast::{Step, Toast},
        workspace::{Action, Load},
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct SetUpDialogProps {
    /// The template that it opens with.
    pub set_up: SetUp,
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone)]
struct Asking {
    work: Work,
    chosen: UseStateHandle<SetUp>,
    seen: UseStateHandle<Load<SetUpPreview>>,
    /// Vendors for which something was typed.
    typed: UseStateHandle<Vec<ProviderType>>,
    refused: UseStateHandle<Vec<SetUpRefusal>>,
    fault: UseStateHandle<Option<Failure>>,
    /// The number of the tests that run.
    run: UseStateHandle<Option<u64>>,
    fields: Rc<Vec<Fields>>,
}

impl Asking {
    fn look(&self, set_up: SetUp) {
        let seen = self.seen.setter();
        seen.set(Load::Waiting);
        self.work.run(async move |work| match shell::call(PreviewSetUp { set_up }).await {
            Ok(view) => seen.set(Load::Ready(Rc::new(view))),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => seen.set(Load::Failed(failure)),
        });
    }

    fn choose(&self, set_up: SetUp) {
        self.chosen.set(set_up);
        self.refused.set(Vec::new());
        self.fault.set(None);
        self.look(set_up);
    }

    /// What was typed, at the moment of sending.
    fn keys(&self) -> Vec<SetUpKey> {
        let Load::Ready(seen) = &*self.seen else { return Vec::new() };
        let wanted = |fields: &&Fields| seen.entries.iter().any(|entry| entry.provider_type == fields.vendor);
        let key = |fields: &Fields| SetUpKey {
            provider_type: fields.vendor,
            api_key: Some(secret_of(&fields.key)).filter(|key| !key.is_empty()),
            base_url: text_of(&fields.address),
        };
        self.fields.iter().filter(wanted).map(key).collect()
    }

    fn apply(&self, save_anyway: bool) {
        if self.run.is_some() || !matches!(*self.seen, Load::Ready(_)) {
            return;
        }
        let run = browser::next_run();
        self.run.set(Some(run));
        self.fault.set(None);
        let (asking, keys, set_up) = (self.clone(), self.keys(), *self.chosen);
        self.work.run(async move |work| {
            let reply = shell::call(ApplySetUp { set_up, keys, save_anyway, run }).await;
            asking.run.set(None);
            match reply {
                Ok(SetUpReply::Done(done)) => ended(&work, *done),
                Ok(SetUpReply::NotDone { refused }) => {
                    let first = refused.first().map(|refusal| refusal.provider_type);
                    asking.refused.set(refused);
                    if let Some(vendor) = first {
                        browser::focus(&format!("#set-up-key-{}", vendor.as_str()));
                    }
                }
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) if failure.code == FailureCode::Cancelled => {}
                Err(failure) => asking.fault.set(Some(failure)),
            }
        });
    }

    fn close(&self) {
        if let Some(run) = *self.run {
            self.work.cancel(run);
        }
        self.work.act(Action::Close);
    }
}

fn ended(work: &Work, done: SetUpDone) {
    work.act(Action::Close);
    work.act(Action::Listed(done.list));
    let (title, detail) = (t!("set-up-done", count = done.made), t!("set-up-done-off", count = done.off));
    work.act(Action::Say(Toast::undoable(title, detail, vec![Step::Shell(done.undo)])));
}

fn text_of(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// The dialog.
#[component]
pub fn SetUpDialog(props: &SetUpDialogProps) -> Html {
    let fields = use_memo((), |()| {
        let of = |vendor| Fields { vendor, key: NodeRef::default(), address: NodeRef::default() };
        ProviderType::ALL.map(of).to_vec()
    });
    let asking = Asking {
        work: props.work.clone(),
        chosen: use_state(|| props.set_up),
        seen: use_state(Load::default),
        typed: use_state(Vec::new),
        refused: use_state(Vec::new),
        fault: use_state(|| None),
        run: use_state(|| None),
        fields,
    };
    use_effect_with((), {
        let (asking, set_up) = (asking.clone(), props.set_up);
        move |()| asking.look(set_up)
    });
    let on = |verb: fn(&Asking)| {
        let asking = asking.clone();
        Callback::from(move |()| verb(&asking))
    };
    let close = on(Asking::close);
    let onsubmit = on(|asking| asking.apply(false)).reform(|event: SubmitEvent| event.prevent_default());
    let choice = {
        let asking = asking.clone();
        segmented(Segmented {
            id: "set-up-choice".into(),
            label: t!("set-up-choose"),
            controls: Some("set-up-seen"),
            options: SetUp::ALL.map(|set_up| (set_up, title(set_up))).to_vec(),
            value: Some(*asking.chosen),
            on_choose: Callback::from(move |set_up| asking.choose(set_up)),
        })
    };
    let step = match &*asking.seen {
        Load::Waiting => "reading",
        Load::Failed(_) => "failed",
        Load::Ready(_) => "ready",
    };
    html! {
        <Modal class="dialog import" labelled_by="set-up-title" described_by="set-up-lede" first="#set-up-choice [tabindex='0']" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("bolt") }</span>
                <div><h2 id="set-up-title">{ t!("set-up-title") }</h2><p class="t2" id="set-up-lede">{ lede(*asking.chosen) }</p></div>
            </header>
            <form class="dialog-b" id="set-up-form" {onsubmit} aria-busy={asking.run.is_some().to_string()} data-step={step}>
                <div class="form">
                    { choice }
                    <div id="set-up-seen" role="tabpanel" class="form">{ body(&asking) }</div>
                    <div id="set-up-fault">{ for asking.fault.as_ref().map(refusal) }</div>
                </div>
            </form>
            { footer(&asking, &close, &on(|asking| asking.apply(true))) }
        </Modal>
    }
}

fn body(asking: &Asking) -> Html {
    let seen = match &*asking.seen {
        Load::Waiting => return html! { <p class="t3" role="status">{ t!("set-up-reading") }</p> },
        Load::Failed(failure) => return refusal(failure),
        Load::Ready(seen) => seen,
    };
    let on_typed = {
        let typed = asking.typed.clone();
        Callback::from(move |(vendor, is_there): (ProviderType, bool)| {
            let mut next: Vec<ProviderType> = typed.iter().copied().filter(|one| *one != vendor).collect();
            next.extend(is_there.then_some(vendor));
            typed.set(next);
        })
    };
    let on_console = {
        let work = asking.work.clone();
        Callback::from(move |vendor| work.open_console(vendor))
    };
    let missing: Vec<&str> = without_key(seen, &asking.typed).into_iter().map(ProviderType::label).collect();
    html! {
        <>
            { set_up_preview(seen) }
            { set_up_keys(KeysProps { seen, fields: &asking.fields, refused: &asking.refused, on_typed, on_console }) }
            <div role="status" id="set-up-off">
                if !missing.is_empty() { <p class="note">{ icon("info") }<span>{ t!("set-up-off", vendors = missing.join(", ")) }</span></p> }
            </div>
        </>
    }
}

fn footer(asking: &Asking, close: &Callback<()>, anyway: &Callback<()>) -> Html {
    let busy = asking.run.is_some();
    let count = match &*asking.seen {
        Load::Ready(seen) => seen.entries.len(),
        Load::Waiting | Load::Failed(_) => 0,
    };
    let waits = can_wait(&asking.refused);
    let remark = match (busy, waits) {
        (true, _) => t!("set-up-testing"),
        (false, true) => t!("set-up-anyway-hint"),
        (false, false) => String::new(),
    };
    html! {
        <footer class="dialog-f">
            <span class="foot-note t3 sm" role="status">{ remark }</span><span class="push"></span>
            <button type="button" class="btn" id="cancel-set-up" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
            if waits {
                <button type="button" class="btn" id="set-up-anyway" disabled={busy} onclick={anyway.reform(|_: MouseEvent| ())}><span>{ t!("set-up-anyway") }</span></button>
            }
            <button type="submit" form="set-up-form" class="btn primary" id="confirm-set-up" disabled={busy || count == 0} aria-busy={busy.to_string()}>
                if busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("set-up-confirm", count = count) }</span>
            </button>
        </footer>
    }
}
