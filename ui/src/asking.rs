//! A sensitive command that the shell refuses waits here for a proof, and is then sent again as it was. Who asks for the proof
//! is the workspace; what is asked for is the shell's to say, and the refusal is the shell's: this only saves a person from
//! doing it twice.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use yew::Callback;

#[derive(Default)]
struct Asking {
    /// Shows the question.
    show: Option<Callback<()>>,
    /// Who waits for the answer.
    waiting: Vec<Function>,
}

thread_local! {
    static ASKING: RefCell<Asking> = RefCell::default();
}

/// Asks for a proof. Says whether there is one now; at once that there is none where nobody can be asked.
pub async fn proof() -> bool {
    let Some(show) = ASKING.with_borrow(|asking| asking.show.clone()) else { return false };
    let answer =
        Promise::new(&mut |resolve, _| ASKING.with_borrow_mut(|asking| asking.waiting.push(resolve)));
    show.emit(());
    JsFuture::from(answer).await.is_ok_and(|proven| proven.is_truthy())
}

/// Says who shows the question from now on; `None` is nobody, and nobody waits any longer.
pub fn shown_by(show: Option<Callback<()>>) {
    let gone = show.is_none();
    ASKING.with_borrow_mut(|asking| asking.show = show);
    if gone {
        answer(false);
    }
}

/// There is a proof, or there will be none.
pub fn answer(proven: bool) {
    let waiting = ASKING.with_borrow_mut(|asking| std::mem::take(&mut asking.waiting));
    for resolve in waiting {
        // Nothing can be done for a promise that does not take its answer.
        let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::from_bool(proven));
    }
}
