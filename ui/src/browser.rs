//! The browser's clock, focus, frames and clipboard, in the shapes that the page needs.

use std::cell::{Cell, RefCell};

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Date, Function, Intl, Object, Promise, Reflect};
use model::{
    Timestamp,
    program::{Language, ProgramSettings},
    time::DAY_MS,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, Element, Event, File, FileList, FileReader, HtmlElement, HtmlInputElement, Response,
};

use crate::state::age::{self, Moment};

/// What can have the keyboard's focus.
const FOCUSABLE: &str = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']";

/// The instant.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Milliseconds that never run backwards, for countdowns.
pub fn steady_ms() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// A number for a test's run, not used before in this vault's session.
pub fn next_run() -> u64 {
    thread_local!(static RUN: Cell<u64> = Cell::new(Date::now() as u64));
    RUN.set(RUN.get() + 1);
    RUN.get()
}

/// How long ago an instant was, for people.
pub fn age_of(then: Timestamp) -> String {
    let now = now();
    age::age(&moment(now), &moment(Timestamp(now.0 - DAY_MS)), &moment(then))
}

/// When an instant was or will be, with its day, at the head of a line.
pub fn clock_of(then: Timestamp) -> String {
    clock(then, true)
}

/// The same within a sentence.
pub fn clock_within(then: Timestamp) -> String {
    clock(then, false)
}

fn clock(then: Timestamp, first: bool) -> String {
    let now = now();
    age::clock(&moment(now), &moment(Timestamp(now.0 - DAY_MS)), &moment(then), first)
}

/// The time of day of an instant.
pub fn time_of(then: Timestamp) -> String {
    age::hour_and_minute(&moment(then))
}

/// The day of an instant, for people.
pub fn date_of(then: Timestamp) -> String {
    age::date(&moment(then))
}

/// Today as `YYYY-MM-DD`.
pub fn today() -> String {
    let today = moment(now());
    format!("{:04}-{:02}-{:02}", today.year, today.month, today.day)
}

/// The browser's IANA time zone; UTC where it says none.
pub fn zone() -> String {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &JsValue::from_str("timeZone")).ok().and_then(|zone| zone.as_string());
    zone.filter(|zone| !zone.is_empty()).unwrap_or_else(|| "UTC".to_owned())
}

/// Today in a zone, as `YYYY-MM-DD`.
pub fn today_in(zone: &str) -> String {
    let today = moment_in(now(), zone);
    format!("{:04}-{:02}-{:02}", today.year, today.month, today.day)
}

/// When an instant was, with its day, by a zone's clock.
pub fn clock_in(then: Timestamp, zone: &str) -> String {
    let now = now();
    let read = |at: Timestamp| moment_in(at, zone);
    age::clock(&read(now), &read(Timestamp(now.0 - DAY_MS)), &read(then), true)
}

/// The IANA names that the browser knows.
pub fn zones() -> Vec<String> {
    let named = || -> Result<Array, JsValue> {
        let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl"))?;
        let known: Function = Reflect::get(&intl, &JsValue::from_str("supportedValuesOf"))?.dyn_into()?;
        Ok(Array::from(&known.call1(&intl, &JsValue::from_str("timeZone"))?))
    };
    named().map(|names| names.iter().filter_map(|name| name.as_string()).collect()).unwrap_or_default()
}

/// The number of the current month in UTC, as limits count months; January is 1.
pub fn month_utc() -> u32 {
    Date::new_0().get_utc_month() + 1
}

fn moment(at: Timestamp) -> Moment {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    Moment {
        at,
        year: date.get_full_year(),
        month: date.get_month() + 1,
        day: date.get_date(),
        hour: date.get_hours(),
        minute: date.get_minutes(),
    }
}

/// By the computer's clock where the browser does not know the zone.
pub fn moment_in(at: Timestamp, zone: &str) -> Moment {
    calendar(zone).and_then(|calendar| read_by(&calendar, at)).unwrap_or_else(|| moment(at))
}

fn calendar(zone: &str) -> Option<Intl::DateTimeFormat> {
    thread_local! {
        /// The one that was used last: making one takes far longer than asking it.
        static LAST: RefCell<Option<(String, Intl::DateTimeFormat)>> = const { RefCell::new(None) };
    }
    let last =
        LAST.with_borrow(|last| last.as_ref().filter(|(of, _)| of == zone).map(|(_, made)| made.clone()));
    if last.is_some() {
        return last;
    }
    let options = Object::new();
    let parts = ["year", "month", "day", "hour", "minute"].map(|part| (part, "numeric"));
    let how =
        [("timeZone", zone), ("calendar", "gregory"), ("numberingSystem", "latn"), ("hourCycle", "h23")];
    for (name, value) in how.into_iter().chain(parts) {
        Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    // By reflection, which catches what the browser throws at a zone that it does not know.
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let make: Function = Reflect::get(&intl, &JsValue::from_str("DateTimeFormat")).ok()?.dyn_into().ok()?;
    let made = Reflect::construct(&make, &Array::of2(&JsValue::from_str("en-GB"), &options)).ok()?;
    let made: Intl::DateTimeFormat = made.unchecked_into();
    LAST.set(Some((zone.to_owned(), made.clone())));
    Some(made)
}

fn read_by(calendar: &Intl::DateTimeFormat, at: Timestamp) -> Option<Moment> {
    let parts = calendar.format_to_parts(&Date::new(&JsValue::from_f64(at.0 as f64)));
    let text = |part: &JsValue, name: &str| Reflect::get(part, &JsValue::from_str(name)).ok()?.as_string();
    let number = |name: &str| {
        let part = parts.iter().find(|part| text(part, "type").as_deref() == Some(name))?;
        text(&part, "value")?.parse().ok()
    };
    Some(Moment {
        at,
        year: number("year")?,
        month: number("month")?,
        day: number("day")?,
        hour: number("hour")?,
        minute: number("minute")?,
    })
}

/// Says on `<body>` which screen is shown and whether it has all it needs.
pub fn set_screen(screen: &str, ready: bool) {
    if let Some(body) = document().and_then(|document| document.body()) {
        let _ = body.set_attribute("data-screen", screen);
        let _ = body.set_attribute("data-ready", if ready { "true" } else { "false" });
    }
}

/// What follows the `#` in the window's address.
pub fn address() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').map(str::to_owned).unwrap_or_default()
}

/// Writes what follows the `#`, as a step that can be gone back over or in place of the last one.
pub fn set_address(address: &str, step: bool) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else { return };
    let address = format!("#{address}");
    let _ = match step {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(&address)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(&address)),
    };
}

/// Names the page for the window's list and for those who listen.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Waits until what is drawn now is on the screen: the frame after the next one has begun.
pub async fn painted() {
    next_frame().await;
    next_frame().await;
}

async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// The page's document.
pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// The element with the keyboard's focus.
pub fn active() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Whether any element has the keyboard's focus; without one the document's body gets the keys.
pub fn has_focus() -> bool {
    active().is_some_and(|element| element.tag_name() != "BODY")
}

/// Makes the page look as it is set. The shell does so when the page is loaded.
pub fn set_look(settings: &ProgramSettings) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    let motion = if settings.reduce_motion { "reduced" } else { "system" };
    let keys = if settings.single_keys_off { "no-single" } else { "all" };
    let look = [
        ("data-keys", keys),
        ("data-theme", settings.theme.as_str()),
        ("data-rows", settings.rows.as_str()),
        ("data-motion", motion),
        ("data-language", settings.language.map_or("system", Language::tag)),
    ];
    for (name, value) in look {
        let _ = root.set_attribute(name, value);
    }
}

fn look(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(name)
}

/// Whether letters and signs are shortcuts by themselves, as it is set.
pub fn has_single_keys() -> bool {
    look("data-keys").as_deref() != Some("no-single")
}

/// The language that the page is to speak: as it is set, otherwise the best for what the browser's person reads.
pub fn language() -> Language {
    let set = look("data-language").as_deref().and_then(Language::of_tag);
    set.unwrap_or_else(|| {
        let wanted = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
        let wanted: Vec<String> = wanted.iter().filter_map(|tag| tag.as_string()).collect();
        Language::negotiated(wanted.iter().map(String::as_str))
    })
}

/// Says in which language the page is, for those who listen and for the shapes of characters.
pub fn set_language(language: Language) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", language.tag());
    }
}

/// Asks for a text file of the page's own. It is on its way once this is called, and waited for by [`file_text`].
pub fn ask_for_file(path: &str) -> Option<Promise> {
    web_sys::window().map(|window| window.fetch_with_str(path))
}

/// The text of a file that was asked for; `None` when there is none.
pub async fn file_text(asked: Promise) -> Option<String> {
    let answer: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
}

/// Whether rows of lists are low.
pub fn is_compact() -> bool {
    look("data-rows").as_deref() == Some("compact")
}

/// Whether the page is shown in its dark colours.
pub fn is_dark() -> bool {
    match look("data-theme").as_deref() {
        Some("dark") => return true,
        Some("light") => return false,
        _ => {}
    }
    let query = web_sys::window()
        .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok().flatten());
    query.is_some_and(|query| query.matches())
}

/// Whether nobody can see the page.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Whether keys are text just now.
pub fn is_typing() -> bool {
    active().is_some_and(|element| {
        let kind = element.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_);
        let button_like = matches!(kind.as_deref(), Some("checkbox" | "radio"));
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA") && !button_like
    })
}

/// Gives the keyboard's focus to the first element that a selector finds.
pub fn focus(selector: &str) {
    if let Some(element) = element(selector) {
        focus_element(&element);
    }
}

/// The first element that a selector finds.
pub fn element(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// The last element that a selector finds.
pub fn last(selector: &str) -> Option<Element> {
    let found = document()?.query_selector_all(selector).ok()?;
    found.get(found.length().checked_sub(1)?)?.dyn_into().ok()
}

/// Moves the list around an option, by the option's id, as far as it takes to see it.
pub fn reveal(id: &str) {
    if let Some(option) = document().and_then(|document| document.get_element_by_id(id)) {
        option.scroll_into_view_with_bool(false);
    }
}

/// Gives the keyboard's focus to an element.
pub fn focus_element(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Everything inside an element that can have the focus, in order.
pub fn focusable(inside: &Element) -> Vec<HtmlElement> {
    let Ok(found) = inside.query_selector_all(FOCUSABLE) else { return Vec::new() };
    let elements = (0..found.length()).filter_map(|place| found.get(place)?.dyn_into::<HtmlElement>().ok());
    elements.filter(|element| element.client_width() > 0 || element.client_height() > 0).collect()
}

/// Listens on the window before anything else does, without ever preventing scrolling.
pub fn on_window(
    event: &'static str,
    callback: impl FnMut(&web_sys::Event) + 'static,
) -> Option<EventListener> {
    let options = EventListenerOptions { passive: true, ..EventListenerOptions::run_in_capture_phase() };
    let window = web_sys::window()?;
    Some(EventListener::new_with_options(&window, event, options, callback))
}

/// A file that a person chose, as a `data:` address; `None` when it cannot be read.
pub async fn data_url(file: &File) -> Option<String> {
    let reader = FileReader::new().ok()?;
    let promise = Promise::new(&mut |resolve, reject| {
        reader.set_onload(Some(&resolve));
        reader.set_onerror(Some(&reject));
    });
    reader.read_as_data_url(file).ok()?;
    JsFuture::from(promise).await.ok()?;
    reader.result().ok()?.as_string()
}

/// A file that a person chose, as text; `None` when it cannot be read. Look at its size first.
pub async fn text_of_file(file: &File) -> Option<String> {
    JsFuture::from(file.text()).await.ok()?.as_string()
}

/// Whether files of the system's are dragged, and not a piece of the page.
pub fn drags_files(event: &Event) -> bool {
    let types = dragged(event, "types").map(|types| Array::from(&types));
    types.is_some_and(|types| types.includes(&JsValue::from("Files"), 0))
}

/// The file that was dropped; of several, the first.
pub fn dropped_file(event: &Event) -> Option<File> {
    dragged(event, "files")?.dyn_into::<FileList>().ok()?.get(0)
}

fn dragged(event: &Event, what: &str) -> Option<JsValue> {
    let data = Reflect::get(event, &"dataTransfer".into()).ok().filter(JsValue::is_object)?;
    Reflect::get(&data, &what.into()).ok()
}

/// Puts text on the clipboard; `false` when the system does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
