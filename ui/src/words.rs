//! The words of other languages, in files of the page's own that are fetched with the part of the page that says them. Until
//! they are here, and where a file cannot be read, English is said.

use std::{cell::RefCell, collections::BTreeSet};

use model::program::Language;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use crate::{browser, parts::Part, state::heard, texts};

#[derive(Default)]
struct Words {
    /// Catalogues of the spoken language that are here.
    here: BTreeSet<&'static str>,
    /// Draws everything anew.
    redraw: Option<Callback<()>>,
    /// Whether it was changed, and nobody has asked about it yet.
    changed: bool,
}

thread_local! {
    static WORDS: RefCell<Words> = RefCell::default();
}

/// Speaks as it is set, before anything is drawn.
pub async fn begin() {
    speak(browser::language()).await;
}

/// Speaks as it is set now, and draws everything anew.
pub async fn change() {
    let language = browser::language();
    if language == texts::spoken() {
        return;
    }
    speak(language).await;
    for part in [Part::Pages, Part::Usage, Part::Layers].into_iter().filter(|part| part.is_here()) {
        come_with(part).await;
    }
    let redraw = WORDS.with_borrow_mut(|words| {
        words.changed = true;
        words.redraw.clone()
    });
    if let Some(redraw) = redraw {
        redraw.emit(());
    }
}

/// Whether the language was changed since this was asked last.
pub fn take_changed() -> bool {
    WORDS.with_borrow_mut(|words| std::mem::take(&mut words.changed))
}

/// Says who draws everything anew.
pub fn drawn_by(redraw: Callback<()>) {
    WORDS.with_borrow_mut(|words| words.redraw = Some(redraw));
}

/// Fetches the words of a part, unless they are here.
pub async fn come_with(part: Part) {
    match part {
        Part::Workspace => {}
        Part::Pages | Part::Layers => fetch(&texts::WITH_PAGES).await,
        Part::Usage => fetch(&texts::WITH_USAGE).await,
    }
}

async fn speak(language: Language) {
    texts::speak(language);
    browser::set_language(language);
    WORDS.with_borrow_mut(|words| words.here.clear());
    fetch(&texts::WITH_FIRST).await;
    // Not before the first paint, which says nothing of the shell's.
    spawn_local(know_the_shell(language));
}

async fn know_the_shell(language: Language) {
    if language == Language::English {
        return;
    }
    fetch(&[texts::OF_SHELL]).await;
    let english = browser::ask_for_file(&path(Language::English, texts::OF_SHELL));
    if let Some(asked) = english
        && let Some(english) = browser::file_text(asked).await
    {
        heard::know(&english);
    }
}

fn path(language: Language, name: &str) -> String {
    format!("locales/{}/{name}.ftl", language.tag())
}

/// All are asked for before the first is waited for.
async fn fetch(catalogues: &[&'static str]) {
    let language = texts::spoken();
    if language == Language::English {
        return;
    }
    let missing = catalogues.iter().filter(|name| !WORDS.with_borrow(|words| words.here.contains(*name)));
    let asked: Vec<_> =
        missing.filter_map(|name| Some((*name, browser::ask_for_file(&path(language, name))?))).collect();
    for (name, asked) in asked {
        let text = browser::file_text(asked).await;
        // Another language may have been chosen meanwhile.
        if let Some(text) = text.filter(|_| language == texts::spoken()) {
            texts::translate(&text);
            WORDS.with_borrow_mut(|words| words.here.insert(name));
        }
    }
}
