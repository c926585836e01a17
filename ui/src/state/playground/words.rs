//! What is said about a run beside its answer: who failed and who answered then, what was done without, how it ended.

use model::{
    CallError, ProviderId,
    call::{Degradation, FinishReason},
    gateway::{Answered, Fallback},
    text,
};

use super::column::{Column, Run};
use crate::{state::toast::sentence_case, t};

/// How serious a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Plain,
    /// Something went otherwise than asked.
    Warn,
    /// There is no answer.
    Danger,
}

/// A note above an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How serious it is.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// What follows from it, or what to do; may be empty.
    pub text: String,
    /// Status and the like, for whoever can help; may be empty.
    pub detail: String,
}

impl Note {
    fn new(tone: Tone, title: String, text: String) -> Self {
        Self { tone, title, text, detail: String::new() }
    }
}

/// The notes of a column; `name` gives a configuration's name.
pub fn notes(column: &Column, name: impl Fn(ProviderId) -> String) -> Vec<Note> {
    match &column.run {
        Run::Idle => Vec::new(),
        Run::Running(running) => {
            let says = |id| Note::new(Tone::Warn, t!("restarted", name = name(id)), String::new());
            running.restarted.map(says).into_iter().collect()
        }
        Run::Answered(answered) => answered_notes(answered, name),
        Run::Failed(failed) => {
            let (error, fallbacks) = &**failed;
            fallbacks.iter().map(|one| fell_back(one, &name)).chain([failed_note(error)]).collect()
        }
        Run::Refused(failure) => {
            let advice = failure.advice.clone().unwrap_or_default();
            vec![Note::new(Tone::Danger, sentence_case(&failure.message), advice)]
        }
        Run::Stopped => vec![Note::new(Tone::Plain, t!("run-stopped"), String::new())],
    }
}

fn answered_notes(answered: &Answered, name: impl Fn(ProviderId) -> String) -> Vec<Note> {
    let mut notes: Vec<Note> = answered.fallbacks.iter().map(|one| fell_back(one, &name)).collect();
    if let Some(last) = notes.last_mut() {
        let then = t!("answered-by", name = name(answered.provider));
        last.text = format!("{} {then}", last.text);
    }
    let done_without = answered.answer.degraded.iter().map(|one| match one {
        Degradation::SchemaByInstruction => t!("degraded-schema"),
        Degradation::PdfAsText => t!("degraded-pdf"),
        Degradation::TemperatureDropped => t!("degraded-temperature"),
        Degradation::EffortChanged => t!("degraded-effort"),
        Degradation::StopDropped => t!("degraded-stop"),
    });
    notes.extend(done_without.map(|words| Note::new(Tone::Plain, words, String::new())));
    let ending = match answered.answer.finish {
        FinishReason::Length => Some(t!("finish-length")),
        FinishReason::Refused => Some(t!("finish-refused")),
        FinishReason::Stop | FinishReason::ToolCalls | FinishReason::Other => None,
    };
    notes.extend(ending.map(|words| Note::new(Tone::Warn, words, String::new())));
    notes
}

/// `Claude Production failed: no capacity just now → answered by …`: the failure, one of the chain.
fn fell_back(fallback: &Fallback, name: impl Fn(ProviderId) -> String) -> Note {
    let title = t!("provider-failed", name = name(fallback.provider));
    let text = format!("{}.", sentence_case(&fallback.error.message).trim_end_matches('.'));
    Note { detail: detail(&fallback.error), ..Note::new(Tone::Warn, title, text) }
}

fn failed_note(error: &CallError) -> Note {
    let title = sentence_case(&error.message);
    Note {
        detail: detail(error),
        ..Note::new(Tone::Danger, title, crate::state::heard::heard(&error.advice))
    }
}

fn detail(error: &CallError) -> String {
    let status = error.http_status.map(|status| format!("HTTP {status}"));
    let retry = error.retry_after_ms.map(|ms| t!("retry-after", time = text::duration(ms.max(1_000))));
    let id = error.request_id.as_ref().map(|id| t!("request-id", id = id.as_str()));
    status.into_iter().chain(retry).chain(id).collect::<Vec<_>>().join(" · ")
}

/// Everything about a run that failed, for a message to whoever can help. No field of it holds a key.
pub fn report(notes: &[Note]) -> String {
    let lines = notes.iter().flat_map(|note| [&note.title, &note.text, &note.detail]);
    lines.filter(|line| !line.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What those who listen are told when a run has ended; empty while it goes on.
pub fn said(column: &Column, title: &str) -> String {
    match &column.run {
        Run::Idle | Run::Running(_) => String::new(),
        Run::Answered(answered) => {
            let whole = text::latency(answered.answer.whole_ms);
            match &answered.answer.usage {
                Some(usage) => t!("said-answered", name = title, tokens = usage.output, time = whole),
                None => t!("said-answered-plain", name = title, time = whole),
            }
        }
        Run::Failed(failed) => {
            t!("said-failed", name = title, what = crate::state::heard::heard(&failed.0.message))
        }
        Run::Refused(failure) => t!("said-failed", name = title, what = failure.message.as_str()),
        Run::Stopped => t!("said-stopped", name = title),
    }
}
