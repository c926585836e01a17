//! Every verb of the page, declared once. Page, shell, test hosts and Tauri's access control all read this list.

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Catalog, ProviderView, TestReport,
    audit::{AuditPage, AuditVerdict},
    backups::{BackupView, BackupsView, RestorePreview},
    budgets::{AlertView, BudgetList},
    bundles::{BundleExported, BundlePreview, BundleServerPreview, BundleVerdict, BundlesView},
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

/// What a request must do to leave the page. Everywhere else it is only read, see [`Secret`](crate::Secret).
#[cfg(target_arch = "wasm32")]
pub trait Sendable: Serialize {}
#[cfg(target_arch = "wasm32")]
impl<T: Serialize> Sendable for T {}
/// What a request must do to leave the page. Everywhere else it is only read, see [`Secret`](crate::Secret).
#[cfg(not(target_arch = "wasm32"))]
pub trait Sendable {}
#[cfg(not(target_arch = "wasm32"))]
impl<T> Sendable for T {}

/// A request, its name on the wire and its reply.
pub trait Command: DeserializeOwned + Sendable {
    /// Name on the wire and in Tauri's access control.
    const NAME: &'static str;
    /// What comes back when it succeeds.
    type Reply: Serialize + DeserializeOwned;
}

/// Calls `$then!` with the whole list of `verb(Request) -> Reply`, so that other rooms expand the same one.
#[macro_export]
macro_rules! for_each_command {
    ($then:ident) => {
        $then! {
            view_app(ViewApp) -> AppView,
            judge_password(JudgePassword) -> PasswordJudgement,
            suggest_password(SuggestPassword) -> SuggestedPassword,
            create_vault(CreateVault) -> Opened,
            unlock_vault(UnlockVault) -> Opened,
            lock_vault(LockVault) -> AppView,
            stay_awake(StayAwake) -> AppView,
            list_providers(ListProviders) -> ProviderList,
            list_models(ListModels) -> Catalog,
            test_draft(TestDraft) -> TestReport,
            save_provider(SaveProvider) -> SaveReply,
            test_provider(TestProvider) -> ProviderView,
            cancel_test(CancelTest) -> (),
            set_active(SetActive) -> Changed,
            make_default(MakeDefault) -> Changed,
            duplicate_provider(DuplicateProvider) -> Changed,
            preview_deletion(PreviewDeletion) -> DeletionPreview,
            delete_provider(DeleteProvider) -> Deleted,
            undo(Undo) -> ProviderList,
            add_task(AddTask) -> ProviderList,
            open_console(OpenConsole) -> (),
            page_painted(PagePainted) -> (),
            view_routing(ViewRouting) -> RoutingView,
            save_routes(SaveRoutes) -> RoutingView,
            explain_route(ExplainRoute) -> Explanation,
            simulate_failure(SimulateFailure) -> Vec<TaskUnderFailure>,
            view_health(ViewHealth) -> HealthView,
            check_health(CheckHealth) -> HealthView,
            run_prompt(RunPrompt) -> PlaygroundEnd,
            list_prompts(ListPrompts) -> Vec<SavedPrompt>,
            save_prompt(SavePrompt) -> Vec<SavedPrompt>,
            delete_prompt(DeletePrompt) -> Vec<SavedPrompt>,
            view_gateway(ViewGateway) -> GatewayView,
            set_gateway(SetGateway) -> GatewayView,
            replace_gateway_token(ReplaceGatewayToken) -> NewToken,
            view_catalog(ViewCatalog) -> CatalogView,
            preview_catalog(PreviewCatalog) -> CatalogPreview,
            import_catalog(ImportCatalog) -> CatalogView,
            restore_catalog(RestoreCatalog) -> CatalogView,
            preview_repricing(PreviewRepricing) -> Repricing,
            reprice_history(RepriceHistory) -> Repricing,
            view_task_prompt(ViewTaskPrompt) -> TaskPrompt,
            set_task_prompt(SetTaskPrompt) -> TaskPrompt,
            view_usage(ViewUsage) -> UsageView,
            view_calls(ViewCalls) -> CallPage,
            view_statistics(ViewStatistics) -> Vec<ProviderStatistics>,
            verify_usage(VerifyUsage) -> VerifyReport,
            rebuild_usage(RebuildUsage) -> RebuildReport,
            view_retention(ViewRetention) -> Retention,
            set_retention(SetRetention) -> Retention,
            set_usage_zone(SetUsageZone) -> (),
            preview_import(PreviewImport) -> ImportPreview,
            import_usage(ImportUsage) -> ImportReport,
            save_import_faults(SaveImportFaults) -> FaultFile,
            view_reported_usage(ViewReportedUsage) -> ReportedUsage,
            list_budgets(ListBudgets) -> BudgetList,
            save_budget(SaveBudget) -> BudgetList,
            delete_budget(DeleteBudget) -> BudgetList,
            list_alerts(ListAlerts) -> Vec<AlertView>,
            acknowledge_alerts(AcknowledgeAlerts) -> Vec<AlertView>,
            view_insights(ViewInsights) -> Insights,
            acknowledge_jumps(AcknowledgeJumps) -> (),
            export_usage(ExportUsage) -> Exported,
            export_calls(ExportCalls) -> Exported,
            export_chart(ExportChart) -> Exported,
            export_report(ExportReport) -> Exported,
            view_security(ViewSecurity) -> SecurityView,
            change_password(ChangePassword) -> SecurityView,
            make_recovery_kit(MakeRecoveryKit) -> NewKit,
            save_recovery_kit(SaveRecoveryKit) -> Exported,
            recover_vault(RecoverVault) -> Recovered,
            set_keyring(SetKeyring) -> SecurityView,
            unlock_with_keyring(UnlockWithKeyring) -> Opened,
            rotate_vault_key(RotateVaultKey) -> Rotated,
            view_audit(ViewAudit) -> AuditPage,
            verify_audit(VerifyAudit) -> AuditVerdict,
            export_audit(ExportAudit) -> Exported,
            view_step_up(ViewStepUp) -> StepUpView,
            prove_step_up(ProveStepUp) -> StepUpView,
            begin_totp(BeginTotp) -> TotpEnrolment,
            confirm_totp(ConfirmTotp) -> RecoveryCodes,
            remove_totp(RemoveTotp) -> StepUpView,
            renew_recovery_codes(RenewRecoveryCodes) -> RecoveryCodes,
            list_backups(ListBackups) -> BackupsView,
            make_backup(MakeBackup) -> BackupsView,
            verify_backup(VerifyBackup) -> BackupsView,
            preview_restore(PreviewRestore) -> RestorePreview,
            restore_backup(RestoreBackup) -> AppView,
            offer_backup(OfferBackup) -> Option<BackupView>,
            restore_at_unlock(RestoreAtUnlock) -> AppView,
            list_backups_at_unlock(ListBackupsAtUnlock) -> Vec<BackupView>,
            view_key(ViewKey) -> KeyView,
            replace_key(ReplaceKey) -> KeyReply,
            go_back_to_key(GoBackToKey) -> KeyReply,
            destroy_kept_key(DestroyKeptKey) -> KeyView,
            copy_key(CopyKey) -> CopiedKey,
            list_old_keys(ListOldKeys) -> OldKeys,
            remind_later(RemindLater) -> OldKeys,
            view_key_settings(ViewKeySettings) -> KeySettings,
            set_key_settings(SetKeySettings) -> KeySettings,
            export_providers(ExportProviders) -> Exported,
            preview_shared(PreviewShared) -> SharedPreview,
            import_shared(ImportShared) -> SharedImported,
            view_recipient(ViewRecipient) -> RecipientView,
            make_recipient(MakeRecipient) -> RecipientView,
            set_automatic_backups(SetAutomaticBackups) -> BackupsView,
            set_idle_lock(SetIdleLock) -> AppView,
            check_recovery_kit(CheckRecoveryKit) -> (),
            view_program(ViewProgram) -> ProgramView,
            set_program(SetProgram) -> ProgramView,
            open_folder(OpenFolder) -> (),
            view_licences(ViewLicences) -> Licences,
            view_bundles(ViewBundles) -> BundlesView,
            make_signing_key(MakeSigningKey) -> BundlesView,
            replace_signing_key(ReplaceSigningKey) -> Exported,
            export_signing_key(ExportSigningKey) -> Exported,
            preview_server(PreviewServer) -> BundleServerPreview,
            add_server(AddServer) -> BundlesView,
            remove_server(RemoveServer) -> BundlesView,
            preview_bundle(PreviewBundle) -> BundlePreview,
            export_bundle(ExportBundle) -> BundleExported,
            save_bundle(SaveBundle) -> BundleExported,
            verify_bundle(VerifyBundle) -> BundleVerdict,
            upload_bundle(UploadBundle) -> BundlesView,
            ask_bundle_server(AskBundleServer) -> BundlesView,
            list_remotes(ListRemotes) -> Vec<RemoteView>,
            test_remote(TestRemote) -> RemoteProbe,
            save_remote(SaveRemote) -> RemoteSaved,
            remove_remote(RemoveRemote) -> Vec<RemoteView>,
            connect_remote(ConnectRemote) -> RemoteView,
            prove_at_remote(ProveAtRemote) -> (),
            look_at_remote(LookAtRemote) -> SyncView,
            decide_sync(DecideSync) -> SyncView,
            choose_sync_key(ChooseSyncKey) -> SyncView,
            run_sync(RunSync) -> SyncDone,
            promote_provider(PromoteProvider) -> SyncDone,
            view_remote_usage(ViewRemoteUsage) -> RemoteAnswer<RemoteUsage>,
            view_remote_health(ViewRemoteHealth) -> RemoteAnswer<RemoteHealth>,
            view_remote_audit(ViewRemoteAudit) -> RemoteAnswer<RemoteAudit>,
            preview_set_up(PreviewSetUp) -> SetUpPreview,
            apply_set_up(ApplySetUp) -> SetUpReply,
            take_link(TakeLink) -> TakenLink,
            view_remembered(ViewRemembered) -> Remembered,
            remember(Remember) -> (),
            order_providers(OrderProviders) -> ProviderList,
            view_limits(ViewLimits) -> LimitsView,
            set_limit_zone(SetLimitZone) -> LimitsView,
            set_quota(SetQuota) -> LimitsView,
            delete_quota(DeleteQuota) -> LimitsView,
            remove_task(RemoveTask) -> ProviderList,
        }
    };
}

macro_rules! declare {
    ($($verb:ident($request:ident) -> $reply:ty,)*) => {
        /// Every command's name, in the list's order.
        pub const COMMAND_NAMES: &[&str] = &[$(stringify!($verb)),*];
        $(impl Command for $request {
            const NAME: &'static str = stringify!($verb);
            type Reply = $reply;
        })*
    };
}
macro_rules! request {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(serde::Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(serde::Serialize))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_meta])* pub $field: $kind,)* }
    };
}

mod backups;
mod bundles;
mod calls;
mod gate;
mod keys;
mod limits;
mod opening;
mod prices;
mod program;
mod providers;
mod set_up;
mod sharing;
mod sync;
mod trust;
mod usage;
mod watching;

pub use self::{
    backups::*, bundles::*, calls::*, gate::*, keys::*, limits::*, opening::*, prices::*, program::*,
    providers::*, set_up::*, sharing::*, sync::*, trust::*, usage::*, watching::*,
};

for_each_command!(declare);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_with_an_unknown_field_is_refused() {
        assert!(serde_json::from_str::<LockVault>(r#"{"force":true}"#).is_err());
    }

    #[test]
    fn names_on_the_wire_are_unique() {
        let mut names = COMMAND_NAMES.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), COMMAND_NAMES.len());
        assert_eq!(SaveProvider::NAME, "save_provider");
    }
}
