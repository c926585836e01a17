//! What is shown beside the window, in the language of the page. The desk and this shell say it in English; it is known again by
//! the English catalogue of such sentences and said by the translation's, both of which are among the page's files.

use std::sync::{Arc, Mutex, PoisonError};

use model::{
    phrases::{Lines, Phrases},
    program::{Language, ProgramSettings},
    writing,
};
use tauri::AppHandle;

/// Where a system keeps what its person reads, the one that decides first.
const ASKED: [&str; 4] = ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];

/// The book that was opened last: a language is changed seldom.
static OPENED: Mutex<Option<Arc<Book>>> = Mutex::new(None);

/// The sentences of a language.
pub(crate) struct Book {
    language: Language,
    phrases: Phrases,
    lines: Lines,
}

/// The book of the language that is set, or otherwise the system's; `None` where English is spoken.
pub(crate) fn book(app: &AppHandle, settings: &ProgramSettings) -> Option<Arc<Book>> {
    let language = settings.language.unwrap_or_else(of_system);
    if language == Language::English {
        return None;
    }
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(book) = opened.as_ref().filter(|book| book.language == language) {
        return Some(Arc::clone(book));
    }
    let text = |language: Language| {
        let file = app.asset_resolver().get(format!("locales/{}/shell.ftl", language.tag()))?;
        String::from_utf8(file.bytes().to_vec()).ok()
    };
    let (Some(english), Some(other)) = (text(Language::English), text(language)) else {
        tracing::warn!(
            language = language.tag(),
            "the words of this language are not among the page's files"
        );
        return None;
    };
    let book = Book { language, phrases: Phrases::read(&english), lines: Lines::read(&other) };
    Some(Arc::clone(opened.insert(Arc::new(book))))
}

impl Book {
    /// A text in this language; one that is not known stays as it is.
    pub(crate) fn say(&self, text: &str) -> String {
        let said = writing::within(self.language, || {
            self.phrases.say(text, self.language, &|key, args| self.lines.form(key, args))
        });
        said.unwrap_or_else(|| text.to_owned())
    }
}

fn of_system() -> Language {
    let set: Vec<String> = ASKED.iter().filter_map(|name| std::env::var(name).ok()).collect();
    // `LANGUAGE` alone is a list.
    Language::negotiated(set.iter().flat_map(|value| value.split(':')).filter(|tag| !tag.is_empty()))
}
