//! Dragging a node of a chain. By pointer events, because WebKitGTK's own drag and drop loses moves inside a page.

use std::{cell::RefCell, rc::Rc};

use model::TaskName;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use crate::state::routing::{Edit, drag::nearest};

/// A press that moves less than this, in pixels, is a click.
const DRAG_PX: i32 = 4;

/// A press on a node.
#[derive(Clone, Copy, PartialEq)]
pub struct Press {
    at: usize,
    x: i32,
    y: i32,
    dragging: bool,
}

/// What the pointer's handlers need.
#[derive(Clone)]
pub struct NodeDrag {
    /// The list of nodes, which has the handlers.
    pub list: NodeRef,
    /// The press, while it lasts.
    pub press: Rc<RefCell<Option<Press>>>,
    /// Whose chain.
    pub task: TaskName,
    /// The page changes.
    pub on_edit: Callback<Edit>,
}

impl NodeDrag {
    /// The pointer is pressed.
    pub fn down(&self, event: &PointerEvent) {
        let Some(target) = event.target_dyn_into::<Element>() else { return };
        let on_button = target.closest("button").ok().flatten().is_some();
        if event.button() == 0
            && !on_button
            && let Some(at) = place_of(&target)
        {
            let (x, y) = (event.client_x(), event.client_y());
            *self.press.borrow_mut() = Some(Press { at, x, y, dragging: false });
        }
    }

    /// It moves.
    pub fn moved(&self, event: &PointerEvent) {
        let Some(press) = *self.press.borrow() else { return };
        let (x, y) = (event.client_x(), event.client_y());
        if event.buttons() == 0 {
            // Released where nobody heard it.
            return self.up();
        }
        if !press.dragging && (x - press.x).abs().max((y - press.y).abs()) < DRAG_PX {
            return;
        }
        let Some(list) = self.list.cast::<Element>() else { return };
        if !press.dragging {
            // By the list, which stays while its nodes change places.
            let _ = list.set_pointer_capture(event.pointer_id());
            *self.press.borrow_mut() = Some(Press { dragging: true, ..press });
            self.on_edit.emit(Edit::Lift(self.task.clone(), press.at));
        }
        if let Some(to) = nearest(&centres(&list), f64::from(x), f64::from(y)) {
            self.on_edit.emit(Edit::Move(to));
        }
    }

    /// It is released.
    pub fn up(&self) {
        if self.press.take().is_some_and(|press| press.dragging) {
            self.on_edit.emit(Edit::Drop);
        }
    }

    /// The system took it away.
    pub fn lost(&self) {
        if self.press.take().is_some_and(|press| press.dragging) {
            self.on_edit.emit(Edit::PutBack);
        }
    }
}

/// The place of the node that an element is or is in.
pub fn place_of(element: &Element) -> Option<usize> {
    element.closest(".node").ok()??.get_attribute("data-at")?.parse().ok()
}

fn centres(list: &Element) -> Vec<(f64, f64)> {
    let Ok(nodes) = list.query_selector_all(".node") else { return Vec::new() };
    let boxes = (0..nodes.length()).filter_map(|place| nodes.get(place)?.dyn_into::<Element>().ok());
    boxes
        .map(|node| node.get_bounding_client_rect())
        .map(|place| (place.x() + place.width() / 2.0, place.y() + place.height() / 2.0))
        .collect()
}
