//! The local gateway: the engine's HTTP face on a port of this computer, as long as the vault is open and a person
//! wants it there.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use gateway::http::{Prompts, Server, ServerSettings, StartError, TokenDigest, Tokens};
use model::{
    Failure, FailureCode, TaskName, Timestamp,
    gateway::{GatewaySettings, OnLock},
};
use store::{Act, GatewayToken};
use tokio::{sync::MutexGuard, task::JoinSet};
use tokio_util::sync::CancellationToken;

use crate::{failures, session::Session};

/// The setting's name in the store.
const SETTING: &str = "gateway";
/// Those below belong to the system.
const FIRST_PORT: u16 = 1_024;

/// As it stands.
#[derive(Default)]
pub(crate) struct Face {
    pub(crate) settings: GatewaySettings,
    pub(crate) token_last_four: Option<String>,
    /// Why it does not listen although it should.
    pub(crate) trouble: Option<Failure>,
    is_read: bool,
    tokens: Tokens,
    /// Tasks' own instructions, as the server looks them up.
    prompts: Arc<RwLock<HashMap<TaskName, String>>>,
    server: Option<Serving>,
    /// Servers that were switched off or moved, with calls that are still being answered.
    leaving: JoinSet<()>,
}

struct Serving {
    server: Server,
    since: Timestamp,
}

impl Face {
    pub(crate) fn running_since(&self) -> Option<Timestamp> {
        self.server.as_ref().map(|serving| serving.since)
    }

    fn accept(&mut self, tokens: &[GatewayToken]) {
        self.tokens.replace(tokens.iter().map(|token| TokenDigest(token.digest)));
        self.token_last_four = tokens.first().map(|newest| newest.last_four.clone());
    }

    fn prompts(&self) -> Prompts {
        let own = Arc::clone(&self.prompts);
        Arc::new(move |task| own.read().unwrap_or_else(PoisonError::into_inner).get(task).cloned())
    }

    /// Puts another server in place of the one that runs, whose port is free at once.
    fn replace(&mut self, server: Option<Serving>) {
        if let Some(old) = std::mem::replace(&mut self.server, server) {
            self.leaving.spawn(old.server.stop(self.settings.on_lock));
        }
    }
}

impl Session {
    /// The face, which is read and started when somebody first looks.
    pub(crate) async fn face(&self) -> Result<MutexGuard<'_, Face>, Failure> {
        let mut face = self.face.lock().await;
        self.until_closed(async {
            if !face.is_read {
                self.read_face(&mut face).await?;
                face.is_read = true;
            }
            Ok(())
        })
        .await?;
        Ok(face)
    }

    async fn read_face(&self, face: &mut Face) -> Result<(), Failure> {
        face.settings = self.store.setting(SETTING).await.map_err(failures::store)?;
        face.accept(&self.store.gateway_tokens().await.map_err(failures::store)?);
        for route in self.store.routing().await.map_err(failures::store)?.1 {
            if let Some(prompt) = self.store.task_prompt(&route.task).await.map_err(failures::store)? {
                face.prompts.write().unwrap_or_else(PoisonError::into_inner).insert(route.task, prompt);
            }
        }
        if face.settings.enabled {
            match self.serve(face, face.settings.port).await {
                Ok(serving) => face.server = Some(serving),
                Err(failure) => {
                    tracing::warn!(reason = failure.message, "the gateway does not listen");
                    face.trouble = Some(failure);
                }
            }
        }
        Ok(())
    }

    async fn serve(&self, face: &Face, port: u16) -> Result<Serving, Failure> {
        let gateway = self.engine().await?;
        let settings = ServerSettings { port, tokens: face.tokens.clone(), prompts: face.prompts() };
        let server = Server::start(gateway, settings).await.map_err(|error| not_started(&error))?;
        tracing::info!("the gateway listens");
        Ok(Serving { server, since: self.host.now() })
    }

    /// From now on a task's endpoint has these instructions, or the built-in ones.
    pub(crate) async fn set_task_prompt(
        &self,
        task: &TaskName,
        prompt: Option<String>,
        act: &Act,
    ) -> Result<(), Failure> {
        let face = self.face().await?;
        self.store.set_task_prompt(task, prompt.as_deref(), act).await.map_err(failures::store)?;
        let mut own = face.prompts.write().unwrap_or_else(PoisonError::into_inner);
        match prompt {
            Some(prompt) => own.insert(task.clone(), prompt),
            None => own.remove(task),
        };
        Ok(())
    }

    /// Starts, stops or moves it. Nothing is changed where the new port cannot be had.
    pub(crate) async fn set_face(&self, settings: GatewaySettings, act: &Act) -> Result<(), Failure> {
        if settings.port < FIRST_PORT {
            return Err(refused_port(settings.port));
        }
        let mut face = self.face().await?;
        let stays = face.server.is_some() && face.settings.port == settings.port;
        let new = match settings.enabled && !stays {
            true => Some(self.until_closed(self.serve(&face, settings.port)).await?),
            false => None,
        };
        if settings != face.settings {
            self.store.set_setting(SETTING, &settings, act).await.map_err(failures::store)?;
        }
        if new.is_some() || !settings.enabled {
            face.replace(new);
        }
        face.settings = settings;
        face.trouble = None;
        Ok(())
    }

    /// From now on this token and no other is accepted.
    pub(crate) async fn set_token(&self, token: &str, act: &Act) -> Result<(), Failure> {
        let mut face = self.face().await?;
        let last_four = &token[token.len().saturating_sub(4)..];
        let TokenDigest(digest) = TokenDigest::of(token);
        let replaced = self.store.replace_gateway_token(&digest, last_four, act).await;
        replaced.map_err(failures::store)?;
        let token = GatewayToken { digest, last_four: last_four.to_owned(), created_at: act.at };
        face.accept(&[token]);
        Ok(())
    }

    /// Closes the port, ends the calls as asked or as is set, and writes everything that they took.
    pub(crate) async fn end_calls(&self, on_lock: Option<OnLock>, hurry: CancellationToken) {
        let mut face = self.face.lock().await;
        let on_lock = on_lock.unwrap_or(face.settings.on_lock);
        let (server, engine) = (face.server.take(), self.engine.lock().await.take());
        let stopped = async {
            if let Some(serving) = server {
                serving.server.stop(on_lock).await;
            }
        };
        let closed = async {
            let Some(engine) = engine else { return };
            let hurried = async {
                hurry.cancelled().await;
                engine.hurry();
            };
            let closing = engine.close(on_lock);
            tokio::pin!(closing);
            tokio::select! {
                () = &mut closing => return,
                () = hurried => {}
            }
            closing.await;
        };
        tokio::join!(stopped, closed);
        face.leaving.shutdown().await;
    }
}

fn not_started(error: &StartError) -> Failure {
    Failure::new(FailureCode::Other, error.to_string(), error.advice())
}

fn refused_port(port: u16) -> Failure {
    let message = format!("port {port} belongs to the system");
    Failure::new(FailureCode::Other, message, "Choose a port from 1024 to 65535.")
}
