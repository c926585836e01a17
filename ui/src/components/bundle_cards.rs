//! Beside the list of bundles: the key that signs them, and the servers that they are for.

use std::rc::Rc;

use model::bundles::{BundleServerView, BundlesView, SigningKeyView};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{icon, small_icon},
    state::bundles::Dialog,
    t,
    texts::name,
};

/// What can be done with the signing key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyDeed {
    /// Make the first one.
    Make,
    /// Write its public part.
    Save,
    /// Put its public part on the clipboard.
    Copy,
    /// Put another one in force.
    Change,
}

/// The key that signs.
pub fn key_card(key: Option<&SigningKeyView>, busy: bool, on_deed: &Callback<KeyDeed>) -> Html {
    let button = |id: &'static str, class: &'static str, sign: &'static str, word: String, deed: KeyDeed| {
        html! {
            <button type="button" {class} {id} disabled={busy} aria-busy={busy.to_string()} onclick={on_deed.reform(move |_: MouseEvent| deed)}>
                { small_icon(sign) }<span>{ word }</span>
            </button>
        }
    };
    html! {
        <section class="card" id="signing-key" aria-labelledby="signing-key-t">
            <div class="card-h line"><h2 id="signing-key-t">{ t!("bundle-key") }</h2>
                if key.is_some() { <span class="badge ok push">{ icon("check") }{ t!("bundle-key-active") }</span> }
            </div>
            <div class="card-b">
                if let Some(key) = key {
                    <dl class="kv">
                        <dt>{ t!("bundle-key-name") }</dt><dd class="mono">{ &key.kid }</dd>
                        <dt>{ t!("bundle-key-since") }</dt><dd>{ browser::date_of(key.made_at) }</dd>
                        <dt>{ t!("bundle-fingerprint") }</dt><dd><span class="fpr" id="key-fingerprint">{ &key.fingerprint }</span></dd>
                    </dl>
                    <div class="row-w mt3">
                        { button("save-key", "btn sm", "download", t!("bundle-key-save"), KeyDeed::Save) }
                        { button("copy-key", "btn sm ghost", "copy", t!("bundle-key-copy"), KeyDeed::Copy) }
                        { button("change-key", "btn sm ghost", "sync", t!("bundle-key-change"), KeyDeed::Change) }
                    </div>
                } else {
                    <p class="t3">{ t!("bundle-key-none") }</p>
                    <div class="row-w mt3">{ button("make-key", "btn sm", "plus", t!("bundle-key-make"), KeyDeed::Make) }</div>
                }
            </div>
        </section>
    }
}

/// The servers.
pub fn server_card(view: &BundlesView, on_open: &Callback<Dialog>) -> Html {
    html! {
        <section class="card" id="bundle-servers" aria-labelledby="bundle-servers-t">
            <div class="card-h line"><h2 id="bundle-servers-t">{ t!("bundle-servers") }</h2>
                <button type="button" class="btn sm push" id="add-server" onclick={on_open.reform(|_: MouseEvent| Dialog::AddServer)}>
                    { small_icon("plus") }<span>{ t!("bundle-server-add") }</span>
                </button>
            </div>
            if view.servers.is_empty() {
                <p class="card-b t3">{ t!("bundle-servers-none") }</p>
            } else {
                <ul class="srv">{ for view.servers.iter().map(|server| line(server, on_open)) }</ul>
            }
        </section>
    }
}

fn line(server: &BundleServerView, on_open: &Callback<Dialog>) -> Html {
    let id: Rc<str> = server.id.as_str().into();
    let shown = name(&server.name);
    let (ask, remove) =
        (t!("bundle-server-ask", name = shown.as_str()), t!("bundle-server-remove", name = shown.as_str()));
    let told = match &server.told {
        None => t!("bundle-server-unasked"),
        Some(told) if told.serial == 0 => {
            t!("bundle-server-told-none", time = browser::clock_within(told.at))
        }
        Some(told) => {
            t!("bundle-server-told", serial = told.serial, time = browser::clock_within(told.at))
        }
    };
    let on_ask = {
        let id = id.clone();
        on_open.reform(move |_: MouseEvent| Dialog::Reach(id.clone(), None))
    };
    let on_remove = on_open.reform(move |_: MouseEvent| Dialog::RemoveServer(id.clone()));
    html! {
        <li key={server.id.clone()} data-server={server.name.clone()}>
            { icon("server") }
            <div class="srv-t">
                <b dir="auto" title={server.name.clone()}>{ &server.name }</b>
                <span class="fpr">{ &server.fingerprint }</span>
                <small data-told={server.told.is_some().to_string()}>{ told }</small>
                if server.told.as_ref().is_some_and(|told| !told.trusts) { <small class="warn">{ t!("bundle-server-untrusted") }</small> }
            </div>
            <div class="acts">
                <button type="button" class="ib" data-ask={server.name.clone()} aria-label={ask.clone()} title={ask} onclick={on_ask}>{ icon("sync") }</button>
                <button type="button" class="ib" data-remove={server.name.clone()} aria-label={remove.clone()} title={remove} onclick={on_remove}>{ icon("trash") }</button>
            </div>
        </li>
    }
}
