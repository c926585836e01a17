//! Everything that is asked before the list is there, and while the vault stays open.

use serde::{Deserialize, Serialize};

use crate::{ProviderType, Secret, provider::ProviderList, remembered::Remembered, vault::AppView};

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
    /// How lists were looked at before.
    #[serde(default)]
    pub remembered: Remembered,
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
/// A screen whose first paint is timed by `cargo xtask bench desktop`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaintedScreen {
    /// Lock screen or first run.
    Gate,
    /// The list of providers.
    Providers,
}

/// A password proposed by the program, not yet anyone's. It may become someone's, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub struct SuggestedPassword {
    /// Six words joined by hyphens.
    pub words: String,
}
