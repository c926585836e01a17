//! The credential test: list the models, page by page, and look for the configured one. Costs nothing at any vendor.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use model::{ProviderType, TestReport, draft::MODEL_LIMIT};
use tokio::time::Instant as Deadline;

use crate::{
    Target, Vendors,
    exchange::{Answer, Ask, ListedModel},
    finding::{Finding, Match},
    report::{Trail, report},
    vendor,
};

/// Most pages read of one list.
const PAGE_LIMIT: usize = 50;
/// Most time for a question whose answer is only worth a remark.
const ASIDE: Duration = Duration::from_secs(3);

impl Vendors {
    /// Tests whether the vendor accepts the key and has the model. To cancel, drop the future: its connection is
    /// closed. A key that no header can carry is reported without sending anything.
    pub async fn test_credentials(&self, target: &Target<'_>) -> TestReport {
        let mut trail = Trail::default();
        let finding = self.examine(target, &mut trail).await;
        let report = report(target, &finding, trail);
        tracing::info!(
            provider_type = target.provider_type.as_str(),
            outcome = ?report.outcome,
            http_status = report.http_status,
            latency_ms = report.latency_ms,
            "credential test"
        );
        report
    }

    /// The names of the models that can generate text, as the vendor orders them. The target's model does not matter.
    ///
    /// # Errors
    /// The report of a credential test that failed in the same way.
    pub async fn list_models(&self, target: &Target<'_>) -> Result<Vec<String>, TestReport> {
        let mut trail = Trail::default();
        match self.list(target, self.transport.deadline(), &mut trail).await {
            Ok(()) => Ok(trail.usable().map(str::to_owned).collect()),
            Err(finding) => Err(report(target, &finding, trail)),
        }
    }

    async fn examine(&self, target: &Target<'_>, trail: &mut Trail) -> Finding {
        let deadline = self.transport.deadline();
        let end = self.list(target, deadline, trail).await;
        trail.open_to_all = trail.listed && self.lists_without_key(target, deadline).await;
        let wanted = vendor::bare_name(target.provider_type, target.model_name);
        match (find(&trail.models, target.provider_type, wanted), end) {
            (Found::Usable(how), Ok(())) => Finding::Works(how),
            (Found::Usable(how), Err(_)) => {
                // What a later page failed with does not belong to this finding.
                (trail.status, trail.request_id) = (None, None);
                Finding::Works(how)
            }
            (_, Err(finding)) => finding,
            (Found::ForSomethingElse, Ok(())) => Finding::ModelMissing { listed_for_something_else: true },
            (Found::Not, Ok(())) => self.ask_for_one(target, wanted, deadline).await,
        }
    }

    /// Follows the pages until the last one.
    async fn list(&self, target: &Target<'_>, deadline: Deadline, trail: &mut Trail) -> Result<(), Finding> {
        let mut cursors: HashSet<String> = HashSet::new();
        let mut cursor: Option<String> = None;
        for _ in 0..PAGE_LIMIT {
            let answer = self.ask(target, Ask::Models { cursor: cursor.as_deref() }, deadline, trail).await?;
            let page = vendor::parse_models(target.provider_type, &answer).map_err(Finding::Refused)?;
            trail.listed = true;
            trail.models.extend(page.models);
            match page.next {
                None => return Ok(()),
                // A cursor that comes twice leads round in circles.
                Some(next) if trail.models.len() >= vendor::MODELS_LIMIT || !cursors.insert(next.clone()) => {
                    break;
                }
                next => cursor = next,
            }
        }
        Err(Finding::EndlessList)
    }

    async fn ask(
        &self,
        target: &Target<'_>,
        ask: Ask<'_>,
        deadline: Deadline,
        trail: &mut Trail,
    ) -> Result<Answer, Finding> {
        let question = vendor::build(target, ask).map_err(Finding::Malformed)?;
        let started = Instant::now();
        let asked = self.transport.ask(&question, deadline).await;
        if !trail.listed {
            trail.latency_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        }
        let answer = asked.map_err(Finding::Trouble)?;
        trail.note(target, &answer);
        Ok(answer)
    }

    /// Some gateways, OpenRouter among them, show their list to anyone: there, it says nothing about the key.
    async fn lists_without_key(&self, target: &Target<'_>, deadline: Deadline) -> bool {
        if target.provider_type.needs_key() || target.api_key.is_none_or(str::is_empty) {
            return false;
        }
        let anyone = Target { api_key: None, ..*target };
        let Ok(question) = vendor::build(&anyone, Ask::Models { cursor: None }) else { return false };
        let answer = self.transport.ask(&question, deadline.min(Deadline::now() + ASIDE)).await;
        answer.is_ok_and(|answer| vendor::parse_models(target.provider_type, &answer).is_ok())
    }

    /// Lists leave out aliases that the vendor resolves, so a name that is not listed is asked for by itself.
    /// The vendors answer this question for every name, so a limit or a failure of theirs is told as itself. A
    /// compatible server may not know the question at all: there the list stays the evidence.
    async fn ask_for_one(&self, target: &Target<'_>, name: &str, deadline: Deadline) -> Finding {
        let missing = Finding::ModelMissing { listed_for_something_else: false };
        // `.` and `..` would be taken for steps in the path.
        if name.is_empty() || name.chars().count() > MODEL_LIMIT || name.starts_with('.') {
            return missing;
        }
        let Ok(question) = vendor::build(target, Ask::Model { name }) else { return missing };
        let knows_the_question = target.provider_type.needs_key();
        match self.transport.ask(&question, deadline).await {
            Ok(answer) if knows_the_question && may_pass(answer.status) => {
                vendor::parse_models(target.provider_type, &answer).map_or_else(Finding::Refused, |_| missing)
            }
            Ok(answer) => match vendor::parse_model(target.provider_type, name, &answer) {
                Some(model) if model.generates => Finding::Works(Match::Alias),
                Some(_) => Finding::ModelMissing { listed_for_something_else: true },
                None => missing,
            },
            Err(trouble) if knows_the_question => Finding::Trouble(trouble),
            Err(_) => missing,
        }
    }
}

/// A status that says nothing about the name that was asked for.
fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 429 | 500..)
}

enum Found {
    Usable(Match),
    ForSomethingElse,
    Not,
}

fn find(models: &[ListedModel], provider_type: ProviderType, wanted: &str) -> Found {
    let listed = |name: &str| models.iter().find(|model| model.name == name);
    match listed(wanted) {
        Some(model) if model.generates => Found::Usable(Match::Listed),
        Some(_) => Found::ForSomethingElse,
        // Ollama lists `llama3.2:latest` and serves it as `llama3.2`, too.
        None if provider_type == ProviderType::OpenAiCompatible
            && listed(&format!("{wanted}:latest")).is_some() =>
        {
            Found::Usable(Match::Alias)
        }
        None => Found::Not,
    }
}
