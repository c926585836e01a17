//! Every verb of the page, declared once. Page, shell, test hosts and Tauri's access control all read this list.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    CallRequest, Catalog, PicoUsd, ProviderDraft, ProviderId, ProviderType, ProviderView, Secret, TaskName,
    TestReport,
    audit::{AuditFilter, AuditPage, AuditVerdict},
    backups::{BackupView, BackupsView, RestorePreview},
    budgets::{AlertView, BudgetDraft, BudgetList, ExistingBudget},
    gateway::{
        GatewaySettings, GatewayView, NewToken, PlaygroundEnd, PlaygroundTarget, SavedPrompt, TaskPrompt,
    },
    health::HealthView,
    import::{FaultFile, ImportMapping, ImportPreview, ImportReport, ReportedUsage},
    insights::Insights,
    keys::{CopiedKey, KeyReply, KeySettings, KeyView, OldKeys},
    prices::{CatalogPreview, CatalogView, Repricing},
    program::{Licences, ProgramFolder, ProgramSettings, ProgramView},
    provider::ProviderList,
    routing::{Explanation, RoutingView, SimulatedFailure, TaskRoute, TaskUnderFailure},
    security::{NewKit, Recovered, Rotated, SecurityView},
    share::{RecipientView, ShareFor, SharedChoice, SharedImported, SharedPreview},
    statistics::{
        CallFilter, CallPage, CallPlace, DataFormat, Exported, PictureFormat, ProviderStatistics,
        RebuildReport, ReportFormat, Retention, UsageQuery, UsageView, VerifyReport,
    },
    step_up::{ProofKind, RecoveryCodes, StepUpView, TotpEnrolment},
    vault::{AppView, PasswordJudgement, UndoToken},
};

/// What a request must do to leave the page. Everywhere else it is only read, see [`Secret`].
#[cfg(target_arch = "wasm32")]
pub trait Sendable: Serialize {}
#[cfg(target_arch = "wasm32")]
impl<T: Serialize> Sendable for T {}
/// What a request must do to leave the page. Everywhere else it is only read, see [`Secret`].
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
for_each_command!(declare);

macro_rules! request {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        #[derive(Deserialize)]
        #[cfg_attr(target_arch = "wasm32", derive(Serialize))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_meta])* pub $field: $kind,)* }
    };
}

request! {
    /// Where everything stands. Allowed while locked.
    ViewApp {}
}
request! {
    /// How good a master password is. Allowed while locked.
    JudgePassword {
        /// What was typed so far.
        password: Secret,
    }
}
request! {
    /// Six words that make a good master password. Allowed while locked.
    SuggestPassword {}
}
request! {
    /// Make the vault; refused when there is one.
    CreateVault {
        /// The new master password.
        password: Secret,
    }
}
request! {
    /// Open the vault.
    UnlockVault {
        /// The master password.
        password: Secret,
        /// Open it although it is older than what was last seen here: a person was told so and wants it.
        #[serde(default)]
        accept_older: bool,
    }
}
/// The vault is open. With it comes what the page shows first, so that a person does not wait for two questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Where everything stands.
    pub view: AppView,
    /// All configurations; without them the page asks, and is told why they could not be read.
    pub list: Option<ProviderList>,
}

request! {
    /// Close the vault and wipe its keys.
    LockVault {}
}
request! {
    /// The person did something: start the idle time again. Commands other than [`ViewApp`] do so by themselves.
    StayAwake {}
}
request! {
    /// All configurations.
    ListProviders {}
}
request! {
    /// The catalogue of known models.
    ListModels {}
}
request! {
    /// Test what is in the form, before anything is saved.
    TestDraft {
        /// The saved configuration whose key is used when none is typed.
        id: Option<ProviderId>,
        /// The form.
        draft: ProviderDraft,
        /// The typed key; `None` or empty uses the stored one.
        api_key: Option<Secret>,
        /// Use no key at all, where the type allows that.
        remove_key: bool,
        /// A number by which this run can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Save the form. A new key, model or base URL is tested first.
    SaveProvider {
        /// The configuration to change, with the revision that the form was made from; `None` makes a new one.
        existing: Option<Existing>,
        /// The form.
        draft: ProviderDraft,
        /// The typed key; `None` or empty keeps the stored one.
        api_key: Option<Secret>,
        /// Destroy the stored key, where the type allows to have none. A typed key goes before this.
        remove_key: bool,
        /// Save even if the test fails, as the person was asked. It is then saved switched off unless the vendor
        /// could not be reached at all.
        save_anyway: bool,
        /// A number by which the test can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Test a saved configuration with its stored key.
    TestProvider {
        /// Which one.
        id: ProviderId,
        /// A number by which this run can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Stop a test that is running; one that has ended is not an error.
    CancelTest {
        /// The number that the page chose.
        run: u64,
    }
}
request! {
    /// Switch a configuration on or off. Off takes the default away; its tasks stay its own and are served by the default.
    SetActive {
        /// Which one, as it was seen.
        existing: Existing,
        /// On or off.
        active: bool,
    }
}
request! {
    /// Make a configuration the default; it must be on.
    MakeDefault {
        /// Which one, as it was seen.
        existing: Existing,
    }
}
request! {
    /// Copy a configuration with its key, switched off and without tasks.
    DuplicateProvider {
        /// Which one.
        id: ProviderId,
    }
}
request! {
    /// What deleting a configuration would change.
    PreviewDeletion {
        /// Which one.
        id: ProviderId,
    }
}
request! {
    /// Delete a configuration and its key.
    DeleteProvider {
        /// Which one, as it was seen.
        existing: Existing,
        /// Its display name, typed to confirm.
        typed_name: String,
    }
}
request! {
    /// Take a step back.
    Undo {
        /// Which step.
        token: UndoToken,
    }
}
request! {
    /// Add a task that applications may ask for.
    AddTask {
        /// Its name; refused by its own rules while reading.
        name: TaskName,
    }
}
request! {
    /// Show the vendor's page for keys in the person's browser.
    OpenConsole {
        /// Whose.
        provider_type: ProviderType,
    }
}
request! {
    /// The page has painted something worth timing. Allowed while locked.
    PagePainted {
        /// What.
        screen: PaintedScreen,
    }
}

request! {
    /// Every task's route and what may stand in one.
    ViewRouting {}
}
request! {
    /// Save routes as a person arranged them; tasks that are not named stay as they are.
    SaveRoutes {
        /// [`RoutingView::revision`] that the person saw.
        revision: i64,
        /// The new routes.
        routes: Vec<TaskRoute>,
    }
}
request! {
    /// Who would serve a call now, and why.
    ExplainRoute {
        /// The task.
        task: TaskName,
        /// What is asked, for its size and its needs; `None` asks for the task as such.
        request: Option<CallRequest>,
        /// Whose key a split sticks to.
        sticky: Option<String>,
    }
}
request! {
    /// What a failure of one configuration would do to each task. Nothing is sent anywhere.
    SimulateFailure {
        /// Which one fails.
        provider: ProviderId,
        /// How.
        failure: SimulatedFailure,
        /// Routes as they stand on the page, saved or not.
        routes: Vec<TaskRoute>,
    }
}
request! {
    /// How every configuration is.
    ViewHealth {}
}
request! {
    /// Probe every active configuration now, then answer as [`ViewHealth`].
    CheckHealth {}
}
request! {
    /// Ask a model from the playground. The answer grows by [`crate::vault::DeskEvent::AnswerGrew`].
    RunPrompt {
        /// A number by which the run is told from others and can be stopped by [`CancelTest`], chosen by the page.
        run: u64,
        /// Whom to ask.
        target: PlaygroundTarget,
        /// What.
        request: CallRequest,
    }
}
request! {
    /// The prompts that were kept.
    ListPrompts {}
}
request! {
    /// Keep a prompt, in place of the one of the same name.
    SavePrompt {
        /// What it is called.
        name: String,
        /// The task whose route it is tried against, if any.
        task: Option<TaskName>,
        /// What is asked.
        request: CallRequest,
    }
}
request! {
    /// Forget a prompt.
    DeletePrompt {
        /// Which one.
        id: i64,
    }
}
request! {
    /// The local gateway.
    ViewGateway {}
}
request! {
    /// Set the local gateway; it starts, stops or moves at once.
    SetGateway {
        /// As it shall be.
        settings: GatewaySettings,
    }
}
request! {
    /// Make a new client token; the old one ends at once.
    ReplaceGatewayToken {}
}
request! {
    /// The catalogue of models and prices that is in force.
    ViewCatalog {}
}
request! {
    /// What a catalogue from a file would change.
    PreviewCatalog {
        /// The file's text.
        text: String,
    }
}
request! {
    /// Put a catalogue from a file in force.
    ImportCatalog {
        /// The file's text.
        text: String,
    }
}
request! {
    /// Put the catalogue that came with the program in force again.
    RestoreCatalog {}
}
request! {
    /// What [`RepriceHistory`] would come to. Nothing is changed.
    PreviewRepricing {
        /// Rows of so many last days in UTC, today among them; `None` is all.
        days: Option<u32>,
    }
}
request! {
    /// Price the usage log anew by the prices in force.
    RepriceHistory {
        /// Rows of so many last days in UTC, today among them; `None` is all.
        days: Option<u32>,
    }
}
request! {
    /// The instructions of a task's endpoint.
    ViewTaskPrompt {
        /// The task.
        task: TaskName,
    }
}
request! {
    /// Give a task's endpoint instructions of its own, or the built-in ones again.
    SetTaskPrompt {
        /// The task.
        task: TaskName,
        /// Its instructions; `None` goes back to the built-in ones.
        prompt: Option<String>,
    }
}

request! {
    /// All that the dashboard shows.
    ViewUsage {
        /// Of which days and calls.
        query: UsageQuery,
    }
}
request! {
    /// A page of the log of calls, newest first.
    ViewCalls {
        /// Which calls.
        filter: CallFilter,
        /// Where the page before ended; `None` begins.
        after: Option<CallPlace>,
        /// Calls of the page, 1 to 500.
        limit: u32,
    }
}
request! {
    /// Statistics by provider and model, as the specification has them.
    ViewStatistics {
        /// So many days of UTC, today included.
        days: u32,
    }
}
request! {
    /// Compare all sums of the usage log with its rows.
    VerifyUsage {}
}
request! {
    /// Make all sums of the usage log anew.
    RebuildUsage {}
}
request! {
    /// How long rows of the usage log are kept.
    ViewRetention {}
}
request! {
    /// Set how long rows of the usage log are kept. Older ones are deleted at once; their sums stay.
    SetRetention {
        /// As it shall be.
        retention: Retention,
    }
}
request! {
    /// Keep the sums by this zone's days, which makes questions in it fast.
    SetUsageZone {
        /// An IANA time zone.
        zone: String,
    }
}
request! {
    /// Write the figures of a question into the folder for downloads, one row for each piece and part.
    ExportUsage {
        /// Which figures.
        query: UsageQuery,
        /// How.
        format: DataFormat,
    }
}
request! {
    /// Write the log of calls into the folder for downloads, newest first.
    ExportCalls {
        /// Which calls.
        filter: CallFilter,
        /// How.
        format: DataFormat,
    }
}
request! {
    /// Write a chart as it is shown into the folder for downloads.
    ExportChart {
        /// What the file is called: small letters, digits and dashes.
        name: String,
        /// The chart as a stand-alone file of SVG.
        svg: String,
        /// How.
        format: PictureFormat,
    }
}
request! {
    /// Write a page about some days into the folder for downloads, for the screen and for paper.
    ExportReport {
        /// The days, by day and configuration.
        query: UsageQuery,
        /// The days to compare with, where they are not as many directly before.
        compared: Option<UsageQuery>,
        /// How.
        format: ReportFormat,
    }
}

request! {
    /// What a file of usage is, and what importing it would come to.
    PreviewImport {
        /// The file's text.
        text: String,
        /// Where the person decided otherwise than its form suggests.
        mapping: ImportMapping,
    }
}
request! {
    /// Import a file of usage: all of its good rows at once, or none.
    ImportUsage {
        /// The file's text.
        text: String,
        /// Where the person decided otherwise than its form suggests.
        mapping: ImportMapping,
        /// Leave bad rows out. Otherwise one of them is enough to import nothing.
        leave_bad_rows: bool,
    }
}
request! {
    /// Write which rows of a file of usage cannot be imported, and why, to a file in the folder for downloads.
    SaveImportFaults {
        /// The file's text.
        text: String,
        /// Where the person decided otherwise than its form suggests.
        mapping: ImportMapping,
    }
}
request! {
    /// What vendors reported, beside what the log knows.
    ViewReportedUsage {}
}

request! {
    /// All budgets, how each stands, and what they told lately.
    ListBudgets {}
}
request! {
    /// Save a budget; one of the same scope and period that is not it is refused.
    SaveBudget {
        /// The budget to change; `None` makes a new one.
        existing: Option<ExistingBudget>,
        /// As it shall be.
        draft: BudgetDraft,
    }
}
request! {
    /// Delete a budget and what it told.
    DeleteBudget {
        /// Which one, as it was seen.
        existing: ExistingBudget,
    }
}
request! {
    /// What budgets told lately, newest first.
    ListAlerts {}
}
request! {
    /// Alerts were seen by a person. The reply is as [`ListAlerts`].
    AcknowledgeAlerts {
        /// Their numbers, at most 1,000; none is all of them.
        ids: Vec<i64>,
    }
}

request! {
    /// What stands out: jumps of usage, keys, routes and limits.
    ViewInsights {}
}
request! {
    /// A person has seen all jumps of usage.
    AcknowledgeJumps {}
}

request! {
    /// A page of the log of acts, newest first.
    ViewAudit {
        /// Which entries.
        filter: AuditFilter,
        /// Number before which the page goes on; `None` begins.
        before: Option<i64>,
        /// Entries of the page, 1 to 200.
        limit: u32,
    }
}
request! {
    /// Verify the whole log of acts.
    VerifyAudit {}
}
request! {
    /// Write the log of acts into the folder for downloads, newest first. Sensitive.
    ExportAudit {
        /// Which entries.
        filter: AuditFilter,
        /// How.
        format: DataFormat,
    }
}
request! {
    /// Where the second factor and the proof stand.
    ViewStepUp {}
}
request! {
    /// Prove to be there, so that sensitive acts are allowed for five minutes.
    ProveStepUp {
        /// By what.
        by: ProofKind,
        /// The password or the code.
        answer: Secret,
    }
}
request! {
    /// Make the secret for an authenticator app. Nothing changes until [`ConfirmTotp`]. Sensitive.
    BeginTotp {}
}
request! {
    /// Enrol the app of the last [`BeginTotp`], in the place of any other one. Sensitive.
    ConfirmTotp {
        /// A code that the app shows.
        code: Secret,
    }
}
request! {
    /// End the second factor: the password counts again. Sensitive.
    RemoveTotp {}
}
request! {
    /// Make new recovery codes; the old ones end. Sensitive.
    RenewRecoveryCodes {}
}
request! {
    /// The backups that there are, and what is being done about them.
    ListBackups {}
}
request! {
    /// Make a backup now.
    MakeBackup {
        /// A folder of the person's, as an absolute path; `None` is the backups' own.
        folder: Option<String>,
    }
}
request! {
    /// Open a backup and read it whole.
    VerifyBackup {
        /// [`BackupView::place`].
        place: String,
    }
}
request! {
    /// What [`RestoreBackup`] would change. Nothing is changed.
    PreviewRestore {
        /// [`BackupView::place`], or the path of a backup elsewhere.
        place: String,
    }
}
request! {
    /// Put a backup's database in place of the vault's. A backup is made before, and the vault is locked after.
    RestoreBackup {
        /// [`BackupView::place`], or the path of a backup elsewhere.
        place: String,
    }
}
request! {
    /// The newest backup that this password opens and that is sound, for a vault that is damaged. Allowed while locked.
    OfferBackup {
        /// The master password.
        password: Secret,
    }
}
request! {
    /// Put a backup in place of a vault that does not open. What was there is kept beside it. Allowed while locked.
    RestoreAtUnlock {
        /// The master password that the backup opens with.
        password: Secret,
        /// [`BackupView::place`].
        place: String,
    }
}
request! {
    /// Write configurations with their keys into a file for another vault, in the folder for downloads.
    ExportProviders {
        /// Which ones, at most 1,000.
        ids: Vec<ProviderId>,
        /// For whom.
        seal: ShareFor,
    }
}
request! {
    /// What importing a file of [`ExportProviders`] would do.
    PreviewShared {
        /// The file's bytes in base64, at most [`crate::share::FILE_LIMIT`] of them.
        file: String,
        /// Its passphrase; `None` for a file that was sealed for this vault.
        passphrase: Option<Secret>,
    }
}
request! {
    /// Import such a file: everything that was chosen, or nothing.
    ImportShared {
        /// The file's bytes in base64.
        file: String,
        /// Its passphrase.
        passphrase: Option<Secret>,
        /// What becomes of each, in the file's order.
        choices: Vec<SharedChoice>,
    }
}
request! {
    /// For whom others can seal a file that this vault opens.
    ViewRecipient {}
}
request! {
    /// Make this vault's recipient, unless it has one.
    MakeRecipient {}
}

/// A screen whose first paint is timed by `cargo xtask bench desktop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaintedScreen {
    /// Lock screen or first run.
    Gate,
    /// The list of providers.
    Providers,
}

/// A record and the revision in which it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Existing {
    /// Which record.
    pub id: ProviderId,
    /// Its revision when the person saw it.
    pub revision: i64,
}

/// A password proposed by the program, not yet anyone's. It may become someone's, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub struct SuggestedPassword {
    /// Six words joined by hyphens.
    pub words: String,
}

/// A saved change, and how to take it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The record after the change.
    pub provider: ProviderView,
    /// The whole list after it, since other records may have lost a task or the default.
    pub list: ProviderList,
    /// Takes it back.
    pub undo: UndoToken,
}

/// What became of [`SaveProvider`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaveReply {
    /// Saved.
    Saved(Box<Changed>),
    /// Nothing was saved, because the test failed; ask, then send `save_anyway`.
    NotSaved {
        /// The failed test.
        test: TestReport,
    },
}

/// What a deletion would change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletionPreview {
    /// The record as it is now.
    pub provider: ProviderView,
    /// Tasks that lose their first place, each with who serves it then: the next of its chain, the default, or nobody.
    pub lost_tasks: Vec<LostTask>,
    /// Whether the default is lost.
    pub loses_default: bool,
    /// Calls in the usage log that keep its name.
    pub usage_calls: u64,
    /// Cost of these calls, where known.
    pub usage_cost: PicoUsd,
}

/// A task that loses its first place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostTask {
    /// Which task.
    pub task: TaskName,
    /// Display name of who serves it then.
    pub then: Option<String>,
}

/// A deletion, and how to take it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    /// The list without it.
    pub list: ProviderList,
    /// Takes it back.
    pub undo: UndoToken,
}

request! {
    /// What opens the vault, and since when.
    ViewSecurity {}
}
request! {
    /// Another master password. A wrong old one counts as an attempt.
    ChangePassword {
        /// The one in force.
        old: Secret,
        /// The one to come.
        new: Secret,
    }
}
request! {
    /// A new recovery kit, which voids the one before.
    MakeRecoveryKit {}
}
request! {
    /// A page to print with the kit in force, in the person's folder for downloads.
    SaveRecoveryKit {
        /// The words, which nobody else has.
        words: Secret,
    }
}
request! {
    /// Open the vault with its recovery kit, which gives it a new password and a new kit.
    RecoverVault {
        /// The words as they were typed.
        words: Secret,
        /// The new master password.
        password: Secret,
    }
}
request! {
    /// Let the system keyring open the vault, or end that.
    SetKeyring {
        /// Whether it may.
        on: bool,
    }
}
request! {
    /// Open the vault with what the system keyring holds for it.
    UnlockWithKeyring {}
}
request! {
    /// Replace the vault key. Calls end meanwhile.
    RotateVaultKey {
        /// The master password, for which the new key is wrapped.
        password: Secret,
    }
}
request! {
    /// A configuration's key: how old it is, which one was before, where it is used.
    ViewKey {
        /// Whose.
        id: ProviderId,
    }
}
request! {
    /// Put another key in force. It is tested first, and the one before is kept for a while.
    ReplaceKey {
        /// Whose, as it was seen.
        existing: Existing,
        /// The new key.
        api_key: Secret,
        /// For how many days the one before is kept, see [`KeySettings::KEEP_DAYS`].
        keep_days: u32,
        /// A number by which the test can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Put the key from before in force again. It is tested first, and the one that was in force is kept in its place.
    GoBackToKey {
        /// Whose, as it was seen.
        existing: Existing,
        /// Also when the vendor cannot be reached. One that says no is never gone back to.
        unreached: bool,
        /// A number by which the test can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// Destroy the key from before now.
    DestroyKeptKey {
        /// Whose.
        id: ProviderId,
    }
}
request! {
    /// Put a key on the clipboard, for a while. It never comes to the page.
    CopyKey {
        /// Whose.
        id: ProviderId,
    }
}
request! {
    /// Keys that are older than a person wants them to be.
    ListOldKeys {}
}
request! {
    /// Be quiet about old keys for some days.
    RemindLater {}
}
request! {
    /// How keys are treated as they age.
    ViewKeySettings {}
}
request! {
    /// Treat them otherwise.
    SetKeySettings {
        /// How.
        settings: KeySettings,
    }
}
request! {
    /// Switch the backups that are made without being asked for on or off. The check of the database goes on.
    SetAutomaticBackups {
        /// Make one a day when something changed.
        on: bool,
    }
}
request! {
    /// After how long without anybody acting the vault locks.
    SetIdleLock {
        /// Minutes, 1 to 60.
        minutes: u32,
    }
}
request! {
    /// Prove that a new recovery kit was written down: the two of its words that were asked for, in their order. Answered
    /// while no vault is open, too, as long as such a kit was just made.
    CheckRecoveryKit {
        /// What was typed.
        words: [Secret; 2],
    }
}
request! {
    /// What the program is made of, how it is set, and where its files are.
    ViewProgram {}
}
request! {
    /// Set the program, in the file beside the vault.
    SetProgram {
        /// All of it.
        settings: ProgramSettings,
    }
}
request! {
    /// Show one of the program's folders in the system's file manager.
    OpenFolder {
        /// Which one.
        folder: ProgramFolder,
    }
}
request! {
    /// The licences of what the program is built from.
    ViewLicences {}
}

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
