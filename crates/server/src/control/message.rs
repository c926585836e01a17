//! What is said over the socket: a JSON object each way, a line each.

use model::{
    audit::AuditBreak,
    remote::{ApplicationToken, CreateToken, MadeToken},
    statistics::{RebuildReport, VerifyReport},
};
use serde::{Deserialize, Serialize};

/// What a command asks for.
#[derive(Serialize, Deserialize)]
#[serde(tag = "ask", content = "with", rename_all = "snake_case")]
pub enum Question {
    /// A one-time token for a user, who may be new.
    Invite {
        /// By which the user logs in.
        name: String,
        /// The role's name.
        role: String,
    },
    /// All users.
    Users,
    /// Removes a user.
    RemoveUser {
        /// By which the user logs in.
        name: String,
    },
    /// Ten recovery codes for a user's second factor, in the place of whatever there was.
    MakeRecoveryCodes {
        /// By which the user logs in.
        name: String,
    },
    /// Makes an application's token.
    MakeToken(CreateToken),
    /// All of them.
    Tokens,
    /// Ends one.
    RevokeToken {
        /// Its number.
        number: i64,
    },
    /// Verifies the log of acts.
    VerifyAudit {
        /// An end of it that was kept elsewhere, through which it has to come.
        through: Option<String>,
    },
    /// Compares the sums of the usage log with its calls.
    VerifyUsage,
    /// Makes these sums anew.
    RebuildUsage,
}

/// What it is answered. It has no `Debug`: a token may be in it.
#[derive(Serialize, Deserialize)]
#[serde(tag = "answer", content = "with", rename_all = "snake_case")]
pub enum Answer {
    /// A one-time token, shown this once.
    Invited {
        /// The user that it is for.
        user_name: String,
        /// 43 letters.
        token: String,
    },
    /// All users by name.
    Users {
        /// They.
        users: Vec<ListedUser>,
    },
    /// Recovery codes, shown this once.
    RecoveryCodes {
        /// They.
        codes: Vec<String>,
    },
    /// It was done, and there is nothing to say.
    Done,
    /// An application's token, shown this once.
    MadeToken(MadeToken),
    /// All of them, newest first.
    Tokens {
        /// They.
        tokens: Vec<ApplicationToken>,
    },
    /// The one that was ended.
    Revoked(ApplicationToken),
    /// What the verification found.
    Verified {
        /// Entries that were read.
        entries: i64,
        /// The first that is not as it was written.
        broken: Option<AuditBreak>,
        /// Where one that is whole ends, to be kept elsewhere.
        end: Option<String>,
    },
    /// What comparing the usage log's sums found.
    VerifiedUsage(VerifyReport),
    /// They are made anew.
    RebuiltUsage(RebuildReport),
    /// It was not done.
    Refused {
        /// Why.
        why: String,
    },
}

/// A user as the console lists one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedUser {
    /// The specification's integer id.
    pub number: i64,
    /// By which the user logs in.
    pub name: String,
    /// The role's name.
    pub role: String,
    /// Whether the invitation was taken up.
    pub can_log_in: bool,
}
