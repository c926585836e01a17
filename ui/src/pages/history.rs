//! History: who did what and when, whether the log is as it was written, and files of it.

use std::{cell::Cell, rc::Rc};

use gloo_timers::callback::Timeout;
use model::{
    Failure, FailureCode,
    audit::{AuditBreak, AuditFilter, AuditFound, AuditLine, AuditVerdict, BreakKind, TEXT_LIMIT},
    command::{ExportAudit, VerifyAudit, ViewAudit},
    remembered::RememberedList,
    statistics::DataFormat,
    sync::RemoteView,
    text,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        field,
        filter_bar::FilterPill,
        history_table::{HistoryTable, history_table},
        icon::icon,
        menu::Item,
        menu_button::MenuButton,
        page_skeleton::{Outline, page_skeleton},
        source_menu::source_menu,
    },
    shell,
    state::{
        acts,
        history::{Looked, since},
        place::Place,
        toast::Toast,
        workspace::Action,
    },
    t,
    work::{Work, from_source},
};

/// Entries of one page.
const PAGE: u32 = 50;
/// A person who types is not asked after each letter.
const TYPED_MS: u32 = 200;
const DAYS: [i64; 3] = [1, 7, 30];

/// The page.
#[derive(Properties, PartialEq)]
pub struct HistoryPageProps {
    /// Servers whose history can be shown instead.
    pub remotes: Rc<Vec<RemoteView>>,
    /// How it was looked at before.
    pub kept: Rc<str>,
    /// A way to ask for things.
    pub work: Work,
}

/// What was read for a filter.
#[derive(Clone, Default, PartialEq)]
struct Read {
    entries: Vec<AuditLine>,
    next: Option<i64>,
    found: Option<AuditFound>,
}

/// Which entries are asked for, and those that are there already.
type Asked = (AuditFilter, Option<Rc<Read>>);
/// What came of it; nothing while it is waited for.
type Answered = Option<Result<Rc<Read>, Failure>>;

/// The page. What it shows is its own: nobody else needs it, and it is read anew each time.
#[component]
pub fn HistoryPage(props: &HistoryPageProps) -> Html {
    let work = &props.work;
    let before = use_memo((), |()| Looked::recalled(&props.kept, browser::now()));
    let filter = use_state(|| before.filter.clone());
    let days = use_state(|| before.days);
    let searched = use_state(|| before.filter.text.clone().unwrap_or_default());
    let read = use_state(|| Answered::None);
    let open = use_state(|| Option::<i64>::None);
    let typing = use_mut_ref(|| Option::<Timeout>::None);

    let ask = use_asking(work, &read);
    use_effect_with((*filter).clone(), {
        let ask = ask.clone();
        move |filter| ask.emit((filter.clone(), None))
    });
    use_effect_with(((*filter).clone(), *days), {
        let work = work.clone();
        move |(filter, days)| {
            let looked = Looked { filter: filter.clone(), days: *days };
            work.act(Action::Looked(RememberedList::History, looked.kept().into()));
        }
    });
    // After the entries: they are what a person waits for.
    let (verdict, verifying, verify) = use_verdict(work);
    use_effect_with(read.is_some(), |ready| browser::set_screen(Place::History.as_str(), *ready));

    let change = {
        let filter = filter.clone();
        Callback::from(move |changed: AuditFilter| filter.set(changed))
    };
    let search = {
        let (filter, change, searched) = (filter.clone(), change.clone(), searched.setter());
        Callback::from(move |event: InputEvent| {
            let text: String = field::typed(&event).chars().take(TEXT_LIMIT).collect();
            searched.set(text.clone());
            let (filter, change) = ((*filter).clone(), change.clone());
            let text = Some(text).filter(|text| !text.trim().is_empty());
            *typing.borrow_mut() =
                Some(Timeout::new(TYPED_MS, move || change.emit(AuditFilter { text, ..filter })));
        })
    };
    let on_days = {
        let (filter, change, days) = (filter.clone(), change.clone(), days.clone());
        Callback::from(move |chosen: AttrValue| {
            let chosen: Option<i64> = chosen.parse().ok();
            days.set(chosen);
            let from = chosen.map(|days| since(days, browser::now()));
            change.emit(AuditFilter { from, ..(*filter).clone() });
        })
    };
    let body = match &*read {
        None => page_skeleton(t!("reading-history"), Outline::of(Place::History)),
        Some(Err(failure)) => {
            let (ask, filter) = (ask.clone(), (*filter).clone());
            not_read(failure, &Callback::from(move |()| ask.emit((filter.clone(), None))))
        }
        Some(Ok(read)) => {
            let bar = bar(&filter, *days, read, (searched.as_str(), &search), &on_days, &change);
            let list = listed(read, &filter, &open, verdict.as_ref(), (&ask, &change), work);
            html! { <>{ for broken_note(verdict.as_ref()) }{ bar }{ list }</> }
        }
    };
    html! {
        <main class="main" id="main">
            <header class="top">
                <div class="top-t"><h1 tabindex="-1">{ Place::History.title() }</h1></div>
                <div class="top-a">{ source_menu(&props.remotes, None, from_source(work)) }{ badge(verdict.as_ref(), verifying) }{ verify_button(&verify, verifying) }<ExportButton filter={(*filter).clone()} work={work.clone()} /></div>
            </header>
            <div class="content tight">{ body }</div>
        </main>
    }
}

/// Asks for entries. Whoever goes on typing is answered once, and to the last question.
#[hook]
fn use_asking(work: &Work, read: &UseStateHandle<Answered>) -> Callback<Asked> {
    let asked = use_mut_ref(|| 0_u32);
    use_callback((), {
        let (work, read) = (work.clone(), read.setter());
        move |(filter, before): Asked, ()| {
            *asked.borrow_mut() += 1;
            let (mine, asked, read) = (*asked.borrow(), asked.clone(), read.clone());
            work.run(async move |work| {
                let at = before.as_ref().and_then(|before| before.next);
                let reply = shell::call(ViewAudit { filter, before: at, limit: PAGE }).await;
                if mine != *asked.borrow() {
                    return;
                }
                match reply {
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => read.set(Some(Err(failure))),
                    Ok(page) => {
                        let mut all = before.map(|before| (*before).clone()).unwrap_or_default();
                        all.entries.extend(page.entries);
                        all.next = page.next;
                        all.found = page.found.or(all.found);
                        read.set(Some(Ok(Rc::new(all))));
                    }
                }
            });
        }
    })
}

/// What is thought of the whole log, whether that is being found out, and a way to ask for it again.
#[hook]
fn use_verdict(work: &Work) -> (UseStateHandle<Option<AuditVerdict>>, bool, Callback<()>) {
    let verdict = use_state(|| Option::<AuditVerdict>::None);
    let verifying = use_state(|| false);
    let verify = use_callback((), {
        let (work, verdict, verifying) = (work.clone(), verdict.setter(), verifying.setter());
        move |(), ()| {
            let (verdict, verifying) = (verdict.clone(), verifying.clone());
            verifying.set(true);
            work.run(async move |work| {
                let reply = shell::call(VerifyAudit {}).await;
                verifying.set(false);
                match reply {
                    Ok(found) => verdict.set(Some(found)),
                    Err(failure) => work.refused(&failure),
                }
            });
        }
    });
    use_effect_with((), {
        let verify = verify.clone();
        move |()| verify.emit(())
    });
    (verdict, *verifying, verify)
}

fn badge(verdict: Option<&AuditVerdict>, verifying: bool) -> Html {
    let Some(verdict) = verdict.filter(|_| !verifying) else {
        return html! { <span class="t3 sm" role="status">{ t!("history-verifying") }</span> };
    };
    let count = text::group_digits(verdict.entries.into());
    match verdict.broken {
        None => html! {
            <span class="badge ok" id="verdict" role="status">{ icon("shield") }{ t!("history-whole", count = count, time = browser::time_of(verdict.at)) }</span>
        },
        Some(broken) => html! {
            <span class="badge danger" id="verdict" role="status">{ icon("alert") }{ t!("history-broken", entry = text::group_digits(broken.entry.unsigned_abs().into())) }</span>
        },
    }
}

fn broken_note(verdict: Option<&AuditVerdict>) -> Option<Html> {
    let AuditBreak { entry, kind } = verdict?.broken?;
    let entry = text::group_digits(entry.unsigned_abs().into());
    let what = match kind {
        BreakKind::Altered => t!("broken-altered", entry = entry),
        BreakKind::Missing => t!("broken-missing", entry = entry),
        BreakKind::CutOff => t!("broken-cut-off", entry = entry),
        BreakKind::Checkpoint => t!("broken-checkpoint", entry = entry),
        BreakKind::OtherLog => t!("broken-other-log", entry = entry),
    };
    Some(html! {
        <div class="note danger" role="alert" id="history-broken">{ icon("alert") }<div><p><b>{ what }</b></p><p>{ t!("broken-advice") }</p></div></div>
    })
}

fn verify_button(verify: &Callback<()>, verifying: bool) -> Html {
    html! {
        <button type="button" class="btn ghost" id="verify" disabled={verifying} aria-busy={verifying.to_string()} onclick={verify.reform(|_: MouseEvent| ())}>
            { t!("history-verify") }
        </button>
    }
}

/// The files that can be made.
#[derive(Properties, PartialEq)]
struct ExportButtonProps {
    filter: AuditFilter,
    work: Work,
}

#[component]
fn ExportButton(props: &ExportButtonProps) -> Html {
    let busy = use_mut_ref(|| Rc::new(Cell::new(false)));
    let on_choose = {
        let (work, filter) = (props.work.clone(), props.filter.clone());
        Callback::from(move |action: AttrValue| {
            let (busy, filter) = (busy.borrow().clone(), filter.clone());
            if busy.replace(true) {
                return;
            }
            let format = if action == "json" { DataFormat::Json } else { DataFormat::Csv };
            work.run(async move |work| {
                match shell::call(ExportAudit { filter, format }).await {
                    Ok(file) => {
                        let title = t!("history-exported", name = file.name);
                        let detail =
                            if file.cut { t!("history-exported-cut") } else { t!("history-exported-detail") };
                        work.act(Action::Say(Toast::success(title, detail)));
                    }
                    Err(failure) => work.refused(&failure),
                }
                busy.set(false);
            });
        })
    };
    let items = vec![
        Item::new("csv".to_owned(), t!("history-csv"), "file"),
        Item::new("json".to_owned(), t!("history-json"), "file"),
    ];
    html! { <MenuButton id="export-history" label={t!("history-export")} face={Some(AttrValue::from(t!("history-export")))} {items} {on_choose} /> }
}

fn bar(
    filter: &AuditFilter,
    days: Option<i64>,
    read: &Read,
    (searched, search): (&str, &Callback<InputEvent>),
    on_days: &Callback<AttrValue>,
    change: &Callback<AuditFilter>,
) -> Html {
    let choice =
        |action: String, label: String, on: bool| Item { checked: Some(on), ..Item::new(action, label, "") };
    let spans = DAYS.map(|span| choice(span.to_string(), t!("last-days", count = span), days == Some(span)));
    let words = |all: &[String], chosen: &Option<String>, name: fn(&str) -> String| {
        all.iter()
            .map(|word| choice(word.clone(), name(word), chosen.as_ref() == Some(word)))
            .collect::<Vec<_>>()
    };
    let found = read.found.as_ref();
    let actors = words(found.map_or(&[], |found| &found.actors), &filter.actor, str::to_owned);
    let actions = words(found.map_or(&[], |found| &found.actions), &filter.action, acts::act);
    let some = |chosen: AttrValue| Some(chosen.to_string()).filter(|chosen| !chosen.is_empty());
    let (by_actor, by_action, all) = (filter.clone(), filter.clone(), filter.clone());
    let on_actor = change.reform(move |chosen| AuditFilter { actor: some(chosen), ..by_actor.clone() });
    let on_action = change.reform(move |chosen| AuditFilter { action: some(chosen), ..by_action.clone() });
    let any_record = change.reform(move |_: MouseEvent| AuditFilter { record: None, ..all.clone() });
    let shown = found.map(|found| {
        let (matching, all) =
            (text::group_digits(found.matching.into()), text::group_digits(found.all.into()));
        t!("history-shown", shown = matching, total = all)
    });
    html! {
        <div class="bar-row" role="search" aria-label={t!("history-search")}>
            <div class="inp-w w240">
                { icon("search") }
                <input class="inp" id="search" type="text" placeholder={t!("history-search-placeholder")} aria-label={t!("history-search")}
                    autocomplete="off" spellcheck="false" dir="auto" value={searched.to_owned()} oninput={search.clone()} />
            </div>
            <FilterPill id="days" name={t!("history-time")} items={spans.to_vec()} on_choose={on_days.clone()} />
            <FilterPill id="actor" name={t!("history-actor")} items={actors} on_choose={on_actor} />
            <FilterPill id="action" name={t!("history-action")} items={actions} on_choose={on_action} />
            if filter.record.is_some() {
                <button type="button" class="btn link sm" id="any-record" onclick={any_record}>{ t!("history-any-record") }</button>
            }
            <span class="push t3 sm" role="status" id="history-count">{ shown.unwrap_or_default() }</span>
        </div>
    }
}

fn listed(
    read: &Rc<Read>,
    filter: &AuditFilter,
    open: &UseStateHandle<Option<i64>>,
    verdict: Option<&AuditVerdict>,
    (ask, change): (&Callback<Asked>, &Callback<AuditFilter>),
    work: &Work,
) -> Html {
    if read.entries.is_empty() {
        return html! { <div class="card none" id="no-history"><p><b>{ t!("no-history") }</b></p><p class="t3">{ t!("no-history-text") }</p></div> };
    }
    let on_open = {
        let open = open.clone();
        Callback::from(move |id| open.set((*open != Some(id)).then_some(id)))
    };
    let on_record = {
        let filter = filter.clone();
        change.reform(move |record| AuditFilter { record: Some(record), ..filter.clone() })
    };
    let on_copy = {
        let work = work.clone();
        Callback::from(move |json| work.copy(json))
    };
    let more = {
        let (read, filter) = (read.clone(), filter.clone());
        ask.reform(move |_: MouseEvent| (filter.clone(), Some(read.clone())))
    };
    let broken = verdict.and_then(|verdict| verdict.broken).map(|broken| broken.entry);
    let table = HistoryTable { entries: &read.entries, open: **open, broken, on_open, on_record, on_copy };
    html! {
        <section class="card">
            { history_table(&table) }
            if read.next.is_some() {
                <div class="card-b calls-more"><button type="button" class="btn" id="older" onclick={more}>{ t!("history-older") }</button></div>
            }
        </section>
    }
}
