//! Prompts of the playground that a person keeps.

use model::{
    CallRequest, Failure, FailureCode, Field,
    command::{DeletePrompt, ListPrompts, SavePrompt},
    draft::NAME_LIMIT,
    gateway::SavedPrompt,
    text::{self, TextError},
};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

/// Largest prompt that is kept, as JSON: what the page attaches at most, in Base64, and its texts.
const PROMPT_LIMIT: usize = 12 * 1024 * 1024;

impl Body for ListPrompts {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<SavedPrompt>, Failure> {
        all(&*desk.session()?).await
    }
}

impl Body for SavePrompt {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<SavedPrompt>, Failure> {
        let session = desk.session()?;
        let name = match text::check(&self.name, NAME_LIMIT, false) {
            Ok(name) if name.is_empty() => Err(TextError::Empty),
            checked => checked,
        };
        let name = name.map_err(|error| failures::one_field(Field::DisplayName, error.to_string()))?;
        require_keepable(&self.request)?;
        let act = desk.act("prompt.save");
        let saved = session.store.save_prompt(&name, self.task.as_ref(), &self.request, &act).await;
        saved.map_err(failures::store)?;
        all(&session).await
    }
}

impl Body for DeletePrompt {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<SavedPrompt>, Failure> {
        let session = desk.session()?;
        // Its text is nowhere else: what the page can bring back, it has itself.
        session.require_proof()?;
        session.store.delete_prompt(self.id, &desk.act("prompt.delete")).await.map_err(failures::store)?;
        all(&session).await
    }
}

async fn all(session: &Session) -> Result<Vec<SavedPrompt>, Failure> {
    session.store.prompts().await.map_err(failures::store)
}

/// All prompts are read at once, so one that is as large as a call may be would make every reading slow.
fn require_keepable(request: &CallRequest) -> Result<(), Failure> {
    let length = serde_json::to_vec(request).map_or(usize::MAX, |json| json.len());
    if length > PROMPT_LIMIT {
        let advice = "Take some of what is attached away, then keep it.";
        return Err(Failure::new(FailureCode::Other, "this prompt is too large to be kept", advice));
    }
    Ok(())
}
