//! The log of calls: its sums, pages, files and how long it is kept.

use crate::{
    import::ImportMapping,
    program::Language,
    statistics::{CallFilter, CallPlace, DataFormat, PictureFormat, ReportFormat, Retention, UsageQuery},
};

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
        /// The days to compare with, where they are not as many directly before.
        #[serde(default)]
        compared: Option<UsageQuery>,
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
        /// The language that the window speaks; without it the one that is set.
        language: Option<Language>,
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
