//! What can lie over a page, one at a time.

use std::rc::Rc;

use model::{
    ProviderDraft, ProviderId, ProviderType, ProviderView, TaskName, command::DeletionPreview,
    link::ProposedProvider, prices::CatalogPreview, set_up::SetUp,
};

use crate::state::{bundles, security};

/// What lies over the page. Never one over another.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Layer {
    /// Nothing.
    #[default]
    None,
    /// The drawer, for a new provider of a type.
    Add(ProviderType),
    /// The drawer, for a new provider that somebody proposed.
    AddFrom(Box<ProviderDraft>),
    /// The short way to a first provider.
    FirstProvider,
    /// An example set-up.
    SetUp(SetUp),
    /// The question about a provider that a link proposes.
    Link(Rc<ProposedProvider>),
    /// The drawer, for a saved provider as it is now.
    Edit(Box<ProviderView>),
    /// The question before several are deleted.
    DeleteMany(Rc<[ProviderId]>),
    /// The question before a deletion.
    Delete(Box<DeletionPreview>),
    /// The form of a budget, by its number; `None` makes a new one.
    Budget(Option<i64>),
    /// The form of a user's quota; `None` makes a new one.
    Quota(Option<Rc<str>>),
    /// The question before a configuration becomes a task's route.
    MakeRoute(ProviderId, Option<TaskName>),
    /// The question before a part of a task's calls goes to another configuration.
    TrySplit(TaskName, ProviderId),
    /// The name under which the playground's prompt is kept.
    SavePrompt,
    /// A new token for the gateway's clients.
    GatewayToken,
    /// The question before a catalogue from a file is in force.
    ImportCatalog(Rc<CatalogFile>),
    /// The question before the catalogue that came with the program is in force again.
    RestoreCatalog,
    /// The question before a backup is restored, by its place.
    Restore(Rc<str>),
    /// Usage from a file.
    ImportUsage,
    /// The question before the history is priced anew.
    Reprice,
    /// How long calls stay in the log, with what another choice deletes at once.
    Retention,
    /// A dialog of the settings' section of security.
    Security(security::Dialog),
    /// A dialog of the page Bundles.
    Bundle(bundles::Dialog),
    /// The key of a provider.
    Key(ProviderId),
    /// The command palette.
    Palette,
    /// The list of shortcuts.
    Help,
}

/// A catalogue that was read from a file and is not imported yet.
#[derive(Clone, Debug, PartialEq)]
pub struct CatalogFile {
    /// The file's name.
    pub name: String,
    /// Its text.
    pub text: String,
    /// What it would change.
    pub preview: CatalogPreview,
}
