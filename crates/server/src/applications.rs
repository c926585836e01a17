//! Applications: the tokens by which they make calls, what each is for, and the gateway's face that knows them. Making one, by the
//! admin API or at the console, has one set of rules.

pub(crate) mod console;
pub(crate) mod create;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod make;
pub(crate) mod revoke;
mod view;

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use gateway::{
    Application,
    http::{Face, FaceSettings, Grant, Prompts, Scope, TokenDigest, Tokens},
};
use model::TaskName;
use store::{ApplicationToken, Database, StoreError};
use tokio::sync::Mutex;

use crate::app::App;

/// What the gateway's face goes by, renewed after each change.
#[derive(Clone, Default)]
pub(crate) struct Applications {
    tokens: Tokens,
    /// Tasks' own instructions.
    prompts: Arc<RwLock<HashMap<TaskName, String>>>,
    /// One at a time: what was read before a token was revoked must not come after what was read behind it.
    renewing: Arc<Mutex<()>>,
}

impl Applications {
    /// Reads everything anew.
    pub(crate) async fn renew(&self, store: &Database) -> Result<(), StoreError> {
        let _one_at_a_time = self.renewing.lock().await;
        let tokens = store.application_tokens().await?;
        let live = tokens.into_iter().filter(|token| token.revoked_at.is_none());
        self.tokens.replace_granted(live.map(|token| (TokenDigest(token.made.digest), grant(token))));
        let mut own = HashMap::new();
        for route in store.routing().await?.1 {
            if let Some(prompt) = store.task_prompt(&route.task).await? {
                own.insert(route.task, prompt);
            }
        }
        *self.prompts.write().unwrap_or_else(PoisonError::into_inner) = own;
        Ok(())
    }

    fn prompts(&self) -> Prompts {
        let own = Arc::clone(&self.prompts);
        Arc::new(move |task| own.read().unwrap_or_else(PoisonError::into_inner).get(task).cloned())
    }
}

/// The gateway's face on the network.
pub(crate) fn face(app: &App) -> Face {
    let (tokens, prompts) = (app.applications.tokens.clone(), app.applications.prompts());
    Face::new(app.gateway.clone(), FaceSettings { tokens, prompts, now: app.clock() })
}

fn grant(token: ApplicationToken) -> Grant {
    let scope = |names: Option<Vec<String>>| {
        names.map_or(Scope::All, |names| Scope::Only(names.into_iter().collect()))
    };
    let made = token.made;
    Grant {
        application: Some(Arc::new(Application {
            number: token.number,
            name: made.name,
            daily_tokens: made.daily_tokens,
            monthly_tokens: made.monthly_tokens,
            requests_per_minute: made.requests_per_minute,
        })),
        tasks: scope(made.tasks),
        models: scope(made.models),
        expires_at: Some(made.expires_at),
    }
}
