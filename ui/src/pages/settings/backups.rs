//! The section about backups: reads them, asks for what a person chose, and follows what is going on.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use model::{
    Failure, FailureCode,
    backups::BackupsView,
    command::{ListBackups, MakeBackup, SetAutomaticBackups, VerifyBackup},
    program::ProgramFolder,
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        backup_settings::{BackupDeed, backup_settings},
        empty_list::not_read,
        page_skeleton::{Outline, page_skeleton},
    },
    shell,
    state::{
        toast::Toast,
        workspace::{Action, Layer, Load},
    },
    t,
    work::Work,
};

/// How often it is asked how far something has come.
const LOOK_MS: u32 = 500;

/// The section.
#[derive(Properties, PartialEq)]
pub struct BackupSectionProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The section.
#[component]
pub fn BackupSection(props: &BackupSectionProps) -> Html {
    let view = use_state(|| Load::<BackupsView>::Waiting);
    let busy = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let path = use_node_ref();
    let read = {
        let (work, view) = (props.work.clone(), view.setter());
        Callback::from(move |()| read(&work, view.clone()))
    };
    use_effect_with((), {
        let read = read.clone();
        move |()| read.emit(())
    });
    let follows = *busy || matches!(&*view, Load::Ready(view) if view.running.is_some());
    use_effect_with(follows, {
        let read = read.clone();
        move |follows| {
            let looks = follows.then(|| Interval::new(LOOK_MS, move || read.emit(())));
            move || drop(looks)
        }
    });
    let on_deed = {
        let (work, path) = (props.work.clone(), path.clone());
        let asked = Asked { view: view.setter(), busy: busy.setter(), fault: fault.setter() };
        Callback::from(move |deed| act(deed, &work, &path, asked.clone()))
    };
    let shown = match &*view {
        Load::Waiting => page_skeleton(t!("backup-reading"), Outline::Lines(4)),
        Load::Failed(failure) => not_read(failure, &read),
        Load::Ready(view) => backup_settings(view, *busy, fault.as_ref(), &path, &on_deed),
    };
    html! { <section class="set-s" id="backups" tabindex="-1"><h2>{ t!("backups") }</h2>{ shown }</section> }
}

#[derive(Clone)]
struct Asked {
    view: UseStateSetter<Load<BackupsView>>,
    busy: UseStateSetter<bool>,
    fault: UseStateSetter<Option<Failure>>,
}

fn read(work: &Work, view: UseStateSetter<Load<BackupsView>>) {
    work.run(async move |work| match shell::call(ListBackups {}).await {
        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
        Ok(read) => view.set(Load::Ready(Rc::new(read))),
        Err(failure) => view.set(Load::Failed(failure)),
    });
}

fn act(deed: BackupDeed, work: &Work, path: &NodeRef, asked: Asked) {
    let typed = || path.cast::<HtmlInputElement>().map(|input| input.value().trim().to_owned());
    let deed = match deed {
        BackupDeed::Restore(place) => return work.act(Action::Open(Layer::Restore(place.into()))),
        BackupDeed::LookThere => {
            let place = typed().unwrap_or_default();
            return work.act(Action::Open(Layer::Restore(place.into())));
        }
        BackupDeed::OpenFolder => return super::program::open_folder(work, ProgramFolder::Backups),
        deed => deed,
    };
    let folder = matches!(deed, BackupDeed::MakeThere).then(|| typed().unwrap_or_default());
    asked.busy.set(true);
    asked.fault.set(None);
    work.run(async move |work| {
        let was_read = t!("backup-was-read");
        let (done, said, detail) = match deed {
            BackupDeed::Automatic(on) => {
                let said = if on { t!("backup-now-on") } else { t!("backup-now-off") };
                (shell::call(SetAutomaticBackups { on }).await, said, String::new())
            }
            BackupDeed::Verify(place) => {
                (shell::call(VerifyBackup { place }).await, t!("backup-verified"), was_read)
            }
            _ => (shell::call(MakeBackup { folder }).await, t!("backup-was-made"), was_read),
        };
        asked.busy.set(false);
        match done {
            Ok(view) => {
                asked.view.set(Load::Ready(Rc::new(view)));
                work.act(Action::Say(Toast::success(said, detail)));
            }
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => {
                asked.fault.set(Some(failure));
                read(&work, asked.view);
            }
        }
    });
}
