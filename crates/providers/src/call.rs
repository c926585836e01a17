//! Calls of models, whole and streamed: the one way from a [`CallRequest`] to a vendor and back. What is written on the
//! wire is the vendors' own; retries, fallbacks and limits are the caller's.

mod count;
mod draft;
mod failure;
mod limits;
mod pdf;
mod plan;
mod promise;
mod schema;
mod stream;
#[cfg(test)]
pub(crate) mod tests;
mod unfit;

use std::{
    borrow::Cow,
    time::{Duration, SystemTime},
};

use model::{CallAnswer, CallError, CallRequest, CatalogModel, call::Degradation};
use tokio::time::Instant;

pub(crate) use self::{
    draft::Draft,
    failure::{AnswerFault, Failure},
    plan::{PdfAsText, Plan},
    schema::{closed, is_strict},
    unfit::Unfit,
};
use self::{
    failure::{Reached, error, unsent},
    promise::Promise,
};
pub use self::{
    limits::{Allowance, VendorLimits},
    pdf::{DocumentWeight, document_weight},
    schema::holds,
    stream::CallStream,
};
use crate::{
    Target, Vendors,
    exchange::{Answer, Post},
    report,
    transport::{self, Pace},
    vendor::Dialect,
    words::CallScene,
};

/// What is known of a model beforehand, and how long to wait for it.
#[derive(Clone, Copy, Debug)]
pub struct CallOptions<'a> {
    /// Its entry in the catalogue, or in what a person made of that. Without one it is taken to be able to do
    /// anything.
    pub model: Option<&'a CatalogModel>,
    /// Longest silence: before a stream begins, and between two pieces of any answer. Vendors are silent for minutes
    /// while a model thinks.
    pub idle: Duration,
    /// Longest time for all of it.
    pub whole: Duration,
    /// Which of OpenAI's APIs to use. `None` means Responses at OpenAI, or Chat Completions for texts at which to end,
    /// or a bound below 16 tokens,
    /// which Responses does not take; at compatible servers it means Chat Completions.
    pub api: Option<OpenAiApi>,
}

impl Default for CallOptions<'_> {
    fn default() -> Self {
        Self { model: None, idle: Duration::from_secs(120), whole: Duration::from_secs(600), api: None }
    }
}

/// One of OpenAI's two APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenAiApi {
    /// `POST /responses`.
    Responses,
    /// `POST /chat/completions`.
    Chat,
}

/// A whole answer, and what came with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// The answer.
    pub answer: CallAnswer,
    /// What is left of the vendor's limits, where it says so.
    pub limits: Option<VendorLimits>,
}

/// What is wanted of a model.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Whole,
    InPieces,
    /// The tokens that the call would take, and no call.
    Count,
}

/// A call that is about to be sent.
struct Sending {
    dialect: Dialect,
    post: Post,
    promise: Promise,
    started: Instant,
    pace: Pace,
}

impl Vendors {
    /// Calls a model and waits for its whole answer. To cancel, drop the future: its connection is closed.
    ///
    /// # Errors
    /// See [`CallError`]: with its class, our own words, and what the call had taken, where the vendor said so.
    pub async fn call(
        &self,
        target: &Target<'_>,
        request: &CallRequest,
        options: &CallOptions<'_>,
    ) -> Result<Called, CallError> {
        let sending = prepare(target, request, options, Wanted::Whole).await?;
        let mut reached = Reached::default();
        let called = self.fetch(target, &sending, &mut reached).await;
        called.map_err(|failure| error(&failure, reached, &CallScene::of(target)))
    }

    /// Calls a model and returns once its vendor has begun to answer.
    ///
    /// # Errors
    /// As [`Vendors::call`], when no stream begins; what fails later comes out of the stream.
    pub async fn stream(
        &self,
        target: &Target<'_>,
        request: &CallRequest,
        options: &CallOptions<'_>,
    ) -> Result<CallStream, CallError> {
        let sending = prepare(target, request, options, Wanted::InPieces).await?;
        let mut reached = Reached::default();
        match self.open(target, &sending, &mut reached).await {
            Ok(response) => Ok(CallStream::new(response, sending, reached, target)),
            Err(failure) => Err(error(&failure, reached, &CallScene::of(target))),
        }
    }

    async fn fetch(
        &self,
        target: &Target<'_>,
        sending: &Sending,
        reached: &mut Reached,
    ) -> Result<Called, Failure> {
        let answer = self.answer(target, sending, reached).await?;
        let limits = VendorLimits::read(target.provider_type, &answer.headers, SystemTime::now());
        let mut draft = Draft { quiet: true, ..Draft::default() };
        let result = sending.dialect.read(&answer.body, &mut draft);
        reached.usage.clone_from(&draft.usage);
        match result {
            // It may be somebody else's answer, which is worth a better word.
            Err(Failure::Answer(AnswerFault::Unreadable)) => {
                return Err(sending.dialect.refusal(&answer).into());
            }
            result => result?,
        }
        let answer = sending.promise.keep(draft, reached.request_id.clone(), target.api_key)?;
        Ok(Called { answer: CallAnswer { whole_ms: since(sending.started), ..answer }, limits })
    }

    /// A whole answer that is none of the vendor's refusals.
    async fn answer(
        &self,
        target: &Target<'_>,
        sending: &Sending,
        reached: &mut Reached,
    ) -> Result<Answer, Failure> {
        let response = self.transport.open(&sending.post, sending.pace.until).await?;
        note(target, &response, reached);
        let answer = read(response, sending.pace).await?;
        match answer.is_success() && !answer.is_web_page() {
            true => Ok(answer),
            false => Err(sending.dialect.refusal(&answer).into()),
        }
    }

    /// Waits until a stream begins; whatever else begins is read as a failure.
    async fn open(
        &self,
        target: &Target<'_>,
        sending: &Sending,
        reached: &mut Reached,
    ) -> Result<reqwest::Response, Failure> {
        let response = self.transport.open(&sending.post, sending.pace.next()).await?;
        note(target, &response, reached);
        let content_type = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let is_stream =
            content_type.is_none_or(|kind| kind.to_ascii_lowercase().contains("text/event-stream"));
        if response.status().is_success() && is_stream {
            return Ok(response);
        }
        let answer = read(response, sending.pace).await?;
        Err(sending.dialect.refusal(&answer).into())
    }
}

/// Errors are short, answers may be long.
async fn read(response: reqwest::Response, pace: Pace) -> Result<Answer, Failure> {
    let limit = if response.status().is_success() { draft::ANSWER_LIMIT } else { transport::BODY_LIMIT };
    Ok(transport::read(response, limit, pace).await?)
}

fn note(target: &Target<'_>, response: &reqwest::Response, reached: &mut Reached) {
    reached.status = Some(response.status().as_u16());
    reached.request_id = report::request_id(target, response.headers());
}

/// Makes the request that will be sent, or says why none will be.
async fn prepare(
    target: &Target<'_>,
    request: &CallRequest,
    options: &CallOptions<'_>,
    wanted: Wanted,
) -> Result<Sending, CallError> {
    let failed = |failure: Failure| unsent(&failure, target);
    let started = Instant::now();
    let readable = readable(target, request, options).await.map_err(|unfit| failed(unfit.into()))?;
    let dialect = plan::dialect(target, &readable, options).map_err(|unfit| failed(unfit.into()))?;
    let mut plan = Plan::new(target, &readable, options, dialect, wanted == Wanted::InPieces)
        .map_err(|unfit| failed(unfit.into()))?;
    if matches!(readable, Cow::Owned(_)) {
        plan.degraded.push(Degradation::PdfAsText);
    }
    let post = match wanted {
        Wanted::Count => dialect.count(target, &plan),
        Wanted::Whole | Wanted::InPieces => dialect.build(target, &plan),
    };
    let post = post.map_err(failed)?;
    let pace = Pace { idle: options.idle, until: started + options.whole };
    let promise = Promise::new(plan, target.model_name);
    Ok(Sending { dialect, post, promise, started, pace })
}

async fn readable<'a>(
    target: &Target<'_>,
    request: &'a CallRequest,
    options: &CallOptions<'_>,
) -> Result<Cow<'a, CallRequest>, Unfit> {
    let as_text = plan::pdf_as_text(target.provider_type, request, options.model)?;
    if as_text == PdfAsText::No {
        return Ok(Cow::Borrowed(request));
    }
    let copy = request.clone();
    let read = tokio::task::spawn_blocking(move || plan::without_pdf(&copy));
    match read.await.unwrap_or(Err(Unfit::PdfWithoutText)) {
        Err(Unfit::PdfWithoutText) if as_text == PdfAsText::Should => Ok(Cow::Borrowed(request)),
        read => read.map(Cow::Owned),
    }
}

fn since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}
