//! Sync: servers, every difference with one of them, what a person decides about it, and the run that does it.

mod desk;

use std::rc::Rc;

use model::{
    command::{CancelTest, ChooseSyncKey, DecideSync, ProveAtRemote},
    remembered::RememberedList,
    sync::{RemoteView, SyncDecision, SyncDirection, SyncDone, SyncLook, SyncState},
    vault::DeskEvent,
};
use yew::prelude::*;

use self::desk::Page;
use crate::{
    browser,
    components::{
        empty_list::not_read,
        field::typed,
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
        segmented::{Segmented, segmented},
        sync_difference::SyncDifferenceCard,
        sync_list::{SyncList, show_open, sync_list},
        sync_remote::SyncRemote,
    },
    pages::new_password::secret_of,
    shell,
    state::{
        heard::heard,
        place::Place,
        security::Dialog,
        sync::{self, Looked, Picks, counts},
        toast::sentence_case,
        workspace::{Action, Layer, Workspace},
    },
    t,
    texts::name,
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct SyncPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page. What it shows is its own, and it is read anew each time.
#[component]
pub fn SyncPage(props: &SyncPageProps) -> Html {
    let before = use_memo((), |()| Looked::recalled(&props.state.sync));
    let page = Page {
        work: props.work.clone(),
        remotes: use_state(|| None),
        shown: use_state(|| None),
        view: use_state(|| None),
        open: use_state(|| None),
        looked: use_state(|| (*before).clone()),
        picks: use_state(Picks::default),
        busy: use_state(|| false),
        run: use_state(|| None),
        done: use_state(|| None),
    };
    use_effect_with((*page.looked).clone(), {
        let work = props.work.clone();
        move |looked: &Looked| work.act(Action::Looked(RememberedList::Sync, looked.kept().into()))
    });
    // A dialog tells what it did; a handle that is kept would tell what was known when it was.
    let latest = use_mut_ref(|| Option::<Page>::None);
    *latest.borrow_mut() = Some(page.clone());
    use_effect_with((), {
        let (page, latest) = (page.clone(), latest.clone());
        move |()| {
            page.read();
            let heard = latest.clone();
            sync::heard_by(Some(Rc::new(move |news| {
                let page = heard.borrow().clone();
                if let Some(page) = page {
                    page.hear(news);
                }
            })));
            let listener = shell::on_event(move |event| {
                if let DeskEvent::SyncProgress { done, of, .. } = event {
                    let page = latest.borrow().clone();
                    if let Some((page, number)) =
                        page.and_then(|page| (*page.run).map(|run| (page.clone(), run.0)))
                    {
                        page.run.set(Some((number, done, of)));
                    }
                }
            });
            move || {
                drop(listener);
                sync::heard_by(None);
                sync::know(Rc::default());
            }
        }
    });
    // A question may be far down.
    use_effect_with((*page.open, page.view.clone()), |(open, _)| {
        if let Some(place) = *open {
            show_open(place);
        }
    });
    let settled = page.remotes.as_ref().is_some_and(|remotes| match remotes {
        Ok(remotes) => remotes.is_empty() || page.view.is_some(),
        Err(_) => true,
    });
    use_effect_with(settled && !*page.busy, |ready| browser::set_screen(Place::Sync.as_str(), *ready));
    let body = match &*page.remotes {
        None => page_skeleton(t!("reading-sync"), Outline::of(Place::Sync)),
        Some(Err(failure)) => {
            let page = page.clone();
            not_read(failure, &Callback::from(move |()| page.read()))
        }
        Some(Ok(remotes)) if remotes.is_empty() => empty(&page),
        Some(Ok(remotes)) => body(&page, remotes),
    };
    html! {
        <main class="main" id="main">
            <header class="top">
                <div class="top-t"><h1 tabindex="-1">{ Place::Sync.title() }</h1>{ context(&page) }</div>
                <div class="top-a">{ for ready(&page).map(|look| buttons(&page, look)) }</div>
            </header>
            <div class="content tight">{ body }</div>
        </main>
    }
}

fn ready(page: &Page) -> Option<&SyncLook> {
    match &page.view.as_ref()?.state {
        SyncState::Ready(look) => Some(look),
        _ => None,
    }
}

fn context(page: &Page) -> Html {
    let Some(view) = &*page.view else { return Html::default() };
    let said = match view.remote.completed_at {
        Some(at) => {
            t!("sync-completed", when = format!("{}, {}", browser::date_of(at), browser::time_of(at)))
        }
        None => t!("sync-never"),
    };
    html! { <p>{ said }</p> }
}

fn buttons(page: &Page, look: &SyncLook) -> Html {
    let [_, _, conflicts] = counts(look);
    let number = look.look;
    let button = |id: &'static str,
                  sign: &'static str,
                  word: String,
                  direction: SyncDirection,
                  off: bool,
                  why: Option<String>| {
        let page_of = page.clone();
        let onclick = move |_: MouseEvent| page_of.sync(number, direction, None);
        html! {
            <button type="button" class="btn" {id} disabled={off || *page.busy} title={why} {onclick}>{ icon(sign) }<span>{ word }</span></button>
        }
    };
    let waits = (conflicts > 0).then(|| t!("sync-all-waits"));
    html! {
        <>
            { button("push", "rise", t!("sync-push", count = look.up), SyncDirection::Push, look.up == 0, None) }
            { button("pull", "fall", t!("sync-pull", count = look.down), SyncDirection::Pull, look.down == 0, None) }
            { button("sync-all", "sync", t!("sync-all"), SyncDirection::Both, conflicts > 0 || look.up + look.down == 0, waits) }
        </>
    }
}

fn empty(page: &Page) -> Html {
    let work = page.work.clone();
    let onclick = move |_: MouseEvent| work.act(Action::Open(Layer::Security(Dialog::Remote(None))));
    html! {
        <div class="card none" id="no-remotes">
            <span class="tile acc l">{ icon("link") }</span>
            <p><b>{ t!("sync-empty-title") }</b></p>
            <p class="t3">{ t!("sync-empty-text") }</p>
            <button type="button" class="btn primary" id="connect-server" {onclick}>{ icon("plus") }<span>{ t!("sync-connect") }</span></button>
        </div>
    }
}

fn body(page: &Page, remotes: &Rc<Vec<RemoteView>>) -> Html {
    let Some(remote) = remotes.iter().find(|one| Some(one.id) == *page.shown) else { return Html::default() };
    let on_deed = {
        let page = page.clone();
        Callback::from(move |deed| page.deed(deed))
    };
    let on_code = {
        let (page, id) = (page.clone(), remote.id);
        Callback::from(move |code: NodeRef| {
            page.ask(ProveAtRemote { id, code: secret_of(&code) }, move |page, ()| {
                page.done.set(None);
                page.look(id, None);
            });
        })
    };
    let tabs = (remotes.len() > 1).then(|| {
        let page = page.clone();
        segmented(Segmented {
            id: "remotes".into(),
            label: t!("sync-servers"),
            controls: Some("remote"),
            options: remotes.iter().map(|one| (one.id, name(&one.name))).collect(),
            value: *page.shown,
            on_choose: Callback::from(move |id| page.show(Some(id))),
        })
    });
    let view = page.view.as_ref().map(|view| (**view).clone());
    html! {
        <>
            { for tabs }
            <SyncRemote remote={remote.clone()} {view} others={remotes.len() > 1} busy={*page.busy} {on_deed} {on_code} />
            { for (*page.run).map(|run| running(page, run)) }
            { for page.done.as_ref().map(came) }
            { for ready(page).filter(|look| !look.differences.is_empty()).map(|look| differences(page, remote, look)) }
            <div class="note">{ icon("shield") }<div><p>{ t!("sync-note") }</p></div></div>
        </>
    }
}

fn running(page: &Page, (number, done, of): (u64, u32, u32)) -> Html {
    let work = page.work.clone();
    let onclick = move |_: MouseEvent| {
        work.run(async move |work| {
            if let Err(failure) = shell::call(CancelTest { run: number }).await {
                work.refused(&failure);
            }
        });
    };
    let said = if of == 0 { t!("sync-started") } else { t!("sync-running", done = done, of = of) };
    html! {
        <div class="note mid" id="sync-running">
            <span class="spin" aria-hidden="true"></span><span role="status">{ said }</span><span class="push"></span>
            <button type="button" class="btn sm" id="stop-sync" {onclick}>{ icon("stop") }<span>{ t!("sync-stop") }</span></button>
        </div>
    }
}

/// What did not go as it was to.
fn came(done: &Rc<SyncDone>) -> Html {
    // Where the second factor is asked for, that is the reason.
    let stopped = done.stopped.as_ref().filter(|_| done.view.state != SyncState::SecondFactor);
    let stopped = stopped.map(|trouble| {
        html! { <div class="note danger" role="alert" id="sync-stopped">{ icon("alert") }<div><p><b>{ sentence_case(&heard(&trouble.message)) }</b></p><p>{ heard(&trouble.advice) }</p></div></div> }
    });
    let overtaken = (done.overtaken > 0).then(|| {
        html! { <div class="note warn" role="status">{ icon("info") }<p>{ t!("sync-overtaken", count = done.overtaken) }</p></div> }
    });
    let one = |undone: &model::sync::SyncUndone| {
        let of = if undone.name.is_empty() { t!("sync-undone-place") } else { name(&undone.name) };
        html! { <li dir="auto"><b>{ of }</b>{ format!(": {} {}", sentence_case(&heard(&undone.trouble.message)), heard(&undone.trouble.advice)) }</li> }
    };
    let undone = (!done.undone.is_empty()).then(|| {
        html! {
            <div class="note danger" role="alert" id="sync-undone">{ icon("alert") }<div><p><b>{ t!("sync-undone-title") }</b></p><ul class="sy-u">{ for done.undone.iter().map(one) }</ul></div></div>
        }
    });
    html! { <>{ for stopped }{ for overtaken }{ for undone }</> }
}

fn differences(page: &Page, remote: &RemoteView, look: &SyncLook) -> Html {
    let (id, number) = (remote.id, look.look);
    let on_open = {
        let open = page.open.clone();
        Callback::from(move |place| open.set(Some(place)))
    };
    let on_kind = {
        let looked = page.looked.clone();
        Callback::from(move |kind| looked.set(Looked { kind, ..(*looked).clone() }))
    };
    let on_search = {
        let looked = page.looked.clone();
        Callback::from(move |event: InputEvent| {
            looked.set(Looked { search: typed(&event), ..(*looked).clone() });
        })
    };
    let (open, kind, search) = (*page.open, page.looked.kind, page.looked.search.as_str());
    let list = sync_list(&SyncList { look, open, kind, search, on_open, on_kind, on_search });
    let card = (*page.open).and_then(|place| Some((place, look.differences.get(place)?.clone())));
    let card = card.map(|(place, difference)| {
        let on_pick = {
            let picks = page.picks.clone();
            Callback::from(move |picked| picks.set(picked))
        };
        let on_decide = {
            let page = page.clone();
            Callback::from(move |decisions: Vec<SyncDecision>| {
                page.ask(DecideSync { id, look: number, decisions }, move |page, view| {
                    page.answered(view, place);
                });
            })
        };
        let on_key = {
            let (page, provider) = (page.clone(), difference.provider);
            Callback::from(move |send| {
                if let Some(provider) = provider {
                    page.ask(ChooseSyncKey { id, provider, send }, move |page, view| {
                        page.seen(view);
                        page.open.set(Some(place));
                    });
                }
            })
        };
        let on_only = {
            let (page, only) = (page.clone(), difference.provider);
            Callback::from(move |()| page.sync(number, SyncDirection::Both, only))
        };
        let host = AttrValue::from(sync::host(&remote.address).to_owned());
        html! {
            <SyncDifferenceCard {difference} {place} {host} picks={(*page.picks).clone()} busy={*page.busy} {on_pick} {on_decide} {on_key} {on_only} />
        }
    });
    html! { <div class="sy">{ list }<div>{ for card }</div></div> }
}
