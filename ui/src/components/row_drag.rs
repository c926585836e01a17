//! Dragging a row of the list by its grip to another place of its type. By pointer events, as nodes of a chain are dragged.

use std::{cell::RefCell, rc::Rc};

use model::ProviderId;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::{browser, components::provider_row::RowDeed, state::list::Moved};

/// Set on the row on which a release would drop it.
const MARK: &str = "data-drop";

/// A press on a grip, and the row that the pointer is over since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    id: ProviderId,
    over: Option<ProviderId>,
}

/// What the pointer's handlers need.
#[derive(Clone)]
pub struct RowDrag {
    /// The press, while it lasts.
    pub held: Rc<RefCell<Option<Held>>>,
    /// Something is asked of a row.
    pub on_deed: Callback<(ProviderId, RowDeed)>,
}

impl RowDrag {
    /// The pointer is pressed.
    pub fn down(&self, event: &PointerEvent) {
        let Some(target) = event.target_dyn_into::<Element>() else { return };
        let on_grip = target.closest(".grip").ok().flatten().is_some();
        let Some(id) = row_of(&target).and_then(|row| id_of(&row)).filter(|_| on_grip && event.button() == 0)
        else {
            return;
        };
        // Or the text under the pointer would be selected.
        event.prevent_default();
        *self.held.borrow_mut() = Some(Held { id, over: None });
    }

    /// It moves.
    pub fn moved(&self, event: &PointerEvent) {
        let Some(held) = *self.held.borrow() else { return };
        if event.buttons() == 0 {
            // Released where nobody heard it.
            return self.lost();
        }
        let under = browser::document().and_then(|document| {
            document.element_from_point(event.client_x() as f32, event.client_y() as f32)
        });
        let row = under.and_then(|under| row_of(&under));
        let over = row.as_ref().and_then(id_of).filter(|id| *id != held.id);
        if over == held.over {
            return;
        }
        unmark();
        if let Some(row) = row.filter(|_| over.is_some()) {
            let _ = row.set_attribute(MARK, "");
        }
        *self.held.borrow_mut() = Some(Held { over, ..held });
    }

    /// It is released.
    pub fn up(&self) {
        unmark();
        if let Some(Held { id, over: Some(over) }) = self.held.take() {
            self.on_deed.emit((id, RowDeed::Move(Moved::To(over))));
        }
    }

    /// The system took it away.
    pub fn lost(&self) {
        unmark();
        self.held.take();
    }
}

fn row_of(element: &Element) -> Option<Element> {
    element.closest("tr[data-provider-id]").ok()?
}

fn id_of(row: &Element) -> Option<ProviderId> {
    row.get_attribute("data-provider-id")?.parse().ok()
}

fn unmark() {
    let marked =
        browser::document().and_then(|document| document.query_selector(&format!("[{MARK}]")).ok()?);
    if let Some(row) = marked.and_then(|row| row.dyn_into::<Element>().ok()) {
        let _ = row.remove_attribute(MARK);
    }
}
