//! Fields for files. The field itself is out of sight; the button around it opens the system's own dialog.

use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::t;

/// A button for one file, and beside it the file that was chosen, or which ones there are.
pub struct FileChoice {
    /// Id of the field.
    pub id: &'static str,
    /// Endings and types that the system's dialog offers first.
    pub accept: &'static str,
    /// While something is done with it.
    pub disabled: bool,
    /// While it is read.
    pub reading: bool,
    /// As it is shown.
    pub chosen: Option<String>,
    /// Which files there are.
    pub hint: String,
}

/// Draws it.
pub fn file_choice(choice: FileChoice, on_choose: &Callback<File>) -> Html {
    let FileChoice { id, accept, disabled, reading, chosen, hint } = choice;
    let (word, told) = match chosen {
        Some(name) => (t!("choose-other-file"), html! { <b class="mono">{ name }</b> }),
        None => (t!("choose-file"), html! { { hint } }),
    };
    html! {
        <div class="import-f">
            <label class="btn file">
                <input class="vh" type="file" {id} {accept} {disabled} onchange={on_file(on_choose)} />
                if reading { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
            </label>
            <p class="t2">{ told }</p>
        </div>
    }
}

/// What a field for one file does.
pub fn on_file(on_choose: &Callback<File>) -> Callback<Event> {
    let on_choose = on_choose.clone();
    on_files(&Callback::from(move |files: Vec<File>| {
        files.into_iter().take(1).for_each(|file| on_choose.emit(file));
    }))
}

/// What a field for several does.
pub fn on_files(on_choose: &Callback<Vec<File>>) -> Callback<Event> {
    on_choose.reform(|event: Event| {
        let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return Vec::new() };
        let chosen = input.files();
        let files = chosen.map(|files| (0..files.length()).filter_map(|place| files.get(place)).collect());
        input.set_value(""); // so that the same file can be chosen again
        files.unwrap_or_default()
    })
}
