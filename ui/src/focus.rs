//! Who had the keyboard's focus before something lay over the page, and its way back.
//!
//! What becomes inert or disabled loses the focus as soon as the page is painted, which may be before the layer above it has
//! been told of its own first effect. So the last one to have it is kept, and counts until it can have it again.

use std::cell::RefCell;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser;

/// Times that the focus is given back to what could take it before nobody does, a frame longer apart each time.
const FRAMES: u32 = 10;
const FRAME_MS: u32 = 16;
/// What cannot take the focus yet.
const CLOSED: &str = "[inert], [inert] *, :disabled";

thread_local! {
    static LATEST: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// Keeps who has the focus, for as long as the page lives.
pub fn watch() {
    let Some(document) = browser::document() else { return };
    EventListener::new(&document, "focusin", |event| {
        let element = event.target().and_then(|target| target.dyn_into().ok());
        LATEST.with_borrow_mut(|latest| *latest = element);
    })
    .forget();
}

/// Keeps nobody. A field that is taken off the page with its vault would live on here with what was typed into it.
pub fn forget() {
    LATEST.set(None);
}

/// Who has the focus, or had it until it could not have it any more.
pub fn holder() -> Option<HtmlElement> {
    if browser::has_focus() {
        return browser::active();
    }
    LATEST.with_borrow(Clone::clone).filter(is_closed)
}

/// After the page has been drawn without what lay over it, since it cannot take the focus while it is inert or disabled, however
/// long that is. Something that took the focus meanwhile keeps it.
pub fn give_back(before: Option<HtmlElement>) {
    give(before, FRAMES);
}

fn give(before: Option<HtmlElement>, tries: u32) {
    let Some(element) = before.filter(|_| tries > 0) else { return };
    Timeout::new(FRAME_MS * (FRAMES - tries).max(1), move || {
        if browser::has_focus() || !element.is_connected() {
            return;
        }
        let closed = is_closed(&element);
        if !closed {
            let _ = element.focus();
        }
        give(Some(element), if closed { tries } else { tries - 1 });
    })
    .forget();
}

fn is_closed(element: &HtmlElement) -> bool {
    element.matches(CLOSED).unwrap_or(false)
}
