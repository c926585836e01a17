//! Bundles that were exported, newest first: how each stands and what can be done with it.

use std::rc::Rc;

use model::{
    Timestamp,
    bundles::{BundleView, BundlesView},
};
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    browser,
    components::{icon::icon, menu::Item, menu_button::MenuButton},
    state::bundles::{Dialog, Standing, at_server, can_go_back, contents, is_revocation, server, short},
    t,
    texts::name,
};

/// What can be done with a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundleDeed {
    /// Write it again, into a file.
    Save(u64),
    /// Put it on the clipboard.
    Copy(u64),
    /// Open a dialog.
    Open(Dialog),
}

/// The table of some of them. Up and Down go from row to row.
pub fn bundle_table(
    shown: &[&BundleView],
    view: &BundlesView,
    now: Timestamp,
    on_deed: &Callback<BundleDeed>,
) -> Html {
    html! {
        <div class="scroll-x" role="region" tabindex="0" aria-label={t!("bundles-exported")}>
            <table class="tbl two bundles" aria-label={t!("bundles-exported")}>
                <thead><tr>
                    <th scope="col" aria-sort="descending">{ t!("bundle-serial") }</th>
                    <th scope="col">{ t!("bundle-server-scope") }</th>
                    <th scope="col">{ t!("bundle-made") }</th>
                    <th scope="col">{ t!("bundle-expiry") }</th>
                    <th scope="col">{ t!("bundle-fingerprint") }</th>
                    <th scope="col"><span class="vh">{ t!("bundle-actions") }</span></th>
                </tr></thead>
                <tbody onkeydown={step}>{ for shown.iter().enumerate().map(|(place, one)| row(place, one, view, now, on_deed)) }</tbody>
            </table>
        </div>
    }
}

fn row(
    place: usize,
    one: &BundleView,
    view: &BundlesView,
    now: Timestamp,
    on_deed: &Callback<BundleDeed>,
) -> Html {
    let standing = Standing::of(one, view, now);
    let (tone, sign) = standing.sign();
    let told = at_server(one).unwrap_or_default();
    html! {
        <tr key={one.serial.to_string()} data-serial={one.serial.to_string()} tabindex={if place == 0 { "0" } else { "-1" }}>
            <td class="num">{ one.serial }</td>
            <td><div class="pn">{ icon("server") }
                <div class="pn-t"><b dir="auto" title={one.server_name.clone()}>{ &one.server_name }</b><span class="t3 sm">{ contents(one) }</span></div></div></td>
            <td><div class="cell2"><span class="num">{ browser::clock_of(one.made_at) }</span><small data-told={one.at_server.is_some().to_string()}>{ told }</small></div></td>
            <td><div class="cell2"><span class={classes!("st", tone)}>{ icon(sign) }{ word(standing) }</span><small class="num">{ browser::date_of(one.expires_at) }</small></div></td>
            <td><span class="fpr" title={one.fingerprint.clone()}>{ short(&one.fingerprint) }</span></td>
            <td class="acts">{ actions(one, view, on_deed) }</td>
        </tr>
    }
}

fn word(standing: Standing) -> String {
    match standing {
        Standing::Valid(days) => t!("bundle-valid", count = days),
        Standing::ValidHours(hours) => t!("bundle-valid-hours", count = hours),
        Standing::Soon(hours) => t!("bundle-soon", count = hours),
        Standing::Expired => t!("bundle-expired"),
        Standing::Replaced(by) => t!("bundle-replaced", serial = by),
        Standing::Revoked(at) => t!("bundle-revoked", day = browser::date_of(at)),
    }
}

fn actions(one: &BundleView, view: &BundlesView, on_deed: &Callback<BundleDeed>) -> Html {
    let (serial, id): (u64, Rc<str>) = (one.serial, one.server_id.as_str().into());
    let shown = name(&one.server_name);
    let is_known = server(view, &one.server_id).is_some();
    let mut items = Vec::new();
    if one.is_kept {
        items.push(Item::new("copy", t!("bundle-copy"), "copy"));
    }
    if one.is_kept && is_known {
        items.push(Item::new("upload", t!("bundle-upload", name = shown.as_str()), "upload"));
    }
    if is_known {
        items.push(Item::new("again", t!("bundle-again", name = shown.as_str()), "box"));
    }
    if can_go_back(view, one) {
        items.push(Item::new("back", t!("bundle-back"), "sync"));
    }
    if is_known && one.replaced_by.is_none() && !is_revocation(one) {
        let revoke = Item::new("revoke", t!("bundle-revoke", name = shown.as_str()), "xc");
        items.push(Item { danger: true, ..revoke });
    }
    let on_choose = on_deed.reform(move |action: AttrValue| match action.as_str() {
        "copy" => BundleDeed::Copy(serial),
        "upload" => BundleDeed::Open(Dialog::Reach(id.clone(), Some(serial))),
        "back" => BundleDeed::Open(Dialog::Back(serial, id.clone())),
        "revoke" => BundleDeed::Open(Dialog::Revoke(id.clone())),
        _ => BundleDeed::Open(Dialog::Export(Some(id.clone()))),
    });
    let label = t!("bundle-save", serial = serial);
    let onclick = on_deed.reform(move |_: MouseEvent| BundleDeed::Save(serial));
    html! {
        <>
            if one.is_kept {
                <button type="button" class="ib" data-save={serial.to_string()} aria-label={label.clone()} title={label} {onclick}>{ icon("download") }</button>
            }
            if !items.is_empty() {
                <MenuButton id={format!("bundle-more-{serial}")} label={t!("bundle-more", serial = serial)} {items} {on_choose} />
            }
        </>
    }
}

fn step(event: KeyboardEvent) {
    let row = event.target_dyn_into::<Element>().filter(|target| target.tag_name() == "TR");
    let next = row.and_then(|row| match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" => row.previous_element_sibling(),
        _ => None,
    });
    if let Some(next) = next.and_then(|next| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(next).ok()) {
        event.prevent_default();
        let _ = next.focus();
    }
}
