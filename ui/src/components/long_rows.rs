//! The rows of a long table or list. Those that a screen holds are there with the page; the others follow in steps while nobody
//! waits, each so small that a click between two of them does not notice. A step draws no row again that is as it was.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

/// Rows that are there at once: more than a large window shows.
const AT_ONCE: usize = 40;
/// Rows of one step.
const STEP: usize = 40;
/// From one step to the next.
const REST_MS: u32 = 40;

/// The rows.
#[derive(Properties, PartialEq)]
pub struct LongRowsProps<T: Clone + PartialEq + 'static> {
    /// What there is to be drawn.
    pub rows: Rc<[T]>,
    /// Draws one. Where it is the same callback as before, rows that did not change are left as they are.
    pub draw: Callback<T, Html>,
}

/// The rows.
#[component]
pub fn LongRows<T: Clone + PartialEq + 'static>(props: &LongRowsProps<T>) -> Html {
    let drawn = use_state(|| AT_ONCE);
    use_effect_with((*drawn, props.rows.len()), {
        let drawn = drawn.setter();
        move |&(now, all)| {
            let next = (now < all).then(|| Timeout::new(REST_MS, move || drawn.set(now + STEP)));
            move || drop(next)
        }
    });
    let drawn = &props.rows[..props.rows.len().min(*drawn)];
    let step = |(place, rows): (usize, &[T])| {
        html! { <Step<T> key={place} rows={rows.to_vec()} draw={props.draw.clone()} /> }
    };
    html! { <>{ for drawn.chunks(STEP).enumerate().map(step) }</> }
}

#[derive(Properties, PartialEq)]
struct StepProps<T: Clone + PartialEq + 'static> {
    rows: Vec<T>,
    draw: Callback<T, Html>,
}

#[component]
fn Step<T: Clone + PartialEq + 'static>(props: &StepProps<T>) -> Html {
    html! { <>{ for props.rows.iter().map(|row| props.draw.emit(row.clone())) }</> }
}
