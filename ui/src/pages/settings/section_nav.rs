//! The settings' sections, with the one marked that is being read: where the focus is, while that is in sight, or else what the
//! page was scrolled to.

use web_sys::Element;
use yew::prelude::*;

use crate::{browser, state::sections::read_at, t};

/// Ids of the sections, in their order on the page.
const IDS: [&str; 14] = [
    "security",
    "locking",
    "step-up",
    "keys",
    "gateway",
    "prices",
    "limits",
    "usage-log",
    "backups",
    "sharing",
    "appearance",
    "logging",
    "data",
    "about",
];

/// The sections' names as links.
#[component]
pub fn SectionNav() -> Html {
    let at = use_state_eq(|| 0);
    use_effect_with((), {
        let at = at.setter();
        move |()| {
            let look = move || at.set(being_read().unwrap_or(0));
            let scrolled = browser::on_window("scroll", {
                let look = look.clone();
                move |_| look()
            });
            let focused = browser::on_window("focusin", move |_| look());
            move || drop((scrolled, focused))
        }
    });
    let link = |(place, id): (usize, &'static str)| {
        let onclick = move |event: MouseEvent| {
            event.prevent_default();
            browser::focus(&format!("#{id}"));
        };
        html! { <a href={format!("#{id}")} aria-current={(*at == place).then_some("true")} {onclick}>{ title(id) }</a> }
    };
    html! {
        <nav class="set-n" aria-label={t!("settings-sections")}>{ for IDS.into_iter().enumerate().map(link) }</nav>
    }
}

fn title(id: &str) -> String {
    match id {
        "security" => t!("security-section"),
        "locking" => t!("locking"),
        "step-up" => t!("step-up-section"),
        "keys" => t!("keys-section"),
        "gateway" => t!("local-gateway"),
        "prices" => t!("prices-section"),
        "limits" => t!("limits-section"),
        "usage-log" => t!("usage-section"),
        "backups" => t!("backups"),
        "sharing" => t!("share-section"),
        "appearance" => t!("appearance"),
        "logging" => t!("logging"),
        "data" => t!("data-folder"),
        _ => t!("about"),
    }
}

/// Its place among [`IDS`].
fn being_read() -> Option<usize> {
    let content = browser::element("#main > .content")?;
    // Those that are still being asked for are not there.
    let there = IDS.iter().enumerate();
    let sections: Vec<(usize, Element)> =
        there.filter_map(|(place, id)| Some((place, browser::element(&format!("#{id}"))?))).collect();
    let rect = content.get_bounding_client_rect();
    let view = rect.top()..rect.bottom();
    let focused = browser::active();
    let in_focus = sections.iter().find(|(_, section)| {
        let holds = focused.as_ref().is_some_and(|focused| section.contains(Some(focused)));
        let place = section.get_bounding_client_rect();
        holds && place.top() < view.end && place.bottom() > view.start
    });
    if let Some((place, _)) = in_focus {
        return Some(*place);
    }
    let way = f64::from(content.scroll_height() - content.client_height());
    let scrolled = if way > 0.0 { f64::from(content.scroll_top()) / way } else { 0.0 };
    let tops: Vec<f64> =
        sections.iter().map(|(_, section)| section.get_bounding_client_rect().top()).collect();
    sections.get(read_at(&tops, &view, scrolled)).map(|(place, _)| *place)
}
