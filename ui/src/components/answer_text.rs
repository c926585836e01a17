//! The text of an answer, kept scrolled to its end while it grows, unless the person scrolled up to read. Not a live
//! region: word by word is no way to listen. The page says when an answer has ended.

use web_sys::Element;
use yew::prelude::*;

use crate::state::playground::answer::Answer;

/// So near to the end counts as being there.
const END_PX: i32 = 24;

/// The text.
#[derive(Properties, PartialEq)]
pub struct AnswerTextProps {
    /// Its name.
    pub label: AttrValue,
    /// What has come.
    pub answer: Answer,
    /// Whether more is to come.
    pub growing: bool,
    /// What stands above it.
    pub notes: Html,
    /// What stands in its place while there is none.
    pub empty: Html,
}

/// The text of an answer.
#[component]
pub fn AnswerText(props: &AnswerTextProps) -> Html {
    let frame = use_node_ref();
    let follows = use_mut_ref(|| true);
    let onscroll = {
        let (frame, follows) = (frame.clone(), follows.clone());
        move |_: Event| {
            if let Some(frame) = frame.cast::<Element>() {
                let below = frame.scroll_height() - frame.client_height() - frame.scroll_top();
                *follows.borrow_mut() = below <= END_PX;
            }
        }
    };
    use_effect_with(props.answer.is_empty(), {
        let follows = follows.clone();
        // A new answer is followed again.
        move |_| *follows.borrow_mut() = true
    });
    use_effect_with((props.answer.clone(), props.growing), {
        let frame = frame.clone();
        move |(_, growing)| {
            if let Some(frame) = frame.cast::<Element>().filter(|_| *growing && *follows.borrow()) {
                frame.set_scroll_top(frame.scroll_height());
            }
        }
    });
    let caret = || html! { if props.growing { <span class="caret" aria-hidden="true"></span> } };
    let paragraphs = props.answer.paragraphs();
    let last = paragraphs.len().saturating_sub(1);
    let paragraph = |(place, pieces): (usize, Vec<std::rc::Rc<str>>)| {
        html! { <p key={place} dir="auto">{ for pieces.into_iter().map(AttrValue::Rc) }if place == last { { caret() } }</p> }
    };
    html! {
        <div class="pg-o" role="region" aria-label={props.label.clone()} tabindex="0" ref={frame} {onscroll}>
            { props.notes.clone() }
            if props.answer.is_empty() {
                if props.growing { <p>{ caret() }</p> } else { { props.empty.clone() } }
            } else {
                { for paragraphs.into_iter().enumerate().map(paragraph) }
            }
        </div>
    }
}
