//! Ways into a full list: the specification's example set-ups, and links that propose a provider. How lists were looked at.

use serde::{Deserialize, Serialize};

use crate::{
    ProviderId,
    link::ProposedProvider,
    remembered::RememberedList,
    set_up::{SetUp, SetUpKey},
};

request! {
    /// What a template would make in this vault.
    PreviewSetUp {
        /// Which one.
        set_up: SetUp,
    }
}
request! {
    /// Make what a template says: all of it, or nothing. Keys are tested first.
    ApplySetUp {
        /// Which one.
        set_up: SetUp,
        /// Keys that are here; a vendor without one gets a configuration that is switched off.
        keys: Vec<SetUpKey>,
        /// Make it although a test failed. What the vendor refused is then switched off.
        save_anyway: bool,
        /// A number by which the tests can be cancelled, chosen by the page.
        run: u64,
    }
}
request! {
    /// The link that waits for a person, if there is one. It is given out once.
    TakeLink {}
}
request! {
    /// Keep the order in which a person wants the configurations of each type.
    OrderProviders {
        /// All that have a place, first ones first; whoever is missing comes behind by name.
        ids: Vec<ProviderId>,
    }
}
request! {
    /// How each list was last looked at.
    ViewRemembered {}
}
request! {
    /// Keep how a list is looked at.
    Remember {
        /// Which list.
        list: RememberedList,
        /// In the page's own words, at most [`crate::remembered::REMEMBERED_LIMIT`] characters.
        text: String,
    }
}

/// What waited for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenLink {
    /// Nothing.
    None,
    /// A link that proposes a provider.
    Proposed(Box<ProposedProvider>),
}
