//! The other end: a command asks the server that runs, or does it itself where none does.

use std::path::PathBuf;

use store::{Role, StoreError, UserError};

use super::{Answer, ListedUser, Question};
use crate::{
    InviteError, Now, Site, SiteError, TokenError,
    access::{invite, recovery},
    app::console_act,
    applications::console,
    config::Config,
};

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// The place.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The running server was asked and did not answer.
    #[error("the running server does not answer at its socket: {0}")]
    Socket(std::io::Error),
    /// What it answered is none of ours.
    #[error("the running server is of another version")]
    Version,
    /// The server, or the database, said no.
    #[error("{0}")]
    Refused(String),
}

const NO_END: &str = "what is kept as the end of the log of acts was not made by this server; begin a new file, or look who wrote that one";

/// Where commands are done.
pub enum Console {
    /// By the server that runs, at its socket.
    Running(PathBuf),
    /// Here.
    Own(Box<Site>),
}

/// What a question comes to, on a database that is open here.
pub(crate) async fn done(site: &Site, question: Question, now: &Now) -> Answer {
    match answered(site, question, now).await {
        Ok(answer) => answer,
        Err(why) => Answer::Refused { why },
    }
}

async fn answered(site: &Site, question: Question, now: &Now) -> Result<Answer, String> {
    let words = |error: StoreError| error.to_string();
    Ok(match question {
        Question::Invite { name, role } => {
            let known = [Role::SuperAdmin, Role::User].into_iter().find(|known| known.as_str() == role);
            let role = known.ok_or("there is no such role")?;
            let invited = invite::invite(site, &name, role, now).await;
            let invited = invited.map_err(|error: InviteError| error.to_string())?;
            Answer::Invited { user_name: invited.user_name, token: invited.token.to_string() }
        }
        Question::Users => {
            let users = site.store.users().await.map_err(words)?.into_iter().map(|user| ListedUser {
                number: user.number,
                role: user.role.as_str().to_owned(),
                can_log_in: user.can_log_in,
                name: user.name,
            });
            Answer::Users { users: users.collect() }
        }
        Question::RemoveUser { name } => {
            let removed = invite::remove_user(site, &name, now).await;
            removed.map_err(|error: UserError| error.to_string())?;
            Answer::Done
        }
        Question::MakeRecoveryCodes { name } => {
            let made = recovery::make_recovery_codes_of(site, &name, now).await;
            Answer::RecoveryCodes { codes: made.map_err(|error| error.to_string())? }
        }
        Question::MakeToken(asked) => {
            let made = console::make_token(site, asked, now).await;
            Answer::MadeToken(made.map_err(|error: TokenError| error.to_string())?)
        }
        Question::Tokens => Answer::Tokens { tokens: console::tokens(site, now).await.map_err(words)? },
        Question::RevokeToken { number } => {
            let revoked = console::revoke_token(site, number, now).await;
            Answer::Revoked(revoked.map_err(|error| match error {
                StoreError::Gone => format!("there is no token {number}"),
                error => error.to_string(),
            })?)
        }
        Question::VerifyAudit { through } => {
            let known = through.map(|text| site.store.end_of(&text).ok_or(NO_END)).transpose()?;
            let verified = site.store.verify_audit(known.into_iter().collect()).await.map_err(words)?;
            Answer::Verified { entries: verified.entries, broken: verified.broken, end: verified.end }
        }
        Question::VerifyUsage => {
            let verified = site.store.verify_statistics().await.map_err(words)?;
            if verified.first_difference.is_some() {
                tracing::error!("a sum of the usage log is not what its calls add up to");
            }
            Answer::VerifiedUsage(verified)
        }
        Question::RebuildUsage => {
            let act = console_act("usage.rebuild", now);
            Answer::RebuiltUsage(site.store.rebuild_statistics(&act).await.map_err(words)?)
        }
    })
}

impl Console {
    /// Asks the server that runs on this data folder; where none does, opens the database here. On PostgreSQL commands are always done
    /// here: servers hear of the change by the database.
    ///
    /// # Errors
    /// See [`ConsoleError`].
    pub async fn open(config: &Config) -> Result<Self, ConsoleError> {
        let path = super::listen::path(config);
        if config.database_url.is_none() && super::listen::answers(&path).await {
            return Ok(Self::Running(path));
        }
        Ok(Self::Own(Box::new(Site::open(config).await?)))
    }

    /// Has something done.
    ///
    /// # Errors
    /// See [`ConsoleError`].
    pub async fn ask(&self, question: Question, now: &Now) -> Result<Answer, ConsoleError> {
        let answer = match self {
            Self::Running(path) => super::listen::ask(path, &question).await?,
            Self::Own(site) => done(site, question, now).await,
        };
        match answer {
            Answer::Refused { why } => Err(ConsoleError::Refused(why)),
            answer => Ok(answer),
        }
    }

    /// Closes the database, if it was opened here.
    pub async fn close(self) {
        if let Self::Own(site) = self {
            site.close().await;
        }
    }
}
