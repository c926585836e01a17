//! Which days are looked at: the last 7, 30 or 90, a month, or from a day to another one.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        menu::Item,
        menu_button::MenuButton,
        segmented::{Segmented, segmented},
    },
    state::usage::{
        date::{Day, Month},
        range::Range,
    },
    t,
};

/// How many months can be chosen from the menu.
const MONTHS: usize = 13;

/// The choices.
#[derive(Properties, PartialEq)]
pub struct RangePickerProps {
    /// The days that are looked at.
    pub range: Range,
    /// Today.
    pub today: Day,
    /// Other days are chosen.
    pub on_choose: Callback<Range>,
}

/// Kinds of ranges, as they stand side by side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Days(u16),
    Custom,
}

/// The choices.
#[component]
pub fn RangePicker(props: &RangePickerProps) -> Html {
    let custom = use_state(|| false);
    let value = match props.range {
        _ if *custom => Some(Kind::Custom),
        Range::Days(count) => Some(Kind::Days(count)),
        Range::Custom(_) => Some(Kind::Custom),
        Range::Month(_) => None,
    };
    let on_kind = {
        let (custom, on_choose) = (custom.setter(), props.on_choose.clone());
        Callback::from(move |kind: Kind| {
            custom.set(kind == Kind::Custom);
            if let Kind::Days(count) = kind {
                on_choose.emit(Range::Days(count));
            }
        })
    };
    let mut options: Vec<(Kind, String)> =
        [7, 30, 90].map(|count| (Kind::Days(count), t!("days-short", count = count))).into();
    options.push((Kind::Custom, t!("custom")));
    let choices = Segmented {
        id: "usage-range".into(),
        label: t!("range"),
        controls: None,
        options,
        value,
        on_choose: on_kind,
    };
    html! {
        <>
            { months(props, custom.setter()) }
            { segmented(choices) }
            if value == Some(Kind::Custom) {
                <CustomRange range={props.range} today={props.today} on_choose={props.on_choose.clone()} />
            }
        </>
    }
}

fn months(props: &RangePickerProps, custom: UseStateSetter<bool>) -> Html {
    let months: Vec<Month> =
        std::iter::successors(Some(props.today.month()), |month| Some(month.before())).take(MONTHS).collect();
    let face = match props.range {
        Range::Month(month) => month.title(),
        _ => t!("month-word"),
    };
    let items = months.iter().enumerate().map(|(place, month)| Item {
        checked: Some(props.range == Range::Month(*month)),
        ..Item::new(place.to_string(), month.title(), "")
    });
    let on_choose = {
        let (on_choose, months) = (props.on_choose.clone(), months.clone());
        Callback::from(move |action: AttrValue| {
            custom.set(false);
            if let Some(month) = action.parse::<usize>().ok().and_then(|place| months.get(place)) {
                on_choose.emit(Range::Month(*month));
            }
        })
    };
    html! { <MenuButton id="usage-month" label={t!("month-word")} {face} items={items.collect::<Vec<_>>()} {on_choose} /> }
}

/// Two days.
#[component]
fn CustomRange(props: &RangePickerProps) -> Html {
    let span = props.range.span(props.today);
    let (first, last) = (use_node_ref(), use_node_ref());
    let error = use_state(|| Option::<String>::None);
    let onsubmit = {
        let (first, last, error) = (first.clone(), last.clone(), error.setter());
        let (on_choose, today) = (props.on_choose.clone(), props.today);
        move |event: SubmitEvent| {
            event.prevent_default();
            let read = |field: &NodeRef| {
                field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default()
            };
            match Range::custom(&read(&first), &read(&last), today) {
                Ok(range) => {
                    error.set(None);
                    on_choose.emit(range);
                }
                Err(refused) => error.set(Some(refused)),
            }
        }
    };
    let invalid = error.is_some().to_string();
    let max = props.today.iso();
    html! {
        <form class="range-c" {onsubmit} novalidate=true>
            <input class="inp num" type="date" id="range-first" ref={first} aria-label={t!("first-day")} aria-invalid={invalid.clone()} aria-describedby="range-error" value={span.first.iso()} max={max.clone()} />
            <input class="inp num" type="date" id="range-last" ref={last} aria-label={t!("last-day")} aria-invalid={invalid} aria-describedby="range-error" value={span.last.iso()} {max} />
            <button type="submit" class="btn" id="range-apply">{ t!("show-range") }</button>
            <span class="err" id="range-error" role="alert">{ (*error).clone() }</span>
        </form>
    }
}
