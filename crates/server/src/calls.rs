//! The gateway's HTTP face, for applications on this computer: its door lets nobody in from elsewhere. Off until a port is chosen.

use std::{collections::HashMap, sync::Arc};

use gateway::http::{Prompts, Server, ServerSettings, TokenDigest, Tokens};
use model::TaskName;
use store::StoreError;
use zeroize::Zeroizing;

use crate::{
    Now, Site, StartError,
    access::opaque,
    app::{App, console_act},
};

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// No random numbers.
    #[error("the operating system gave no random numbers")]
    Random(#[from] getrandom::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the token that applications use as their API key, in place of the one before.
///
/// # Errors
/// See [`TokenError`].
pub async fn make_gateway_token(site: &Site, now: &Now) -> Result<Zeroizing<String>, TokenError> {
    let token = Zeroizing::new(format!("sbx_{}", *opaque::make()?));
    let last_four = &token[token.len() - 4..];
    let act = console_act("gateway.token.replace", now);
    site.store.replace_gateway_token(&TokenDigest::of(&token).0, last_four, &act).await?;
    Ok(token)
}

/// Listens on 127.0.0.1.
pub(crate) async fn start(app: &App, port: u16) -> Result<Server, StartError> {
    let failed = |error: StoreError| StartError::Open(error.to_string());
    let tokens = app.store.gateway_tokens().await.map_err(failed)?;
    let tokens = Tokens::new(tokens.into_iter().map(|token| TokenDigest(token.digest)));
    let settings = ServerSettings { port, tokens, prompts: prompts(app).await.map_err(failed)? };
    let started = Server::start(app.gateway.clone(), settings).await;
    started.map_err(|error| StartError::Open(format!("{error}. {}", error.advice())))
}

/// Tasks' own instructions, as they are when the server starts: nothing of it changes them while it runs.
async fn prompts(app: &App) -> Result<Prompts, StoreError> {
    let mut own: HashMap<TaskName, String> = HashMap::new();
    for route in app.store.routing().await?.1 {
        if let Some(prompt) = app.store.task_prompt(&route.task).await? {
            own.insert(route.task, prompt);
        }
    }
    Ok(Arc::new(move |task| own.get(task).cloned()))
}
