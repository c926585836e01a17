//! From a command's name and bytes to its body, and from its reply to JSON. One table, expanded from `model`'s list:
//! a command without a body does not compile.

use model::{
    Catalog, Command, Failure, ProviderView, TestReport,
    audit::{AuditPage, AuditVerdict},
    backups::{BackupView, BackupsView, RestorePreview},
    budgets::{AlertView, BudgetList},
    bundles::{BundleExported, BundlePreview, BundleServerPreview, BundleVerdict, BundlesView},
    command::{
        AcknowledgeAlerts, AcknowledgeJumps, AddServer, AddTask, ApplySetUp, AskBundleServer, BeginTotp,
        CancelTest, ChangePassword, Changed, CheckHealth, CheckRecoveryKit, ChooseSyncKey, ConfirmTotp,
        ConnectRemote, CopyKey, CreateVault, DecideSync, DeleteBudget, DeletePrompt, DeleteProvider,
        DeleteQuota, Deleted, DeletionPreview, DestroyKeptKey, DuplicateProvider, ExplainRoute, ExportAudit,
        ExportBundle, ExportCalls, ExportChart, ExportProviders, ExportReport, ExportSigningKey, ExportUsage,
        GoBackToKey, ImportCatalog, ImportShared, ImportUsage, JudgePassword, ListAlerts, ListBackups,
        ListBackupsAtUnlock, ListBudgets, ListModels, ListOldKeys, ListPrompts, ListProviders, ListRemotes,
        LockVault, LookAtRemote, MakeBackup, MakeDefault, MakeRecipient, MakeRecoveryKit, MakeSigningKey,
        OfferBackup, OpenConsole, OpenFolder, Opened, OrderProviders, PagePainted, PreviewBundle,
        PreviewCatalog, PreviewDeletion, PreviewImport, PreviewRepricing, PreviewRestore, PreviewServer,
        PreviewSetUp, PreviewShared, PromoteProvider, ProveAtRemote, ProveStepUp, RebuildUsage, RecoverVault,
        Remember, RemindLater, RemoveRemote, RemoveServer, RemoveTask, RemoveTotp, RenewRecoveryCodes,
        ReplaceGatewayToken, ReplaceKey, ReplaceSigningKey, RepriceHistory, RestoreAtUnlock, RestoreBackup,
        RestoreCatalog, RotateVaultKey, RunPrompt, RunSync, SaveBudget, SaveBundle, SaveImportFaults,
        SavePrompt, SaveProvider, SaveRecoveryKit, SaveRemote, SaveReply, SaveRoutes, SetActive,
        SetAutomaticBackups, SetGateway, SetIdleLock, SetKeySettings, SetKeyring, SetLimitZone, SetProgram,
        SetQuota, SetRetention, SetTaskPrompt, SetUsageZone, SimulateFailure, StayAwake, SuggestPassword,
        SuggestedPassword, TakeLink, TakenLink, TestDraft, TestProvider, TestRemote, Undo, UnlockVault,
        UnlockWithKeyring, UploadBundle, VerifyAudit, VerifyBackup, VerifyBundle, VerifyUsage, ViewApp,
        ViewAudit, ViewBundles, ViewCalls, ViewCatalog, ViewGateway, ViewHealth, ViewInsights, ViewKey,
        ViewKeySettings, ViewLicences, ViewLimits, ViewProgram, ViewRecipient, ViewRemembered,
        ViewRemoteAudit, ViewRemoteHealth, ViewRemoteUsage, ViewReportedUsage, ViewRetention, ViewRouting,
        ViewSecurity, ViewStatistics, ViewStepUp, ViewTaskPrompt, ViewUsage,
    },
    gateway::{GatewayView, NewToken, PlaygroundEnd, SavedPrompt, TaskPrompt},
    health::HealthView,
    import::{FaultFile, ImportPreview, ImportReport, ReportedUsage},
    insights::Insights,
    keys::{CopiedKey, KeyReply, KeySettings, KeyView, OldKeys},
    prices::{CatalogPreview, CatalogView, Repricing},
    program::{Licences, ProgramView},
    provider::ProviderList,
    quotas::LimitsView,
    remembered::Remembered,
    routing::{Explanation, RoutingView, TaskUnderFailure},
    security::{NewKit, Recovered, Rotated, SecurityView},
    set_up::{SetUpPreview, SetUpReply},
    share::{RecipientView, SharedImported, SharedPreview},
    statistics::{CallPage, Exported, ProviderStatistics, RebuildReport, Retention, UsageView, VerifyReport},
    step_up::{RecoveryCodes, StepUpView, TotpEnrolment},
    sync::{RemoteProbe, RemoteSaved, RemoteView, SyncDone, SyncView},
    told::{RemoteAnswer, RemoteAudit, RemoteHealth, RemoteUsage},
    vault::{AppView, PasswordJudgement},
};

use crate::{Desk, Host, failures};

/// The body of one command.
pub(crate) trait Body: Command {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Self::Reply, Failure>;
}

/// What the page asks by itself: where things stand, and what it shows when that has changed. A person who looks on is
/// told apart by [`StayAwake`]; calls and probes that go on for ever must not keep a vault open. Whatever the page sends when
/// it hears an event, or when something that an event changed is drawn, belongs here.
pub const OF_THE_PAGE: [&str; 17] = [
    ViewApp::NAME,
    PagePainted::NAME,
    ListProviders::NAME,
    ViewHealth::NAME,
    // The routing page shows health: it reads its routes anew, and tries its failure out on them.
    ViewRouting::NAME,
    SimulateFailure::NAME,
    ViewUsage::NAME,
    ViewCalls::NAME,
    // Once a visit, behind the figures.
    SetUsageZone::NAME,
    ListBudgets::NAME,
    ListAlerts::NAME,
    ViewInsights::NAME,
    ListBackups::NAME,
    ListOldKeys::NAME,
    ViewBundles::NAME,
    ViewRemembered::NAME,
    TakeLink::NAME,
];

macro_rules! table {
    ($($verb:ident($request:ident) -> $reply:ty,)*) => {
        impl<H: Host> Desk<H> {
            /// Performs a command: its name, its request as JSON, its reply as JSON.
            ///
            /// # Errors
            /// A [`Failure`], which holds no secret and is fit for a person's eyes.
            pub async fn dispatch(&self, command: &str, request: &[u8]) -> Result<String, Failure> {
                if !OF_THE_PAGE.contains(&command) {
                    self.touch();
                }
                if command != RotateVaultKey::NAME {
                    self.until_turned().await;
                }
                match command {
                    $($request::NAME => {
                        // In a box: or each command would have a place on the stack as long as the longest needs.
                        let reply: $reply = Box::pin(read::<$request>(request)?.perform(self)).await?;
                        serde_json::to_string(&reply).map_err(|_| failures::unreadable_request())
                    })*
                    _ => Err(failures::unknown_command()),
                }
            }
        }
    };
}
model::for_each_command!(table);

// serde's messages quote what they could not read, which may be a key: they are dropped.
fn read<C: Command>(request: &[u8]) -> Result<C, Failure> {
    serde_json::from_slice(request).map_err(|_| failures::unreadable_request())
}
