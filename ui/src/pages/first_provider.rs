//! The short way to a first provider: a key, whose it is, a model, one test, and it serves. It can be left at any time; an
//! empty list offers it again.

use std::rc::Rc;

use model::{
    Catalog, Failure, FailureCode, ProviderDraft, ProviderType, ProviderView, TestReport,
    command::{SaveProvider, SaveReply},
    provider::ProviderList,
    text,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Frame, Switch, describing, framed, switch, text_input},
        icon::{icon, tile},
        modal::Modal,
        model_combobox::ModelCombobox,
        password_field::PasswordField,
        segmented::{Segmented, segmented},
    },
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{
        heard::heard,
        place::Place,
        set_up::{reached_at, suggested_model, vendor_of},
        toast::sentence_case,
        workspace::{Action, Layer},
    },
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct FirstProviderDialogProps {
    /// What there is already.
    pub list: Rc<ProviderList>,
    /// The catalogue, once it is there.
    pub catalog: Option<Rc<Catalog>>,
    /// A way to ask for things.
    pub work: Work,
}

/// What was entered, but for the key.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    vendor: Option<ProviderType>,
    /// Whether a person chose the vendor: the key's beginning then says nothing any more.
    chosen: bool,
    /// The model as typed; `None` takes the one that is proposed.
    model: Option<String>,
    base_url: String,
    serves: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Stage {
    Asking,
    Testing(u64),
    Refused(Failure),
    NotSaved(TestReport),
    Done(Box<ProviderView>),
}

#[derive(Clone)]
struct Asking {
    work: Work,
    catalog: Option<Rc<Catalog>>,
    key: NodeRef,
    entry: UseStateHandle<Entry>,
    stage: UseStateHandle<Stage>,
}

impl Asking {
    fn change(&self, change: impl FnOnce(&mut Entry)) {
        let mut next = (*self.entry).clone();
        change(&mut next);
        self.entry.set(next);
    }

    fn key_typed(&self) {
        if self.entry.chosen {
            return;
        }
        // Looked at where it is typed; no copy of it is kept.
        let found = self.key.cast::<HtmlInputElement>().and_then(|input| vendor_of(&input.value()));
        if found != self.entry.vendor {
            self.change(|entry| (entry.vendor, entry.model) = (found, None));
        }
    }

    fn model(&self) -> String {
        let proposed = || {
            let vendor = self.entry.vendor?;
            let model = suggested_model(self.catalog.as_ref()?, vendor)?;
            Some(model.model_name.clone())
        };
        self.entry.model.clone().or_else(proposed).unwrap_or_default()
    }

    fn draft(&self) -> Option<ProviderDraft> {
        let draft = reached_at(self.entry.vendor?, &self.entry.base_url);
        Some(ProviderDraft { model_name: self.model(), is_default: self.entry.serves, ..draft })
    }

    fn save(&self) {
        let Some(draft) = self.draft().filter(|_| !matches!(*self.stage, Stage::Testing(_))) else { return };
        let run = browser::next_run();
        self.stage.set(Stage::Testing(run));
        let api_key = Some(secret_of(&self.key)).filter(|key| !key.is_empty());
        let request =
            SaveProvider { existing: None, draft, api_key, remove_key: false, save_anyway: false, run };
        let stage = self.stage.setter();
        self.work.run(async move |work| match shell::call(request).await {
            Ok(SaveReply::Saved(changed)) => {
                stage.set(Stage::Done(Box::new(changed.provider.clone())));
                let title = t!("first-done-title", name = name(&changed.provider.display_name));
                work.changed(*changed, title, String::new());
                browser::painted().await;
                browser::focus("#first-try");
            }
            Ok(SaveReply::NotSaved { test }) => stage.set(Stage::NotSaved(test)),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) if failure.code == FailureCode::Cancelled => stage.set(Stage::Asking),
            Err(failure) => stage.set(Stage::Refused(failure)),
        });
    }

    fn close(&self) {
        if let Stage::Testing(run) = *self.stage {
            self.work.cancel(run);
        }
        self.work.act(Action::Close);
    }

    /// The whole form, with what is known but for the key.
    fn all_fields(&self) {
        let draft = self.draft().unwrap_or_else(|| ProviderDraft::new(ProviderType::Gemini));
        self.work.act(Action::Open(Layer::AddFrom(Box::new(draft))));
    }

    fn go(&self, place: Place) {
        self.work.act(Action::Close);
        self.work.act(Action::Go(place));
    }

    fn on(&self, verb: fn(&Self)) -> Callback<()> {
        let asking = self.clone();
        Callback::from(move |()| verb(&asking))
    }
}

/// The dialog.
#[component]
pub fn FirstProviderDialog(props: &FirstProviderDialogProps) -> Html {
    let has_default = props.list.providers.iter().any(|provider| provider.is_default);
    let asking = Asking {
        work: props.work.clone(),
        catalog: props.catalog.clone(),
        key: use_node_ref(),
        entry: use_state(|| Entry {
            vendor: None,
            chosen: false,
            model: None,
            base_url: String::new(),
            serves: !has_default,
        }),
        stage: use_state(|| Stage::Asking),
    };
    use_effect_with((), {
        let work = props.work.clone();
        move |()| work.catalogue()
    });
    let close = asking.on(Asking::close);
    let (title, lede, body) = match &*asking.stage {
        Stage::Done(provider) => done(provider),
        _ => (t!("first-title"), t!("first-lede"), form(&asking)),
    };
    let step = match &*asking.stage {
        Stage::Asking => "asking",
        Stage::Testing(_) => "testing",
        Stage::Refused(_) | Stage::NotSaved(_) => "refused",
        Stage::Done(_) => "done",
    };
    let onsubmit = asking.on(Asking::save).reform(|event: SubmitEvent| event.prevent_default());
    html! {
        <Modal class="dialog import" labelled_by="first-title" described_by="first-lede" first="#first-key" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("lock") }</span>
                <div><h2 id="first-title" dir="auto">{ title }</h2><p class="t2" id="first-lede">{ lede }</p></div>
            </header>
            <form class="dialog-b" id="first-form" data-step={step} {onsubmit}>{ body }</form>
            { footer(&asking, &close) }
        </Modal>
    }
}

fn form(asking: &Asking) -> Html {
    let entry = &asking.entry;
    let oninput = asking.on(Asking::key_typed);
    let key = html! {
        <PasswordField id="first-key" input={asking.key.clone()} autocomplete="off" is_key={true} described_by={describing("first-key")} {oninput} />
    };
    let key = framed(
        Frame {
            id: "first-key",
            label: t!("first-key"),
            remark: String::new(),
            error: None,
            hint: t!("first-key-hint"),
        },
        key,
    );
    html! {
        <div class="form">
            { key }
            { vendor(asking) }
            if let Some(vendor) = entry.vendor { { reached(asking, vendor) } }
            <div id="first-refused">{ refused(&asking.stage) }</div>
        </div>
    }
}

fn vendor(asking: &Asking) -> Html {
    let (entry, on) = (&asking.entry, asking.clone());
    let choice = segmented(Segmented {
        id: "first-vendor".into(),
        label: t!("first-vendor"),
        controls: None,
        options: ProviderType::ALL.map(|kind| (kind, kind.label().to_owned())).to_vec(),
        value: entry.vendor,
        on_choose: Callback::from(move |kind| {
            on.change(|entry| (entry.vendor, entry.chosen, entry.model) = (Some(kind), true, None));
        }),
    });
    let typed = asking.key.cast::<HtmlInputElement>().is_some_and(|input| !input.value().trim().is_empty());
    let hint = match (entry.vendor, entry.chosen) {
        (Some(_), false) => t!("first-vendor-found"),
        (None, _) if typed => t!("first-vendor-unknown"),
        _ => String::new(),
    };
    html! {
        <div class="field">
            <span class="lab">{ t!("first-vendor") }</span>
            { choice }
            <p class="hint" role="status">{ hint }</p>
        </div>
    }
}

fn reached(asking: &Asking, vendor: ProviderType) -> Html {
    let frame = |id, label, hint| Frame { id, label, remark: String::new(), error: None, hint };
    let on_model = {
        let asking = asking.clone();
        Callback::from(move |model: String| asking.change(|entry| entry.model = Some(model)))
    };
    let on_address = {
        let asking = asking.clone();
        Callback::from(move |address: String| asking.change(|entry| entry.base_url = address))
    };
    let on_serves = {
        let asking = asking.clone();
        Callback::from(move |serves: bool| asking.change(|entry| entry.serves = serves))
    };
    let combobox = html! {
        <ModelCombobox value={asking.model()} provider_type={vendor} catalog={asking.catalog.clone()} invalid={false} on_change={on_model} />
    };
    let hint = if asking.catalog.is_some() { String::new() } else { t!("first-no-catalogue") };
    let address = text_input("first-address", "inp mono", &asking.entry.base_url, false, on_address);
    let serves = Switch {
        id: "first-serves",
        label: t!("first-serves"),
        hint: t!("first-serves-hint"),
        on: asking.entry.serves,
        disabled: false,
    };
    html! {
        <>
            if vendor.default_base_url().is_none() { { framed(frame("first-address", t!("first-address"), t!("first-address-hint")), address) } }
            { framed(frame("model-name", t!("first-model"), hint), combobox) }
            { switch(serves, on_serves) }
        </>
    }
}

fn refused(stage: &Stage) -> Html {
    match stage {
        Stage::Refused(failure) => refusal(failure),
        Stage::NotSaved(test) => html! {
            <div class="note danger" role="alert" data-outcome="refused">
                { icon("alert") }
                <div><p><b dir="auto">{ sentence_case(&test.message) }</b></p><p dir="auto">{ heard(&test.advice) }</p></div>
            </div>
        },
        Stage::Asking | Stage::Testing(_) | Stage::Done(_) => Html::default(),
    }
}

fn done(provider: &ProviderView) -> (String, String, Html) {
    let latency = provider.last_test.as_ref().map_or(0, |test| test.latency_ms);
    let latency = text::latency(latency);
    let lede = if provider.is_default {
        t!("first-done", latency = latency)
    } else {
        t!("first-done-off", latency = latency)
    };
    let body = html! {
        <div class="note ok" role="status" id="first-done">
            { tile(provider.provider_type, "s") }
            <div><p><b dir="auto">{ &provider.display_name }</b></p><p><code>{ &provider.model_name }</code></p></div>
        </div>
    };
    (t!("first-done-title", name = name(&provider.display_name)), lede, body)
}

fn footer(asking: &Asking, close: &Callback<()>) -> Html {
    let button = |id: &'static str, class: &'static str, label: String, verb: fn(&Asking)| {
        let onclick = asking.on(verb).reform(|_: MouseEvent| ());
        html! { <button type="button" {class} {id} {onclick}><span>{ label }</span></button> }
    };
    if let Stage::Done(_) = &*asking.stage {
        return html! {
            <footer class="dialog-f">
                <span class="push"></span>
                { button("first-close", "btn", t!("first-close"), Asking::close) }
                { button("first-routes", "btn", t!("first-routes"), |asking| asking.go(Place::Routing)) }
                { button("first-try", "btn primary", t!("first-try"), |asking| asking.go(Place::Playground)) }
            </footer>
        };
    }
    let busy = matches!(*asking.stage, Stage::Testing(_));
    let ready = asking.entry.vendor.is_some() && !asking.model().trim().is_empty() && !busy;
    html! {
        <footer class="dialog-f">
            { button("first-full", "btn ghost", t!("first-full"), Asking::all_fields) }
            <span class="foot-note t3 sm" role="status">{ if busy { t!("first-testing") } else { String::new() } }</span><span class="push"></span>
            <button type="button" class="btn" id="first-later" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("first-later") }</span></button>
            <button type="submit" form="first-form" class="btn primary" id="first-save" disabled={!ready} aria-busy={busy.to_string()}>
                if busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("first-save") }</span>
            </button>
        </footer>
    }
}
