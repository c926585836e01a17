//! What a server will do differently by the next bundle, line by line.

use model::bundles::BundlePreview;
use yew::prelude::*;

use crate::{browser, components::icon::icon, state::bundles::change, t};

/// The serial, until when it can be applied, and every change.
pub fn bundle_changes(preview: &BundlePreview) -> Html {
    let serial = match preview.previous {
        0 => t!("bundle-first", serial = preview.serial),
        previous => t!("bundle-replaces", serial = preview.serial, previous = previous),
    };
    html! {
        <div id="bundle-preview" data-serial={preview.serial.to_string()}>
            <div class="field"><span class="lab">{ t!("bundle-changes") }</span>
                if preview.changes.is_empty() {
                    <p class="t3" id="no-changes">{ t!("bundle-changes-none") }</p>
                } else {
                    <ul class="scope" id="bundle-changes" tabindex="0" aria-label={t!("bundle-changes")}>{ for preview.changes.iter().map(|one| line(change(one))) }</ul>
                }
            </div>
            <p class="hint">{ serial }{ ". " }{ t!("bundle-until", time = browser::clock_within(preview.expires_at)) }</p>
        </div>
    }
}

fn line((kind, sign, what, how): (&'static str, &'static str, String, String)) -> Html {
    html! {
        <li class={kind} data-change={kind}><div class="line">
            { icon(sign) }<span class={classes!("clip", (kind == "route").then_some("mono"))} dir="auto" title={what.clone()}>{ what }</span><span class="how" dir="auto">{ how }</span>
        </div></li>
    }
}
