//! The lines of the settings about backups: what is kept and when, one elsewhere, what is going on, and the list.

use model::{
    Failure,
    backups::{BackupReason, BackupRun, BackupStage, BackupState, BackupView, BackupsView},
    writing,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::icon,
        setting_line::{setting_line, toggle},
    },
    state::{heard::heard, toast::sentence_case},
    t,
};

/// What can be asked for here.
#[derive(Clone, Debug, PartialEq)]
pub enum BackupDeed {
    /// Make one in the backups' own folder.
    Make,
    /// Make one in the folder that was typed.
    MakeThere,
    /// Look at the backup whose path was typed.
    LookThere,
    /// Have one made a day, or none.
    Automatic(bool),
    /// Show the backups' own folder in the system's file manager.
    OpenFolder,
    /// Read one whole.
    Verify(String),
    /// Ask what restoring one would change.
    Restore(String),
}

/// The lines. `busy` while something was asked for; `fault` is why the last of it failed; `path` is the field's.
pub fn backup_settings(
    view: &BackupsView,
    busy: bool,
    fault: Option<&Failure>,
    path: &NodeRef,
    on_deed: &Callback<BackupDeed>,
) -> Html {
    let waits = busy || view.running.is_some();
    let button = |id: &'static str, word: String, deed: BackupDeed| {
        let onclick = on_deed.reform(move |_: MouseEvent| deed.clone());
        html! { <button type="button" class="btn sm" {id} disabled={waits} {onclick}><span>{ word }</span></button> }
    };
    let on_automatic = on_deed.reform(BackupDeed::Automatic);
    let automatic = html! {
        <span class="row">
            { button("back-up-now", t!("backup-now"), BackupDeed::Make) }
            { toggle("backup-automatic", t!("backup-automatic"), view.automatic, busy, &on_automatic) }
        </span>
    };
    let kept = button("open-backups", t!("open-backups"), BackupDeed::OpenFolder);
    let elsewhere = html! {
        <span class="row">
            <input class="inp mono backups-path" id="backup-path" ref={path.clone()} aria-label={t!("backup-path")} placeholder="/media/stick" autocomplete="off" spellcheck="false" />
            { button("backup-there", t!("backup-there"), BackupDeed::MakeThere) }
            { button("restore-there", t!("backup-look"), BackupDeed::LookThere) }
        </span>
    };
    html! {
        <>
            { for fault.or(view.fault.as_ref()).map(refused) }
            if !view.automatic { <div class="note warn" role="status" id="backups-off">{ icon("alert") }<div><p><b>{ t!("backup-off") }</b>{ " " }{ t!("backup-off-text") }</p></div></div> }
            { for view.undo.as_ref().map(|place| undo(place, waits, on_deed)) }
            <div class="card" id="backups-card" aria-busy={waits.to_string()}>
                { setting_line(t!("backup-automatic"), html! { { newest(view) } }, automatic) }
                { setting_line(t!("backup-kept"), html! { <>{ t!("backup-kept-text") }{ " " }<span class="mono pick-all">{ &view.folder }</span></> }, kept) }
                { setting_line(t!("backup-check"), html! { { checked(view) } }, Html::default()) }
                { setting_line(t!("backup-elsewhere"), html! { { t!("backup-elsewhere-text") } }, elsewhere) }
                <div role="status" id="backup-running">{ for view.running.as_ref().map(running) }</div>
            </div>
            if !view.backups.is_empty() { { table(&view.backups, waits, on_deed) } }
        </>
    }
}

/// A size in bytes, for people.
pub fn size(bytes: u64) -> String {
    writing::number(&match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    })
}

/// Why one was made.
pub fn reason(reason: BackupReason) -> String {
    match reason {
        BackupReason::Manual => t!("backup-manual"),
        BackupReason::Daily => t!("backup-daily"),
        BackupReason::Migration => t!("backup-migration"),
        BackupReason::Rotation => t!("backup-rotation"),
        BackupReason::Restore => t!("backup-restore"),
    }
}

fn newest(view: &BackupsView) -> String {
    let sound = view.backups.iter().find(|one| matches!(one.state, BackupState::Sound { .. }));
    match sound {
        Some(one) if !view.automatic => {
            t!("backup-newest-off", time = browser::clock_within(one.made_at), size = size(one.bytes))
        }
        None if !view.automatic => t!("backup-none-off"),
        Some(one) => {
            t!("backup-newest", time = browser::clock_within(one.made_at), size = size(one.bytes))
        }
        None => t!("backup-none"),
    }
}

fn checked(view: &BackupsView) -> String {
    match view.checked_at {
        Some(at) => t!("backup-checked", time = browser::clock_within(at)),
        None => t!("backup-unchecked"),
    }
}

fn running(run: &BackupRun) -> Html {
    let word = match run.stage {
        BackupStage::Copying => t!("backup-copying"),
        BackupStage::Checking => t!("backup-checking"),
        BackupStage::Restoring => t!("backup-restoring"),
    };
    let part = (run.of > 0).then(|| format!("{} / {}", size(run.done), size(run.of)));
    html! { <div class="si"><span class="st"><span class="spin" aria-hidden="true"></span>{ word }</span><span class="num t3">{ part }</span></div> }
}

fn refused(fault: &Failure) -> Html {
    html! {
        <div class="note danger" role="alert" id="backup-refused">
            { icon("alert") }<div><p><b>{ sentence_case(&fault.message) }</b></p><p>{ fault.advice.as_deref().map(heard) }</p></div>
        </div>
    }
}

fn undo(place: &str, waits: bool, on_deed: &Callback<BackupDeed>) -> Html {
    let place = place.to_owned();
    let onclick = on_deed.reform(move |_: MouseEvent| BackupDeed::Restore(place.clone()));
    html! {
        <div class="note" id="backup-undo">
            { icon("info") }<div><p>{ t!("backup-undo-text") }</p></div>
            <button type="button" class="btn sm" id="undo-restore" disabled={waits} {onclick}><span>{ t!("backup-undo") }</span></button>
        </div>
    }
}

fn table(backups: &[BackupView], waits: bool, on_deed: &Callback<BackupDeed>) -> Html {
    html! {
        <section class="card scroll-x backups">
            <table class="tbl mid" id="backups-list" aria-label={t!("backups")}>
                <thead><tr>
                    <th scope="col">{ t!("backup-made") }</th><th scope="col">{ t!("backup-why") }</th>
                    <th scope="col" class="n">{ t!("backup-size") }</th><th scope="col">{ t!("backup-state") }</th>
                    <th scope="col"><span class="vh">{ t!("column-actions") }</span></th>
                </tr></thead>
                <tbody>{ for backups.iter().map(|one| row(one, waits, on_deed)) }</tbody>
            </table>
        </section>
    }
}

fn row(one: &BackupView, waits: bool, on_deed: &Callback<BackupDeed>) -> Html {
    let (tone, sign, word) = match one.state {
        BackupState::Sound { verified_at } => {
            ("ok", "okc", t!("backup-sound", time = browser::clock_within(verified_at)))
        }
        BackupState::OtherKey => ("", "key", t!("backup-other-key")),
        BackupState::Damaged => ("danger", "xc", t!("backup-damaged")),
    };
    let when = browser::clock_of(one.made_at);
    let act = |deed: BackupDeed, name: &'static str, word: String, label: String| {
        let onclick = on_deed.reform(move |_: MouseEvent| deed.clone());
        html! { <button type="button" class="btn sm" data-action={name} aria-label={label} disabled={waits} {onclick}><span>{ word }</span></button> }
    };
    let place = one.place.clone();
    html! {
        <tr key={place.clone()} data-backup={place.clone()}>
            <td class="nw"><b>{ when.clone() }</b></td>
            <td>{ reason(one.reason) }</td>
            <td class="n num">{ size(one.bytes) }</td>
            <td><span class={classes!("st", tone)}>{ icon(sign) }{ word }</span></td>
            <td class="acts"><span class="row">
                { act(BackupDeed::Verify(place.clone()), "verify", t!("backup-verify"), t!("backup-verify-of", time = when.clone())) }
                { act(BackupDeed::Restore(place), "restore", t!("backup-restore-it"), t!("backup-restore-of", time = when)) }
            </span></td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_short_and_never_nothing() {
        assert_eq!([1, 237_568, 4_200_000, 1_500_000_000].map(size), ["1 KB", "238 KB", "4.2 MB", "1.50 GB"]);
    }
}
