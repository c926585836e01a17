//! Bundles: what was exported for servers and how it stands, what runs out, the key that signs, and judging a file.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use model::{
    Failure, FailureCode,
    bundles::{BundleExported, BundleTarget, BundlesView},
    command::{ExportSigningKey, MakeSigningKey, SaveBundle, ViewBundles},
    remembered::{REMEMBERED_LIMIT, RememberedList},
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        bundle_cards::{KeyDeed, key_card, server_card},
        bundle_table::{BundleDeed, bundle_table},
        empty_list::not_read,
        field,
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
    },
    pages::bundle_verify::VerifyCard,
    shell,
    state::{
        bundles::{Dialog, Standing, found, runs_out},
        place::Place,
        toast::Toast,
        workspace::{Action, Layer},
    },
    t,
    texts::name,
    work::Work,
};

/// What is left is counted in hours.
const AGES_EVERY_MS: u32 = 60_000;

/// The page.
#[derive(Properties, PartialEq)]
pub struct BundlesPageProps {
    /// Whether something lies over it. What was done there shows when it is gone.
    pub covered: bool,
    /// What was searched for before.
    pub kept: Rc<str>,
    /// A way to ask for things.
    pub work: Work,
}

type Read = Option<Result<BundlesView, Failure>>;

/// The page. What it shows is its own: nobody else needs it, and it is read anew each time.
#[component]
pub fn BundlesPage(props: &BundlesPageProps) -> Html {
    let work = &props.work;
    let view = use_state(|| Read::None);
    let (search, busy) = (use_state(|| props.kept.to_string()), use_state(|| false));
    let now = use_state(browser::now);
    let read = use_callback((), {
        let (work, view, now) = (work.clone(), view.setter(), now.setter());
        move |(), ()| {
            let (view, now) = (view.clone(), now.clone());
            work.run(async move |work| match shell::call(ViewBundles {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                reply => {
                    now.set(browser::now());
                    view.set(Some(reply));
                }
            });
        }
    });
    use_effect_with(props.covered, {
        let read = read.clone();
        move |covered| {
            if !covered {
                read.emit(());
            }
        }
    });
    use_effect_with((), {
        let now = now.setter();
        move |()| {
            let clock = Interval::new(AGES_EVERY_MS, move || now.set(browser::now()));
            move || drop(clock)
        }
    });
    use_effect_with(view.is_some(), |ready| browser::set_screen(Place::Bundles.as_str(), *ready));
    let open = {
        let work = work.clone();
        Callback::from(move |dialog: Dialog| work.act(Action::Open(Layer::Bundle(dialog))))
    };
    let body = match &*view {
        None => page_skeleton(t!("reading-bundles"), Outline::of(Place::Bundles)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(seen)) => {
            let doing = Doing { view: view.clone(), busy: busy.clone(), work: work.clone() };
            let on_search = {
                let (search, work) = (search.setter(), work.clone());
                Callback::from(move |event: InputEvent| {
                    let typed: String = field::typed(&event).chars().take(REMEMBERED_LIMIT).collect();
                    work.act(Action::Looked(RememberedList::Bundles, typed.as_str().into()));
                    search.set(typed);
                })
            };
            html! {
                <>
                    { for warning(seen, *now, &open) }
                    <div class="split">
                        { list(seen, &search, &on_search, *now, &doing, &open) }
                        <div class="stack g4">
                            <VerifyCard work={work.clone()} />
                            { key_card(seen.key.as_ref(), *busy, &key_deeds(&doing, &open)) }
                            { server_card(seen, &open) }
                        </div>
                    </div>
                </>
            }
        }
    };
    let ready = matches!(&*view, Some(Ok(_)));
    html! {
        <main class="main" id="main">
            <header class="top">
                <div class="top-t"><h1 tabindex="-1">{ Place::Bundles.title() }</h1><p>{ t!("bundles-context") }</p></div>
                <div class="top-a">
                    <button type="button" class="btn primary" id="export-bundle" disabled={!ready} onclick={open.reform(|_: MouseEvent| Dialog::Export(None))}>
                        { icon("box") }<span>{ t!("bundle-export") }</span>
                    </button>
                </div>
            </header>
            <div class="content tight">{ body }</div>
        </main>
    }
}

/// What changes what is shown.
#[derive(Clone)]
struct Doing {
    view: UseStateHandle<Read>,
    busy: UseStateHandle<bool>,
    work: Work,
}

impl Doing {
    fn save(&self, serial: u64, target: BundleTarget) {
        let doing = self.clone();
        self.work.run(async move |work| match shell::call(SaveBundle { serial, target }).await {
            Ok(BundleExported { view, file, .. }) => {
                doing.view.set(Some(Ok(view)));
                work.act(Action::Say(match file {
                    Some(file) => {
                        let title = t!("bundle-saved", serial = serial, file = file.name);
                        Toast::success(title, t!("bundle-saved-detail"))
                    }
                    None => Toast::success(t!("bundle-copied", serial = serial), t!("bundle-copied-detail")),
                }));
            }
            Err(failure) => work.refused(&failure),
        });
    }

    fn make_key(&self) {
        let doing = self.clone();
        self.busy.set(true);
        self.work.run(async move |work| {
            let made = shell::call(MakeSigningKey {}).await;
            doing.busy.set(false);
            match made {
                Ok(view) => {
                    doing.view.set(Some(Ok(view)));
                    let said = Toast::success(t!("bundle-key-made"), t!("bundle-key-made-detail"));
                    work.act(Action::Say(said));
                }
                Err(failure) => work.refused(&failure),
            }
        });
    }

    /// It is no secret, so it stays on the clipboard.
    fn copy_key(&self) {
        if let Some(Ok(BundlesView { key: Some(key), .. })) = &*self.view {
            self.work.copy(key.public.clone());
        }
    }

    fn save_key(&self) {
        let busy = self.busy.clone();
        busy.set(true);
        self.work.run(async move |work| {
            let saved = shell::call(ExportSigningKey {}).await;
            busy.set(false);
            match saved {
                Ok(file) => {
                    let title = t!("bundle-key-saved", file = file.name);
                    work.act(Action::Say(Toast::attention(title, t!("bundle-key-saved-detail"))));
                }
                Err(failure) => work.refused(&failure),
            }
        });
    }
}

fn key_deeds(doing: &Doing, open: &Callback<Dialog>) -> Callback<KeyDeed> {
    let (doing, open) = (doing.clone(), open.clone());
    Callback::from(move |deed| match deed {
        KeyDeed::Make => doing.make_key(),
        KeyDeed::Save => doing.save_key(),
        KeyDeed::Copy => doing.copy_key(),
        KeyDeed::Change => open.emit(Dialog::ReplaceKey),
    })
}

fn warning(view: &BundlesView, now: model::Timestamp, open: &Callback<Dialog>) -> Option<Html> {
    let (due, standing) = runs_out(view, now)?;
    let (shown, time) = (name(&due.server_name), browser::clock_within(due.expires_at));
    let (class, sign, title, text) = match standing {
        Standing::Expired => {
            let title = t!("bundle-over-title", name = shown.as_str(), time = time);
            ("note danger mid", "alert", title, t!("bundle-over-text"))
        }
        _ => {
            let title = t!("bundle-soon-title", name = shown.as_str(), time = time);
            ("note warn mid", "clock", title, t!("bundle-soon-text"))
        }
    };
    let server: std::rc::Rc<str> = due.server_id.as_str().into();
    let onclick = open.reform(move |_: MouseEvent| Dialog::Export(Some(server.clone())));
    Some(html! {
        <div {class} role="status" id="runs-out">
            { icon(sign) }<div class="grow"><p><b>{ title }</b>{ " " }{ text }</p></div>
            <button type="button" class="btn sm" {onclick}><span>{ t!("bundle-export-for", name = shown) }</span></button>
        </div>
    })
}

fn list(
    view: &BundlesView,
    search: &str,
    on_search: &Callback<InputEvent>,
    now: model::Timestamp,
    doing: &Doing,
    open: &Callback<Dialog>,
) -> Html {
    let shown = found(view, search);
    let on_deed = {
        let (doing, open) = (doing.clone(), open.clone());
        Callback::from(move |deed| match deed {
            BundleDeed::Save(serial) => doing.save(serial, BundleTarget::File),
            BundleDeed::Copy(serial) => doing.save(serial, BundleTarget::Clipboard),
            BundleDeed::Open(dialog) => open.emit(dialog),
        })
    };
    html! {
        <section class="card" id="bundles">
            <div class="card-h line">
                <h2>{ t!("bundles-exported") }</h2>
                if let Some(key) = &view.key { <span class="sub">{ t!("bundles-signed-with") }{ " " }<span class="mono">{ &key.kid }</span></span> }
                if !view.bundles.is_empty() {
                    <div class="inp-w push">{ icon("search") }
                        <input class="inp w160" id="search" type="text" placeholder={t!("bundles-search-placeholder")} aria-label={t!("bundles-search")}
                            autocomplete="off" spellcheck="false" dir="auto" oninput={on_search.clone()} />
                    </div>
                }
            </div>
            if view.bundles.is_empty() {
                { nothing_yet() }
            } else if shown.is_empty() {
                <p class="none-f" role="status">{ t!("bundles-no-match") }</p>
            } else {
                { bundle_table(&shown, view, now, &on_deed) }
            }
        </section>
    }
}

fn nothing_yet() -> Html {
    html! {
        <div class="none-f" id="no-bundles">
            <p><b>{ t!("bundles-none") }</b></p><p>{ t!("bundles-none-text") }</p>
            <ol class="steps-l">
                <li>{ t!("bundles-step-key") }</li><li>{ t!("bundles-step-server") }</li><li>{ t!("bundles-step-export") }</li>
            </ol>
        </div>
    }
}
