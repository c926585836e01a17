//! Usage, health or history as a server says it, with its source marked above everything. Nothing of it is kept here, and nothing of
//! it mixes with this computer's own.

use std::{cell::RefCell, rc::Rc};

use model::{
    Failure, FailureCode,
    audit::{AuditFilter, TEXT_LIMIT},
    command::{ViewRemoteAudit, ViewRemoteHealth, ViewRemoteUsage},
    health::HealthView,
    sync::{RemoteId, RemoteView, SyncTrouble},
    told::{RemoteAnswer, RemoteAudit, RemoteUsage, Told},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        health_table::HealthTable,
        history_table::{HistoryTable, history_table},
        icon::icon,
        incident_list::incident_list,
        page_skeleton::{Outline, page_skeleton},
        remote_figures::remote_figures,
        segmented::{Segmented, segmented},
        source_menu::source_menu,
        sync_remote::away,
    },
    shell,
    state::{
        heard::heard,
        place::Place,
        security::Dialog,
        sync::{self, News},
        toast::sentence_case,
        workspace::{Action, Layer},
    },
    t,
    texts::name,
    work::{Work, from_source},
};

/// Spans of usage that are offered, in days.
const DAYS: [u32; 3] = [7, 30, 90];
/// Entries of one page of the history.
const PAGE: u32 = 50;

/// The page.
#[derive(Properties, PartialEq)]
pub struct RemoteToldProps {
    /// Usage, health or history.
    pub place: Place,
    /// Whose.
    pub id: RemoteId,
    /// All servers.
    pub remotes: Rc<Vec<RemoteView>>,
    /// A way to ask for things.
    pub work: Work,
}

/// What was told.
#[derive(Clone, PartialEq)]
enum Shown {
    Usage(RemoteUsage),
    Health(HealthView),
    Audit(RemoteAudit),
}

type Answer = RemoteAnswer<Rc<Shown>>;

#[derive(Clone)]
struct Page {
    place: Place,
    id: RemoteId,
    work: Work,
    heard: UseStateHandle<Option<Result<Answer, Failure>>>,
    /// What it said last, shown while it is away.
    last: UseStateHandle<Option<(model::Timestamp, Rc<Shown>)>>,
    days: UseStateHandle<u32>,
    text: UseStateHandle<String>,
    /// The entry of the history that is open.
    open: UseStateHandle<Option<i64>>,
    busy: UseStateHandle<bool>,
    asked: Rc<RefCell<u32>>,
}

impl Page {
    /// Asks the server; older entries are added to those that are there.
    fn ask(&self, older: Option<&RemoteAudit>) {
        *self.asked.borrow_mut() += 1;
        let (page, mine, older) = (self.clone(), *self.asked.borrow(), older.cloned());
        let (id, days, text) = (self.id, *self.days, self.text.trim().to_owned());
        page.busy.set(true);
        self.work.run(async move |work| {
            let answer = match page.place {
                Place::Health => {
                    let health = shell::call(ViewRemoteHealth { id }).await;
                    health.map(|answer| answer.map(|view| Rc::new(Shown::Health(view))))
                }
                Place::History => {
                    let text = Some(text).filter(|text| !text.is_empty());
                    let filter = AuditFilter { text, ..AuditFilter::default() };
                    let before = older.as_ref().and_then(|older| older.next);
                    let audit = shell::call(ViewRemoteAudit { id, filter, before, limit: PAGE }).await;
                    audit.map(|answer| answer.map(|newer| Rc::new(Shown::Audit(joined(older, newer)))))
                }
                _ => {
                    let usage = shell::call(ViewRemoteUsage { id, days }).await;
                    usage.map(|answer| answer.map(|usage| Rc::new(Shown::Usage(usage))))
                }
            };
            if mine != *page.asked.borrow() {
                return;
            }
            page.busy.set(false);
            match answer {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => page.heard.set(Some(Err(failure))),
                Ok(answer) => {
                    if let Told::Ready(shown) = &answer.told {
                        page.last.set(Some((answer.at, shown.clone())));
                    }
                    page.heard.set(Some(Ok(answer)));
                }
            }
        });
    }
}

/// Entries that are there, and older ones.
fn joined(before: Option<RemoteAudit>, mut older: RemoteAudit) -> RemoteAudit {
    if let Some(before) = before {
        older.entries.splice(0..0, before.entries);
    }
    older
}

/// The page.
#[component]
pub fn RemoteToldPage(props: &RemoteToldProps) -> Html {
    let page = Page {
        place: props.place,
        id: props.id,
        work: props.work.clone(),
        heard: use_state(|| None),
        last: use_state(|| None),
        days: use_state(|| DAYS[1]),
        text: use_state(String::new),
        open: use_state(|| None),
        busy: use_state(|| false),
        asked: use_mut_ref(|| 0),
    };
    use_effect_with((*page.days, (*page.text).clone()), {
        let page = page.clone();
        move |_| page.ask(None)
    });
    // The dialog of the login finds the server here, and tells when somebody is logged in; a handle that is kept would ask for what was
    // chosen when it was.
    let latest = use_mut_ref(|| Option::<Page>::None);
    *latest.borrow_mut() = Some(page.clone());
    use_effect_with(props.remotes.clone(), {
        move |remotes: &Rc<Vec<RemoteView>>| {
            sync::know(remotes.clone());
            sync::heard_by(Some(Rc::new(move |news| {
                let page = latest.borrow().clone();
                if let (News::Connected(_), Some(page)) = (news, page) {
                    page.ask(None);
                }
            })));
            || {
                sync::heard_by(None);
                sync::know(Rc::default());
            }
        }
    });
    let settled = page.heard.is_some() && !*page.busy;
    use_effect_with((props.place, settled), |(place, settled)| {
        browser::set_screen(place.as_str(), *settled);
        if *settled && !browser::has_focus() {
            browser::focus(".top h1");
        }
    });
    let remote = props.remotes.iter().find(|remote| remote.id == props.id);
    let body = match &*page.heard {
        None => page_skeleton(t!("told-asking"), Outline::of(Place::Health)),
        Some(Err(failure)) => {
            let page = page.clone();
            not_read(failure, &Callback::from(move |()| page.ask(None)))
        }
        Some(Ok(answer)) => told(answer, &page),
    };
    html! {
        <main class="main" id="main" data-source={props.id.to_string()}>
            <header class="top">
                <div class="top-t"><h1 tabindex="-1">{ props.place.title() }</h1><p>{ for remote.map(|remote| said(remote, &page)) }</p></div>
                <div class="top-a">{ source_menu(&props.remotes, Some(props.id), from_source(&props.work)) }{ narrowing(&page) }{ again(&page) }</div>
            </header>
            <div class="content tight">{ body }</div>
        </main>
    }
}

fn said(remote: &RemoteView, page: &Page) -> String {
    let shown = name(&remote.name);
    match &*page.heard {
        Some(Ok(answer)) => t!("told-by-at", name = shown, time = browser::time_of(answer.at)),
        _ => t!("told-by", name = shown),
    }
}

fn again(page: &Page) -> Html {
    let busy = *page.busy;
    let onclick = {
        let page = page.clone();
        move |_: MouseEvent| page.ask(None)
    };
    html! {
        <button type="button" class="btn" id="ask-again" disabled={busy} aria-busy={busy.to_string()} {onclick}>
            if busy { <span class="spin" aria-hidden="true"></span> } else { { icon("sync") } }<span>{ t!("told-ask-again") }</span>
        </button>
    }
}

/// Days of usage, or words of the history.
fn narrowing(page: &Page) -> Html {
    match page.place {
        Place::Usage => {
            let days = page.days.clone();
            segmented(Segmented {
                id: "remote-days".into(),
                label: t!("told-span"),
                controls: None,
                options: DAYS.map(|days| (days, t!("told-days-short", count = days))).to_vec(),
                value: Some(*days),
                on_choose: Callback::from(move |chosen| days.set(chosen)),
            })
        }
        Place::History => {
            let text = page.text.clone();
            let onchange = move |event: Event| {
                let typed = event.target_dyn_into::<HtmlInputElement>();
                let typed = typed.map(|input| input.value()).unwrap_or_default();
                text.set(typed.chars().take(TEXT_LIMIT).collect());
            };
            html! {
                <div class="inp-w w240">{ icon("search") }
                    <input class="inp" id="remote-search" type="text" placeholder={t!("told-search")} aria-label={t!("told-search")} autocomplete="off" spellcheck="false" dir="auto" value={(*page.text).clone()} {onchange} />
                </div>
            }
        }
        _ => Html::default(),
    }
}

fn told(answer: &Answer, page: &Page) -> Html {
    let remote = &answer.remote;
    let last = page.last.as_ref().map(|(at, shown)| {
        html! { <><p class="t3 sm" id="told-last">{ t!("told-last", time = browser::clock_of(*at)) }</p>{ shown_by(shown, page) }</> }
    });
    match &answer.told {
        Told::Ready(shown) => html! { <>{ mark(remote) }{ shown_by(shown, page) }</> },
        Told::LoggedOut => {
            let (work, id) = (page.work.clone(), remote.id);
            let onclick =
                move |_: MouseEvent| work.act(Action::Open(Layer::Security(Dialog::RemoteLogin(id))));
            html! {
                <div class="card none" id="told-logged-out">
                    <p><b>{ t!("told-logged-out") }</b></p><p class="t3">{ t!("told-logged-out-text") }</p>
                    <button type="button" class="btn primary" id="told-log-in" {onclick}><span>{ t!("sync-log-in") }</span></button>
                </div>
            }
        }
        Told::NotOffered => html! {
            <>{ mark(remote) }<div class="card none" id="told-not-offered"><p><b>{ t!("told-not-offered") }</b></p><p class="t3">{ t!("told-not-offered-text") }</p></div></>
        },
        Told::Offline(trouble) => {
            let since = away(remote);
            html! { <>{ mark(remote) }{ note("told-offline", "warn", trouble, since) }{ for last }</> }
        }
        Told::Failed(trouble) => {
            html! { <>{ mark(remote) }{ note("told-failed", "danger", trouble, None) }{ for last }</> }
        }
    }
}

/// Whose word it is.
fn mark(remote: &RemoteView) -> Html {
    html! {
        <div class="note" id="told-source">{ icon("link") }
            <div><p><b>{ t!("told-source", name = name(&remote.name)) }</b>{ " " }<span class="mono" dir="auto">{ sync::host(&remote.address) }</span></p>
                <p>{ t!("told-source-text") }</p></div></div>
    }
}

fn note(id: &'static str, tone: &'static str, trouble: &SyncTrouble, since: Option<String>) -> Html {
    html! {
        <div class={classes!("note", tone)} {id} role="alert">{ icon("alert") }
            <div><p><b>{ sentence_case(&heard(&trouble.message)) }</b></p>{ for since.map(|since| html! { <p>{ since }</p> }) }<p>{ heard(&trouble.advice) }</p></div></div>
    }
}

fn shown_by(shown: &Rc<Shown>, page: &Page) -> Html {
    match &**shown {
        Shown::Usage(usage) => remote_figures(usage),
        Shown::Health(view) if view.providers.is_empty() => {
            html! { <div class="card none"><p><b>{ t!("told-no-providers") }</b></p></div> }
        }
        Shown::Health(view) => html! {
            <>
                <HealthTable view={Rc::new(view.clone())} focused={None} on_focus={Callback::noop()} />
                { incident_list(&view.incidents, browser::now(), |_| false, &Callback::noop()) }
            </>
        },
        Shown::Audit(audit) => entries(audit, page),
    }
}

fn entries(audit: &RemoteAudit, page: &Page) -> Html {
    if audit.entries.is_empty() {
        return html! { <div class="card none" id="told-no-acts"><p><b>{ t!("told-no-acts") }</b></p></div> };
    }
    let on_open = {
        let open = page.open.clone();
        Callback::from(move |id| open.set((*open != Some(id)).then_some(id)))
    };
    let on_record = {
        let text = page.text.clone();
        Callback::from(move |record| text.set(record))
    };
    let on_copy = {
        let work = page.work.clone();
        Callback::from(move |json| work.copy(json))
    };
    let older = {
        let (page, audit) = (page.clone(), audit.clone());
        move |_: MouseEvent| page.ask(Some(&audit))
    };
    let table =
        HistoryTable { entries: &audit.entries, open: *page.open, broken: None, on_open, on_record, on_copy };
    html! {
        <section class="card" id="remote-history">
            { history_table(&table) }
            if audit.next.is_some() {
                <div class="card-b calls-more"><button type="button" class="btn" id="older" disabled={*page.busy} onclick={older}>{ t!("told-older") }</button></div>
            }
        </section>
    }
}
