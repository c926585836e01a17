//! The playground: a prompt on its way to a model, its answer piece by piece, and who answers when one fails.

use futures::StreamExt;
use gateway::{Ask, Caller, Gateway, Order, Refused, ServedStream, Waiting};
use model::{
    CallAnswer, CallError, CallEvent, CallRequest, Failure, FailureCode, ProviderId, TaskName,
    command::RunPrompt,
    gateway::{Answered, Fallback, PlaygroundEnd, PlaygroundTarget},
    routing::{Explanation, Verdict},
    vault::DeskEvent,
};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

/// What the usage log calls the person at the window, as it does every caller without a name.
const USER: &str = "local";
/// What it calls this program.
pub(super) const CLIENT: &str = concat!("signalbox/", env!("CARGO_PKG_VERSION"));

impl Body for RunPrompt {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<PlaygroundEnd, Failure> {
        let session = desk.session()?;
        let ask = async {
            let engine = session.engine().await?;
            let run = Run { session: &session, engine, number: self.run, request: self.request };
            run.to_its_end(self.target).await
        };
        session.runs.run(self.run, ask).await
    }
}

/// A run. Dropped, it ends the call at the vendor, and what that took is logged.
struct Run<'a> {
    session: &'a Session,
    engine: Gateway,
    number: u64,
    request: CallRequest,
}

impl Run<'_> {
    async fn to_its_end(&self, target: PlaygroundTarget) -> Result<PlaygroundEnd, Failure> {
        let (ask, task) = match target {
            PlaygroundTarget::Provider(id) => (Ask::Provider(id), None),
            PlaygroundTarget::Task(task) => (Ask::Task(task.clone()), Some(task)),
        };
        let mut stream = match self
            .engine
            .stream_told(self.order(ask, task.clone()), &|waiting| self.waits(waiting))
            .await
        {
            Ok(stream) => stream,
            Err(refused) => return not_begun(refused),
        };
        let explanation = stream.explanation().clone();
        let mut fallbacks = Vec::new();
        loop {
            let provider = stream.provider();
            fallbacks.extend_from_slice(stream.fallbacks());
            if !fallbacks.is_empty() {
                self.tell(DeskEvent::AnswerRestarted { run: self.number, provider });
            }
            let error = match self.follow(&mut stream).await {
                Ok(answer) => {
                    let cost = stream.cost();
                    let explanation = served_by(explanation, provider);
                    let warnings = stream.warnings_at_the_end().to_vec();
                    let answered = Answered { answer, provider, cost, fallbacks, explanation, warnings };
                    return Ok(PlaygroundEnd::Answered(Box::new(answered)));
                }
                Err(error) => error,
            };
            if !error.class.may_fall_back() {
                return Ok(PlaygroundEnd::Failed { error, fallbacks });
            }
            fallbacks.push(Fallback { provider, error });
            match self.next(&explanation, &mut fallbacks, task.as_ref()).await {
                Some(next) => stream = next,
                None => return Ok(failed(fallbacks)),
            }
        }
    }

    fn order(&self, ask: Ask, task: Option<TaskName>) -> Order {
        let caller = Caller {
            user: USER.to_owned(),
            client: CLIENT.to_owned(),
            sticky: None,
            request_id: None,
            application: None,
        };
        Order { ask, task, request: self.request.clone(), caller }
    }

    /// Passes the pieces on to the page until the answer is whole.
    async fn follow(&self, stream: &mut ServedStream) -> Result<CallAnswer, CallError> {
        while let Some(event) = stream.next().await {
            match event? {
                CallEvent::Text(text) => self.tell(DeskEvent::AnswerGrew { run: self.number, text }),
                CallEvent::Finished(answer) => return Ok(*answer),
                CallEvent::Thinking(_) | CallEvent::ToolStart { .. } | CallEvent::ToolArguments { .. } => {}
            }
        }
        Err(broken_off())
    }

    /// Another program would have to throw away what it has of an answer that broke off, so the gateway leaves that to
    /// it. Here a person looks on, who is told that the answer begins anew.
    async fn next(
        &self,
        explanation: &Explanation,
        fallbacks: &mut Vec<Fallback>,
        task: Option<&TaskName>,
    ) -> Option<ServedStream> {
        task?;
        for candidate in explanation.candidates.iter().filter(|one| one.verdict == Verdict::Next) {
            if fallbacks.iter().any(|failed| failed.provider == candidate.provider) {
                continue;
            }
            let order = self.order(Ask::Provider(candidate.provider), task.cloned());
            match self.engine.stream_told(order, &|waiting| self.waits(waiting)).await {
                Ok(stream) => return Some(stream),
                Err(Refused::Failed { error, fallbacks: before }) => {
                    fallbacks.extend(before);
                    fallbacks.push(Fallback { provider: candidate.provider, error });
                }
                Err(_) => {}
            }
        }
        None
    }

    fn waits(&self, Waiting { provider, ms, asked }: Waiting) {
        self.tell(DeskEvent::AnswerWaits { run: self.number, provider, ms, asked });
    }

    fn tell(&self, event: DeskEvent) {
        self.session.host.emit(event);
    }
}

fn not_begun(refused: Refused) -> Result<PlaygroundEnd, Failure> {
    match refused {
        Refused::Failed { error, fallbacks } => Ok(PlaygroundEnd::Failed { error, fallbacks }),
        Refused::Unwritten(error) => Ok(PlaygroundEnd::Failed { error, fallbacks: Vec::new() }),
        Refused::Closed => Err(failures::locked()),
        Refused::UnknownModel { .. } => Err(failures::store(store::StoreError::Gone)),
        Refused::UnknownTask { .. } => Err(failures::store(store::StoreError::NoSuchTask)),
        refused @ (Refused::NoRoute(_) | Refused::Limit { .. }) => {
            let (message, advice) = refused.words();
            Err(Failure::new(FailureCode::Other, message, advice))
        }
    }
}

/// Everyone who was asked failed; the last failure is the one that is told.
fn failed(mut fallbacks: Vec<Fallback>) -> PlaygroundEnd {
    let error = fallbacks.pop().map_or_else(broken_off, |last| last.error);
    PlaygroundEnd::Failed { error, fallbacks }
}

/// The decision as it came out: whoever was chosen at first may have broken off.
fn served_by(explanation: Explanation, provider: ProviderId) -> Explanation {
    let candidates = explanation.candidates.into_iter().map(|mut one| {
        if one.provider == provider {
            one.verdict = Verdict::Chosen;
        } else if one.verdict == Verdict::Chosen {
            one.verdict = Verdict::Next;
        }
        one
    });
    Explanation { candidates: candidates.collect(), ..explanation }
}

fn broken_off() -> CallError {
    CallError {
        class: model::ErrorClass::Protocol,
        message: "the answer broke off before its end".into(),
        advice: "Ask again.".into(),
        http_status: None,
        retry_after_ms: None,
        request_id: None,
        usage: None,
        answer_began: true,
        may_have_arrived: false,
    }
}
