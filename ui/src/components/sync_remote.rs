//! A server: who is logged in there, how far apart both sides are, and what can be done with the connection.

use model::sync::{RemoteView, RemoteWay, SyncAccept, SyncState, SyncTrouble, SyncView};
use yew::prelude::*;

use crate::{
    browser,
    components::{help::help, icon::icon, menu::Item, menu_button::MenuButton},
    state::{
        heard::heard,
        sync::{self, counts},
        toast::sentence_case,
    },
    t,
};

/// What a person asks of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemoteDeed {
    /// Look at both sides.
    Check(Option<SyncAccept>),
    /// Log in.
    LogIn,
    /// Change the connection.
    Edit,
    /// Connect another server.
    Add,
    /// Bring one provider on to another server.
    Promote,
    /// Choose a key that goes up.
    SendKey,
    /// Forget it.
    Forget,
}

/// The server.
#[derive(Properties, PartialEq)]
pub struct SyncRemoteProps {
    /// Which one.
    pub remote: RemoteView,
    /// Where it stands, once that is known.
    pub view: Option<SyncView>,
    /// Whether it can be promoted from here: there is another one.
    pub others: bool,
    /// Whether nothing can be asked for just now.
    pub busy: bool,
    /// Something is asked for.
    pub on_deed: Callback<RemoteDeed>,
    /// A code of the account there was typed into the field.
    pub on_code: Callback<NodeRef>,
}

/// Draws it.
#[component]
pub fn SyncRemote(props: &SyncRemoteProps) -> Html {
    let code = use_node_ref();
    let remote = &props.remote;
    let state = props.view.as_ref().map(|view| &view.state);
    let ready = matches!(state, Some(SyncState::Ready(_)));
    let tone = if ready { "ok" } else { "neutral" };
    let check = props.on_deed.reform(|_: MouseEvent| RemoteDeed::Check(None));
    html! {
        <section class="card" id="remote" data-state={state.map_or("looking", word)} aria-busy={props.busy.to_string()}>
            <div class="sy-c">
                <span class={classes!("tile", tone)}>{ icon("link") }</span>
                <div class="sy-n"><b dir="auto">{ title(remote) }</b><span class="t3 sm" dir="auto">{ who(remote) }</span></div>
                if let Some(SyncState::Ready(look)) = state {
                    <dl class="sy-s">{ for stats(counts(look)) }</dl>
                }
                <button type="button" class="btn sm" id="check-now" disabled={props.busy || remote.session.is_none()} onclick={check}>
                    { icon("sync") }<span>{ t!("sync-check") }</span>
                </button>
                { menu(props) }
            </div>
            if let Some(state) = state { { below(state, props, &code) } } else {
                <div class="sy-b"><p class="t3" role="status">{ t!("sync-checking") }</p></div>
            }
        </section>
    }
}

fn word(state: &SyncState) -> &'static str {
    match state {
        SyncState::LoggedOut => "logged-out",
        SyncState::SecondFactor => "second-factor",
        SyncState::Offline(_) => "offline",
        SyncState::Failed(_) => "failed",
        SyncState::Suspicious { .. } => "suspicious",
        SyncState::Ready(_) => "ready",
    }
}

fn title(remote: &RemoteView) -> String {
    let host = sync::host(&remote.address);
    if remote.name == host { host.to_owned() } else { format!("{} · {host}", remote.name) }
}

fn who(remote: &RemoteView) -> String {
    let session = match &remote.session {
        None => t!("sync-not-connected"),
        Some(session) if session.user_name.is_empty() => t!("sync-connected"),
        Some(session) => {
            t!("sync-connected-as", name = session.user_name.as_str(), role = session.role.as_str())
        }
    };
    let pinned = remote.pin.as_ref().map(|_| t!("sync-pinned"));
    [Some(session), pinned].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn stats([here, there, conflicts]: [usize; 3]) -> [Html; 3] {
    let one = |word: String, count: usize, warn: bool| {
        html! { <div><dt>{ word }</dt><dd class={classes!((warn && count > 0).then_some("warn-t"))}>{ count }</dd></div> }
    };
    [
        one(t!("sync-ahead-here"), here, false),
        one(t!("sync-ahead-there"), there, false),
        one(t!("sync-conflicts", count = conflicts), conflicts, true),
    ]
}

fn menu(props: &SyncRemoteProps) -> Html {
    let log_in = if props.remote.session.is_some() { t!("sync-log-in-again") } else { t!("sync-log-in") };
    let mut items = vec![
        Item::new("log-in", log_in, "unlock"),
        Item::new("edit", t!("sync-edit"), "edit"),
        Item::new("send-key", t!("sync-send-key"), "lock"),
    ];
    if props.others {
        items.push(Item::new("promote", t!("sync-promote"), "arrow"));
    }
    items.push(Item::new("add", t!("sync-add"), "plus"));
    items.push(Item { danger: true, ..Item::new("forget", t!("sync-forget"), "trash") });
    let on_choose = props.on_deed.reform(|action: AttrValue| match action.as_str() {
        "log-in" => RemoteDeed::LogIn,
        "edit" => RemoteDeed::Edit,
        "send-key" => RemoteDeed::SendKey,
        "promote" => RemoteDeed::Promote,
        "forget" => RemoteDeed::Forget,
        _ => RemoteDeed::Add,
    });
    html! { <MenuButton id="connection" label={t!("sync-connection")} {items} disabled={props.busy} {on_choose} /> }
}

fn below(state: &SyncState, props: &SyncRemoteProps, code: &NodeRef) -> Html {
    let deed = |id: &'static str, word: String, deed: RemoteDeed| {
        let onclick = props.on_deed.reform(move |_: MouseEvent| deed);
        html! { <button type="button" class="btn sm primary" {id} disabled={props.busy} {onclick}><span>{ word }</span></button> }
    };
    match state {
        SyncState::LoggedOut => html! {
            <div class="sy-b">
                <div class="note">{ icon("lock") }<div><p><b>{ t!("sync-logged-out-title") }</b></p><p>{ t!("sync-logged-out-text") }</p></div></div>
                { deed("log-in", t!("sync-log-in"), RemoteDeed::LogIn) }
            </div>
        },
        SyncState::SecondFactor => second_factor(props, code),
        SyncState::Offline(trouble) => html! {
            <div class="sy-b">{ note("warn", trouble, Some(offline(props))) }{ deed("retry", t!("try-again"), RemoteDeed::Check(None)) }</div>
        },
        SyncState::Failed(trouble) => html! {
            <div class="sy-b">{ note("danger", trouble, None) }{ deed("retry", t!("try-again"), RemoteDeed::Check(None)) }</div>
        },
        SyncState::Suspicious { trouble, accept } => html! {
            <div class="sy-b">
                { note("danger", trouble, Some(t!("sync-suspicious"))) }
                if let Some(accept) = accept {
                    { deed("accept", accepts(*accept), RemoteDeed::Check(Some(*accept))) }
                }
            </div>
        },
        SyncState::Ready(look) if look.differences.is_empty() => html! {
            <div class="sy-b"><div class="note" role="status" id="both-same">{ icon("okc") }<div><p><b>{ t!("sync-same-title") }</b></p><p>{ t!("sync-same-text", time = browser::time_of(look.at)) }</p></div></div></div>
        },
        SyncState::Ready(_) => Html::default(),
    }
}

fn offline(props: &SyncRemoteProps) -> String {
    let remote = props.view.as_ref().map_or(&props.remote, |view| &view.remote);
    [away(remote), Some(t!("sync-offline"))].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn accepts(accept: SyncAccept) -> String {
    match accept {
        SyncAccept::RolledBack => t!("sync-accept-rolled-back"),
        SyncAccept::ManyGone => t!("sync-accept-many-gone"),
    }
}

/// Since when a remote is known to be away, and when it last answered.
pub fn away(remote: &RemoteView) -> Option<String> {
    let since = browser::clock_within(remote.away_since?);
    Some(match remote.answered_at {
        Some(at) => t!("sync-away-answered", since = since, at = browser::clock_within(at)),
        None => t!("sync-away", since = since),
    })
}

/// Two sentences, and one of the page's own.
fn note(tone: &'static str, trouble: &SyncTrouble, more: Option<String>) -> Html {
    html! {
        <div class={classes!("note", tone)} role="alert">
            { icon("alert") }<div><p><b>{ sentence_case(&heard(&trouble.message)) }</b></p><p>{ heard(&trouble.advice) }</p>{ for more.map(|more| html! { <p>{ more }</p> }) }</div>
        </div>
    }
}

fn second_factor(props: &SyncRemoteProps, code: &NodeRef) -> Html {
    let onsubmit = {
        let (on_code, code) = (props.on_code.clone(), code.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            on_code.emit(code.clone());
        }
    };
    let asks = html! {
        <div class="note warn" role="alert">{ icon("shield") }<div><p><b>{ t!("sync-factor-title") }</b></p><p>{ t!("sync-factor-text") }</p></div></div>
    };
    // A token of the application has no second factor that could be shown here.
    if props.remote.way == RemoteWay::Token {
        return html! { <div class="sy-b">{ asks }</div> };
    }
    html! {
        <form class="sy-b" id="factor-form" {onsubmit}>
            { asks }
            <div class="row">
                <input class="inp otp mono" id="factor-code" ref={code.clone()} inputmode="numeric" autocomplete="one-time-code" maxlength="19" aria-label={t!("remote-code")}
                    aria-describedby="factor-code-help" />
                { help("factor-code", &t!("remote-code")) }
            </div>
            <button type="submit" class="btn sm primary" id="factor-confirm" disabled={props.busy}><span>{ t!("sync-factor-confirm") }</span></button>
        </form>
    }
}
