//! The way out of the page: the only file that knows how a command leaves it and how an event comes in.

use gloo_events::EventListener;
use js_sys::{Array, ArrayBuffer, JSON, Uint8Array};
use model::{Command, Failure, FailureCode, vault::DeskEvent};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use zeroize::Zeroizing;

use crate::{asking, state::heard::heard};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["window", "__TAURI_INTERNALS__"])]
    async fn invoke(command: &str, request: &Uint8Array) -> Result<JsValue, JsValue>;
}

/// Name of the browser event in which the shell hands over a [`DeskEvent`].
const EVENT: &str = "signalbox-event";
/// More than any request: a buffer that never grows leaves no copy of a secret behind.
const REQUEST_LIMIT: usize = 64 * 1024;

/// Sends a request and waits for its reply.
///
/// # Errors
/// What the shell answered, or that it did not answer as agreed.
pub async fn call<C: Command + Serialize>(request: C) -> Result<C::Reply, Failure> {
    let bytes = encode(&request)?;
    drop(request);
    let reply = send(C::NAME, bytes).await?;
    serde_json::from_str(&reply).map_err(|_| broken("the program's answer is not understood"))
}

/// Apart from `call`, so that the page holds it once and not for each command.
async fn send(name: &'static str, bytes: Uint8Array) -> Result<String, Failure> {
    let reply = loop {
        match invoke(name, &bytes).await.map_err(|value| rejection(&value)) {
            Err(failure) if failure.code == FailureCode::StepUpNeeded => {
                if !asking::proof().await {
                    // Left by the person, who knows it: nothing is said.
                    break Err(Failure { code: FailureCode::Cancelled, ..failure });
                }
            }
            reply => break reply,
        }
    };
    // The request may hold a secret; the array is ours until it is collected.
    bytes.fill(0, 0, bytes.length());
    reply.map(|value| reply_text(&value)).map_err(in_words)
}

/// Calls back for each event of the shell, until the listener is dropped.
pub fn on_event(callback: impl Fn(DeskEvent) + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, EVENT, move |event| {
        // An event without fields is a string, whose JSON has quotes.
        let detail = event.dyn_ref::<web_sys::CustomEvent>().map(web_sys::CustomEvent::detail);
        let told = detail.and_then(|detail| JSON::stringify(&detail).ok()?.as_string());
        if let Some(event) = told.and_then(|told| serde_json::from_str(&told).ok()) {
            callback(event);
        }
    }))
}

/// Bytes instead of an object, so that no secret becomes a string of its own in the browser.
fn encode(request: &impl Serialize) -> Result<Uint8Array, Failure> {
    let mut buffer = Zeroizing::new(Vec::with_capacity(REQUEST_LIMIT));
    serde_json::to_writer(&mut *buffer, request).map_err(|_| broken("the request cannot be written"))?;
    Ok(Uint8Array::from(buffer.as_slice()))
}

/// A reply as the shell wrote it, or read by the browser and written again. Bytes are what the window gives when the
/// shell answers without a media type; its fallback passage gives them as an array, which no reply of ours is.
fn reply_text(value: &JsValue) -> String {
    if value.is_instance_of::<ArrayBuffer>() || Array::is_array(value) {
        return String::from_utf8(Uint8Array::new(value).to_vec()).unwrap_or_default();
    }
    text_of(value)
}

/// Through text, since JavaScript's numbers end where some of the replies' do not.
fn text_of(value: &JsValue) -> String {
    let text = value.as_string().or_else(|| JSON::stringify(value).ok()?.as_string());
    text.unwrap_or_else(|| "null".to_owned())
}

fn rejection(value: &JsValue) -> Failure {
    serde_json::from_str(&text_of(value)).unwrap_or_else(|_| {
        let message = value
            .as_string()
            .or_else(|| value.dyn_ref::<js_sys::Error>().map(|error| error.message().into()));
        broken(message.as_deref().unwrap_or("the program refused without a reason"))
    })
}

/// In the language that is spoken.
fn in_words(mut failure: Failure) -> Failure {
    let fields = failure.fields.iter_mut().map(|field| &mut field.message);
    let tasks = failure.tasks.iter_mut().map(|task| &mut task.message);
    for text in fields.chain(tasks).chain([&mut failure.message]).chain(&mut failure.advice) {
        *text = heard(text);
    }
    failure
}

fn broken(message: &str) -> Failure {
    Failure::new(
        FailureCode::Other,
        message,
        "Try again. If it stays, close the window and start Signalbox anew.",
    )
}
