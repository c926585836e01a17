//! The lists of models: real ones, configurations by their names, and `task:NAME`.

use super::{
    claude,
    fault::{Face, Fault, Kind},
    gemini,
    grant::Grant,
    openai,
    reply::{self, Reply},
};
use crate::{Calls, ServedModel};

fn owned(model: &ServedModel) -> (&str, &str) {
    (&model.id, model.provider_type.as_str())
}

fn titled(model: &ServedModel) -> (&str, &str) {
    (&model.id, &model.display_name)
}

/// All that a token is for, on one page.
pub(crate) fn all(gateway: &dyn Calls, grant: &Grant, face: Face) -> Reply {
    let mut models = gateway.models();
    models.retain(|model| grant.shows(&model.id));
    reply::json(match face {
        Face::OpenAi | Face::Tasks => openai::models::list(models.iter().map(owned)),
        Face::Claude => claude::models::list(models.iter().map(titled)),
        Face::Gemini => gemini::models::list(models.iter().map(titled)),
    })
}

/// One of them.
pub(crate) fn one(gateway: &dyn Calls, grant: &Grant, face: Face, id: &str) -> Result<Reply, Fault> {
    let models = gateway.models();
    let Some(model) = models.iter().find(|model| model.id == id && grant.shows(id)) else {
        let message = "there is no model or configuration of this name";
        return Err(Fault::new(Kind::UnknownModel, message, "See the list of models for what there is."));
    };
    let (id, name) = titled(model);
    Ok(reply::json(match face {
        Face::OpenAi | Face::Tasks => openai::models::one(id, owned(model).1),
        Face::Claude => claude::models::one(id, name),
        Face::Gemini => gemini::models::one(id, name),
    }))
}
