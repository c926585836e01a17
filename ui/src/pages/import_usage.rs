//! Usage from a file: choose it, look at what it is and would come to, decide about columns and configurations, import.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    command::{ImportUsage, PreviewImport, SaveImportFaults, ViewReportedUsage},
    import::FILE_LIMIT,
    text,
};
use web_sys::File;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        file_field::{FileChoice, file_choice},
        icon::icon,
        import_mapping::{columns, sources},
        import_preview::{faults, overview, sample},
        import_report::report,
        modal::Modal,
    },
    shell,
    state::{
        import::{Busy, ChosenFile, Edit, Import},
        toast::sentence_case,
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct ImportUsageDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone, Default, PartialEq)]
struct Kept(Import);

impl Reducible for Kept {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        Rc::new(Self(Rc::unwrap_or_clone(self).0.apply(edit)))
    }
}

/// What asks the shell and changes the state.
#[derive(Clone)]
struct Asking {
    work: Work,
    state: UseReducerHandle<Kept>,
}

impl Asking {
    fn act(&self, edit: Edit) {
        self.state.dispatch(edit);
    }

    /// A failure that is not the locked vault's.
    fn kept<T>(&self, result: Result<T, Failure>) -> Option<Result<T, Failure>> {
        match result {
            Err(failure) if failure.code == FailureCode::Locked => {
                self.work.refused(&failure);
                None
            }
            other => Some(other),
        }
    }

    fn choose(&self, file: File) {
        self.act(Edit::Reading);
        let asking = self.clone();
        self.work.run(async move |_| match read(file).await {
            Err(failure) => asking.act(Edit::Unread(failure)),
            Ok(file) => asking.decide(Edit::Chosen(file)),
        });
    }

    /// Changes something and asks what the file comes to then.
    fn decide(&self, edit: Edit) {
        let next = self.state.clone().0.clone().apply(edit.clone());
        self.act(edit);
        let (asking, turn) = (self.clone(), next.turn);
        let Some(file) = next.file else { return };
        self.work.run(async move |_| {
            let looked = shell::call(PreviewImport { text: file.text.clone(), mapping: next.mapping }).await;
            if let Some(looked) = asking.kept(looked) {
                asking.act(Edit::Looked(turn, looked));
            }
        });
    }

    fn import(&self) {
        let state = self.state.clone().0.clone();
        let Some(file) = state.file.clone().filter(|_| state.can_import()) else { return };
        self.act(Edit::Began(Busy::Importing));
        let asking = self.clone();
        self.work.run(async move |work| {
            let leave_bad_rows = state.preview.is_some_and(|preview| preview.bad > 0);
            let request = ImportUsage { text: file.text.clone(), mapping: state.mapping, leave_bad_rows };
            let Some(imported) = asking.kept(shell::call(request).await) else { return };
            let of_a_vendor = imported.as_ref().is_ok_and(|report| report.format.reported_by().is_some());
            asking.act(Edit::Imported(imported));
            // The list sums the log up.
            work.list();
            if of_a_vendor && let Ok(usage) = shell::call(ViewReportedUsage {}).await {
                asking.act(Edit::Reported(usage));
            }
        });
    }

    fn save_faults(&self) {
        let state = self.state.clone().0.clone();
        let Some(file) = state.file else { return };
        self.act(Edit::Began(Busy::Saving));
        let asking = self.clone();
        self.work.run(async move |_| {
            let request = SaveImportFaults { text: file.text.clone(), mapping: state.mapping };
            if let Some(saved) = asking.kept(shell::call(request).await) {
                asking.act(Edit::Saved(saved));
            }
        });
    }
}

async fn read(file: File) -> Result<ChosenFile, Failure> {
    // Its size is asked before it is read.
    if file.size() > FILE_LIMIT as f64 {
        let size = text::group_digits((FILE_LIMIT / 1024 / 1024) as u128);
        return Err(Failure::new(
            FailureCode::Other,
            t!("usage-too-large", size = size),
            t!("usage-too-large-advice"),
        ));
    }
    let name = file.name();
    let unread = || Failure::new(FailureCode::Other, t!("catalogue-unread"), t!("usage-unread-advice"));
    Ok(ChosenFile { name, text: browser::text_of_file(&file).await.ok_or_else(unread)? })
}

/// The dialog. Whoever opens `Layer::ImportUsage` has it.
#[component]
pub fn ImportUsageDialog(props: &ImportUsageDialogProps) -> Html {
    let asking = Asking { work: props.work.clone(), state: use_reducer(Kept::default) };
    let state = &asking.state.0;
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let decide = {
        let asking = asking.clone();
        Callback::from(move |edit| asking.decide(edit))
    };
    let on_save = {
        let asking = asking.clone();
        Callback::from(move |()| asking.save_faults())
    };
    let body = match (&state.report, &state.preview) {
        (Some(done), _) => report(done, state.reported.as_deref()),
        (None, Some(preview)) => html! {
            <>
                { overview(preview) }
                { columns(preview, &decide) }
                { sources(preview, &decide) }
                { sample(preview) }
                { faults(preview, state.saved.as_ref(), state.busy == Some(Busy::Saving), &on_save) }
            </>
        },
        (None, None) => Html::default(),
    };
    let looking = state.busy == Some(Busy::Looking);
    html! {
        <Modal class="dialog import" labelled_by="import-usage-title" described_by="import-usage-lede" first="#usage-file" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("file") }</span>
                <div><h2 id="import-usage-title">{ t!("import-usage") }</h2><p class="t2" id="import-usage-lede">{ t!("import-usage-lede") }</p></div>
            </header>
            <div class="dialog-b" data-step={step(state)} aria-busy={looking.to_string()}>
                <div class="form">
                    if state.report.is_none() { { choice(&asking) } }
                    if let Some(fault) = &state.fault {
                        <div class="note danger" role="alert" id="usage-refused">{ icon("alert") }<div><p><b>{ sentence_case(&fault.message) }</b></p><p>{ fault.advice.clone() }</p></div></div>
                    }
                    { body }
                </div>
            </div>
            { footer(&asking, &close) }
        </Modal>
    }
}

fn step(state: &Import) -> &'static str {
    match (state.busy, &state.report, &state.preview) {
        (Some(_), ..) => "waiting",
        (None, Some(_), _) => "done",
        (None, None, Some(_)) => "ready",
        (None, None, None) => "choosing",
    }
}

fn choice(asking: &Asking) -> Html {
    let state = &asking.state.0;
    let choice = FileChoice {
        id: "usage-file",
        accept: ".csv,.tsv,.json,.jsonl,.ndjson,text/csv,application/json",
        disabled: state.busy.is_some(),
        reading: state.busy == Some(Busy::Looking),
        chosen: state.file.as_ref().map(|file| name(&file.name)),
        hint: t!("usage-forms"),
    };
    let asking = asking.clone();
    file_choice(choice, &Callback::from(move |file| asking.choose(file)))
}

fn footer(asking: &Asking, close: &Callback<()>) -> Html {
    let state = &asking.state.0;
    let close = close.reform(|_: MouseEvent| ());
    if state.report.is_some() {
        return html! { <footer class="dialog-f"><button type="button" class="btn primary" id="close-import" onclick={close}>{ t!("close") }</button></footer> };
    }
    let onclick = {
        let asking = asking.clone();
        move |_: MouseEvent| asking.import()
    };
    let importing = state.busy == Some(Busy::Importing);
    let (rows, bad) = (state.rows(), state.preview.as_ref().map_or(0, |preview| preview.bad));
    let shown = text::group_digits(rows.into());
    let word = match (rows, bad) {
        (0, _) => t!("import-nothing"),
        (_, 0) => t!("import-rows", count = rows, shown = shown),
        _ => t!("import-rows-without", count = rows, shown = shown, bad = text::group_digits(bad.into())),
    };
    html! {
        <footer class="dialog-f">
            <button type="button" class="btn" id="cancel-import" onclick={close}>{ t!("cancel") }</button>
            <button type="button" class="btn primary" id="confirm-import" disabled={!state.can_import()} aria-busy={importing.to_string()} {onclick}>
                if importing { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
            </button>
        </footer>
    }
}
