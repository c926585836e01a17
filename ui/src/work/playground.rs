//! The playground: ask the columns, follow their answers, stop them, and the prompts that are kept.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use model::{
    CallRequest, FailureCode, TaskName,
    command::{DeletePrompt, ListPrompts, RunPrompt},
    gateway::PlaygroundTarget,
    vault::DeskEvent,
};
use web_sys::File;

use super::Work;
use crate::{
    browser, shell,
    state::{
        playground::{
            Edit, Heard,
            column::Heading,
            prompt::{self, ATTACHED_LIMIT, At, Fault, attachment},
            words,
        },
        toast::{Step, Toast},
        workspace::Action,
    },
    t,
    texts::name,
};

/// Words come faster than anyone reads; what comes within this time is drawn together. A timer and not a frame, because
/// a window that is not seen has no frames.
const TOGETHER_MS: u32 = 33;

thread_local! {
    /// What the shell has said since the last drawing.
    static HEARD: RefCell<Vec<(Heard, f64)>> = const { RefCell::new(Vec::new()) };
}

impl Work {
    /// The task that is tried against, if any.
    pub fn playground_task(&self) -> Option<TaskName> {
        self.now().playground.task.clone()
    }

    /// Changes something of the playground.
    pub fn edit_playground(&self, edit: Edit) {
        self.act(Action::Playground(edit));
    }

    /// Follows what the shell says of runs.
    pub fn hear(&self, event: DeskEvent) {
        let heard = match event {
            DeskEvent::AnswerGrew { run, text } => Heard::Grew(run, text),
            DeskEvent::AnswerRestarted { run, provider } => Heard::Restarted(run, provider),
            DeskEvent::AnswerWaits { run, provider, ms, asked } => Heard::Waits(run, provider, ms, asked),
            _ => return,
        };
        let first = HEARD.with_borrow_mut(|all| {
            all.push((heard, browser::steady_ms()));
            all.len() == 1
        });
        if first {
            let work = self.clone();
            Timeout::new(TOGETHER_MS, move || work.take_in()).forget();
        }
    }

    fn take_in(&self) {
        let all = HEARD.take();
        if !all.is_empty() {
            self.edit_playground(Edit::Heard(all));
        }
    }

    /// Asks every column that is not asked already.
    pub fn run_all(&self) {
        let ready = self.now().playground.ready();
        self.ask_columns(ready);
    }

    /// Asks one column.
    pub fn run_column(&self, key: u32) {
        let ready = self.now().playground.ready().into_iter().filter(|(one, _)| *one == key).collect();
        self.ask_columns(ready);
    }

    fn ask_columns(&self, ready: Vec<(u32, PlaygroundTarget)>) {
        match self.now().playground.prompt.request() {
            Ok(request) => {
                for (key, target) in ready {
                    self.ask_column(key, target, request.clone());
                }
            }
            Err(fault) => {
                let at = fault.at;
                self.edit_playground(Edit::Prompt(prompt::Edit::Refused(fault)));
                self.run(async move |_| {
                    browser::painted().await;
                    browser::focus(field(at));
                });
            }
        }
    }

    fn ask_column(&self, key: u32, target: PlaygroundTarget, request: CallRequest) {
        let run = browser::next_run();
        self.edit_playground(Edit::Began(key, run, browser::steady_ms()));
        self.run(async move |work| {
            let end = shell::call(RunPrompt { run, target, request }).await;
            // Words that came before the end belong before it.
            work.take_in();
            match end {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                end => work.edit_playground(Edit::Ended(run, end)),
            }
            work.tell_end(key);
        });
    }

    fn tell_end(&self, key: u32) {
        let state = self.now();
        if let (Some(list), Some(column)) = (state.providers(), state.playground.column(key)) {
            let said = words::said(column, &name(&Heading::of(column, list).name));
            self.edit_playground(Edit::Said(said));
        }
    }

    /// Stops a run; what has come stays.
    pub fn stop_run(&self, run: u64) {
        self.edit_playground(Edit::Stopping(run));
        self.cancel(run);
    }

    /// Stops every run.
    pub fn stop_all_runs(&self) {
        self.now().playground.runs().into_iter().for_each(|run| self.stop_run(run));
    }

    /// Reads files that a person chose, and puts them with the prompt.
    pub fn attach(&self, files: Vec<File>) {
        self.run(async move |work| {
            for file in files {
                let (name, bytes) = (file.name(), file.size().max(0.0) as u64);
                let refuse = |message| {
                    let fault = Fault { at: At::Attached, message };
                    work.edit_playground(Edit::Prompt(prompt::Edit::Refused(fault)));
                };
                if bytes > ATTACHED_LIMIT {
                    return refuse(t!("attached-too-large"));
                }
                let read = browser::data_url(&file).await;
                let read = read.ok_or_else(|| t!("attached-unread", name = name.as_str()));
                match read.and_then(|data| attachment(&name, bytes, &data)) {
                    Ok(attached) => work.edit_playground(Edit::Prompt(prompt::Edit::Attach(attached))),
                    Err(message) => return refuse(message),
                }
            }
        });
    }

    /// Reads the prompts that were kept.
    pub fn read_prompts(&self) {
        self.ask(ListPrompts {}, |work, saved| work.edit_playground(Edit::Saved(saved)));
    }

    /// Forgets a prompt; what is in the fields stays there.
    pub fn delete_prompt(&self, id: i64) {
        let kept = self.now().playground.saved.iter().find(|prompt| prompt.id == id).cloned();
        let Some(kept) = kept else { return };
        self.ask(DeletePrompt { id }, |work, saved| {
            work.edit_playground(Edit::Saved(saved));
            let title = t!("prompt-deleted", name = name(&kept.name));
            let step = Step::Prompt(Box::new(kept));
            work.act(Action::Say(Toast::undoable(title, t!("prompt-deleted-detail"), vec![step])));
        });
    }
}

fn field(at: At) -> &'static str {
    match at {
        At::Text => "#prompt",
        At::Schema => "#schema",
        At::Temperature => "#temperature",
        At::MaxOutput => "#max-output",
        At::Attached => "#attach",
    }
}
