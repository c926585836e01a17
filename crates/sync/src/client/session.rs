//! Who is logged in: a token of the host application, or a session of a server of ours, renewed when its access token runs out.

use std::time::Duration;

use model::{
    Secret,
    remote::{Success, Tokens},
};
use reqwest::{Method, header::HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{sync::Mutex, time::Instant};
use zeroize::Zeroizing;

use super::{
    carry::{Answer, Carrier, Question},
    trouble::refusal,
};
use crate::remote::RemoteError;

/// An access token that is good for less than this is renewed first.
const MARGIN: Duration = Duration::from_secs(15);

/// Password and second factor.
pub struct LogIn<'a> {
    /// The user's name there.
    pub user_name: &'a str,
    /// The user's password there.
    pub password: &'a Secret,
    /// Six digits of the authenticator app.
    pub code: &'a Secret,
}

#[derive(Default)]
pub(super) struct Session(Mutex<Held>);

#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    Token(Secret),
    Tokens {
        access: Secret,
        refresh: Secret,
        until: Instant,
    },
}

impl Session {
    pub(super) async fn hold(&self, token: Secret) {
        *self.0.lock().await = Held::Token(token);
    }

    pub(super) async fn log_in(&self, carrier: &Carrier, login: &LogIn<'_>) -> Result<(), RemoteError> {
        #[derive(Serialize)]
        struct Body<'a> {
            user_name: &'a str,
            password: &'a str,
            code: &'a str,
        }
        let (password, code) = (login.password.expose(), login.code.expose());
        let body = wiped(&Body { user_name: login.user_name, password, code });
        let question = Question::new(Method::POST, "/api/v1/auth/login").body(body);
        let tokens = match read(&carrier.ask(&question, None).await?) {
            Err(RemoteError::LoggedOut) => return Err(RemoteError::LoginRefused),
            tokens => tokens?,
        };
        *self.0.lock().await = Held::of(tokens);
        Ok(())
    }

    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        carrier: &Carrier,
        question: Question,
    ) -> Result<T, RemoteError> {
        let token = self.token(carrier, None).await?;
        match read(&carrier.ask(&question, Some(token.clone())).await?) {
            // Nothing was done without a session, so the same may be asked with a new one.
            Err(RemoteError::LoggedOut) => {
                let token = self.token(carrier, Some(&token)).await?;
                read(&carrier.ask(&question, Some(token)).await?)
            }
            answer => answer,
        }
    }

    /// The token to show. One that was refused is renewed, unless somebody did that meanwhile.
    async fn token(
        &self,
        carrier: &Carrier,
        refused: Option<&HeaderValue>,
    ) -> Result<HeaderValue, RemoteError> {
        let mut held = self.0.lock().await;
        let refresh = match &*held {
            Held::Nothing => return Err(RemoteError::LoggedOut),
            Held::Token(token) => {
                let token = bearer(token)?;
                return if refused == Some(&token) { Err(RemoteError::LoggedOut) } else { Ok(token) };
            }
            Held::Tokens { access, refresh, until } => {
                let token = bearer(access)?;
                if refused != Some(&token) && Instant::now() + MARGIN < *until {
                    return Ok(token);
                }
                refresh_body(refresh)
            }
        };
        // A refresh token is good once: whatever becomes of this request, it is not shown again.
        *held = Held::Nothing;
        let question = Question::new(Method::POST, "/api/v1/auth/refresh").body(refresh);
        *held = Held::of(read(&carrier.ask(&question, None).await?)?);
        match &*held {
            Held::Tokens { access, .. } => bearer(access),
            _ => Err(RemoteError::LoggedOut),
        }
    }
}

impl Held {
    fn of(tokens: Tokens) -> Self {
        let until = Instant::now() + Duration::from_secs(tokens.expires_in.into());
        Self::Tokens {
            access: Secret::new(tokens.access_token),
            refresh: Secret::new(tokens.refresh_token),
            until,
        }
    }
}

fn bearer(token: &Secret) -> Result<HeaderValue, RemoteError> {
    let text = Zeroizing::new(format!("Bearer {}", token.expose()));
    let mut value = HeaderValue::from_str(&text).map_err(|_| RemoteError::LoggedOut)?;
    value.set_sensitive(true);
    Ok(value)
}

fn refresh_body(token: &Secret) -> Zeroizing<Vec<u8>> {
    #[derive(Serialize)]
    struct Body<'a> {
        refresh_token: &'a str,
    }
    wiped(&Body { refresh_token: token.expose() })
}

pub(super) fn code_body(code: &Secret) -> Zeroizing<Vec<u8>> {
    #[derive(Serialize)]
    struct Body<'a> {
        code: &'a str,
    }
    wiped(&Body { code: code.expose() })
}

/// JSON in memory that is wiped, in one piece: growing would leave copies behind.
pub(super) fn wiped(body: &impl Serialize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    // Nothing of these bodies can fail, and an empty one is refused by the remote.
    if serde_json::to_writer(&mut *bytes, body).is_err() {
        bytes.clear();
    }
    bytes
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, RemoteError> {
    if !(200..300).contains(&answer.status) {
        return Err(refusal(answer));
    }
    match serde_json::from_slice::<Success<T>>(&answer.body) {
        Ok(Success { success: true, data }) => Ok(data),
        Ok(_) => Err(refusal(answer)),
        Err(_) if says_no(answer) => Err(refusal(answer)),
        Err(_) => Err(RemoteError::NotUnderstood { reason: "it is not of the shape that this API has" }),
    }
}

fn says_no(answer: &Answer) -> bool {
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    body["success"] == serde_json::Value::Bool(false)
}
