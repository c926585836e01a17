//! Sync as the page sees it: remotes, every difference with one of them, what a person decides, and what a run came to.
//! Never a key, and never what logs in there.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{ProviderId, ProviderType, Timestamp, provider::ProviderList};

/// A remote's identity here.
pub type RemoteId = Uuid;

/// Most letters of a remote's name.
pub const REMOTE_NAME_LIMIT: usize = 80;

/// How somebody logs in at a remote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteWay {
    /// User name, password and a code of the authenticator app.
    #[default]
    Password,
    /// A token of the application that the API belongs to.
    Token,
}

/// A remote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteView {
    /// Its identity here.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Its address, the part before `/api/v1`.
    pub address: String,
    /// SHA-256 of the one certificate that is trusted, 64 hexadecimal digits.
    pub pin: Option<String>,
    /// How somebody logs in.
    pub way: RemoteWay,
    /// As whom; empty with a token.
    pub user_name: String,
    /// Whether password or token is kept in the vault.
    pub has_secret: bool,
    /// Whether somebody is logged in, and as whom.
    pub session: Option<RemoteSession>,
    /// When both sides were last the same.
    pub completed_at: Option<Timestamp>,
    /// When it last answered, as far as that is known since the vault was opened.
    pub answered_at: Option<Timestamp>,
    /// Since when it is known not to be reached; `None` while it answers, or nobody asked.
    pub away_since: Option<Timestamp>,
}

/// Who is logged in at a remote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteSession {
    /// The user there; empty where the remote does not tell.
    pub user_name: String,
    /// The role there; empty where the remote does not tell.
    pub role: String,
}

/// All remotes, after one was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteSaved {
    /// All of them.
    pub remotes: Vec<RemoteView>,
    /// The one that was saved.
    pub id: Uuid,
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteProbe {
    /// Whether an admin API answered that would hear a login.
    pub reached: bool,
    /// SHA-256 of the certificate that was shown, where one was.
    pub certificate: Option<String>,
    /// Why not.
    pub trouble: Option<SyncTrouble>,
}

/// What happened and what to do, two sentences for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncTrouble {
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// Where a remote stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncView {
    /// Which one.
    pub remote: RemoteView,
    /// Where it stands.
    pub state: SyncState,
}

/// Where a remote stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// Nobody is logged in, or not any more.
    LoggedOut,
    /// It wants the second factor again.
    SecondFactor,
    /// It cannot be reached just now: changes here wait.
    Offline(SyncTrouble),
    /// It refused, or was not understood.
    Failed(SyncTrouble),
    /// It is not believed, and nothing was changed.
    Suspicious {
        /// Why, and what to do.
        trouble: SyncTrouble,
        /// What a person may accept, if anything.
        accept: Option<SyncAccept>,
    },
    /// Every difference.
    Ready(SyncLook),
}

/// What a person accepts of a remote that is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncAccept {
    /// It shows an older state than before.
    RolledBack,
    /// More than half of what was known is gone.
    ManyGone,
}

/// Both sides as they were seen, and every difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncLook {
    /// Its number; what is decided and done names it.
    pub look: u64,
    /// When.
    pub at: Timestamp,
    /// Every difference.
    pub differences: Vec<SyncDifference>,
    /// Steps that would be taken on the remote.
    pub up: u32,
    /// Steps that would be taken here.
    pub down: u32,
}

/// What is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncDifference {
    /// The configuration here, where there is or was one.
    pub provider: Option<ProviderId>,
    /// The task whose first place it is about, such as `cv_draft`, or `default`.
    pub place: Option<String>,
    /// What people call it; empty for a place.
    pub name: String,
    /// Its type; `None` for a place.
    pub provider_type: Option<ProviderType>,
    /// In which way.
    pub kind: SyncKind,
    /// Its fields, those that are the same on both sides last.
    pub fields: Vec<SyncField>,
    /// Its key here.
    pub key: SyncKey,
    /// What has to be done before it can go, a sentence; empty when it waits for its key.
    pub waits: Option<String>,
}

/// In which way something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncKind {
    /// Only here, and never there.
    NewHere,
    /// Only there, and never here.
    NewThere,
    /// Deleted here.
    DeletedHere,
    /// Deleted there.
    DeletedThere,
    /// Changed here.
    ChangedHere,
    /// Changed there.
    ChangedThere,
    /// Changed on both sides, in different fields.
    ChangedBoth,
    /// A person has to decide.
    Conflict,
}

/// A configuration's key, and whether it goes up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncKey {
    /// Whether there is one here.
    pub is_here: bool,
    /// Its last four characters.
    pub last_four: Option<String>,
    /// Whether a person chose that it goes up.
    pub goes_up: bool,
}

/// A field on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncField {
    /// Which one.
    pub name: SyncFieldName,
    /// As both sides last had it, where that is known.
    pub base: Option<SyncValue>,
    /// As it is here.
    pub ours: Option<SyncValue>,
    /// As it is there.
    pub theirs: Option<SyncValue>,
    /// Where it goes.
    pub goes: SyncGoes,
    /// Whether a person decided that.
    pub decided: bool,
    /// Who changed it here, of a field that a person has to decide.
    #[serde(default)]
    pub ours_by: SyncTrace,
    /// Who changed it there.
    #[serde(default)]
    pub theirs_by: SyncTrace,
}

/// Who changed a field and when, as far as a log of acts, or the remote's own date, tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncTrace {
    /// By whom.
    pub who: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// The instant is of any change of the configuration: the field's own was then, or before.
    pub of_whole: bool,
}

/// What is compared and merged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncFieldName {
    /// What people call it.
    DisplayName,
    /// The model.
    ModelName,
    /// Notes.
    Description,
    /// Whether routes may use it.
    IsActive,
    /// Tokens a day.
    DailyTokenLimit,
    /// Tokens a month.
    MonthlyTokenLimit,
    /// Where requests go.
    BaseUrl,
    /// Whether plain http to another computer is allowed.
    AllowInsecureHttp,
    /// Who holds a place.
    Holder,
    /// Whether there is a configuration at all.
    Existence,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncValue {
    /// Text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Tokens, `None` without a limit.
    Limit(Option<u64>),
    /// Names of configurations.
    Names(Vec<String>),
    /// It is there.
    There,
    /// It was deleted.
    Deleted,
}

/// Where a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncGoes {
    /// Nowhere: both have it.
    Same,
    /// To the remote.
    Up,
    /// Here.
    Down,
    /// Nowhere before a person decided.
    Undecided(SyncWhy),
}

/// Why a person has to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncWhy {
    /// Both sides changed it since they last agreed.
    BothChanged,
    /// Both sides never agreed on it.
    NeverAgreed,
    /// A request was cut, and the remote was changed since, by it or by somebody else.
    Interrupted,
    /// The remote lets several configurations hold what only one can hold here.
    SeveralHolders,
}

/// Whose part is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncSide {
    /// This computer's.
    Here,
    /// The remote's.
    There,
}

/// A person's answer to one question of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncDecision {
    /// Place of the difference in the look's list.
    pub difference: u32,
    /// Place of the field in it.
    pub field: u32,
    /// Whose part is taken; `None` asks again.
    pub take: Option<SyncSide>,
}

/// Which way differences go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SyncDirection {
    /// To the remote alone.
    Push,
    /// Here alone.
    Pull,
    /// Both ways.
    Both,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncDone {
    /// Steps taken on the remote.
    pub up: u32,
    /// Steps taken here.
    pub down: u32,
    /// Steps that somebody was quicker than.
    pub overtaken: u32,
    /// Steps that were refused.
    pub undone: Vec<SyncUndone>,
    /// Why it ended early. What was done stays done.
    pub stopped: Option<SyncTrouble>,
    /// Where it stands now.
    pub view: SyncView,
    /// The providers here as they are now.
    pub list: ProviderList,
}

/// A step that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncUndone {
    /// What people call the configuration; empty for a place.
    pub name: String,
    /// What happened, and what to do.
    pub trouble: SyncTrouble,
}
