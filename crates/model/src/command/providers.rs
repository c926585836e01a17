//! Configurations: tested, saved, switched, deleted and taken back.

use serde::{Deserialize, Serialize};

use crate::{
    PicoUsd, ProviderDraft, ProviderId, ProviderView, Secret, TaskName, TestReport, provider::ProviderList,
    vault::UndoToken,
};

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
    /// Remove a task that was added and that nothing was done with yet.
    RemoveTask {
        /// Its name.
        name: TaskName,
    }
}
/// A record and the revision in which it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Existing {
    /// Which record.
    pub id: ProviderId,
    /// Its revision when the person saw it.
    pub revision: i64,
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
