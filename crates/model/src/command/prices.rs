//! The catalogue of prices, and the history by other ones.

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
    /// Put an earlier catalogue in force again.
    RestoreCatalog {
        /// One that was imported and is replaced since the vault was unlocked; without it the one that came with the program.
        #[serde(default)]
        version: Option<String>,
    }
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
